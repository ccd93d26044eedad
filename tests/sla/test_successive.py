"""Sources after each other: who speaks for which date, and how far the whole is official."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import ConfigurationError
from workorder.sla import (
    BusinessCalendar,
    CombinedHolidays,
    CountryHolidays,
    DayKind,
    HolidaySource,
    ListedHolidays,
    SourceDay,
    SuccessiveHolidays,
)

# The arrangement of 2026 is known here by its end alone, so that a later version of the holidays
# package that knows 2027 changes nothing.
CN = CountryHolidays("CN", confirmed_through=date(2026, 12, 31))
NOTICE = ListedHolidays(
    [
        (date(2027, 1, 1), SourceDay()),
        (date(2027, 2, 8), SourceDay()),
        (date(2027, 2, 13), SourceDay(DayKind.WORKDAY)),
    ],
    date(2027, 1, 1),
    date(2027, 12, 31),
)
"""An invented notice: holidays and one substituted Saturday of 2027."""


def test_next_year_s_notice_makes_next_year_official() -> None:
    """The State Council's notice for 2027 as a file after the package: no upgrade, no flag."""
    both = SuccessiveHolidays([CN, NOTICE])
    assert (both.published_from, both.published_through) == (CN.published_from, date(2027, 12, 31))
    desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", both)
    due = desk.due(datetime(2026, 12, 30, 4, tzinfo=UTC), "3 working days")
    assert not due.provisional
    assert due.instant.isoformat() == "2027-01-05T18:00:00+08:00"  # 31 Dec, (1 Jan), 4, 5 Jan
    before = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", CN)
    assert before.due(datetime(2026, 12, 30, 4, tzinfo=UTC), "3 working days").provisional


def test_estimates_do_not_leak_into_a_year_that_has_its_notice() -> None:
    """What the notice does not name is no holiday, though the package estimates one."""
    estimated = CN.days(2027)
    assert date(2027, 2, 9) in estimated  # the package's estimate of the Spring Festival
    assert list(SuccessiveHolidays([CN, NOTICE]).days(2027)) == [day for day, _ in NOTICE.listed]


def test_other_years_stay_with_the_first() -> None:
    """2026 is the package's, and so is 2028, which nobody has published: an estimate, flagged."""
    both = SuccessiveHolidays([CN, NOTICE])
    assert both.days(2026) == CN.days(2026)
    assert both.days(2028) == CN.days(2028)
    desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", both)
    assert desk.day(date(2028, 6, 1)).provisional
    assert not desk.day(date(2027, 6, 1)).provisional


def test_a_notice_may_begin_in_the_old_year() -> None:
    """A year is split where the later source begins: the earlier one keeps what lies before."""
    early = ListedHolidays(
        [(date(2026, 12, 27), SourceDay(DayKind.WORKDAY)), (date(2026, 12, 31), SourceDay())],
        date(2026, 12, 26),
        date(2027, 12, 31),
    )
    found = SuccessiveHolidays([CN, early]).days(2026)
    assert found[date(2026, 12, 27)].kind is DayKind.WORKDAY
    assert found[date(2026, 12, 31)].kind is DayKind.HOLIDAY
    old = {day: each for day, each in CN.days(2026).items() if day < date(2026, 12, 26)}
    assert {day: each for day, each in found.items() if day < date(2026, 12, 26)} == old


def test_a_correction_replaces_what_it_covers() -> None:
    """A later source wins over an earlier one that spoke for the same dates."""
    may = ListedHolidays([(date(2026, 5, 1), SourceDay())], date(2026, 5, 1), date(2026, 5, 31))
    both = SuccessiveHolidays([CN, may])
    found, known = both.days(2026), CN.days(2026)
    assert [day for day in found if day.month == 5] == [date(2026, 5, 1)]
    for other in (date(2026, 4, 6), date(2026, 6, 19), date(2026, 10, 10)):
        assert found[other] == known[other]
    assert both.published_through == date(2026, 12, 31)


def test_a_bank_s_own_days_beside_two_notices() -> None:
    """Both ways together: official as far as the notices and the bank's own list are."""
    own = ListedHolidays.of(holidays=[date(2027, 9, 17)], published_through=date(2027, 9, 30))
    whole = CombinedHolidays([own, SuccessiveHolidays([CN, NOTICE])])
    assert whole.published_through == date(2027, 9, 30)
    assert date(2027, 9, 17) in whole.days(2027)
    assert date(2027, 2, 8) in whole.days(2027)
    assert date(2027, 2, 9) not in whole.days(2027)


