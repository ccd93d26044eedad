"""``workorder verify`` and ``workorder checkpoint``: what is found, told, written and proved."""

import json
import sqlite3
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path

import pytest

from tests.cli.conftest import CHINESE, Files, Run
from workorder.cli import verifying
from workorder.storage import Checkpoint, GrowthProof, SQLiteStore, take_checkpoint
from workorder.storage.verifying import verify_store


def alter(path: Path) -> tuple[str, int]:
    """Another actor in the second record of the file; which it is."""
    connection = sqlite3.connect(path)
    with connection:
        ticket, sequence = connection.execute(
            "SELECT id, sequence FROM workorder_records JOIN workorder_tickets ON number = ticket"
            " WHERE position = 2"
        ).fetchone()
        connection.execute(
            "UPDATE workorder_records SET data = CAST(replace(CAST(data AS TEXT),"
            ' \'"actor":"\', \'"actor":"x\') AS BLOB) WHERE position = 2'
        )
    connection.close()
    return ticket, sequence


def test_a_large_store_is_shared_out(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By itself one process verifies a small store, and several a large one, with one answer."""
    with SQLiteStore(shop) as store:
        assert verifying._workers(store) == 1
        monkeypatch.setattr(verifying, "_SMALL", 0)
        assert verifying._workers(store) == cpu_count()
    assert run("verify", shop, "--quiet").out == "3 tickets, 6 records: sound\n"


def test_sound(run: Run, shop: Path) -> None:
    """Exit code 0 and one line; as data, what the library reports."""
    ran = run("verify", shop, "--quiet", "--replay")
    assert (ran.code, ran.out, ran.err) == (0, "3 tickets, 6 records: sound\n", "")
    with SQLiteStore(shop) as store:
        assert run("verify", shop, "--json").data() == verify_store(store).as_data()
    chinese = run("verify", shop, "--lang", "zh-CN").out
    assert chinese == "工单 3 张，记录 6 条：完好\n"


def test_damage(run: Run, shop: Path) -> None:
    """Exit code 1, and the record by name, in both languages; one ticket alone says the same."""
    ticket, sequence = alter(shop)
    ran = run("verify", shop)
    assert ran.code == 1
    assert f"✗ ticket {ticket}, record {sequence}: " in ran.out
    said = run("verify", shop, "--json", "--lang", "zh-CN")
    assert said.code == 1
    found = said.data()
    assert (found["sound"], found["count"]) == (False, 1)
    assert CHINESE.search(found["damages"][0]["text"])
    alone = run("verify", shop, "--ticket", ticket)
    assert (alone.code, alone.out.splitlines()[1]) == (1, ran.out.splitlines()[1])
    assert alone.err == ""


def test_the_limit(run: Run, shop: Path) -> None:
    """Fewer are shown than there are, and that is said."""
    connection = sqlite3.connect(shop)
    with connection:
        connection.execute("UPDATE workorder_records SET data = x'00'")
    connection.close()
    ran = run("verify", shop, "--limit", "2", "--quiet")
    assert ran.out.count("✗") == 2
    assert "the first 2:" in ran.out


def test_against_a_checkpoint(run: Run, shop: Path, files: Files, tmp_path: Path) -> None:
    """A checkpoint in a file is equal to the store, until something of then is missing."""
    kept = tmp_path / "kept.json"
    assert run("checkpoint", shop, "--out", kept, "--quiet").code == 0
    ran = run("verify", shop, "--against", kept, "--quiet", "--workers", "2")
    assert (ran.code, ran.out.splitlines()[1][-16:]) == (0, " 6 records: equal"[1:])
    connection = sqlite3.connect(shop)
    with connection:
        for table in ("records", "sealed", "receipts", "people", "asked"):
            connection.execute(f"DELETE FROM workorder_{table} WHERE ticket = 1")
        connection.execute("DELETE FROM workorder_tickets WHERE number = 1")
    connection.close()
    assert run("verify", shop, "--quiet").code == 0
    ran = run("verify", shop, "--against", kept, "--json", "--quiet")
    assert ran.code == 1
    assert list(ran.data()["codes"]) == ["checkpoint_short"]
    assert ran.data()["checkpoint"]["equal"] is False
    assert "NOT equal" in run("verify", shop, "--against", kept, "--quiet").out
    assert "不一致" in run("verify", shop, "--against", kept, "--quiet", "--lang", "zh-CN").out


def test_a_checkpoint(run: Run, shop: Path, tmp_path: Path) -> None:
    """By itself it is one line of JSON, the same as the library makes; --json has it inside."""
    ran = run("checkpoint", shop, "--quiet")
    made = Checkpoint.from_data(json.loads(ran.out))
    with SQLiteStore(shop) as store:
        same = take_checkpoint(store, made.at)
    assert (ran.code, made) == (0, same)
    assert made.at.tzinfo is UTC
    said = run("checkpoint", shop, "--quiet", "--json").data()
    assert Checkpoint.from_data(said["checkpoint"]).root == made.root
    assert (said["grown"], said["proof"]) == (None, None)
    inside = tmp_path / "inside.json"
    inside.write_text(json.dumps(said), encoding="utf-8")
    assert run("verify", shop, "--against", inside, "--quiet").code == 0


def test_since_an_earlier_one(run: Run, shop: Path, files: Files, tmp_path: Path) -> None:
    """A checkpoint that only adds proves it; one that does not is not written, with exit code 1."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert run("checkpoint", shop, "--out", old, "--quiet").code == 0
    with files.log.open("a", encoding="utf-8") as log:
        log.write(files.log.read_text(encoding="utf-8").splitlines()[-1].replace("C2", "C9") + "\n")
    assert run(*files.arguments("--quiet")).code == 0
    ran = run("checkpoint", shop, "--since", old, "--out", new, "--quiet")
    assert ran.code == 0
    assert ran.out.startswith(f"{new}: 7 records, ")
    assert "all of the earlier checkpoint stands, 1 were added" in ran.out
    said = run("checkpoint", shop, "--since", old, "--json", "--quiet").data()
    assert said["grown"] is True
    assert GrowthProof.from_data(said["proof"]).holds()
    new.unlink()
    alter(shop)
    for language in ("en", "zh-CN"):
        ran = run("checkpoint", shop, "--since", old, "--out", new, "--lang", language)
        assert (ran.code, new.exists()) == (1, False)
    assert CHINESE.search(ran.out)
    said = run("checkpoint", shop, "--since", old, "--json").data()
    assert said["grown"] is False
    new.write_text(json.dumps(said), encoding="utf-8")
    assert run("verify", shop, "--against", new).code == 3


def test_a_log_that_is_shorter(run: Run, shop: Path, tmp_path: Path) -> None:
    """Since a checkpoint that is larger than the log, nothing is proved."""
    with SQLiteStore(tmp_path / "empty.db"):
        pass
    old = tmp_path / "old.json"
    assert run("checkpoint", shop, "--out", old, "--quiet").code == 0
    ran = run("checkpoint", tmp_path / "empty.db", "--since", old, "--json", "--quiet")
    assert (ran.code, ran.data()["grown"], ran.data()["proof"]) == (1, False, None)


@pytest.mark.parametrize("content", [None, "no JSON", "[]", "{}", '{"checkpoint":{}}', "[" * 9_999])
def test_what_is_no_checkpoint(content: str | None, run: Run, shop: Path, tmp_path: Path) -> None:
    """Exit code 3 for a file that is none, or holds something else; both commands say so."""
    path = tmp_path / "kept.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    for command in (["verify", shop, "--against"], ["checkpoint", shop, "--since"]):
        ran = run(*command, path)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err


def test_wrong_wishes(run: Run, shop: Path, tmp_path: Path) -> None:
    """A ticket that is not there, a ticket against a checkpoint: bad input. No workers: usage."""
    assert run("verify", shop, "--ticket", "nobody").code == 3
    kept = tmp_path / "kept.json"
    run("checkpoint", shop, "--out", kept, "--quiet")
    assert run("verify", shop, "--ticket", "x", "--against", kept).code == 3
    assert run("verify", shop, "--workers", "0").code == 2


@pytest.mark.parametrize("command", ["verify", "checkpoint"])
def test_trouble_with_the_store(command: str, run: Run, shop: Path, tmp_path: Path) -> None:
    """Exit code 4 for a store that is not there, or another's; nothing is made."""
    path = tmp_path / "none.db"
    assert run(command, path).code == 4
    assert not path.exists()
    assert run(command, shop, "--tenant", "north").code == 4


def test_progress_goes_to_standard_error(run: Run, shop: Path) -> None:
    """How far it is never mixes with the answer."""
    assert run("verify", shop, "--json").err.startswith("tickets: 3")
    assert run("checkpoint", shop).err.startswith("read: 6")


def test_it_is_made_now(run: Run, shop: Path) -> None:
    """A checkpoint says when it was made, by this machine's clock."""
    began = datetime.now(UTC)
    made = Checkpoint.from_data(json.loads(run("checkpoint", shop).out))
    assert began <= made.at <= datetime.now(UTC)
