"""Clocks of packs on a complaint: what moves them, and what never does."""

from typing import Any

import pytest

from tests.sla.regulations.complaints import Complaint, instant, under
from workorder.conditions import ALWAYS, where
from workorder.durations import parse
from workorder.sla.clocks import AdoptedPack, Target
from workorder.sla.clocks.metric import Metric

NFRA = AdoptedPack("cn_nfra_2020")
DECISION = "cn.nfra.decision"
RECEIVED = "2026-09-25T16:00+08:00"
DUE = "2026-10-11T00:00+08:00"  # 25 September and fifteen days: 10 October, 24:00


def complaint(**stands: object) -> Complaint:
    """One that was received on 25 September 2026."""
    return Complaint(under(NFRA), **stands).at(RECEIVED, action="open")


def test_clock_starts_with_receipt() -> None:
    """Opened, a complaint is due fifteen days later."""
    assert complaint().due(DECISION) == instant(DUE)


def test_receipt_is_the_anchor() -> None:
    """A complaint that was entered days after its receipt counts from its receipt."""
    late = Complaint(under(NFRA), fields__received_at=instant(RECEIVED))
    assert late.at("2026-09-28T09:00+08:00", action="open").due(DECISION) == instant(DUE)


def test_other_tickets_have_no_such_clock() -> None:
    """An enquiry has no clock of the Measures."""
    assert complaint(type="enquiry").clocks == {}


@pytest.mark.parametrize("pauses", ["internal", "nothing", "where_allowed"])
def test_waiting_for_the_customer_pauses_nothing(pauses: str) -> None:
    """A hold that the customer was not told of, or that stops the desk's own clocks, stops none."""
    told = pauses != "where_allowed"
    case = complaint().at(
        "2026-09-28T09:00+08:00",
        action="hold",
        state="pending",
        hold_reason="customer_info",
        pauses=pauses,
        hold_told=told,
    )
    assert case.clocks[DECISION].state == "running"
    assert case.due(DECISION) == instant(DUE)


def test_appraisal_pauses_once_the_customer_was_told() -> None:
    """An appraisal from outside takes out the days that end in it, from when it was told of."""
    case = complaint().at(
        "2026-09-28T09:00+08:00", action="hold", pauses="where_allowed", hold_told=False
    )
    case.at("2026-09-29T09:00+08:00", action="inform_customer", event__subject="progress", **TOLD)
    assert case.clocks[DECISION].state == "paused"
    case.at("2026-10-09T09:00+08:00", action="resume", pauses=None, hold_told=None)
    # 26, 27, 28 September (3); 29 September to 8 October are out; 9 October (4), 20 (15).
    assert case.due(DECISION) == instant("2026-10-21T00:00+08:00")


TOLD: dict[str, Any] = {"pauses": "where_allowed", "hold_told": True}


def test_priority_changes_nothing() -> None:
    """No priority lengthens or shortens it, from the beginning or on the way."""
    for priority in (1, 4):
        case = complaint(priority=priority, fields__priority=priority)
        assert case.due(DECISION) == instant(DUE)
        case.at("2026-09-28T09:00+08:00", action="edit", event="ticket.edited", priority=2)
        assert case.due(DECISION) == instant(DUE)


def test_transfer_changes_nothing() -> None:
    """A hand-over to another department restarts nothing."""
    case = complaint(department="cards").at(
        "2026-09-30T09:00+08:00", action="transfer", department="loans"
    )
    assert case.due(DECISION) == instant(DUE)
    assert len(case.clocks[DECISION].segments) == 1


def test_decision_must_be_told() -> None:
    """A state that is resolved does not meet it; telling the decision does, until the last instant
    of the last day.
    """
    case = complaint().at("2026-10-09T09:00+08:00", action="resolve", state="resolved")
    assert case.clocks[DECISION].state == "running"
    case.told(DUE, "decision")
    verdict = case.clocks[DECISION].verdict
    assert verdict is not None
    assert verdict.met


