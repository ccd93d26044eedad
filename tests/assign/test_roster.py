"""Rosters: when somebody works."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.assign import Agent, Item, choose
from workorder.assign.roster import Absence, Roster, Shift
from workorder.errors import InvalidInput
from workorder.sla import ready

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 28)
DAYS = Shift(first=MONDAY, start=time(9), end=time(18), breaks=((time(12), time(13, 30)),))
NIGHTS = Shift(
    first=MONDAY,
    start=time(22),
    end=time(6),
    rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SA",
    breaks=((time(1), time(2)),),
)


def at(day: int, hour: int, minute: int = 0, month: int = 9) -> datetime:
    """An instant in Shanghai."""
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def test_a_week() -> None:
    """From nine to six with a break, Monday to Friday; its ends are half open."""
    roster = Roster("Asia/Shanghai", [DAYS])
    for hour, minute, works in ((8, 59, 0), (9, 0, 1), (12, 0, 0), (13, 30, 1), (18, 0, 0)):
        assert roster.is_open(at(28, hour, minute)) is bool(works)
    assert not roster.is_open(at(27, 10))
    assert roster.next_close(at(28, 10)) == at(28, 12)
    assert roster.next_close(at(28, 12, 30)) == at(28, 18)
    assert roster.next_close(at(25, 19)) == at(28, 12)  # before its first date there is none


def test_every_other_week_past_midnight() -> None:
    """A night belongs to the date it begins on, its break to the same night."""
    roster = Roster("Asia/Shanghai", [NIGHTS])
    assert roster.is_open(at(2, 23, month=10))
    assert roster.is_open(at(3, 5, 59, month=10))
    assert not roster.is_open(at(3, 1, 30, month=10))
    assert not roster.is_open(at(3, 6, month=10))
    assert not roster.is_open(at(9, 23, month=10))
    assert roster.is_open(at(16, 23, month=10))
    assert roster.next_close(at(2, 23, month=10)) == at(3, 1, month=10)


def test_leave_swaps_and_the_banks_calendar() -> None:
    """On leave, off by a swap, or on a holiday of the bank, nobody works."""
    leave = Absence(at(28, 14), at(29, 15), "training")
    roster = Roster(
        "Asia/Shanghai", [DAYS], [leave], without={date(2026, 9, 30)}, calendar=ready("CN")
    )
    assert roster.next_close(at(28, 13, 30)) == at(28, 14)
    assert not roster.is_open(at(29, 14))
    assert roster.is_open(at(29, 15))
    assert not roster.is_open(at(30, 10))
    assert not roster.is_open(at(1, 10, month=10))  # National Day
    assert roster.next_close(at(29, 18)) == at(8, 12, month=10)


def test_a_night_without_an_hour() -> None:
    """Where clocks go forward, the shift is an hour shorter."""
    night = Shift(first=date(2026, 3, 28), start=time(22), end=time(6), rule="FREQ=DAILY;COUNT=1")
    roster = Roster("Europe/London", [night])
    begun = datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert roster.next_close(begun) - begun == timedelta(hours=7)


def test_an_agent_with_a_roster() -> None:
    """It is asked as a calendar is."""
    agent = Agent("li", hours=Roster("Asia/Shanghai", [DAYS]))
    assert choose([agent], Item("T1"), now=at(28, 10)).chosen == "li"
    assert choose([agent], Item("T1"), now=at(28, 12)).chosen is None


def test_what_cannot_be() -> None:
    """Rules, zones and absences that are none; a roster without any shift."""
    with pytest.raises(InvalidInput, match="rule: expected a rule of RFC 5545"):
        Shift(first=MONDAY, start=time(9), end=time(18), rule="every Monday")
    with pytest.raises(InvalidInput, match="zone"):
        Roster("Asia/Shangai", [DAYS])
    with pytest.raises(InvalidInput, match="end: expected an instant after"):
        Absence(at(28, 9), at(28, 9))
    with pytest.raises(InvalidInput, match="a shift within 400 days"):
        Roster("Asia/Shanghai", []).next_close(at(28, 9))


hours = st.integers(0, 23).map(time)
shifts = st.builds(
    Shift,
    first=st.just(MONDAY),
    start=hours,
    end=hours,
    rule=st.sampled_from(
        ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,SU", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;COUNT=2"]
    ),
    breaks=st.lists(st.tuples(hours, hours), max_size=1).map(tuple),
)
moments = st.integers(0, 24 * 8).map(lambda number: at(28, 0) + timedelta(hours=number))
absences = st.tuples(moments, st.integers(1, 30)).map(
    lambda pair: Absence(pair[0], pair[0] + timedelta(hours=pair[1]))
)
ON: dict[str, Callable[[int], bool]] = {
    "FREQ=DAILY": lambda n: n >= 0,
    "FREQ=WEEKLY;BYDAY=TU,SU": lambda n: n >= 0 and n % 7 in {1, 6},
    "FREQ=DAILY;INTERVAL=3": lambda n: n >= 0 and n % 3 == 0,
    "FREQ=DAILY;COUNT=2": lambda n: n in {0, 1},
}


def works(roster: Roster, instant: datetime) -> bool:
    """The same, hour by hour, by counting hours since the Monday."""
    hour = int((instant - at(28, 0)) / timedelta(hours=1))
    if any(each.start <= instant < each.end for each in roster.absences):
        return False
    for shift in roster.shifts:
        for day in range(-1, hour // 24 + 1):
            if not ON[shift.rule](day):
                continue
            start = 24 * day + shift.start.hour
            length = (shift.end.hour - shift.start.hour) % 24 or 24
            inside = start <= hour < start + length
            for one, other in shift.breaks:
                begun = 24 * day + one.hour + 24 * (one < shift.start)
                inside &= not begun <= hour < begun + ((other.hour - one.hour) % 24 or 24)
            if inside and MONDAY + timedelta(days=day) not in roster.without:
                return True
    return False


@given(st.lists(shifts, max_size=2), st.lists(absences, max_size=2), st.booleans(), moments)
def test_hour_by_hour(
    several: list[Shift], away: list[Absence], swapped: bool, instant: datetime
) -> None:
    """Whether somebody works, and until when, as counted on fingers."""
    off = {MONDAY + timedelta(days=2)} if swapped else set()
    roster = Roster("Asia/Shanghai", several, away, off)
    assert roster.is_open(instant) == works(roster, instant)
    if roster.is_open(instant):
        end = roster.next_close(instant)
        hour = instant
        while hour < end:
            assert works(roster, hour)
            hour += timedelta(hours=1)
