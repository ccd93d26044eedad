"""A desk's own history under its own rulebook: the clocks that its tickets carry, exactly."""

from datetime import timedelta

import pytest

from tests.insight.reassessed import levels, resolution
from workorder.insight import histories_of
from workorder.insight.reassessment.folding import Terms, folds
from workorder.rulebook import Rulebook, bank
from workorder.testing.lives import Life


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The bank's, whose service levels have days, lengths, ladders and a law's pack."""
    return bank()


@pytest.mark.parametrize("seed", range(8))
def test_folded_again_from_nothing(rulebook: Rulebook, seed: int) -> None:
    """Whatever people did and however time passed: event by event or all over again, every clock is
    the same in every part, its marks, verdicts and segments with their causes among it.
    """
    assert rulebook.sla is not None
    life = Life(rulebook, seed)
    life.live(70)
    life._time.pass_by(seconds=seed * 40_000)
    life._desk.run_due(10_000)
    histories = histories_of(life._store)
    terms = Terms(rulebook.sla, life._time(), {rulebook.digest: rulebook})
    seen = 0
    for name, fold in zip(histories, folds(histories, terms), strict=True):
        carried = life._store.load([name])[name].snapshot.ticket.clocks
        assert dict(fold.clocks) == dict(carried)
        seen += len(carried)
    assert seen


def test_marks_of_its_time_are_left_out(rulebook: Rulebook) -> None:
    """A policy without those clocks leaves none, whatever the events carried."""
    assert rulebook.sla is not None
    life = Life(rulebook, 3)
    life.live(40)
    life._time.pass_by(seconds=40 * 86_400)
    life._desk.run_due(10_000)
    histories = histories_of(life._store)
    other = levels(resolution(), within="1 elapsed hour")
    terms = Terms(other, life._time() + timedelta(days=1), {rulebook.digest: rulebook})
    carried = {
        name for each in histories for name in life._store.load([each])[each].snapshot.ticket.clocks
    }
    assert carried > {"resolution"}
    for fold in folds(histories, terms):
        assert set(fold.clocks) == {"resolution"}
