"""Random histories without hypothesis: drawn by a seed, and made small when one fails."""

from collections.abc import Callable
from random import Random

from workorder.testing.acts import (
    AGENTS,
    COMMANDS,
    ERASES,
    IDS,
    LETTERS,
    STATES,
    Act,
    Claim,
    Look,
    Pair,
    Read,
    Release,
    Take,
    Touch,
    Write,
)
from workorder.testing.trial import Trial

LENGTH = 25
"""Acts of a history that is drawn."""

TRIES = 400
"""Stores that are made at most to make a failing history small."""

Acts = tuple[Act, ...]


def drawn(seed: int) -> Acts:
    """The history of *seed*."""
    chance = Random(seed)  # noqa: S311 (nothing secret is drawn)
    return tuple(_act(chance) for _ in range(LENGTH))


def _act(chance: Random) -> Act:
    worker = f"w{chance.randint(1, 2)}"
    kind = chance.choices(("write", "claim", "release", "take"), (6, 2, 1, 1))[0]
    if kind == "write":
        ids = chance.sample(IDS, chance.choice((1, 1, 2, 3)))
        return Write(
            tuple(_touch(chance, each) for each in ids),
            chance.choice((0, 0, 1, 2)),
            chance.choice((None, *AGENTS)),
            chance.randint(-1, 2),
        )
    if kind == "claim":
        return Claim(chance.randint(0, 6), chance.randint(1, 3), worker, chance.randint(1, 3))
    if kind == "release":
        return Release(chance.choice(IDS), worker)
    return Take(tuple(chance.sample(range(4), chance.randint(0, 2))))


def _touch(chance: Random, ticket: str) -> Touch:
    return Touch(
        ticket,
        chance.choice(COMMANDS),
        chance.choice((0, 0, 0, 0, -1, 1)),
        chance.randint(1, 2),
        chance.choice(STATES),
        chance.choice((None, 0, 1, 2, 4)),
        tuple(chance.sample(LETTERS, chance.randint(0, 2))),
        chance.choice(ERASES),
    )


def play(trial: Trial, acts: Acts) -> None:
    """Do *acts* to a new store and to the reference; look at everything after each of them.

    Raises:
        Broken: where the two part ways; or whatever the store raises.
    """
    trial.anew()
    pair = Pair(trial)
    for act in acts:
        act.play(pair)
        for ticket in IDS:
            Read(ticket).play(pair)
        Look().play(pair)


def smallest(fails: Callable[[Acts], bool], acts: Acts) -> Acts:
    """A history that still fails, of which no single act or part can be left out.

    Looks at a bounded number of histories, so it may be stopped a little early.
    """
    left = TRIES
    found = True
    while found and left > 0:
        found = False
        for tried in _less(acts):
            left -= 1
            if left < 0:
                break
            if fails(tried):
                acts, found = tried, True
                break
    return acts


def _less(acts: Acts) -> list[Acts]:
    """*acts* with something less: first large parts, then single acts, then parts of acts."""
    found: list[Acts] = []
    size = len(acts) // 2
    while size >= 1:
        found += [
            (*acts[:start], *acts[start + size :]) for start in range(len(acts) - size, -1, -size)
        ]
        size //= 2
    for number, act in enumerate(acts):
        found += [(*acts[:number], less, *acts[number + 1 :]) for less in act.smaller()]
    return found
