"""Many calendars at once: each element is answered by the calendar of its key."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import attrs
import numpy as np
import numpy.typing as npt

from workorder.errors import InvalidInput
from workorder.sla.bulk.answers import moved
from workorder.sla.bulk.dues import DueMany
from workorder.sla.verbs import Calendar

R = TypeVar("R", npt.NDArray[Any], DueMany)


def by_calendar(
    calendars: Mapping[Any, Calendar],
    keys: npt.ArrayLike,
    function: Callable[..., R],
    *values: Any,
    **options: Any,
) -> R:
    """Answer *function* for all, each by the calendar of its key: one call for each key.

    Args:
        calendars: by key: a branch, a team, a region.
        keys: one for each element, in one dimension.
        function: one of this package, or of your own with the same first argument.
        values: its arguments after the calendar. An array with as many elements as there are keys
            is split by key; a single value goes to every call.
        options: its other arguments, the same in every call.

    Returns:
        What *function* returns, in the order of the keys.

    Raises:
        InvalidInput: ``not_a_choice`` for a key without a calendar; ``unequal_lengths``; and for
            the first element that has no answer, what *function* says, with its ``position``.

    >>> from workorder.sla import BusinessCalendar
    >>> from workorder.sla.bulk import between_many
    >>> calendars = {
    ...     "hall": BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-17:00", "CN"),
    ...     "cards": BusinessCalendar("Asia/Shanghai", "24/7"),
    ... }
    >>> starts = np.array(["2026-09-30T01:00"] * 3, "datetime64[s]")
    >>> ends = np.array(["2026-10-01T01:00"] * 3, "datetime64[s]")
    >>> spans = by_calendar(calendars, ["hall", "cards", "hall"], between_many, starts, ends)
    >>> spans.astype("timedelta64[h]")
    array([ 8, 24,  8], dtype='timedelta64[h]')
    """
    named = np.asarray(keys)
    if named.ndim != 1:
        raise InvalidInput(
            "wrong_type", name="keys", expected="an array in one dimension", found=named.shape
        )
    if named.dtype.kind == "O":  # None among them, or keys that have no order
        for place, each in enumerate(named.tolist()):
            if each not in calendars:
                raise _unknown(calendars, each, place)
        numbers = {each: number for number, each in enumerate(calendars)}
        calendars = dict(enumerate(calendars.values()))
        named = np.array([numbers[each] for each in named.tolist()], np.int64)
    given = [_lengthened(number, value, len(named)) for number, value in enumerate(values)]
    known, group, sizes = np.unique(named, return_inverse=True, return_counts=True)
    chosen = [_calendar(calendars, key, named) for key in known.tolist()]
    places = np.split(np.argsort(group, kind="stable"), np.cumsum(sizes)[:-1])
    if not chosen:  # any calendar knows of what kind the answer is
        chosen = [*calendars.values()][:1]
    answers: list[R] = []
    errors: list[tuple[int, InvalidInput]] = []
    for calendar, some in zip(chosen, places, strict=True):
        part = (each[some] if isinstance(each, np.ndarray) else each for each in given)
        try:
            answers.append(function(calendar, *part, **options))
        except InvalidInput as error:
            position = error.facts.get("position")
            if not isinstance(position, int):
                raise
            place = int(some[position])
            errors.append((place, moved(error, position, place)))
    if errors:
        raise min(errors, key=lambda each: each[0])[1]
    return _in_order(answers, places)


def _lengthened(number: int, value: Any, length: int) -> Any:
    """*value* as an array to be split, or as it is when it is a single one."""
    array = value if isinstance(value, np.ma.MaskedArray) else np.asarray(value)
    if array.ndim == 0:
        return value
    if array.shape != (length,):
        raise InvalidInput(
            "unequal_lengths", name=f"values[{number}]", found=len(array), expected=length
        )
    return array


def _calendar(calendars: Mapping[Any, Calendar], key: Hashable, keys: npt.NDArray[Any]) -> Calendar:
    if key not in calendars:
        raise _unknown(calendars, key, int(np.argmax(keys == key)))
    return calendars[key]


def _unknown(calendars: Mapping[Any, Calendar], key: object, position: int) -> InvalidInput:
    choices = ", ".join(map(str, calendars))
    return InvalidInput(
        "not_a_choice", name="keys", found=str(key), choices=choices, position=position
    )


def _in_order(answers: list[R], places: list[npt.NDArray[np.int64]]) -> R:
    if isinstance(answers[0], DueMany):
        fields = [attrs.astuple(each, recurse=False) for each in answers]
        return DueMany(*(_merged(each, places) for each in zip(*fields, strict=True)))
    merged: R = _merged(answers, places)
    return merged


def _merged(parts: Any, places: list[npt.NDArray[np.int64]]) -> Any:
    whole: npt.NDArray[Any] = np.empty(sum(map(len, places)), parts[0].dtype)
    for part, some in zip(parts, places, strict=True):
        whole[some] = part
    return whole
