"""The verbs on whole microseconds, and the years they work out on the way."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import InvalidInput
from workorder.sla import (
    BusinessCalendar,
    Closed,
    DayKind,
    EpochCalendar,
    Hours,
    ListedHolidays,
    SourceDay,
)

HOUR = 3_600_000_000
DAY = 24 * HOUR
NEW_YEAR = date(2026, 1, 1)


def at(text: str) -> int:
    """An instant in UTC, in microseconds."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - epoch) // timedelta(microseconds=1)


def desk(hours: str = "Mo-Fr 09:00-17:00", **more: Any) -> EpochCalendar:
    """A calendar in UTC, never asked before."""
    return BusinessCalendar("UTC", hours, **more).epoch


# 2026-01-05 is a Monday.


def test_the_verbs_on_integers() -> None:
    """Each verb answers in microseconds, one by one."""
    epoch = desk()
    friday = at("2026-01-09 16:00")
    assert epoch.add(friday, 2 * HOUR) == at("2026-01-12 10:00")
    assert epoch.subtract(at("2026-01-12 10:00"), 2 * HOUR) == friday
    assert epoch.between(friday, at("2026-01-12 10:00")) == 2 * HOUR
    assert epoch.between(at("2026-01-12 10:00"), friday) == -2 * HOUR
    assert epoch.next_open(friday) == friday
    assert epoch.next_open(at("2026-01-09 17:00")) == at("2026-01-12 09:00")
    assert epoch.next_close(friday) == at("2026-01-09 17:00")
    assert epoch.next_close(at("2026-01-09 17:00")) == at("2026-01-12 17:00")
    assert epoch.prev_close(friday) == at("2026-01-08 17:00")
    assert epoch.prev_close(at("2026-01-09 17:00")) == at("2026-01-09 17:00")
    assert [*epoch.windows(friday, at("2026-01-12 10:00"))] == [
        (friday, at("2026-01-09 17:00")),
        (at("2026-01-12 09:00"), at("2026-01-12 10:00")),
    ]


def test_the_first_microsecond_is_open_and_the_last_is_not() -> None:
    """A window is half open, to the microsecond."""
    epoch = desk()
    opened, closed = at("2026-01-09 09:00"), at("2026-01-09 17:00")
    assert [epoch.is_open(n) for n in (opened - 1, opened, closed - 1, closed)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_edges_of_a_sum() -> None:
    """Used up exactly at a close: that close, or by wish the next open; mirrored going back."""
    epoch = desk()
    opened, closed = at("2026-01-09 09:00"), at("2026-01-09 17:00")
    assert epoch.add(opened, 8 * HOUR) == closed
    assert epoch.add(opened, 8 * HOUR, edge="next_open") == at("2026-01-12 09:00")
    assert epoch.add(opened, 8 * HOUR - 1, edge="next_open") == closed - 1
    assert epoch.subtract(closed, 8 * HOUR) == opened
    assert epoch.subtract(closed, 8 * HOUR, edge="prev_close") == at("2026-01-08 17:00")
    assert epoch.subtract(closed, 8 * HOUR - 1, edge="prev_close") == opened + 1


def test_negative_amounts_turn_the_verb_around() -> None:
    """Adding less than nothing subtracts, and keeps the wish for an edge."""
    epoch = desk()
    opened, closed = at("2026-01-09 09:00"), at("2026-01-09 17:00")
    assert epoch.add(closed, -8 * HOUR) == opened
    assert epoch.add(closed, -8 * HOUR, edge="next_open") == at("2026-01-08 17:00")
    assert epoch.subtract(opened, -8 * HOUR) == closed
    assert epoch.subtract(opened, -8 * HOUR, edge="prev_close") == at("2026-01-12 09:00")


@pytest.mark.parametrize("moment", ["2026-01-09 12:00", "2026-01-10 12:00"])
def test_nothing_added_is_where_one_was(moment: str) -> None:
    """Zero answers the origin, open or closed, in both directions."""
    epoch = desk()
    assert epoch.add(at(moment), 0) == epoch.subtract(at(moment), 0) == at(moment)
    assert epoch.add(at(moment), 0, edge="next_open") == at(moment)


@pytest.mark.parametrize("wrong", [1.0, True, "0", None, timedelta(0), datetime(2026, 1, 1)])
@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda epoch, it: epoch.add(it, 1), "start"),
        (lambda epoch, it: epoch.add(0, it), "amount"),
        (lambda epoch, it: epoch.subtract(it, 1), "end"),
        (lambda epoch, it: epoch.subtract(0, it), "amount"),
        (lambda epoch, it: epoch.between(it, 0), "start"),
        (lambda epoch, it: epoch.between(0, it), "end"),
        (lambda epoch, it: epoch.is_open(it), "instant"),
        (lambda epoch, it: epoch.next_open(it), "instant"),
        (lambda epoch, it: epoch.next_close(it), "instant"),
        (lambda epoch, it: epoch.prev_close(it), "instant"),
        (lambda epoch, it: epoch.day_of(it), "instant"),
    ],
)
def test_only_whole_numbers_are_instants(
    ask: Callable[[EpochCalendar, Any], object], name: str, wrong: Any
) -> None:
    """Floats lose microseconds and truth values are slips: both are refused by argument."""
    for epoch in (desk(), desk("24/7")):
        with pytest.raises(InvalidInput) as caught:
            ask(epoch, wrong)
        assert caught.value.code == "wrong_type"
        assert caught.value.facts["name"] == name
        assert caught.value.facts["found"] == type(wrong).__name__


