"""Faults for assignment: each puts one thing in the place of one of the library's.

What goes wrong went wrong before, in somebody's tracker. A fault is a function that plants itself
with pytest's monkeypatch.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from attrs import evolve

from workorder.assign import Agent, Item, choose, choosing, plan, sifting
from workorder.assign.agents import Presence
from workorder.assign.batch import many, matching
from workorder.assign.filters import AtWork, Filter, HasCapacity
from workorder.assign.roster import roster
from workorder.assign.selectors import (
    LeastLoad,
    LeastRecentlyAssigned,
    PointerRoundRobin,
)
from workorder.assign.selectors.selector import Order
from workorder.desk import room
from workorder.desk.routing import assigning, draining, finding, items, line
from workorder.desk.routing import moves as desk_moves
from workorder.desk.routing.requests import FindAgents
from workorder.rulebook import Rulebooks, bank
from workorder.storage import Batch
from workorder.ticket import Ticket

Patch = pytest.MonkeyPatch

_SIFTED = sifting.sifted


def _sifting(patch: Patch, fault: Callable[..., sifting.Against]) -> None:
    for module in (choosing, draining):
        patch.setattr(module, "sifted", fault)


# --- who is asked -------------------------------------------------------------------------------


def nobody_is_ever_gone(patch: Patch) -> None:
    """Whoever is offline keeps what they have."""
    patch.setattr(desk_moves, "gone", lambda *_arguments, **_more: False)


def every_tunnel_counts(patch: Patch) -> None:
    """Whoever is offline for a moment loses what they have."""

    def gone(presence: Presence, *_arguments: Any, **_more: Any) -> bool:
        return presence == "offline"

    patch.setattr(desk_moves, "gone", gone)


def looks_once_at_what_they_have(patch: Patch) -> None:
    """Somebody whose work was given away once has none, whatever comes back to them."""
    plain, looked = desk_moves._work_of, set[tuple[str, ...]]()

    def work_of(agents: tuple[str, ...], rulebooks: Rulebooks, *, held: bool) -> Any:
        found = yield from plain(agents, rulebooks, held=held)
        again = agents in looked
        looked.add(agents)
        return [] if again else found

    patch.setattr(desk_moves, "_work_of", work_of)


def affinity_passes_filters(patch: Patch) -> None:
    """Whoever had the customer last is asked for no more than that."""

    def sifted(agents: Sequence[Agent], item: Item, *rest: Any) -> sifting.Against:
        found = _SIFTED(agents, item, *rest)
        return {name: each for name, each in found.items() if name not in item.preferred.values()}

    _sifting(patch, sifted)


def falls_back_to_everybody(patch: Patch) -> None:
    """Where nobody can have it, anybody can."""

    def sifted(agents: Sequence[Agent], *rest: Any) -> sifting.Against:
        found = _SIFTED(agents, *rest)
        return {} if len(found) == len(agents) else found

    _sifting(patch, sifted)


def says_nothing(patch: Patch) -> None:
    """That nobody can have it is known to whoever asked, and to nobody else."""
    patch.setattr(assigning, "_noted", lambda *_arguments: True)


def says_it_every_time(patch: Patch) -> None:
    """Whoever asks again makes another notice of it."""
    patch.setattr(assigning, "_noted", lambda *_arguments: False)


def leave_is_forgotten(patch: Patch) -> None:
    """Shifts are known, and nothing is taken out of them."""

    def less(spans: Iterable[roster.Span], off: Sequence[roster.Span]) -> Iterator[roster.Span]:
        assert off is not None
        yield from spans

    patch.setattr(roster, "_less", less)


def hours_are_not_asked(patch: Patch) -> None:
    """Whoever is logged in is at work."""
    patch.setattr(AtWork, "rejected", lambda *_arguments: {})


def people_are_read_once(patch: Patch) -> None:
    """Who was there at the first question is there for ever."""
    plain = FindAgents.put
    known: dict[tuple[int, frozenset[str]], Any] = {}

    def put(request: FindAgents, people: Any) -> Any:
        return known.setdefault((id(people), request.teams), plain(request, people))

    patch.setattr(FindAgents, "put", put)


def the_turn_starts_again(patch: Patch) -> None:
    """Where whoever was last has left, the first has their turn."""

    def order(
        _selector: PointerRoundRobin, agents: Sequence[Agent], _totals: Any, context: Any
    ) -> Order:
        ids = [each.id for each in agents]
        last = context.turn.get("last")
        after = ids.index(last) + 1 if last in ids else 0
        places = [place % len(ids) for place in range(after, after + len(ids))]
        return Order(places, {"last": ids[places[0]]})

    patch.setattr(PointerRoundRobin, "order", order)


# --- how much they have -------------------------------------------------------------------------


def loads_are_not_read(patch: Patch) -> None:
    """What the store has counted is looked at when it refuses, and not before."""

    def with_loads(agents: Iterable[Agent], *_arguments: Any) -> Any:
        yield from ()
        return list(agents)

    for module in (finding, draining, desk_moves):
        patch.setattr(module, "with_loads", with_loads)


def whoever_has_most_gets_more(patch: Patch) -> None:
    """The load is read with the wrong sign."""
    patch.setattr(LeastLoad, "key", lambda _self, agent: (-agent.load, agent.id))


_HAS_ROOM = HasCapacity.rejected


def one_limit_for_all(patch: Patch) -> None:
    """A limit stands with the queue, not with the person."""

    def rejected(this: HasCapacity, agents: Sequence[Agent], *rest: Any) -> Any:
        return _HAS_ROOM(this, [evolve(each, capacity=4, limits={}) for each in agents], *rest)

    patch.setattr(HasCapacity, "rejected", rejected)
    patch.setattr(assigning, "limits_of", lambda agent, _item: {agent.id: 4})


def channels_have_no_limit(patch: Patch) -> None:
    """All work is one budget."""

    def rejected(this: HasCapacity, agents: Sequence[Agent], *rest: Any) -> Any:
        return _HAS_ROOM(this, [evolve(each, limits={}) for each in agents], *rest)

    patch.setattr(HasCapacity, "rejected", rejected)
    patch.setattr(assigning, "limits_of", lambda agent, _item: {agent.id: agent.capacity})


def there_is_always_room(patch: Patch) -> None:
    """Whoever is there gets it at once, however much they have."""
    patch.setattr(HasCapacity, "rejected", lambda *_arguments: {})


def nothing_flows_over(patch: Patch) -> None:
    """Steps of a plan are counted, and change nothing."""
    patch.setattr(plan, "_relaxed", lambda item, _steps: item)


def claims_are_not_counted(patch: Patch) -> None:
    """Only what the routing itself gives to somebody counts."""
    plain = room.reserved

    def reserved(batch: Batch, rulebooks: Rulebooks, *rest: Any) -> Batch:
        limited = len(rest) > 1 and rest[1]
        return plain(batch, rulebooks, *rest) if limited else batch

    patch.setattr("workorder.desk.commanding.reserved", reserved)


def two_can_pick_one_ticket(patch: Patch) -> None:
    """What somebody has can be taken out of their hands."""
    rulebook = bank()
    rules = dict(rulebook.workflow.rules)
    rules["unassigned"] = evolve(rules["unassigned"], test=lambda _question: True)
    faulty = evolve(rulebook, workflow=evolve(rulebook.workflow, rules=rules))
    patch.setattr("tests.desk.routing.team.bank", lambda: faulty)


def everything_in_their_name_counts(patch: Patch) -> None:
    """What waits for a customer is as much work as what does not."""

    def held(ticket: Ticket | None, _rulebooks: Rulebooks) -> dict[str, int]:
        return {} if ticket is None or ticket.assignee is None else {ticket.assignee: 1}

    patch.setattr(room, "held", held)


def whoever_is_free_gets_it(patch: Patch) -> None:
    """Who was given something longest ago is asked only of those who have equally much."""
    patch.setattr(LeastRecentlyAssigned, "key", LeastLoad.key)


# --- what is asked and told ---------------------------------------------------------------------


def mail_is_not_looked_at(patch: Patch) -> None:
    """The rule is tried where somebody fills in a form."""
    plain = items.waits

    def waits(ticket: Ticket, routing: Any) -> bool:
        return ticket.origin.channel != "email" and plain(ticket, routing)

    patch.setattr(line, "waits", waits)


def one_reason_is_enough(patch: Patch) -> None:
    """Whoever was passed over is asked about no more."""

    def sifted(
        agents: Sequence[Agent], item: Item, context: Any, filters: Sequence[Filter]
    ) -> sifting.Against:
        found = _SIFTED(agents, item, context, filters)
        return {name: reasons[:1] for name, reasons in found.items()}

    _sifting(patch, sifted)


def reasons_are_only_counted(patch: Patch) -> None:
    """So many had no room, so many no skill."""

    def chosen(*arguments: Any, **more: Any) -> Any:
        return choose(*arguments, **{**more, "detail": "winner"})

    patch.setattr(finding, "choose", chosen)


def forbidden_is_a_large_number(patch: Patch) -> None:
    """A number that is large enough for everybody, until somebody's costs are larger."""
    patch.setattr(matching, "alone", lambda tops, _ranks: [1_000_000] * len(tops))


def forbidden_is_dear(patch: Patch) -> None:
    """Whom a filter rejects costs much more."""
    plain = many._prices

    def prices(there: list[Agent], *rest: Any) -> tuple[dict[int, int], Mapping[str, Any]]:
        found, against = plain(there, *rest)
        return {place: found.get(place, 10**9) for place in range(len(there))}, against

    patch.setattr(many, "_prices", prices)
