"""What conditions of service levels may ask of a ticket, by name: what happened, how it stands.

What happened is true of one moment: ``action``, ``event`` (its type), ``by`` (``customer``,
``agent`` or ``system``: who it comes from, so a customer's message that staff typed in is the
customer's), ``role``, and ``event.…`` for what the event says (``event.subject``,
``event.outcome``). How it stands is true until it changes: ``state``, ``stage``, ``category``,
``resolved``, ``pauses`` (what the hold reason stops), ``hold_told`` (whether the customer was told
anything since the hold began), ``told.…``, and all that a rule may ask of a ticket.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from workorder.rulebook import Rulebook
from workorder.ticket import (
    CustomerInformed,
    CustomerReplied,
    CustomerWrote,
    Event,
    Reclassify,
    Ticket,
)
from workorder.ticket.work import PastHold
from workorder.workflow.case import case_value
from workorder.workflow.roles import SYSTEM_ROLE
from workorder.workflow.states import State

if TYPE_CHECKING:
    from workorder.sla.clocks import Moment, View, Wait

OF_EVENT, OF_TOLD = "event.", "told."


class TicketView:
    """A ticket, and what happened to it, as conditions ask for it.

    Args:
        ticket: as it stands.
        event: what happened; nothing, for how it stood before.
        rulebook: knows its states, roles and hold reasons; without one, what the event says of
            them is all there is.
    """

    __slots__ = ("_known", "event", "rulebook", "ticket")

    def __init__(
        self, ticket: Ticket, event: Event | None = None, rulebook: Rulebook | None = None
    ) -> None:
        self.ticket = ticket
        self.event = event
        self.rulebook = rulebook
        self._known: dict[str, object] = {}

    def value(self, name: str) -> object:
        """What is known under *name*; ``None`` for what is not. Looked up once."""
        known = self._known
        if name in known:
            return known[name]
        found = known[name] = reader_of(name)(self)
        return found

    @property
    def state(self) -> State | None:
        """The state it is in, if the rulebook knows it."""
        if self.rulebook is None:
            return None
        return self.rulebook.workflow.compiled.states.get(self.ticket.state)


def _action(view: TicketView) -> object:
    return view.event.step.action if view.event is not None else None


def _kind(view: TicketView) -> object:
    return view.event.kind if view.event is not None else None


def _role(view: TicketView) -> object:
    return view.event.step.role if view.event is not None else None


def _by(view: TicketView) -> object:
    event = view.event
    if event is None:
        return None
    role = event.step.role
    if role == SYSTEM_ROLE:
        return "system"
    if isinstance(event, CustomerReplied | CustomerWrote):
        return "customer"
    known = view.rulebook.workflow.role_by_name.get(role) if view.rulebook is not None else None
    return "customer" if known is not None and known.reads == "shared" else "agent"


def _stage(view: TicketView) -> object:
    state = view.state
    return state.stage if state is not None else None


def _category(view: TicketView) -> object:
    state = view.state
    if state is not None:
        return state.category
    return view.event.step.category if view.event is not None else None


def _resolved(view: TicketView) -> object:
    state = view.state
    if state is not None:
        return state.resolved
    # Nobody here knows its states (it was imported, say): then what happened to it tells.
    return view.ticket.times.resolved is not None


def _pauses(view: TicketView) -> object:
    hold = view.ticket.work.hold
    if hold is None or view.rulebook is None:
        return None
    reason = view.rulebook.workflow.settings.hold_reason(hold.reason)
    return reason.pauses if reason is not None else None


def _hold_told(view: TicketView) -> object:
    hold = view.ticket.work.hold
    if hold is None:
        return None
    return any(at >= hold.since for at in view.ticket.windows.told.values())


_READ: Mapping[str, Callable[[TicketView], object]] = {
    "action": _action,
    "event": _kind,
    "by": _by,
    "role": _role,
    "stage": _stage,
    "category": _category,
    "resolved": _resolved,
    "pauses": _pauses,
    "hold_told": _hold_told,
}

FACTS = tuple(_READ)
"""The names that are answered besides those of a ticket."""


@lru_cache(maxsize=512)
def reader_of(name: str) -> Callable[[TicketView], object]:
    """What answers *name*; what the name means is worked out once."""
    group, _, rest = name.partition(".")
    match group:
        case "event" if rest:
            return lambda view: getattr(view.event, rest, None)
        case "told":
            return lambda view: view.ticket.windows.told.get(rest)
        case "fields":
            return lambda view: view.ticket.fields.get(rest)
        case "times":
            return lambda view: getattr(view.ticket.times, rest, None)
        case "type":
            return lambda view: view.ticket.type
        case "state":
            return lambda view: view.ticket.state
        case _:
            return _READ.get(name) or (lambda view: case_value(view.ticket, name))


def moment_of(
    before: Ticket | None, after: Ticket, events: Sequence[Event], rulebook: Rulebook | None
) -> "Moment":
    """The moment at which *events*, one commit, made *before* *after*."""
    from workorder.sla.clocks import Moment

    views = tuple(TicketView(after, event, rulebook) for event in events)
    return Moment(
        events[-1].trace.occurred_at,
        views,
        after.revision.events,
        TicketView(before, None, rulebook) if before is not None else None,
        _granted(before, events),
        waits_of(after, rulebook),
        _told_at(events),
        partial(changed_names, before, after) if before is not None else None,
    )


_OF: Mapping[str, str] = {
    "state": "state",
    "stage": "state",
    "category": "state",
    "resolved": "state",
    "type": "type",
    "assignee": "assignment",
    "department": "assignment",
    "customer": "parties",
    "channel": "origin",
    "hold_reason": "work",
    "pauses": "work",
    "hold_told": "work windows",
}
"""Which parts of a ticket a name is read off; where they are the same, so is what is read."""


@lru_cache(maxsize=64)
def _by_part(names: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """*names* with the parts of a ticket that they are read off; of others, nothing is known."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        part = _OF.get(name, "")
        if name.startswith("fields."):
            part = "fields"
        elif name.startswith(OF_TOLD):
            part = "windows"
        found[part] = (*found.get(part, ()), name)
    return tuple((tuple(parts.split()), several) for parts, several in found.items())


