"""Calendars written down: the text, the way back, what cannot be written, and what is pinned."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.sla.strategies import built as calendar_of
from tests.sla.strategies import plains
from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import (
    BusinessCalendar,
    Closed,
    CombinedHolidays,
    CountryHolidays,
    DayKind,
    HolidaySource,
    Hours,
    ListedHolidays,
    MarketHolidays,
    SourceDay,
    SuccessiveHolidays,
    calendar_from_data,
    calendar_from_toml,
    calendar_to_data,
    calendar_to_toml,
    pinned,
)
from workorder.texts import Label


def test_written_text_is_what_a_person_would_write() -> None:
    """Only what is not as usual is written, days one to a line."""
    calendar = BusinessCalendar(
        "Asia/Shanghai",
        "Mo-Fr 09:00-18:00",
        CombinedHolidays(
            [
                ListedHolidays.of(holidays=[date(2026, 9, 18)], name='"Founding"\n日'),
                CountryHolidays("CN"),
            ]
        ),
        dates={date(2026, 2, 13): Hours("09:00-12:00", "eve")},
    )
    assert calendar_to_toml(calendar) == (
        'zone = "Asia/Shanghai"\n'
        'hours = "Mo-Fr 09:00-18:00"\n'
        "\n"
        "[[holidays]]\n"
        'published_through = "no end"\n'
        "days = [\n"
        '  { date = 2026-09-18, name = "\\"Founding\\"\\n日" },\n'
        "]\n"
        "\n"
        "[[holidays]]\n"
        'country = "CN"\n'
        "\n"
        "[[dates]]\n"
        "date = 2026-02-13\n"
        'hours = "09:00-12:00"\n'
        'reason = "eve"\n'
    )


# --- there and back -------------------------------------------------------------------------

_days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_texts = st.text(max_size=8)
_names = st.builds(
    Label,
    _texts,
    st.dictionaries(st.sampled_from(["en", "zh-CN", "fr"]) | _texts, _texts, max_size=3),
)
_said = st.builds(SourceDay, st.sampled_from(DayKind), _names, st.booleans())


@st.composite
def lists(draw: st.DrawFn) -> ListedHolidays:
    """Lists of any days, with or without ends."""
    days = draw(st.dictionaries(_days, _said, max_size=4))
    ends = sorted(draw(st.lists(_days, min_size=2, max_size=2)))
    begin, end = (draw(st.sampled_from([each, None])) for each in ends)
    return ListedHolidays(days.items(), begin, end)


_published = st.sampled_from(
    [
        CountryHolidays("CN"),
        CountryHolidays("GB", "SCT", observed=False),
        CountryHolidays("US", categories=("government", "half_day")),
        MarketHolidays("XSHG", confirmed_through=date(2027, 12, 31)),
    ]
)


@st.composite
def successive(draw: st.DrawFn, first: st.SearchStrategy[HolidaySource]) -> SuccessiveHolidays:
    """A source, then a list that takes over somewhere."""
    begin = draw(st.dates(date(2020, 1, 1), date(2026, 12, 31)))  # no gap before it
    days = draw(st.sets(st.integers(0, 99), max_size=3))
    listed = [(begin + timedelta(days=each), SourceDay()) for each in days]
    return SuccessiveHolidays(
        [draw(first), *draw(st.sampled_from([[], [ListedHolidays(listed, begin)]]))]
    )


_alone: st.SearchStrategy[HolidaySource] = lists() | _published
_sources = st.recursive(
    _alone | successive(_published),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(CombinedHolidays),
    max_leaves=5,
)


_plains = (
    st.sampled_from(["Asia/Shanghai", "Europe/London", "UTC"])
    .flatmap(lambda zone: plains(date(2026, 2, 13), zone))
    .map(calendar_of)
)


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    """Random calendars of every kind that can be written down."""
    return evolve(
        draw(_plains),
        holidays=draw(st.none() | _sources),
        dates={day: Closed(draw(_texts)) for day in draw(st.sets(_days, max_size=2))},
        name=draw(_texts),
        horizon_years=draw(st.integers(1, 100)),
        unpublished=draw(st.sampled_from(["flag", "refuse"])),
        short_days="10:00-12:00",
    )


@given(_plains)
def test_hours_and_rules_come_back(calendar: BusinessCalendar) -> None:
    """Any week, breaks, dates, recurring rules and bare lists: read back, the same value."""
    assert calendar_from_toml(calendar_to_toml(calendar)) == calendar


@given(calendars())
def test_sources_and_settings_come_back(calendar: BusinessCalendar) -> None:
    """Any names, settings and nesting of sources: read back, the same value."""
    assert calendar_from_toml(calendar_to_toml(calendar)) == calendar
    assert calendar_from_data(calendar_to_data(calendar)) == calendar


# --- what cannot be written -----------------------------------------------------------------


class OwnSource:
    """A host's own source, as code."""

    published_from = None
    published_through = date(2026, 12, 31)
    kinds = frozenset({DayKind.HOLIDAY})

    def days(self, year: int) -> dict[date, SourceDay]:
        """The founding day of every year."""
        return {date(year, 9, 18): SourceDay(name=Label("Founding day"))}


