"""What each event tells customers: the table that the documentation has, and the values."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from attrs import frozen

from workorder.clocks import Clock, Segment
from workorder.ticket import (
    ActionTaken,
    Approved,
    Cancelled,
    DueChange,
    DueRevised,
    Event,
    Held,
    HostEvent,
    Imported,
    MarkReached,
    OpaqueEvent,
    Opened,
    Reader,
    Sealed,
    Trace,
    Urged,
    shared_event,
    without_fields,
)
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Step

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "who-reads-what.md"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CUSTOMER = Reader("C-1", "C-1", ("customer", "bot"))
TEXT = Sealed("1.x", "c" * 64)


def trace(actor: str) -> Trace:
    """A trace with everything in it."""
    return Trace(actor, "cards", 1, AT, AT, "cmd-li", "r" * 64, 30)


def step(role: str, **other: Any) -> Step:
    """A step in a role."""
    return Step(**{"action": "a", "role": role, "from_state": "s", "to_state": "s",
                   "category": "open", **other})  # fmt: skip


def listed() -> dict[str, tuple[str, ...]]:
    """The table of the page: event → what it says of it, by column."""
    rows = re.findall(
        r"^\| `ticket\.(\w+)` \|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {f"ticket.{name}": tuple(map(str.strip, rest.split("|"))) for name, rest in rows}


def names(cell: str) -> set[str]:
    """The names in a cell."""
    return set(re.findall(r"`(\w+)`", cell))


def test_every_event_is_in_the_table() -> None:
    """Whoever adds a type of event says what customers read of it."""
    assert set(listed()) == set(BUILT_IN)


@pytest.mark.parametrize("kind", sorted(BUILT_IN))
def test_the_table_is_true(kind: str) -> None:
    """Whether it is shared, which of its parts, and which where the customer's side did it."""
    shared, parts, own = listed()[kind][:3]
    event = BUILT_IN[kind]
    fields = {each.name for each in attrs.fields(event)}
    assert set(event.shared_parts) == names(parts) <= fields
    assert set(event.own_parts) == names(own) <= fields
    if event.open_to is Event.open_to:
        assert shared == ("yes" if event.shared else "no")
    else:
        assert shared not in {"yes", "no"}
    if not event.shared and event.open_to is Event.open_to:
        assert event.shared_parts == event.own_parts == ()


def test_who_acted_is_a_role() -> None:
    """Of somebody of the bank only the role is left; one's own name stays."""
    told = shared_event(Urged(trace("li"), step("intake"), AT, TEXT), CUSTOMER)
    assert told == Urged(
        attrs.evolve(trace("intake"), department=None, rank=0, command_id=""), step("intake")
    )
    own = shared_event(Urged(trace("C-1"), step("customer"), AT, TEXT), CUSTOMER)
    assert own is not None
    assert (own.trace.actor, own.trace.command_id) == ("C-1", "cmd-li")
    assert own.note == TEXT  # type: ignore[attr-defined]


def test_reasons_are_read_by_whom_gave_them() -> None:
    """Why the customer cancelled is theirs to read; why a supervisor did is not."""
    theirs = shared_event(Cancelled(trace("C-1"), step("customer"), TEXT), CUSTOMER)
    ours = shared_event(Cancelled(trace("li"), step("supervisor"), TEXT), CUSTOMER)
    assert isinstance(theirs, Cancelled)
    assert isinstance(ours, Cancelled)
    assert theirs.reason == TEXT
    assert ours.reason == Sealed("", "")


def test_approvals_before_the_last_are_internal() -> None:
    """Only the one that resolves the ticket is the bank's answer."""
    said = [
        shared_event(Approved(trace("li"), step("reviewer", **other), TEXT), CUSTOMER)
        for other in ({}, {"to_state": "t"}, {"to_state": "t", "resolved": True})
    ]
    assert [each is not None for each in said] == [False, False, True]
    assert said[2].note is None  # type: ignore[union-attr]


