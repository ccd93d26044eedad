"""Hours of a week: spans of minutes, seven days of them."""

import pickle
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import ConfigurationError
from workorder.sla import Span, WeeklyHours
from workorder.sla.week import clock, ordered, overlaps, read_spans, without

MORNING, AFTERNOON, NIGHT = Span(540, 720), Span(810, 1080), Span(1320, 1560)
NOTHING: tuple[Span, ...] = ()


def only(**days: tuple[Span, ...]) -> WeeklyHours:
    """A week with the given days, others closed."""
    names = ("mo", "tu", "we", "th", "fr", "sa", "su")
    return WeeklyHours([days.get(name, NOTHING) for name in names])


@pytest.mark.parametrize(
    ("minute", "text"),
    [(0, "00:00"), (570, "09:30"), (1439, "23:59"), (1440, "24:00"), (1441, "00:01")],
)
def test_minutes_as_a_clock_shows_them(minute: int, text: str) -> None:
    """The end of a day is 24:00, not 00:00 and not 23:59; past midnight begins again."""
    assert clock(minute) == text


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 0),
        (720, 540),
        (-1, 60),
        (1440, 1500),
        (60, 1500),
        (1439, 2879),
        (0, 1441),
        (60, 1501),
        (540.0, 720),
        (540, 720.0),
        (True, 720),
        ("540", "720"),
        (None, 720),
    ],
)
def test_a_span_is_within_reach_of_its_day(start: Any, end: Any) -> None:
    """It begins on its day, is not empty, and lasts 24 hours at most, in whole minutes."""
    with pytest.raises(ConfigurationError) as caught:
        Span(start, end)
    (finding,) = caught.value.findings
    assert finding.key == "span"
    assert finding.found == f"{start!r} to {end!r}"


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (0, 1440), (1439, 1440), (1439, 2878), (60, 1499)]
)
def test_the_shortest_and_the_longest_spans(start: int, end: int) -> None:
    """A minute, a whole day, and 24 hours that begin late can all be said."""
    assert Span(start, end).end == end


def test_spans_are_ordered_values() -> None:
    """Spans compare by their start, hash, pickle and never change."""
    assert MORNING < AFTERNOON < NIGHT
    assert ordered([NIGHT, MORNING, AFTERNOON]) == (MORNING, AFTERNOON, NIGHT)
    assert pickle.loads(pickle.dumps(NIGHT)) == NIGHT
    assert len({MORNING, Span(540, 720), NIGHT}) == 2
    with pytest.raises(FrozenInstanceError):
        MORNING.end = 721  # type: ignore[misc]


def test_touching_is_no_overlap() -> None:
    """A span that begins where another ends is its neighbour; a minute earlier is a mistake."""
    assert [*overlaps((Span(0, 60), Span(60, 120)))] == []
    assert [*overlaps((Span(0, 61), Span(60, 120)))] == [(Span(0, 61), Span(60, 120))]


@pytest.mark.parametrize(
    ("breaks", "left"),
    [
        ([], ((540, 1080),)),
        ([(720, 810)], ((540, 720), (810, 1080))),
        ([(500, 600)], ((600, 1080),)),
        ([(1000, 1100)], ((540, 1000),)),
        ([(0, 540), (1080, 1200)], ((540, 1080),)),
        ([(540, 1080)], ()),
        ([(0, 1440)], ()),
        ([(600, 700), (650, 800)], ((540, 600), (800, 1080))),
        ([(-60, 600)], ((600, 1080),)),
    ],
)
def test_breaks_are_taken_out(
    breaks: list[tuple[int, int]], left: tuple[tuple[int, int], ...]
) -> None:
    """What a break covers is gone, wherever it lies; breaks may overlap each other."""
    assert without(((540, 1080),), tuple(breaks)) == left


minutes = st.tuples(st.integers(0, 2880), st.integers(0, 2880)).map(
    lambda pair: (min(pair), max(pair))
)


