"""``workorder erase``, ``hold``, ``subject``, ``erasures``: a ticket's papers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from attrs import frozen

from tests.cli.conftest import CHINESE, Run, cells
from workorder.desk import ServiceDesk
from workorder.rulebook import bank, load_rulebook
from workorder.storage import SQLiteStore
from workorder.ticket import Cancel
from workorder.workflow import Actor

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "src" / "workorder" / "rulebook" / "shipped" / "bank.toml"
LI = Actor("li", "intake", "hotline")
LONG_AGO = datetime(2016, 3, 2, 1, 0, tzinfo=UTC)


@frozen
class Shop:
    """A store with two cancelled complaints of long ago."""

    path: Path
    one: str
    two: str

    def values(self) -> int:
        """How many sealed values there are."""
        with SQLiteStore(self.path, create=False) as store:
            refs = ["1.title", "2.reason"]
            return sum(len(store.reveal(each, refs)) for each in (self.one, self.two))


@pytest.fixture
def old(tmp_path: Path) -> Shop:
    """Such a store."""
    path = tmp_path / "desk.db"
    with SQLiteStore(path) as store:
        desk = ServiceDesk(store, rulebook=bank(), time=lambda: LONG_AGO)
        ids = []
        for number in range(2):
            fields = {"title": f"Secret {number}", "category": "atm"}
            ticket = desk.open(
                "complaint",
                customer="C-1",
                channel="phone",
                fields=fields,
                actor=LI,
                command_id=f"open-{number}",
            )
            desk.perform(ticket.id, Cancel("by mistake"), actor=LI)
            ids.append(ticket.id)
    return Shop(path, *sorted(ids))


@pytest.fixture
def retaining(tmp_path: Path) -> Path:
    """The bank's rulebook, with a retention."""
    text = BANK.read_text(encoding="utf-8")
    file = tmp_path / "retaining.toml"
    found = "[settings.hold_reasons.waiting_for_customer]\n"
    assert found in text
    retention = f'[settings.retention]\ncomplaint = "5 years"\n\n{found}'
    file.write_text(text.replace(found, retention), encoding="utf-8")
    copytree(BANK.parent / "calendars", tmp_path / "calendars")  # which the file names
    return file


def test_erase_a_ticket(run: Run, old: Shop) -> None:
    """All its values, or one of them."""
    ran = run("erase", old.path, old.one, "--basis", "request", "--actor", "dpo", "--json")
    assert (ran.code, ran.data()) == (0, {"ticket": old.one, "version": 3, "refs": []})
    assert old.values() == 2
    one = ("--basis", "request", "--actor", "dpo", "--ref", "1.title")
    ran = run("erase", old.path, old.two, *one)
    assert (ran.code, ran.out) == (0, f"erased; {old.two} is at version 3\n")
    assert old.values() == 1
    assert CHINESE.search(run("erase", old.path, old.two, *one, "--lang", "zh-CN").out)


def test_what_is_missing(run: Run, old: Shop) -> None:
    """A ticket and a reason are needed, and neither beside --expired."""
    for arguments, said in (
        ((), "ticket: required"),
        ((old.one,), "--basis: required"),
        ((old.one, "--expired"), "ticket"),
        (("--expired", "--basis", "x"), "basis"),
        (("--expired", "--limit", "-1"), "limit"),
        ((old.one, "--basis", "x", "--ref", ""), "refs"),
    ):
        ran = run("erase", old.path, *arguments, "--actor", "dpo")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith(said)
    assert run("erase", old.path, old.one, "--basis", "x").code == 2
    assert run("erase", old.path, "none", "--basis", "x", "--actor", "dpo").code == 1
    assert run("erase", old.path, old.one, "--basis", "x", "--actor", "a", "--ref", "9.z").code == 1
    assert old.values() == 4


def test_hold(run: Run, old: Shop) -> None:
    """A hold keeps everything, and says for which case; lifted, it does not."""
    case = ("--case", "(2026) 1", "--actor", "legal")
    ran = run("hold", old.path, old.one, *case)
    assert (ran.code, ran.out) == (0, f"{old.one} is kept for: (2026) 1\n")
    assert run("hold", old.path, old.one, *case).code == 1
    erase = ("erase", old.path, old.one, "--basis", "request", "--actor", "dpo")
    ran = run(*erase)
    assert (ran.code, ran.out) == (1, "")
    assert "(2026) 1" in ran.err
    assert run(*erase, "--json").data()["error"]["code"] == "legal_hold"
    assert old.values() == 4
    lifted = run("hold", old.path, old.one, *case, "--lift", "--json").data()
    assert lifted == {"ticket": old.one, "version": 4, "legal_holds": []}
    assert run(*erase).code == 0