def test_an_action_of_ones_own() -> None:
    """A host's plain action is read by the customer's side if it took it."""
    given = {"date": "2026-04-01"}
    own = ActionTaken(trace("C-1"), step("customer"), given)
    assert shared_event(own, CUSTOMER) == attrs.evolve(
        own, trace=attrs.evolve(own.trace, department=None, rank=0)
    )
    assert shared_event(ActionTaken(trace("li"), step("handler"), given), CUSTOMER) is None


def test_clocks_are_the_banks() -> None:
    """No clock is shared, nor a mark; that the ticket is due at another instant is, and no more."""
    clock = Clock("resolution", "running", "5 working days", (Segment(AT, "cn@0", "usual@1"),))
    clocks = {"resolution": clock}
    change = DueChange("resolution", AT, AT)
    opened = Opened(trace("li"), step("intake"), "complaint", clocks=clocks)
    told = shared_event(opened, CUSTOMER)
    assert told is not None
    assert told.clocks == {}
    mark = MarkReached(
        trace("system"), step("system"), "resolution", 1, "50%", AT, AT, clocks=clocks
    )
    assert shared_event(mark, CUSTOMER) is None
    revised = DueRevised(trace("li"), step("intake"), "transfer", (change,), clocks=clocks)
    assert shared_event(revised, CUSTOMER) is None
    told = shared_event(attrs.evolve(revised, promises={"due": AT}), CUSTOMER)
    assert isinstance(told, DueRevised)
    assert (told.cause, told.changes, told.clocks) == ("", (), {})
    assert told.promises == {"due": AT}


@frozen
class Blocked(HostEvent):
    """A card was blocked."""

    kind: ClassVar[str] = "bank.blocked"
    shared: ClassVar[bool] = True
    shared_parts: ClassVar[tuple[str, ...]] = ("card",)

    card: str
    scores: tuple[int, ...]
    note: str
    fields: dict[str, str] = attrs.field(factory=dict)


@frozen
class Watched(HostEvent):
    """Somebody watches it."""

    kind: ClassVar[str] = "bank.watched"


def test_a_hosts_event_says_for_itself() -> None:
    """It is internal unless it says otherwise, and so is each of its parts."""
    assert shared_event(Watched(trace("li"), step("handler")), CUSTOMER) is None
    event = Blocked(trace("li"), step("handler"), "7890", (1, 2), "odd", {"a": "b"})
    told = shared_event(event, CUSTOMER)
    assert isinstance(told, Blocked)
    assert (told.card, told.scores, told.note, told.fields) == ("7890", (), "", {})


def test_nothing_of_what_is_not_understood() -> None:
    """Neither a later version's event nor another system's entry is shared."""
    opaque = OpaqueEvent(trace("li"), step("handler"), "ticket.later", 2, {"secret": 1})
    assert shared_event(opaque, CUSTOMER) is None
    told, names_ = without_fields(opaque, {"card"})
    assert isinstance(told, OpaqueEvent)
    assert (told.record, names_) == ({}, ())


def test_fields_that_are_withheld() -> None:
    """They are gone from an event, and raw cells with them; promises of that name stay."""
    promised = {"due": AT}
    opened = Opened(
        trace("li"), step("intake"), "complaint", fields={"due": 1, "b": TEXT}, promises=promised
    )
    told, found = without_fields(opened, {"due", "x"})
    assert isinstance(told, Opened)
    assert (told.fields, told.promises, found) == ({"b": TEXT}, promised, ("due",))
    assert without_fields(opened, {"x"})[0] is opened
    imported = Imported(
        *(trace("li"), step("intake"), "complaint", "old", "1", "r", "open", AT),
        raw={"Card": "6222"},
    )
    assert without_fields(imported, {"card"})[0].raw == {}  # type: ignore[attr-defined]


def test_why_it_is_held_is_no_part() -> None:
    """That it waits is shared; the reason's name, its end and its note are not."""
    told = shared_event(Held(trace("li"), step("handler"), "fraud_check", AT, TEXT), CUSTOMER)
    assert isinstance(told, Held)
    assert (told.hold_reason, told.until, told.note) == ("", None, None)
