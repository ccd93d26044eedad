"""Clocks as plain data: nothing is lost, and what follows from the rest is left out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.clocks import (
    CLOCK_STATES,
    Clock,
    Extended,
    Segment,
    Verdict,
    clock_data,
    clock_from_data,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

instants = st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))
"""Few of them, so that many are the same."""
maybe = st.none() | instants
names = st.sampled_from(["calendar@1", "calendar@2"])
segments = st.builds(Segment, instants, names, names, maybe, st.booleans(), st.integers(0, 2))
cycles = st.integers(1, 2)
verdicts = st.builds(
    Verdict,
    *(cycles, instants, instants, st.booleans()),
    *(maybe, maybe, maybe, maybe, st.booleans()),
)
clocks = st.builds(
    Clock,
    metric=st.just("resolution"),
    state=st.sampled_from(CLOCK_STATES),
    target=st.just("4 working hours"),
    segments=st.lists(segments, min_size=1, max_size=3).map(tuple),
    cycle=cycles,
    due=maybe,
    promised=maybe,
    provisional=st.booleans(),
    ceiling=maybe,
    given=st.dictionaries(names, instants, max_size=1),
    extended=st.lists(st.builds(Extended, instants, instants, maybe), max_size=2).map(tuple),
    breached=maybe,
    detected=maybe,
    mark=st.none() | st.just("75%"),
    mark_at=maybe,
    fired=st.lists(st.just("50%"), max_size=1).map(tuple),
    marked=maybe,
    verdicts=st.lists(verdicts, max_size=2).map(tuple),
    leads=st.booleans(),
)


@given(clocks)
def test_every_clock_is_read_back(clock: Clock) -> None:
    """Whatever of it is the same as something else, and whatever is not."""
    assert clock_from_data(clock_data(clock)) == clock


FINISHED = Clock(
    "resolution",
    "finished",
    "4 working hours",
    (
        Segment(NOON, "usual@1", "complaint@2", NOON + timedelta(hours=1), cause=1),
        Segment(
            NOON + timedelta(hours=1),
            "usual@1",
            "complaint@2",
            NOON + timedelta(hours=2),
            runs=False,
            cause=4,
        ),
    ),
    due=NOON + timedelta(hours=4),
    promised=NOON + timedelta(hours=4),
    verdicts=(
        Verdict(
            1,
            NOON,
            NOON + timedelta(hours=2),
            met=True,
            due=NOON + timedelta(hours=4),
            promised=NOON + timedelta(hours=4),
        ),
    ),
)
SHORT: dict[str, Any] = {
    "metric": "resolution",
    "state": "finished",
    "target": "4 working hours",
    "due": "2026-03-02T08:00:00.000000Z",
    "segments": [
        {
            "start": "2026-03-02T04:00:00.000000Z",
            "calendar": "usual@1",
            "policy": "complaint@2",
            "end": "2026-03-02T05:00:00.000000Z",
            "cause": 1,
        },
        {"end": "2026-03-02T06:00:00.000000Z", "runs": False, "cause": 4},
    ],
    "verdicts": [{"cycle": 1, "met": True}],
}


def test_what_follows_from_the_rest_is_left_out() -> None:
    """A segment begins where the one before ended, and a verdict says what the clock does not."""
    assert clock_data(FINISHED) == SHORT
    assert clock_from_data(SHORT) == FINISHED


def test_what_follows_from_the_rest_may_be_said() -> None:
    """Written at length it is the same clock."""
    first, second = SHORT["segments"]
    long: dict[str, Any] = {
        **SHORT,
        "promised": SHORT["due"],
        "cycle": 1,
        "segments": [first, {**first, **second, "start": first["end"]}],
        "verdicts": [
            {
                "cycle": 1,
                "met": True,
                "started": first["start"],
                "ended": second["end"],
                "due": SHORT["due"],
                "promised": SHORT["due"],
                "breached": None,
                "detected": None,
                "provisional": False,
            }
        ],
    }
    assert clock_from_data(long) == FINISHED


@pytest.mark.parametrize(
    "change",
    [
        {"state": "dreaming"},
        {"segments": []},
        {"segments": [{"calendar": "usual", "policy": "complaint"}]},
        {"segments": [{"start": "2026-03-02T04:00:00.000000Z", "policy": "complaint"}]},
        {"segments": [{"start": "2026-03-02T04:00:00.000000Z", "calendar": "usual"}]},
        {"segments": [{**SHORT["segments"][0], "end": None}, {}]},
        {"segments": [{**SHORT["segments"][0], "end": None}]},
        {"verdicts": [{"cycle": 1}]},
        {"verdicts": [{"cycle": 2, "met": True}]},
    ],
)
def test_what_is_missing_is_refused(change: dict[str, Any]) -> None:
    """Nothing is made up where neither the clock nor the segment before says it."""
    with pytest.raises((KeyError, ValueError)):
        clock_from_data({**SHORT, **change})
