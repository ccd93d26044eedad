"""Faults planted in assignment on purpose: the check of every complaint must fail against its own.

The checks are those of :mod:`tests.assign.complaints`, called while one thing of the library is
replaced by one that goes wrong as others went wrong before.
"""

from collections.abc import Callable

import pytest

from tests.assign.complaints import COMPLAINTS, Check, asking, load, people, waiting
from tests.desk.routing.team import Team
from tests.planted import faulty_assignment as faulty
from tests.planted import faulty_waiting as of_waiting
from workorder.assign import Agent

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]

# Which complaint, and the fault that its check must find.
FAULTS: list[tuple[Check, Plant]] = [
    (people.work_stays_on_somebody_who_went_offline, faulty.nobody_is_ever_gone),
    (people.work_stays_on_somebody_who_went_offline, faulty.every_tunnel_counts),
    (people.work_stays_on_somebody_who_went_offline, faulty.looks_once_at_what_they_have),
    (people.returning_customers_go_to_an_absent_agent, faulty.affinity_passes_filters),
    (waiting.what_waits_is_overtaken_when_somebody_comes_online, of_waiting.nothing_is_drained),
    (waiting.what_waits_is_overtaken_when_somebody_comes_online, of_waiting.newcomers_overtake),
    (
        waiting.what_waits_is_overtaken_when_somebody_comes_online,
        of_waiting.nobody_asks_after_a_command,
    ),
    (load.a_limit_makes_the_load_uneven, faulty.loads_are_not_read),
    (load.a_limit_makes_the_load_uneven, faulty.whoever_has_most_gets_more),
    (load.everybody_has_the_same_limit, faulty.one_limit_for_all),
    (load.everybody_has_the_same_limit, faulty.channels_have_no_limit),
    (load.people_are_overloaded_for_want_of_a_queue, faulty.there_is_always_room),
    (load.people_are_overloaded_for_want_of_a_queue, faulty.nothing_flows_over),
    (load.people_are_overloaded_for_want_of_a_queue, of_waiting.nobody_looks_again),
    (waiting.no_answer_and_nothing_happens, of_waiting.offers_do_not_end),
    (waiting.no_answer_and_nothing_happens, of_waiting.silence_is_forgotten),
    (waiting.no_answer_and_nothing_happens, of_waiting.offers_hold_no_room),
    (people.nobody_is_online_and_nobody_hears_of_it, faulty.says_nothing),
    (people.nobody_is_online_and_nobody_hears_of_it, faulty.says_it_every_time),
    (people.who_is_on_leave_is_given_work, faulty.leave_is_forgotten),
    (people.who_is_on_leave_is_given_work, faulty.hours_are_not_asked),
    (people.who_is_on_leave_is_given_work, faulty.falls_back_to_everybody),
    (load.one_person_hoards_what_others_could_do, faulty.claims_are_not_counted),
    (load.one_person_hoards_what_others_could_do, faulty.two_can_pick_one_ticket),
    (load.what_waits_for_the_customer_counts_as_open, faulty.everything_in_their_name_counts),
    (asking.what_came_by_mail_is_not_assigned, faulty.mail_is_not_looked_at),
    (people.who_has_left_is_given_work, faulty.people_are_read_once),
    (people.who_has_left_is_given_work, faulty.the_turn_starts_again),
    (waiting.the_clock_of_the_idle_is_reset, of_waiting.work_sets_the_idle_clock),
    (waiting.the_clock_of_the_idle_is_reset, of_waiting.offers_stop_the_idle_clock),
    (waiting.priority_is_forgotten_when_somebody_is_free, of_waiting.the_first_opened_comes_first),
    (asking.nobody_says_why_it_waits, faulty.one_reason_is_enough),
    (asking.nobody_says_why_it_waits, faulty.reasons_are_only_counted),
    (waiting.put_back_it_has_waited_for_nothing, of_waiting.waiting_starts_again_at_the_desk),
    (waiting.put_back_it_has_waited_for_nothing, of_waiting.waiting_starts_again),
    (waiting.who_is_not_urgent_starves, of_waiting.age_counts_on_arrival_only),
    (waiting.who_is_not_urgent_starves, of_waiting.no_wait_is_too_long),
    (waiting.the_order_depends_on_when_it_is_asked, of_waiting.looks_at_a_clock),
    (asking.forbidden_pairs_hang_or_are_made, faulty.forbidden_is_a_large_number),
    (asking.forbidden_pairs_hang_or_are_made, faulty.forbidden_is_dear),
    (load.whoever_is_quick_gets_more, faulty.whoever_is_free_gets_it),
    (people.out_of_hours_everybody_is_asked, faulty.falls_back_to_everybody),
    (people.out_of_hours_everybody_is_asked, faulty.says_nothing),
]


@pytest.mark.parametrize(
    ("check", "plant"),
    FAULTS,
    ids=[f"{plant.__name__}-{check.__name__}" for check, plant in FAULTS],
)
def test_a_planted_fault_is_found(monkeypatch: Patch, check: Check, plant: Plant) -> None:
    """The check passes as it is, and fails when the fault is planted."""
    check()
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        check()


def test_every_complaint_has_a_fault() -> None:
    """No check is left that was never seen failing; no complaint is left out."""
    assert {check.__name__ for check, _ in FAULTS} == {check.__name__ for check in COMPLAINTS}


PLANTS = sorted({plant for _, plant in FAULTS}, key=lambda plant: plant.__name__)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_fault_otherwise_assigns(monkeypatch: Patch, plant: Plant) -> None:
    """One ticket and one person who is free come together by all of them: only the story of its
    complaint finds a fault.
    """
    plant(monkeypatch)
    team = Team([Agent("li", teams={"cards"})])
    ticket = team.accepted()
    assert team.desk.assign(ticket.id).to == "li"
    assert team.now(ticket.id).assignee == "li"
