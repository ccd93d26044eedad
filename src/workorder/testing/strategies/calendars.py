"""Business calendars: odd hours, odd zones, dates that differ."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from workorder.sla import BusinessCalendar, Closed, Hours

ZONES = (
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "UTC",
)
"""Zones with and without changes of the clock, by an hour and by half of one."""

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_HOURS = (
    "09:00-12:00,13:30-18:00",
    "08:30-17:00",
    "00:00-24:00",
    "10:00-10:01",
    "22:00-24:00",
)
_FIRST = date(2026, 1, 1)


@st.composite
def calendars(draw: DrawFn, country: str | None = None) -> BusinessCalendar:
    """Calendars that are open at least once a week, if only for a minute.

    Args:
        draw: drawn by hypothesis.
        country: whose holidays they keep, if any.
    """
    open_days = draw(st.sets(st.sampled_from(_DAYS), min_size=1))
    hours = draw(st.sampled_from(_HOURS))
    week = "; ".join(f"{day} {hours}" for day in _DAYS if day in open_days)
    rules = st.just(Closed()) | st.builds(Hours, st.sampled_from(_HOURS))
    offsets = st.dictionaries(st.integers(0, 364), rules, max_size=4)
    dates = {_FIRST + timedelta(days=number): rule for number, rule in draw(offsets).items()}
    return BusinessCalendar(draw(st.sampled_from(ZONES)), week, country, dates=dates)