@frozen
class Asked:
    """A source that fails for years it was not published for, as some packages do."""

    published_from: date
    published_through: date
    kinds: frozenset[DayKind] = frozenset({DayKind.HOLIDAY})

    def days(self, year: int) -> Mapping[date, SourceDay]:
        """1 July, or an error."""
        if not self.published_from.year <= year <= self.published_through.year:
            raise NotImplementedError(year)
        return {date(year, 7, 1): SourceDay()}


def test_a_source_is_not_asked_about_years_of_others() -> None:
    """One that fails outside its own years does no harm."""
    one = Asked(date(2025, 1, 1), date(2025, 12, 31))
    two = Asked(date(2026, 1, 1), date(2026, 12, 31))
    both = SuccessiveHolidays([one, two])
    assert [*both.days(2025), *both.days(2026)] == [date(2025, 7, 1), date(2026, 7, 1)]


def test_several_in_turn_are_one_row() -> None:
    """Sources in turn within sources in turn are the same as all of them in one row."""
    third = ListedHolidays((), date(2028, 1, 1), date(2028, 12, 31))
    nested = SuccessiveHolidays([SuccessiveHolidays([CN, NOTICE]), third])
    assert nested == SuccessiveHolidays([CN, NOTICE, third])
    assert hash(nested) == hash(SuccessiveHolidays([CN, NOTICE, third]))


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        ([], "sources"),
        (["CN"], "sources[0]"),
        ([CN, ListedHolidays.of()], "sources[1].published_from"),
        ([CN, ListedHolidays((), date(2028, 1, 1))], "sources"),
        (
            [CN, ListedHolidays.of(holidays=[date(2026, 12, 31)], published_from=date(2027, 1, 1))],
            "sources[1].days",
        ),
        (
            [CN, ListedHolidays([(date(2028, 1, 3), SourceDay())], *[date(2027, 1, 1)] * 2)],
            "sources[1].days",
        ),
    ],
)
def test_what_would_go_unheard_is_refused(sources: Any, key: str) -> None:
    """No source, no beginning, a gap, and listed dates outside the list's own range are errors."""
    with pytest.raises(ConfigurationError) as refused:
        SuccessiveHolidays(sources)
    assert [each.key for each in refused.value.findings] == [key]


@pytest.mark.parametrize("sources", [[], ["CN"], [None, CN]])
def test_combined_sources_are_sources(sources: Any) -> None:
    """Beside each other, too, at least one is needed, and nothing else will do."""
    with pytest.raises(ConfigurationError):
        CombinedHolidays(sources)


@given(
    st.lists(st.integers(0, 400), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from(DayKind)), max_size=30),
)
def test_every_date_is_answered_by_the_last_that_published_it(
    lengths: list[int], days: list[tuple[int, DayKind]]
) -> None:
    """Law: date by date, the answer is that of the last source whose range has the date."""
    begin = date(2025, 1, 1)
    sources: list[HolidaySource] = []
    for number, length in enumerate(lengths):
        end = begin + timedelta(days=length)
        named = [
            (day, SourceDay(kind))
            for offset, kind in dict(days[number::2]).items()
            for day in (date(2025, 1, 1) + timedelta(days=offset),)
            if begin <= day <= end
        ]
        sources.append(ListedHolidays(named, begin, end))
        begin = begin + timedelta(days=length // 2)
    whole = SuccessiveHolidays(sources)
    found = {day: each for year in (2025, 2026, 2027) for day, each in whole.days(year).items()}
    expected: dict[date, SourceDay] = {}
    for source in sources:  # the later ones overwrite, also with silence
        assert source.published_from is not None
        assert source.published_through is not None
        expected = {
            day: each
            for day, each in expected.items()
            if not source.published_from <= day <= source.published_through
        }
        for year in (2025, 2026, 2027):
            expected |= source.days(year)
    assert found == expected


def test_what_computes_all_years_replaces_nothing() -> None:
    """Hong Kong after China would leave China no date; both at once are combined."""
    with pytest.raises(ConfigurationError, match="combine them"):
        SuccessiveHolidays([CountryHolidays("CN"), CountryHolidays("HK")])
