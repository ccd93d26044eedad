"""Calls of bulk that tests make with arrays of every sort."""

from collections.abc import Callable
from typing import Any

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar

pytest.importorskip("numpy", reason="bulk needs NumPy (the extra `bulk`)")
from workorder.sla import bulk

DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
HOUR = 3_600_000_000
OPENED = "2026-09-30T08:30"
"""16:30 in Shanghai, on the last working day before a break of seven days and two Sundays."""

Call = Callable[[Any], Any]
CALLS: dict[str, tuple[str, Call]] = {
    "add_many": ("starts", lambda values: bulk.add_many(DESK, values, HOUR)),
    "subtract_many": ("ends", lambda values: bulk.subtract_many(DESK, values, HOUR)),
    "between_many": ("starts", lambda values: bulk.between_many(DESK, values, values)),
    "is_open_many": ("instants", lambda values: bulk.is_open_many(DESK, values)),
    "local_date_many": ("instants", lambda values: bulk.local_date_many(DESK, values)),
    "due_many": ("starts", lambda values: bulk.due_many(DESK, values, "1 working day")),
}
every_call = pytest.mark.parametrize("name", CALLS)


def refused(call: Callable[..., object], *values: Any, **options: Any) -> InvalidInput:
    """The error that *call* raises."""
    with pytest.raises(InvalidInput) as raised:
        call(*values, **options)
    error: InvalidInput = raised.value
    return error
