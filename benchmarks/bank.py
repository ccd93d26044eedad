"""The bank's people, and one complaint at every stage of its life.

Libraries that stand beside ours know no service levels. So most is measured on the bank's lifecycle
without them; what they add is measured on their own.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import attrs

from benchmarks.people import FIELDS, NOON, accepted
from workorder.kernel import Context, decide, evolve, pass_time
from workorder.rulebook import Rulebook, bank
from workorder.ticket import (
    Accept,
    Approve,
    ApproveExtension,
    Command,
    Comment,
    ConcludePanel,
    ConvenePanel,
    CustomerReply,
    Decline,
    Dispatch,
    Escalate,
    Event,
    FinishSubtask,
    GiveOpinion,
    Hold,
    InformCustomer,
    LogContact,
    Open,
    OpenSubtask,
    QualityReview,
    Rate,
    RequestExtension,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Urge,
)
from workorder.workflow import Actor

PROMISING = bank()
"""The bank as it is, with its service levels."""
BANK = attrs.evolve(PROMISING, sla=None)
"""Its lifecycle alone."""

CUSTOMER = Actor("C-10023", "customer")
INTAKE = Actor("zhou", "intake", "hotline")
DISPATCHER = Actor("wang", "dispatcher", "hotline")
LI = Actor("li", "handler", "cards")
OTHER = Actor("feng", "handler", "cards")
THREE_ROLES = Actor("qian", ("handler", "reviewer", "supervisor"), "cards", 20)
REVIEWER = Actor("sun", "reviewer", "cards")
CHIEF = Actor("zhao", "supervisor", "cards", 20)
RISK = Actor("he", "cohandler", "risk")
LEGAL = Actor("chu", "cohandler", "legal")
EXPERT = Actor("wei", "expert", "legal")
INSPECTOR = Actor("jiang", "quality_reviewer", "quality")

OPEN = Open("complaint", "C-10023", "phone", ("chen",), "hotline", FIELDS)
SUBMIT = Submit("The second purchase was reversed; the customer was told by phone.")
TEXT = "Called the customer; they will send the slip of the second purchase."
TOLD = InformCustomer("decision", "phone")

Taken = tuple[Command, Actor]

TAKEN_IN: tuple[Taken, ...] = ((Accept(), INTAKE),)
DISPATCHED: tuple[Taken, ...] = ((Dispatch("li", "cards"), DISPATCHER), (Start(), LI))
AT_WORK = (*TAKEN_IN, *DISPATCHED)
WITH_OTHERS: tuple[Taken, ...] = (
    *TAKEN_IN,
    (Dispatch("li", "cards"), DISPATCHER),
    (Decline("the card belongs to another branch"), LI),
    *DISPATCHED,
    (InformCustomer("accepted", "phone"), LI),
    (LogContact("no_answer", "phone"), LI),
    *((Comment(TEXT), each) for each in (LI, INTAKE, REVIEWER, CHIEF, RISK, DISPATCHER)),
    (Urge(), CUSTOMER),
    (Escalate(), CHIEF),
    (OpenSubtask("risk", "Was the terminal reported?"), LI),
    (OpenSubtask("legal", "Who bears the loss?"), LI),
    (ConvenePanel(("wei", "he"), "Is it the bank's fault?"), LI),
    (RequestExtension(NOON + timedelta(days=30), "the terminal's owner is abroad"), LI),
)
"""In progress, with two sub-tasks, a panel and an extension open, and many deeds."""
ON_HOLD = (*WITH_OTHERS, (Hold("waiting_for_customer"), LI))
TO_THE_REVIEW: tuple[Taken, ...] = (
    *ON_HOLD,
    (CustomerReply("Here it is."), CUSTOMER),
    (FinishSubtask("It was, twice."), RISK),
    (FinishSubtask("The owner does."), LEGAL),
    (GiveOpinion("No."), EXPERT),
    (ConcludePanel("No fault of the bank's."), LI),
    (ApproveExtension(), CHIEF),
    (InformCustomer("extension", "phone"), LI),
    (SUBMIT, LI),
    (ReturnForRework("The reversal does not show yet."), REVIEWER),
    (SUBMIT, LI),
)
RESOLVED_AND_TOLD: tuple[Taken, ...] = (*TO_THE_REVIEW, (Approve(), REVIEWER), (TOLD, LI))
THREE_TIMERS: tuple[Taken, ...] = (
    *AT_WORK,
    (OpenSubtask("risk", "Was the terminal reported?"), LI),
    (OpenSubtask("legal", "Who bears the loss?"), LI),
    (Hold("waiting_for_customer"), LI),
)
"""On hold, with two sub-tasks open: all three have an end that time knows of."""


def context(actor: Actor, at: datetime, number: int = 0, rulebook: Rulebook = BANK) -> Context:
    """What surrounds a decision of *actor*."""
    return Context("T1", actor, at, rulebook, f"{number:020x}", b"sixteen bytes ok")


def lived(
    life: Sequence[Taken],
    ticket: Ticket | None = None,
    begun: datetime = NOON,
    rulebook: Rulebook = BANK,
) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket after *life*, a step a minute, and everything that happened to it."""
    happened: list[Event] = []
    taken = life if ticket is not None else [(OPEN, INTAKE), *life]
    for minute, (command, actor) in enumerate(taken):
        at = begun + timedelta(minutes=minute)
        around = context(actor, at, minute, rulebook)
        for event in accepted(decide(ticket, command, around)).events:
            ticket = evolve(ticket, event, "T1")
            happened.append(event)
    assert ticket is not None
    return ticket, tuple(happened)


def to_the_archive(rulebook: Rulebook = BANK) -> tuple[Ticket, tuple[Event, ...]]:
    """A whole life: closed by time, rated, inspected, archived by time."""
    ticket, happened = lived(RESOLVED_AND_TOLD, rulebook=rulebook)
    ticket, closed = _waited(ticket, 10, rulebook)
    afterwards: tuple[Taken, ...] = (
        (Rate(5), CUSTOMER),
        (QualityReview(90, "Quick enough."), INSPECTOR),
    )
    ticket, said = lived(afterwards, ticket, NOON + timedelta(days=12), rulebook)
    ticket, archived = _waited(ticket, 60, rulebook)
    assert ticket.state == "archived"
    return ticket, (*happened, *closed, *said, *archived)


def _waited(ticket: Ticket, days: int, rulebook: Rulebook) -> tuple[Ticket, tuple[Event, ...]]:
    passed = pass_time(ticket, context(INTAKE, NOON + timedelta(days=days), 0, rulebook))
    assert all(each.refusal is None for each in passed.fired)
    return passed.ticket, tuple(event for each in passed.fired for event in each.events)