def test_a_host_s_own_source_cannot_be_written_but_pinned() -> None:
    """The error says what to do, and what it says works."""
    calendar = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", OwnSource())
    with pytest.raises(ConfigurationError, match=r"holidays: found OwnSource.*pinned\(\)"):
        calendar_to_toml(calendar)
    written = calendar_to_toml(pinned(calendar, 2026, 2026))
    assert '{ date = 2026-09-18, name = "Founding day" }' in written
    again = calendar_from_toml(written)
    assert again.content_digest(2026, 2026) == calendar.content_digest(2026, 2026)


def test_a_combination_cannot_be_written() -> None:
    """A calendar file is one calendar."""
    one = BusinessCalendar("UTC", "Mo 09:00-17:00")
    two: Any = one | BusinessCalendar("UTC", "Tu 09:00-17:00")
    with pytest.raises(ConfigurationError, match="CombinedCalendar"):
        calendar_to_toml(two)


# --- pinned ---------------------------------------------------------------------------------

COUNTER = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")


def test_pinned_gives_the_same_answers_from_typed_dates() -> None:
    """Within its years: the same windows, reasons in both languages, and flags."""
    kept = pinned(COUNTER, 2025, 2027)
    assert isinstance(kept.holidays, ListedHolidays)
    assert kept.content_digest(2025, 2027) == COUNTER.content_digest(2025, 2027)
    assert (kept.published_from, kept.published_through) == (date(2025, 1, 1), date(2026, 12, 31))
    for number in range(3 * 365):
        day = date(2025, 1, 1) + timedelta(days=number)
        one, two = kept.day(day), COUNTER.day(day)
        assert (one.windows, one.provisional) == (two.windows, two.provisional)
        for language in ("en", "zh-CN"):
            assert one.reason.text(language) == two.reason.text(language)


def test_pinned_survives_being_written_down() -> None:
    """A file of typed dates is the same value again."""
    kept = pinned(COUNTER, 2026, 2026)
    assert calendar_from_toml(calendar_to_toml(kept)) == kept


def test_other_years_are_no_longer_official() -> None:
    """A pinned calendar knows where it ends."""
    kept = pinned(COUNTER, 2026, 2026)
    assert not kept.day(date(2026, 12, 31)).provisional
    assert kept.day(date(2025, 12, 31)).provisional
    assert kept.day(date(2027, 1, 4)).provisional


def test_what_was_not_official_stays_so() -> None:
    """A list that begins in March is not made official for January by being pinned."""
    march = ListedHolidays.of(
        holidays=[date(2026, 3, 5)],
        published_from=date(2026, 3, 1),
        published_through=date(2027, 6, 30),
    )
    kept = pinned(BusinessCalendar("UTC", "Mo-Fr 09:00-17:00", march), 2026, 2027)
    assert (kept.published_from, kept.published_through) == (date(2026, 3, 1), date(2027, 6, 30))


def test_without_holidays_there_is_nothing_to_pin() -> None:
    """Such a calendar stays what it is."""
    plain = BusinessCalendar("UTC", "Mo 09:00-17:00")
    assert pinned(plain, 2026, 2026) is plain


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (2027, 2026, "wrong_type"),
        (1800, 2026, "wrong_type"),
        (2026, 2200, "wrong_type"),
        ("2026", 2026, "wrong_type"),
        (2090, 2091, "unpublished"),
    ],
)
def test_years_that_cannot_be_pinned(first: Any, last: Any, code: str) -> None:
    """Years out of order or reach, or none of which is official, are refused."""
    with pytest.raises(InvalidInput) as refused:
        pinned(COUNTER, first, last)
    assert refused.value.code == code
