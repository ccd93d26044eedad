"""A calendar as a value: equality, hash, copies, pickles, repr, and its content digest."""

import copy
import datetime as dt
import pickle
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

from workorder import sla
from workorder.errors import InvalidInput
from workorder.sla import (
    BusinessCalendar,
    Closed,
    CountryHolidays,
    Hours,
    ListedHolidays,
    Recurring,
    WeeklyHours,
)

SATURDAY, WEDNESDAY = date(2026, 6, 6), date(2026, 6, 10)


def desk(hours: str = "Mo-Fr 09:00-17:00", **more: Any) -> BusinessCalendar:
    """A calendar in UTC."""
    return BusinessCalendar("UTC", hours, **more)


FULL: Mapping[str, Any] = {
    "zone": "Asia/Shanghai",
    "hours": "Mo-Fr 09:00-12:00,13:30-18:00",
    "holidays": CountryHolidays("CN", categories=("public", "half_day")),
    "dates": {date(2026, 2, 13): Hours("09:00-12:00", "before the Spring Festival")},
    "recurring": (Recurring("FREQ=MONTHLY;BYDAY=2SA", Closed("x")),),
    "breaks": "Fr 15:00-15:15",
    "substitutes": False,
    "workday_like": 4,
    "short_days": "09:00-12:00",
    "name": "counter",
    "horizon_years": 5,
    "unpublished": "refuse",
}


def test_a_calendar_is_a_value() -> None:
    """Equal settings make equal calendars: as keys, after copies, pickles and evolution."""
    one = BusinessCalendar(**FULL)
    pickled = pickle.loads(pickle.dumps(one))
    for other in (BusinessCalendar(**FULL), copy.copy(one), copy.deepcopy(one), pickled):
        assert other == one
        assert hash(other) == hash(one)
        assert other.content_digest(2026, 2026) == one.content_digest(2026, 2026)
    assert attrs.evolve(one, name="other").name == "other"
    with pytest.raises(FrozenInstanceError):
        one.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize("setting", [*FULL])
def test_every_setting_is_part_of_the_value(setting: str) -> None:
    """Leaving one setting at its default makes another calendar."""
    given = {name: value for name, value in FULL.items() if name != setting}
    given.setdefault("zone", "Asia/Hong_Kong")
    given.setdefault("hours", "Mo-Fr 09:00-17:00")
    if setting == "short_days":
        given["short_days"] = "09:00-11:00"
    assert BusinessCalendar(**given) != BusinessCalendar(**FULL)


def test_a_calendar_with_a_list_of_dates_can_be_a_key() -> None:
    """Every source is hashable, so every calendar is."""
    named = {desk(holidays=ListedHolidays.of(holidays=[SATURDAY])): "a"}
    assert named[desk(holidays=ListedHolidays.of(holidays=[SATURDAY]))] == "a"


def test_what_was_worked_out_is_no_part_of_the_value() -> None:
    """A calendar that answered questions equals one that did not, and shows nothing of them."""
    asked, fresh = desk(), desk()
    asked.is_working_day(SATURDAY)
    assert asked == fresh
    assert pickle.dumps(asked) == pickle.dumps(fresh)
    assert repr(asked) == repr(fresh)


def test_repr_says_what_to_type() -> None:
    """The repr of a calendar makes the same calendar again."""
    names = {name: getattr(sla, name) for name in sla.__all__} | {"datetime": dt}
    one = BusinessCalendar(**FULL)
    assert eval(repr(one), names) == one


def test_different_ways_of_saying_one_thing() -> None:
    """Text or values, a mapping or pairs, a zone or its name: one calendar."""
    values = BusinessCalendar(
        ZoneInfo("Asia/Shanghai"),
        WeeklyHours.parse("Mo-Fr 09:00-12:00,13:30-18:00"),
        CountryHolidays("CN"),
        dates=[(date(2026, 2, 13), Closed())],
        workday_like="Mo",
    )
    texts = BusinessCalendar(
        "Asia/Shanghai", FULL["hours"], "CN", dates={date(2026, 2, 13): Closed()}
    )
    assert values == texts


def test_the_digest_is_over_dates_alone() -> None:
    """Names and ways of writing change nothing; a minute or a date does."""
    plain = desk().content_digest(2026, 2026)
    assert plain == "04a6618fd3a0dd1a4dbf1cace8fa150314dd5dccf5be0a6ca4dd0f58266c6fb6"
    assert desk(name="counter").content_digest(2026, 2026) == plain
    assert desk("We-Fr 09:00-17:00; Mo-Tu 09:00-17:00").content_digest(2026, 2026) == plain
    closed_before = desk(dates={date(2025, 6, 10): Closed()})
    assert closed_before.content_digest(2026, 2026) == plain
    assert closed_before.content_digest(2025, 2026) != desk().content_digest(2025, 2026)
    assert desk("Mo-Fr 09:00-17:01").content_digest(2026, 2026) != plain
    assert desk(dates={WEDNESDAY: Closed()}).content_digest(2026, 2026) != plain


def test_the_night_before_belongs_to_the_digest() -> None:
    """What 31 December left open is open in the next year."""
    night = desk(dates={date(2026, 12, 31): Hours("22:00-04:00")})
    assert night.content_digest(2027, 2027) != desk().content_digest(2027, 2027)


@pytest.mark.parametrize(("first", "last"), [(2027, 2026), ("2026", 2026), (2026, None)])
def test_a_digest_of_no_years_is_refused(first: Any, last: Any) -> None:
    """Nothing has no digest."""
    with pytest.raises(InvalidInput, match="a year"):
        desk().content_digest(first, last)
