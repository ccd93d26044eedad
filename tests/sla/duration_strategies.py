"""Random durations in days, as rules for the oracle and as values of the library."""

from datetime import time
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.sla.days_oracle import Rules
from workorder.sla import BillingCycles, CalendarDays, Dated, Months, Weeks, WorkingDays, Years

KINDS: dict[str, tuple[type[Dated], int]] = {
    "working": (WorkingDays, 6),
    "calendar": (CalendarDays, 12),
    "weeks": (Weeks, 2),
    "months": (Months, 3),
    "years": (Years, 1),
    "cycles": (BillingCycles, 2),
}
"""Each kind of the oracle, its type in the library, and how many are drawn at most."""

_flags = st.booleans()
_minutes = st.sampled_from([0, 60, 90, 120, 150, 540, 1020, 1439]) | st.integers(0, 1439)
_kinds = st.sampled_from([*KINDS, "working", "calendar"])
_ends = st.sampled_from(["close", "end_of_day", "same_time"]) | _minutes
_cut_offs = st.none() | st.none() | _minutes
_rolls = st.sampled_from(["none", "none", "forward", "backward"])


@st.composite
def rules(draw: DrawFn, *, same_time: bool = True) -> Rules:
    """Any of the counting rules, together; without ``same_time``, if asked."""
    kind, include_start = draw(_kinds), draw(_flags)
    least, most = int(include_start), KINDS[kind][1]
    at = draw(_ends)
    return Rules(
        kind=kind,
        number=least + draw(st.integers(0, 12)) % (most + 1 - least),
        at="end_of_day" if at == "same_time" and not same_time else at,
        include_start=include_start,
        cut_off=draw(_cut_offs),
        deemed=draw(_flags),
        roll=draw(_rolls),
        closing_day=draw(st.integers(1, 31)),
    )


def clock(minute: int) -> time:
    """A minute of the day as a time of day."""
    return time(*divmod(minute, 60))


def duration(plain: Rules) -> Dated:
    """The duration of the library that has these rules."""
    made: dict[str, Any] = {
        "at": clock(plain.at) if isinstance(plain.at, int) else plain.at,
        "include_start": plain.include_start,
        "cut_off": None if plain.cut_off is None else clock(plain.cut_off),
        "deemed": plain.deemed,
        "roll": plain.roll,
    }
    if plain.kind == "cycles":
        made["closing_day"] = plain.closing_day
    return KINDS[plain.kind][0](plain.number, **made)
