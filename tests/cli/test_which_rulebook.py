"""By which rulebook the commands read a store."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, cells
from tests.exchange.logs import IT_DESK, brought, entry
from workorder.desk import ServiceDesk
from workorder.exchange import mapping_from_data
from workorder.rulebook import it_desk, load_rulebook, rulebook_to_toml
from workorder.storage import SQLiteStore, TicketQuery
from workorder.workflow import Actor

ROWS = [
    entry("C1", "New", 0, by="teller", team="net", client="K-1", urgency="2"),
    entry("C1", "Active", 5, by="li", owner="li", team="net", client="K-1", urgency="2"),
    entry("C1", "Caller", 9, by="li", owner="li", team="net", client="K-1", urgency="2"),
]
LI = ("--actor", "li", "--role", "agent")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A store of an IT desk with a ticket that waits for its caller."""
    path = tmp_path / "desk.db"
    with SQLiteStore(path) as store:
        brought(tmp_path, store, ROWS, mapping_from_data(IT_DESK))
    return path


def edition(folder: Path) -> Path:
    """The same rulebook in an edition of a host's own, in which people call it otherwise."""
    path = folder / "own.toml"
    text = rulebook_to_toml(it_desk()).replace("On hold", "Parked").replace('"1"', '"7"', 1)
    path.write_text(text, encoding="utf-8")
    return path


def test_history_in_the_words_of_its_rulebook(run: Run, desk: Path) -> None:
    """States and roles are called what the rulebook of the ticket calls them; and why it waits."""
    lines = {line[0]: line for line in cells(run("history", desk, "C1").out)}
    assert [lines[number][3] for number in "123"] == ["Agent"] * 3
    assert [lines[number][5] for number in "123"] == ["New", "In progress", "On hold"]
    assert "hold: awaiting_user" in lines["3"][6]
    data = run("history", desk, "C1", *LI, "--json").data()
    assert data["entries"][2]["said"]["hold"] == "awaiting_user"


def test_options_by_its_rulebook(run: Run, desk: Path) -> None:
    """What may be done is judged by the rulebook the ticket was opened under."""
    data = run("options", desk, "C1", *LI, "--json").data()
    allowed = {each["action"]: each["to"] for each in data["options"] if each["allowed"]}
    assert allowed["resume"] == "in_progress"
    assert allowed["resolve"] == "resolved"
    ran = run("options", desk, "C1", *LI)
    assert ran.out.splitlines()[0].endswith("On hold, version 3")


def test_find_by_its_rulebook(run: Run, desk: Path) -> None:
    """Roles and fields are those of the store's rulebook."""
    found = run("find", desk, *LI, "--where", "fields.priority=2", "--json").data()["tickets"]
    assert [each["key"] for each in found] == ["C1"]
    stranger = ("--actor", "K-2", "--role", "caller")
    assert run("find", desk, *stranger, "--json").data()["tickets"] == []
    own = ("--actor", "K-1", "--role", "caller")
    assert [each["key"] for each in run("find", desk, *own, "--json").data()["tickets"]] == ["C1"]


def test_a_store_with_several(run: Run, desk: Path) -> None:
    """Each ticket goes by its own rulebook, whichever was opened last."""
    with SQLiteStore(desk) as store:
        new = ServiceDesk(store).open(
            "complaint", customer="K-9", fields={"title": "Fee"}, actor=Actor("wu", "handler")
        )
    assert "On hold" in run("history", desk, "C1").out
    assert "Accepted" in run("history", desk, new.id).out
    found = run("find", desk, *LI, "--rulebook", "it_desk", "--json").data()["tickets"]
    assert {each["state"] for each in found} == {"pending", "accepted"}


def test_a_rulebook_that_does_not_ship(run: Run, tmp_path: Path) -> None:
    """Of a rulebook nobody has, names are shown bare; given as a file, its own words."""
    own = edition(tmp_path)
    path = tmp_path / "own.db"
    with SQLiteStore(path) as store:
        plan = mapping_from_data({**IT_DESK, "rulebook": own.name}, str(tmp_path / "desk.toml"))
        brought(tmp_path, store, ROWS, plan)
        (kept,) = [each.ticket for each in store.find(TicketQuery())]
    assert kept.origin.rulebook == load_rulebook(own).digest
    bare = {line[0]: line for line in cells(run("history", path, "C1").out)}
    assert (bare["3"][3], bare["3"][5]) == ("agent", "pending")
    told = run("history", path, "C1", "--rulebook", own)
    lines = {line[0]: line for line in cells(told.out)}
    assert (lines["3"][3], lines["3"][5]) == ("Agent", "Parked")
    ran = run("options", path, "C1", *LI, "--rulebook", own)
    assert ran.out.splitlines()[0].endswith("Parked, version 3")


def test_summary_needs_none(run: Run, desk: Path) -> None:
    """Figures of a store are in the words of its log, whatever its rulebook."""
    data = run("summary", desk, "--json").data()
    assert data["state_names"] == {"New": "new", "Active": "in_progress", "Caller": "pending"}


@pytest.mark.parametrize("command", [("history", "C1"), ("options", "C1", *LI), ("find",)])
def test_a_rulebook_nobody_knows(command: tuple[str, ...], run: Run, desk: Path) -> None:
    """A name that is none is bad input, and says which there are."""
    name, *rest = command
    ran = run(name, desk, *rest, "--rulebook", "it-desk")
    assert ran.code == 3
    assert "it_desk" in ran.err


def test_no_ticket_and_no_rulebook(run: Run, desk: Path, tmp_path: Path) -> None:
    """A number that no ticket has is not found; an empty store has no tickets."""
    assert run("history", desk, "C9").code == 1
    empty = tmp_path / "empty.db"
    SQLiteStore(empty).close()
    assert run("find", empty, "--json").data() == {"tickets": [], "next": None}