def test_told_too_late_is_a_breach() -> None:
    """A microsecond after the last day it is missed."""
    late = instant(DUE).replace(microsecond=1).isoformat()
    verdict = complaint().told(late, "decision").clocks[DECISION].verdict
    assert verdict is not None
    assert not verdict.met


def test_reopening_keeps_the_verdict() -> None:
    """A complaint that is opened again keeps how it was answered."""
    case = complaint().told("2026-10-08T09:00+08:00", "decision")
    before = case.clocks[DECISION]
    case.at("2026-11-20T09:00+08:00", action="reopen", state="in_progress")
    assert case.clocks[DECISION] == before


def test_withdrawal_ends_it_without_verdict() -> None:
    """A withdrawn complaint has neither met nor missed."""
    case = complaint().at("2026-09-29T09:00+08:00", action="cancel", state="cancelled")
    assert case.clocks[DECISION].state == "cancelled"
    assert case.clocks[DECISION].verdict is None


def test_merging_and_back() -> None:
    """A complaint that is merged and un-merged is due when it was before."""
    case = complaint().at("2026-09-29T09:00+08:00", action="merge_into", state="merged")
    assert case.clocks[DECISION].state == "cancelled"
    case.at("2026-10-05T09:00+08:00", action="unmerge", state="in_progress")
    assert case.clocks[DECISION].state == "running"
    assert case.due(DECISION) == instant(DUE)


def test_extensions_stop_where_the_rule_stops() -> None:
    """To thirty days, then to sixty, both from receipt; no further, whatever is asked for."""
    case = complaint()
    asked = "2027-06-01T00:00+08:00"
    case.at("2026-10-08T09:00+08:00", extension=asked, action="inform_customer", **EXTENDED)
    assert case.due(DECISION) == instant("2026-10-26T00:00+08:00")  # 25 October, 24:00
    case.at("2026-10-23T09:00+08:00", extension=asked, action="inform_customer", **EXTENDED)
    assert case.due(DECISION) == instant("2026-11-25T00:00+08:00")  # 24 November, 24:00
    case.at("2026-11-20T09:00+08:00", extension=asked, action="inform_customer", **EXTENDED)
    assert case.due(DECISION) == instant("2026-11-25T00:00+08:00")


EXTENDED: dict[str, Any] = {"event__subject": "extension"}


def test_internal_promise_ends_no_later() -> None:
    """The bank's own longer promise is due no later than the law's."""
    own = Metric(name="resolution", start=ALWAYS, stop=where("state").equals("closed"))
    levels = under(NFRA, metrics=(own,), targets=(Target("resolution", parse("90 calendar days")),))
    case = Complaint(levels).at(RECEIVED, action="open")
    assert case.due("resolution") == instant(DUE)


# --- tickets that become something else -----------------------------------------------------

RECLASSIFIED: dict[str, Any] = {"action": "reclassify", "event": "ticket.reclassified"}
EDITED: dict[str, Any] = {"action": "edit", "event": "ticket.edited"}


def test_enquiry_that_becomes_a_complaint_gets_the_clock() -> None:
    """It counts from receipt, not from when it was reclassified."""
    case = complaint(type="enquiry", fields__received_at=instant(RECEIVED))
    case.at("2026-09-29T09:00+08:00", type="complaint", **RECLASSIFIED)
    assert case.due(DECISION) == instant(DUE)


def test_complaint_that_is_reclassified_and_back_goes_on() -> None:
    """The time during which it was called something else counts."""
    case = complaint().at("2026-09-28T09:00+08:00", type="enquiry", **RECLASSIFIED)
    assert case.clocks[DECISION].state == "cancelled"
    case.at("2026-09-29T09:00+08:00", type="request", **RECLASSIFIED)
    assert case.clocks[DECISION].state == "cancelled"
    case.at("2026-09-30T09:00+08:00", type="complaint", **RECLASSIFIED)
    assert case.clocks[DECISION].state == "running"
    assert case.due(DECISION) == instant(DUE)


