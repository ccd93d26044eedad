"""Where one microsecond or one date more would be another answer, bulk answers as the verb does.

Random calendars come by such places too rarely to rely on.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, Hours, LikeWeekday, ListedHolidays

np = pytest.importorskip("numpy", reason="bulk needs NumPy (the extra `bulk`)")
from tests.sla.bulk_calls import DESK, HOUR  # noqa: E402 (after NumPy was found)
from workorder.sla import bulk  # noqa: E402


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def many(*instants: datetime) -> Any:
    """Instants for bulk."""
    return np.array([each.replace(tzinfo=None) for each in instants], "M8[us]")


def known(
    hours: str, *, first: date | None = None, last: date | None = None, refuse: bool = False
) -> BusinessCalendar:
    """A desk in UTC whose holidays (there are none) are official from *first* through *last*."""
    unpublished: Literal["flag", "refuse"] = "refuse" if refuse else "flag"
    source = ListedHolidays([], first, last)
    return BusinessCalendar("UTC", hours, source, unpublished=unpublished)


def new_year() -> BusinessCalendar:
    """The night before 2026 is open 22:00-23:30 and 02:00-06:00, with New Year's own hour between.

    A break of Mondays cuts the night, as 31 December works like a Monday.
    """
    return BusinessCalendar(
        "UTC",
        "Mo 22:00-06:00",
        dates={date(2025, 12, 31): LikeWeekday("Mo"), date(2026, 1, 1): Hours("00:00-01:00")},
        breaks="Mo 23:30-02:00",
    )


@pytest.mark.parametrize(
    ("edge", "minutes", "answer"),
    [
        ("close", 90, "2025-12-31T23:30"),
        ("next_open", 90, "2026-01-01T00:00"),
        ("close", 120, "2026-01-01T00:30"),
        ("next_open", 150, "2026-01-01T02:00"),
        ("close", 151, "2026-01-01T02:01"),
    ],
)
def test_a_window_after_midnight_waits_for_those_of_the_new_year(
    edge: Any, minutes: int, answer: str
) -> None:
    """A piece of the old year's last night is not taken before the new year is known."""
    start, amount = at("2025-12-31T22:00"), timedelta(minutes=minutes)
    assert bulk.add_many(new_year(), many(start), amount, edge=edge) == many(at(answer))
    assert new_year().add(start, amount, edge=edge) == at(answer)


def test_going_back_waits_for_the_night_before_new_year() -> None:
    """What 31 December leaves open past midnight counts, however the years were asked about.

    1 January: open until 17:00, as the night reaches to 16:00. From 2 January, 10:00: one hour,
    and five of the day before.
    """
    night = {date(2025, 12, 31): Hours("20:00-16:00")}
    desk, other = (
        BusinessCalendar("UTC", "Mo-Su 09:00-12:00,13:00-17:00", dates=night) for _ in range(2)
    )
    end = at("2026-01-02T10:00")
    assert bulk.subtract_many(desk, many(end), 6 * HOUR) == many(at("2026-01-01T12:00"))
    assert other.subtract(end, timedelta(hours=6)) == at("2026-01-01T12:00")


def test_the_midnight_that_ends_the_last_official_date_is_official() -> None:
    """24:00 belongs to the day it ends: nothing of the next date was needed."""
    desk = known("Mo-Su 12:00-24:00", last=date(2026, 9, 30), refuse=True)
    start, end = at("2026-09-30T12:00"), at("2026-10-01T00:00")
    assert bulk.add_many(desk, many(start), 12 * HOUR) == many(end)
    assert bulk.between_many(desk, many(start), many(end)) == np.timedelta64(12, "h")
    assert desk.add(start, timedelta(hours=12)) == end
    with pytest.raises(InvalidInput) as raised:
        bulk.add_many(desk, many(start), 12 * HOUR + 1)
    assert raised.value.code == "unpublished"


LONDON = BusinessCalendar("Europe/London", "Mo-Su 00:00-03:00")
NIGHT = "Mo-Su 22:00-06:00"


@pytest.mark.parametrize(
    ("calendar", "start", "duration"),
    [
        (LONDON, "2026-03-28T12:00", "1 calendar day, by 01:30"),
        (LONDON, "2026-03-28T01:30", "1 calendar day, at the same time"),
        (LONDON, "2026-10-24T00:30", "1 calendar day, at the same time"),
        (LONDON, "2026-10-24T12:00", "1 calendar day, by 01:30"),
        (DESK, "2026-09-29T08:59:59.999999", "1 working day, cut-off 17:00"),
        (DESK, "2026-09-29T09:00", "1 working day, cut-off 17:00"),
        (DESK, "2026-09-29T09:59:59.999999", "1 working day, counting the first day"),
        (DESK, "2026-09-29T10:00", "1 working day, counting the first day"),
        (DESK, "2026-09-30T16:00", "0 calendar days"),
        (DESK, "2026-01-31T02:00", "1 month"),
        (DESK, "2028-02-29T02:00", "1 year"),
        (DESK, "2026-02-28T02:00", "1 billing cycle, closing on day 31"),
        (known(NIGHT, first=date(2026, 9, 30)), "2026-09-30T01:00", "1 working hour"),
        (known(NIGHT, first=date(2026, 9, 30)), "2026-09-30T06:00", "1 working hour"),
        (known(NIGHT, first=date(2026, 9, 30)), "2026-09-30T05:00", "1 working hour"),
        (DESK, "2026-12-30T02:00", "the earliest of [1 working day; 3 working days]"),
        (DESK, "2026-12-30T02:00", "the earliest of [3 working days; 1 working day]"),
        (DESK, "2026-12-30T02:00", "the latest of [1 calendar day; 24 elapsed hours]"),
        (DESK, "2026-12-31T02:00", "0 working hours"),
    ],
)
def test_due_dates_at_the_edge(calendar: BusinessCalendar, start: str, duration: str) -> None:
    """Instant, last day and whether it is provisional are those of the verb."""
    one = calendar.due(at(start), duration)
    dues = bulk.due_many(calendar, many(at(start)), duration)
    assert dues.instants == many(one.instant.astimezone(UTC))
    assert dues.last_days.tolist() == [one.last_day]
    assert dues.provisional.tolist() == [one.provisional]


def test_the_close_of_a_date_that_is_not_official_is_refused() -> None:
    """Calendar days count no windows, but the close of business is one."""
    desk = known("Mo-Su 09:00-18:00", last=date(2026, 9, 30), refuse=True)
    start, duration = at("2026-09-30T12:00"), "1 calendar day, at close"
    with pytest.raises(InvalidInput, match="2026-10-01") as raised:
        bulk.due_many(desk, many(start), duration)
    assert raised.value.code == "unpublished"
    with pytest.raises(InvalidInput, match="2026-10-01"):
        desk.due(start, duration)
    assert bulk.due_many(desk, many(start), "1 calendar day").last_days == np.datetime64(
        "2026-10-01"
    )
