"""Tickets of the bank that wait for time, made by the kernel alone."""

from datetime import UTC, datetime, timedelta

from tests.builders import TICKET
from tests.by_limits import by_limits
from workorder.kernel import Context, Decided, Passed, decide, evolve, pass_time
from workorder.rulebook import Rulebook
from workorder.ticket import (
    Accept,
    Approve,
    Command,
    ConvenePanel,
    Dispatch,
    Hold,
    Open,
    OpenSubtask,
    Resolve,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)

TELLER = Actor("teller", "intake", "hotline")
WANG = Actor("wang", "dispatcher", "hotline")
LI = Actor("li", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
BOSS = Actor("boss", "supervisor", "cards", 30)
CUSTOMER = Actor("C-1", "customer")


def around(actor: Actor, at: datetime, rulebook: Rulebook | None = None) -> Context:
    """What surrounds a decision."""
    return Context(TICKET, actor, at, rulebook or by_limits(), "c-1", b"sixteen bytes ok")


def asked(
    ticket: Ticket | None,
    command: Command,
    actor: Actor,
    at: datetime = AT,
    rulebook: Rulebook | None = None,
) -> Ticket:
    """The ticket after a command that is expected to be permitted."""
    answer = decide(ticket, command, around(actor, at, rulebook))
    assert isinstance(answer, Decided), answer.text()
    for event in answer.events:
        ticket = evolve(ticket, event, TICKET)
    assert ticket is not None
    return ticket


def passed(ticket: Ticket, at: datetime, rulebook: Rulebook | None = None) -> Passed:
    """What time has done to a ticket by *at*."""
    return pass_time(ticket, around(LI, at, rulebook))


def opened(type_: str = "enquiry", at: datetime = AT, rulebook: Rulebook | None = None) -> Ticket:
    """A ticket that was just opened."""
    fields = {"title": "card", "category": "atm"}
    command = Open(type_, "C-1", "phone", fields=fields)
    return asked(None, command, TELLER, at, rulebook)


def worked_on(
    type_: str = "enquiry", at: datetime = AT, rulebook: Rulebook | None = None
) -> Ticket:
    """A ticket that Li works on."""
    ticket = opened(type_, at, rulebook)
    for command, actor in ((Accept(), TELLER), (Dispatch("li", "cards"), WANG), (Start(), LI)):
        ticket = asked(ticket, command, actor, at, rulebook)
    return ticket


def resolved(at: datetime = AT, rulebook: Rulebook | None = None) -> Ticket:
    """An enquiry that time will close."""
    return asked(worked_on(at=at, rulebook=rulebook), Resolve("answered"), LI, at, rulebook)


def approved(at: datetime = AT, rulebook: Rulebook | None = None) -> Ticket:
    """A complaint that was resolved, of which the customer does not know."""
    ticket = asked(worked_on("complaint", at, rulebook), Submit("refunded"), LI, at, rulebook)
    return asked(ticket, Approve(), SUN, at, rulebook)


def held(until: datetime | None = None, reason: str = "waiting_for_customer") -> Ticket:
    """A ticket that waits."""
    return asked(worked_on(), Hold(reason, until), LI)


def subtasks(*due: datetime) -> Ticket:
    """A ticket on which other departments owe answers by *due*."""
    ticket = worked_on()
    for number, at in enumerate(due):
        ticket = asked(ticket, OpenSubtask(f"dept-{number}", "what?", at), LI)
    return ticket


def panel(due: datetime, *, ticket: Ticket | None = None) -> Ticket:
    """A ticket on which a panel sits until *due*."""
    return asked(ticket or worked_on(), ConvenePanel(("mei",), "what?", due), LI)
