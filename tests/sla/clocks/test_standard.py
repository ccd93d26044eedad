"""The metrics that ship, on one ticket's day: what starts, pauses and ends each of them."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from attrs import evolve

from workorder.clocks import Clock
from workorder.durations import parse
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import Moment, Policy, ServiceLevels, Target, View, advance
from workorder.sla.clocks.standard import STANDARD, department_time, stage_time

ALWAYS_OPEN = BusinessCalendar("UTC", "Mo-Su 00:00-24:00")
METRICS = (
    *STANDARD,
    stage_time("intake"),
    stage_time("handling"),
    department_time(),
    department_time("cards"),
)
LEVELS = ServiceLevels(
    metrics=METRICS,
    policies=(
        Policy("all", tuple(Target(each.name, parse("4 elapsed hours")) for each in METRICS)),
    ),
    calendar=ALWAYS_OPEN,
)

Happening = Mapping[str, object]


class Day:
    """A ticket, hour by hour."""

    def __init__(self) -> None:
        self.clocks: dict[str, Clock] = {}
        self.before: View | None = None
        self.hour = 0

    def happens(self, action: str, by: str = "agent", **stands: object) -> None:
        """One hour later."""
        self.hour += 1
        facts = {"category": "open", "resolved": False, "stage": "handling", **stands}
        at = datetime(2026, 1, 5, self.hour, tzinfo=UTC)
        moment = evolve(Moment.of(at, action=action, by=by, **facts), before=self.before)
        self.before = moment.now
        self.clocks |= advance(self.clocks, moment, LEVELS).changed

    def of(self, name: str) -> tuple[str, int]:
        """State and cycle of a clock."""
        clock = self.clocks[name]
        return clock.state, clock.cycle


@pytest.fixture
def day() -> Day:
    """A ticket that was opened by its customer."""
    made = Day()
    made.happens("open", "customer", stage="intake", category="initial")
    return made


def test_opening_starts_what_waits_for_the_bank(day: Day) -> None:
    """The first response, updates, resolution and both totals run; nobody has asked again."""
    running = {name for name, clock in day.clocks.items() if clock.state == "running"}
    assert running == {
        "first_response",
        "periodic_update",
        "pausable_update",
        "requester_wait",
        "agent_work",
        "resolution",
        "stage.intake",
    }


def test_first_response(day: Day) -> None:
    """The first answer ends it for good; the customer's own words do not."""
    day.happens("customer_message", "customer")
    assert day.of("first_response") == ("running", 1)
    day.happens("reply")
    day.happens("reply")
    assert day.of("first_response") == ("finished", 1)


def test_a_call_that_reached_nobody_is_no_response(day: Day) -> None:
    """An attempt counts once the customer was reached."""
    day.happens("log_contact", event__outcome="no_answer")
    assert day.of("first_response") == ("running", 1)
    day.happens("log_contact", event__outcome="reached")
    assert day.of("first_response") == ("finished", 1)


def test_next_response_runs_from_the_oldest_unanswered_message(day: Day) -> None:
    """A second message while one is unanswered starts nothing anew; after an answer, one does."""
    day.happens("customer_message", "customer")
    started = day.clocks["next_response"].started
    day.happens("customer_message", "customer")
    assert day.clocks["next_response"].started == started
    day.happens("reply")
    assert day.of("next_response") == ("finished", 1)
    day.happens("customer_message", "customer")
    assert day.of("next_response") == ("running", 2)


def test_what_was_resolved_waits_for_no_answer(day: Day) -> None:
    """A message that nobody answered before work was concluded leaves no clock behind."""
    day.happens("customer_message", "customer")
    day.happens("approve", stage="conclusion", resolved=True)
    assert day.of("next_response") == ("cancelled", 1)


def test_updates_follow_each_other(day: Day) -> None:
    """Each word to the customer ends one and starts the next; resolved, none is owed."""
    day.happens("reply")
    day.happens("inform_customer")
    assert day.of("periodic_update") == ("running", 3)
    day.happens("approve", stage="conclusion", resolved=True)
    assert day.of("periodic_update") == ("cancelled", 3)


def test_what_waiting_for_the_customer_stops(day: Day) -> None:
    """The pausable ones; an update stays due."""
    day.happens("hold", hold_reason="waiting_for_customer", pauses="internal")
    paused = {name for name, clock in day.clocks.items() if clock.state == "paused"}
    assert paused == {"pausable_update", "requester_wait", "agent_work", "resolution"} | {
        name for name in paused if name.startswith("stage.handling")
    }
    assert day.of("periodic_update") == ("running", 1)


def test_what_waiting_for_others_stops(day: Day) -> None:
    """The customer still waits; nobody works."""
    day.happens("hold", hold_reason="waiting_for_third_party", pauses="nothing")
    assert day.of("requester_wait") == ("running", 1)
    assert day.of("agent_work") == ("paused", 1)
    assert day.of("resolution") == ("running", 1)


def test_reopened_totals_go_on(day: Day) -> None:
    """Wait, work and resolution go on with what was used; the first response keeps its verdict."""
    day.happens("reply")
    day.happens("approve", stage="conclusion", resolved=True)
    day.happens("reopen", "customer")
    for name in ("requester_wait", "agent_work", "resolution"):
        assert day.of(name) == ("running", 2)
        assert day.clocks[name].started == datetime(2026, 1, 5, 1, tzinfo=UTC)
    assert day.of("first_response") == ("finished", 1)


def test_each_stay_in_a_stage_is_a_cycle(day: Day) -> None:
    """Handling ends with the stage, and begins again when the ticket comes back."""
    day.happens("start")
    assert day.of("stage.intake") == ("finished", 1)
    day.happens("submit", stage="conclusion")
    day.happens("return_for_rework")
    assert day.of("stage.handling") == ("running", 2)


def test_departments(day: Day) -> None:
    """Passing on starts it anew for whoever is given the ticket."""
    day.happens("dispatch", stage="dispatch", department="cards")
    assert (day.of("department"), day.of("department.cards")) == (("running", 1), ("running", 1))
    day.happens("transfer", stage="dispatch", department="loans")
    assert (day.of("department"), day.of("department.cards")) == (("running", 2), ("finished", 1))
    day.happens("transfer", stage="dispatch", department="cards")
    assert (day.of("department"), day.of("department.cards")) == (("running", 3), ("running", 2))
