"""Ways round recusal and four eyes: merging, panels, holds, archiving early."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused
from workorder.rulebook import Rulebook, bank
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    ApproveIntake,
    Cancel,
    CancelSubtask,
    Close,
    Command,
    Comment,
    ConcludePanel,
    ConvenePanel,
    Dispatch,
    Edit,
    FinishSubtask,
    GiveOpinion,
    Hold,
    InformCustomer,
    MergeInto,
    OpenSubtask,
    Reclassify,
    Resolve,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
    Urge,
)
from workorder.workflow import Actor, Row

LI = Actor("li", "intake")
HU = Actor("hu", "intake")
DENG = Actor("deng", "dispatcher")
QIU = Actor("qiu", "dispatcher")
BOSS = Actor("boss", "supervisor", "cards", 20)
ZHANG = Actor("zhang", "handler", "cards")
QIAN = Actor("qian", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
CUSTOMER = Actor("C-1", "customer")


class Bank:
    """A desk with the bank's rulebook and a clock of its own."""

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        self.at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
        self.desk = ServiceDesk(rulebook=rulebook or bank(), time=self.tick)

    def tick(self) -> datetime:
        """Five minutes later."""
        self.at += timedelta(minutes=5)
        return self.at

    def opened(self, kind: str = "complaint", subjects: tuple[str, ...] = ()) -> str:
        """A ticket that Li took down."""
        fields = {"title": "Card", "category": "atm"}
        ticket = self.desk.open(
            kind, customer="C-1", channel="phone", subjects=subjects, fields=fields, actor=LI
        )
        return ticket.id

    def does(self, ticket: str, *steps: tuple[Actor, Command]) -> str:
        """Carry out *steps*."""
        for actor, command in steps:
            self.desk.perform(ticket, command, actor=actor)
        return ticket

    def working(self, ticket: str, handler: Actor = ZHANG) -> str:
        """The ticket, once *handler* began."""
        given = Dispatch(to=handler.id, department="cards")
        return self.does(ticket, (LI, Accept()), (DENG, given), (handler, Start()))

    def resolved(self, ticket: str) -> str:
        """The ticket, once Zhang's work was approved."""
        return self.does(self.working(ticket), (ZHANG, Submit("done")), (SUN, Approve()))

    def appealed(self) -> tuple[str, str]:
        """A ticket that Zhang resolved, and its appeal."""
        first = self.resolved(self.opened())
        ticket = self.desk.perform(first, Appeal("unfair"), actor=CUSTOMER)
        assert ticket.links.appeal is not None
        return first, ticket.links.appeal

    def refuses(self, ticket: str, command: Command, actor: Actor) -> bool:
        """Whether *command* is refused by a rule."""
        try:
            self.desk.perform(ticket, command, actor=actor)
        except CommandRefused as refused:
            return refused.refusal.code == "rules"
        return False


def test_merging_keeps_who_is_complained_about() -> None:
    """Who is named in a merged complaint is not given the ticket in which work goes on."""
    own = Bank()
    first, second = own.opened(subjects=("chen",)), own.opened()
    own.does(second, (LI, Accept()))
    own.does(first, (LI, MergeInto(second)))
    assert own.refuses(second, Dispatch(to="chen", department="cards"), DENG)


def without(action: str, rule: str) -> Rulebook:
    """The bank's rulebook with one rule less."""

    def fewer(row: Row) -> Row:
        rules = tuple(use for use in row.rules if use.rule != rule)
        return evolve(row, rules=rules) if row.action == action else row

    known = bank()
    rows = tuple(fewer(row) for row in known.workflow.rows)
    return evolve(known, workflow=evolve(known.workflow, rows=rows))


def test_an_appeal_is_not_merged() -> None:
    """An appeal is answered by itself: it is not merged, into whatever ticket."""
    own = Bank()
    _, appeal = own.appealed()
    other = own.does(own.opened(), (LI, Accept()))
    assert own.refuses(appeal, MergeInto(other), HU)


def test_merging_an_appeal_keeps_whom_it_excludes() -> None:
    """Who worked on the case that is appealed does not get it by way of another ticket, where a
    bank lets appeals be merged.
    """
    own = Bank(without("merge_into", "not_an_appeal"))
    _, appeal = own.appealed()
    other = own.does(own.opened(), (LI, Accept()))
    own.does(appeal, (HU, MergeInto(other)))
    assert own.refuses(other, Dispatch(to="zhang", department="cards"), DENG)


