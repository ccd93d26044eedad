"""Where holidays come from: the protocol, and lists of dates."""

import copy
import pickle
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import (
    BusinessCalendar,
    CountryHolidays,
    DayKind,
    HolidaySource,
    ListedHolidays,
    MarketHolidays,
    SourceDay,
    Why,
)
from workorder.texts import Label

FOUNDING, DRILL, EVE = date(2026, 9, 18), date(2026, 9, 19), date(2026, 12, 31)


def test_a_list_from_bare_dates() -> None:
    """Holidays and substituted workdays by their dates; the name is that of the holidays."""
    own = ListedHolidays.of(holidays=[FOUNDING], workdays=[DRILL], name="Founding day")
    days = own.days(2026)
    assert (days[FOUNDING].kind, days[FOUNDING].name.text()) == (DayKind.HOLIDAY, "Founding day")
    assert (days[DRILL].kind, days[DRILL].name.text()) == (DayKind.WORKDAY, "")
    assert own.days(2027) == {}


def test_the_order_of_a_list_says_nothing() -> None:
    """Two lists with the same dates are equal."""
    one = ListedHolidays.of(holidays=[FOUNDING, EVE], workdays=[DRILL])
    other = ListedHolidays.of(workdays=[DRILL], holidays=[EVE, FOUNDING])
    assert one == other
    assert [day for day, _ in one.listed] == [FOUNDING, DRILL, EVE]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        ([], set()),
        ([SourceDay()], {DayKind.HOLIDAY}),
        (
            [SourceDay(), SourceDay(DayKind.SHORT), SourceDay(DayKind.WORKDAY)],
            {DayKind.HOLIDAY, DayKind.SHORT, DayKind.WORKDAY},
        ),
    ],
)
def test_a_list_knows_its_kinds(days: list[SourceDay], kinds: set[DayKind]) -> None:
    """Only kinds that stand in the list are named."""
    listed = [(date(2026, 1, 1 + number), day) for number, day in enumerate(days)]
    assert ListedHolidays(listed).kinds == kinds


def test_a_date_stands_once() -> None:
    """A date that is both holiday and workday, or twice the same, is refused by name."""
    with pytest.raises(ConfigurationError) as caught:
        ListedHolidays.of(holidays=[EVE, EVE, FOUNDING], workdays=[FOUNDING])
    assert [each.found for each in caught.value.findings] == [f"{FOUNDING} twice", f"{EVE} twice"]


def test_a_list_says_how_far_it_goes() -> None:
    """Without a word it has neither beginning nor end."""
    assert ListedHolidays(()).published_from is None
    assert ListedHolidays(()).published_through is None
    assert ListedHolidays.of(published_through=EVE).published_through == EVE
    assert ListedHolidays((), published_from=FOUNDING).published_from == FOUNDING


def test_lists_are_values() -> None:
    """They copy, pickle and hash, so that a calendar with a list can be a key."""
    named = SourceDay(DayKind.HOLIDAY, Label("Founding day", {"zh-CN": "行庆日"}))
    own = ListedHolidays([(FOUNDING, named)], published_through=EVE)
    assert copy.deepcopy(own) == own
    assert pickle.loads(pickle.dumps(own)) == own
    assert hash(pickle.loads(pickle.dumps(own))) == hash(own)


@pytest.mark.parametrize(
    "wrong", ["2026-09-18", datetime(2026, 9, 18, 12), 20260918, None, (2026, 9, 18)]
)
def test_what_is_no_date_is_refused_at_once(wrong: Any) -> None:
    """A date as text, or an instant, is refused when the list is made, not when a year is asked."""
    with pytest.raises(ConfigurationError):
        ListedHolidays.of(holidays=[wrong])


@pytest.mark.parametrize("wrong", ["2026-12-31", datetime(2026, 12, 31), 2026])
def test_an_end_that_is_no_date_is_refused_at_once(wrong: Any) -> None:
    """How far a list goes is a date."""
    with pytest.raises(ConfigurationError):
        ListedHolidays.of(holidays=[FOUNDING], published_through=wrong)


@pytest.mark.parametrize("wrong", ["holiday", None, DayKind.HOLIDAY])
def test_what_is_said_about_a_date_is_a_source_day(wrong: Any) -> None:
    """Anything else is refused when the list is made."""
    with pytest.raises(ConfigurationError):
        ListedHolidays([(FOUNDING, wrong)])


@pytest.mark.parametrize(
    "source", [ListedHolidays(()), CountryHolidays("CN"), MarketHolidays("XSHG")]
)
def test_every_source_keeps_the_protocol(source: object) -> None:
    """A calendar takes whatever has these four."""
    assert isinstance(source, HolidaySource)


@pytest.mark.parametrize("thing", [None, 3, "CN", {}, [date(2026, 1, 1)], date])
def test_other_things_are_no_sources(thing: object) -> None:
    """What lacks one of the four is no source."""
    assert not isinstance(thing, HolidaySource)


class Quarters:
    """A host's own source: the last day of each quarter is short."""

    published_from = None
    published_through = EVE
    kinds = frozenset({DayKind.SHORT})

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """The four dates of *year*."""
        ends = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), date(year, 12, 31))
        return {end: SourceDay(DayKind.SHORT, Label("Quarter end")) for end in ends}


def test_a_hosts_own_source_needs_no_base_class() -> None:
    """Four names make a source; the calendar reads days, kinds and the end from it."""
    desk = BusinessCalendar("UTC", "Mo-Su 09:00-17:00", Quarters(), short_days="09:00-12:00")
    day = desk.day(date(2026, 6, 30))
    assert [str(window.close.time()) for window in day.windows] == ["12:00:00"]
    assert (day.reason.why, day.reason.text()) == (Why.SHORT_DAY, "short day (Quarter end)")
    assert not day.provisional
    assert desk.day(date(2027, 6, 30)).provisional


def test_a_short_day_needs_its_hours() -> None:
    """A source that can name short days is refused by a calendar that does not say their hours."""
    with pytest.raises(ConfigurationError, match="short_days: found nothing"):
        BusinessCalendar("UTC", "Mo-Su 09:00-17:00", Quarters())
