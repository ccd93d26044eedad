"""Every clock of these packs that a ticket measures: from when it counts, and what ends it."""

from datetime import timedelta

import pytest

from tests.sla.regulations.test_western_clocks import START, after, levels, told
from workorder.clocks import Clock
from workorder.sla.clocks import Moment
from workorder.sla.regulations import pack

TYPE = {"us_reg_e": "dispute", "us_reg_z": "dispute"}
CLOCKS: dict[tuple[str, str], dict[str, object]] = {
    ("us_reg_e", "us.rege.determine"): {},
    ("us_reg_e", "us.rege.investigate45"): {},
    ("us_reg_e", "us.rege.new_account20"): {"fields.new_account": True},
    ("us_reg_e", "us.rege.remittance90"): {"fields.remittance_transfer": True},
    ("us_reg_z", "us.regz.ack"): {},
    ("us_reg_z", "us.regz.resolve"): {},
    ("us_cfpb", "us.cfpb.respond"): {"channel": "cfpb"},
    ("au_rg271", "au.rg271.ack"): {},
    ("au_rg271", "au.rg271.final"): {},
    ("au_rg271", "au.rg271.credit21"): {"fields.idr_kind": "credit_hardship"},
    ("au_rg271", "au.rg271.super45"): {"fields.idr_kind": "superannuation"},
    ("in_rbi", "in.rbi.final"): {},
    ("in_rbi", "in.rbi.unauth90"): {"fields.unauthorised_transaction": True},
    ("ca_bank_act", "ca.bankact.deal"): {},
    ("br_ouvidoria", "br.cmn4860.ouvidoria"): {},
    ("br_ouvidoria", "br.bcb.rdr"): {"channel": "rdr"},
}
each_clock = pytest.mark.parametrize(("name", "clock"), CLOCKS)


def facts(name: str, clock: str) -> dict[str, object]:
    """How a ticket stands that this clock is for."""
    return {"type": TYPE.get(name, "complaint"), **CLOCKS[name, clock]}


def run(name: str, clock: str, *moments: Moment) -> Clock:
    """The clock on a ticket that was opened, and then had *moments*."""
    opened = Moment.of(START, action="open", **facts(name, clock))
    return after(levels(name, unverified=True), opened, *moments)[clock]


LATER = START + timedelta(hours=30)


def test_every_clock_is_here() -> None:
    """Only the report of Regulation E is not: it starts with the end of the investigation."""
    measured = {(name, each.name) for name, _ in CLOCKS for each in pack(name).measurable}
    assert measured - set(CLOCKS) == {("us_reg_e", "us.rege.report")}


@each_clock
@pytest.mark.parametrize("action", ["open", "edit", "reclassify"])
def test_it_counts_from_receipt(name: str, clock: str, action: str) -> None:
    """Whether a ticket is opened so or becomes so, the instant of receipt is the beginning."""
    received = START - timedelta(days=2)
    said = {**facts(name, clock), "fields.received_at": received}
    begun = after(levels(name, unverified=True), Moment.of(START, action=action, **said))
    assert begun[clock].segments[0].start == received


@each_clock
@pytest.mark.parametrize("subject", ["decision", "not_accepted"])
def test_it_is_met_by_an_answer(name: str, clock: str, subject: str) -> None:
    """That the customer was told the decision, or that there is none, meets it."""
    done = run(name, clock, told(LATER, subject, **facts(name, clock)))
    assert done.state == "finished"
    assert done.verdicts[-1].met


@each_clock
def test_a_determination_meets_only_what_asks_for_one(name: str, clock: str) -> None:
    """Regulation E asks for a determination; everybody else for an answer that is given."""
    decided = Moment.of(LATER, action="resolve", resolved=True, **facts(name, clock))
    finished = run(name, clock, decided).state == "finished"
    assert finished == (name == "us_reg_e")


@each_clock
@pytest.mark.parametrize("state", ["cancelled", "merged"])
def test_a_ticket_that_ends_without_an_answer_cancels_it(name: str, clock: str, state: str) -> None:
    """No verdict is given on a ticket that was cancelled or merged."""
    ended = run(name, clock, Moment.of(LATER, action="end", state=state, **facts(name, clock)))
    assert ended.state == "cancelled"
    assert ended.verdicts == ()


@each_clock
def test_a_merge_that_is_taken_back_leaves_no_trace(name: str, clock: str) -> None:
    """The clock goes on as if it had never been cancelled."""
    said = facts(name, clock)
    merged = Moment.of(LATER, action="merge_into", state="merged", **said)
    back = Moment.of(LATER + timedelta(days=1), action="unmerge", **said)
    restored = run(name, clock, merged, back)
    assert restored.active
    assert restored.due == run(name, clock).due


def test_so_it_is_with_the_report() -> None:
    """The time to tell the results is cancelled by a merge, and goes on after it."""
    own, said = levels("us_reg_e"), {"type": "dispute", "resolved": True}
    opened = Moment.of(START, action="open", type="dispute")
    resolved = Moment.of(LATER, action="resolve", **said)
    merged = Moment.of(LATER + timedelta(hours=1), action="merge_into", state="merged", **said)
    back = Moment.of(LATER + timedelta(hours=2), action="unmerge", **said)
    before = after(own, opened, resolved)["us.rege.report"]
    assert before.active
    assert after(own, opened, resolved, merged)["us.rege.report"].state == "cancelled"
    restored = after(own, opened, resolved, merged, back)["us.rege.report"]
    assert restored.active
    assert restored.due == before.due
