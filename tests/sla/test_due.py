"""A due date as a value: its text, notes, parts, last working day and digest."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from workorder.durations import CalendarDays, Earliest, Elapsed, Latest, WorkingDays
from workorder.sla import BusinessCalendar, Days, Hours, ListedHolidays, Note
from workorder.sla.due import instant_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
RECEIVED = datetime(2026, 9, 30, 16, 30, tzinfo=SHANGHAI)  # the Wednesday before National Day


def local(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    """An instant by the clocks of Shanghai."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def test_three_working_days_over_national_day() -> None:
    """30 September is not counted; 8 October is one, 9 October two, Saturday the 10th three."""
    due = DESK.due(RECEIVED, "3 working days")
    assert due.instant == local(10, 10, 18)
    assert due.instant.utcoffset() == timedelta(hours=8)
    assert due.last_day == due.last_working_day == date(2026, 10, 10)
    assert due.duration == WorkingDays(3)
    assert due.days == Days(
        date(2026, 9, 30), date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 10)
    )
    assert (due.provisional, due.notes, due.parts) == (False, (), ())


def test_a_day_that_ends_at_midnight_is_still_that_day() -> None:
    """24:00 belongs to the day it ends, in the value and in the text."""
    due = DESK.due(RECEIVED, "4 calendar days")
    assert due.instant == local(10, 5)
    assert due.last_day == date(2026, 10, 4)
    assert due.text() == due.text("zh-CN") == "2026-10-04 24:00"


def test_the_last_working_day_before_a_last_day_off() -> None:
    """The day on which somebody can still act: 4 October is in the break, so 30 September."""
    assert DESK.due(RECEIVED, "4 calendar days").last_working_day == date(2026, 9, 30)
    assert DESK.due(RECEIVED, "8 calendar days").last_working_day == date(2026, 10, 8)


def test_no_working_day_in_reach() -> None:
    """A desk that opened never before has no last working day."""
    opened = {date(2026, 10, 20): Hours("09:00-10:00")}
    fair = BusinessCalendar("Asia/Shanghai", "off", dates=opened, horizon_years=1)
    assert fair.due(RECEIVED, "4 calendar days").last_working_day is None


def test_lengths_have_no_days() -> None:
    """Time by the clock ends at an instant; its last day is the local date of that."""
    due = DESK.due(RECEIVED, "24 elapsed hours")
    assert (due.days, due.last_day) == (None, date(2026, 10, 1))
    due = DESK.due(RECEIVED, "90 working minutes")
    assert (due.days, due.instant, due.last_day) == (None, local(9, 30, 18), date(2026, 9, 30))


def test_text_shows_what_is_needed() -> None:
    """To the minute, or finer where the instant is; provisional in words, in both languages."""
    assert DESK.due(RECEIVED, "3 working days").text() == "2026-10-10 18:00"
    later = RECEIVED + timedelta(seconds=30)
    assert DESK.due(later, "24 elapsed hours").text() == "2026-10-01 16:30:30"
    assert DESK.due(RECEIVED, "24 elapsed hours").text("zh-CN") == "2026-10-01 16:30"
    far = DESK.due(RECEIVED, "500 working days")
    assert far.provisional
    assert far.text() == f"{far.last_day} 18:00 (provisional)"
    assert far.text("zh-CN") == f"{far.last_day} 18:00（暂定）"


