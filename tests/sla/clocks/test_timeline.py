"""Timelines as pictures."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from workorder.clocks import Clock, Segment, Verdict
from workorder.conditions import ALWAYS
from workorder.durations import parse
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, ListedHolidays
from workorder.sla.clocks import (
    ClockLane,
    ClockLedger,
    Metric,
    Policy,
    Reached,
    ServiceLevels,
    SlaClock,
    Stretch,
    Target,
    Timeline,
    timeline_svg,
)
from workorder.texts import Label

SVG = "{http://www.w3.org/2000/svg}"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NATION = ListedHolidays.of(
    holidays=[date(2026, 10, day) for day in range(1, 8)], published_through=date(2028, 12, 31)
)
DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", NATION)
LONDON = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")
HOSTILE = "</title><script>alert('x')</script> & \"名\" \x00\x1b[31m ]]> \ud800"


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant on the clock in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def named(name: str, ledger: ClockLedger) -> ClockLedger:
    """*ledger* with another name."""
    return evolve(ledger, reading=evolve(ledger.reading, label=Label(name)))


NOW = at(10, 8, 15)
STARTED = SlaClock.start("resolution", "8 working hours", DESK, at=at(9, 29, 15), marks=("75%",))
RESUMED = STARTED.pause(at=at(9, 30, 11)).resume(at=at(10, 8, 10))
STORY = Timeline(
    "CMP-1",
    NOW,
    DESK,
    states=(
        Stretch(Label("Open", {"zh-CN": "待处理"}), at(9, 29, 15), at(9, 30, 11)),
        Stretch(Label("On hold", {"zh-CN": "挂起"}), at(9, 30, 11), at(10, 8, 10)),
        Stretch(Label("In progress", {"zh-CN": "处理中"}), at(10, 8, 10)),
    ),
    holds=(Stretch(Label("customer"), at(9, 30, 11), at(10, 8, 10)),),
    clocks=(ClockLane(RESUMED.explain(NOW), (Reached("75%", at(10, 8, 11)),)),),
)


def drawn(timeline: Timeline, language: str = "en") -> ET.Element:
    """The picture, read as XML."""
    return ET.fromstring(timeline_svg(timeline, language))


def only(clock: SlaClock, now: datetime, **more: object) -> Timeline:
    """A timeline of one clock."""
    lane = ClockLane(clock.explain(now), **more)  # type: ignore[arg-type]
    return Timeline("one clock", now, DESK, clocks=(lane,))


def boxes(root: ET.Element, kind: str) -> list[tuple[float, float]]:
    """Where the boxes of a kind begin and end, without those of the legend."""
    found = [each.attrib for each in root.iter(f"{SVG}rect") if each.get("class") == kind]
    return [
        (float(each["x"]), round(float(each["x"]) + float(each["width"]), 1))
        for each in found
        if each["height"] != "10"
    ]


def shapes(root: ET.Element, tag: str, kind: str) -> int:
    """How many shapes of a kind there are, without the one of the legend."""
    found = sum(each.get("class") == kind for each in root.iter(f"{SVG}{tag}"))
    return max(found - 1, 0)


def words(root: ET.Element, kind: str | None = None) -> list[str]:
    """The text that is seen, in order."""
    texts = root.iter(f"{SVG}text")
    return [each.text or "" for each in texts if kind is None or each.get("class") == kind]


# --- what is in it ---------------------------------------------------------------------------


def test_what_ran_what_was_paused_and_what_is_over() -> None:
    """Four stretches ran in time, one pause, and half an hour is over; the states above."""
    root = drawn(STORY)
    ran, paused, late = (boxes(root, kind) for kind in ("counted", "paused", "late"))
    assert len(ran) == 4
    assert len(paused) == len(late) == len(boxes(root, "hold")) == 1
    assert ran[1][1] == paused[0][0]
    assert paused[0][1] == ran[2][0]
    assert len([*boxes(root, "state"), *boxes(root, "next")]) == 3
    assert boxes(root, "hold")[0] == pytest.approx(paused[0])
    assert [each for each in words(root, "due") if each] == ["due Thu 8 Oct 2026 14:30"]
    assert "at first Wed 30 Sep 2026 15:30" in words(root)
    assert "now Thu 8 Oct 2026 15:00" in words(root)
    assert (shapes(root, "circle", "reached"), shapes(root, "polygon", "breach")) == (1, 1)


def test_what_ran_is_drawn_to_scale() -> None:
    """Three hours are three times as wide as one; noon lies where its tick is."""
    clock = SlaClock.start("x", "5 working hours", DESK, at=at(9, 29, 9))
    root = drawn(only(clock, at(9, 29, 14, 30)))
    (first, until), (second, end) = boxes(root, "counted")
    assert until - first == pytest.approx(3 * (end - second), abs=0.3)
    noon = next(each for each in root.iter(f"{SVG}text") if each.text == "12:00")
    assert float(noon.attrib["x"]) == pytest.approx(until, abs=0.1)


def test_open_hours_lie_behind_as_far_as_due() -> None:
    """Light windows reach from the start to the due instant, over what is still to come."""
    clock = SlaClock.start("x", "8 working hours", DESK, at=at(9, 29, 15))
    root = drawn(only(clock, at(9, 29, 16)))
    due = next(each for each in root.iter(f"{SVG}line") if each.get("class") == "mark")
    assert boxes(root, "open")[0][0] == boxes(root, "counted")[0][0]
    assert boxes(root, "open")[-1][1] == pytest.approx(float(due.attrib["x1"]), abs=0.1)
    assert len(boxes(root, "open")) == 3


def test_a_paused_clock_is_due_only_perhaps() -> None:
    """Its due instant is dashed, and says on which condition."""
    root = drawn(only(STARTED.pause(at=at(9, 30, 11)), at(9, 30, 14)))
    assert [each.get("class") for each in root.iter(f"{SVG}line")].count("mark maybe") == 1
    assert words(root, "due")[0].startswith("due if it went on now ")


def test_marks_that_come_are_hollow() -> None:
    """The next mark is drawn and named; the breach, which is due, is not drawn twice."""
    root = drawn(only(STARTED, at(9, 29, 16)))
    assert shapes(root, "circle", "coming") == 1
    assert "75%" in words(root, "quiet")
    unmarked = SlaClock.start("x", "8 working hours", DESK, at=at(9, 29, 15))
    assert shapes(drawn(only(unmarked, at(9, 29, 16))), "circle", "coming") == 0


def test_a_hand_over_needs_the_earlier_calendar_for_its_windows() -> None:
    """With it each part has its own windows; without it what ran there is one bar."""
    clock = SlaClock.start("x", "20 working hours", DESK, at=at(9, 29, 15))
    handed = clock.hand_over(LONDON, at=at(9, 30, 15))
    known = boxes(drawn(only(handed, at(9, 30, 18), calendars=handed.calendars)), "counted")
    unknown = boxes(drawn(only(handed, at(9, 30, 18))), "counted")
    assert (len(known), len(unknown)) == (4, 2)
    assert unknown[0] == (known[0][0], known[2][1])
    assert unknown[1] == known[3]


def test_all_instants_are_told_in_one_zone() -> None:
    """A clock in London is drawn, and told, on the clock of the timeline's calendar."""
    clock = SlaClock.start("x", "1 working hour", LONDON, at=at(9, 29, 16))
    assert words(drawn(only(clock, at(9, 29, 16, 30))), "due")[0] == "due Tue 29 Sep 2026 17:00"


