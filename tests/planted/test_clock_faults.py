"""Faults planted in clocks on purpose: the test of every trap must fail against its fault.

The tests are those of :mod:`tests.sla.clocks`, called while one function of the library is
replaced by one that goes wrong as others went wrong before.
"""

from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.planted import faulty_clocks as faulty
from tests.sla.clocks import test_clock_laws as laws
from tests.sla.clocks import test_clock_traps_ending as ending
from tests.sla.clocks import test_clock_traps_marks as marks
from tests.sla.clocks import test_clock_traps_pausing as pausing
from tests.sla.clocks import test_clock_traps_starting as starting
from tests.sla.clocks.strategies import Story, stories
from tests.sla.clocks.told import Told, levels, metric
from tests.sla.traps import at, named_traps

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
Check = Callable[..., None]

# Which test, with which arguments, and the fault that it must find.
FAULTS: list[tuple[Check, tuple[object, ...], Plant]] = [
    (starting.test_nothing_runs_after_the_agent_has_answered, (), faulty.runs_after_the_answer),
    (starting.test_the_oldest_unanswered_message_counts, (), faulty.starts_over),
    (starting.test_clocks_do_not_overrule_each_other, (), faulty.shortest_rules_all),
    (starting.test_a_clock_of_a_stage_starts_with_the_stage, (), faulty.starts_with_the_ticket),
    (starting.test_a_clock_can_start_with_the_assignment, (), faulty.starts_with_the_ticket),
    (
        starting.test_a_clock_that_starts_outside_hours_has_all_of_its_time,
        (),
        faulty.delay_of_nothing,
    ),
    (starting.test_a_clock_may_start_with_the_re_opening, (), faulty.starts_by_opening_only),
    (
        starting.test_a_ticket_that_is_opened_resolved_has_no_clock_that_runs,
        (),
        faulty.runs_though_resolved,
    ),
    (starting.test_a_ticket_that_is_opened_on_hold_waits, (), faulty.runs_though_on_hold),
    (pausing.test_every_state_that_pauses_pauses_in_every_cycle, (), faulty.knows_one_state),
    (
        pausing.test_every_state_that_pauses_pauses_in_every_cycle,
        (),
        faulty.counts_what_was_resolved,
    ),
    (pausing.test_an_answer_that_comes_with_a_hold_is_an_answer, (), faulty.pauses_first),
    (pausing.test_the_customer_resumes_by_whatever_channel, (), faulty.resumes_by_channel),
    (pausing.test_resolving_ends_the_hold, (), faulty.hold_goes_on),
    (pausing.test_naive_instants_are_refused_by_clocks, (), faulty.takes_naive),
    (pausing.test_only_the_working_part_of_a_hold_counts, (), faulty.holds_by_the_wall),
    (pausing.test_a_hold_outside_hours_moves_nothing, (), faulty.holds_by_the_wall),
    (pausing.test_a_hold_takes_out_as_many_days_as_end_in_it, (), faulty.holds_by_the_wall),
    (
        pausing.test_pauses_outlive_a_change_of_policy,
        ("keep_elapsed", "2026-03-03T11:00+08:00"),
        faulty.forgets_pauses,
    ),
    (
        pausing.test_pauses_outlive_a_change_of_policy,
        ("retroactive", "2026-03-03T11:00+08:00"),
        faulty.forgets_pauses,
    ),
    (pausing.test_nothing_is_breached_while_it_waits, (), faulty.stays_due_on_hold),
    (
        pausing.test_what_re_opening_does_is_said,
        ("resume", "2026-03-04T13:00+08:00"),
        faulty.counts_what_was_resolved,
    ),
    (
        pausing.test_what_re_opening_does_is_said,
        ("restart", "2026-03-04T14:00+08:00"),
        faulty.always_resumes,
    ),
    (pausing.test_what_re_opening_does_is_said, ("keep", None), faulty.always_resumes),
    (ending.test_what_is_promised_no_more_is_not_due, (), faulty.stale_promise),
    (ending.test_a_metric_that_is_no_more_is_cancelled, (), faulty.never_cancelled),
    (ending.test_another_department_counts_by_its_own_calendar, (), faulty.one_calendar),
    (ending.test_what_was_merged_away_is_due_no_more, (), faulty.never_cancelled),
    (ending.test_one_commit_is_judged_as_a_whole, (), faulty.one_update_late),
    (ending.test_the_verdict_is_there_when_it_is_closed, (), faulty.hears_the_last_only),
    (ending.test_a_verdict_is_not_judged_again, (), faulty.judges_again),
    (ending.test_a_verdict_is_not_judged_again, (), faulty.counts_what_was_resolved),
    (ending.test_a_clock_stands_still_when_it_is_stopped, (), faulty.misses_after_the_end),
    (ending.test_clocks_count_by_opening_hours, (), faulty.ignores_hours),
    (ending.test_every_cycle_keeps_its_own_verdict, (), faulty.keeps_the_last_verdict),
    (
        ending.test_resolved_without_a_reply_is_answered,
        ("10:30", True),
        faulty.hears_replies_only,
    ),
    (ending.test_a_reply_outside_hours_used_the_hours_before, (), faulty.measures_the_night),
    (ending.test_a_breach_ends_with_its_cycle, (), faulty.flag_survives),
    (
        ending.test_an_edited_calendar_reaches_a_clock_without_an_event,
        (),
        faulty.stored_due,
    ),
    (ending.test_an_edited_calendar_reaches_a_clock_that_stands_alone, (), faulty.stored_due),
    (ending.test_how_late_it_is_is_said_in_its_own_hours, (), faulty.late_by_the_wall),
    (marks.test_marks_of_working_time_come_in_opening_hours, (), faulty.reminds_at_night),
    (marks.test_marks_can_wait_for_the_opening, (), faulty.never_waits),
    (marks.test_offsets_are_counted_in_working_time, (), faulty.at_midnight),
    (marks.test_offsets_move_with_what_is_due, (), faulty.ignores_offsets),
]

