"""Traps of clocks that are paused: what pauses them, what ends that, and what it takes out."""

from datetime import datetime, timedelta

import pytest

from tests.sla.clocks.told import REPLIED, Told, levels, metric, target
from tests.sla.traps import at, trap
from workorder.conditions import NEVER, where
from workorder.errors import InvalidInput
from workorder.sla.clocks import Facts, Moment
from workorder.sla.reasons import Why

HOUR = timedelta(hours=1)


@trap(1)
def test_every_state_that_pauses_pauses_in_every_cycle() -> None:
    """zammad/zammad #188: both waiting states stop the clock, before and after a re-opening."""
    ticket = Told(levels(metric(), within="16 working hours"))
    ticket.say("2026-03-02T09:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "hold", state="customer")
    ticket.say("2026-03-02T14:00+08:00", "resume", state="open")
    ticket.say("2026-03-02T15:00+08:00", "resolve", state="resolved")
    ticket.say("2026-03-03T09:00+08:00", "reopen", state="open")
    ticket.say("2026-03-03T10:00+08:00", "hold", state="vendor")
    ticket.say("2026-03-03T12:00+08:00", "hold", state="customer")
    ticket.say("2026-03-03T15:00+08:00", "resume", state="open")
    # two hours, one, and one: what counts is neither the waiting nor the time it was resolved
    assert ticket.read("2026-03-03T15:00+08:00").used == 4 * HOUR
    # three hours on Tuesday and nine on Wednesday
    assert ticket.due() == at("2026-03-04T18:00+08:00")


@trap(4)
def test_an_answer_that_comes_with_a_hold_is_an_answer() -> None:
    """zammad/zammad #3551: reply and hold in one save; stopping comes before pausing."""
    ticket = Told(levels(metric("first_response", stop=REPLIED), within="2 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "reply", "hold", state="customer")
    assert ticket.clock("first_response").state == "finished"
    verdict = ticket.clock("first_response").verdict
    assert verdict is not None
    assert (verdict.met, verdict.ended) == (True, at("2026-03-02T11:00+08:00"))


@trap(11)
def test_the_customer_resumes_by_whatever_channel() -> None:
    """zammad/zammad #1322: what a customer says counts, also when staff take it down as a note."""
    held = where("action").equals("hold")
    by_customer = metric(pause=held, resume=where("by").equals("customer"))
    ticket = Told(levels(by_customer))
    ticket.say("2026-03-02T10:00+08:00", "open", channel="email")
    ticket.say("2026-03-02T11:00+08:00", "hold")
    ticket.say("2026-03-02T12:00+08:00", "note")
    assert ticket.clock().state == "paused"
    ticket.say("2026-03-02T14:00+08:00", "note", by="customer", channel="phone")
    assert ticket.due() == at("2026-03-03T12:00+08:00")


@trap(12)
def test_resolving_ends_the_hold() -> None:
    """frappe/helpdesk PR 3776: held, then resolved; the hold ends there, not six weeks later."""
    ticket = Told(levels(metric()))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T12:00+08:00", "hold", state="customer")
    ticket.say("2026-03-02T13:00+08:00", "resolve", state="resolved")
    held = [row for row in ticket.account("2026-04-13T10:00+08:00").rows if _is_pause(row)]
    assert [row.end for row in held] == [at("2026-03-02T13:00+08:00")]
    assert ticket.read("2026-04-13T10:00+08:00").used == 2 * HOUR


@trap(12)
def test_naive_instants_are_refused_by_clocks() -> None:
    """A moment without a zone means something else on every machine."""
    with pytest.raises(InvalidInput, match="zone"):
        Moment(datetime(2026, 3, 2, 10), (Facts(),))


def _is_pause(row: object) -> bool:
    return getattr(row, "reason").why is Why.PAUSED  # noqa: B009 (rows of every kind)


@trap(13)
def test_only_the_working_part_of_a_hold_counts() -> None:
    """frappe/helpdesk PR 2449, frappe/erpnext PR 47884: a week-end on hold moves nothing."""
    ticket = Told(levels(metric()))
    ticket.say("2026-03-06T10:00+08:00", "open")
    assert ticket.due() == at("2026-03-06T18:00+08:00")
    ticket.say("2026-03-06T17:00+08:00", "hold", state="customer")
    ticket.say("2026-03-09T08:00+08:00", "resume", state="open")
    # one hour was waited on Friday, not the 63 until Monday
    assert ticket.due() == at("2026-03-09T10:00+08:00")


@trap(13)
def test_a_hold_outside_hours_moves_nothing() -> None:
    """A hold from the evening until the morning takes nothing out."""
    ticket = Told(levels(metric(), within="12 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T19:00+08:00", "hold", state="customer")
    ticket.say("2026-03-03T08:00+08:00", "resume", state="open")
    assert ticket.due() == at("2026-03-03T13:00+08:00")


@trap(13)
def test_a_hold_takes_out_as_many_days_as_end_in_it() -> None:
    """Days are counted by their ends: two of them from Monday to Wednesday, none over lunch."""
    ticket = Told(levels(metric(), within="3 working days"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    assert ticket.due() == at("2026-03-05T18:00+08:00")
    ticket.say("2026-03-03T12:00+08:00", "hold", state="customer")
    ticket.say("2026-03-03T13:30+08:00", "resume", state="open")
    assert ticket.due() == at("2026-03-05T18:00+08:00")
    ticket.say("2026-03-03T15:00+08:00", "hold", state="customer")
    ticket.say("2026-03-05T10:00+08:00", "resume", state="open")
    assert ticket.due() == at("2026-03-09T18:00+08:00")


URGENT = where("priority").equals(1)


@trap(19)
@pytest.mark.parametrize(
    ("change", "due"),
    [
        ("keep_elapsed", "2026-03-03T11:00+08:00"),
        ("retroactive", "2026-03-03T11:00+08:00"),
        ("restart", "2026-03-03T13:00+08:00"),
    ],
)
def test_pauses_outlive_a_change_of_policy(change: str, due: str) -> None:
    """glpi-project/glpi #6902, #15605: another target, the same pauses, in every way of changing
    but the one that begins again.
    """
    hours = [
        target("resolution", "4 working hours", URGENT),
        target("resolution", "16 working hours"),
    ]
    ticket = Told(levels(metric(on_change=change), targets=hours), priority=3)
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "hold", state="customer")
    ticket.say("2026-03-02T17:00+08:00", "resume", state="open")
    ticket.say("2026-03-03T09:00+08:00", "set", priority=1)
    assert ticket.due() == at(due)


@trap(20)
def test_nothing_is_breached_while_it_waits() -> None:
    """glpi-project/glpi #24481: what is on hold has no due instant that could pass."""
    ticket = Told(levels(metric(), marks=["75%"], within="4 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "hold", state="customer")
    assert ticket.pass_time("2026-03-05T10:00+08:00") == []
    reading = ticket.read("2026-03-05T10:00+08:00")
    assert (reading.due, reading.breached) == (None, False)
    assert reading.if_resumed == at("2026-03-05T13:00+08:00")


@trap(20)
@pytest.mark.parametrize(
    ("reopening", "due"),
    [
        ("resume", "2026-03-04T13:00+08:00"),
        ("restart", "2026-03-04T14:00+08:00"),
        ("keep", None),
    ],
)
def test_what_re_opening_does_is_said(reopening: str, due: str | None) -> None:
    """glpi-project/glpi #23359: the time for which a ticket was resolved is no waiting and no work;
    the clock goes on, begins again or keeps its verdict, as its metric says.
    """
    ticket = Told(levels(metric(on_reopen=reopening, pause=NEVER), within="4 working hours"))
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "resolve", state="resolved")
    ticket.say("2026-03-04T10:00+08:00", "reopen", state="open")
    assert ticket.due() == (None if due is None else at(due))