def test_earlier_cycles_are_pale() -> None:
    """A cycle that is over is a bar of its own, red if it was late."""
    ledger = STARTED.explain(at(9, 29, 16))
    verdicts = (
        Verdict(1, at(9, 25, 9), at(9, 25, 10), met=True),
        Verdict(2, at(9, 28, 9), at(9, 28, 17), met=False),
    )
    clock = evolve(ledger.reading.clock, cycle=3, verdicts=verdicts)
    lane = ClockLane(evolve(ledger, reading=evolve(ledger.reading, clock=clock)))
    root = drawn(Timeline("cycles", at(9, 29, 16), DESK, clocks=(lane,)))
    assert (len(boxes(root, "past")), len(boxes(root, "past late"))) == (1, 1)
    answered = only(STARTED.stop(at=at(9, 30, 10)), at(9, 30, 11))
    assert boxes(drawn(answered), "past") == []  # its verdict is that of this cycle
    within = evolve(clock, verdicts=(Verdict(2, at(9, 29, 15), at(9, 29, 16), met=True),))
    lane = ClockLane(evolve(ledger, reading=evolve(ledger.reading, clock=within)))
    going_on = drawn(Timeline("resumed", at(9, 29, 16), DESK, clocks=(lane,)))
    assert boxes(going_on, "past") == []  # what it counted is counted along


