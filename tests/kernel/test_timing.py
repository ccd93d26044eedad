"""What time does to one ticket: each timer at its own instant, in order, once."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.waiting import (
    AT,
    CUSTOMER,
    DAY,
    HOUR,
    LI,
    MINUTE,
    TELLER,
    TICK,
    approved,
    asked,
    held,
    panel,
    passed,
    resolved,
    subtasks,
    worked_on,
)
from workorder.kernel import Fired, evolve
from workorder.rulebook import bank
from workorder.ticket import (
    Comment,
    ConcludePanel,
    Hold,
    InformCustomer,
    MarkedOverdue,
    Reopen,
    Resume,
    Resumed,
    Ticket,
    TimerLapsed,
    Transfer,
)

QUIET = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
LATE = AT + 300 * DAY


def did(fired: tuple[Fired, ...]) -> list[tuple[str, datetime]]:
    """Which actions time took, and when."""
    return [(event.step.action, event.trace.occurred_at) for each in fired for event in each.events]


def test_nothing_is_due() -> None:
    """The very same ticket comes back: without timers, and just before the first of them."""
    for ticket, at in ((worked_on(), LATE), (resolved(), QUIET - TICK)):
        answer = passed(ticket, at)
        assert answer.ticket is ticket
        assert (answer.fired, answer.stuck) == ((), None)


def test_every_timer_acts_at_its_own_instant() -> None:
    """Long after the fact, what happened stands where it should have happened, in order, although
    it was set in another order.
    """
    ticket = subtasks(AT + 3 * HOUR, AT + HOUR, AT + 2 * HOUR)
    answer = passed(ticket, LATE)
    instants = [at for _, at in did(answer.fired)]
    assert instants == [AT + HOUR, AT + 2 * HOUR, AT + 3 * HOUR]
    assert {event.trace.recorded_at for each in answer.fired for event in each.events} == {LATE}


def test_time_acts_as_the_system_under_the_id_of_the_timer() -> None:
    """Who, in which role, as which command, in one version."""
    ticket = subtasks(AT + HOUR, AT + 2 * HOUR)
    answer = passed(ticket, AT + DAY)
    for each in answer.fired:
        (event,) = each.events
        assert (event.trace.actor, event.step.role) == ("system", "system")
        assert event.trace.command_id == each.timer.id
        assert event.trace.version == ticket.version + 1
    assert answer.ticket.version == ticket.version + 1
    assert answer.ticket.revision.events == ticket.revision.events + 2


def test_what_follows_from_a_timer_is_due_as_well() -> None:
    """Closing sets the timer that archives: one look after a long time does both."""
    answer = passed(resolved(), LATE)
    assert [action for action, _ in did(answer.fired)] == ["close", "archive"]
    assert answer.ticket.state == "archived"
    assert answer.ticket.timers == ()


def test_at_one_instant_first_what_was_asked_first() -> None:
    """Several timers at one instant act in one fixed order: sub-tasks as they were opened, then
    the panel.
    """
    ticket = panel(AT + HOUR, ticket=subtasks(AT + HOUR, AT + HOUR))
    answer = passed(ticket, AT + HOUR)
    about = [each.timer.about for each in answer.fired]
    assert ticket.work.panel is not None
    assert about == [*(task.id for task in ticket.work.subtasks), ticket.work.panel.id]
    assert [timer.about for timer in ticket.timers] == about


def test_timers_of_a_ticket_have_different_ids() -> None:
    """Each says by which event it was set, what it does, and about what."""
    ticket = panel(AT + HOUR, ticket=subtasks(AT + HOUR, AT + HOUR))
    ids = [timer.id for timer in ticket.timers]
    assert len(set(ids)) == 3
    assert all(each.startswith("time.") for each in ids)


def test_a_timer_keeps_its_id_while_it_stands() -> None:
    """A note changes nothing about what is due; nor does what happens to other timers."""
    ticket = subtasks(AT + HOUR, AT + 2 * HOUR)
    noted = asked(ticket, Comment("x"), TELLER)
    assert noted.timers == ticket.timers
    first = passed(noted, AT + HOUR).ticket
    assert first.timers == ticket.timers[1:]


def test_a_timer_set_anew_has_a_new_id() -> None:
    """Held, resumed and held again until the same instant: another timer."""
    until = AT + DAY
    first = held(until)
    again = asked(asked(first, Resume(), LI), Hold("waiting_for_customer", until), LI)
    assert [timer.at for timer in again.timers] == [timer.at for timer in first.timers] == [until]
    assert again.timers[0].id != first.timers[0].id


@pytest.mark.parametrize("minutes", [-90, -1, 0, 1])
def test_deadlines_are_marked_at_or_after_them(minutes: int) -> None:
    """Just before nothing; at the instant and later the same mark."""
    answer = passed(subtasks(AT + 2 * HOUR), AT + 2 * HOUR + minutes * MINUTE)
    if minutes < 0:
        assert answer.fired == ()
    else:
        (fired,) = answer.fired
        (event,) = fired.events
        assert isinstance(event, MarkedOverdue)
        assert (event.trace.occurred_at, event.due) == (AT + 2 * HOUR, AT + 2 * HOUR)


def test_what_is_late_stays_open_and_is_marked_once() -> None:
    """The answer is still owed; time has nothing more to say about it."""
    ticket = passed(panel(AT + HOUR), AT + DAY).ticket
    assert ticket.work.panel is not None
    assert ticket.work.panel.overdue
    assert passed(ticket, LATE).fired == ()
    assert asked(ticket, ConcludePanel("so be it"), LI, AT + DAY).work.panel is None


def test_a_move_ends_a_hold_and_its_timer() -> None:
    """Transferred while it waits, the ticket waits no more."""
    ticket = asked(held(AT + DAY), Transfer("wu", "loans", "leave"), LI)
    assert ticket.timers == ()
    assert ticket.work.hold is None


def test_a_hold_without_limit_never_ends_by_itself() -> None:
    """Some reasons have no longest time, on purpose."""
    assert held(reason="external_appraisal").timers == ()


def test_an_action_by_time_goes_back_to_where_it_was_held() -> None:
    """Resumed by time is resumed."""
    answer = passed(held(AT + HOUR), AT + HOUR)
    (fired,) = answer.fired
    assert isinstance(fired.events[0], Resumed)
    assert answer.ticket.state == "in_progress"
    assert answer.ticket.work.hold is None


def test_notices_of_late_timers_are_left_out() -> None:
    """Within the rulebook's ``late_notice``, to the microsecond, whoever is to know is told."""
    ticket, due = subtasks(AT + HOUR), AT + HOUR
    late = bank().late_notice
    (told,) = passed(ticket, due + late).fired
    (untold,) = passed(ticket, due + late + TICK).fired
    assert [notice.topic for notice in told.notices] == ["ticket.overdue"]
    assert untold.notices == ()
    assert told.events[0].trace.occurred_at == untold.events[0].trace.occurred_at