@pytest.mark.parametrize("edge", ["clse", "", None])
def test_an_edge_that_is_none_is_refused(edge: Any) -> None:
    """A slip of the pen must not choose the other reading."""
    with pytest.raises(InvalidInput):
        desk().add(at("2026-01-09 09:00"), 8 * HOUR, edge=edge)
    with pytest.raises(InvalidInput):
        desk().subtract(at("2026-01-09 17:00"), 8 * HOUR, edge=edge)


def test_an_edge_of_the_other_verb_is_refused() -> None:
    """A sum ends at a close or an open after it; a difference begins at an open or a close."""
    wrong: Any = "open"
    with pytest.raises(InvalidInput):
        desk().add(at("2026-01-09 09:00"), 8 * HOUR, edge=wrong)
    wrong = "close"
    with pytest.raises(InvalidInput):
        desk().subtract(at("2026-01-09 17:00"), 8 * HOUR, edge=wrong)


# --- the turn of the year -----------------------------------------------------------------------

NIGHTS = {"hours": "Mo-Su 22:00-06:00"}


def test_a_night_over_new_year_is_one_window() -> None:
    """It begins in one year and ends in the next, whichever year was asked about first."""
    for first in ("2025-12-31 12:00", "2026-01-01 05:00", "2026-01-01 12:00", "2026-01-02 00:30"):
        epoch = desk(**NIGHTS)
        epoch.is_open(at(first))
        assert epoch.is_open(at("2026-01-01 00:00"))
        assert not epoch.is_open(at("2026-01-01 06:00"))
        assert epoch.next_close(at("2026-01-01 01:00")) == at("2026-01-01 06:00")
        assert epoch.prev_close(at("2026-01-01 07:00")) == at("2026-01-01 06:00")
        assert epoch.add(at("2025-12-31 23:00"), 3 * HOUR) == at("2026-01-01 02:00")
        assert epoch.subtract(at("2026-01-01 02:00"), 3 * HOUR) == at("2025-12-31 23:00")
        assert epoch.between(at("2025-12-31 12:00"), at("2026-01-01 12:00")) == 8 * HOUR


def test_a_long_special_day_before_new_year_is_seen_from_the_second_of_january() -> None:
    """31 December open until 21:00 of the next day: the last close before 2 January is that.

    The answer must not depend on whether the year before was worked out already.
    """
    dates = {date(2025, 12, 31): Hours("22:00-21:00")}
    moment = at("2026-01-02 03:00")
    for before in ((), ("2025-06-01 00:00",), ("2026-06-01 00:00",)):
        epoch = desk("Mo-Su 09:00-17:00", dates=dates)
        for asked in before:
            epoch.is_open(at(asked))
        assert epoch.prev_close(moment) == at("2026-01-01 21:00")
        assert epoch.subtract(moment, HOUR) == at("2026-01-01 20:00")


def test_around_the_clock_over_new_year() -> None:
    """24/7 is one window, over any number of years; its sums are those of the clock."""
    epoch = desk("24/7")
    begin, end = at("2025-12-31 23:00"), at("2027-01-01 01:00")
    assert epoch.add(begin, end - begin) == end
    assert epoch.add(begin, end - begin, edge="next_open") == end
    assert epoch.subtract(end, end - begin) == begin
    assert epoch.subtract(end, end - begin, edge="prev_close") == begin
    assert [*epoch.windows(begin, end)] == [(begin, end)]
    for turn in ("2026-01-01 00:00", "2027-01-01 00:00"):
        assert epoch.add(begin, at(turn) - begin, edge="next_open") == at(turn)
        assert epoch.is_open(at(turn))
        assert epoch.next_open(at(turn)) == at(turn)