@pytest.mark.parametrize(
    ("instant", "last_day", "text"),
    [
        (datetime(2026, 10, 11, tzinfo=UTC), date(2026, 10, 10), "2026-10-10 24:00"),
        (datetime(2026, 10, 11, tzinfo=UTC), date(2026, 10, 11), "2026-10-11 00:00"),
        (datetime(2027, 1, 1, tzinfo=UTC), date(2026, 12, 31), "2026-12-31 24:00"),
        (datetime(2026, 10, 11, 0, 0, 0, 1, tzinfo=UTC), date(2026, 10, 10), None),
        (datetime(2026, 10, 11, 9, 5, tzinfo=UTC), date(2026, 10, 11), "2026-10-11 09:05"),
        (datetime(2026, 10, 11, 9, 5, 7, tzinfo=UTC), date(2026, 10, 11), "2026-10-11 09:05:07"),
        (
            datetime(2026, 10, 11, 9, 5, 0, 250_000, tzinfo=UTC),
            date(2026, 10, 11),
            "2026-10-11 09:05:00.250000",
        ),
    ],
)
def test_an_instant_as_text(instant: datetime, last_day: date, text: str | None) -> None:
    """Midnight is 24:00 of the day it ends, when that is the last day, and only exactly."""
    assert instant_text(instant, last_day) == (text or "2026-10-11 00:00:00.000001")


# --- notes --------------------------------------------------------------------------------------

SATURDAY = local(6, 6, 10)  # 2026-06-06


@pytest.mark.parametrize(
    ("start", "duration", "note", "last_day"),
    [
        # Received at the cut-off itself: Thursday is day zero, Friday the first.
        (local(6, 10, 16), "1 working day, cut-off 16:00", Note.AFTER_CUT_OFF, date(2026, 6, 12)),
        # Saturday counts as Monday; Tuesday is the first day.
        (
            SATURDAY,
            "1 working day, deemed received on a working day",
            Note.DEEMED,
            date(2026, 6, 9),
        ),
        # There is no 31 June.
        (local(5, 31, 10), "1 month", Note.CLIPPED, date(2026, 6, 30)),
        # 28 February 2027, because 29 February 2028 is not a year after anything.
        (local(2, 29, 10, year=2024), "1 year", Note.CLIPPED, date(2025, 2, 28)),
        # Received after the close of the only day counted.
        (local(6, 10, 19), "0 working days", Note.DAY_OVER, date(2026, 6, 11)),
        # 13 June 2026 is a Saturday; Monday the 15th is the next working day.
        (local(6, 10, 10), "3 calendar days, rolling forward", Note.ROLLED, date(2026, 6, 15)),
        (local(6, 10, 10), "3 calendar days, rolling backward", Note.ROLLED, date(2026, 6, 12)),
    ],
)
def test_what_happened_on_the_way_is_noted(
    start: datetime, duration: str, note: Note, last_day: date
) -> None:
    """One note for one thing out of the ordinary, with a sentence in each language."""
    due = DESK.due(start, duration)
    assert due.notes == (note,)
    assert due.last_day == last_day
    for language in ("en", "zh-CN"):
        assert note.text(language)


def test_nothing_out_of_the_ordinary_is_not_noted() -> None:
    """A minute before the cut-off, a working day, a month that has the date."""
    for duration in (
        "1 working day, cut-off 16:00",
        "1 working day, deemed received on a working day",
        "1 month",
        "0 working days",
        "1 calendar day, rolling forward",
    ):
        assert DESK.due(local(6, 10, 15, 59), duration).notes == ()


def test_every_note_has_its_own_sentence() -> None:
    """Five notes, five sentences a language, none of them English in Chinese."""
    for language in ("en", "zh-CN"):
        assert len({note.text(language) for note in Note}) == len(Note)
    assert all(ord(note.text("zh-CN")[0]) > 0x2FFF for note in Note)


# --- parts and digest ---------------------------------------------------------------------------


def test_the_earliest_and_the_latest_keep_all_parts() -> None:
    """The answer is that of one part; all of them are there to be shown."""
    both = (WorkingDays(3), CalendarDays(5))
    first, last = DESK.due(RECEIVED, Earliest(*both)), DESK.due(RECEIVED, Latest(*both))
    assert first.parts == last.parts == tuple(DESK.due(RECEIVED, each) for each in both)
    assert (first.instant, first.last_day) == (local(10, 6), date(2026, 10, 5))
    assert (last.instant, last.last_day) == (local(10, 10, 18), date(2026, 10, 10))
    assert first.days == first.parts[1].days