def test_late_notice_is_the_rulebooks() -> None:
    """A bank that wants no late notices at all says so."""
    strict = attrs.evolve(bank(), late_notice=timedelta(0))
    ticket = subtasks(AT + HOUR)
    (exact,) = passed(ticket, AT + HOUR, strict).fired
    (after,) = passed(ticket, AT + HOUR + TICK, strict).fired
    assert (len(exact.notices), len(after.notices)) == (1, 0)


def test_a_lapse_says_why_and_is_final() -> None:
    """Time tried to close, the customer had not been told: recorded with the rule that failed."""
    answer = passed(approved(), LATE)
    (fired,) = answer.fired
    (lapsed,) = fired.events
    assert isinstance(lapsed, TimerLapsed)
    assert fired.refusal is not None
    assert (lapsed.code, lapsed.unmet) == ("rules", ("informed_if_required",))
    assert (lapsed.timer, lapsed.due) == (fired.timer.id, fired.timer.at)
    assert lapsed.trace.occurred_at == QUIET
    assert answer.ticket.state == "resolved"
    assert answer.ticket.timers == ()
    assert passed(answer.ticket, LATE + 300 * DAY).fired == ()


def test_telling_the_customer_sets_time_going_again() -> None:
    """After a lapse the quiet period begins when they are told, and only then."""
    ticket = passed(approved(), QUIET).ticket
    chat = asked(ticket, InformCustomer("progress", "phone"), TELLER, QUIET + HOUR)
    told = asked(ticket, InformCustomer("decision", "phone"), TELLER, QUIET + HOUR)
    assert told.windows.close_from == QUIET + 8 * DAY
    assert [action for action, _ in did(passed(told, QUIET + 8 * DAY).fired)] == ["close"]
    assert passed(chat, LATE).fired == ()


