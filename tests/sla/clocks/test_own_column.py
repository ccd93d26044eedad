"""A clock in a host's own column: what is wrong with it is said, and no breach is lost."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from workorder.errors import ConfigurationError, InvalidInput
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import SlaClock

HERE = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00")
THERE = BusinessCalendar("Europe/London", "Mo-Fr 09:00-17:00")
MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def clock(marks: tuple[str, ...] = ()) -> SlaClock:
    """Four working hours from Monday nine o'clock."""
    return SlaClock.start("answer", "4 working hours", HERE, at=MONDAY, marks=marks)


def test_the_calendars_it_has_counted_by_are_asked_for() -> None:
    """Without them it would be counted by another one; more of them do no harm."""
    text = clock().hand_over(THERE, at=MONDAY + 3 * HOUR).to_json()
    with pytest.raises(InvalidInput, match=r"earlier: expected .*earlier-1, found none"):
        SlaClock.from_json(text, THERE)
    with pytest.raises(InvalidInput, match=r"earlier: expected .*earlier-1, found counter"):
        SlaClock.from_json(text, THERE, earlier={"counter": HERE})
    again = SlaClock.from_json(text, THERE, earlier={"earlier-1": HERE, "more": HERE})
    assert again.read(MONDAY + 3 * HOUR).used == 3 * HOUR


@pytest.mark.parametrize("text", ["[]", "7", "{}", "", '{"metric": 1}'])
def test_what_is_no_clock(text: str) -> None:
    """Whatever else stands in the column is refused."""
    with pytest.raises(InvalidInput, match=r"what SlaClock\.to_json wrote"):
        SlaClock.from_json(text, HERE)


def test_what_was_changed_by_hand() -> None:
    """A target or a mark that is none is found when it is read, not when it matters."""
    data = json.loads(clock().to_json())
    with pytest.raises(InvalidInput, match="5 wrong hours"):
        SlaClock.from_json(json.dumps({**data, "target": "5 wrong hours"}), HERE)
    with pytest.raises(ConfigurationError, match="half"):
        SlaClock.from_json(json.dumps({**data, "marks": ["half"]}), HERE)


def test_a_code_is_no_calendar() -> None:
    """The error says what is one."""
    with pytest.raises(InvalidInput, match=r"calendar: expected a calendar.*'CN'"):
        SlaClock.start("answer", "4 working hours", "CN", at=MONDAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", ["pause", "stop", "cancel"])
def test_a_breach_that_nobody_asked_for_in_time(verb: str) -> None:
    """It is reported afterwards, once, with its own instant."""
    late = getattr(clock(marks=("75%",)), verb)(at=MONDAY + 8 * HOUR)
    told, found = late.marks_until(MONDAY + 9 * HOUR)
    assert found == (("100%", MONDAY + 4 * HOUR + timedelta(microseconds=1)),)
    assert told.marks_until(MONDAY + 90 * HOUR)[1] == ()


def damaged(**parts: object) -> str:
    """The clock as it stands in the column, with other *parts*; ``None`` leaves one out."""
    data = {**json.loads(clock(marks=("75%",)).to_json()), **parts}
    return json.dumps({name: part for name, part in data.items() if part is not None})


SEGMENT = {"start": "2026-03-02T01:00:00.000000Z", "calendar": "calendar", "policy": "alone"}


@pytest.mark.parametrize(
    "text",
    [
        damaged(due=None),
        damaged(metric=5),
        damaged(cycle="1"),
        damaged(fired="abc", mark=5),
        damaged(segments=[{**SEGMENT, "calendar": 5}]),
        damaged(segments=[{**SEGMENT, "runs": "false"}]),
        damaged(segments=[{**SEGMENT, "end": "2026-03-02T02:00:00.000000Z"}]),
        damaged(segments=[{**SEGMENT, "end": "2026-03-01T02:00:00.000000Z"}], state="finished"),
        damaged(state="paused"),
        damaged(verdicts=[{"cycle": 1, "met": "no", "ended": "2026-03-02T02:00:00.000000Z"}]),
        "[" * 100_000,
    ],
)
def test_what_no_clock_says_of_itself(text: str) -> None:
    """It is refused when it is read: nothing counts on by it, or asks for marks without end."""
    with pytest.raises(InvalidInput, match=r"what SlaClock\.to_json wrote"):
        SlaClock.from_json(text, HERE)
