"""A bank's desk at which tickets wait for time to act on them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.by_limits import by_limits
from workorder.desk import ServiceDesk
from workorder.rulebook import Rulebook
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    Approve,
    Command,
    Dispatch,
    Hold,
    InformCustomer,
    OpenSubtask,
    Resolve,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""A Monday morning in Beijing."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

TELLER = Actor("teller", "intake", "hotline")
WANG = Actor("wang", "dispatcher", "hotline")
LI = Actor("li", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
BOSS = Actor("boss", "supervisor", "cards", 30)
CUSTOMER = Actor("C-1", "customer")

QUIET = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
"""The end, in Beijing, of the seventh day after :data:`AT`: when time closes."""

KEPT = datetime(2026, 4, 9, 16, 0, tzinfo=UTC)
"""The end of the thirtieth day after :data:`QUIET`, which is the first instant of a day there:
until when a ticket that time closed may be reopened.
"""


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime = AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant."""
        return self.now


class Duty:
    """A desk under the bank's rulebook, with a clock.

    Args:
        store: where tickets are kept; in memory, if not given.
        rulebook: the rules in force.
    """

    def __init__(self, store: Any = None, rulebook: Rulebook | None = None) -> None:
        self.store = MemoryStore() if store is None else store
        self.clock = Clock()
        self.desk = ServiceDesk(self.store, rulebook=rulebook or by_limits(), time=self.clock)

    def wait(self, *, until: datetime) -> None:
        """Put the clock to a later instant."""
        assert until >= self.clock.now
        self.clock.now = until

    def perform(self, ticket: Ticket, *steps: tuple[Command, Actor]) -> Ticket:
        """Take steps on a ticket."""
        for command, actor in steps:
            ticket = self.desk.perform(ticket.id, command, actor=actor)
        return ticket

    def opened(self, name: str = "call-1", type_: str = "enquiry") -> Ticket:
        """A ticket of customer C-1."""
        return self.desk.open(
            type_,
            customer="C-1",
            channel="phone",
            fields={"title": "card", "category": "atm"},
            actor=TELLER,
            command_id=name,
        )

    def worked_on(self, name: str = "call-1", type_: str = "enquiry") -> Ticket:
        """A ticket that Li works on."""
        steps = ((Accept(), TELLER), (Dispatch("li", "cards"), WANG), (Start(), LI))
        return self.perform(self.opened(name, type_), *steps)

    def resolved(self, name: str = "call-1") -> Ticket:
        """An enquiry that time will close at :data:`QUIET`."""
        return self.perform(self.worked_on(name), (Resolve("answered"), LI))

    def approved(self, name: str = "call-1", *, told: bool = True) -> Ticket:
        """A complaint that was resolved; its customer was told of the decision, or not."""
        ticket = self.perform(
            self.worked_on(name, "complaint"), (Submit("refunded"), LI), (Approve(), SUN)
        )
        if told:
            ticket = self.perform(ticket, (InformCustomer("decision", "phone"), TELLER))
        return ticket

    def held(self, until: datetime | None = None, name: str = "call-1") -> Ticket:
        """A ticket that waits for the customer."""
        hold = Hold("waiting_for_customer", until)
        return self.perform(self.worked_on(name), (hold, LI))

    def asked(self, due: datetime, name: str = "call-1") -> Ticket:
        """A ticket on which the risk department owes an answer."""
        return self.perform(self.worked_on(name), (OpenSubtask("risk", "what?", due), LI))

    def get(self, ticket: Ticket) -> Ticket:
        """The ticket as it stands now."""
        return self.desk.unrestricted().get(ticket.id)

    def trail(self, ticket: Ticket) -> list[tuple[str, datetime]]:
        """What time did to the ticket, and when."""
        return [
            (entry.event.kind.removeprefix("ticket."), entry.event.trace.occurred_at)
            for entry in self.desk.unrestricted().history(ticket.id)
            if entry.event.step.role == "system"
        ]
