"""A store whose file is taken away from under it."""

from pathlib import Path
from threading import Thread

import pytest

from workorder.errors import StoreError
from workorder.storage import Batch, Message, SQLiteStore

ONE = Batch((), (Message("t", "topic", b"{}"),))


def test_nothing_is_written_to_a_file_that_was_deleted(tmp_path: Path) -> None:
    """It would be gone without a word."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        store.commit(ONE)
        path.unlink()
        with pytest.raises(StoreError) as refused:
            store.commit(ONE)
        assert refused.value.code == "no_such_file"


def test_nothing_is_written_to_a_file_that_was_replaced(tmp_path: Path) -> None:
    """Neither to the one that was there, nor, with the log of that one, to the other."""
    path, backup = tmp_path / "store.db", tmp_path / "backup.db"
    with SQLiteStore(backup) as other:
        other.commit(Batch((), (*ONE.outbox, *ONE.outbox, *ONE.outbox)))
    with SQLiteStore(path) as store:
        store.commit(ONE)
        backup.replace(path)
        found: list[str] = []

        def commit() -> None:
            try:
                store.commit(ONE)
            except StoreError as error:
                found.append(error.code)

        commit()
        thread = Thread(target=commit)  # which opens the file
        thread.start()
        thread.join(10)
        assert found == ["unavailable", "unavailable"]
        store.close()
        for name in ("-wal", "-shm"):  # the log of the one that was there before
            Path(f"{path}{name}").unlink(missing_ok=True)
        store.commit(ONE)
        assert len(store.pending()) == 4
