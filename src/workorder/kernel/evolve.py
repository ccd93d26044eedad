"""``evolve``: the ticket after an event. Pure, total, and without any rulebook."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workorder.errors import InvalidInput
from workorder.kernel import (
    clocks,
    closing,
    contact,
    deadlines,
    handling,
    importing,
    intake,
    keeping,
    linking,
    moving,
    routing,
    searching,
    teamwork,
)
from workorder.kernel.advance import advance
from workorder.ticket import Event, HostEvent, Imported, OpaqueEvent, Opened, Ticket

EVOLVERS: Mapping[type[Event], Callable[[Ticket, Any], Ticket]] = {
    **intake.EVOLVERS,
    **routing.EVOLVERS,
    **searching.EVOLVERS,
    **handling.EVOLVERS,
    **contact.EVOLVERS,
    **teamwork.EVOLVERS,
    **deadlines.EVOLVERS,
    **closing.EVOLVERS,
    **linking.EVOLVERS,
    **moving.EVOLVERS,
    **keeping.EVOLVERS,
    **clocks.EVOLVERS,
    Imported: importing.after_imported,
}
"""How each event of ours changes a ticket that exists."""

BIRTHS: Mapping[type[Event], Callable[[str, Any], Ticket]] = {
    Opened: intake.born,
    Imported: importing.born_imported,
    OpaqueEvent: intake.born_opaque,
}
"""The events a ticket can begin with."""


def evolve(ticket: Ticket | None, event: Event, ticket_id: str = "") -> Ticket:
    """The ticket after *event*.

    Total over every event ever written: what rules decided stands in the event, so none are
    consulted. An event of an unknown type leaves its step and its name on the ticket.

    Args:
        ticket: the ticket before; ``None`` for its first event.
        event: what happened.
        ticket_id: the id of the ticket, needed for its first event only.

    Raises:
        InvalidInput: when a ticket does not begin with an event that can begin one.
    """
    kind = type(event)
    if ticket is None:
        born = BIRTHS.get(kind)
        if born is None:
            raise InvalidInput(
                "not_a_choice",
                name="first event",
                found=kind.__name__,
                choices=tuple(each.__name__ for each in BIRTHS),
            )
        return born(ticket_id, event)
    after = EVOLVERS.get(kind)
    if after is not None:
        return after(ticket, event)
    if isinstance(event, HostEvent):
        return event.evolve(advance(ticket, event, known=False))
    if isinstance(event, OpaqueEvent):
        return advance(ticket, event, known=False)
    raise InvalidInput(
        "not_a_choice",
        name="event",
        found=kind.__name__,
        choices=tuple(each.__name__ for each in EVOLVERS),
    )


def evolved(ticket: Ticket | None, events: Iterable[Event], ticket_id: str = "") -> Ticket:
    """The ticket after all of *events*, of which there is at least one."""
    for event in events:
        ticket = evolve(ticket, event, ticket_id)
    if ticket is None:
        raise LookupError(ticket_id)
    return ticket


def replay(ticket_id: str, events: Iterable[Event]) -> Ticket | None:
    """The ticket after all of *events*, in their order; ``None`` if there are none."""
    ticket: Ticket | None = None
    for event in events:
        ticket = evolve(ticket, event, ticket_id)
    return ticket
