"""The kernel's half of moving a ticket: pure, refused for reasons, replayed without rulebooks."""

from datetime import timedelta

import pytest
from attrs import evolve

from tests.by_limits import by_limits
from tests.rulebook.editions import ROOT, Branch, edition
from workorder.kernel import Context, Decided, change_rulebook, replay
from workorder.kernel import evolve as after
from workorder.refusals import Refusal
from workorder.rulebook import Plan, Rulebook
from workorder.ticket import OpaqueEvent, RulebookChanged, Ticket, Trace
from workorder.workflow import Step

WAITING = edition(names={"pending": "waiting"})
PLAN = Plan({"pending": "waiting"})


def context(ticket: Ticket, **other: object) -> Context:
    """Somebody moves *ticket* an hour after its last event."""
    at = ticket.times.last + timedelta(hours=1)
    return evolve(Context(ticket.id, ROOT, at, WAITING, "move-1"), **other)  # type: ignore[arg-type]


def moved(
    ticket: Ticket, new: Rulebook = WAITING, plan: Plan = PLAN, **other: object
) -> RulebookChanged:
    """The event of a move that is safe."""
    answer = change_rulebook(ticket, by_limits(), new, plan, context(ticket, **other))
    assert isinstance(answer, Decided)
    (event,) = answer.events
    assert isinstance(event, RulebookChanged)
    return event


def test_the_same_again() -> None:
    """The same arguments give the same event; the ticket before stands as it was."""
    ticket = Branch().on_hold()
    assert moved(ticket) == moved(ticket)
    assert ticket.state == "pending"
    assert after(ticket, moved(ticket)).state == "waiting"


def test_the_version_of_a_batch() -> None:
    """With timers before it in one batch, it carries their version."""
    ticket = Branch().on_hold()
    assert moved(ticket).trace.version == ticket.version + 1
    assert moved(ticket, version=ticket.version + 5).trace.version == ticket.version + 5


def test_a_clock_that_is_behind() -> None:
    """Within the skew of the old rulebook an instant is raised; further back it is refused."""
    ticket = Branch().on_hold()
    last = ticket.times.last
    assert moved(ticket, at=last - timedelta(minutes=1)).trace.occurred_at == last
    early = context(ticket, at=last - timedelta(hours=1))
    answer = change_rulebook(ticket, by_limits(), WAITING, PLAN, early)
    assert isinstance(answer, Refusal)
    assert answer.code == "clock_skew"


def test_a_ticket_that_is_not_understood() -> None:
    """A ticket with events that its own rulebook does not know is not moved, as it is not changed
    by anything else.
    """
    ticket = Branch().on_hold()
    trace = Trace("x", None, ticket.version + 1, ticket.times.last, ticket.times.last, "c", "-")
    step = Step("freeze", "system", "pending", "pending", "open")
    ticket = after(ticket, OpaqueEvent(trace, step, "bank.frozen", 1, {}))
    answer = change_rulebook(ticket, by_limits(), WAITING, PLAN, context(ticket))
    assert isinstance(answer, Refusal)
    assert answer.code == "opaque_history"


@pytest.mark.parametrize("plan", [Plan(), Plan({"pending": "wating"})])
def test_what_is_not_safe_is_refused(plan: Plan) -> None:
    """A verdict that is not safe is a refusal with the same reasons."""
    ticket = Branch().on_hold()
    answer = change_rulebook(ticket, by_limits(), WAITING, plan, context(ticket))
    assert isinstance(answer, Refusal)
    assert (answer.code, len(answer.unmet)) == ("rulebook_change", 1)


def test_windows_of_later_versions_are_let_be() -> None:
    """An event that promises or lifts what this version does not know changes nothing else."""
    ticket = Branch().on_hold()
    event = moved(ticket)
    later = evolve(event, promises={"survey_until": ticket.times.last}, lifted=("tea_break",))
    assert after(ticket, later) == after(ticket, event)


def test_there_and_back() -> None:
    """Moved there and back, a ticket stands as before but for its revision and the instant; its
    history replays without any rulebook.
    """
    branch = Branch()
    ticket = branch.on_hold()
    there = moved(ticket)
    middle = after(ticket, there)
    answer = change_rulebook(
        middle, WAITING, by_limits(), Plan({"waiting": "pending"}), context(middle)
    )
    assert isinstance(answer, Decided)
    (again,) = answer.events
    back = after(middle, again)
    assert evolve(back, revision=ticket.revision, times=ticket.times) == ticket
    before = [each.event for each in branch.desk().unrestricted().history(ticket.id)]
    assert replay(ticket.id, [*before, there, again]) == back
