"""What users of other systems complain about, as checks: each a story that must not go as theirs
did. They are named by what went wrong there; :mod:`tests.planted.test_assignment_faults` plants
just that, and each has to fail.
"""

from collections.abc import Callable

from tests.assign.complaints import asking, load, people, waiting

Check = Callable[[], None]

COMPLAINTS: tuple[Check, ...] = (
    people.work_stays_on_somebody_who_went_offline,
    people.returning_customers_go_to_an_absent_agent,
    waiting.what_waits_is_overtaken_when_somebody_comes_online,
    load.a_limit_makes_the_load_uneven,
    load.everybody_has_the_same_limit,
    load.people_are_overloaded_for_want_of_a_queue,
    waiting.no_answer_and_nothing_happens,
    people.nobody_is_online_and_nobody_hears_of_it,
    people.who_is_on_leave_is_given_work,
    load.one_person_hoards_what_others_could_do,
    load.what_waits_for_the_customer_counts_as_open,
    asking.what_came_by_mail_is_not_assigned,
    people.who_has_left_is_given_work,
    waiting.the_clock_of_the_idle_is_reset,
    waiting.priority_is_forgotten_when_somebody_is_free,
    asking.nobody_says_why_it_waits,
    waiting.put_back_it_has_waited_for_nothing,
    waiting.who_is_not_urgent_starves,
    waiting.the_order_depends_on_when_it_is_asked,
    asking.forbidden_pairs_hang_or_are_made,
    load.whoever_is_quick_gets_more,
    people.out_of_hours_everybody_is_asked,
)
"""In the order of the page that says what happens here instead."""