@given(st.lists(minutes, max_size=4), st.lists(minutes, max_size=4))
def test_a_minute_is_left_when_no_break_has_it(
    spans: list[tuple[int, int]], breaks: list[tuple[int, int]]
) -> None:
    """Law: taking breaks out of spans is the difference of two sets of minutes."""
    kept = {m for a, b in spans for m in range(a, b)}
    taken = {m for a, b in breaks for m in range(a, b)}
    left = without(tuple(spans), tuple(breaks))
    assert {m for a, b in left for m in range(a, b)} == kept - taken
    assert all(a < b for a, b in left) or not breaks


@pytest.mark.parametrize("count", [0, 6, 8])
def test_a_week_has_seven_days(count: int) -> None:
    """A day too few or too many is refused."""
    with pytest.raises(ConfigurationError, match=f"found {count} days, expected seven"):
        WeeklyHours([NOTHING] * count)


def test_the_spans_of_a_day_are_put_in_order() -> None:
    """The order in which spans are given says nothing."""
    assert only(mo=(AFTERNOON, MORNING)) == only(mo=(MORNING, AFTERNOON))
    assert hash(only(mo=(AFTERNOON, MORNING))) == hash(only(mo=(MORNING, AFTERNOON)))


def test_every_overlap_of_a_week_is_named_at_once() -> None:
    """Overlaps within a day, past midnight and around the week are all in one error."""
    with pytest.raises(ConfigurationError) as caught:
        WeeklyHours(
            [
                (Span(60, 180),),
                (MORNING, Span(700, 800)),
                (NIGHT,),
                (Span(119, 180),),
                (),
                (),
                (NIGHT,),
            ]
        )
    assert [(each.key, each.found) for each in caught.value.findings] == [
        ("hours.Tu", "09:00-12:00 and 11:40-13:20"),
        ("hours.We-Th", "22:00-02:00 and 01:59-03:00 on the next day"),
        ("hours.Su-Mo", "22:00-02:00 and 01:00-03:00 on the next day"),
    ]


def test_a_night_may_touch_the_next_morning() -> None:
    """A shift that ends at 02:00 and one that begins then do not overlap."""
    week = only(fr=(NIGHT,), sa=(Span(120, 300),))
    assert week.minutes == 240 + 180


def test_the_minutes_of_a_week() -> None:
    """Open minutes add up over the days, a shift past midnight with all of it."""
    assert only().minutes == 0
    assert only(mo=(MORNING, AFTERNOON), fr=(NIGHT,)).minutes == 180 + 270 + 240
    assert WeeklyHours.parse("24/7").minutes == 7 * 1440


@pytest.mark.parametrize(
    "value", ["09:00-12:00,13:30-18:00", (MORNING, AFTERNOON), [AFTERNOON, MORNING]]
)
def test_spans_of_a_date_are_text_or_values(value: object) -> None:
    """Text and values say the same; the order says nothing."""
    assert read_spans(value, "dates.hours") == (MORNING, AFTERNOON)


def test_a_single_span_needs_no_list() -> None:
    """One span stands for itself."""
    assert read_spans(NIGHT, "dates.hours") == (NIGHT,)


@pytest.mark.parametrize(
    "value",
    ["", "25:00-26:00", 3, None, ["09:00-12:00"], [(540, 720)], (MORNING, Span(700, 800))],
)
def test_wrong_spans_are_named_by_their_key(value: object) -> None:
    """The error names the setting in which the spans stand."""
    with pytest.raises(ConfigurationError) as caught:
        read_spans(value, "short_days")
    assert [each.key for each in caught.value.findings] == ["short_days"]


@pytest.mark.parametrize("days", [None, 3, [3] * 7, [("09:00-12:00",)] * 7, "Mo-Fr 09:00-17:00"])
def test_a_week_of_anything_else_is_refused(days: Any) -> None:
    """What is no seven days of spans gets the error of the configuration, not of Python."""
    with pytest.raises(ConfigurationError):
        WeeklyHours(days)
