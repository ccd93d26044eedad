"""Traps of time zones and of clocks that change; the planted faults fail these tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from tests.sla.traps import at, trap
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar

HOUR = timedelta(hours=1)
OFFICE = "Mo-Fr 09:00-17:00"

Kind = type[BusinessCalendar]


@pytest.fixture
def kind() -> Kind:
    """The calendar that ships; planted faults are handed in instead."""
    return BusinessCalendar


@trap(12)
def test_an_instant_means_the_same_in_every_zone(kind: Kind) -> None:
    """frappe/helpdesk PR 3776: a time is not read again in the zone of whoever looks at it."""
    desk = kind("Asia/Kolkata", OFFICE)
    received = at("2026-03-02T10:00+05:30")
    answers = {
        desk.add(received.astimezone(zone), HOUR)
        for zone in (UTC, ZoneInfo("Asia/Kolkata"), ZoneInfo("America/New_York"))
    }
    assert answers == {at("2026-03-02T11:00+05:30")}


@trap(15)
def test_naive_times_are_refused(kind: Kind) -> None:
    """frappe/erpnext PR 38745: a time without a zone is no instant, and the error names it."""
    desk = kind("Asia/Shanghai", OFFICE)
    naive, aware = datetime(2026, 3, 2, 10), at("2026-03-02T10:00+08:00")
    asked: dict[str, Callable[[], object]] = {
        "start": lambda: desk.add(naive, HOUR),
        "end": lambda: desk.between(aware, naive),
        "at": lambda: desk.is_open(naive),
    }
    for name, ask in asked.items():
        with pytest.raises(InvalidInput) as caught:
            ask()
        assert (caught.value.code, caught.value.facts["name"]) == ("naive_datetime", name)


@trap(23)
def test_a_midnight_that_does_not_exist_is_passed(kind: Kind) -> None:
    """zendesk/biz PR 35, 37: clocks that jump over midnight do not hold a search up."""
    desk = kind("America/Sao_Paulo", "Mo-Fr 00:00-08:00,09:00-17:00; Su 00:00-02:00")
    # On Sunday 4 November 2018 clocks went from 00:00 to 01:00: of two hours one is left.
    friday = at("2018-11-02T16:00-03:00")
    assert desk.add(friday, 2 * HOUR) == at("2018-11-04T02:00-02:00")
    assert desk.add(friday, 3 * HOUR) == at("2018-11-05T01:00-02:00")
    windows = desk.day(date(2018, 11, 4)).windows
    assert [window.length for window in windows] == [HOUR]


@trap(32)
def test_opening_hours_follow_the_clock_on_the_wall(kind: Kind) -> None:
    """grafana/oncall #3261: 09:00 is 09:00 in winter and in summer."""
    desk = kind("Europe/London", OFFICE)
    assert desk.next_open(at("2026-01-05T00:00+00:00")) == at("2026-01-05T09:00+00:00")
    assert desk.next_open(at("2026-07-06T00:00+00:00")) == at("2026-07-06T09:00+01:00")


@trap(37)
def test_zoned_times_of_every_make_are_taken(kind: Kind) -> None:
    """gnaneshwar441/Business_Duration #6: zones of zoneinfo, dateutil and fixed offsets work."""
    desk = kind("America/New_York", OFFICE)
    zones = (ZoneInfo("Europe/London"), tz.gettz("Europe/London"), tz.UTC, timezone(timedelta(0)))
    for zone in zones:
        received = datetime(2026, 1, 5, 15, tzinfo=zone)  # 10:00 in New York
        assert desk.add(received, HOUR) == at("2026-01-05T11:00-05:00")
        assert desk.between(received, at("2026-01-05T12:00-05:00")) == 2 * HOUR


@trap()
def test_a_night_over_a_clock_change_has_the_hours_it_has(kind: Kind) -> None:
    """22:00 to 06:00 lasts 7 hours in spring and 9 in autumn (business-duration says 8)."""
    desk = kind("Europe/London", "Mo-Su 22:00-06:00")
    noon = at("2026-03-28T12:00+00:00")
    assert desk.between(noon, noon + 23 * HOUR) == 7 * HOUR
    # 25 October 2026: 01:00 to 02:00 comes twice.
    noon = at("2026-10-24T12:00+01:00")
    assert desk.between(noon, noon + 25 * HOUR) == 9 * HOUR
    # 22:00 and seven hours, spring: 06:00 on the wall, when the night ends.
    assert desk.add(at("2026-03-28T22:00+00:00"), 7 * HOUR) == at("2026-03-29T06:00+01:00")


@trap()
def test_a_difference_of_two_answers_is_elapsed_time(kind: Kind) -> None:
    """Answers carry the offset of their moment, so Python's difference of them is right."""
    desk = kind("Europe/London", "24/7")
    before = desk.add(at("2026-03-28T12:00+00:00"), HOUR)
    after = desk.add(at("2026-03-28T12:00+00:00"), 24 * HOUR)
    assert after - before == 23 * HOUR
