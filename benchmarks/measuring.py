"""Timing contestants fairly: in turns, many short rounds, compared within each round.

A machine that others use speeds up and slows down while it is measured. So contestants take
turns (A B C A B C …) and a ratio is only ever made of two measurements of the same round.
Given are the median of those ratios, and the smallest, which flatters nobody.
"""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

from attrs import frozen

Run = Callable[[int], object]
"""Does its operation so many times."""


@frozen
class Rounds:
    """What each contestant took per operation, in seconds, round by round."""

    seconds: Mapping[str, tuple[float, ...]]

    def typical(self, name: str) -> float:
        """Median seconds per operation."""
        return median(self.seconds[name])

    def best(self, name: str) -> float:
        """Fewest seconds per operation in any round."""
        return min(self.seconds[name])

    def times_as_fast(self, name: str, other: str) -> tuple[float, float]:
        """How many times as fast *name* is as *other*: the median of the rounds, and the least."""
        pairs = zip(self.seconds[name], self.seconds[other], strict=True)
        ratios = [theirs / ours for ours, theirs in pairs]
        return median(ratios), min(ratios)


def timed(run: Run, number: int) -> float:
    """Seconds for *number* operations."""
    started = time.perf_counter()
    run(number)
    return time.perf_counter() - started


def in_turns(contestants: Mapping[str, Run], *, rounds: int, seconds: float) -> Rounds:
    """Let *contestants* take turns.

    Args:
        contestants: by name, what each does.
        rounds: how many turns each takes.
        seconds: about how long one turn is.
    """
    numbers = {name: _number(run, seconds) for name, run in contestants.items()}
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            gc.collect()
            taken[name].append(timed(run, numbers[name]) / numbers[name])
    return Rounds({name: tuple(each) for name, each in taken.items()})


def _number(run: Run, seconds: float) -> int:
    """How many operations take about *seconds*; warms up on the way."""
    number = 1
    while (took := timed(run, number)) < seconds / 4:
        number *= 2
    return max(1, round(number * seconds / took))
