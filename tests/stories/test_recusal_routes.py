"""Ways round recusal and four eyes: merging, panels, holds, archiving early."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused
from workorder.rulebook import Rulebook, bank
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    ApproveIntake,
    Close,
    Command,
    ConcludePanel,
    ConvenePanel,
    Dispatch,
    Edit,
    GiveOpinion,
    Hold,
    InformCustomer,
    MergeInto,
    Reclassify,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor

LI = Actor("li", "intake")
HU = Actor("hu", "intake")
DENG = Actor("deng", "dispatcher")
QIU = Actor("qiu", "dispatcher")
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


def test_merging_an_appeal_keeps_whom_it_excludes() -> None:
    """Who worked on the case that is appealed does not get it by way of another ticket."""
    own = Bank()
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
