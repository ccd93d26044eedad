"""Traps of opening hours, each met in somebody's tracker; the planted faults fail these tests."""

from datetime import date, timedelta

import pytest

from tests.sla.traps import at, trap
from workorder.errors import ConfigurationError
from workorder.sla import BusinessCalendar, Hours, ListedHolidays

HOUR = timedelta(hours=1)
OFFICE = "Mo-Fr 09:00-12:00,13:30-18:00"
ZONE = "Asia/Shanghai"

Kind = type[BusinessCalendar]


@pytest.fixture
def kind() -> Kind:
    """The calendar that ships; planted faults are handed in instead."""
    return BusinessCalendar


@trap(7)
def test_hours_until_midnight_end_there(kind: Kind) -> None:
    """zammad/zammad #2497: hours from 09:00 to 00:00 last until midnight and end every sum."""
    desk = kind(ZONE, "Mo-Fr 09:00-00:00")
    # Friday 6 March 2026, 23:30: half an hour until 24:00, the rest on Monday from 09:00.
    assert desk.add(at("2026-03-06T23:30+08:00"), HOUR) == at("2026-03-09T09:30+08:00")
    assert desk.between(at("2026-03-06T23:00+08:00"), at("2026-03-07T01:00+08:00")) == HOUR
    with pytest.raises(ConfigurationError):
        kind(ZONE, "Mo-Fr 00:00-00:00")


@trap(8)
def test_a_day_ends_at_24_00(kind: Kind) -> None:
    """zammad/zammad #3180: a day open until its end loses no minute at midnight."""
    desk = kind(ZONE, "Mo-Su 00:00-24:00")
    saturday = at("2026-03-07T10:00+08:00")
    assert desk.add(saturday, 24 * HOUR) == at("2026-03-08T10:00+08:00")
    assert desk.between(saturday, at("2026-03-14T10:00+08:00")) == timedelta(days=7)
    assert desk.is_open(at("2026-03-07T23:59:59.999999+08:00"))


@trap(16)
def test_lunch_and_split_shifts_are_closed(kind: Kind) -> None:
    """frappe/helpdesk #2212, chatwoot/chatwoot #14009: what lies between two windows is closed."""
    desk = kind(ZONE, OFFICE)
    # Thursday 11:30: half an hour until lunch, half an hour from 13:30.
    assert desk.add(at("2026-03-05T11:30+08:00"), HOUR) == at("2026-03-05T14:00+08:00")
    noon, afternoon = at("2026-03-05T12:00+08:00"), at("2026-03-05T13:30+08:00")
    assert desk.between(noon, afternoon) == timedelta(0)
    assert not desk.is_open(at("2026-03-05T12:30+08:00"))


@trap(16)
def test_a_window_past_midnight_is_one_window(kind: Kind) -> None:
    """chatwoot/chatwoot #5254: a late shift goes on after midnight, also into a day off."""
    desk = kind(ZONE, "Mo-Fr 14:00-02:00")
    # Friday 23:30 and two hours: Saturday 01:30. Half an hour is then left, and Monday has 14:00.
    assert desk.add(at("2026-03-06T23:30+08:00"), 2 * HOUR) == at("2026-03-07T01:30+08:00")
    assert desk.add(at("2026-03-06T23:30+08:00"), 3 * HOUR) == at("2026-03-09T14:30+08:00")
    assert desk.next_close(at("2026-03-06T23:30+08:00")) == at("2026-03-07T02:00+08:00")


@trap(22)
def test_what_arrives_outside_hours_waits_for_the_opening(kind: Kind) -> None:
    """glpi-project/glpi #687: created outside hours, the whole amount still has to pass."""
    desk = kind(ZONE, OFFICE)
    saturday, monday = at("2026-03-07T20:00+08:00"), at("2026-03-09T10:00+08:00")
    assert desk.add(saturday, HOUR) == monday
    assert desk.add(at("2026-03-06T19:00+08:00"), HOUR) == monday
    assert desk.between(saturday, monday) == HOUR


@trap(24)
def test_overnight_hours_are_taken(kind: Kind) -> None:
    """zendesk/biz #133, #33; bokmann/business_time #227: night shifts are hours like others."""
    desk = kind(ZONE, "Mo-Fr 22:00-06:00")
    # The night from Monday to Tuesday has eight hours; 23:00 to 05:00 are six of them.
    assert desk.between(at("2026-03-02T12:00+08:00"), at("2026-03-03T12:00+08:00")) == 8 * HOUR
    assert desk.between(at("2026-03-02T23:00+08:00"), at("2026-03-03T05:00+08:00")) == 6 * HOUR
    assert desk.add(at("2026-03-02T23:00+08:00"), 6 * HOUR) == at("2026-03-03T05:00+08:00")


