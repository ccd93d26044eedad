"""Rules of counting days, each with a due date counted by hand: receipt, and how a day ends.

March 2026 begins on a Sunday: Mondays are the 2nd, 9th, 16th, 23rd and 30th.
"""

from datetime import date, datetime, timedelta

import pytest

from tests.sla.desks import DESK, ENGLAND, Case
from workorder.durations import CalendarDays, WorkingDays, parse
from workorder.sla import Note

CASES = {
    # --- the day of receipt is not counted, unless said so ---
    # Mon 2 | Tue 3 (1), Wed 4 (2), Thu 5 (3).
    "day zero excluded, working days": Case(
        DESK, "2026-03-02T10:00Z", "3 working days", "2026-03-05", "2026-03-05T17:00Z"
    ),
    # Mon 2 (1), Tue 3 (2), Wed 4 (3).
    "day zero included, working days": Case(
        DESK,
        "2026-03-02T10:00Z",
        "3 working days, counting the first day",
        "2026-03-04",
        "2026-03-04T17:00Z",
    ),
    # Mon 2 | 3 (1), 4 (2), 5 (3).
    "day zero excluded, calendar days": Case(
        DESK, "2026-03-02T10:00Z", "3 calendar days", "2026-03-05", "2026-03-06T00:00Z"
    ),
    # Mon 2 (1), 3 (2), 4 (3).
    "day zero included, calendar days": Case(
        DESK,
        "2026-03-02T10:00Z",
        "3 calendar days, counting the first day",
        "2026-03-04",
        "2026-03-05T00:00Z",
    ),
    # Sat 7, which is no working day, is not the first: Mon 9 (1), Tue 10 (2).
    "day zero included, but closed": Case(
        DESK,
        "2026-03-07T10:00Z",
        "2 working days, counting the first day",
        "2026-03-10",
        "2026-03-10T17:00Z",
    ),
    # --- receipt on a day that is no working day ---
    # Sat 7 | Sun 8 -, Mon 9 (1), Tue 10 (2), Wed 11 (3).
    "Saturday receipt and three days": Case(
        DESK, "2026-03-07T10:00Z", "3 working days", "2026-03-11", "2026-03-11T17:00Z"
    ),
    # Sat 7 counts as Mon 9 | Tue 10 (1), Wed 11 (2), Thu 12 (3).
    "Saturday receipt, deemed": Case(
        DESK,
        "2026-03-07T10:00Z",
        "3 working days, deemed received on a working day",
        "2026-03-12",
        "2026-03-12T17:00Z",
    ),
    # Fri 6 is a working day already, so deeming changes nothing | Mon 9 (1), 10 (2), 11 (3).
    "Friday receipt, deemed": Case(
        DESK,
        "2026-03-06T10:00Z",
        "3 working days, deemed received on a working day",
        "2026-03-11",
        "2026-03-11T17:00Z",
    ),
    # --- after hours, and the cut-off ---
    # Mon 2, 23:30, is still Monday | Tue 3 (1).
    "after hours is the same day": Case(
        DESK, "2026-03-02T23:30Z", "1 working day", "2026-03-03", "2026-03-03T17:00Z"
    ),
    # 16:29 is before the cut-off: Mon 2 | Tue 3 (1).
    "a minute before the cut-off": Case(
        DESK,
        "2026-03-02T16:29Z",
        "T+1 by 17:00, cut-off 16:30",
        "2026-03-03",
        "2026-03-03T17:00Z",
    ),
    # 16:30 itself belongs to Tue 3 | Wed 4 (1).
    "exactly at the cut-off": Case(
        DESK,
        "2026-03-02T16:30Z",
        "T+1 by 17:00, cut-off 16:30",
        "2026-03-04",
        "2026-03-04T17:00Z",
    ),
    # Fri 6 after the cut-off belongs to the next banking day, Mon 9 | Tue 10 (1).
    "Friday after the cut-off": Case(
        DESK,
        "2026-03-06T16:45Z",
        "1 working day, cut-off 16:30",
        "2026-03-10",
        "2026-03-10T17:00Z",
    ),
    # So does Sat 7, at any hour: a cut-off makes banking days | Tue 10 (1).
    "Saturday before the hour of the cut-off": Case(
        DESK,
        "2026-03-07T09:00Z",
        "1 working day, cut-off 16:30",
        "2026-03-10",
        "2026-03-10T17:00Z",
    ),
    # Of calendar days it belongs to the next date: Sat 7 | Sun 8 (1).
    "Friday after the cut-off of calendar days": Case(
        DESK,
        "2026-03-06T16:45Z",
        "1 calendar day, cut-off 16:30",
        "2026-03-08",
        "2026-03-09T00:00Z",
    ),
    # Deeming as well changes nothing: Mon 9 | Tue 10 (1).
    "Friday after the cut-off, deemed": Case(
        DESK,
        "2026-03-06T16:45Z",
        "1 working day, cut-off 16:30, deemed received on a working day",
        "2026-03-10",
        "2026-03-10T17:00Z",
    ),
    # --- how the last day ends ---
    # Mon 2 | Tue 3 (1), Wed 4 (2): the whole of it (Regulation E, comment 6(b)(1)-3: the day of
    # learning is not counted, and a business day runs to midnight).
    "Regulation E, two business days": Case(
        DESK,
        "2026-03-02T18:00Z",
        "2 working days, at end of day",
        "2026-03-04",
        "2026-03-05T00:00Z",
    ),
    # Close of business on the third business day following. Thu 24 December | Fri 25 -, Sat -,
    # Sun -, Mon 28 - (for Boxing Day), Tue 29 (1), Wed 30 (2), Thu 31 (3).
    "UK, close of the third business day": Case(
        ENGLAND, "2026-12-24T16:00Z", "3 working days", "2026-12-31", "2026-12-31T17:00Z"
    ),
    # Mon 2, 10:20 | Tue 3 (1), Wed 4 (2), at 10:20.
    "same time": Case(
        DESK,
        "2026-03-02T10:20Z",
        "2 working days, at the same time",
        "2026-03-04",
        "2026-03-04T10:20Z",
    ),
    # Mon 2 | Tue 3 (1), at 12:00.
    "exact time": Case(
        DESK, "2026-03-02T10:20Z", "1 working day, by 12:00", "2026-03-03", "2026-03-03T12:00Z"
    ),
    # Mon 2 (1) closed at 17:00, before 18:00: Tue 3.
    "the day was over": Case(
        DESK,
        "2026-03-02T18:00Z",
        "1 working day, counting the first day",
        "2026-03-03",
        "2026-03-03T17:00Z",
    ),
    # 5 March + 3 = Sun 8, which has no close: 24:00.
    "close of a day without hours": Case(
        DESK, "2026-03-05T10:00Z", "3 calendar days, at close", "2026-03-08", "2026-03-09T00:00Z"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_due_date_is_the_one_counted_by_hand(case: Case) -> None:
    """The last day and the due instant are those of the comment."""
    due = case.answer()
    assert due.last_day == date.fromisoformat(case.last_day)
    assert due.instant == datetime.fromisoformat(case.due)
    assert not due.provisional


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_second_opinion_agrees(case: Case) -> None:
    """What is counted apart from the library, date by date, is the same."""
    expected = date.fromisoformat(case.last_day), datetime.fromisoformat(case.due)
    assert case.second_opinion() == expected


def test_deeming_and_rolling_are_never_the_default() -> None:
    """Unless a duration says otherwise, nothing is deemed, nothing rolls, day zero is left out."""
    for duration in (WorkingDays(3), CalendarDays(3), parse("3 working days"), parse("T+3")):
        assert isinstance(duration, WorkingDays | CalendarDays)
        assert (duration.deemed, duration.roll, duration.include_start) == (False, "none", False)
        assert duration.cut_off is None


def test_working_days_end_at_close_and_calendar_days_at_midnight() -> None:
    """The usual ends: close of business for working days, 24:00 for calendar days."""
    assert (WorkingDays(1).at, CalendarDays(1).at) == ("close", "end_of_day")


def test_the_last_microsecond_before_the_cut_off_is_before_it() -> None:
    """A receipt at the cut-off is the first that belongs to the next day."""
    cut_off = datetime.fromisoformat("2026-03-02T16:30+00:00")
    before = DESK.calendar.due(cut_off - timedelta(microseconds=1), "T+1 by 17:00, cut-off 16:30")
    at = DESK.calendar.due(cut_off, "T+1 by 17:00, cut-off 16:30")
    assert (before.last_day, before.notes) == (date(2026, 3, 3), ())
    assert (at.last_day, at.notes) == (date(2026, 3, 4), (Note.AFTER_CUT_OFF,))


@pytest.mark.parametrize(
    ("title", "notes"),
    [
        ("Saturday receipt and three days", ()),
        ("Saturday receipt, deemed", (Note.DEEMED,)),
        ("Friday receipt, deemed", ()),
        ("exactly at the cut-off", (Note.AFTER_CUT_OFF,)),
        ("Friday after the cut-off, deemed", (Note.AFTER_CUT_OFF,)),
        ("Saturday before the hour of the cut-off", (Note.DEEMED,)),
        ("the day was over", (Note.DAY_OVER,)),
    ],
)
def test_what_happened_on_the_way_is_said(title: str, notes: tuple[Note, ...]) -> None:
    """A due date tells which rule moved it, and only that."""
    assert CASES[title].answer().notes == notes
