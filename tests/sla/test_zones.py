"""Local time to UTC, by one rule, in the zones with the oddest clocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import ConfigurationError
from workorder.sla.zones import (
    DAY,
    EPOCH,
    EPOCH_DAY,
    MICROSECOND,
    MINUTE,
    SECOND,
    Offsets,
    fixed,
    load_zone,
    offsets_between,
)

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "UTC",
)


def offsets(zone: str, year: int) -> Offsets:
    """The offsets of a zone over a year and some days."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return offsets_between(load_zone(zone), first - 3, last + 4)


def local(text: str) -> int:
    """A local time, as if it were UTC."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH) // MICROSECOND


def utc(zone: str, text: str) -> str:
    """The instant of a local time, as text in UTC."""
    wall = local(text)
    found = offsets(zone, int(text[:4])).utc(wall)
    return (EPOCH + timedelta(microseconds=found)).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        # Clocks go from 01:00 to 02:00 on 29 March 2026: 01:30 is not there.
        ("Europe/London", "2026-03-29 00:59:59", "2026-03-29 00:59:59"),
        ("Europe/London", "2026-03-29 01:00", "2026-03-29 01:00:00"),
        ("Europe/London", "2026-03-29 01:30", "2026-03-29 01:00:00"),
        ("Europe/London", "2026-03-29 02:00", "2026-03-29 01:00:00"),
        ("Europe/London", "2026-03-29 02:30", "2026-03-29 01:30:00"),
        # Half an hour: 02:00 to 02:30 on 4 October 2026.
        ("Australia/Lord_Howe", "2026-10-04 01:59", "2026-10-03 15:29:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:00", "2026-10-03 15:30:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:31", "2026-10-03 15:31:00"),
        # At midnight: 4 November 2018 begins at 01:00.
        ("America/Sao_Paulo", "2018-11-03 23:59", "2018-11-04 02:59:00"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00:00"),
        ("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04 03:00:00"),
        ("America/Sao_Paulo", "2018-11-04 01:00", "2018-11-04 03:00:00"),
        # A whole date: there was no 30 December 2011 in Apia.
        ("Pacific/Apia", "2011-12-29 23:59", "2011-12-30 09:59:00"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00:00"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00:00"),
        ("Pacific/Apia", "2011-12-31 09:00", "2011-12-30 19:00:00"),
    ],
)
def test_a_skipped_time_is_the_instant_of_the_change(zone: str, wall: str, expected: str) -> None:
    """Gap: every local time that a zone skips is the moment at which it skips."""
    assert utc(zone, wall) == expected


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        # Clocks go back from 02:00 to 01:00 on 25 October 2026: 01:30 comes twice.
        ("Europe/London", "2026-10-25 00:59", "2026-10-24 23:59:00"),
        ("Europe/London", "2026-10-25 01:00", "2026-10-25 00:00:00"),
        ("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30:00"),
        ("Europe/London", "2026-10-25 02:00", "2026-10-25 02:00:00"),
        # Half an hour: back from 02:00 to 01:30 on 5 April 2026.
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45:00"),
        ("Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04 15:30:00"),
        # Midnight comes twice: 17 February 2018 ends with a second 23:00.
        ("America/Sao_Paulo", "2018-02-17 23:30", "2018-02-18 01:30:00"),
        ("America/Sao_Paulo", "2018-02-18 00:00", "2018-02-18 03:00:00"),
    ],
)
def test_a_repeated_time_is_the_first_of_the_two(zone: str, wall: str, expected: str) -> None:
    """Fold: a local time that comes twice is its first occurrence."""
    assert utc(zone, wall) == expected


@pytest.mark.parametrize(
    ("zone", "year", "changes"),
    [
        ("UTC", 2026, 0),
        ("Asia/Shanghai", 2026, 0),
        ("Europe/London", 2026, 2),
        ("America/Sao_Paulo", 2018, 2),
        ("America/Sao_Paulo", 2026, 0),
        ("Australia/Lord_Howe", 2026, 2),
        ("Pacific/Apia", 2011, 3),
        # Ramadan: the clocks of Morocco changed four times in 2012.
        ("Africa/Casablanca", 2012, 4),
    ],
)
def test_every_change_of_a_year_is_found(zone: str, year: int, changes: int) -> None:
    """The number of changes of the offset is known from the zone's history."""
    found = offsets(zone, year)
    assert len(found.at) == changes
    assert len(found.offsets) == changes + 1
    assert [*found.at] == sorted(found.at)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [1945, 1991, 2011, 2018, 2026])
