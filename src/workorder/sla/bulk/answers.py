"""When one element of many has no answer: whose turn it is to say so, and how.

The arithmetic on arrays only notices that an element cannot be answered. What is wrong with it is
said by the verb for one value, asked about that element, so that both give the same error.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from workorder.errors import InvalidInput
from workorder.sla.bulk.arrays import Flags, Ints
from workorder.sla.epoch import FIRST_YEAR, LAST_YEAR

T = TypeVar("T")


class Unanswerable(Exception):
    """The element at :attr:`position` has no answer; it never leaves this package."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def refuse(which: Flags) -> None:
    """Say that the first element of those marked has no answer, if any is."""
    if which.any():
        raise Unanswerable(int(np.argmax(which)))


def at_places(places: Ints, work: Callable[..., T], *arrays: Ints) -> T:
    """*work* on some elements; whatever it cannot answer is named by its place among all."""
    try:
        return work(*(each[places] if each.ndim else each for each in arrays))
    except Unanswerable as found:
        raise Unanswerable(int(places[found.position])) from None


def answered(
    work: Callable[..., T],
    one: Callable[..., object],
    *arrays: Ints,
    name: str,
    shape: tuple[int, ...],
) -> T:
    """*work* on *arrays*.

    Args:
        work: the arithmetic on arrays in one dimension, or single values beside them.
        one: the verb on one value of each array; it raises where *work* has no answer.
        arrays: the arguments.
        name: of the first argument, for the error.
        shape: of the arrays that were given.

    Raises:
        InvalidInput: what the verb for one value says of the first element without an answer,
            with its ``position``.
    """
    try:
        return work(*arrays)
    except Unanswerable as found:
        place = found.position
    # It was found in one step of many: in a later step, an earlier element may have failed too.
    if place:
        before = (each[:place] if each.ndim else each for each in arrays)
        answered(work, one, *before, name=name, shape=shape)
    element = [int(each[place] if each.ndim else each) for each in arrays]
    try:
        one(*element)
    except InvalidInput as said:
        raise placed(said, name, place, shape) from None
    # The verb for one value knows the first and last hours of those years where this does not.
    raise placed(outside(np.datetime64(element[0], "us")), name, place, shape)


def outside(instant: object) -> InvalidInput:
    """The error for an instant or date outside the years a calendar works in."""
    year = int(np.datetime64(instant, "Y").astype(np.int64)) + 1970  # type: ignore[call-overload]  # NumPy lets any instant be
    return InvalidInput("outside_years", year=year, first=FIRST_YEAR, last=LAST_YEAR)


def placed(error: InvalidInput, name: str, place: int, shape: tuple[int, ...]) -> InvalidInput:
    """*error* with the position of the element it is about, as a fact and in its sentence."""
    position: int | tuple[int, ...] = place
    if len(shape) > 1:
        position = tuple(int(each) for each in np.unravel_index(place, shape))
    facts = {**error.facts, "position": position}
    said = ", ".join(map(str, position)) if isinstance(position, tuple) else position
    for fact in ("start", "date", "year"):
        if fact in facts:
            facts[fact] = f"{facts[fact]} ({name}[{said}])"
    return InvalidInput(error.code, **facts)


def moved(error: InvalidInput, place: int, new: int) -> InvalidInput:
    """*error* about the element at *place* of some, with its place among all."""
    facts = {
        name: fact.replace(f"[{place}]", f"[{new}]", 1) if isinstance(fact, str) else fact
        for name, fact in error.facts.items()
    }
    return InvalidInput(error.code, **{**facts, "position": new})
