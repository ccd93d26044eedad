"""Public holidays of countries and markets: what the adapter adds to the package it reads."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, MutableMapping
from datetime import date, datetime
from typing import Any, cast

import pytest

from workorder.errors import ConfigurationError
from workorder.sla import (
    BusinessCalendar,
    CountryHolidays,
    DayKind,
    HolidaySource,
    MarketHolidays,
    SourceDay,
)

HOLIDAY, WORKDAY, SHORT = DayKind.HOLIDAY, DayKind.WORKDAY, DayKind.SHORT


def refused(make: Callable[..., object], *given: Any, **more: Any) -> list[tuple[str, str]]:
    """Key and expectation of every finding against a source."""
    with pytest.raises(ConfigurationError) as caught:
        make(*given, **more)
    return [(each.key, each.expected) for each in caught.value.findings]


# --- what days there are ------------------------------------------------------------------------


def test_a_notice_of_the_state_council_in_full() -> None:
    """National Day of 2026: off from 1 to 7 October, at work on 20 September and 10 October."""
    days = CountryHolidays("CN").days(2026)
    found = {day: each.kind for day, each in days.items() if date(2026, 9, 15) <= day}
    break_of_seven = {date(2026, 10, day): HOLIDAY for day in range(1, 8)}
    mid_autumn = {date(2026, 9, day): HOLIDAY for day in (25, 26, 27)}
    at_work = {date(2026, 9, 20): WORKDAY, date(2026, 10, 10): WORKDAY}
    assert found == mid_autumn | break_of_seven | at_work


def test_substituted_workdays_are_named_in_both_languages() -> None:
    """They have no name of their own in any notice."""
    named = CountryHolidays("CN").days(2026)[date(2026, 10, 10)].name
    assert (named.text("en"), named.text("zh-CN")) == ("substituted workday", "调休上班")


def test_the_weekend_of_a_break_is_part_of_it() -> None:
    """The notice of May Day counts its Saturday and Sunday; the package leaves them out."""
    days = CountryHolidays("CN").days(2026)
    assert [
        str(d) for d, each in sorted(days.items()) if d.month == 5 and each.kind is HOLIDAY
    ] == [f"2026-05-0{day}" for day in range(1, 6)]
    weekend = days[date(2026, 5, 3)].name  # a Sunday
    assert (weekend.text(), weekend.text("zh-CN")) == ("weekend of the break", "假期中的周末")


def test_a_break_over_new_year_takes_its_weekend_along() -> None:
    """1 January 2024 was a Monday: the notice begins with 30 and 31 December 2023."""
    days = CountryHolidays("CN").days(2023)
    assert days[date(2023, 12, 30)].kind is HOLIDAY
    assert days[date(2023, 12, 31)].kind is HOLIDAY
    assert all(day.year == 2023 for day in days)


@pytest.mark.parametrize("code", ["CHN", "China"])
def test_another_code_of_a_country_is_the_same_country(code: str) -> None:
    """``CHN`` is ``CN`` by three letters: it is equal, and not one day may differ."""
    assert CountryHolidays(code) == CountryHolidays("CN")
    assert CountryHolidays(code).days(2026) == CountryHolidays("CN").days(2026)
    assert MarketHolidays("SSE") == MarketHolidays("XSHG")


def test_half_days_are_short_and_the_rest_of_the_categories_close() -> None:
    """The category ``half_day`` makes short days, beside closing ones or alone."""
    both = CountryHolidays("CN", categories=("public", "half_day"))
    assert both.days(2026)[date(2026, 5, 4)].kind is HOLIDAY  # in the break of May Day
    assert both.days(2026)[date(2026, 3, 8)].kind is SHORT
    assert SHORT in both.kinds
    alone = CountryHolidays("CN", categories="half_day")
    assert {each.kind for each in alone.days(2026).values()} == {SHORT}
    assert SHORT not in CountryHolidays("CN").kinds


def test_a_part_of_a_country_has_its_own_days() -> None:
    """Saint Andrew's Day closes in Scotland alone."""
    day = date(2026, 11, 30)
    assert CountryHolidays("GB", "SCT").days(2026)[day].name.text() == "Saint Andrew's Day"
    assert day not in CountryHolidays("GB").days(2026)


def test_days_in_lieu_are_a_switch() -> None:
    """4 July 2026 is a Saturday: federal offices close on Friday, if observed days count."""
    assert date(2026, 7, 3) in CountryHolidays("US").days(2026)
    assert date(2026, 7, 3) not in CountryHolidays("US", observed=False).days(2026)
    assert date(2026, 7, 4) in CountryHolidays("US", observed=False).days(2026)


