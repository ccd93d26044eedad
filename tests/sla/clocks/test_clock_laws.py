"""Laws of clocks: what holds for every calendar, every limit and whatever happens."""

import ast
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.sla.clocks import clock_oracle
from tests.sla.clocks.clock_oracle import ClockModel, Judged
from tests.sla.clocks.strategies import NAME, Story, minute, stories
from tests.sla.oracle import instant_of
from workorder.clocks import Clock, Verdict
from workorder.sla.clocks import ServiceLevels, read

MINUTE = timedelta(minutes=1)
_later = st.lists(st.integers(0, 3000), min_size=1, max_size=3)


def test_the_oracle_imports_nothing_of_the_library() -> None:
    """The oracle of clocks imports nothing called ``workorder``, not even in a function."""
    tree = ast.parse(Path(str(clock_oracle.__file__)).read_text("utf-8"))
    found = [
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
        )
    ]
    assert found
    assert not [name for name in found if name.startswith("workorder")]


# --- fold and oracle ------------------------------------------------------------------------


def judged(verdict: Verdict) -> Judged:
    """A verdict as the oracle writes it."""
    begun, ended = minute(verdict.started), minute(verdict.ended)
    assert begun is not None
    assert ended is not None
    return Judged(
        verdict.cycle,
        begun,
        ended,
        verdict.met,
        minute(verdict.due),
        minute(verdict.promised),
        minute(verdict.breached),
    )


def agree(clock: Clock | None, model: ClockModel, levels: ServiceLevels, now: int) -> None:
    """What a clock says at an instant is what the oracle says."""
    if clock is None:
        assert model.state == "none"
        return
    reading = read(clock, instant_of(now), levels)
    at = max(now, model.known)
    assert (reading.state, clock.cycle) == (model.state, model.cycle)
    model.look(at)
    until = at if model.ended is None else model.ended
    used = model.used(until)
    assert reading.used == (used if model.limit.in_days else used * MINUTE)
    if model.state == "running":
        assert minute(reading.due) == model.due_if_on(at)
    elif model.state == "paused":
        assert reading.due is None
        assert minute(reading.if_resumed) == model.due_if_on(at)
    else:
        assert minute(reading.due) == model.kept_due
    assert minute(clock.promised) == model.promised
    assert minute(reading.breached_at) == model.breached
    assert [judged(each) for each in clock.verdicts] == model.verdicts


def compare(story: Story, later: list[int]) -> None:
    """The clock and its model agree after every moment, and some time after the last."""
    model = story.model()
    clock = None
    for said, _, clocks, _ in story.folded():
        model.hear(said)
        clock = clocks.get(NAME)
        agree(clock, model, story.levels, said.minute)
    for each in sorted(later):
        agree(clock, model, story.levels, story.said[-1].minute + each)


@given(stories(days=False), _later)
def test_a_clock_of_lengths_is_what_the_oracle_says(story: Story, later: list[int]) -> None:
    """Used time, due instant, breach, promises and verdicts, minute by minute."""
    compare(story, later)


@given(stories(days=True), _later)
def test_a_clock_of_days_is_what_the_oracle_says(story: Story, later: list[int]) -> None:
    """Days that were used, due instants, breaches and verdicts, date by date."""
    compare(story, later)
