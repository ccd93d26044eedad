"""What is drawn is sound: everything that the library promises holds for it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workorder.canonical import is_canonical
from workorder.durations import Duration, parse
from workorder.intake import Field
from workorder.sla import BusinessCalendar
from workorder.storage import Codec, MemoryStore, Record, Snapshot, TicketQuery, record_digest
from workorder.testing.strategies import (
    actors,
    calendars,
    codes,
    commands,
    commands_of,
    conditions,
    durations,
    events,
    events_of,
    field_values,
    instants,
    integers,
    queries,
    records,
    sealed_values,
    texts,
    tickets,
)
from workorder.ticket import Command, Event, FieldValue, SealedValue, Ticket, opens, seal
from workorder.ticket.commands import BUILT_IN as COMMANDS
from workorder.ticket.events import BUILT_IN as EVENTS
from workorder.values import Kind, check_value
from workorder.workflow import Actor

few = settings(max_examples=max(settings().max_examples // 5, 1))
"""For what is asked of every type there is."""


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [("text", texts()), ("code", codes()), ("integer", integers()), ("instant", instants())],
)
@given(data=st.data())
def test_values_pass_their_checks(
    kind: Kind, drawn: st.SearchStrategy[object], data: st.DataObject
) -> None:
    """Every value is one that a form takes."""
    assert Field("given", kind, limit=40).check(data.draw(drawn)) is None


@given(sealed_values())
def test_sealed_values_open(kept: SealedValue) -> None:
    """A sealed value opens the commitment that is made of it."""
    sealed, again = seal(kept.ticket_id, kept.ref, kept.salt, kept.value)
    assert opens(sealed, again)
    assert again == kept


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.kind)
@few
@given(data=st.data())
def test_events_of_every_type_survive(kind: type[Event], data: st.DataObject) -> None:
    """Any event of any type comes back from its record as it was."""
    event = data.draw(events_of(kind))
    record = Codec().encode("T1", 1, event)
    assert Codec().decode(record) == event
    assert is_canonical(record.data)


@given(events(), tickets(), field_values())
def test_nothing_is_drawn_that_cannot_be_kept(
    event: Event, ticket: Ticket, value: FieldValue
) -> None:
    """A ticket with anything in it comes back from its bytes as it was."""
    assert Snapshot(data=Snapshot(ticket, head="ab" * 32).data).ticket == ticket
    assert event.signature
    assert value is None or value == value  # noqa: PLR0124 (no NaN among them)


@given(records(tenant="bank", ticket_id="工单", length=5))
def test_records_are_chained(chain: list[Record]) -> None:
    """Each record names the digest of the one before."""
    head = ""
    for number, record in enumerate(chain, 1):
        assert (record.sequence, record.ticket_id) == (number, "工单")
        assert (f'"previous":"{head}"'.encode() in record.data) == (number > 1)
        head = record_digest("bank", "工单", record.data)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
@few
@given(data=st.data())
def test_commands_of_every_class(kind: type[Command], data: st.DataObject) -> None:
    """Any command is one, in normal form, with arguments that fit their kinds."""
    command = data.draw(commands_of(kind))
    assert isinstance(command, kind)
    assert command.normal() == command
    specs = {spec.name: spec for spec in kind.specs()}
    for name, value in command.arguments().items():
        spec = specs[name]
        assert check_value(name, spec.kind, value, 200, spec.choices) is None


@given(commands(), actors(["handler", "supervisor"], ["li", "wang"], ["cards"]))
def test_anybody_asks_anything(command: Command, actor: Actor) -> None:
    """Commands and people are drawn together as one needs them."""
    assert command.action
    assert actor.id in {"li", "wang"}
    assert actor.roles <= {"handler", "supervisor"}


@given(durations())
def test_durations_are_read_back(duration: Duration) -> None:
    """The text of any duration reads as the duration."""
    assert parse(str(duration)) == duration


@given(calendars(), instants(), st.timedeltas(timedelta(0), timedelta(hours=2)))
def test_calendars_count(calendar: BusinessCalendar, at: datetime, length: timedelta) -> None:
    """Working time added is working time counted, on any calendar."""
    due = calendar.add(at, length)
    assert calendar.between(at, due) == length


@given(queries(), conditions())
def test_queries_are_answered(query: TicketQuery, condition: object) -> None:
    """Any query is one that a store answers."""
    query.check()
    assert list(MemoryStore().find(query)) == []
    assert condition is not None


@given(st.data())
def test_a_type_nobody_keeps_is_refused(data: st.DataObject) -> None:
    """An event with an attribute that no record could hold is named, not guessed at."""
    from attrs import frozen

    from workorder.ticket import HostEvent

    @frozen
    class Weighed(HostEvent):
        kind = "bank.weighed"

        grams: float

    with pytest.raises(TypeError, match="float"):
        data.draw(events_of(Weighed))
