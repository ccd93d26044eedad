"""Clocks as plain data and back: one JSON value, small enough for a column.

Instants are UTC text, what is as usual is left out. Records, snapshots and a host's column have
the same form.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cattrs import Converter

from workorder.clocks import CLOCK_STATES, Clock
from workorder.instants import instant_text, read_instant


def make_converter() -> Converter:
    """A converter for clocks: quick, defaults left out."""
    made = Converter(detailed_validation=False, omit_if_default=True)
    made.register_unstructure_hook(datetime, instant_text)
    made.register_structure_hook(datetime, lambda text, _kind: read_instant(text))
    return made


_CONVERTER = make_converter()


def clock_data(clock: Clock) -> dict[str, Any]:
    """*clock* as plain data."""
    made: dict[str, Any] = _CONVERTER.unstructure(clock)
    return made


def clock_from_data(data: Mapping[str, Any]) -> Clock:
    """Read :func:`clock_data` back.

    Raises:
        ValueError: for a state that no clock has.
        KeyError: for something that is missing.
    """
    made = _CONVERTER.structure(data, Clock)
    if made.state not in CLOCK_STATES or not made.segments:
        raise ValueError(made.state)
    return made