def test_the_lane_of_a_tickets_clock() -> None:
    """It is made of the clock and its service levels, calendars of earlier segments included."""
    levels = ServiceLevels(
        metrics=(Metric(name="x", start=ALWAYS, stop=ALWAYS),),
        policies=(Policy("usual", (Target("x", parse("20 working hours")),)),),
        calendar=DESK,
        calendars={"london": LONDON},
    )
    segments = (
        Segment(at(9, 29, 15), "calendar@1", "usual@1", at(9, 30, 15)),
        Segment(at(9, 30, 15), "london@2", "usual@1"),
    )
    clock = Clock("x", "running", "20 working hours", segments, due=at(10, 2))
    lane = ClockLane.of(clock, at(9, 30, 18), levels, (Reached("100%", at(9, 30, 16)),))
    root = drawn(Timeline("x", at(9, 30, 18), DESK, clocks=(lane,)))
    assert len(boxes(root, "counted")) == 4
    assert shapes(root, "circle", "reached") == 1
    assert "100%" not in words(root)


def test_dates_that_are_not_worked_are_shaded() -> None:
    """Seven days of holiday are seven shaded dates, without gaps."""
    shaded = boxes(drawn(STORY), "closed")
    assert len(shaded) == 7
    for (_, end), (begin, _) in pairwise(shaded):
        assert end == pytest.approx(begin, abs=0.15)


def test_over_weeks_there_is_one_bar_a_date() -> None:
    """Windows that nobody could tell apart become one, from the first opening to the last close."""
    clock = SlaClock.start("x", "12 working days", DESK, at=at(9, 14, 9))
    narrow, wide = (
        drawn(evolve(only(clock, at(9, 16, 18)), states=(Stretch(Label("s"), begun),)))
        for begun in (at(9, 14, 9), at(8, 17, 9))
    )
    assert (len(boxes(narrow, "counted")), len(boxes(wide, "counted"))) == (6, 3)
    assert len(boxes(wide, "open")) == 13


def test_a_breach_stays_where_it_was() -> None:
    """A due instant that moved after the breach does not take the breach with it."""
    late, _ = STARTED.marks_until(at(10, 8, 15))
    longer = late.retarget("30 working hours", at=at(10, 8, 15))
    root = drawn(only(longer, at(10, 8, 16)))
    said = words(root, "due")
    assert said == ["due Mon 12 Oct 2026 15:00", "breached Wed 30 Sep 2026 15:30"]
    assert len(boxes(root, "late")) == 0


def test_a_cancelled_clock_is_only_what_ran() -> None:
    """It is named so, and says nothing about what is left."""
    for clock in (STARTED, STARTED.pause(at=at(9, 30, 9))):
        root = drawn(only(clock.cancel(at=at(9, 30, 10)), at(9, 30, 11)))
        assert "cancelled" in words(root, "quiet")
        assert not any(each.endswith(" left") for each in words(root, "quiet"))
    assert words(root, "due") == []


def test_what_has_no_room_is_left_out() -> None:
    """Of four marks at one place two are named under the bar; the dots are all there."""
    reached = tuple(Reached(f"{10 + n}%", at(9, 29, 15, 30 + n)) for n in range(4))
    root = drawn(only(STARTED, at(9, 30, 18), reached=reached))
    assert shapes(root, "circle", "reached") == 4
    assert len([each for each in words(root, "") if each.endswith("%")]) == 0
    assert 1 <= len([each for each in words(root) if re.fullmatch(r"1\d%", each)]) <= 2


def test_a_hold_too_short_for_words_is_drawn_all_the_same() -> None:
    """A minute in ten days is a line; its name is a title for who points at it."""
    hold = Stretch(Label("a minute"), at(10, 1, 9), at(10, 1, 9, 1))
    root = drawn(evolve(STORY, holds=(hold,)))
    ((begin, end),) = boxes(root, "hold")
    assert end - begin >= 1
    assert "a minute" not in words(root)
    assert "a minute: 2026-10-01 09:00 - 2026-10-01 09:01" in [
        each.text for each in root.iter(f"{SVG}title")
    ]


# --- the axis --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize(
    "length",
    [
        timedelta(0),
        timedelta(minutes=40),
        timedelta(hours=2),
        timedelta(hours=9),
        timedelta(days=2),
        timedelta(days=9),
        timedelta(days=60),
        timedelta(days=300),
        timedelta(days=5000),
    ],
    ids=str,
)
def test_ticks_can_be_read_over_two_hours_and_over_years(length: timedelta, language: str) -> None:
    """Three to sixteen ticks, whose words do not touch, and a place in time for each."""
    begun = at(9, 29, 15, 7)
    story = Timeline("t", begun + length, DESK, states=(Stretch(Label("s"), begun),))
    root = drawn(story, language)
    ticks = [
        (float(each.attrib["x"]), each.text or "")
        for each in root.iter(f"{SVG}text")
        if each.get("y") == "46"
    ]
    assert 3 <= len(ticks) <= 16
    for (x, said), (further, after) in pairwise(ticks):
        wide = 6.0 * max(len(each.encode("gbk")) for each in (said, after))
        assert further - x > wide


