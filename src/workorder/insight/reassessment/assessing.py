"""Reassessing: every clock of a whole history, under any policy."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from importlib.util import find_spec
from typing import Literal

from workorder.errors import InvalidInput
from workorder.insight.reassessment.folding import Cycle, Terms, folds
from workorder.insight.reassessment.histories import Histories, History, histories_of
from workorder.insight.reassessment.lengths import only_lengths, shapes
from workorder.insight.reassessment.outcomes import Outcome, outcome_of
from workorder.insight.reassessment.result import Reassessment
from workorder.insight.reassessment.watching import Watch
from workorder.instants import aware
from workorder.rulebook import Rulebook, Rulebooks
from workorder.sla.clocks import ServiceLevels
from workorder.storage import FullStore, TicketStore

How = Literal["auto", "scalar", "bulk"]
HOWS: tuple[How, ...] = ("auto", "scalar", "bulk")

Progress = Callable[[int], None]
EVERY = 500
"""How many tickets are done before progress is told."""

TOGETHER = 5_000
"""Cycles whose time is reckoned at once."""


def reassess(
    source: TicketStore | FullStore | Histories,
    levels: ServiceLevels,
    *,
    rulebooks: Rulebooks | Iterable[Rulebook] | Rulebook | None = None,
    until: datetime,
    progress: Progress = lambda _done: None,
    how: How = "auto",
) -> Reassessment:
    """Every clock of a history, as it would have been under *levels*.

    Each ticket is lived through again, from no clocks at all. What its events promised when they
    happened is left out, and so are marks that were noted then; marks are noted anew, each at its
    own instant. What people did stays what it was, also where they would have acted otherwise under
    another promise.

    Args:
        source: a store with history, or what :func:`histories_of` read of one: reading is most of
            the work, and can be done once for several policies.
        levels: what is promised.
        rulebooks: those that events name. They tell what states and hold reasons mean; without one,
            an event says only its own ``category`` and ``resolved``.
        until: up to when; what happened later is left out.
        progress: told how many tickets are done.
        how: ``scalar`` goes by the code of a desk, clock by clock. ``bulk`` reckons time for all
            tickets at once, and needs NumPy and targets that are lengths (working or elapsed time);
            a ticket on which more happened than starting, pausing, going on and ending is done by
            the other way. Both come to the same; ``auto`` takes the second where it can.

    Returns:
        How each cycle of each clock came out, to be counted and explained.

    Raises:
        InvalidInput: ``naive_datetime``; ``not_a_choice`` for another way; ``wrong_type`` where
            ``bulk`` is asked for and not possible; what a calendar has against an instant.
        StoreError: ``unsupported`` when the store keeps no history.
    """
    if not isinstance(levels, ServiceLevels):
        expected, found = "service levels, such as rulebook.sla", type(levels).__name__
        raise InvalidInput("wrong_type", name="levels", expected=expected, found=found)
    if how not in HOWS:
        raise InvalidInput("not_a_choice", name="how", found=how, choices=HOWS)
    bulk = how != "scalar" and _applies(levels, how)
    terms = Terms(levels, aware(until, "until"), _by_digest(rulebooks))
    histories = source if isinstance(source, Mapping) else histories_of(source)
    if bulk:
        outcomes, tickets = _at_once(histories, terms, progress)
    else:
        outcomes = list(_one_by_one(histories, terms, progress))
        tickets = 0
    order = {name: number for number, name in enumerate(histories)}
    outcomes.sort(key=lambda each: (order[each.ticket.id], each.metric, each.cycle))
    return Reassessment(terms, tuple(outcomes), histories, tickets)


def _applies(levels: ServiceLevels, how: How) -> bool:
    there = _numpy()
    if there and only_lengths(levels):
        return True
    if how == "bulk":
        expected = "targets that are lengths, and NumPy (the extra “bulk”)"
        found = "other targets, or what depends on the law" if there else "no NumPy"
        raise InvalidInput("wrong_type", name="how", expected=expected, found=found)
    return False


def _numpy() -> bool:
    try:
        return find_spec("numpy") is not None
    except ValueError:  # somebody forbade it
        return False


def _by_digest(
    rulebooks: Rulebooks | Iterable[Rulebook] | Rulebook | None,
) -> Mapping[str, Rulebook]:
    if isinstance(rulebooks, Rulebooks):
        return rulebooks.by_digest
    if isinstance(rulebooks, Rulebook):
        return {rulebooks.digest: rulebooks}
    return {each.digest: each for each in rulebooks or ()}


def _one_by_one(histories: Histories, terms: Terms, progress: Progress) -> Iterator[Outcome]:
    for done, fold in enumerate(folds(histories, terms), 1):
        for cycle in fold.standing():
            yield outcome_of(cycle, terms.levels, terms.until)
        if done % EVERY == 0 or done == len(histories):
            progress(done)


def _at_once(histories: Histories, terms: Terms, progress: Progress) -> tuple[list[Outcome], int]:
    """The outcomes, and of how many tickets they were reckoned at once."""
    from workorder.insight.reassessment.arrays import outcomes_of

    outcomes: list[Outcome] = []
    simple: list[Cycle] = []
    left: dict[str, History] = {}
    watch = Watch(terms.levels)
    for done, (name, history) in enumerate(histories.items(), 1):
        found = shapes(history, terms, watch)
        if found is None:
            left[name] = history
        else:
            simple += found
        if len(simple) >= TOGETHER:  # of what is done with, only outcomes are kept
            outcomes += outcomes_of(simple, terms)
            simple = []
        if done % EVERY == 0 or done == len(histories):
            progress(done)
    outcomes += outcomes_of(simple, terms)
    outcomes += _one_by_one(left, terms, lambda _done: None)
    return outcomes, len(histories) - len(left)
