"""Windows are whole calendar days in the calendar's zone, promised when they begin.

What is expected is counted with dates and a time zone alone.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.by_limits import by_limits
from tests.kernel.waiting import (
    BOSS,
    CUSTOMER,
    DAY,
    HOUR,
    LI,
    TELLER,
    TICK,
    WANG,
    approved,
    around,
    asked,
    opened,
    passed,
    resolved,
    worked_on,
)
from tests.laws import cast
from tests.laws.cast import ZONES
from workorder.durations import Elapsed
from workorder.kernel import decide
from workorder.refusals import Refusal
from workorder.rulebook import Rulebook
from workorder.ticket import (
    Accept,
    Appeal,
    ApproveExtension,
    Close,
    Command,
    Dispatch,
    InformCustomer,
    Reclassify,
    Reopen,
    RequestExtension,
    Ticket,
    Urge,
)
from workorder.workflow import Actor

COUNTRIES = tuple(ZONES)


@cache
def rulebook(country: str = "CN") -> Rulebook:
    """The bank's rulebook with one time limit a type, counting in the zone of *country*."""
    calendar = cast.rulebook(country).calendar
    return attrs.evolve(by_limits(), calendar=calendar, calendar_name=country)


# Just before, at and just after midnights, on the days when clocks change and on others.
EDGES = (
    ("GB", datetime(2026, 3, 22, 0, 30, tzinfo=UTC)),  # seven days on, the day has 23 hours
    ("GB", datetime(2026, 10, 18, 22, 59, 59, tzinfo=UTC)),
    ("GB", datetime(2026, 10, 18, 23, 0, tzinfo=UTC)),  # midnight there
    ("US", datetime(2026, 3, 1, 4, 59, 59, 999_999, tzinfo=UTC)),
    ("US", datetime(2026, 3, 1, 5, 0, tzinfo=UTC)),  # midnight there
    ("US", datetime(2026, 10, 25, 3, 59, tzinfo=UTC)),
    ("EG", datetime(2026, 4, 16, 12, 0, tzinfo=UTC)),  # it ends at a midnight that is left out
    ("EG", datetime(2026, 10, 22, 12, 0, tzinfo=UTC)),  # it ends after an hour that comes twice
    ("CN", datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)),
    ("CN", datetime(2026, 9, 30, 16, 0, tzinfo=UTC)),  # midnight there, before a week of holidays
)


def end_of(at: datetime, days: int, country: str) -> datetime:
    """24:00 of the day *days* after the date of *at* there."""
    zone = ZoneInfo(ZONES[country])
    after: date = at.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)


def refused(
    ticket: Ticket, command: Command, actor: Actor, at: datetime, rules: Rulebook
) -> list[str]:
    """The rules that stand in the way; none, if nothing does."""
    answer = decide(ticket, command, around(actor, at, rules))
    return [unmet.name for unmet in answer.unmet] if isinstance(answer, Refusal) else []


def wrong_with_windows(country: str, at: datetime) -> list[str]:
    """Everything wrong with what a life that begins at *at* promises."""
    rules = rulebook(country)
    found: list[str] = []

    def expect(name: str, value: datetime | None, start: datetime, days: int) -> None:
        right = end_of(start, days, country)
        if value != right:
            found.append(f"{name}: {value} instead of {right}")

    ticket = approved(at, rules)
    expect("due", ticket.windows.due, at, 15)
    expect("close_from", ticket.windows.close_from, at, 7)
    told = asked(ticket, InformCustomer("decision", "phone"), TELLER, at + HOUR, rules)
    expect("appeal_until", told.windows.appeal_until, at + HOUR, 30)
    by_hand = asked(told, Close(), TELLER, at + DAY, rules)
    expect("reopen_until", by_hand.windows.reopen_until, at + DAY, 30)
    expect("appeal_until, still", by_hand.windows.appeal_until, at + HOUR, 30)
    by_time = passed(told, end_of(at, 7, country), rules).ticket
    if by_time.state != "closed":
        found.append(f"not closed by time at the end of the quiet period: {by_time.state}")
    expect("reopen_until, by time", by_time.windows.reopen_until, end_of(at, 7, country), 30)
    enquiry = asked(resolved(at, rules), Close(), TELLER, at, rules)
    expect("appeal_until, never told", enquiry.windows.appeal_until, at, 30)
    return found


def wrong_with_edges(country: str, at: datetime) -> list[str]:
    """Everything wrong with the last instants of the windows of a ticket closed at *at*."""
    rules = rulebook(country)
    ticket = asked(resolved(at, rules), Close(), TELLER, at, rules)
    last = end_of(at, 30, country)
    found: list[str] = []
    for command, actor, rule in (
        (Reopen("still wrong"), CUSTOMER, "reopen_window_open"),
        (Appeal("unfair"), CUSTOMER, "appeal_window_open"),
    ):
        if refused(ticket, command, actor, last, rules):
            found.append(f"{command.action} is refused at the last instant")
        if refused(ticket, command, actor, last + TICK, rules) != [rule]:
            found.append(f"{command.action} is possible after the last instant")
    if passed(ticket, last, rules).fired:
        found.append("archived while it may be reopened")
    if passed(ticket, last + TICK, rules).ticket.state != "archived":
        found.append("not archived once it may be reopened no more")
    return found


instants = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(("country", "at"), EDGES)
def test_windows_around_midnights_and_changes_of_clocks(country: str, at: datetime) -> None:
    """The end of the right day, whatever the length of the days in between."""
    assert wrong_with_windows(country, at) == []
    assert wrong_with_edges(country, at) == []