def test_a_year_without_a_window_is_stepped_over() -> None:
    """A desk that closes for a whole year opens again after it."""
    closed = {NEW_YEAR + timedelta(days=n): Closed() for n in range(365)}
    epoch = desk(dates=closed)
    assert epoch.next_open(at("2025-12-31 17:00")) == at("2027-01-01 09:00")
    assert epoch.prev_close(at("2027-01-01 09:00")) == at("2025-12-31 17:00")
    assert epoch.add(at("2025-12-31 16:00"), 2 * HOUR) == at("2027-01-01 10:00")
    assert epoch.subtract(at("2027-01-01 10:00"), 2 * HOUR) == at("2025-12-31 16:00")
    assert epoch.between(at("2026-01-01"), at("2027-01-01")) == 0


@pytest.mark.parametrize("first", [None, "2011-06-01", "2012-06-01"])
def test_a_zone_that_changes_in_the_last_days_of_a_year(first: str | None) -> None:
    """Apia went from UTC-10 to UTC+14 after 29 December 2011; both years know of it."""
    epoch = BusinessCalendar("Pacific/Apia", "Mo-Su 09:00-17:00").epoch
    if first:
        epoch.is_open(at(first))
    # 29 December, 31 December and 1 January, by the clocks of Apia.
    assert [*epoch.windows(at("2011-12-29 12:00"), at("2012-01-01 12:00"))] == [
        (at("2011-12-29 19:00"), at("2011-12-30 03:00")),
        (at("2011-12-30 19:00"), at("2011-12-31 03:00")),
        (at("2011-12-31 19:00"), at("2012-01-01 03:00")),
    ]
    assert epoch.day_of(at("2011-12-30 09:59")) == date(2011, 12, 29).toordinal()
    assert epoch.day_of(at("2011-12-30 10:00")) == date(2011, 12, 31).toordinal()


instants = st.integers(at("2023-12-29"), at("2028-01-04"))
questions = st.lists(
    st.tuples(st.integers(0, 6), instants, st.integers(1, 3000 * HOUR)), max_size=6
)


def answer(epoch: EpochCalendar, question: tuple[int, int, int]) -> object:
    """The answer to one of seven questions."""
    kind, moment, amount = question
    asks: list[Callable[[], object]] = [
        lambda: epoch.add(moment, amount),
        lambda: epoch.subtract(moment, amount),
        lambda: epoch.between(moment, moment + amount),
        lambda: epoch.next_open(moment),
        lambda: epoch.next_close(moment),
        lambda: epoch.prev_close(moment),
        lambda: [*epoch.windows(moment, moment + amount)],
    ]
    return asks[kind]()


@given(questions, st.sampled_from(["Mo-Su 22:00-06:00", "Mo-Fr 09:00-17:00", "24/7"]))
def test_answers_do_not_depend_on_what_was_asked_before(
    asked: list[tuple[int, int, int]], hours: str
) -> None:
    """Law: a calendar that answered other questions answers as one that was never asked."""
    holidays = ListedHolidays.of(
        holidays=[date(y, m, 1) for y in range(2023, 2029) for m in (1, 5)]
    )
    old = desk(hours, holidays=holidays)
    for question in asked:
        if hours == "24/7" and question[0] in {4, 5}:
            continue
        assert answer(old, question) == answer(desk(hours, holidays=holidays), question)


def test_whether_a_date_is_official_does_not_depend_on_what_was_asked_before() -> None:
    """The neighbour of an estimated holiday is provisional, over the turn of a year too."""
    moon = SourceDay(DayKind.HOLIDAY, estimated=True)
    source = ListedHolidays([(date(2025, 12, 31), moon), (date(2028, 1, 1), moon)])
    for day in (date(2026, 1, 1), date(2027, 12, 31)):
        number = day.toordinal()
        fresh, old = desk(holidays=source), desk(holidays=source)
        old.between(at("2024-06-01"), at("2029-06-01"))
        assert old.provisional(number, number)
        assert fresh.provisional(number, number)


@pytest.mark.parametrize("ask", ["is_open", "next_open", "next_close", "prev_open", "prev_close"])
def test_only_whole_numbers_are_instants_whatever_was_asked_before(ask: str) -> None:
    """Seconds with a fraction are refused, also when their year is known already."""
    epoch = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00").epoch
    getattr(epoch, ask)(1_780_000_000_000_000)
    with pytest.raises(InvalidInput, match="whole microseconds"):
        getattr(epoch, ask)(1_780_000_000_000_000.0)