def test_telling_in_time_changes_nothing() -> None:
    """Told within the quiet period, it ends when it would have ended anyway."""
    told = asked(approved(), InformCustomer("decision", "phone"), TELLER, AT + HOUR)
    assert told.windows.close_from == QUIET
    assert did(passed(told, QUIET).fired) == [("close", QUIET)]


def test_a_new_life_has_new_timers() -> None:
    """Reopened, nothing of the quiet period is left, and no look at it finds anything due."""
    reopened = asked(resolved(), Reopen("still wrong"), CUSTOMER, AT + HOUR)
    assert reopened.timers == ()
    assert passed(reopened, LATE).fired == ()


def test_unknown_events_stop_time() -> None:
    """On a ticket with events of a later version nothing is done, and it is said why."""
    ticket = attrs.evolve(resolved(), kinds=("bank.frozen/3",))
    answer = passed(ticket, LATE)
    assert (answer.ticket, answer.fired) == (ticket, ())
    assert answer.stuck is not None
    assert answer.stuck.code == "opaque_history"


def test_an_unknown_state_stops_time() -> None:
    """So it does in a state that the rulebook does not have."""
    ticket = attrs.evolve(resolved(), state="frozen")
    answer = passed(ticket, LATE)
    assert (answer.ticket, answer.fired) == (ticket, ())
    assert answer.stuck is not None


def test_a_timer_before_the_last_event_acts_at_that_event() -> None:
    """An instant of a ticket never lies before the one before it."""
    ticket = held(AT + HOUR)
    late = attrs.evolve(ticket, times=attrs.evolve(ticket.times, last=AT + DAY))
    (fired,) = passed(late, AT + DAY).fired
    assert fired.events[0].trace.occurred_at == AT + DAY


def test_a_clock_that_is_behind_is_raised() -> None:
    """What is due by the last event is due, though the clock says less; what is due after it is
    not.
    """
    ticket = subtasks(AT + HOUR, AT + 2 * HOUR)
    last = attrs.evolve(ticket, times=attrs.evolve(ticket.times, last=AT + HOUR))
    answer = passed(last, AT + HOUR - 2 * MINUTE)
    assert did(answer.fired) == [("mark_overdue", AT + HOUR)]


_hours = st.integers(1, 60).map(lambda number: AT + number * HOUR)


def _busy(due: list[datetime], sits: datetime | None, until: datetime | None) -> Ticket:
    """A ticket on which a number of things are due; on hold, if *until* is given."""
    ticket = subtasks(*due)
    if sits is not None:
        ticket = panel(sits, ticket=ticket)
    if until is not None:
        ticket = asked(ticket, Hold("waiting_for_customer", until), LI)
    return ticket


@given(
    due=st.lists(_hours, max_size=4),
    sits=st.none() | _hours,
    until=st.none() | _hours,
    looks=st.lists(st.integers(0, 70).map(lambda number: AT + number * HOUR), max_size=5),
)
def test_looking_often_or_once_is_the_same(
    due: list[datetime],
    sits: datetime | None,
    until: datetime | None,
    looks: list[datetime],
) -> None:
    """However often somebody looks, the same events are made at the same instants, in the order of
    what was due; and they replay to the same ticket.
    """
    ticket = _busy(due, sits, until)
    end = AT + 70 * HOUR
    once = passed(ticket, end)
    now = ticket
    seen: list[Fired] = []
    for look in [*sorted(looks), end]:
        answer = passed(now, look)
        assert answer.ticket == replay_on(now, answer.fired)
        now = answer.ticket
        seen += answer.fired
    assert did(tuple(seen)) == did(once.fired)
    assert [each.timer for each in seen] == [each.timer for each in once.fired]
    instants = [at for _, at in did(once.fired)]
    assert instants == sorted([*due, *([sits] if sits else []), *([until] if until else [])])


def replay_on(ticket: Ticket, fired: tuple[Fired, ...]) -> Ticket:
    """The ticket after the events of timers, by the other half of the kernel."""
    for each in fired:
        for event in each.events:
            ticket = evolve(ticket, event)
    return ticket
