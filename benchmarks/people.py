"""The people, the workflow cases and the ticket that every measurement uses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from workorder import Actor, basic
from workorder.kernel import Context, Decided, decide, evolve
from workorder.ticket import (
    Close,
    Command,
    Comment,
    Dispatch,
    Event,
    Open,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
)

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)

TELLER = Actor("zhou", "handler", "hall")
LI = Actor("li", "handler", "cards")
BOSS = Actor("zhao", "supervisor", "cards")

FIELDS = {
    "title": "Card charged twice",
    "description": "The statement of August shows the same purchase twice, on the 3rd and 4th.",
    "category": "card",
    "product": "debit-gold",
    "priority": 2,
}
OPEN = Open("complaint", customer="C-10023", channel="phone", department="hall", fields=FIELDS)
DISPATCH = Dispatch(to="li", department="cards")
COMMENT = Comment("Called the customer; they will send the slip of the second purchase.")
SUBMIT = Submit("The second purchase was reversed; the customer was told by phone.")
RETURN = ReturnForRework("The reversal does not show on the account yet.")

TO_WORK: tuple[tuple[Command, Actor], ...] = ((DISPATCH, BOSS), (Start(), LI))
LIFE = (*TO_WORK, (COMMENT, LI), (SUBMIT, LI), (Close(), BOSS))
"""After opening: six events make a short life."""
LONG_LIFE = (
    *TO_WORK,
    (COMMENT, LI),
    (SUBMIT, LI),
    (RETURN, BOSS),
    (COMMENT, LI),
    (COMMENT, LI),
    (SUBMIT, LI),
    (Close(), BOSS),
)
"""After opening: ten events."""


def context(actor: Actor, minute: int = 0) -> Context:
    """What surrounds a decision of *actor*."""
    at = NOON + timedelta(minutes=minute)
    return Context("T1", actor, at, basic(), f"c-{minute}", b"sixteen bytes ok")


def accepted(verdict: object) -> Decided:
    """The decision, which must be one."""
    assert isinstance(verdict, Decided), verdict
    return verdict


def lived(life: tuple[tuple[Command, Actor], ...]) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket at the end of *life*, and everything that happened to it."""
    happened: list[Event] = []
    ticket: Ticket | None = None
    for minute, (command, actor) in enumerate(((OPEN, TELLER), *life)):
        for event in accepted(decide(ticket, command, context(actor, minute))).events:
            ticket = evolve(ticket, event, "T1")
            happened.append(event)
    assert ticket is not None
    return ticket, tuple(happened)


def ticking(day: int = 0) -> Callable[[], datetime]:
    """A clock that gives another instant each time: the same ones in every run of that day."""
    seconds = count(86_400 * day)
    return lambda: NOON + timedelta(seconds=next(seconds))


def counting(day: int = 0) -> Callable[[], str]:
    """Command ids: the same ones in every run of that day, as long as random ones are."""
    numbers = count(10**9 * day)
    return lambda: f"{next(numbers):020x}"
