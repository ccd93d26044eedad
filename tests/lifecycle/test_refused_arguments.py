"""Arguments that no rule asks about and that would make a ticket say what did not happen."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.lifecycle.situations import EXTENSION, SUBTASK, does
from tests.lifecycle.standing import CHEN, LI, PLAIN, SUN, ZHANG, Given, World, standing
from tests.lifecycle.test_actions import refusal
from tests.lifecycle.test_rules import sentence_faults
from workorder.errors import CommandRefused
from workorder.ticket import (
    ApproveExtension,
    Close,
    Command,
    ConvenePanel,
    Edit,
    Hold,
    InformCustomer,
    MarkOverdue,
    OfferTo,
    OpenSubtask,
    Reclassify,
    RequestExtension,
    ReturnForRework,
)
from workorder.workflow import Actor

DECISION = InformCustomer("decision", "phone")
TIME = Actor("system", "system")


def ago(**time: float) -> Callable[[World], InformCustomer]:
    """That the customer was told of the decision some time ago."""
    return lambda world: InformCustomer("decision", "phone", world.clock() - timedelta(**time))


def longest(world: World) -> datetime:
    """The last instant until which a first extension of a complaint may be asked for: by the law
    thirty days from the day of opening on, where fifteen were promised, in a zone whose clocks
    never change. The settings would allow more.
    """
    due = world.ticket.windows.due
    assert due is not None
    return due + timedelta(days=15)


WRONG: dict[str, tuple[str, Given, Actor, Callable[[World], Command], str, str]] = {
    f"a decision told while {state}": (
        state,
        PLAIN,
        LI,
        lambda _: DECISION,
        "subject",
        "nothing_to_tell",
    )
    for state in ("registered", "accepted", "assigned", "in_progress", "pending", "under_review")
} | {
    "a decision told before it was taken": (
        "resolved",
        PLAIN,
        LI,
        ago(days=400),
        "told_at",
        "not_later",
    ),
    "a decision told to-morrow": ("closed", PLAIN, LI, ago(days=-1), "told_at", "in_future"),
    "told of a ticket before there was one": (
        "accepted",
        PLAIN,
        LI,
        lambda world: InformCustomer(
            "accepted", "phone", world.ticket.times.opened - timedelta(seconds=1)
        ),
        "told_at",
        "not_later",
    ),
    "told of its closing while it is open": (
        "resolved",
        PLAIN,
        LI,
        lambda _: InformCustomer("closed", "phone"),
        "subject",
        "nothing_to_tell",
    ),
    "told of its closing before it was closed": (
        "closed",
        PLAIN,
        LI,
        lambda world: InformCustomer("closed", "phone", world.clock() - timedelta(days=1)),
        "told_at",
        "not_later",
    ),
    "told that it was not accepted, though it was": (
        "closed",
        PLAIN,
        LI,
        lambda _: InformCustomer("not_accepted", "phone"),
        "subject",
        "nothing_to_tell",
    ),
    "told that it was not accepted, while nobody decided": (
        "registered",
        PLAIN,
        LI,
        lambda _: InformCustomer("not_accepted", "phone"),
        "subject",
        "nothing_to_tell",
    ),
    "an extension that was only asked for": (
        "in_progress",
        EXTENSION,
        LI,
        lambda _: InformCustomer("extension", "phone"),
        "subject",
        "nothing_to_tell",
    ),
    "an extension told before it was granted": (
        "in_progress",
        Given(on=EXTENSION.on, then=does((ApproveExtension(), CHEN))),
        LI,
        lambda world: InformCustomer("extension", "phone", world.clock() - timedelta(days=1)),
        "told_at",
        "not_later",
    ),
    "a panel of nobody": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda _: ConvenePanel((), "who is liable?"),
        "members",
        "required",
    ),
    "a panel that is late from the start": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda world: ConvenePanel(("mei",), "who is liable?", world.clock()),
        "due",
        "not_later",
    ),
    "a sub-task that is late from the start": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda world: OpenSubtask("risk", "is it fraud?", world.clock()),
        "due",
        "not_later",
    ),
    "an offer that is over": (
        "accepted",
        PLAIN,
        CHEN,
        lambda world: OfferTo("zhang", world.clock()),
        "until",
        "not_later",
    ),
    "a hold that is over": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda world: Hold("waiting_for_customer", world.clock()),
        "until",
        "not_later",
    ),
    "a hold for no reason of the bank's": (
        "accepted",
        PLAIN,
        LI,
        lambda _: Hold("coffee"),
        "reason",
        "not_a_choice",
    ),
    "an extension that is none": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda world: RequestExtension(world.ticket.windows.due or world.clock(), "more"),
        "until",
        "not_later",
    ),
    "an extension beyond the longest": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda world: RequestExtension(longest(world) + timedelta(microseconds=1), "more"),
        "until",
        "beyond_limit",
    ),
    "overdue before its time": (
        "in_progress",
        SUBTASK,
        TIME,
        lambda world: MarkOverdue(world.ticket.work.subtasks[0].id),
        "about",
        "in_future",
    ),
    "another customer's ticket": (
        "registered",
        PLAIN,
        LI,
        lambda _: Edit(customer="C-2"),
        "customer",
        "already_set",
    ),
    "a field emptied that acceptance asked for": (
        "accepted",
        PLAIN,
        LI,
        lambda _: Edit(fields={"category": None}),
        "category",
        "required",
    ),
    "the same by another type": (
        "in_progress",
        PLAIN,
        ZHANG,
        lambda _: Reclassify("dispute", "it is about a charge", {"category": None}),
        "category",
        "required",
    ),
    "a type that nobody knows": (
        "accepted",
        PLAIN,
        LI,
        lambda _: Reclassify(type="riddle", reason="who knows"),
        "type",
        "not_a_choice",
    ),
}


@pytest.mark.parametrize(
    ("state", "given", "actor", "wish", "name", "code"), WRONG.values(), ids=WRONG
)
def test_refused(
    state: str,
    given: Given,
    actor: Actor,
    wish: Callable[[World], Command],
    name: str,
    code: str,
) -> None:
    """It is refused, naming the argument, and nothing is changed."""
    world = standing(state, given)
    found = refusal(world, wish(world), actor)
    assert (found.code, [(each.name, each.code) for each in found.unmet]) == (
        "invalid_arguments",
        [(name, code)],
    )
    assert sentence_faults(found) == []


def test_told_of_each_decision() -> None:
    """What the customer is told of one decision is not enough to close after another one."""
    world = standing("under_review")
    with pytest.raises(CommandRefused):
        world.does(DECISION, LI)
    world.does(ReturnForRework("and the interest?"), SUN)
    assert world.ticket.windows.told == {}
    assert world.ticket.windows.appeal_until is None
    world = standing("resolved")
    assert [each.name for each in refusal(world, Close(), LI).unmet] == ["informed_if_required"]


def test_the_longest_extension() -> None:
    """Until the very end of the last day, more time may be asked for."""
    world = standing("in_progress")
    until = longest(world)
    world.does(RequestExtension(until, "the other bank has not answered"), ZHANG)
    assert world.ticket.work.extension is not None
    assert world.ticket.work.extension.until == until


def test_a_field_is_emptied_before_acceptance() -> None:
    """What acceptance will ask for may still be corrected, and emptied, before it."""
    world = standing("registered")
    world.does(Edit(fields={"category": None}), LI)
    assert world.ticket.fields["category"] is None


def test_told_when_it_was_opened() -> None:
    """The customer may have been told at the very instant at which the ticket was opened."""
    world = standing("accepted")
    opened = world.ticket.times.opened
    world.does(InformCustomer("accepted", "phone", opened), LI)
    assert world.ticket.windows.told == {"accepted": opened}


@pytest.mark.parametrize(
    ("state", "subject"),
    [("rejected", "not_accepted"), ("closed", "closed"), ("cancelled", "closed")],
)
def test_told_how_it_ended(state: str, subject: str) -> None:
    """How a ticket ended is told once it has."""
    world = standing(state)
    world.does(InformCustomer(subject, "letter"), LI)
    assert world.ticket.windows.told[subject] == world.clock()
