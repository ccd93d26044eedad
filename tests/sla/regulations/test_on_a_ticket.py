"""The clock of the Measures on tickets of the bank's rulebook, which adopts them.

Everything happens on and after Monday, 2 March 2026, 09:00 in Shanghai. Fifteen days: 17 March.
"""

from datetime import UTC, datetime, timedelta

from tests.rulebook.editions import INTAKE, ZHANG
from tests.rulebook.editions import Branch as AnyBranch
from workorder.clocks import Clock
from workorder.desk import ServiceDesk
from workorder.rulebook import Rulebook, bank
from workorder.ticket import Accept, Dispatch, Hold, InformCustomer, Reclassify, Start, Ticket
from workorder.workflow import Actor


class Branch(AnyBranch):
    """A branch that goes by the bank's rulebook, service levels and all."""

    def desk(self, rulebook: Rulebook | None = None, *earlier: Rulebook) -> ServiceDesk:
        """A desk of it."""
        return super().desk(rulebook or bank(), *earlier)


DECISION = "cn.nfra.decision"
DUE = datetime(2026, 3, 17, 16, tzinfo=UTC)  # the end of the 17th in Shanghai
WANG = Actor("wang", ("dispatcher",))


def decision(ticket: Ticket) -> Clock:
    """The clock of the decision."""
    return ticket.clocks[DECISION]


def test_complaint_is_due_after_fifteen_days() -> None:
    """An opened complaint has the clock, and its due instant is the ticket's."""
    clock = decision(Branch().opened())
    assert (clock.state, clock.due, clock.leads) == ("running", DUE, True)


def test_hold_for_the_customer_does_not_pause_it() -> None:
    """The bank's own clocks stand still while it waits for the customer; this one goes on."""
    ticket = Branch().on_hold("waiting_for_customer")
    assert decision(ticket).state == "running"
    assert decision(ticket).due == DUE
    assert ticket.clocks["resolution"].state == "paused"


def test_appraisal_pauses_it_when_the_customer_is_told() -> None:
    """A hold for an appraisal alone does nothing; telling the customer of it does."""
    branch = Branch()
    ticket = branch.on_hold("external_appraisal")
    assert decision(ticket).state == "running"
    ticket = branch.does(ticket, (InformCustomer("progress", "phone"), INTAKE))
    assert decision(ticket).state == "paused"


def test_telling_the_decision_meets_it() -> None:
    """A resolved complaint whose customer was told has met it."""
    verdict = decision(Branch().resolved()).verdict
    assert verdict is not None
    assert verdict.met


def test_reclassified_enquiry_gets_it() -> None:
    """An enquiry has no such clock; one that turns out to be a complaint has, and back and forth
    loses nothing.
    """
    branch = Branch()
    ticket = branch.does(branch.opened("enquiry"), (Accept(), INTAKE))
    assert DECISION not in ticket.clocks
    branch.now += timedelta(days=1)
    ticket = branch.does(ticket, (Reclassify("complaint", "he complains"), INTAKE))
    due = decision(ticket).due
    assert decision(ticket).state == "running"
    ticket = branch.does(ticket, (Reclassify("enquiry", "a mistake"), INTAKE))
    assert decision(ticket).state == "cancelled"
    ticket = branch.does(ticket, (Reclassify("complaint", "none"), INTAKE))
    assert (decision(ticket).state, decision(ticket).due) == ("running", due)
    ticket = branch.does(
        ticket,
        (Dispatch("zhang", "cards"), WANG),
        (Start(), ZHANG),
        (Hold("external_appraisal"), ZHANG),
    )
    assert decision(ticket).due == due
