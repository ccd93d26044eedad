"""Figures of a store: how each of them counts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from tests.builders import extended
from tests.exchange.logs import brought, entry
from workorder.desk import ServiceDesk
from workorder.errors import StoreError
from workorder.insight import Durations, log_of, summarise
from workorder.rulebook import Rulebook
from workorder.rulebook.extension import Extension
from workorder.storage import Codec, FullStore, MemoryStore, Record
from workorder.ticket import (
    Close,
    Command,
    Comment,
    Dispatch,
    HostEvent,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import SAME, Action, Actor, Row

LI = Actor("li", "handler", "cards")
BOSS = Actor("boss", "supervisor", "hall")
BEGUN = datetime(2026, 3, 1, tzinfo=UTC)


class Shop:
    """A desk whose clock is set by hand."""

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        self.store: FullStore = MemoryStore()
        self.now = BEGUN
        self.desk = ServiceDesk(self.store, rulebook=rulebook, time=lambda: self.now)

    def open(self, minute: int) -> str:
        """Open a ticket in the hall."""
        self.now = BEGUN + timedelta(minutes=minute)
        fields = {"title": "Card", "category": "atm"}
        return self.desk.open("complaint", department="hall", fields=fields, actor=BOSS).id

    def do(self, minute: float, ticket_id: str, command: Command, actor: Actor = BOSS) -> None:
        """Carry out a command."""
        self.now = BEGUN + timedelta(minutes=minute)
        self.desk.perform(ticket_id, command, actor=actor)

    def figures(self) -> dict[str, Any]:
        """The summary."""
        return summarise(self.store).as_data()


def whole_life(shop: Shop) -> str:
    """A ticket that is sent back once, closed, reopened, and closed again."""
    ticket = shop.open(0)
    shop.do(10, ticket, Dispatch(to="li", department="cards"))
    shop.do(15, ticket, Start(), LI)
    shop.do(16, ticket, Comment("looking"), LI)
    shop.do(45, ticket, Submit(resolution="refunded"), LI)
    shop.do(50, ticket, ReturnForRework(reason="which fee?"))
    shop.do(60, ticket, Submit(resolution="the second fee"), LI)
    shop.do(90, ticket, Close())
    shop.do(200, ticket, Reopen(reason="called again"))
    shop.do(210, ticket, Submit(resolution="explained"), LI)
    shop.do(215.5, ticket, Close())
    return ticket


def test_a_life_at_this_desk() -> None:
    """What happened here counts by the states of the workflow, to the minute and its fraction."""
    shop = Shop()
    whole_life(shop)
    assert shop.figures() == {
        "tickets": 1,
        "records": 11,
        "records_imported": 0,
        "entries_by_state": {
            "in_progress": 4,
            "resolved": 3,
            "closed": 2,
            "accepted": 1,
            "assigned": 1,
        },
        "first_state": {"accepted": 1},
        "last_state": {"closed": 1},
        "state_names": {
            each: each for each in ("accepted", "assigned", "in_progress", "resolved", "closed")
        },
        "transitions": {
            "(start)": {"accepted": 1},
            "accepted": {"assigned": 1},
            "assigned": {"in_progress": 1},
            "in_progress": {"resolved": 3, "in_progress": 1},
            "resolved": {"closed": 2, "in_progress": 1},
            "closed": {"in_progress": 1},
        },
        "reopens": 1,
        "handovers": 1,
        "minutes_in_state": {
            "accepted": {"count": 1, "sum": 10, "median": 10},
            "assigned": {"count": 1, "sum": 5, "median": 5},
            "in_progress": {"count": 3, "sum": 50, "median": 10},
            "resolved": {"count": 3, "sum": 40.5, "median": 5.5},
            "closed": {"count": 1, "sum": 110, "median": 110},
        },
        "opened_to_resolved": {"count": 1, "sum": 210, "median": 210},
        "opened_to_closed": {"count": 1, "sum": 215.5, "median": 215.5},
        "missing": {},
        "without_assignee": {},
        "changed": {},
        "oddities": {"closed_again": {"count": 1, "examples": [shop.store.log()[0][1].ticket_id]}},
    }


def test_tickets_that_are_not_there_yet() -> None:
    """Unfinished stays and tickets without an end are not counted; the median of none is none."""
    shop = Shop()
    shop.open(0)
    shop.do(5, shop.open(1), Dispatch(department="cards"))
    figures = shop.figures()
    assert figures["minutes_in_state"] == {"accepted": {"count": 1, "sum": 4, "median": 4}}
    nothing = {"count": 0, "sum": 0, "median": None}
    assert figures["opened_to_resolved"] == figures["opened_to_closed"] == nothing
    assert figures["last_state"] == {"accepted": 1, "assigned": 1}


def test_handovers_are_between_departments() -> None:
    """Another person in the same department is no handover; another department is one."""
    shop = Shop()
    ticket = shop.open(0)
    shop.do(1, ticket, Dispatch(to="li", department="hall"))
    shop.do(2, ticket, Transfer(to="wang", reason="away"))
    assert shop.figures()["handovers"] == 0
    shop.do(3, ticket, Transfer(to="sun", department="cards", reason="theirs"))
    assert shop.figures()["handovers"] == 1


def test_entries_at_one_instant() -> None:
    """Two entries of a ticket at the same instant are counted; those of two tickets are not."""
    shop = Shop()
    ticket = shop.open(0)
    shop.open(0)
    assert shop.figures()["oddities"] == {}
    shop.do(0, ticket, Comment("at once"))
    assert shop.figures()["oddities"]["same_instant"] == {"count": 1, "examples": [ticket]}


def test_an_empty_store() -> None:
    """A store without tickets has figures, too."""
    figures = summarise(MemoryStore()).as_data()
    assert (figures["tickets"], figures["records"], figures["transitions"]) == (0, 0, {})


def test_a_past_elsewhere_and_a_present_here(memory: FullStore, tmp_path: Path) -> None:
    """A ticket that was imported and then closed here is one life."""
    brought(tmp_path, memory, [entry("C1", "New", 0, by="li", team="hall")])
    ticket_id = memory.log()[0][1].ticket_id
    desk = ServiceDesk(memory, time=lambda: BEGUN + timedelta(minutes=7))
    desk.perform(ticket_id, Dispatch(to="li"), actor=BOSS)
    figures = summarise(memory).as_data()
    assert (figures["records"], figures["records_imported"]) == (2, 1)
    assert figures["transitions"] == {"(start)": {"New": 1}, "New": {"assigned": 1}}
    assert figures["minutes_in_state"] == {"New": {"count": 1, "sum": 7, "median": 7}}


def test_a_store_without_history() -> None:
    """Figures need the history; a store without one is told so."""
    with pytest.raises(StoreError) as failed:
        summarise(MemoryStore(history=False))
    assert failed.value.code == "unsupported"


class Reluctant(MemoryStore):
    """A store that gives its log in small portions."""

    def log(self, after: int = 0, limit: int = 1_000) -> Sequence[tuple[int, Record]]:
        """At most three records."""
        return super().log(after, min(limit, 3))


def test_the_log_is_read_to_its_end() -> None:
    """The log is read portion by portion, each told, and every record comes once and in order."""
    shop = Shop()
    shop.store = Reluctant()
    shop.desk = ServiceDesk(shop.store, time=lambda: shop.now)
    whole_life(shop)
    told: list[int] = []
    read = [event for _, event in log_of(shop.store, Codec(), told.append)]
    assert read == [Codec().decode(record) for _, record in MemoryStore.log(shop.store, limit=99)]
    assert told == [3, 6, 9, 11]


@attrs.frozen
class Call(Command):
    """A host's own command."""

    action: ClassVar[str] = "call"