def test_an_appeal_is_not_merged_into_what_it_appeals() -> None:
    """On a resolved ticket no work goes on: its appeal cannot vanish in it."""
    own = Bank()
    first, appeal = own.appealed()
    assert own.refuses(appeal, MergeInto(first), QIU)


def test_work_on_a_merged_ticket_is_work() -> None:
    """Who worked on a ticket that was merged does not review the one it was merged into."""
    own = Bank()
    first, second = own.working(own.opened()), own.working(own.opened(), QIAN)
    own.does(first, (LI, MergeInto(second)))
    own.does(second, (QIAN, Submit("done")))
    assert own.refuses(second, Approve(), Actor("zhang", "reviewer", "cards"))


def test_who_gave_an_opinion_does_not_review() -> None:
    """A member of the panel took part in the work."""
    own = Bank()
    ticket = own.does(own.working(own.opened()), (ZHANG, ConvenePanel(("mei",), "why?")))
    own.does(ticket, (Actor("mei", "expert", "cards"), GiveOpinion("so")))
    own.does(ticket, (ZHANG, ConcludePanel("so")), (ZHANG, Submit("done")))
    assert own.refuses(ticket, Approve(), Actor("mei", "reviewer", "cards"))


TEAMWORK: dict[str, tuple[Command, ...]] = {
    "asked a department": (OpenSubtask("risk", "fraud?"),),
    "convened the panel": (ConvenePanel(("mei",), "why?"), ConcludePanel("so")),
}


@pytest.mark.parametrize("commands", TEAMWORK.values(), ids=TEAMWORK)
def test_a_supervisor_who_led_the_work_does_not_review_it(commands: tuple[Command, ...]) -> None:
    """Asking others and drawing the conclusion is work, in whatever role it was done."""
    own = Bank()
    ticket = own.does(own.working(own.opened()), *((BOSS, each) for each in commands))
    if isinstance(commands[0], OpenSubtask):
        own.does(ticket, (Actor("he", "cohandler", "risk"), FinishSubtask("no")))
    own.does(ticket, (ZHANG, Submit("done")))
    for judging in (Approve(), ReturnForRework("and the fee?"), Cancel("enough")):
        assert own.refuses(ticket, judging, BOSS)
        assert own.refuses(ticket, judging, Actor("boss", ("reviewer", "supervisor"), "cards", 20))
    own.does(ticket, (SUN, Approve()))


def test_who_cancelled_a_subtask_does_not_review() -> None:
    """Nor does who did without an answer that the handler had asked for."""
    own = Bank()
    ticket = own.does(own.working(own.opened()), (ZHANG, OpenSubtask("risk", "fraud?")))
    asked = own.desk.unrestricted().get(ticket).work.subtasks[0].id
    own.does(ticket, (BOSS, CancelSubtask(asked, "it is plain")), (ZHANG, Submit("done")))
    assert own.refuses(ticket, Approve(), BOSS)


def test_who_supervised_without_working_reviews() -> None:
    """Passing a ticket on, urging it and writing a note is no work on its result."""
    own = Bank()
    ticket = own.does(own.opened(), (LI, Accept()))
    own.does(ticket, (BOSS, Dispatch(to="zhang", department="cards")), (ZHANG, Start()))
    own.does(ticket, (BOSS, Urge()), (BOSS, Comment("hurry")), (ZHANG, Submit("done")))
    own.does(ticket, (BOSS, Approve()))
    assert own.desk.unrestricted().get(ticket).state == "resolved"


def test_who_worked_on_it_does_not_cancel_it() -> None:
    """Work that went wrong is not made away with, by whoever did it and in whatever role."""
    own = Bank()
    ticket = own.working(own.opened())
    own.does(ticket, (ZHANG, Transfer("qian", reason="leave")))
    for person in ("zhang", "qian"):
        assert own.refuses(ticket, Cancel("enough"), Actor(person, ("intake", "supervisor")))
    own.does(ticket, (CUSTOMER, Cancel("found it")))