def test_an_hour_that_the_clock_skips_has_no_tick() -> None:
    """There is no 01:30 in London on 29 March 2026, and 02:00 comes after 00:50."""
    night = datetime(2026, 3, 29, 0, 5, tzinfo=UTC)
    story = Timeline("t", night + timedelta(hours=2), LONDON, (Stretch(Label("s"), night),))
    told = [each.text for each in drawn(story).iter(f"{SVG}text") if each.get("y") == "46"]
    assert "01:00" not in told
    assert told[:6] == ["00:10", "00:20", "00:30", "00:40", "00:50", "02:00"]


def test_a_long_axis_has_no_single_dates() -> None:
    """Over five years the picture stays small: bars are whole, and no date is shaded."""
    clock = SlaClock.start("x", "5 years", DESK, at=at(9, 29, 15))
    drawing = timeline_svg(only(clock, at(10, 29)))
    assert len(drawing) < 8_000
    assert boxes(ET.fromstring(drawing), "closed") == []


# --- the outside -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_all_of_it_can_be_read_aloud(language: str) -> None:
    """The title is the timeline's; states, holds and the whole account stand in the description."""
    root = drawn(STORY, language)
    assert root.findtext(f"{SVG}title") == "CMP-1"
    said = root.findtext(f"{SVG}desc") or ""
    assert RESUMED.explain(NOW).text(language) in said
    for each in (*STORY.states, *STORY.holds):
        assert each.label.text(language) in said
    assert root.attrib["role"] == "img"


def test_in_chinese() -> None:
    """Names, words and dates are Chinese; nothing English is left but names without a text."""
    root = drawn(STORY, "zh-CN")
    assert {"状态", "挂起", "计入", "现在 2026年10月8日 周四 15:00"} <= set(words(root))
    assert "到期 2026年10月8日 周四 14:30" in words(root, "due")
    plain = " ".join(words(root))
    assert set(re.findall(r"[A-Za-z]{3,}", plain)) <= {"CMP", "customer", "resolution"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_names_are_only_names(language: str) -> None:
    """Markup and control characters in names stay text, or go; a long name is cut."""
    long = "超长" * 400
    story = evolve(
        STORY,
        title=HOSTILE + long,
        states=tuple(evolve(each, label=Label(HOSTILE)) for each in STORY.states),
        holds=tuple(evolve(each, label=Label(long)) for each in STORY.holds),
        clocks=(ClockLane(named(HOSTILE, RESUMED.explain(NOW))), *STORY.clocks),
    )
    drawing = timeline_svg(story, language)
    drawing.encode()
    root = ET.fromstring(drawing)
    assert list(root.iter(f"{SVG}script")) == []
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "line", "g", "circle", "polygon",
    }  # fmt: skip
    assert not any("\x1b" in each or "\x00" in each for each in root.itertext())
    assert max(len(each) for each in words(root)) < 130


def test_nothing_is_fetched_and_nothing_has_an_id() -> None:
    """No script, no address, no font; without ids two pictures fit on one page."""
    drawing = timeline_svg(STORY).replace('xmlns="http://www.w3.org/2000/svg"', "")
    for forbidden in ("http", "url(", "<script", "@font-face", "@import", "href", " id="):
        assert forbidden not in drawing


def test_the_same_value_has_the_same_picture() -> None:
    """Nothing in it depends on when or where it is drawn; instants may come in any zone."""
    shifted = evolve(STORY, now=NOW.astimezone(UTC))
    assert timeline_svg(STORY) == timeline_svg(shifted)


def test_everything_lies_on_the_axis() -> None:
    """No box, line or dot lies beside the axis, whatever comes first or last."""
    for story in (STORY, only(STARTED, at(9, 29, 15)), Timeline("nothing", NOW, DESK)):
        root = drawn(story)
        lanes = [
            float(each.attrib["x"])
            for each in root.iter(f"{SVG}rect")
            if each.get("class") != "sheet" and each.get("height") != "10"
        ]
        assert all(190 <= x <= 950 for x in lanes)
        assert root.attrib["width"] == "974"


def test_naive_instants_are_refused() -> None:
    """By the name of the argument, as everywhere."""
    naive = datetime(2026, 9, 29)
    with pytest.raises(InvalidInput, match="now"):
        Timeline("t", naive, DESK)
    for build in (lambda: Stretch(Label("s"), naive), lambda: Reached("75%", naive)):
        with pytest.raises(InvalidInput, match="at"):
            build()