def changed_names(before: Ticket, after: Ticket, names: Iterable[str]) -> Iterator[str]:
    """Those of *names* that may have another value after than before."""
    for parts, several in _by_part(tuple(names)):
        if not parts:
            yield from several
            continue
        for part in parts:
            was, now = getattr(before, part), getattr(after, part)
            if was is not now and not (type(was) is str and was == now):
                yield from several
                break


def _told_at(events: Sequence[Event]) -> datetime | None:
    """When the customer was told, where that is what happened."""
    return next((each.told_at for each in events if isinstance(each, CustomerInformed)), None)


def _granted(before: Ticket | None, events: Sequence[Event]) -> datetime | None:
    """The due instant that counts from now on, because the customer was told of it."""
    extension = before.work.extension if before is not None else None
    if extension is None:
        return None
    for event in events:
        if isinstance(event, CustomerInformed) and event.subject == "extension":
            return extension.until
    return None


def waits_of(ticket: Ticket, rulebook: Rulebook | None) -> Iterable["Wait"]:
    """What *ticket* has waited until now: clocks that count from earlier leave it out."""
    work = ticket.work
    return _Waits(ticket, rulebook) if work.waited or work.hold is not None else ()


class Corrected:
    """A ticket as it is seen when it is reclassified.

    Args:
        view: the ticket.
    """

    def __init__(self, view: "View") -> None:
        self._view = view

    def value(self, name: str) -> object:
        """What is known under *name*."""
        return Reclassify.action if name == "action" else self._view.value(name)


class _Meanwhile:
    """How a ticket stood while it waited: as now, but for what the wait says."""

    def __init__(self, now: TicketView, said: Mapping[str, object]) -> None:
        self._now = now
        self._said = said

    def value(self, name: str) -> object:
        """What is known under *name*."""
        return self._said[name] if name in self._said else self._now.value(name)


class _Waits:
    """The waits of a ticket; worked out for who asks, which few do."""

    def __init__(self, ticket: Ticket, rulebook: Rulebook | None) -> None:
        self._ticket, self._rulebook = ticket, rulebook

    def __iter__(self) -> Iterator["Wait"]:
        return _waits(self._ticket, self._rulebook)


def _waits(ticket: Ticket, rulebook: Rulebook | None) -> Iterator["Wait"]:
    """The waits of *ticket*, each until the customer was told anything, and after; one that goes on
    until now.
    """
    from workorder.sla.clocks import Wait

    now = TicketView(ticket, None, rulebook)
    on, last = ticket.work.hold, ticket.times.last
    present = [] if on is None else [PastHold(on.reason, ticket.state, on.since, last, on.told)]
    for hold in (*ticket.work.waited, *present):
        reason = (
            rulebook.workflow.settings.hold_reason(hold.reason) if rulebook is not None else None
        )
        facts = {
            "state": hold.state,
            "hold_reason": hold.reason,
            "pauses": reason.pauses if reason is not None else None,
            "hold_told": False,
        }
        meanwhile = (at for at in ticket.windows.told.values() if hold.start <= at <= hold.end)
        told = hold.told or min(meanwhile, default=hold.end)
        yield Wait(hold.start, told, _Meanwhile(now, facts))
        if told < hold.end:
            yield Wait(told, hold.end, _Meanwhile(now, {**facts, "hold_told": True}))
