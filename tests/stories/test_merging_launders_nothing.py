"""What a ticket brings along when it is merged: nothing that stood in the way is lost."""

from datetime import timedelta
from typing import Any

import pytest

from tests.lifecycle.standing import (
    CHEN,
    LI,
    MEI,
    QIAN,
    SHEN,
    TANG,
    WANG,
    ZHANG,
    World,
    bank_with,
)
from workorder.errors import CommandRefused
from workorder.kernel import replay
from workorder.rulebook import Rulebook
from workorder.ticket import (
    Accept,
    Approve,
    ApproveExtension,
    Cancel,
    Claim,
    Close,
    Command,
    ConcludePanel,
    ConvenePanel,
    Dispatch,
    InformCustomer,
    MergeInto,
    OpenSubtask,
    Reclassify,
    RequestExtension,
    Resolve,
    Start,
    Submit,
    Ticket,
    Transfer,
    Unmerge,
)
from workorder.workflow import Actor, Approval

GIVEN_TO_QIAN = Dispatch(to="qian", department="cards")

SHEN_TAKES_CALLS = Actor(SHEN.id, "intake", "hotline")


def two(rulebook: Rulebook | None = None, **other: Any) -> World:
    """A complaint, and another ticket of the customer's that it will be merged into."""
    world = World(rulebook)
    world.other = world.open(**other)
    return world


def opened(world: World, **given: Any) -> None:
    """The complaint is opened."""
    world.id = world.open(**given)


def merged(world: World, by: Actor = LI) -> Ticket:
    """The ticket that goes on, once the complaint is part of it."""
    world.does(MergeInto(world.other, "the same"), by)
    return world.desk.unrestricted().get(world.other)


def refused(world: World, command: Command, actor: Actor) -> list[str]:
    """The rules by which *command* is refused on the ticket that goes on."""
    with pytest.raises(CommandRefused) as found:
        world.elsewhere(command, actor)
    assert found.value.code == "rules"
    return [each.name for each in found.value.refusal.unmet]


def begun(world: World, handler: Actor = QIAN, by: Actor = LI) -> None:
    """Work begins on the ticket that goes on."""
    world.elsewhere(Accept(), by)
    world.elsewhere(Dispatch(to=handler.id, department="cards"), WANG)
    world.elsewhere(Start(), handler)


def at_work(world: World, handler: Actor = ZHANG) -> None:
    """Work begins on the complaint."""
    world.does(Accept(), LI)
    world.does(Dispatch(to=handler.id, department="cards"), WANG)
    world.does(Start(), handler)


def test_whom_it_is_about() -> None:
    """Who is named in either complaint is given the ticket by nobody, takes it by no way, and
    judges nothing on it.
    """
    world = two(subjects=("wu",))
    opened(world, subjects=("zhang", "chen"))
    assert merged(world).parties.subjects == ("wu", "zhang", "chen")
    world.elsewhere(Accept(), LI)
    for person in ("wu", "zhang", "chen"):
        to = Dispatch(to=person, department="cards")
        assert refused(world, to, WANG) == ["assignee_eligible"]
    assert refused(world, Dispatch(department="cards"), CHEN) == ["not_party"]
    world.elsewhere(Dispatch(department="cards"), WANG)
    assert refused(world, Claim(), ZHANG) == ["claimer_eligible"]
    world.elsewhere(Claim(), QIAN)
    world.elsewhere(Start(), QIAN)
    assert refused(world, ConvenePanel(("mei", "wu"), "why?"), QIAN) == ["members_eligible"]
    assert refused(world, Cancel("enough"), CHEN) == ["not_party"]


def test_whom_it_is_about_stays_after_a_chain() -> None:
    """What the first of a chain of merged tickets brought is brought on."""
    world = two()
    opened(world, subjects=("zhang",))
    between = world.open(subjects=("wu",))
    world.desk.perform(world.id, MergeInto(between), actor=LI)
    world.desk.perform(between, MergeInto(world.other), actor=LI)
    last = world.desk.unrestricted().get(world.other)
    assert last.parties.subjects == ("wu", "zhang")
    assert last.took_part(LI.id, actions=("merge_into",))