@pytest.mark.parametrize("back", [False, True], ids=["once", "and back"])
def test_reclassifying_keeps_review_and_notice(*, back: bool) -> None:
    """A complaint that becomes an enquiry is reviewed, and closed when the customer was told."""
    own = Bank()
    ticket = own.working(own.opened())
    own.does(ticket, (ZHANG, Reclassify("enquiry", "it is a question")))
    if back:
        own.does(ticket, (ZHANG, Reclassify("dispute", "it is not")))
        own.does(ticket, (ZHANG, Reclassify("enquiry", "it is")))
    assert own.refuses(ticket, Resolve("answered"), ZHANG)
    own.does(ticket, (ZHANG, Submit("answered")), (SUN, Approve()))
    assert own.refuses(ticket, Close(), LI)
    own.at += timedelta(days=40)
    own.desk.run_due()
    assert own.desk.unrestricted().get(ticket).state == "resolved"
    own.does(ticket, (LI, InformCustomer("decision", "letter")), (LI, Close()))


def test_what_always_was_an_enquiry_needs_no_review() -> None:
    """The rule is about what a ticket was, not about being reclassified."""
    own = Bank()
    ticket = own.working(own.opened("enquiry"))
    own.does(ticket, (ZHANG, Reclassify(reason="it is fees", fields={"category": "fees"})))
    own.does(ticket, (ZHANG, Resolve("answered")), (LI, Close()))
    assert own.desk.unrestricted().get(ticket).origin.types == ()


def test_who_is_complained_about_concludes_no_panel() -> None:
    """The conclusion of a panel is a judgement; who is named in the complaint stays out of it."""
    own = Bank()
    ticket = own.working(own.opened(subjects=("chen",)))
    own.does(ticket, (ZHANG, ConvenePanel(("mei",), "why?")))
    assert own.refuses(ticket, ConcludePanel("not guilty"), Actor("chen", "supervisor"))


def test_a_hold_is_no_way_round_the_intake_review() -> None:
    """What may not be dispatched without approval is not given away out of a hold either."""
    known = bank()
    settings = evolve(known.workflow.settings, types_with_intake_approval=("complaint",))
    own = Bank(evolve(known, workflow=evolve(known.workflow, settings=settings)))
    ticket = own.does(own.opened(), (LI, Accept()), (LI, Hold("waiting_for_third_party")))
    assert own.refuses(ticket, Transfer("zhang", department="cards", reason="go on"), DENG)


def test_who_entered_fields_by_reclassifying_does_not_approve_them() -> None:
    """Fields set with a new type are entered, like those of an edit."""
    own = Bank()
    both = Actor("bo", {"intake", "intake_reviewer"})
    fields = {"title": "Another matter", "category": "fees"}
    ticket = own.does(own.opened(), (LI, Accept()))
    own.does(ticket, (both, Reclassify("request", "it is", fields)))
    assert own.refuses(ticket, ApproveIntake(), both)


def test_what_was_required_for_acceptance_stays() -> None:
    """A field that acceptance asked for cannot be emptied afterwards."""
    own = Bank()
    ticket = own.does(own.opened(), (LI, Accept()))
    try:
        own.does(ticket, (LI, Edit(fields={"category": None})))
    except CommandRefused:
        return
    assert own.refuses(ticket, Dispatch(to="zhang", department="cards"), DENG)


def test_an_appeal_that_was_promised_is_possible() -> None:
    """Time does not archive a ticket while its decision may still be appealed."""
    own = Bank()
    ticket = own.does(own.resolved(own.opened("dispute")), (LI, Close()))
    own.at += timedelta(days=29)
    own.does(ticket, (LI, InformCustomer("decision", "letter")))
    own.at += timedelta(days=3)
    until = own.desk.unrestricted().get(ticket).windows.appeal_until
    assert until is not None
    assert own.at < until
    own.desk.run_due()
    assert own.desk.perform(ticket, Appeal("unfair"), actor=CUSTOMER).links.appeal


def test_nobody_is_told_before_the_ticket_exists() -> None:
    """That the customer was told is not recorded for a time before the ticket was opened."""
    own = Bank()
    ticket = own.opened()
    early = own.at - timedelta(days=365)
    try:
        own.does(ticket, (LI, InformCustomer("accepted", "phone", told_at=early)))
    except CommandRefused as refused:
        assert refused.refusal.code == "invalid_arguments"  # noqa: PT017 (both ways are asked)
        return
    raise AssertionError
