"""Ways of lengthening a clock of the law that were found open once."""

import pytest

from tests.rulebook.editions import INTAKE, ZHANG, Branch
from tests.sla.regulations.complaints import Complaint, instant, under
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.durations import parse
from workorder.errors import ConfigurationError
from workorder.rulebook import Rulebook, bank
from workorder.sla import ready
from workorder.sla.clocks import AdoptedPack, Policy, ServiceLevels, Target
from workorder.ticket import Accept, Dispatch, Hold, InformCustomer, Reclassify, Resume, Start
from workorder.workflow import Actor

DECISION = "cn.nfra.decision"
LAW = AdoptedPack("cn_nfra_2020")


class _Branch(Branch):
    def desk(self, rulebook: Rulebook | None = None, *earlier: Rulebook) -> ServiceDesk:
        return super().desk(rulebook or bank(), *earlier)


@pytest.mark.parametrize("order", [1, 50])
def test_no_policy_of_the_bank_promises_a_clock_of_a_pack(order: int) -> None:
    """Neither before the pack nor after it, for whatever priority."""
    unhurried = where("fields.priority").equals(4)
    own = Policy("own", (Target(DECISION, parse("60 calendar days"), unhurried),), order=order)
    with pytest.raises(ConfigurationError) as refused:
        ServiceLevels(metrics=(), policies=(own,), calendar=ready("CN"), packs=(LAW,))
    assert [each.key for each in refused.value.findings] == ["policies.own.targets[0].metric"]


def test_no_department_counts_a_clock_of_a_pack() -> None:
    """A hand-over would change who counts the working days that the law gives."""
    with pytest.raises(ConfigurationError) as refused:
        under(AdoptedPack("sg_fachr", calendar="@department"), calendar="SG")
    assert [each.key for each in refused.value.findings] == ["packs.sg_fachr.calendar"]


def test_appraisal_counts_as_a_pause_from_when_it_was_told_of_also_afterwards() -> None:
    """A complaint that was entered as an enquiry is due when one is that was always a complaint."""
    dues = []
    for type_ in ("complaint", "enquiry"):
        branch = _Branch()
        ticket = branch.does(
            branch.opened(type_),
            (Accept(), INTAKE),
            (Dispatch("zhang", "cards"), Actor("wang", ("dispatcher",))),
            (Start(), ZHANG),
            (Hold("external_appraisal"), ZHANG),
        )
        branch.passes(days=10)
        ticket = branch.does(ticket, (InformCustomer("progress", "phone"), INTAKE))
        branch.passes(days=2)
        ticket = branch.does(ticket, (Resume(), ZHANG))
        if type_ == "enquiry":
            ticket = branch.does(ticket, (Reclassify("complaint", "he complains"), INTAKE))
        dues.append(ticket.clocks[DECISION].due)
    assert dues[0] == instant("2026-03-20T00:00+08:00")  # 17 March and the two days it was told of
    assert dues[1] == dues[0]


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        ("2026-04-20T00:00-04:00", "2026-04-20T00:00-04:00"),
        ("2027-03-02T00:00-05:00", "2026-06-01T00:00-04:00"),
    ],
)
def test_billing_error_is_due_by_day_ninety_whatever_its_field_says(ends: str, due: str) -> None:
    """The instant of the ticket counts, but in no event later than 90 days."""
    levels = under(AdoptedPack("us_reg_z"), calendar="US-FED")
    case = Complaint(levels, type="dispute", fields__billing_error_due=instant(ends))
    case.at("2026-03-02T09:00-05:00", action="open", by="customer")
    assert case.due("us.regz.resolve") == instant(due)


def test_results_that_were_told_are_not_asked_for_again() -> None:
    """A consumer who was told the results before the ticket was resolved has them."""
    case = Complaint(under(AdoptedPack("us_reg_e"), calendar="US-FED"), type="dispute")
    case.at("2026-03-02T09:00-05:00", action="open", by="customer")
    case.told("2026-03-03T09:00-05:00", "decision")
    case.at("2026-03-03T10:00-05:00", action="approve", state="resolved", resolved=True)
    assert "us.rege.report" not in case.clocks


def test_irish_updates_are_owed_on_what_becomes_a_complaint_later() -> None:
    """All clocks that begin with receipt begin with a correction, also those that begin again."""
    levels = under(AdoptedPack("ie_cpc", unverified=True), calendar="IE")
    case = Complaint(levels, type="enquiry", times__opened=instant("2026-03-02T09:00+00:00"))
    case.at("2026-03-02T09:00+00:00", action="open", by="customer")
    case.at("2026-03-05T09:00+00:00", action="reclassify", by="agent", type="complaint")
    assert {*case.clocks} == {"ie.cpc.ack", "ie.cpc.update", "ie.cpc.final"}
    assert case.due("ie.cpc.update") == instant("2026-03-31T17:00+01:00")
