"""What becomes of the law's clock when a complaint is merged, corrected, or comes under a new
rulebook.
"""

from datetime import UTC, datetime, timedelta

import pytest

from tests.by_limits import by_limits
from workorder.clocks import Clock
from workorder.desk import ServiceDesk
from workorder.rulebook import Plan, bank
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    Dispatch,
    Edit,
    Hold,
    InformCustomer,
    MergeInto,
    Reclassify,
    RejectIntake,
    Start,
    Ticket,
    Unmerge,
)
from workorder.workflow import Actor

LAW, OWN = "cn.nfra.decision", "resolution"
INTAKE = Actor("wang", "intake")
CHIEF = Actor("zhao", "supervisor", rank=30)
LI = Actor("li", "handler", department="cards")
DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
LIMIT = datetime(2026, 3, 17, 16, tzinfo=UTC)  # the end of the 17th in Shanghai


class Branch:
    """A desk of the bank, with a clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.store = MemoryStore()
        self.desk = ServiceDesk(self.store, rulebook=bank(), time=lambda: self.now)

    def opens(self, type_: str = "complaint") -> Ticket:
        """A ticket of one customer."""
        fields = {"title": "card", "category": "atm"}
        return self.desk.open(type_, actor=INTAKE, customer="C-1", channel="phone", fields=fields)

    def merges(self, one: Ticket, into: Ticket) -> tuple[Ticket, Ticket]:
        """Both, after the one was merged into the other."""
        merged = self.desk.perform(one.id, MergeInto(into.id, reason="the same"), actor=CHIEF)
        return merged, self.desk.get(into.id, actor=CHIEF)


@pytest.fixture
def branch() -> Branch:
    """A day at the bank."""
    return Branch()


def law(ticket: Ticket) -> Clock:
    """The clock of the decision."""
    return ticket.clocks[LAW]


def test_a_complaint_merged_into_an_enquiry_is_answered_in_time(branch: Branch) -> None:
    """The enquiry has no such clock: it takes over that of the complaint, from its receipt on."""
    complaint = branch.opens()
    branch.now += 10 * DAY
    enquiry = branch.opens("enquiry")
    assert LAW not in enquiry.clocks
    _, enquiry = branch.merges(complaint, enquiry)
    assert (law(enquiry).state, law(enquiry).due, law(enquiry).leads) == ("running", LIMIT, True)
    assert enquiry.windows.due == LIMIT
    assert law(enquiry).started == MONDAY


def test_what_was_taken_over_survives_reclassifying(branch: Branch) -> None:
    """There and back again, the law's limit stays that of the first complaint."""
    complaint = branch.opens()
    branch.now += 10 * DAY
    enquiry = branch.opens("enquiry")
    branch.merges(complaint, enquiry)
    branch.desk.perform(enquiry.id, Accept(), actor=INTAKE)
    for type_ in ("complaint", "enquiry"):
        ticket = branch.desk.perform(enquiry.id, Reclassify(type_, reason="x"), actor=INTAKE)
        assert (law(ticket).state, law(ticket).due) == ("running", LIMIT)


def test_telling_the_customer_meets_what_was_taken_over(branch: Branch) -> None:
    """The customer is told that nothing comes of it on the ticket where work went on."""
    _, enquiry = branch.merges(branch.opens(), branch.opens("enquiry"))
    branch.desk.perform(enquiry.id, RejectIntake("not ours"), actor=CHIEF)
    told = branch.desk.perform(enquiry.id, InformCustomer("not_accepted", "phone"), actor=CHIEF)
    verdict = law(told).verdict
    assert verdict is not None
    assert verdict.met


def test_undone_it_is_given_back(branch: Branch) -> None:
    """The complaint has its clock again, the enquiry none; its own target is its own again."""
    complaint = branch.opens()
    branch.now += 10 * DAY
    enquiry = branch.opens("enquiry")
    own = enquiry.clocks[OWN].due
    branch.merges(complaint, enquiry)
    complaint = branch.desk.perform(complaint.id, Unmerge(reason="not the same"), actor=CHIEF)
    enquiry = branch.desk.get(enquiry.id, actor=CHIEF)
    assert (law(complaint).state, law(complaint).due) == ("running", LIMIT)
    assert law(enquiry).state == "cancelled"
    assert enquiry.clocks[OWN].due == own


def test_a_clock_that_is_paused_when_it_is_merged_goes_on_where_work_does(branch: Branch) -> None:
    """The appraisal held up one ticket; the other does not wait for it."""
    complaint = branch.opens()
    for command, actor in (
        (Accept(), INTAKE),
        (Dispatch("li", "cards"), CHIEF),
        (Start(), LI),
        (Hold("external_appraisal"), LI),
        (InformCustomer("progress", "phone"), CHIEF),
    ):
        complaint = branch.desk.perform(complaint.id, command, actor=actor)
    assert law(complaint).state == "paused"
    branch.now += 5 * DAY
    enquiry = branch.opens("enquiry")
    _, enquiry = branch.merges(complaint, enquiry)
    # The day of receipt does not count; the 3rd to the 6th are left out: fifteen from the 7th on.
    assert (law(enquiry).state, law(enquiry).due) == ("running", LIMIT + 4 * DAY)


def test_an_earlier_receipt_moves_the_limit_back(branch: Branch) -> None:
    """Found out later that it came on Friday, it is due three days earlier, and that is said."""
    complaint = branch.opens()
    friday = MONDAY - 3 * DAY
    after = branch.desk.perform(complaint.id, Edit(fields={"received_at": friday}), actor=INTAKE)
    assert (law(after).started, law(after).due) == (friday, LIMIT - 3 * DAY)
    entry = branch.desk.history(complaint.id, actor=CHIEF)[-1]
    assert entry.event.kind == "ticket.due_revised"


def test_a_later_receipt_moves_nothing(branch: Branch) -> None:
    """What was promised is not put off by a correction."""
    complaint = branch.opens()
    branch.now += 2 * DAY
    later = MONDAY + DAY
    after = branch.desk.perform(complaint.id, Edit(fields={"received_at": later}), actor=INTAKE)
    assert law(after).due == LIMIT


def test_a_complaint_that_comes_under_a_rulebook_with_the_law_has_its_clock() -> None:
    """Moved from a rulebook without service levels, it counts from its opening."""
    branch = Branch()
    branch.desk = ServiceDesk(branch.store, rulebook=by_limits(), time=lambda: branch.now)
    complaint = branch.opens()
    assert not complaint.clocks
    branch.now += DAY
    desk = ServiceDesk(
        branch.store, rulebook=bank(), earlier=[by_limits()], time=lambda: branch.now
    )
    moved = desk.unrestricted().change_rulebook(complaint.id, Plan(), actor=CHIEF)
    assert (law(moved).state, law(moved).due, law(moved).leads) == ("running", LIMIT, True)
    assert OWN not in moved.clocks