def test_one_uncertain_part_makes_the_answer_uncertain() -> None:
    """A holiday announced later could make the other part the earlier one."""
    known = ListedHolidays((), published_through=date(2026, 10, 1))
    desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", known)
    due = desk.due(RECEIVED, Earliest(Elapsed(timedelta(hours=1)), WorkingDays(3)))
    assert [part.provisional for part in due.parts] == [False, True]
    assert due.provisional


def test_the_digest_is_that_of_the_years_counted_over() -> None:
    """From the year of receipt to that of the last day, whichever comes first."""
    assert DESK.due(RECEIVED, "3 working days").digest == DESK.content_digest(2026, 2026)
    assert DESK.due(RECEIVED, "4 months").digest == DESK.content_digest(2026, 2027)
    given = {"promised_at": RECEIVED - timedelta(days=400)}
    due = DESK.due(RECEIVED, "at promised_at", given=given)
    assert due.digest == DESK.content_digest(2025, 2026)


def test_due_dates_are_values() -> None:
    """Equal questions to equal calendars give equal answers, which hash and pickle."""
    one = DESK.due(RECEIVED, "T+1 by 17:00")
    other = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN").due(
        RECEIVED.astimezone(UTC), WorkingDays(1, at=time(17))
    )
    assert one == other == pickle.loads(pickle.dumps(one))
    assert len({one, other}) == 1
    assert one.ledger is one.ledger
    assert "calendar" not in repr(one)


def test_a_day_that_was_over_is_not_counted() -> None:
    """No days by 09:00, received at 16:30: the next morning, and still no day in the ledger."""
    due = DESK.due(RECEIVED, CalendarDays(0, at=time(9)))
    assert (due.instant, due.notes) == (local(10, 1, 9), (Note.DAY_OVER,))
    assert due.ledger.total == 0
    due = DESK.due(RECEIVED, CalendarDays(1, at=time(9), include_start=True))
    assert due.instant == local(10, 1, 9)
    assert [(row.day, row.counted) for row in due.ledger.rows] == [
        (date(2026, 9, 30), 0),
        (date(2026, 10, 1), 1),
    ]


def test_nothing_is_due_before_it_came_in_however_it_rolls() -> None:
    """Saturday 10:00 and one day at the same time, rolling backward: not Friday, but Monday."""
    plain = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
    saturday = datetime(2026, 6, 6, 10, tzinfo=UTC)
    due = plain.due(saturday, CalendarDays(1, at="same_time", roll="backward"))
    assert due.instant == datetime(2026, 6, 8, 10, tzinfo=UTC)
    assert Note.DAY_OVER in due.notes


@pytest.mark.parametrize(
    ("received", "last"),
    [
        # The day before the corresponding date: 14, 27, 28 February.
        (date(2026, 1, 15), date(2026, 2, 14)),
        (date(2026, 1, 28), date(2026, 2, 27)),
        (date(2026, 1, 29), date(2026, 2, 28)),
        # The 29th and the 30th do not exist: the last of February.
        (date(2026, 1, 30), date(2026, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        # Before the first of March comes the last of February.
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_that_counts_its_first_day(received: date, last: date) -> None:
    """It ends on the day before the corresponding date, or on the last day of the month."""
    plain = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
    start = datetime(received.year, received.month, received.day, 12, tzinfo=UTC)
    assert plain.due(start, "1 month, counting the first day").last_day == last


def test_the_digest_covers_the_calendar_it_rolled_by() -> None:
    """Two rollers that give different dates give different digests."""
    sunday = "3 calendar days, rolling forward"
    start = datetime(2026, 10, 1, 12, tzinfo=SHANGHAI)
    own = DESK.due(start, sunday)
    other = DESK.due(start, sunday, roll_by=BusinessCalendar("UTC", "Fr 09:00-17:00"))
    assert own.instant != other.instant
    assert own.digest != other.digest
