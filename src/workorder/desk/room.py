"""Room: how much of somebody's capacity a ticket takes, counted in the commit that changes it.

It follows from the ticket as it stands, by the rulebook that it goes by: whoever has it holds its
units while it is in a state that takes room, and an open offer holds them for whoever it is for. So
nothing has to be given back by hand: whatever moves a ticket (a hold, a review, a merge, time)
counts what it changes.

Each person has an account, and one more for each channel: what they hold of it in items.
"""

from collections.abc import Mapping
from functools import partial

import attrs

from workorder.canonical import digest
from workorder.rulebook import Rulebooks
from workorder.storage import Batch, Capability, Reservation
from workorder.ticket import Ticket
from workorder.values import CODE_LIMIT
from workorder.workflow.case import case_value

Limits = Mapping[str, int]
"""How much an account may hold at most."""

NO_LIMITS: Limits = {}

EVER = 2**53
"""The limit where there is none: what comes back to somebody is counted, and never refused."""

_OF = "\x1f"
"""Between a person and a channel; no id has it."""


def account(agent_id: str, channel: str) -> str:
    """The account in which somebody's items of *channel* are counted; as long as an id at most."""
    name = f"{agent_id}{_OF}{channel}"
    return name if len(name) <= CODE_LIMIT else f"{_OF}{digest(name.encode())}"


def owner(name: str) -> str:
    """Whose account it is; nobody's, where it is of a channel and the names are too long."""
    return name.partition(_OF)[0]


def held(ticket: Ticket | None, rulebooks: Rulebooks) -> dict[str, int]:
    """What *ticket* takes, by account."""
    if ticket is None:
        return {}
    routing = rulebooks.of(ticket).routing
    if routing is None:
        return {}
    search = ticket.work.search
    who = ticket.assignee if ticket.state in routing.occupying else None
    if who is None and search is not None and search.offer is not None:
        who = search.offer.to
    if who is None:
        return {}
    found = {who: routing.route(partial(case_value, ticket)).units}
    if ticket.origin.channel is not None:
        found[account(who, ticket.origin.channel)] = 1
    return found


def reserved(
    batch: Batch,
    rulebooks: Rulebooks,
    capabilities: frozenset[Capability],
    limits: Limits = NO_LIMITS,
) -> Batch:
    """*batch* with what it takes and gives back; as it is, where nobody counts that."""
    if Capability.CAPACITY not in capabilities or not rulebooks.routed:
        return batch
    difference: dict[str, int] = {}
    for change in batch.changes:
        before = change.before.ticket if change.before is not None else None
        for name, units in held(before, rulebooks).items():
            difference[name] = difference.get(name, 0) - units
        for name, units in held(change.snapshot.ticket, rulebooks).items():
            difference[name] = difference.get(name, 0) + units
    made = tuple(
        Reservation(name, units, limits.get(name, EVER) if units > 0 else EVER)
        for name, units in sorted(difference.items())
        if units
    )
    return attrs.evolve(batch, reservations=made) if made else batch


def freed(batch: Batch) -> tuple[str, ...]:
    """Who has more room after *batch*."""
    less = (owner(each.agent) for each in batch.reservations if each.units < 0)
    return tuple(dict.fromkeys(name for name in less if name))