@given(country=st.sampled_from(COUNTRIES), at=instants)
@example("GB", datetime(2026, 3, 28, 12, 0, tzinfo=UTC))
def test_windows_at_any_instant(country: str, at: datetime) -> None:
    """The same at any instant of three years, in four zones."""
    assert wrong_with_windows(country, at) == []


@given(country=st.sampled_from(COUNTRIES), at=instants)
def test_the_last_instant_belongs_to_a_window(country: str, at: datetime) -> None:
    """Reopening and appealing are possible up to and including 24:00 of the last day; archiving
    begins right after it.
    """
    assert wrong_with_edges(country, at) == []


AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_an_appeal_counts_from_when_they_were_told() -> None:
    """The day on which the customer was told counts, not the day of the record."""
    told_at = AT + HOUR
    command = InformCustomer("decision", "phone", told_at)
    told = asked(approved(AT), command, TELLER, AT + 3 * DAY)
    assert told.windows.appeal_until == end_of(told_at, 30, "CN")


def test_a_new_life_promises_anew() -> None:
    """Reopened, nothing is promised of the old life, and there is a new due time; what was told of
    the old decision is forgotten, what else was told is not.
    """
    ticket = asked(approved(AT), InformCustomer("progress", "phone"), TELLER, AT)
    ticket = asked(ticket, InformCustomer("decision", "phone"), TELLER, AT)
    ticket = asked(ticket, Close(), TELLER, AT)
    again = asked(ticket, Reopen("still wrong"), CUSTOMER, AT + DAY)
    windows = again.windows
    assert (windows.close_from, windows.reopen_until, windows.archive_from) == (None, None, None)
    assert windows.appeal_until is None
    assert set(windows.told) == {"progress"}
    assert windows.due == end_of(AT + DAY, 15, "CN")


def test_a_time_limit_begins_with_acceptance() -> None:
    """Not with opening, and only for types that have one."""
    rules = rulebook()
    complaint, enquiry = opened("complaint", AT, rules), opened("enquiry", AT, rules)
    assert complaint.windows.due is None
    later = AT + 3 * DAY
    assert asked(complaint, Accept(), TELLER, later).windows.due == end_of(later, 15, "CN")
    assert asked(enquiry, Accept(), TELLER, later).windows.due is None


def test_a_time_limit_is_promised_once() -> None:
    """Moving on does not move the due time."""
    accepted = asked(opened("complaint", AT), Accept(), TELLER, AT)
    dispatched = asked(accepted, Dispatch("li", "cards"), WANG, AT + 3 * DAY)
    assert dispatched.windows.due == accepted.windows.due


def test_an_extension_counts_once_they_are_told() -> None:
    """Asked for and granted, the due time stands; told, it is the later one."""
    ticket = worked_on("complaint", AT)
    due = ticket.windows.due
    assert due is not None
    longer = due + 15 * DAY
    ticket = asked(ticket, RequestExtension(longer, "hard"), LI, AT)
    ticket = asked(ticket, ApproveExtension(), BOSS, AT)
    assert ticket.windows.due == due
    told = asked(ticket, InformCustomer("extension", "phone"), TELLER, AT)
    assert told.windows.due == longer


def test_urging_again_waits_for_one_person() -> None:
    """An hour to the microsecond for the same person, nothing for another."""
    rules = rulebook()
    ticket = asked(worked_on(at=AT), Urge(), CUSTOMER, AT)
    assert ticket.windows.urged == {"C-1": AT + HOUR}
    assert refused(ticket, Urge(), CUSTOMER, AT + HOUR - TICK, rules) == ["urge_interval_passed"]
    assert refused(ticket, Urge(), CUSTOMER, AT + HOUR, rules) == []
    assert refused(ticket, Urge(), BOSS, AT, rules) == []


def test_without_settings_nothing_is_promised() -> None:
    """A bank that sets no windows has none: nothing closes by itself or is ever archived."""
    known = rulebook()
    bare = attrs.evolve(
        known.workflow.settings,
        auto_close_after=None,
        reopen_window=None,
        appeal_window=None,
        time_limits={},
    )
    rules = attrs.evolve(known, workflow=attrs.evolve(known.workflow, settings=bare))
    ticket = asked(resolved(AT, rules), Close(), TELLER, AT, rules)
    windows = ticket.windows
    assert (windows.close_from, windows.reopen_until, windows.appeal_until) == (None, None, None)
    assert ticket.timers == ()
    assert refused(ticket, Reopen("x"), CUSTOMER, AT + 3_000 * DAY, rules) == []


def test_elapsed_windows_are_elapsed() -> None:
    """A bank that says hours gets hours, over a change of clocks as well."""
    known = rulebook("GB")
    hours = attrs.evolve(known.workflow.settings, auto_close_after=Elapsed(7 * DAY))
    rules = attrs.evolve(known, workflow=attrs.evolve(known.workflow, settings=hours))
    start = datetime(2026, 3, 25, 12, 30, tzinfo=UTC)
    assert resolved(start, rules).windows.close_from == start + 7 * DAY


def test_a_new_type_brings_its_limit() -> None:
    """An enquiry that turns out to be a complaint is due as if it had always been one; one that is
    not taken on yet, when it is.
    """
    accepted = asked(opened("enquiry", AT), Accept(), TELLER, AT)
    complaint = asked(accepted, Reclassify("complaint", "they complain"), TELLER, AT + 2 * DAY)
    assert complaint.windows.due == end_of(AT, 15, "CN")