def test_erase_what_is_expired(run: Run, old: Shop, retaining: Path, tables: str) -> None:
    """What was kept long enough by the rulebook that is named; what is held is listed."""
    run("hold", old.path, old.one, "--case", "(2026) 1", "--actor", "legal")
    expired = ("erase", old.path, "--expired", "--actor", "dpo")
    assert run(*expired, "--json").data() == {"erased": [], "kept": []}
    ran = run(*expired, "--rulebook", retaining)
    assert ran.code == 0
    assert ran.out.startswith("1 tickets were erased; 1 were kept\n")
    assert old.one in {line[0] for line in cells(ran.out)}
    assert old.values() == 2
    again = run(*expired, "--rulebook", retaining, "--json", "--lang", "zh-CN").data()
    assert again["erased"] == []
    assert CHINESE.search(again["kept"][0]["reason"])


def test_expired_by_which_rulebook(run: Run, old: Shop, retaining: Path) -> None:
    """It is not guessed: a store whose last ticket goes by one's own needs it named."""
    with SQLiteStore(old.path) as store:
        desk = ServiceDesk(store, rulebook=load_rulebook(retaining))
        fields = {"title": "x", "category": "atm"}
        desk.open("complaint", customer="C-1", channel="phone", fields=fields, actor=LI)
    ran = run("erase", old.path, "--expired", "--actor", "dpo")
    assert (ran.code, ran.err) == (3, "--rulebook: required\n")


def test_subject(run: Run, old: Shop, tmp_path: Path) -> None:
    """One object a line: a head, and each ticket; on standard output or in a file."""
    lines = [json.loads(line) for line in run("subject", old.path, "C-1").out.splitlines()]
    assert lines[0]["format"] == "workorder/subject"
    assert [line["ticket"]["id"] for line in lines[1:]] == [old.one, old.two]
    out = tmp_path / "c-1.jsonl"
    ran = run("subject", old.path, "C-1", "--out", out, "--json")
    assert ran.data() == {"out": str(out), "tickets": 2}
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert written[1:] == lines[1:]
    assert run("subject", old.path, "C-1", "--out", tmp_path / "no" / "where").code == 3
    assert run("subject", tmp_path / "none.db", "C-1").code == 4


def test_erasures_and_back(run: Run, old: Shop, tmp_path: Path, tables: str) -> None:
    """The list brings a restored backup to where it must be; a hold in it stands in the way."""
    backup = tmp_path / "backup.db"
    backup.write_bytes(old.path.read_bytes())
    for ticket in (old.one, old.two):
        run("erase", old.path, ticket, "--basis", "request", "--actor", "dpo")
    listed = run("erasures", old.path)
    found = [json.loads(line) for line in listed.out.splitlines()]
    assert [each["ticket"] for each in found] == [old.one, old.two]
    after = run("erasures", old.path, "--after", str(found[0]["position"])).out
    assert [json.loads(line)["ticket"] for line in after.splitlines()] == [old.two]
    file = tmp_path / "erasures.jsonl"
    file.write_text(listed.out, encoding="utf-8")
    restored = Shop(backup, old.one, old.two)
    run("hold", backup, old.one, "--case", "x", "--actor", "legal")
    ran = run("erasures", backup, "--replay", file)
    assert ran.code == 1
    assert {tuple(line[:2]) for line in cells(ran.out)} >= {
        (old.one, "refused"),
        (old.two, "erased"),
    }
    run("hold", backup, old.one, "--case", "x", "--actor", "legal", "--lift")
    done = run("erasures", backup, "--replay", file, "--json").data()
    assert ([each["outcome"] for each in done["replayed"]], done["open"]) == (
        ["erased", "already"],
        0,
    )
    assert restored.values() == 0


def test_a_file_that_is_no_list(run: Run, old: Shop, tmp_path: Path) -> None:
    """It is refused with exit code 3, and nothing is touched."""
    file = tmp_path / "list.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    ran = run("erasures", old.path, "--replay", file)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("line 1: expected an erasure")
    assert run("erasures", old.path, "--replay", tmp_path / "none").code == 3
    assert run("erasures", old.path, "--after", "-1").code == 3
    assert old.values() == 4
