"""What is shared between the bank and the customer: of an event, and of a ticket as it stands.

Each event type says whether it is shared and which of its attributes are
(:attr:`~workorder.ticket.Event.shared_parts`). Everything else is left out here: who of the bank
acted, where they sat, what they wrote to each other. Nothing is left out by looking for it:
what is not named as shared is not there.
"""

from collections.abc import Collection, Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from workorder.ticket.events.base import Event, OpaqueEvent
from workorder.ticket.events.importing import Imported
from workorder.ticket.sealed import Sealed
from workorder.ticket.ticket import Assignment, Counts, Parties, Ticket
from workorder.ticket.work import NO_WORK, Links, Windows

NOT_SHARED = Sealed("", "")
"""Stands where a sealed value that is not shared would have to."""

SHARED_WINDOWS = frozenset({"due", "close_from", "reopen_until", "archive_from", "appeal_until"})
"""The promised instants that concern the customer."""

_EVERYWHERE = frozenset({"trace", "step", "promises", "written"})
_NO_FIELDS = frozenset({"promises", "clocks", "deeds", "decision", "passed"})


@frozen
class Reader:
    """Somebody who reads only what is shared.

    Attributes:
        id: who.
        customer: whose ticket it is; their name is no secret here.
        roles: the roles that read only what is shared: acting in one of them is acting on the
            customer's side.
    """

    id: str
    customer: str | None
    roles: Collection[str] = ()

    def knows(self, person: str) -> bool:
        """Whether *person* may be named."""
        return person in {self.id, self.customer}


def shared_event(event: Event, reader: Reader) -> Event | None:
    """What *reader* reads of *event*; nothing, if it is not shared. Whoever of the bank acted is
    known by the role alone.
    """
    outside = event.step.role in reader.roles
    if not event.open_to(outside=outside):
        return None
    kind = type(event)
    parts = {*kind.shared_parts, *(kind.own_parts if outside else ())}
    left: dict[str, Any] = {
        each.name: _nothing(each, getattr(event, each.name))
        for each in attrs.fields(kind)
        if each.name not in parts and each.name not in _EVERYWHERE
    }
    trace = event.trace
    if not reader.knows(trace.actor):
        trace = evolve(trace, actor=event.step.role, command_id="")
    promises = {name: at for name, at in event.promises.items() if name in SHARED_WINDOWS}
    trace = evolve(trace, department=None, rank=0)
    return evolve(event, trace=trace, promises=promises, **left)


def _nothing(spec: "attrs.Attribute[Any]", value: object) -> Any:
    """What stands for an attribute that is left out."""
    if spec.default is not attrs.NOTHING and not hasattr(spec.default, "factory"):
        return spec.default
    if isinstance(value, Sealed):
        return NOT_SHARED
    kind = next((each for each in (str, tuple, dict) if isinstance(value, each)), None)
    return kind() if kind is not None else None


def shared_with(ticket: Ticket, reader: Reader, *, decided: bool) -> Ticket:
    """*ticket* as *reader* may see it: without who did what, sub-tasks, panels, approvals, whom it
    is about, who has it, timers, and what the bank alone counts.

    Args:
        ticket: the ticket.
        reader: who reads.
        decided: whether its resolution is the bank's answer by now.
    """
    counts, windows, links, work = ticket.counts, ticket.windows, ticket.links, ticket.work
    origin = ticket.origin
    opened_by = origin.opened_by if reader.knows(origin.opened_by) else ""
    return evolve(
        ticket,
        origin=evolve(origin, opened_by=opened_by, types=()),
        parties=Parties(ticket.customer),
        assignment=Assignment(),
        counts=Counts(reopens=counts.reopens, urges=counts.urges),
        deeds={},
        work=evolve(NO_WORK, resolution=work.resolution if decided else None, rated=work.rated),
        windows=Windows(
            windows.due,
            windows.close_from,
            windows.reopen_until,
            windows.archive_from,
            windows.appeal_until,
            {who: at for who, at in windows.urged.items() if reader.knows(who)},
            windows.told,
        ),
        links=Links(links.merged_into, None, (), links.appeal, links.appeal_of),
        timers=(),
        kinds=(),
        clocks={},
    )


def without_fields(event: Event, names: Collection[str]) -> tuple[Event, tuple[str, ...]]:
    """*event* without the values of some fields, and the names of those it had. What is kept as it
    came (raw cells, records not understood) might hold them, and is left out with them.
    """
    left: dict[str, Any] = {}
    found: list[str] = []
    for each in attrs.fields(type(event)):
        value = getattr(event, each.name)
        if isinstance(value, Mapping) and each.name not in _NO_FIELDS:
            had = [name for name in value if name in names]
            if had:
                found += had
                left[each.name] = {n: v for n, v in value.items() if n not in names}
    if isinstance(event, Imported):
        left["raw"] = {}
    elif isinstance(event, OpaqueEvent):
        left["record"] = {}
    return (evolve(event, **left) if left else event), tuple(dict.fromkeys(found))
