"""The ticket as it stands, and its events."""

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from tests.builders import NOON, OPEN, assigned, closed, minutes
from workorder import ticket as package
from workorder.ticket import Event, HostEvent, OpaqueEvent, Opened, Timer
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Case


def test_a_ticket_is_a_case() -> None:
    """A ticket answers the seven questions that the workflow asks of any case."""
    ticket: Case = assigned()
    assert (ticket.type, ticket.state, ticket.assignee) == ("complaint", "assigned", "li")
    assert (ticket.department, ticket.customer) == ("cards", "C-1")
    assert ticket.took_part("teller")
    assert ticket.took_part("li", roles=("assignee",))
    assert not ticket.took_part("li", roles=("assignee",), besides=("assigned",))
    assert not ticket.took_part("wang")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subjects", ("zhao",)),
        ("channel", "phone"),
        ("opened_by", "teller"),
        ("fields.product", "card"),
        ("fields.other", None),
        ("counts.comments", 0),
        ("counts.other", None),
        ("times.opened", NOON),
        ("times.closed", None),
        ("times.other", None),
        ("other", None),
        ("other.thing", None),
        ("", None),
    ],
)
def test_rules_ask_by_name(name: str, value: object) -> None:
    """Rules ask for parties, origin, fields, counts and times by name; the rest is missing."""
    command = evolve(OPEN, subjects=("zhao",), fields={"title": "Card", "product": "card"})
    assert assigned(command).value(name) == value


def test_the_next_timer_is_the_earliest() -> None:
    """Stores index one instant: that of the timer that is due first."""
    ticket = assigned()
    assert ticket.next_timer_at is None
    timers = (Timer("b", minutes(9), "remind"), Timer("a", minutes(3), "close"))
    assert evolve(ticket, timers=timers).next_timer_at == minutes(3)


def test_the_version_counts_batches() -> None:
    """Opened, dispatched, started, submitted, closed: five commands, version five."""
    assert closed().version == 5


def test_a_ticket_is_frozen() -> None:
    """Every change is a new value."""
    with pytest.raises(FrozenInstanceError):
        assigned().state = "closed"  # type: ignore[misc]  # on purpose


def test_every_event_has_a_name_of_its_own() -> None:
    """Every event class that ships is listed under its namespaced name, with a schema number."""
    shipped = {
        each
        for each in vars(package).values()
        if isinstance(each, type) and issubclass(each, Event)
    } - {Event, HostEvent, OpaqueEvent}
    assert set(BUILT_IN.values()) == shipped
    for kind, event in BUILT_IN.items():
        assert event.kind == kind
        assert kind.startswith("ticket.")
        assert event.schema >= 1


def test_a_hosts_event_changes_nothing_unless_it_says_so() -> None:
    """The base of a host's events leaves the ticket as it is."""
    ticket = assigned()
    blank = Opened(None, None, "complaint")  # type: ignore[arg-type]  # only its class matters
    assert HostEvent(blank.trace, blank.step).evolve(ticket) is ticket