@trap(24)
def test_a_night_belongs_to_the_date_it_starts_on(kind: Kind) -> None:
    """A holiday removes the whole night that starts on it, and nothing of the night before."""
    wednesday = ListedHolidays.of(holidays=[date(2026, 3, 4)])
    desk = kind(ZONE, "Mo-Fr 22:00-06:00", wednesday)
    nights = list(desk.windows(at("2026-03-03T12:00+08:00"), at("2026-03-06T12:00+08:00")))
    # Tuesday's night goes on into the holiday; Wednesday's is gone, its hours on Thursday too.
    assert [(night.open, night.close) for night in nights] == [
        (at("2026-03-03T22:00+08:00"), at("2026-03-04T06:00+08:00")),
        (at("2026-03-05T22:00+08:00"), at("2026-03-06T06:00+08:00")),
    ]


@trap(25)
def test_hours_of_a_date_replace_those_of_its_weekday(kind: Kind) -> None:
    """zendesk/biz #145, #122; working_hours #33: the short day before a holiday is short."""
    friday, sunday = date(2026, 2, 13), date(2026, 3, 8)
    special = {friday: Hours("10:00-12:00", "before the festival"), sunday: Hours("14:00-16:00")}
    desk = kind(ZONE, OFFICE, dates=special)
    # Thursday 17:30: half an hour, two hours on Friday, and half an hour on Monday.
    assert desk.add(at("2026-02-12T17:30+08:00"), 3 * HOUR) == at("2026-02-16T09:30+08:00")
    assert desk.between(at("2026-02-13T00:00+08:00"), at("2026-02-14T00:00+08:00")) == 2 * HOUR
    assert desk.between(at("2026-03-08T00:00+08:00"), at("2026-03-09T00:00+08:00")) == 2 * HOUR


@trap(25)
def test_hours_of_a_date_stand_above_a_holiday(kind: Kind) -> None:
    """bokmann/business_time #183: special hours on a holiday are open, and nothing else of it."""
    holiday = date(2026, 3, 4)
    desk = kind(
        ZONE,
        OFFICE,
        ListedHolidays.of(holidays=[holiday]),
        dates={holiday: Hours("10:00-11:00", "one counter")},
    )
    assert desk.add(at("2026-03-03T17:30+08:00"), HOUR) == at("2026-03-04T10:30+08:00")
    assert desk.between(at("2026-03-04T00:00+08:00"), at("2026-03-05T00:00+08:00")) == HOUR


@trap(29)
def test_both_ends_after_hours_have_nothing_between_them(kind: Kind) -> None:
    """seatgeek/businesstime #13, lennym/moment-business-time #17: two closed ends, no time."""
    desk = kind(ZONE, OFFICE)
    evening, later = at("2026-03-06T18:30+08:00"), at("2026-03-06T20:00+08:00")
    assert desk.between(evening, later) == timedelta(0)
    assert desk.between(evening, at("2026-03-09T08:00+08:00")) == timedelta(0)
    # Thursday evening to Friday evening: the whole Friday, 3 + 4.5 hours, once.
    assert desk.between(at("2026-03-05T20:00+08:00"), evening) == 7.5 * HOUR
    # And one of freetrade-io/ts-business-time #5: both ends before hours.
    early = at("2026-03-06T06:00+08:00")
    assert desk.between(early, at("2026-03-06T08:00+08:00")) == timedelta(0)


# --- conventions on which libraries disagree ------------------------------------------------


@trap()
def test_a_sum_used_up_at_a_close_ends_at_the_close(kind: Kind) -> None:
    """A deadline is the earliest instant at which the time is used up (biz, pandas: next open)."""
    desk = kind(ZONE, OFFICE)
    friday, close = at("2026-03-06T17:00+08:00"), at("2026-03-06T18:00+08:00")
    assert desk.add(friday, HOUR) == close
    assert desk.add(friday, HOUR, edge="next_open") == at("2026-03-09T09:00+08:00")


@trap()
def test_a_subtraction_used_up_at_an_open_ends_at_the_open(kind: Kind) -> None:
    """The mirror: the latest instant from which the time passes (pandas: previous close)."""
    desk = kind(ZONE, OFFICE)
    monday, opening = at("2026-03-09T10:00+08:00"), at("2026-03-09T09:00+08:00")
    assert desk.subtract(monday, HOUR) == opening
    assert desk.subtract(monday, HOUR, edge="prev_close") == at("2026-03-06T18:00+08:00")


@trap()
def test_adding_nothing_while_closed_moves_nothing(kind: Kind) -> None:
    """Adding zero on a Saturday answers that Saturday (biz moves to the opening)."""
    desk = kind(ZONE, OFFICE)
    saturday = at("2026-03-07T20:00+08:00")
    assert desk.add(saturday, timedelta(0)) == saturday
    assert desk.subtract(saturday, timedelta(0)) == saturday


@trap()
def test_the_closing_minute_is_closed(kind: Kind) -> None:
    """Windows are half open: the opening instant is open, the closing one is not (pandas: is)."""
    desk = kind(ZONE, OFFICE)
    assert desk.is_open(at("2026-03-06T09:00+08:00"))
    assert not desk.is_open(at("2026-03-06T18:00+08:00"))
    assert desk.next_open(at("2026-03-06T18:00+08:00")) == at("2026-03-09T09:00+08:00")