def test_who_has_the_other_one() -> None:
    """A ticket is not merged into one that somebody has who may not be given it."""
    world = two()
    begun(world)
    opened(world, subjects=("qian",))
    with pytest.raises(CommandRefused) as found:
        merged(world)
    assert [each.name for each in found.value.refusal.unmet] == ["target_unconflicted"]
    world.elsewhere(Transfer(to="zhang", department="cards", reason="the customer knows him"), WANG)
    assert merged(world).parties.subjects == ("qian",)


def test_who_worked_on_it() -> None:
    """Whoever worked on what was merged has worked on the ticket that goes on, and does not
    grant it more time or cancel it.
    """
    world = two()
    begun(world)
    opened(world)
    at_work(world)
    ticket = merged(world)
    assert ticket.took_part(ZHANG.id, roles=("handler",), actions=("start",))
    assert ticket.took_part(WANG.id, roles=("dispatcher",), actions=("dispatch",))
    hats = Actor("zhang", ("supervisor", "reviewer"), "cards", 40)
    assert refused(world, Cancel("enough"), hats) == ["not_own_work"]
    due = ticket.windows.due
    assert due is not None
    world.elsewhere(RequestExtension(due + timedelta(days=5), "no answer"), QIAN)
    assert refused(world, ApproveExtension(), hats) == ["not_own_work"]
    world.elsewhere(ApproveExtension(), CHEN)


def test_the_earlier_limit() -> None:
    """The ticket that goes on is due when the first of the two was."""
    world = World()
    opened(world)
    due = world.ticket.windows.due
    world.clock.passes(days=5)
    world.other = world.open()
    later = world.desk.unrestricted().get(world.other).windows.due
    assert due is not None
    assert later is not None
    assert due < later
    assert merged(world).windows.due == due


def test_a_later_limit_changes_nothing() -> None:
    """What is due later than the ticket it becomes part of leaves that one's limit alone."""
    world = two()
    world.elsewhere(Accept(), LI)
    due = world.desk.unrestricted().get(world.other).windows.due
    world.clock.passes(days=5)
    opened(world)
    world.does(Accept(), LI)
    assert world.ticket.windows.due != due
    assert merged(world).windows.due == due


@pytest.mark.parametrize("type_", ["complaint", "dispute", "enquiry"])
def test_the_limit_survives_acceptance(type_: str) -> None:
    """A ticket that is opened later, and accepted only after the merger, is due when what was
    merged into it was: it takes over the clock that the law asks for.
    """
    world = World()
    opened(world)
    due = world.ticket.windows.due
    world.clock.passes(days=13)
    world.other = world.open(type=type_)
    own = world.desk.unrestricted().get(world.other).windows.due
    assert due is not None
    assert own is not None
    assert due < own
    assert merged(world).windows.due == due
    world.clock.passes(days=1)
    world.elsewhere(Accept(), LI)
    assert world.desk.unrestricted().get(world.other).windows.due == due


def test_the_limit_survives_another_type() -> None:
    """Another type, with more time than what was merged had left, gives none back."""
    world = World()
    opened(world)
    due = world.ticket.windows.due
    world.clock.passes(days=13)
    world.other = world.open()
    assert merged(world).windows.due == due
    world.elsewhere(Accept(), LI)
    world.elsewhere(Reclassify("dispute", "it is about a charge", {"category": "atm"}), LI)
    after = world.desk.unrestricted().get(world.other).windows.due
    assert after is not None
    assert due is not None
    assert after <= due


def test_its_type_asks_still() -> None:
    """An enquiry that a complaint is part of is reviewed, and closed when the customer was told."""
    world = two(type="enquiry")
    begun(world)
    opened(world)
    assert merged(world).origin.types == ("complaint",)
    assert refused(world, Resolve("answered"), QIAN) == ["review_not_required"]
    world.elsewhere(Submit("answered"), QIAN)
    world.desk.perform(world.other, Approve(), actor=Actor("sun", "reviewer", "cards"))
    assert refused(world, Close(), LI) == ["informed_if_required"]
    world.elsewhere(InformCustomer("decision", "phone"), LI)
    world.elsewhere(Close(), LI)


