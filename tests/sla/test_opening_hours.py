"""Opening hours as text: what is read, what is written, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import ConfigurationError
from workorder.sla import Span, WeeklyHours
from workorder.sla.opening_hours import read_times, read_week, times_text, week_text, weekday
from workorder.sla.week import DAY_NAMES


def normal(text: str) -> str:
    """*text*, read and written."""
    return str(WeeklyHours.parse(text))


def refused(text: Any) -> str:
    """The error for *text*."""
    with pytest.raises(ConfigurationError) as caught:
        WeeklyHours.parse(text)
    assert all(each.key.startswith("hours") for each in caught.value.findings)
    return caught.value.text()


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00",
        "24/7",
        "off",
        "Mo-Su 09:00-17:00",
        "Fr 22:00-02:00",
        "Mo 00:00-24:00",
        "Mo 22:00-24:00",
        "Mo 09:00-10:00; We 09:00-10:00; Fr-Su 09:00-10:00",
        "Mo 00:00-12:00,12:00-24:00",
    ],
)
def test_normal_text_is_written_as_it_was_read(text: str) -> None:
    """Text in its normal form comes back letter by letter."""
    assert normal(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mo-fr 9:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Monday-Friday 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mon - Fri 09:00 - 17:00", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09:00\u201317:00", "Mo-Fr 09:00-17:00"),
        (
            "Mo, We ,Fr 09:00-12:00 , 13:00-17:00",
            "Mo 09:00-12:00,13:00-17:00; We 09:00-12:00,13:00-17:00; Fr 09:00-12:00,13:00-17:00",
        ),
        ("Mo 13:00-17:00,09:00-12:00", "Mo 09:00-12:00,13:00-17:00"),
        ("09:00-17:00", "Mo-Su 09:00-17:00"),
        ("Sa-Mo 10:00-12:00", "Mo 10:00-12:00; Sa-Su 10:00-12:00"),
        ("Su-Sa 10:00-12:00", "Mo-Su 10:00-12:00"),
        ("We-We 10:00-12:00", "We 10:00-12:00"),
        ("Mo-Su 00:00-24:00", "24/7"),
        (" 24/7 ", "24/7"),
        ("Mo 22:00-00:00", "Mo 22:00-24:00"),
        ("Mo 09:00-10:00;; ", "Mo 09:00-10:00"),
        ("closed", "off"),
        ("", "off"),
    ],
)
def test_other_text_gets_its_normal_form(text: str, expected: str) -> None:
    """Case, blanks, long names, en dashes, order and ranges around the week say nothing."""
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Su 08:00-20:00; Mo off", "Tu-Su 08:00-20:00"),
        ("Mo-Fr 09:00-17:00; Fr 09:00-12:00", "Mo-Th 09:00-17:00; Fr 09:00-12:00"),
        ("Mo 09:00-17:00; Mo 18:00-20:00", "Mo 18:00-20:00"),
        ("Mo-Fr 09:00-17:00; Fr off; Fr 10:00-11:00", "Mo-Th 09:00-17:00; Fr 10:00-11:00"),
        ("Mo-Fr 09:00-17:00; off", "off"),
    ],
)
def test_a_later_rule_replaces_an_earlier_one(text: str, expected: str) -> None:
    """For the days it names a later rule stands alone; nothing of the earlier is kept."""
    assert normal(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH closed", "PH off; Mo-Fr 09:00-17:00"],
)
def test_closed_on_public_holidays_may_be_said(text: str) -> None:
    """It changes nothing, because holidays close by default."""
    assert normal(text) == "Mo-Fr 09:00-17:00"


def test_the_example_of_the_module_is_read() -> None:
    """Every line of the opening docstring can be read."""
    assert normal("Mo-Su 08:00-20:00; Mo off") == "Tu-Su 08:00-20:00"
    assert normal("24/7; PH off") == "24/7"


@pytest.mark.parametrize("text", ["PH 10:00-12:00", "SH off", "PH,SH off", "SH 09:00-12:00"])
def test_hours_on_holidays_belong_elsewhere(text: str) -> None:
    """The error says where: in date rules, or in the hours of short days."""
    assert "hours on holidays are date rules, or “short_days”" in refused(text)


@pytest.mark.parametrize("text", ["Mo-Fr 09:00-17:00; Sa OFF", "Mo-Fr 09:00-17:00; Sa Closed"])
def test_off_has_no_case(text: str) -> None:
    """Day names have no case, so neither has “off”."""
    assert normal(text) == "Mo-Fr 09:00-17:00"


def test_an_en_dash_joins_days_as_it_joins_times() -> None:
    """Word processors put en dashes everywhere, not only between times."""
    assert normal("Mo\u2013Fr 09:00\u201317:00") == "Mo-Fr 09:00-17:00"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Mo 25:00-26:00", "25:00-26:00", "times from 00:00 to 24:00"),
        ("Mo 09:60-10:00", "09:60-10:00", "times from 00:00 to 24:00"),
        ("Mo 22:00-26:00", "22:00-26:00", "past midnight is “22:00-02:00”"),
        ("Mo 24:01-25:00", "24:01-25:00", "times from 00:00 to 24:00"),
        ("Mo 09:00-09:00", "09:00-09:00", "an end after the start"),
        ("Mo 00:00-00:00", "00:00-00:00", "a whole day is 00:00-24:00"),
        ("Mo 24:00-02:00", "24:00-02:00", "an end after the start"),
        ("Mo 9-17", "9-17", "times such as “09:00-12:00”"),
        ("Mo 09:00-17:00+", "09:00-17:00+", "times such as “09:00-12:00”"),
        ("Mo 09:00-12:00,", "", "times such as “09:00-12:00”"),
        ("Xx 09:00-10:00", "Xx", "a weekday: Mo, Tu, We, Th, Fr, Sa, Su"),
        ("Mo-Xx 09:00-10:00", "Xx", "a weekday: Mo, Tu, We, Th, Fr, Sa, Su"),
        ("Jan Mo 09:00-17:00", "Jan Mo", "a weekday"),
        ("Mo-Fr", "Mo-Fr", "opening hours such as"),
        ("Mo off 09:00-10:00", "Mo off", "a weekday: Mo, Tu, We, Th, Fr, Sa, Su"),
        ("周一 09:00-17:00", "周一 09:00-17:00", "opening hours such as"),
        (None, "None", "opening hours such as"),
        (3, "3", "opening hours such as"),
    ],
)
def test_what_cannot_be_read_is_named(text: Any, found: str, expected: str) -> None:
    """The error quotes the part that is wrong and says what would be right."""
    said = refused(text)
    assert f"found “{found}”, " in said or f"found {found!r}, " in said
    assert expected in said


@pytest.mark.parametrize(
    "text",
    [
        "Mo 09:00-12:00,11:00-13:00",
        "Mo 22:00-02:00; Tu 01:00-03:00",
        "Su 22:00-02:00; Mo 01:00-03:00",
        "22:00-06:00,05:00-09:00",
    ],
)
def test_spans_that_overlap_are_refused(text: str) -> None:
    """Also past midnight, and from Sunday to Monday."""
    assert "expected spans that do not overlap" in refused(text)


@pytest.mark.parametrize(
    ("name", "number"), [("Mo", 0), ("tue", 1), ("WEDNESDAY", 2), (" Th ", 3), ("sunday", 6)]
)
def test_weekdays_by_name(name: str, number: int) -> None:
    """Two letters, three, or the whole word."""
    assert weekday(name) == number


@pytest.mark.parametrize("name", ["", "M", "Montag", "0", "周一", "Mo-Fr"])
def test_other_names_are_no_weekdays(name: str) -> None:
    """The error quotes the name and lists the seven."""
    with pytest.raises(ConfigurationError) as caught:
        weekday(name, "dates.like")
    (finding,) = caught.value.findings
    assert (finding.key, finding.found) == ("dates.like", repr(name))
    assert finding.expected == "a weekday: Mo, Tu, We, Th, Fr, Sa, Su"


spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 1439), st.integers(1, 1439)
)


def fitting(days: list[tuple[Span, ...]]) -> bool:
    """Whether these seven days can be a week."""
    try:
        WeeklyHours(days)
    except ConfigurationError:
        return False
    return True


weeks = (
    st.lists(st.lists(spans, max_size=2).map(tuple), min_size=7, max_size=7)
    .map(
        lambda days: [
            () if not fitting([*days[:n], *[()] * (7 - n)]) else d for n, d in enumerate(days, 1)
        ]
    )
    .filter(fitting)
    .map(WeeklyHours)
)


@given(weeks)
def test_every_week_is_read_back(week: WeeklyHours) -> None:
    """Law: reading what was written gives the same week, for every week that can be made."""
    assert WeeklyHours.parse(str(week)) == week


@given(spans)
def test_every_span_is_read_back(span: Span) -> None:
    """Law: the text of a span says which span it is, a whole day and past midnight included."""
    assert read_times(str(span)) == (span,)


@given(st.integers(0, 6), st.integers(0, 6))
def test_a_range_of_days_goes_round_the_week(first: int, last: int) -> None:
    """Law: from the first day onwards until the last, whichever comes first in the week."""
    days = read_week(f"{DAY_NAMES[first]}-{DAY_NAMES[last]} 09:00-10:00")
    expected = {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    assert {number for number, each in enumerate(days) if each} == expected


@given(st.text(max_size=30) | st.from_regex(r"\A(Mo|Tu-Sa|PH)? ?[0-9:;,\- of]{0,20}\Z"))
def test_any_text_is_a_week_or_a_named_error(text: str) -> None:
    """Law: reading opening hours never fails in any other way."""
    try:
        week = WeeklyHours.parse(text)
    except ConfigurationError as error:
        found = error.findings
    else:
        found = ()
        assert WeeklyHours.parse(str(week)) == week
    assert all(each.key.startswith("hours") for each in found)


def test_text_of_a_date() -> None:
    """Spans of one date are joined by commas; none are “off”."""
    assert times_text((Span(540, 720), Span(1320, 1560))) == "09:00-12:00,22:00-02:00"
    assert times_text(()) == "off"
    assert week_text(((),) * 7) == "off"


def test_long_nonsense_is_refused_at_once() -> None:
    """Neither many blanks nor many letters take long, and the error quotes a part of them."""
    for text in ("Mo" + " " * 40_000 + "x", "M" * 40_000, "Mo 09:00-10:00," * 5_000):
        with pytest.raises(ConfigurationError) as caught:
            read_week(text)
        assert len(str(caught.value)) < 2_000
