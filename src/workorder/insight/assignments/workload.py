"""What everybody holds, and what waits for somebody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from workorder.assign.fairness import gini, jain
from workorder.conditions import where
from workorder.desk.room import held, owner
from workorder.instants import instant_text
from workorder.rulebook import Rulebooks
from workorder.storage import Capability, FullStore, Sort, TicketQuery, order_values
from workorder.storage.query import PAGE_LIMIT
from workorder.ticket import Ticket
from workorder.workflow import ENDED

_ORDER = (Sort("opened"),)


@frozen
class Held:
    """What one person holds.

    Attributes:
        agent: who.
        tickets: tickets that they have and that have not ended.
        units: how much of their room that takes.
        offered: tickets that are offered to them.
        oldest: since when the oldest of these waits for an end.
        counted: what the store has counted; ``None`` where it does not count.
    """

    agent: str
    tickets: int = 0
    units: int = 0
    offered: int = 0
    oldest: datetime | None = None
    counted: int | None = None

    @property
    def miscounted(self) -> bool:
        """Whether the store has counted something else: work given before anybody counted, or
        brought in from elsewhere.
        """
        return self.counted is not None and self.counted != self.units


@frozen
class Workload:
    """What a store's tickets ask of people.

    Attributes:
        people: what each holds, who holds most first.
        waiting: tickets that wait for somebody, by department (empty: none).
        jain: Jain's index of what they hold.
        gini: the Gini coefficient of what they hold.
    """

    people: tuple[Held, ...]
    waiting: Mapping[str, int]
    jain: float
    gini: float

    def as_data(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "people": [
                {
                    "agent": each.agent,
                    "tickets": each.tickets,
                    "units": each.units,
                    "offered": each.offered,
                    "oldest": None if each.oldest is None else instant_text(each.oldest),
                    "counted": each.counted,
                }
                for each in self.people
            ],
            "waiting": dict(self.waiting),
            "jain": self.jain,
            "gini": self.gini,
        }


def workload(store: FullStore, rulebooks: Rulebooks) -> Workload:
    """What the tickets of *store* ask of people, by the routing of the rulebooks they go by; those
    of a rulebook without one take no room.

    Reads every ticket that has not been closed: O(n).

    Raises:
        StoreError: ``unsupported`` when the store does not answer queries.
    """
    found: dict[str, Held] = {}
    waiting: dict[str, int] = {}
    for ticket in _open(store, rulebooks):
        search = ticket.work.search
        offer = search.offer if search is not None else None
        units = {name: n for name, n in held(ticket, rulebooks).items() if owner(name) == name}
        if ticket.assignee is not None:
            known = found.get(ticket.assignee, Held(ticket.assignee))
            oldest = min(known.oldest or ticket.times.opened, ticket.times.opened)
            more = units.get(ticket.assignee, 0)
            found[ticket.assignee] = evolve(
                known, tickets=known.tickets + 1, units=known.units + more, oldest=oldest
            )
        elif offer is not None:
            known = found.get(offer.to, Held(offer.to))
            more = units.get(offer.to, 0)
            found[offer.to] = evolve(known, offered=known.offered + 1, units=known.units + more)
        else:
            routing = rulebooks.of(ticket).routing
            if routing is not None and ticket.state in routing.searched:
                place = ticket.department or ""
                waiting[place] = waiting.get(place, 0) + 1
    people = _counted(found.values(), store)
    parts = [each.units for each in people]
    order = sorted(people, key=lambda each: (-each.units, -each.tickets, each.agent))
    return Workload(tuple(order), dict(sorted(waiting.items())), jain(parts), gini(parts))


def _counted(people: Iterable[Held], store: FullStore) -> list[Held]:
    there = list(people)
    if Capability.CAPACITY not in store.capabilities:
        return there
    used = store.used([each.agent for each in there])
    return [evolve(each, counted=used.get(each.agent, 0)) for each in there]


def _open(store: FullStore, rulebooks: Rulebooks) -> Iterable[Ticket]:
    after: tuple[object, ...] | None = None
    condition = where("closed").is_missing()
    while True:
        page = store.find(TicketQuery(condition, _ORDER, PAGE_LIMIT, after))
        for each in page:
            ticket = each.ticket
            state = rulebooks.of(ticket).workflow.compiled.states.get(ticket.state)
            if state is None or state.category not in ENDED:
                yield ticket
        if len(page) < PAGE_LIMIT:
            return
        after = order_values(page[-1].ticket, _ORDER)