def test_an_earlier_type_asks_still() -> None:
    """What was a complaint before it was merged as an enquiry, is one for the ticket it joins."""
    world = two(type="enquiry")
    begun(world)
    opened(world)
    world.does(Accept(), LI)
    world.does(Reclassify("enquiry", "it is a question"), LI)
    assert merged(world).origin.types == ("complaint",)
    assert refused(world, Resolve("answered"), QIAN) == ["review_not_required"]


def test_an_unapproved_intake_stays_one() -> None:
    """What needed an approval of its intake needs it as part of a ticket that did not."""
    rules = bank_with(types_with_intake_approval=("complaint",))
    world = two(rules, type="enquiry")
    world.elsewhere(Accept(), LI)
    opened(world)
    merged(world)
    assert refused(world, GIVEN_TO_QIAN, WANG) == ["intake_approved_if_required"]


def test_its_extensions_count() -> None:
    """After an extension of what was merged, another one needs the higher rank."""
    world = two()
    begun(world)
    opened(world)
    at_work(world)
    due = world.ticket.windows.due
    assert due is not None
    world.does(RequestExtension(due + timedelta(days=5), "no answer"), ZHANG)
    world.does(ApproveExtension(), CHEN)
    world.does(InformCustomer("extension", "phone"), LI)
    ticket = merged(world)
    assert ticket.counts.extensions == 1
    until = ticket.windows.due
    assert until is not None
    world.elsewhere(RequestExtension(until + timedelta(days=5), "still none"), QIAN)
    assert refused(world, ApproveExtension(), CHEN) == ["approval_rank_sufficient"]
    world.elsewhere(ApproveExtension(), TANG)


def test_approvals_begin_anew() -> None:
    """Who agreed to the ticket before it had the other one in it, agreed to something else."""
    world = two(bank_with(approvals=(Approval("approve", (10, 30)),)))
    begun(world)
    world.elsewhere(Submit("refunded"), QIAN)
    zhang = Actor("zhang", "reviewer", "cards", 10)
    world.elsewhere(Approve(), zhang)
    opened(world)
    at_work(world)
    assert merged(world).work.approvals == {}
    assert refused(world, Approve(), zhang) == ["not_own_work"]
    world.elsewhere(Approve(), CHEN)
    world.elsewhere(Approve(), Actor("gao", "supervisor", "cards", 40))
    assert world.desk.unrestricted().get(world.other).state == "resolved"


@pytest.mark.parametrize(
    ("open_", "end", "rule"),
    [
        (ConvenePanel(("mei",), "why?"), ConcludePanel("so"), "no_open_panel"),
        (OpenSubtask("risk", "why?"), None, "no_open_subtask"),
    ],
    ids=["panel", "sub-task"],
)
def test_nobody_is_left_waiting(open_: Command, end: Command | None, rule: str) -> None:
    """What others were asked for is ended before the ticket is merged."""
    world = two()
    opened(world)
    at_work(world)
    world.does(open_, ZHANG)
    with pytest.raises(CommandRefused) as found:
        merged(world)
    assert [each.name for each in found.value.refusal.unmet] == [rule]
    if end is not None:
        world.does(end, ZHANG)
        assert merged(world).took_part(MEI.id)


def test_it_is_all_in_the_history() -> None:
    """The ticket that goes on is told from its records alone, and stays as it was when what was
    merged goes its own way again.
    """
    world = two(subjects=("wu",))
    opened(world, subjects=("chen",))
    world.does(Accept(), SHEN_TAKES_CALLS)
    before = merged(world)
    history = tuple(each.event for each in world.desk.unrestricted().history(world.other))
    assert replay(world.other, history) == before
    world.does(Unmerge("another matter"), Actor("gao", "supervisor"))
    after = world.desk.unrestricted().get(world.other)
    assert (after.links.absorbed, before.links.absorbed) == ((), (world.id,))
    assert (after.parties, after.windows.due) == (before.parties, before.windows.due)
    assert after.took_part(SHEN_TAKES_CALLS.id, actions=("accept",))
    assert world.ticket.parties.subjects == ("chen",)