def test_a_market_rests_on_substituted_weekends() -> None:
    """The Shanghai exchange keeps the holidays of the notice and works none of its weekends."""
    days = MarketHolidays("XSHG").days(2026)
    assert days[date(2026, 10, 1)].kind is HOLIDAY
    assert WORKDAY not in {each.kind for each in days.values()}


def test_the_days_of_a_payment_system() -> None:
    """TARGET rests on Good Friday and on 1 May, and works on 31 December."""
    days = MarketHolidays("XECB").days(2026)
    assert {date(2026, 4, 3), date(2026, 5, 1)} <= {*days}
    assert date(2026, 12, 31) not in days


@pytest.mark.parametrize("year", [1, 1900, 2101])
def test_a_year_the_package_does_not_know_is_empty(year: int) -> None:
    """Far years have no days; that they are not official is said by the two ends."""
    source = CountryHolidays("SG")
    assert not source.days(year)
    assert not source.published_from.year <= year <= source.published_through.year


def test_what_was_read_once_cannot_be_changed() -> None:
    """Years are kept for the whole process, so nobody may write into them."""
    days = cast("MutableMapping[date, SourceDay]", CountryHolidays("NZ").days(2026))
    with pytest.raises(TypeError):
        days[date(2026, 5, 5)] = SourceDay()
    assert date(2026, 5, 5) not in CountryHolidays("NZ").days(2026)


# --- how far it is official ---------------------------------------------------------------------


def test_china_is_official_as_far_as_its_last_notice() -> None:
    """The end of the last arranged year, which is the last with a substituted workday."""
    source = CountryHolidays("CN")
    last = source.published_through
    assert (last.month, last.day) == (12, 31)
    assert last.year >= 2026
    assert WORKDAY in {each.kind for each in source.days(last.year).values()}
    assert WORKDAY not in {each.kind for each in source.days(last.year + 1).values()}


def test_a_country_that_is_computed_is_official_as_far_as_it_is_computed() -> None:
    """Great Britain announces nothing year by year."""
    assert CountryHolidays("GB").published_through >= date(2050, 12, 31)
    assert CountryHolidays("CN").published_from == date(1950, 1, 1)


def test_who_knows_more_than_the_package_may_say_so() -> None:
    """``confirmed_through`` takes the place of what was found, later or earlier."""
    for known in (date(2027, 12, 31), date(2026, 6, 30)):
        assert CountryHolidays("CN", confirmed_through=known).published_through == known


@pytest.mark.parametrize("wrong", ["2027-12-31", 2027, datetime(2027, 12, 31)])
def test_a_confirmation_is_a_date(wrong: Any) -> None:
    """Text, a number or an instant is refused at once, by the name of the setting."""
    assert [key for key, _ in refused(CountryHolidays, "CN", confirmed_through=wrong)] == [
        "confirmed_through"
    ]


def test_estimated_dates_are_flagged_one_by_one() -> None:
    """Singapore 2028: new moons are estimated, New Year and Christmas are not."""
    days = CountryHolidays("SG").days(2028)
    assert days[date(2028, 1, 26)].estimated  # Chinese New Year
    assert not days[date(2028, 1, 1)].estimated
    assert not days[date(2028, 12, 25)].estimated
    desk = BusinessCalendar("Asia/Singapore", "Mo-Fr 09:00-17:00", "SG")
    assert desk.day(date(2028, 1, 26)).provisional
    # A moon may be sighted a day earlier or later: the neighbours may change too.
    assert desk.day(date(2028, 1, 25)).provisional
    assert not desk.day(date(2028, 3, 15)).provisional


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "code", "key"),
    [
        (CountryHolidays, "ZZ", "country"),
        (CountryHolidays, "", "country"),
        (CountryHolidays, None, "country"),
        (CountryHolidays, ["CN"], "country"),
        (CountryHolidays, "HolidayBase", "country"),
        (CountryHolidays, "XSHG", "country"),
        (MarketHolidays, "CN", "market"),
        (MarketHolidays, 3, "market"),
    ],
)
def test_an_unknown_code_is_refused(make: Callable[..., object], code: Any, key: str) -> None:
    """No class of the package, no market among countries, and no country among markets."""
    assert [found for found, _ in refused(make, code)] == [key]


