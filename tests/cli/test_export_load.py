"""``workorder export`` and ``workorder load``: a store from one place to another."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CHINESE, Run, folded
from workorder.cli import main
from workorder.desk import ServiceDesk
from workorder.storage import SQLiteStore
from workorder.workflow import Actor

HOSTS = '''
"""A command of a bank."""

from typing import ClassVar

from attrs import evolve, frozen

from workorder import workflow
from workorder.rulebook import Extension, basic
from workorder.ticket import Command, HostEvent


@frozen
class Block(Command):
    action: ClassVar[str] = "block_card"


@frozen
class Blocked(HostEvent):
    kind: ClassVar[str] = "bank.blocked"

    def evolve(self, ticket):
        return evolve(ticket, fields={**ticket.fields, "blocked": True})


OWN = (Extension(Block, (Blocked,), lambda draft: (Blocked(draft.trace, draft.step),)),)


def rules():
    plain = basic().workflow
    row = workflow.Row("block_card", "accepted", workflow.SAME, "supervisor")
    actions = (*plain.actions, workflow.Action("block_card"))
    flow = evolve(plain, actions=actions, rows=(*plain.rows, row))
    return evolve(basic(), name="own", workflow=flow, extensions=OWN)
'''


def log_of(path: Path) -> list[bytes]:
    """The records of a store, in the order of its log."""
    with SQLiteStore(path, create=False) as store:
        return [record.data for _, record in store.log(limit=10_000)]


def test_from_store_to_store(shop: Path, tmp_path: Path, run: Run) -> None:
    """The copy holds the same log; a second load adds nothing, and says so."""
    file, copy = tmp_path / "shop.jsonl.gz", tmp_path / "copy.db"
    ran = run("export", shop, file)
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "3 tickets, 6 records, 2 sealed values, 0 pending messages",
    )
    assert run("load", file, copy).code == 0
    assert log_of(copy) == log_of(shop)
    ran = run("load", file, copy)
    assert "0 brought in, 6 there already" in ran.out
    assert run("summary", copy, "--json").data() == run("summary", shop, "--json").data()


def test_plain_data(shop: Path, tmp_path: Path, run: Run) -> None:
    """Both reports as JSON; their roots are the same."""
    file, copy = tmp_path / "shop.jsonl", tmp_path / "copy.db"
    written = run("export", shop, file, "--json").data()
    assert set(written) == {"tickets", "records", "marks", "sealed", "messages", "root"}
    read = run("load", file, copy, "--json").data()
    assert (read["added"], read["known"], read["file"]) == (6, 0, str(file))
    assert read["root"] == written["root"]
    assert read["unopened"] == {"count": 0, "examples": []}


def test_through_a_pipe(
    shop: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the export is written to standard output; standard input is loaded."""
    ran = run("export", shop, "--json")
    assert [json.loads(line)["line"] for line in ran.out.splitlines()][:2] == ["head", "record"]
    assert json.loads(ran.err[ran.err.index("{\n") :])["records"] == 6
    assert run("export", shop, "-").out.count("\n") == ran.out.count("\n")
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(ran.out.encode())))
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("load", "-", tmp_path / "copy.db", "--json").data()["added"] == 6


def test_in_chinese(shop: Path, tmp_path: Path, run: Run) -> None:
    """What people read is Chinese if they ask for it."""
    file, copy = tmp_path / "shop.jsonl", tmp_path / "copy.db"
    for arguments in (("export", shop, file), ("load", file, copy)):
        ran = run(*arguments, "--lang", "zh-CN")
        assert CHINESE.search(ran.out)
        assert "6 条" in folded(ran.out)


def test_progress_and_quiet(shop: Path, tmp_path: Path, run: Run) -> None:
    """How far it is stands on standard error, unless nobody wants to know."""
    file, copy = tmp_path / "shop.jsonl", tmp_path / "copy.db"
    assert "export: 6 of 6" in run("export", shop, file).err
    assert "load: 6 of 6" in run("load", file, copy).err
    assert run("export", shop, file, "--quiet").err == run("load", file, copy, "--quiet").err == ""


