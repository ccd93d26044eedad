"""What a case of an action is made of, and what tickets are like before one."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from attrs import Factory, frozen

from tests.lifecycle.standing import (
    CHEN,
    CUSTOMER,
    LI,
    MONDAY,
    PLAIN,
    RELATIVE,
    SHEN,
    SUN,
    TO_ZHANG,
    WANG,
    ZHANG,
    Given,
    World,
    bank_with,
    goes_to,
)
from workorder.rulebook import Rulebook
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    ApproveIntake,
    Close,
    Command,
    ConvenePanel,
    Dispatch,
    InformCustomer,
    OpenSubtask,
    Reclassify,
    RequestExtension,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor, Approval, PlainCase, Row

Wish = Command | Callable[[World], Command]
"""A command, or how it is made when the ticket stands."""


def made(wish: Wish, world: World) -> Command:
    """The command."""
    return wish if isinstance(wish, Command) else wish(world)


@frozen
class Broken:
    """A situation in which one rule of a row does not hold, and every other one that can does.

    Attributes:
        state: where the ticket is.
        actor: who asks.
        given: what is special about the ticket.
        wish: what is asked for, if not the case's own command.
        instead: the state in which another row of the action leaves the ticket, where that row
            is there for exactly the case that the rule does not hold.
        with_it: rules that cannot hold either: whoever asked for more time works on the ticket.
        plain: a host's own case, for a rule that our own tickets never get as far as.
    """

    state: str
    actor: Actor
    given: Given = PLAIN
    wish: Wish | None = None
    instead: str | None = None
    with_it: tuple[str, ...] = ()
    plain: PlainCase | None = None


@frozen
class Case:
    """How one row is carried out.

    Attributes:
        wish: what is asked for.
        kind: the event that follows.
        broken: for each rule, how it alone does not hold.
        given: what is special about the ticket.
        by: who acts in a role, if not the usual person.
        given_by: what is special about the ticket when this role acts.
        by_time: roles in which time acts by itself, after so many days.
    """

    wish: Wish
    kind: str
    broken: Mapping[str, Broken] = Factory(dict)
    given: Given = PLAIN
    by: Mapping[str, Actor] = Factory(dict)
    given_by: Mapping[str, Given] = Factory(dict)
    by_time: Mapping[str, int] = Factory(dict)


def does(*steps: tuple[Wish, Actor]) -> Callable[[World], None]:
    """That people do this, one after the other."""

    def happens(world: World) -> None:
        for wish, actor in steps:
            world.does(made(wish, world), actor)

    return happens


def later(**time: float) -> Callable[[World], None]:
    """That time goes by."""
    return lambda world: world.clock.passes(**time)


def named(person: str) -> Given:
    """The complaint is about *person*."""
    return Given({"subjects": (person,)})


def waiting(on: str, *steps: tuple[Wish, Actor]) -> Given:
    """People did this when the ticket first came into the state *on*."""
    return Given(on={on: does(*steps)})


def but_then(*steps: tuple[Wish, Actor]) -> Given:
    """People do this just before."""
    return Given(then=does(*steps))


def more_time(world: World) -> RequestExtension:
    """Fifteen days more."""
    due = world.ticket.windows.due or MONDAY
    return RequestExtension(due + timedelta(days=15), "the other bank has not answered")


def the_subtask(world: World) -> str:
    """The open sub-task."""
    return next((task.id for task in world.ticket.work.subtasks), "S1")


def with_ranks(*ranks: int, step: str = "approve") -> Callable[[], Rulebook]:
    """The bank's rulebook with a chain of approvals."""
    return lambda: bank_with(approvals=(Approval(step, ranks),))


def no_reopening_limit() -> Rulebook:
    """The bank's rulebook where closed tickets may be reopened at any time."""
    return bank_with(reopen_window=None)


def no_appeals() -> Rulebook:
    """The bank's rulebook where no decision is appealed."""
    return bank_with(appeal_window=None)


def archived_at_once() -> Rulebook:
    """The bank's rulebook where what is closed may be archived."""
    return bank_with(reopen_window=None, appeal_window=None)


def archived_by_hand() -> Rulebook:
    """The bank's rulebook where time archives nothing."""

    def by_hand(row: Row) -> Row:
        if row.action != "archive":
            return row
        return Row(row.action, row.sources, row.target, ("admin",), row.rules)

    return bank_with(by_hand)


def intake_approval() -> Rulebook:
    """The bank's rulebook where somebody else approves the intake of a complaint."""
    return bank_with(types_with_intake_approval=("complaint",))


def give_zhang_the_other(world: World) -> None:
    """Zhang gets the other ticket."""
    world.elsewhere(Accept(), LI)
    world.elsewhere(TO_ZHANG, WANG)


def look_at_an_appeal(world: World) -> None:
    """What everything is about is the appeal of a ticket that went its whole way."""
    goes_to(world, "resolved")
    appeal = world.does(Appeal("no"), CUSTOMER).ticket.links.appeal
    assert appeal is not None
    world.id = appeal


def archive_the_other(world: World) -> None:
    """The other ticket goes its whole way."""
    steps: tuple[tuple[Command, Actor], ...] = (
        (Accept(), LI),
        (Dispatch(to="zhang", department="cards"), WANG),
        (Start(), ZHANG),
        (Submit("refunded"), ZHANG),
        (Approve(), SUN),
        (InformCustomer("decision", "phone"), LI),
        (Close(), LI),
    )
    for command, actor in steps:
        world.elsewhere(command, actor)
    world.clock.passes(days=40)
    world.desk.run_due()


def another_customers(world: World) -> None:
    """The other ticket is another customer's."""
    world.other = world.open(customer="C-9")


OPENED_FOR_ANOTHER = Given(opener=RELATIVE)
NOT_THEIRS = Broken("registered", RELATIVE, OPENED_FOR_ANOTHER)
"""The relative who opened the ticket sees it; it is not theirs."""

CLERK = Actor("clerk", "intake", "hotline")
QIAN_IN_CHARGE = Actor("qian", "supervisor", "cards", 40)
ZHANG_IN_CHARGE = Actor("zhang", "supervisor", "cards", 40)
CHEN_ON_TOP = Actor("chen", "supervisor", "operations", 40)
NO_RANK = Actor("chen", "supervisor", "operations")
SUN_WITH_RANK = Actor("sun", "reviewer", "cards", 10)

ENQUIRY = Given({"type": "enquiry"})
ASKED_RISK = (OpenSubtask("risk", "is it fraud?"), ZHANG)
SUBTASK = waiting("in_progress", ASKED_RISK)
CONVENED = (ConvenePanel(("mei", "he", "zhang"), "who is liable?"), ZHANG)
PANEL = waiting("in_progress", CONVENED)
TOLD = waiting("resolved", (InformCustomer("decision", "phone"), LI))
EXTENSION = waiting("assigned", (more_time, ZHANG))
QIAN_HAD_IT = Given(
    dispatch=Dispatch(to="qian", department="cards"),
    on={"assigned": does((Transfer(to="zhang", reason="leave"), WANG), (more_time, ZHANG))},
)
UNAPPROVED_ON_HOLD = Given(
    rulebook=intake_approval,
    on={"registered": does((ApproveIntake(), SHEN))},
    then=does((Reclassify(reason="it is the card", fields={"category": "card"}), CHEN)),
)
TO_CARDS = Given(dispatch=Dispatch(department="cards"))


def told_and_left(world: World) -> None:
    """The customer is told of the decision; some days go by before the ticket is closed."""
    world.does(InformCustomer("decision", "phone"), LI)
    world.clock.passes(days=5)
