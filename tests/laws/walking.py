"""Random lives of bank tickets: on two stores at once, or along a schedule that was walked."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, frozen
from hypothesis import strategies as st

from tests.desk.oracle import told
from tests.desk.people import Counting
from tests.laws.cast import BY_ID, CAST, CUSTOMERS, rulebook
from tests.laws.commanding import BUILD, Situation, weighted
from workorder.desk import Done, ServiceDesk
from workorder.errors import CommandRefused, WorkorderError
from workorder.rulebook import Rulebook
from workorder.storage import FullStore
from workorder.ticket import Command, Event, Open, Ticket
from workorder.workflow import Actor, Option

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# From nothing to months; the odd ones end just before, at and just after midnights in some zone.
JUMPS = (
    *(timedelta(0), timedelta(seconds=1), MINUTE, 7 * MINUTE, 61 * MINUTE, 3 * HOUR),
    *(HOUR, 5 * HOUR, 11 * HOUR, DAY, DAY, 2 * DAY, 3 * DAY, 8 * DAY, 16 * DAY, 31 * DAY, 75 * DAY),
)
STARTS = (
    datetime(2026, 2, 20, 2, 30, tzinfo=UTC),  # before clocks go forward
    datetime(2026, 4, 22, 20, 59, tzinfo=UTC),  # the same in Cairo
    datetime(2026, 10, 20, 23, 10, tzinfo=UTC),  # before they go back
    datetime(2026, 9, 28, 1, 0, tzinfo=UTC),  # before a week of holidays in China
    datetime(2027, 12, 27, 16, 30, tzinfo=UTC),  # the turn of a year
)
OFFERED = 0.9
"""How often something is done that is offered."""

TYPES = ("complaint", "complaint", "enquiry", "dispute")


@frozen
class Plan:
    """A whole walk.

    Attributes:
        country: whose calendar and zone.
        start: index of the first instant.
        types: what kinds of tickets are opened.
        seed: what everything else is drawn from.
        length: how many steps; a shorter walk is the beginning of a longer one.
    """

    country: str = "CN"
    start: int = 0
    types: tuple[str, ...] = ("complaint",)
    seed: int = 0
    length: int = 30


def plans(length: int = 30) -> st.SearchStrategy[Plan]:
    """Walks of at most *length* steps; most of them that long."""
    return st.builds(
        Plan,
        st.sampled_from(["CN", "GB", "US", "EG"]),
        st.integers(0, len(STARTS) - 1),
        st.lists(st.sampled_from(TYPES), min_size=1, max_size=3).map(tuple),
        st.integers(0, 2**32),
        st.integers(0, length).map(lambda left: length - left),
    )


@frozen
class Order:
    """A command of a walk as it was sent, to be sent again elsewhere.

    Attributes:
        at: the instant.
        ticket_id: the ticket; empty for one that is being opened.
        command: what is asked for.
        actor: who asks.
        command_id: the id it is sent under.
    """

    at: datetime
    ticket_id: str
    command: Command
    actor: Actor
    command_id: str


class World:
    """A desk on a store, with a clock that stands where it is put.

    Args:
        store: where tickets are kept.
        rules: the rules in force.
    """

    def __init__(self, store: FullStore, rules: Rulebook | None = None) -> None:
        self.store = store
        self.now = STARTS[0]
        self.workers = 0
        self.desk = ServiceDesk(
            store,
            rulebook=rules or rulebook(),
            time=lambda: self.now,
            new_entropy=Counting(),
            new_id=self.worker,
            secret=b"k",
        )

    def worker(self) -> str:
        """A name for who runs timers."""
        self.workers += 1
        return f"worker {self.workers}"

    def send(self, order: Order) -> Done | WorkorderError:
        """Put the clock to the instant of *order* and send it."""
        self.now = order.at
        try:
            if order.ticket_id:
                return self.desk.execute(
                    order.ticket_id, order.command, actor=order.actor, command_id=order.command_id
                )
            command: Any = order.command
            self.desk.open(
                command.type,
                actor=order.actor,
                customer=command.customer,
                channel=command.channel,
                subjects=command.subjects,
                department=command.department,
                fields=command.fields,
                command_id=order.command_id,
            )
        except WorkorderError as error:
            return error
        ticket = self.tickets()[-1]
        return Done(ticket, 1, (), order.command_id)

    def tickets(self) -> tuple[Ticket, ...]:
        """All tickets, in the order in which they came."""
        found = self.desk.unrestricted().find().tickets
        return tuple(sorted(found, key=lambda each: (each.times.opened, each.id)))

    def events(self, ticket_id: str) -> tuple[Event, ...]:
        """A ticket's history."""
        return tuple(each.event for each in self.desk.unrestricted().history(ticket_id))

    def offers(self, ticket_id: str, people: Sequence[Actor] = CAST) -> dict[str, list[Actor]]:
        """What may be done with a ticket, and by whom."""
        found: dict[str, list[Actor]] = {}
        for actor in people:
            for option in self.options(ticket_id, actor):
                if option.allowed:
                    found.setdefault(option.action.name, []).append(actor)
        return found

    def options(self, ticket_id: str, actor: Actor) -> tuple[Option, ...]:
        """Every action for one person; none for whoever may not see the ticket."""
        try:
            return self.desk.options(ticket_id, actor=actor)
        except CommandRefused:
            return ()