def test_no_store_is_left_behind(shop: Path, tmp_path: Path, run: Run) -> None:
    """A file that is no export makes no store; a store that is not there is not exported."""
    copy = tmp_path / "copy.db"
    (tmp_path / "log.csv").write_text("number,state\n", encoding="utf-8")
    ran = run("load", tmp_path / "log.csv", copy)
    assert ran.code == 3
    assert "does not begin as an export" in ran.err
    assert run("load", tmp_path / "none", copy).code == 3
    assert not copy.exists()
    assert run("export", tmp_path / "none.db", tmp_path / "none.jsonl").code == 4
    assert not (tmp_path / "none.jsonl").exists()
    assert run("export", shop, tmp_path / "no" / "such" / "place").code == 3


def test_a_damaged_file(shop: Path, tmp_path: Path, run: Run) -> None:
    """Exit code 3, and where it is; what stood before is said."""
    file = tmp_path / "shop.jsonl"
    assert run("export", shop, file, "--quiet").code == 0
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:4]))
    ran = run("load", file, tmp_path / "copy.db", "--quiet")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{file} is damaged or ends too early, after line 4; 0 records")
    ran = run("load", file, tmp_path / "copy.db", "--quiet", "--json")
    assert ran.data()["error"]["code"] == "cut_short"


def test_another_tenant(shop: Path, tmp_path: Path, run: Run) -> None:
    """Exit code 4: an export goes to a store of the same tenant only."""
    file = tmp_path / "shop.jsonl"
    assert run("export", shop, file, "--tenant", "north").code == 4
    assert run("export", shop, file).code == 0
    ran = run("load", file, tmp_path / "copy.db", "--tenant", "north")
    assert ran.code == 4
    assert "tenant" in ran.err


def test_left_out(shop: Path, tmp_path: Path, run: Run) -> None:
    """Sealed values stay behind if that is asked for; what is unknown is refused by name."""
    file = tmp_path / "shop.jsonl"
    assert run("export", shop, file).code == 0
    ran = run("load", file, tmp_path / "copy.db", "--without", "sealed", "--json")
    assert ran.data()["sealed"] == 0
    ran = run("load", file, tmp_path / "copy.db", "--without", "records")
    assert ran.code == 3
    assert "records" in ran.err


def test_values_that_are_not_what_was_sealed(tmp_path: Path, run: Run) -> None:
    """They are refused; on request they are left out, and listed."""
    path, file = tmp_path / "a.db", tmp_path / "a.jsonl"
    with SQLiteStore(path) as store:
        ticket = ServiceDesk(store).open(
            "complaint", fields={"title": "card"}, actor=Actor("li", "handler")
        )
        connection = store._connections.get()
        connection.execute("UPDATE workorder_sealed SET value = 'purse'")
    assert run("export", path, file).code == 0
    ran = run("load", file, tmp_path / "b.db")
    assert ran.code == 3
    assert "1.title" in ran.err
    ran = run("load", file, tmp_path / "b.db", "--without", "unopened")
    assert ran.code == 0
    assert ticket.id in ran.out
    assert "1.title" in ran.out


def test_a_hosts_own_events(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The types of a host's own events are imported from where somebody says; without them the
    ticket would come out another way, which is refused.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    name = f"hosts_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(HOSTS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = __import__(name)
    boss = Actor("wang", "supervisor")
    with SQLiteStore(tmp_path / "a.db") as store:
        desk = ServiceDesk(store, rulebook=module.rules())
        ticket = desk.open("complaint", fields={"title": "card"}, actor=boss)
        desk.perform(ticket.id, module.Block(), actor=boss)
    assert run("export", "a.db", "a.jsonl").code == 0
    ran = run("load", "a.jsonl", "b.db")
    assert ran.code == 3
    assert "bank.blocked/1" in ran.err
    assert run("load", "a.jsonl", "b.db", "--extensions", f"{name}:OWN").code == 0
    assert log_of(tmp_path / "b.db") == log_of(tmp_path / "a.db")
    assert main(["load", "a.jsonl", "b.db", "--extensions", "nowhere"]) == 3
