"""The clocks of a ticket are one value, whether they were made or read."""

from datetime import UTC, datetime

import attrs
import pytest

from workorder.clocks import NO_CLOCKS, Clock, Clocks, Segment, clock_data
from workorder.errors import InvalidInput

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
ANSWER = Clock("answer", "running", "p2", (Segment(NOON, "desk", "bank"),))
STAGE = attrs.evolve(ANSWER, metric="stage", state="paused")
BOTH = {"answer": ANSWER, "stage": STAGE}


def read(*clocks: Clock) -> Clocks:
    """As they come out of a store."""
    return Clocks(data={each.metric: clock_data(each) for each in clocks})


def test_what_was_read_equals_what_was_written() -> None:
    """As a mapping of the same clocks does."""
    assert read(ANSWER, STAGE) == Clocks(BOTH) == Clocks.written(BOTH) == BOTH
    assert dict(read(ANSWER, STAGE)) == BOTH


@pytest.mark.parametrize(
    "other", [read(STAGE), Clocks({"answer": STAGE}), NO_CLOCKS, {}, {"answer": STAGE}, BOTH, 7]
)
def test_other_clocks_are_not_equal(other: object) -> None:
    """Other clocks, fewer, more, or something else."""
    assert read(ANSWER) != other
    assert other != read(ANSWER)


def test_none_equals_none_whatever_it_stands_in() -> None:
    """Most tickets are asked just that."""
    assert Clocks() == NO_CLOCKS == {}
    assert not NO_CLOCKS
    assert read(ANSWER)


def test_asking_whether_there_are_any_reads_none() -> None:
    """Nor does asking for a state."""
    damaged = Clocks(data={"answer": {"state": "running"}})
    assert damaged != NO_CLOCKS
    assert len(damaged) == 1
    assert damaged.state_of("answer") == "running"


def test_a_damaged_clock_is_named_when_it_is_asked_for() -> None:
    """Which clock, and what is wrong with it."""
    with pytest.raises(InvalidInput, match=r"clocks\.answer.*segments"):
        Clocks(data={"answer": {"state": "running"}})["answer"]


def test_a_changed_clock_takes_the_place_of_its_own_however_either_is_held() -> None:
    """As a value and as data; the ticket before is left as it was."""
    later = attrs.evolve(ANSWER, state="paused")
    for before in (read(ANSWER, STAGE), Clocks(BOTH), Clocks.written(BOTH)):
        for changed in (read(later), Clocks({"answer": later}), {"answer": later}):
            after = before.with_changed(changed)
            assert after == {"answer": later, "stage": STAGE}
            assert after.as_data() == {"answer": clock_data(later), "stage": clock_data(STAGE)}
            assert before == BOTH