def openings(plan: Plan) -> Iterator[Order]:
    """The tickets of a walk: most of one customer, so that they can be merged."""
    for number, type_ in enumerate(plan.types):
        customer = CUSTOMERS[0] if number < 2 else CUSTOMERS[1]
        command = Open(
            type_,
            customer,
            "phone",
            ("zhao",) if number == 1 else (),
            fields={"title": "card", "category": "atm"},
        )
        actor = BY_ID[("li", "he", "li")[number]]
        yield Order(STARTS[plan.start] + number * MINUTE, "", command, actor, f"open-{number}")


def walk(plan: Plan, worlds: Sequence[World]) -> Iterator[tuple[Order, Done | WorkorderError]]:
    """Walk, with the first of *worlds* deciding what is offered; all must answer alike."""
    lead = worlds[0]
    for order in _orders(plan, lead):
        answers = [world.send(order) for world in worlds]
        said = [told(answer) for answer in answers]
        assert said == said[:1] * len(said)
        yield order, answers[0]


def _orders(plan: Plan, lead: World) -> Iterator[Order]:
    yield from openings(plan)
    chance = random.Random(plan.seed)
    for number in range(plan.length):
        lead.now += chance.choice(JUMPS)
        tickets = lead.tickets()
        ticket = chance.choice(tickets)
        actor, action = _chosen(lead, ticket.id, chance)
        now = lead.desk.explain(ticket.id, actor=BY_ID["audit"]).ticket
        others = tuple(each.id for each in tickets)
        command = BUILD[action](Situation(now, actor, lead.now, others, chance))
        yield Order(lead.now, ticket.id, command, actor, f"c-{number}")


def _chosen(lead: World, ticket_id: str, chance: random.Random) -> tuple[Actor, str]:
    """Who does what: mostly something that is offered, now and then anything."""
    offers = lead.offers(ticket_id) if chance.random() < OFFERED else {}
    if not offers:
        return chance.choice(CAST), chance.choice(sorted(BUILD))
    action = chance.choice(weighted(sorted(offers)))
    return chance.choice(offers[action]), action


def plain(event: Event) -> Event:
    """*event* without what may differ with when somebody looked: version and recording."""
    trace = evolve(event.trace, version=0, recorded_at=event.trace.occurred_at)
    return evolve(event, trace=trace)


def plain_ticket(ticket: Ticket) -> Ticket:
    """*ticket* without its version."""
    return evolve(ticket, revision=evolve(ticket.revision, version=0))
