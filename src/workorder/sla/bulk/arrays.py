"""Arrays at the door: what is taken, what is refused by name, and the kind they go out in."""

from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from workorder.errors import InvalidInput
from workorder.sla.zones import EPOCH_DAY, MICROSECOND

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_UNITS = {"h": 3_600_000_000, "m": 60_000_000, "s": 1_000_000, "ms": 1_000, "us": 1}
"""Microseconds of a unit; the only finer one that is taken is the nanosecond."""

_PER_MICROSECOND = 1_000
_INSTANTS = (
    "whole microseconds since 1970 as int64, or instants in UTC as datetime64, "
    "in hours [h] to nanoseconds [ns]"
)
_AMOUNTS = (
    "a timedelta, whole microseconds as integers, or timedelta64 in hours [h] to nanoseconds [ns] "
    "(for days use due_many)"
)
_DATES = "dates as datetime64[D] (of instants: local_date_many)"
_NUMBERS = "whole numbers as integers"
_FAR = 1 << 61
"""Beyond any horizon; amounts and instants further away than this need not be told apart."""


@frozen
class Taken:
    """An argument as whole numbers, and the dtype that answers about it have.

    Attributes:
        numbers: microseconds, ordinals of dates, or counts.
        kind: ``int64`` or a ``datetime64``.
    """

    numbers: Ints
    kind: np.dtype[Any]

    def given_back(self, micros: Ints) -> npt.NDArray[Any]:
        """Instants in the kind in which they came."""
        if self.kind.kind == "i":
            return micros
        return micros.view("datetime64[us]").astype(self.kind, copy=False)

    def span_given_back(self, micros: Ints) -> npt.NDArray[Any]:
        """Lengths of time in the kind that goes with the instants."""
        return micros if self.kind.kind == "i" else micros.view("timedelta64[us]")


def instants(values: object, name: str) -> Taken:
    """Instants in microseconds; answers have the unit that came in, or [us] if that is coarser."""
    array = _array(values, name, _INSTANTS)
    if array.dtype.kind == "i" and array.dtype.itemsize == 8:  # noqa: PLR2004 (int64)
        return Taken(array.astype(np.int64, copy=False), np.dtype(np.int64))
    if array.dtype.kind != "M":
        raise _wrong(name, _INSTANTS, array.dtype)
    micros = _micros(array, name, _INSTANTS)
    fine = np.datetime_data(array.dtype)[0] == "ns"
    return Taken(micros, np.dtype("datetime64[ns]" if fine else "datetime64[us]"))


def amounts(values: object, name: str) -> Ints:
    """Lengths of time in microseconds."""
    if isinstance(values, timedelta):
        return _one(values // MICROSECOND)
    if type(values) is int:
        return _one(values)
    array = _array(values, name, _AMOUNTS)
    if array.dtype.kind == "m":
        micros = _micros(array, name, _AMOUNTS)
    elif array.dtype.kind in "iu" and np.can_cast(array.dtype, np.int64):
        micros = array.astype(np.int64, copy=False)
    else:
        raise _wrong(name, _AMOUNTS, array.dtype)
    return np.clip(micros, -_FAR, _FAR)


def dates(values: object, name: str) -> Ints:
    """Dates as ordinals."""
    array = _array(values, name, _DATES)
    if array.dtype.kind != "M" or np.datetime_data(array.dtype) != ("D", 1):
        raise _wrong(name, _DATES, array.dtype)
    _no_nat(array, name)
    days = array.astype("datetime64[D]", copy=False).view(np.int64)
    return np.clip(days, -_FAR, _FAR) + EPOCH_DAY


def as_dates(ordinals: Ints) -> npt.NDArray[np.datetime64]:
    """Ordinals as ``datetime64[D]``."""
    return (ordinals - EPOCH_DAY).view("datetime64[D]")


def counts(values: object, name: str) -> Ints:
    """Whole numbers."""
    if type(values) is int:
        return _one(values)
    array = _array(values, name, _NUMBERS)
    if array.dtype.kind not in "iu" or not np.can_cast(array.dtype, np.int64):
        raise _wrong(name, _NUMBERS, array.dtype)
    return np.clip(array.astype(np.int64, copy=False), -_FAR, _FAR)


def same_kind(first: Taken, second: Taken, name: str) -> None:
    """Refuse integers beside datetime64: the answer would have to be one of them."""
    if first.kind.kind != second.kind.kind:
        raise _wrong(name, f"the same kind as the other array, {first.kind}", second.kind)


def one_of(name: str, value: object, *choices: str) -> None:
    """Refuse a word that is none of *choices*."""
    if value not in choices:
        raise InvalidInput("not_a_choice", name=name, found=value, choices=", ".join(choices))


def together(**named: Ints) -> tuple[tuple[int, ...], tuple[Ints, ...]]:
    """The shape that all have in common, and each in one dimension.

    A single value beside an array stays single, but for the first argument.

    Raises:
        InvalidInput: ``unequal_lengths`` when the shapes do not go together.
    """
    shape: tuple[int, ...] = ()
    for name, array in named.items():
        try:
            shape = np.broadcast_shapes(shape, array.shape)
        except ValueError:
            found, expected = _size(array.shape), _size(shape)
            raise InvalidInput(
                "unequal_lengths", name=name, found=found, expected=expected
            ) from None
    flat = tuple(
        array if number and not array.ndim else np.broadcast_to(array, shape).reshape(-1)
        for number, array in enumerate(named.values())
    )
    return shape, flat


def _array(values: object, name: str, expected: str) -> npt.NDArray[Any]:
    if isinstance(values, np.ma.MaskedArray):  # its mask would be lost without a word
        raise InvalidInput("wrong_type", name=name, expected=expected, found="a masked array")
    try:
        return np.asarray(values)
    except (ValueError, TypeError, OverflowError):
        found = type(values).__name__
        raise InvalidInput("wrong_type", name=name, expected=expected, found=found) from None


def _micros(array: npt.NDArray[Any], name: str, expected: str) -> Ints:
    """Of datetime64 or timedelta64, exactly."""
    unit, count = np.datetime_data(array.dtype)
    _no_nat(array, name)
    if unit not in _UNITS and unit != "ns":
        raise _wrong(name, expected, array.dtype)
    numbers = array.astype(array.dtype.newbyteorder("="), copy=False).view(np.int64)
    if unit in _UNITS:
        factor = _UNITS[unit] * count
        return (
            numbers if factor == 1 else np.clip(numbers, -_FAR // factor, _FAR // factor) * factor
        )
    if count != 1:
        raise _wrong(name, expected, array.dtype)
    micros = numbers // _PER_MICROSECOND
    cut = micros * _PER_MICROSECOND != numbers
    if cut.any():
        place = int(np.argmax(cut))
        found = f"{name}[{place}] = {array.reshape(-1)[place]}"
        raise InvalidInput(
            "wrong_type", name=name, expected="whole microseconds", found=found, position=place
        )
    return micros


def _no_nat(array: npt.NDArray[Any], name: str) -> None:
    missing = np.isnat(array)
    if missing.any():
        raise InvalidInput("not_a_time", name=name, position=int(np.argmax(missing)))


def _one(value: int) -> Ints:
    return np.array(min(max(value, -_FAR), _FAR), np.int64)


def _size(shape: tuple[int, ...]) -> object:
    return shape[0] if len(shape) == 1 else str(shape)


def _wrong(name: str, expected: str, found: object) -> InvalidInput:
    return InvalidInput("wrong_type", name=name, expected=expected, found=str(found))
