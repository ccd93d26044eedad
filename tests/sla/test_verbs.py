"""The verbs on aware datetimes and dates: what goes in, what comes out, what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import (
    BusinessCalendar,
    Calendar,
    Closed,
    ListedHolidays,
    Reason,
    Why,
    Window,
)

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
FRIDAY = date(2026, 9, 18)
HOLIDAYS = ListedHolidays.of(
    holidays=[FRIDAY], name="Founding day", published_through=date(2026, 12, 31)
)


def desk(**more: Any) -> BusinessCalendar:
    """A counter in Shanghai, closed on one Friday, known through 2026."""
    return BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:00-17:00", HOLIDAYS, **more)


def local(day: int, hour: int, minute: int = 0, *, month: int = 9, year: int = 2026) -> datetime:
    """An instant by the clocks of Shanghai."""
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


# --- datetimes ----------------------------------------------------------------------------------


def test_the_verbs_on_datetimes() -> None:
    """Thursday afternoon to Monday, over the closed Friday and the week-end."""
    counter = desk()
    thursday, monday = local(17, 16), local(21, 10)
    assert counter.add(thursday, 2 * HOUR) == monday
    assert counter.subtract(monday, 2 * HOUR) == thursday
    assert counter.between(thursday, monday) == 2 * HOUR
    assert counter.between(monday, thursday) == -2 * HOUR
    assert counter.add(thursday, HOUR) == local(17, 17)
    assert counter.add(thursday, HOUR, edge="next_open") == local(21, 9)
    assert counter.subtract(monday, HOUR) == local(21, 9)
    assert counter.subtract(monday, HOUR, edge="prev_close") == local(17, 17)
    assert counter.add(local(18, 12), timedelta(0)) == local(18, 12)
    assert counter.is_open(thursday)
    assert not counter.is_open(local(17, 17))
    assert counter.next_open(local(17, 17)) == local(21, 9)
    assert counter.next_close(thursday) == local(17, 17)
    assert counter.prev_close(local(18, 12)) == local(17, 17)


@pytest.mark.parametrize("zone", [UTC, LONDON, timezone(timedelta(hours=-11)), SHANGHAI])
def test_instants_may_come_in_any_zone_and_go_out_in_the_calendars(zone: Any) -> None:
    """The same instant asks the same question; the answer has the offset of its moment."""
    counter, start = desk(), local(17, 16).astimezone(zone)
    for found in (
        counter.add(start, 2 * HOUR),
        counter.subtract(start, 2 * HOUR),
        counter.next_open(start),
        counter.next_close(start),
        counter.prev_close(start),
        counter.add(start, timedelta(0)),
    ):
        assert found.utcoffset() == timedelta(hours=8)
    assert counter.add(start, 2 * HOUR) == local(21, 10)
    assert counter.local_date(start) == date(2026, 9, 17)


def test_the_offset_is_that_of_the_moment() -> None:
    """Before and after the change to summer time; the difference of answers is elapsed time."""
    night = BusinessCalendar("Europe/London", "Sa 22:00-04:00")
    (window,) = night.windows(datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC))
    assert (window.open.isoformat(), window.close.isoformat()) == (
        "2026-03-28T22:00:00+00:00",
        "2026-03-29T04:00:00+01:00",
    )
    assert window.length == window.close - window.open == 5 * HOUR
    assert night.add(window.open, 5 * HOUR) == window.close


def test_microseconds_are_kept() -> None:
    """Nothing is rounded anywhere."""
    tick = timedelta(microseconds=1)
    counter, start = desk(), local(17, 11, 59) + timedelta(seconds=59, microseconds=999_999)
    assert counter.add(start, tick) == local(17, 12)
    assert counter.add(start, 2 * tick) == local(17, 13) + tick
    assert counter.between(start, local(17, 13) + tick) == 2 * tick


def test_windows_between_two_instants() -> None:
    """Cut to the instants asked about; none backwards; touching windows are one."""
    counter = desk()
    found = [*counter.windows(local(17, 10), local(17, 14))]
    assert found == [
        Window(local(17, 10), local(17, 12)),
        Window(local(17, 13), local(17, 14)),
    ]
    assert [window.length for window in found] == [2 * HOUR, HOUR]
    assert [*counter.windows(local(17, 12), local(17, 13))] == []
    assert [*counter.windows(local(17, 14), local(17, 10))] == []
    assert [*counter.windows(local(17, 10), local(17, 10))] == []
    touching = BusinessCalendar("UTC", "Mo 22:00-24:00; Tu 00:00-12:00,12:00-13:00")
    begin = datetime(2026, 9, 21, tzinfo=UTC)
    assert [window.length for window in touching.windows(begin, begin + 72 * HOUR)] == [15 * HOUR]


def test_windows_are_ordered_values() -> None:
    """They compare by their opening and hash alike when equal."""
    first, second = Window(local(17, 9), local(17, 12)), Window(local(17, 13), local(17, 17))
    assert first < second
    assert len({first, Window(local(17, 9), local(17, 12)), second}) == 2


# --- dates --------------------------------------------------------------------------------------


def test_the_date_of_an_instant_is_the_calendars() -> None:
    """Half past four in the afternoon in London is already tomorrow in Shanghai."""
    assert desk().local_date(datetime(2026, 9, 17, 16, 30, tzinfo=UTC)) == date(2026, 9, 18)
    assert desk().local_date(datetime(2026, 9, 17, 15, 59, tzinfo=UTC)) == date(2026, 9, 17)


def test_working_days() -> None:
    """Forward, backward, from a day off, and by nothing; the first day is not counted."""
    counter, thursday, monday = desk(), date(2026, 9, 17), date(2026, 9, 21)
    assert [counter.is_working_day(day) for day in (thursday, FRIDAY, monday)] == [
        True,
        False,
        True,
    ]
    assert counter.add_days(thursday, 1) == monday
    assert counter.add_days(monday, -1) == thursday
    assert counter.add_days(FRIDAY, 1) == monday
    assert counter.add_days(FRIDAY, -1) == thursday
    assert counter.add_days(FRIDAY, 0) == FRIDAY
    assert counter.days_between(thursday, monday) == 1
    assert counter.days_between(monday, thursday) == -1
    assert counter.days_between(FRIDAY, FRIDAY) == 0
    assert counter.days_between(FRIDAY, monday) == 1


def test_working_days_over_years() -> None:
    """A search goes on into years that were not worked out yet, both ways."""
    counter = desk()
    assert counter.add_days(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert desk().add_days(date(2026, 1, 1), -1) == date(2025, 12, 31)
    far = desk().add_days(date(2026, 1, 1), 1000)
    assert desk().days_between(date(2026, 1, 1), far) == 1000


def test_everything_about_one_date() -> None:
    """Its windows, the reason, and whether it is official."""
    open_day = desk().day(date(2026, 9, 17))
    assert open_day.is_open
    assert open_day.windows == (
        Window(local(17, 9), local(17, 12)),
        Window(local(17, 13), local(17, 17)),
    )
    assert (open_day.date, open_day.reason) == (date(2026, 9, 17), Reason(Why.WEEKLY))
    closed = desk().day(FRIDAY)
    assert (closed.windows, closed.is_open, closed.provisional) == ((), False, False)
    assert (closed.reason.why, closed.reason.text()) == (Why.HOLIDAY, "Founding day")
    assert desk().day(date(2027, 1, 1)).provisional


def test_a_window_past_midnight_belongs_to_its_first_date() -> None:
    """A night shift is all of the date on which it starts, and falls away with it."""
    night = BusinessCalendar("UTC", "Mo-Su 22:00-06:00", dates={date(2026, 9, 18): Closed()})
    (window,) = night.day(date(2026, 9, 17)).windows
    assert window.close == datetime(2026, 9, 18, 6, tzinfo=UTC)
    assert not night.is_open(datetime(2026, 9, 18, 23, tzinfo=UTC))
    assert not night.is_open(datetime(2026, 9, 19, 5, tzinfo=UTC))


def test_whether_dates_are_official() -> None:
    """One date, or all of several."""
    counter = desk()
    assert not counter.provisional(date(2026, 12, 31))
    assert counter.provisional(date(2027, 1, 1))
    assert not counter.provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert counter.provisional(date(2026, 1, 1), date(2027, 1, 1))
    early = BusinessCalendar(
        "UTC", "Mo 09:00-17:00", ListedHolidays((), published_from=date(2026, 1, 1))
    )
    assert early.provisional(date(2025, 12, 31))
    assert not early.provisional(date(2026, 1, 1))
    assert not BusinessCalendar("UTC", "Mo 09:00-17:00").provisional(date(1950, 1, 1))


def test_a_calendar_has_its_zone() -> None:
    """Dates begin and end in it."""
    assert desk().timezone.key == "Asia/Shanghai"
    assert (desk() | BusinessCalendar("UTC", "24/7")).timezone.key == "Asia/Shanghai"


def test_combining_calendars_by_operators() -> None:
    """Open when either is, when both are, when one is and the other not."""
    early = BusinessCalendar("Asia/Shanghai", "Mo-Fr 07:00-10:00")
    day = date(2026, 9, 17)

    def hours(calendar: Calendar) -> list[str]:
        return [f"{w.open:%H}-{w.close:%H}" for w in calendar.windows(local(17, 0), local(18, 0))]

    assert hours(desk() | early) == ["07-12", "13-17"]
    assert hours(desk() & early) == ["09-10"]
    assert hours(desk() - early) == ["10-12", "13-17"]
    assert (desk() & early).day(day).is_open
    other: Any = 3
    with pytest.raises((ConfigurationError, TypeError)):
        desk() | other


def test_the_bare_verbs_answer_nothing() -> None:
    """What every calendar shares needs a kind of calendar that brings windows and a zone."""
    for ask in (
        lambda: Calendar().epoch,
        lambda: Calendar().timezone,
        lambda: Calendar().reason(FRIDAY),
    ):
        with pytest.raises(NotImplementedError):
            ask()


def test_dates_may_be_asked_about_in_either_order() -> None:
    """Whether all of them are official does not depend on which is named first."""
    source = ListedHolidays.of(published_through=date(2026, 12, 31))
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", source)
    assert calendar.provisional(date(2027, 6, 1), date(2026, 6, 1))
    assert calendar.provisional(date(2026, 6, 1), date(2027, 6, 1))
    assert not calendar.provisional(date(2026, 6, 2), date(2026, 6, 1))


def test_the_last_open() -> None:
    """While open, when that began; while closed, when it last did; at an open, that itself."""
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-12:00,13:00-17:00")
    wednesday = datetime(2026, 6, 10, tzinfo=UTC)
    for hour, begun in ((9, 9), (11, 9), (12, 9), (13, 13), (23, 13)):
        found = calendar.prev_open(wednesday + timedelta(hours=hour))
        assert found == wednesday + timedelta(hours=begun)
    new_year = datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert calendar.prev_open(new_year) == datetime(2025, 12, 31, 13, tzinfo=UTC)


def test_the_nearest_working_day() -> None:
    """A working day is its own; a Saturday goes to Monday or to Friday."""
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
    assert calendar.working_day(date(2026, 6, 10), "forward") == date(2026, 6, 10)
    assert calendar.working_day(date(2026, 6, 13), "forward") == date(2026, 6, 15)
    assert calendar.working_day(date(2026, 6, 13), "backward") == date(2026, 6, 12)
    with pytest.raises(InvalidInput, match="forward, backward"):
        calendar.working_day(date(2026, 6, 13), "nearest")  # type: ignore[arg-type]
