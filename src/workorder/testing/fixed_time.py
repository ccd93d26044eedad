"""A clock that stands still until a test moves it, and names and salts that come in order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from workorder.instants import aware

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
"""Noon in Beijing on a working day before seven days off."""


class FixedTime:
    """The present instant, as a desk asks for it: always the same one, until it is moved.

    Args:
        at: the instant; :data:`NOON`, if not given.

    Raises:
        InvalidInput: ``naive_datetime`` for an instant without a zone.

    >>> time = FixedTime()
    >>> time.pass_by(hours=20)
    >>> time().isoformat()
    '2026-10-01T00:00:00+00:00'
    """

    def __init__(self, at: datetime = NOON) -> None:
        self._at = aware(at, "at")

    def __call__(self) -> datetime:
        """The present instant, in UTC."""
        return self._at

    def pass_by(self, **length: float) -> None:
        """Let time pass: ``days``, ``hours``, ``minutes``, ``seconds``, ``microseconds``."""
        self._at += timedelta(**length)

    def set_to(self, at: datetime) -> None:
        """Make it *at*, which may be earlier: clocks of real machines are."""
        self._at = aware(at, "at")


def counted_ids(prefix: str = "c") -> Callable[[], str]:
    """Command ids in order, for ``ServiceDesk(new_id=…)``.

    >>> new_id = counted_ids()
    >>> new_id(), new_id()
    ('c-1', 'c-2')
    """
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def counted_entropy() -> Callable[[], bytes]:
    """Bytes in order, for ``ServiceDesk(new_entropy=…)``: the same salts in every run. Never for
    anything but tests: a salt that is known protects nothing.
    """
    numbers = count(1)
    return lambda: next(numbers).to_bytes(16, "big")