def test_correction_of_an_answered_complaint_starts_nothing() -> None:
    """A ticket whose customer was told the decision before gets no clock by a correction."""
    case = complaint(type="enquiry").told("2026-09-28T09:00+08:00", "decision")
    case.at("2026-09-29T09:00+08:00", type="complaint", **RECLASSIFIED)
    assert case.clocks == {}


def test_withdrawn_complaint_is_not_taken_up_by_a_correction() -> None:
    """A correction of a cancelled ticket leaves its clock cancelled."""
    case = complaint().at("2026-09-28T09:00+08:00", action="cancel", state="cancelled")
    case.at("2026-09-29T09:00+08:00", **EDITED)
    assert case.clocks[DECISION].state == "cancelled"


def test_both_clocks_run_until_the_ticket_says_which() -> None:
    """In the UK a complaint has both periods until it says whether it is about payment services;
    a correction that is corrected loses neither.
    """
    levels = under(AdoptedPack("uk_disp"), calendar="GB-ENG")
    case = Complaint(levels).at("2026-09-15T10:00+01:00", action="open")
    eight_weeks, fifteen = "uk.disp.final", "uk.disp.psd.final"
    assert {case.clocks[each].state for each in (eight_weeks, fifteen)} == {"running"}
    first = case.due(fifteen)
    case.at("2026-09-16T10:00+01:00", fields__payment_services=False, **EDITED)
    assert case.clocks[fifteen].state == "cancelled"
    assert case.due(eight_weeks) == instant("2026-11-11T00:00+00:00")
    case.at("2026-09-17T10:00+01:00", fields__payment_services=True, **EDITED)
    assert case.clocks[eight_weeks].state == "cancelled"
    assert case.due(fifteen) == first


# --- single packs ---------------------------------------------------------------------------


def test_order_of_the_hotline_is_due_when_it_says() -> None:
    """An order with its own limit is due then; without one, after five working days."""
    levels = under(AdoptedPack("cn_12345", unverified=True))
    name = "cn.12345.weifang.reply"
    plain = Complaint(levels, channel="hotline_12345").at("2026-09-24T15:00+08:00", action="open")
    assert plain.due(name) == instant("2026-10-09T18:00+08:00")
    limit = instant("2026-09-30T12:00+08:00")
    plain.at("2026-09-25T09:00+08:00", fields__order_due=limit, **EDITED)
    assert plain.due(name) == limit


def test_delay_letter_meets_the_twenty_days_of_singapore() -> None:
    """Telling the customer that it is overdue, and why, is the other answer that the rule takes."""
    levels = under(AdoptedPack("sg_fachr"), calendar="SG")
    case = Complaint(levels).at("2026-12-11T10:00+08:00", action="open")
    case.told("2027-01-12T16:00+08:00", "overdue")
    verdict = case.clocks["sg.fachr.final"].verdict
    assert verdict is not None
    assert verdict.met
    assert case.clocks["sg.fachr.ack"].state == "running"  # which asks for something else


def test_irish_updates_repeat_until_the_outcome() -> None:
    """Each written update begins the next twenty business days; the outcome ends it."""
    levels = under(AdoptedPack("ie_cpc", clocks=("ie.cpc.update",), unverified=True), calendar="IE")
    case = Complaint(levels).at("2026-03-02T10:00+00:00", action="open")
    name = "ie.cpc.update"
    assert case.due(name) == instant("2026-03-31T17:00+01:00")
    case.told("2026-03-16T10:00+00:00", "progress")
    # 16 March | 18 to 20 (3), 23 to 27 (8), 30 to 3 April (13), 7 to 10 (17), 13, 14, 15 (20).
    assert case.due(name) == instant("2026-04-15T17:00+01:00")
    case.told("2026-04-10T10:00+01:00", "decision")
    assert case.clocks[name].state == "finished"
    assert [each.met for each in case.clocks[name].verdicts] == [True, True]
    case.told("2026-04-20T10:00+01:00", "progress")
    assert case.clocks[name].state == "finished"
