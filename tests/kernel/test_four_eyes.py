"""Four eyes: who worked on a ticket does not conclude it, whatever hat they wear today."""

from collections.abc import Callable

import pytest
from attrs import evolve

from tests.builders import (
    BOSS,
    LI,
    OPEN,
    TELLER,
    WANG,
    accepted,
    context,
    decided,
    done,
    refused,
    resolved,
)
from tests.checks import REVIEWS
from workorder.kernel import Decided, decide
from workorder.refusals import Refusal
from workorder.ticket import (
    Close,
    Command,
    Comment,
    Dispatch,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Transfer,
)
from workorder.workflow import Actor

ZHAO = Actor("zhao", "handler", "cards")
REVIEW: dict[str, Command] = {
    "close": Close(),
    "return_for_rework": ReturnForRework(reason="no proof"),
}


def by(first: Actor) -> Ticket:
    """A ticket resolved by Zhao, after *first* had been given it by the teller."""
    ticket = done(accepted(), Dispatch(to=first.id, department="cards"), TELLER)
    return concluded(done(ticket, Transfer(to="zhao", reason="leave"), BOSS))


def concluded(ticket: Ticket) -> Ticket:
    """The ticket after Zhao, who has it, worked on it and submitted."""
    if ticket.state == "assigned":
        ticket = done(ticket, Start(), ZHAO)
    return done(ticket, Submit(resolution="refunded"), ZHAO)


def dispatched_by_li() -> Ticket:
    """Li only passed the ticket on when it came in."""
    return concluded(done(accepted(), Dispatch(to="zhao", department="cards"), LI))


def transferred_by_li() -> Ticket:
    """Li had the ticket and gave it away without beginning."""
    ticket = done(accepted(), Dispatch(to="li", department="cards"), TELLER)
    return concluded(done(ticket, Transfer(to="zhao", reason="leave"), LI))


def started_by_li() -> Ticket:
    """Li began, then somebody else finished."""
    ticket = done(accepted(), Dispatch(to="li", department="cards"), TELLER)
    ticket = done(ticket, Start(), LI)
    return concluded(done(ticket, Transfer(to="zhao", reason="ill"), BOSS))


def commented_by_li() -> Ticket:
    """Li wrote a note as a handler on somebody else's ticket."""
    ticket = done(accepted(), Dispatch(to="zhao", department="cards"), TELLER)
    return concluded(done(ticket, Comment("I know this customer"), LI))


def submitted_before_rework_by_li() -> Ticket:
    """Li submitted, it came back, and somebody else finished."""
    ticket = done(resolved(), ReturnForRework(reason="no proof"), WANG)
    return concluded(done(ticket, Transfer(to="zhao", reason="leave"), BOSS))


def submitted_before_reopening_by_li() -> Ticket:
    """Li's work was closed, reopened, and finished by somebody else."""
    ticket = done(done(resolved(), Close(), WANG), Reopen(reason="again"), BOSS)
    return concluded(done(ticket, Transfer(to="zhao", reason="leave"), BOSS))


WORKED: dict[str, Callable[[], Ticket]] = {
    "submitted": resolved,
    "was assigned": lambda: by(LI),
    "dispatched": dispatched_by_li,
    "transferred": transferred_by_li,
    "started": started_by_li,
    "commented": commented_by_li,
    "submitted before a rework": submitted_before_rework_by_li,
    "submitted before a reopening": submitted_before_reopening_by_li,
}


def verdict(ticket: Ticket, review: str, actor: Actor) -> Decided | Refusal:
    """What is said to *actor* who wants to close the ticket or send it back."""
    return decide(ticket, REVIEW[review], context(actor))


@pytest.mark.parametrize("roles", [("handler",), ("supervisor",), ("handler", "supervisor")])
@pytest.mark.parametrize("review", REVIEWS)
@pytest.mark.parametrize("work", WORKED.values(), ids=WORKED)
def test_who_worked_does_not_review(
    work: Callable[[], Ticket], review: str, roles: tuple[str, ...]
) -> None:
    """Whoever worked in any way neither closes nor sends back, under any hat they have now."""
    found = refused(work(), REVIEW[review], Actor("li", roles, "cards"))
    assert [unmet.name for unmet in found.unmet] == ["not_own_work"]
    assert "li" in found.text("zh-CN")


@pytest.mark.parametrize("review", REVIEWS)
@pytest.mark.parametrize("work", WORKED.values(), ids=WORKED)
def test_who_did_not_work_reviews(work: Callable[[], Ticket], review: str) -> None:
    """Somebody who did nothing on the ticket may conclude every one of them."""
    assert isinstance(verdict(work(), review, Actor("fresh", "handler", "cards")), Decided)


def opened_by_li() -> Ticket:
    """Li took the call and nothing more; the teller dispatched."""
    ticket = done(None, OPEN, LI)
    return concluded(done(ticket, Dispatch(to="zhao", department="cards"), TELLER))


@pytest.mark.parametrize("review", REVIEWS)
def test_opening_alone_does_not_count(review: str) -> None:
    """Who only took the call may review; who also dispatched may not."""
    ticket = opened_by_li()
    assert isinstance(verdict(ticket, review, LI), Decided)
    assert isinstance(verdict(ticket, review, TELLER), Refusal)


@pytest.mark.parametrize("review", REVIEWS)
def test_supervising_is_not_working(review: str) -> None:
    """A supervisor who transferred, reopened or noted as a supervisor may review."""
    ticket = done(by(LI), Comment("please hurry"), BOSS)
    assert ticket.took_part("boss")
    assert isinstance(verdict(ticket, review, BOSS), Decided)


def test_a_reviewer_who_sends_back_may_review_again() -> None:
    """A supervisor who sent work back sees it again and may close it."""
    ticket = done(resolved(), ReturnForRework(reason="no proof"), BOSS)
    ticket = done(ticket, Submit(resolution="with proof"), LI)
    assert isinstance(verdict(ticket, "close", BOSS), Decided)


def test_the_ticket_alone_remembers() -> None:
    """Deciding reads the ticket and no history: without its deeds, the answer would differ."""
    ticket = resolved()
    assert refused(ticket, Close(), LI).code == "rules"
    assert decided(evolve(ticket, deeds={}), Close(), LI).events