@attrs.frozen
class Called(HostEvent):
    """A host's own event."""

    kind: ClassVar[str] = "bank.called"


def test_events_of_a_host_count() -> None:
    """A host's own events are entries like others, also to a reader who does not know them."""
    own = Extension(Call, (Called,), lambda draft: (Called(draft.trace, draft.step),))
    rules = extended(
        actions=(Action("call"),),
        rows=(Row("call", ("accepted",), SAME, ("supervisor",)),),
        extensions=(own,),
    )
    shop = Shop(rules)
    shop.do(5, shop.open(0), Call())
    known = summarise(shop.store, Codec(rules.event_types)).as_data()
    assert known == shop.figures()
    assert known["transitions"] == {"(start)": {"accepted": 1}, "accepted": {"accepted": 1}}


def test_durations() -> None:
    """Count, sum and median in minutes, whole where they are whole."""
    made = Durations()
    assert made.as_data() == {"count": 0, "sum": 0, "median": None}
    for seconds in (60, 120, 30):
        made.add(timedelta(seconds=seconds))
    assert made.as_data() == {"count": 3, "sum": 3.5, "median": 1}
    assert isinstance(made.as_data()["median"], int)
    made.add(timedelta(minutes=4))
    assert made.as_data() == {"count": 4, "sum": 7.5, "median": 1.5}