@pytest.mark.parametrize(
    ("make", "given", "expected"),
    [
        (CountryHolidays, {"code": "cn"}, ("country", "CN")),
        (MarketHolidays, {"code": "XNYZ"}, ("market", "XNYS")),
        (CountryHolidays, {"code": "GB", "subdivision": "SC"}, ("subdivision", "SCT")),
        (CountryHolidays, {"code": "CN", "categories": "publik"}, ("categories", "public")),
    ],
)
def test_a_slip_of_the_pen_names_the_nearest(
    make: Callable[..., object], given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """The error offers what was probably meant."""
    ((key, text),) = refused(make, **given)
    assert key == expected[0]
    assert expected[1] in text.split(" or ")


def test_a_country_without_parts_says_so() -> None:
    """There is no nearest part where there is none."""
    assert refused(CountryHolidays, "SG", "X") == [("subdivision", "none: it has no parts")]


@pytest.mark.parametrize("category", ["workday", "bank", "", "unofficial", ()])
def test_categories_that_do_not_close_are_refused(category: Any) -> None:
    """China knows ``public`` and ``half_day``; days on which people work are none, nor is none."""
    ((key, expected),) = refused(CountryHolidays, "CN", categories=category)
    assert key == "categories"
    assert "public" in expected


def test_every_mistake_is_named_at_once() -> None:
    """A wrong part and two wrong categories make three findings."""
    found = refused(CountryHolidays, "GB", "XXX", categories=("public", "workday", "nothing"))
    assert [key for key, _ in found] == ["subdivision", "categories", "categories"]


def test_a_country_without_substituted_workdays_asks_nothing_of_a_saturday_desk() -> None:
    """Great Britain works no weekend in lieu, so a desk may be open on Saturdays alone."""
    desk = BusinessCalendar("Europe/London", "Sa 10:00-12:00", "GB")
    assert desk.is_working_day(date(2026, 6, 6))


# --- values, and the machine's language ---------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [CountryHolidays("CN"), CountryHolidays("GB", "SCT"), MarketHolidays("XECB")],
    ids=lambda source: source.code,
)
def test_sources_are_values(source: HolidaySource) -> None:
    """They compare, hash and pickle, and say in their repr what to type."""
    again = pickle.loads(pickle.dumps(source))
    assert again == source
    assert hash(again) == hash(source)
    names = {"CountryHolidays": CountryHolidays, "MarketHolidays": MarketHolidays}
    assert eval(repr(source), names) == source


def test_a_country_and_a_market_with_one_setting_differ() -> None:
    """The kind of a source is part of what it is, and so is every setting."""
    assert CountryHolidays("CN") != CountryHolidays("CN", observed=False)
    assert len({CountryHolidays("CN"), CountryHolidays("HK"), CountryHolidays("CN")}) == 2


_DUMP = """
import json
from workorder.sla import CountryHolidays, MarketHolidays
sources = [CountryHolidays(code) for code in ("CN", "HK", "TW", "SG", "DE", "JP", "TH", "GB", "SA")]
sources += [MarketHolidays("XSHG"), MarketHolidays("XECB"), MarketHolidays("XNYS")]
found = [
    [str(day), each.kind.value, each.name.name, sorted(each.name.texts.items()), each.estimated]
    for source in sources
    for year in (2026, 2028)
    for day, each in sorted(source.days(year).items())
]
print(json.dumps(found))
"""


def test_names_never_depend_on_the_language_of_the_machine() -> None:
    """The same names, in the same languages, under three settings of the environment."""

    def dumped(language: str) -> object:
        environment = os.environ | {"LANG": f"{language}.UTF-8", "LC_ALL": f"{language}.UTF-8"}
        environment |= {"LANGUAGE": language, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", _DUMP], env=environment, capture_output=True, check=True
        )
        return json.loads(done.stdout)

    english = dumped("en_US")
    assert dumped("zh_CN") == english
    assert dumped("th") == english
    assert "元旦" in json.dumps(english, ensure_ascii=False)


def test_years_that_the_package_has_only_in_part_are_not_official() -> None:
    """Hindu holidays end in 2035: beyond, nothing is warned of, and everything is flagged."""
    india = CountryHolidays("IN", "MH")
    assert india.published_through == date(2035, 12, 31)
    desk = BusinessCalendar("Asia/Kolkata", "Mo-Fr 09:00-17:00", india)
    assert desk.provisional(date(2040, 11, 4))
    assert not desk.provisional(date(2030, 10, 26))


def test_what_was_observed_in_lieu_is_no_decree() -> None:
    """Dates in lieu are listed decades ahead; they do not make these years official."""
    assert CountryHolidays("AZ").published_through < date(2050, 1, 1)
