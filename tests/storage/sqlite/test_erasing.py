"""Erasing in a file: no byte of a value is left, wherever the database had moved it before."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from tests.storage.stores import change, stored
from workorder.storage import EVERYTHING, Batch, Committed, SQLiteStore
from workorder.ticket import SealedValue

TOKEN = re.compile(rb"ZQ\d{6}x[0-9a-f]{4}")
SIZES = (20, 60, 120, 300, 300, 900, 1_500, 3_900, 9_000, 40_000)
"""In bytes: most stand beside others on a page, the last ones take pages of their own."""


def tokens(folder: Path) -> set[str]:
    """Every token in any file of *folder*."""
    found: set[bytes] = set()
    for file in folder.iterdir():
        found.update(TOKEN.findall(file.read_bytes()))
    return {each.decode() for each in found}


class Filling:
    """Tickets with sealed values of all sizes, and a memory of which are gone."""

    def __init__(self, store: SQLiteStore, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)
        self.number = 0
        self.alive: dict[tuple[str, str], str] = {}
        self.gone: set[str] = set()

    def value(self, ticket_id: str) -> SealedValue:
        """Another value of a ticket."""
        self.number += 1
        token = f"ZQ{self.number:06d}x{self.chance.getrandbits(16):04x}"
        text = f"{token} 密 " * (self.chance.choice(SIZES) // 20)
        ref = f"{self.number}.text"
        self.alive[ticket_id, ref] = token
        return SealedValue(ticket_id, ref, self.chance.randbytes(16), text)

    def commit(self, ticket_id: str, erased: tuple[str, ...] = (), values: int = 0) -> None:
        """The next change of a ticket: what it erases, and how many values it brings."""
        known = self.store.load((ticket_id,))
        before = known[ticket_id].snapshot if known else None
        made = change(ticket_id, before)
        for (ticket, ref), token in [*self.alive.items()]:
            if ticket == ticket_id and (EVERYTHING in erased or ref in erased):
                del self.alive[ticket, ref]
                self.gone.add(token)
        sealed = tuple(self.value(ticket_id) for _ in range(values))
        answer = self.store.commit(Batch((evolve(made, erased=erased),), sealed=sealed))
        assert isinstance(answer, Committed)

    def erase(self) -> None:
        """Erase all of a ticket, or one value of it."""
        ticket_id, ref = self.chance.choice([*self.alive])
        erased = (EVERYTHING,) if self.chance.random() < 0.3 else (ref,)
        self.commit(ticket_id, erased, values=self.chance.randrange(2))


@pytest.mark.parametrize("seed", range(2))
def test_no_byte_is_left(tmp_path: Path, seed: int) -> None:
    """Thousands of values of all sizes, erased here and there while others come: what is gone is
    in no file right after its commit, and what is not is still there.
    """
    with SQLiteStore(tmp_path / "store.db") as store:
        filling = Filling(store, seed)
        for step in range(500):
            filling.commit(f"T{filling.chance.randrange(40)}", values=filling.chance.randint(1, 5))
            if step % 3 == 0:
                filling.erase()
            if step % 25 == 24:
                filling.erase()
                found = tokens(tmp_path)
                assert not found & filling.gone
                assert found >= set(filling.alive.values())
        kept = {
            (ticket, each.ref): each.value
            for ticket in store.ids()
            for each in store.reveal(ticket, [r for t, r in filling.alive if t == ticket]).values()
        }
    assert kept.keys() == filling.alive.keys()
    assert all(text.startswith(filling.alive[key]) for key, text in kept.items())
    assert len(filling.gone) > 200
    assert not tokens(tmp_path) & filling.gone


def test_an_erased_row_tells_only_how_long_it_was(tmp_path: Path) -> None:
    """Its reference may be used again, and its salt is gone as well."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        filling = Filling(store, 7)
        filling.commit("T1", values=1)
        ((_, ref),) = filling.alive
        filling.commit("T1", (ref,))
        again = SealedValue("T1", ref, b"salt", "another")
        before = stored(store, "T1").snapshot
        assert isinstance(store.commit(Batch((change("T1", before),), sealed=(again,))), Committed)
        assert store.reveal("T1", [ref]) == {ref: again}
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT erased, salt, CAST(value AS BLOB) FROM workorder_sealed ORDER BY position"
    ).fetchall()
    connection.close()
    (erased, salt, value), (alive, *_) = rows
    assert (erased, alive) == (1, 0)
    assert not salt.strip(b"\0")
    assert not value.strip(b"\0")


def test_somebody_reads_meanwhile(tmp_path: Path) -> None:
    """Whoever reads as of a moment before the erasure is not waited for: what they may still see
    stays in the log until they are done and somebody commits, or the store is closed.
    """
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        filling = Filling(store, 3)
        filling.commit("T1", values=3)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM workorder_sealed").fetchone()
        filling.commit("T1", (EVERYTHING,))
        assert store._connections.owed
        assert store.reveal("T1", ["1.text"]) == {}
        assert tokens(tmp_path) & filling.gone
        reader.execute("COMMIT")
        reader.close()
        filling.commit("T2")
        assert not store._connections.owed
        assert not tokens(tmp_path) & filling.gone


def test_closing_empties_the_log(tmp_path: Path) -> None:
    """Where nobody commits any more, the last one to close the file leaves nothing."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        filling = Filling(store, 3)
        filling.commit("T1", values=3)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM workorder_sealed").fetchone()
        filling.commit("T1", (EVERYTHING,))
        reader.execute("COMMIT")
        reader.close()
    assert not tokens(tmp_path) & filling.gone


def test_every_connection_overwrites(tmp_path: Path) -> None:
    """``secure_delete`` is on for each connection that a store opens, also in other threads."""
    with SQLiteStore(tmp_path / "store.db") as store, ThreadPoolExecutor(3) as pool:

        def asked(_number: int) -> int:
            row = store._connections.get().execute("PRAGMA secure_delete").fetchone()
            return int(row[0])

        assert set(pool.map(asked, range(9))) == {1}