def test_offsets_are_those_of_the_zone_at_every_quarter_of_an_hour(zone: str, year: int) -> None:
    """Nothing is missed and nothing invented, compared with the zone itself."""
    found, known = offsets(zone, year), load_zone(zone)
    instant = (date(year, 1, 1).toordinal() - EPOCH_DAY) * DAY
    for at in range(instant, instant + 366 * DAY, 15 * MINUTE):
        moment = (EPOCH + timedelta(microseconds=at)).astimezone(known)
        assert found.local(at) == at + (moment.utcoffset() or timedelta(0)) // MICROSECOND


def test_the_second_of_a_change_is_exact() -> None:
    """Shanghai left local mean time (8:05:43) at midnight of 1 January 1901, by that clock."""
    found = offsets("Asia/Shanghai", 1901)
    assert [*found.offsets] == [(8 * 3600 + 5 * 60 + 43) * SECOND, 8 * 3600 * SECOND]
    assert [*found.at] == [local("1900-12-31 15:54:17")]
    assert found.local(found.at[0] - 1) == local("1900-12-31 23:59:59.999999")
    assert found.local(found.at[0]) == local("1900-12-31 23:54:17")


instants = st.integers(local("1950-01-03"), local("2040-12-28"))


@given(st.sampled_from(ZONES), instants)
def test_local_time_is_that_of_the_zone(zone: str, instant: int) -> None:
    """Law: an instant has the local time that the zone gives it."""
    year = (EPOCH + timedelta(microseconds=instant)).year
    moment = (EPOCH + timedelta(microseconds=instant)).astimezone(load_zone(zone))
    assert offsets(zone, year).local(instant) == local(str(moment.replace(tzinfo=None)))


@given(st.sampled_from(ZONES), instants)
def test_an_instant_is_never_later_than_its_local_time_says(zone: str, instant: int) -> None:
    """Law: back from local time comes the same instant, or the first of two with that time."""
    found = offsets(zone, (EPOCH + timedelta(microseconds=instant)).year)
    again = found.utc(found.local(instant))
    assert again <= instant
    assert found.local(again) == found.local(instant)


@given(st.sampled_from(ZONES), st.integers(1951, 2039), st.lists(st.integers(0, 365 * 24 * 60)))
def test_later_here_is_never_earlier_there(zone: str, year: int, minutes: list[int]) -> None:
    """Law: local order is kept, over gaps and folds too."""
    found = offsets(zone, year)
    begin = local(f"{year}-01-01")
    converted = [found.utc(begin + minute * MINUTE) for minute in sorted(minutes)]
    assert converted == sorted(converted)


def test_a_zone_of_one_offset() -> None:
    """What is shown carries the offset of its moment, to the second where a zone has seconds."""
    assert str(fixed(8 * 3600 * SECOND)) == "UTC+08:00"
    assert fixed(-12_345 * SECOND).utcoffset(None) == timedelta(seconds=-12_345)


@pytest.mark.parametrize(
    "name",
    [
        "../etc/passwd",
        "/etc/passwd",
        "",
        "Asia",
        "Mars/Phobos",
        "asia/shanghai ",
        "a\0b",
        "tzdata.zi",
        "zone.tab",
        "x" * 5000,
        None,
        3,
        b"UTC",
        UTC,
    ],
)
def test_what_is_no_zone_is_refused(name: Any) -> None:
    """Paths, folders, files beside the zones and other things get the named error."""
    with pytest.raises(ConfigurationError) as caught:
        load_zone(name)
    (finding,) = caught.value.findings
    assert finding.key == "zone"
    assert repr(name).startswith(finding.found.removesuffix("…"))
    assert len(finding.found) <= 61
    assert finding.expected


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Asia/Shangai", "Asia/Shanghai"),
        ("asia/Shanghai", "Asia/Shanghai"),
        ("Europe/Londn", "Europe/London"),
        ("Shanghai", "Asia/Shanghai"),
    ],
)
def test_a_slip_of_the_pen_names_the_nearest_zone(name: str, nearest: str) -> None:
    """The error says which zone was probably meant."""
    with pytest.raises(ConfigurationError) as caught:
        load_zone(name)
    assert caught.value.findings[0].expected.startswith(nearest)


@pytest.mark.parametrize("name", ["localtime", "posixrules", "right/UTC"])
def test_zones_that_depend_on_the_machine_are_refused(name: str) -> None:
    """“localtime” is another zone on another machine, and “right/…” counts leap seconds."""
    with pytest.raises(ConfigurationError):
        load_zone(name)


@pytest.mark.parametrize("name", ["UTC", "Asia/Shanghai", "Etc/GMT-8", "America/Argentina/Salta"])
def test_zones_by_name(name: str) -> None:
    """Every IANA name is one."""
    assert load_zone(name).key == name
