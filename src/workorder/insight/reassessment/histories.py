"""Histories: what happened to each ticket, read once, and cut into moments.

A history is what a store keeps, decoded. It promises nothing: clocks that stand in its events are
left out when it is lived through again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import evolve as changed
from attrs import frozen

from workorder.clocks import NO_CLOCKS, Clock
from workorder.insight.summary import Progress, log_of
from workorder.kernel import evolve
from workorder.kernel.advance import led
from workorder.storage import Codec, FullStore, TicketStore
from workorder.ticket import (
    DueRevised,
    Erased,
    Event,
    LegalHoldLifted,
    LegalHoldPlaced,
    MarkReached,
    RulebookChanged,
    Ticket,
    TimerLapsed,
)

BESIDE = (
    MarkReached,
    DueRevised,
    TimerLapsed,
    RulebookChanged,
    Erased,
    LegalHoldPlaced,
    LegalHoldLifted,
)
"""What was written down beside the work: no clock is moved by it. The first two say what clocks
did under the policy of their time.
"""

OF_CLOCKS = (MarkReached, DueRevised)

DUE = "due"
"""The window of a ticket that follows from a clock, where one leads."""


@frozen
class History:
    """Everything that happened to one ticket.

    Attributes:
        ticket_id: the ticket.
        events: what happened, in order, from its first event on.
    """

    ticket_id: str
    events: tuple[Event, ...]


Histories = Mapping[str, History]


def histories_of(
    store: TicketStore | FullStore,
    codec: Codec | None = None,
    *,
    progress: Progress = lambda _done: None,
) -> Histories:
    """The history of every ticket of *store*, by ticket, in the order in which they began.

    Reads the log once. All events are in memory afterwards, some two kilobytes each.

    Args:
        store: a store with history.
        codec: reads records; needed for a host's own events.
        progress: told how many entries are read.

    Raises:
        StoreError: ``unsupported`` when the store keeps no history.
    """
    known = codec or Codec(tenant=store.tenant)
    found: dict[str, list[Event]] = {}
    for ticket_id, event in log_of(store, known, progress):
        found.setdefault(ticket_id, []).append(event)
    return {name: History(name, tuple(events)) for name, events in found.items()}


def happenings(history: History, until: datetime) -> Iterator[tuple[Event, ...]]:
    """The events of *history* up to *until*, those of one command at one instant together.

    What was written down beside the work (:data:`BESIDE`) comes by itself.
    """
    together: list[Event] = []
    for event in history.events:
        trace = event.trace
        if trace.occurred_at > until:
            break
        if together:
            last = together[-1].trace
            if (
                trace.version == last.version
                and trace.command_id == last.command_id
                and trace.occurred_at == last.occurred_at
                and not isinstance(event, BESIDE)
                and not isinstance(together[-1], BESIDE)
            ):
                together.append(event)
                continue
            yield tuple(together)
            together = []
        together.append(event)
    if together:
        yield tuple(together)


def after(ticket: Ticket | None, events: Sequence[Event], ticket_id: str) -> Ticket:
    """The ticket after *events*; of clocks it has those that it had before."""
    made = ticket
    if len(events) == 1 and not events[0].clocks and not isinstance(events[0], OF_CLOCKS):
        return evolve(made, events[0], ticket_id)  # as most are
    for event in events:
        plain = _unpromised(event) if event.clocks else event
        if isinstance(plain, OF_CLOCKS):  # they count as events, and say nothing here
            assert made is not None  # noqa: S101 (no ticket begins with them)
            counted = changed(made.revision, events=made.revision.events + 1)
            made = changed(made, revision=counted)
        else:
            made = evolve(made, plain, ticket_id)
    assert made is not None  # noqa: S101 (there is at least one)
    return made


def _unpromised(event: Event) -> Event:
    """*event* without what it promised by clocks: those, and when the ticket was due by them."""
    promises = {name: at for name, at in event.promises.items() if name != DUE}
    return changed(event, clocks=NO_CLOCKS, promises=promises)


def carrying(ticket: Ticket, new: Mapping[str, Clock]) -> Ticket:
    """*ticket* with clocks that became others, and the due instant of that which leads."""
    windows = led(ticket.windows, ticket.clocks, new)
    return changed(ticket, clocks={**ticket.clocks, **new}, windows=windows)