OTHERS: dict[Check, type[BaseException]] = {
    pausing.test_naive_instants_are_refused_by_clocks: pytest.fail.Exception,
}
"""Tests that fail otherwise than by an assertion."""


def _name(case: tuple[Check, tuple[object, ...], Plant]) -> str:
    check, arguments, plant = case
    said = "-".join(str(each) for each in arguments[:1])
    return f"{plant.__name__}-{check.__name__.removeprefix('test_')}{said and '-'}{said}"


@pytest.mark.parametrize(
    ("check", "arguments", "plant"), FAULTS, ids=[_name(each) for each in FAULTS]
)
def test_a_planted_fault_fails_the_test_of_its_trap(
    monkeypatch: Patch, check: Check, arguments: tuple[object, ...], plant: Plant
) -> None:
    """The test passes as it is, and fails when the fault is planted."""
    check(*arguments)
    plant(monkeypatch)
    with pytest.raises(OTHERS.get(check, AssertionError)):
        check(*arguments)


def test_every_trap_has_a_fault() -> None:
    """No test of a trap is left without a fault that fails it."""
    faulted = {check.__name__ for check, _, _ in FAULTS}
    named = {each.__name__ for each in named_traps(starting, pausing, ending, marks)}
    assert named == faulted


PLANTS = sorted({plant for _, _, plant in FAULTS}, key=lambda plant: plant.__name__)


@pytest.mark.parametrize("plant", PLANTS)
def test_a_fault_is_otherwise_a_clock(monkeypatch: Patch, plant: Plant) -> None:
    """An hour on a plain Tuesday is counted by every faulty clock; only its trap finds it."""
    plant(monkeypatch)
    ticket = Told(levels(metric(), within="1 working hour"))
    ticket.say("2026-03-03T10:00+08:00", "open")
    assert ticket.due() == at("2026-03-03T11:00+08:00")
    ticket.say("2026-03-03T10:30+08:00", "reply", "resolve", state="resolved")


FOUND = [
    faulty.holds_by_the_wall,
    faulty.knows_no_hold,
    faulty.counts_what_was_resolved,
    faulty.misses_after_the_end,
    faulty.judges_again,
    faulty.stale_promise,
]
"""Faults that random stories come upon."""


@pytest.mark.parametrize("plant", FOUND)
def test_the_oracle_finds_a_fault(monkeypatch: Patch, plant: Plant) -> None:
    """Told the same stories, a faulty clock and the oracle's differ."""
    plant(monkeypatch)

    @settings(max_examples=2_000, phases=(Phase.generate,), derandomize=True, database=None)
    @given(stories(days=False), st.lists(st.integers(0, 3000), min_size=1, max_size=3))
    def told(story: Story, later: list[int]) -> None:
        laws.compare(story, later)

    with pytest.raises(AssertionError):
        told()
