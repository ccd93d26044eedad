"""A desk with people who can be given work, and a clock that stands where it is put."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from tests.desk.people import Counting
from workorder.assign import Agent, AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.selectors import LeastLoad
from workorder.assign.selectors.selector import Order
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.rulebook import Rulebook, bank
from workorder.ticket import Accept, Ticket
from workorder.workflow import Actor

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
INTAKE = Actor("lin", "intake", "centre")
BOSS = Actor("chen", "supervisor", "hq")

LATER = RoutingPlan(
    "cards",
    (
        RoutingStep(after=30 * MINUTE, relax=1),
        RoutingStep(after=2 * HOUR, teams={"hotline"}),
    ),
)
ROUTING = Routing(
    waiting=("accepted", "assigned"),
    busy=("assigned", "in_progress"),
    reads={"priority": "fields.priority", "category": "fields.category"},
    plans={"cards": LATER},
    routes=(
        Route(
            name="disputes",
            when=where("type").equals("dispute"),
            teams={"cards"},
            skills={"disputes": 3},
            units=2,
            plan="cards",
        ),
        Route(
            name="enquiries",
            when=where("type").equals("enquiry"),
            teams={"hotline"},
            offer=5 * MINUTE,
        ),
    ),
    needs=(Need(when=where("fields.product").equals("loan"), skills={"loans": 2}),),
)


def book(routing: Routing | None = ROUTING) -> Rulebook:
    """The bank's rulebook, without service levels, with the routing of these tests."""
    return evolve(bank(), sla=None, calendar_name="CN", routing=routing)


class Clock:
    """Stands where it is put."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant."""
        return self.now


class Team:
    """A desk, its people, its clock."""

    def __init__(
        self,
        agents: Iterable[Agent],
        store: Any = None,
        rulebook: Rulebook | None = None,
    ) -> None:
        self.clock = Clock()
        self.people = People(agents)
        self.opened = 0
        self.desk = ServiceDesk(
            store,
            rulebook=rulebook or book(),
            people=self.people,
            time=self.clock,
            new_entropy=Counting(),
        )

    def accepted(
        self,
        type_: str = "complaint",
        department: str | None = "cards",
        subjects: tuple[str, ...] = (),
        **fields: Any,
    ) -> Ticket:
        """A ticket that was taken on and lies with a department."""
        self.opened += 1
        ticket = self.desk.open(
            type_,
            customer="C-1",
            channel="phone",
            department=department,
            subjects=subjects,
            fields={"title": "card", "category": "atm", **fields},
            actor=INTAKE,
            command_id=f"open-{self.opened}",
        )
        return self.desk.perform(ticket.id, Accept(), actor=INTAKE)

    def used(self, *agents: str) -> tuple[int, ...]:
        """What each holds, as the store has counted it."""
        found = self.desk.store.used(agents)  # type: ignore[attr-defined]  # these stores have it
        return tuple(found.get(each, 0) for each in agents)

    def now(self, ticket_id: str) -> Ticket:
        """A ticket as it stands."""
        return self.desk.unrestricted().get(ticket_id)

    def kinds(self, ticket_id: str) -> list[str]:
        """What happened to a ticket."""
        found = self.desk.unrestricted().history(ticket_id)
        return [each.event.kind.removeprefix("ticket.") for each in found]


def handler(name: str, department: str = "cards") -> Actor:
    """Somebody who works on tickets."""
    return Actor(name, "handler", department)


def policy(**said: Any) -> Routing:
    """The routing of these tests with another policy."""
    return evolve(ROUTING, policies={"usual": AssignmentPolicy("usual", **said)})


class Turns(LeastLoad):
    """A host's own selector, which has to know whose turn it was."""

    name = "turns"

    def order(self, agents: Any, totals: Any, context: Any) -> Order:
        """Leaves something behind for the next decision."""
        return Order(super().order(agents, totals, context).places, {"last": agents[0].id})
