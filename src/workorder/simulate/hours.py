"""Hours: the times that somebody works, looked up once and kept.

All that is known of hours is whether they are open, and when they close next
(:class:`~workorder.assign.Hours`). From one close to the next they open once; when is found by
halving, unless they say so themselves, as calendars do.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

from workorder.assign.agents import Hours
from workorder.assign.values import wrong
from workorder.errors import InvalidInput

_END = datetime.max.replace(tzinfo=UTC)
_NONE = timedelta(0)
_LEAST = timedelta(microseconds=1)


class WorkingTime:
    """When somebody works, from some instant on.

    Args:
        hours: their hours; ``None`` for always.
        begin: before that nothing is asked.
    """

    def __init__(self, hours: Hours | None, begin: datetime) -> None:
        self._hours = hours
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        self._before: list[timedelta] = []  # how much is worked before each start
        self._up_to: list[timedelta] = []  # and until each end
        self._cursor = begin
        self._more = hours is not None
        if hours is None:
            self._keep(begin, _END)

    def is_open(self, at: datetime) -> bool:
        """Whether they work at *at*."""
        self._reach(at)
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._ends[place]

    def next_open(self, at: datetime) -> datetime | None:
        """When they come to work next, after *at*; ``None`` when they do not."""
        while True:
            place = bisect_right(self._starts, at)
            if place < len(self._starts):
                return self._starts[place]
            if not self._next():
                return None

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """When they have worked *amount* since *start*; ``None`` when they never have."""
        if amount == _NONE:
            return start
        needed = self._worked(start) + amount
        while not self._up_to or self._up_to[-1] < needed:
            if not self._next():
                return None
        place = bisect_left(self._up_to, needed)
        return self._starts[place] + (needed - self._before[place])

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much they work from *start* to *end*."""
        return self._worked(end) - self._worked(start)

    def _worked(self, at: datetime) -> timedelta:
        self._reach(at)
        place = bisect_right(self._starts, at) - 1
        if place < 0:
            return _NONE
        return self._before[place] + min(at, self._ends[place]) - self._starts[place]

    def _reach(self, at: datetime) -> None:
        while self._cursor <= at and self._next():
            pass

    def _next(self) -> bool:
        """Look up the next time that they work; whether there is one."""
        hours, cursor = self._hours, self._cursor
        if hours is None or not self._more:
            return False
        here = hours.is_open(cursor)
        try:
            end = hours.next_close(cursor).astimezone(UTC)
        except InvalidInput:  # they do not close any more, or not open
            self._more = False
            if here:
                self._keep(cursor, _END)
            return here
        if end <= cursor:
            raise wrong("hours", f"a close after {cursor.isoformat()}", end.isoformat())
        self._keep(cursor if here else _opening(hours, cursor, end), end)
        self._cursor = end
        return True

    def _keep(self, start: datetime, end: datetime) -> None:
        before = self._up_to[-1] if self._up_to else _NONE
        self._starts.append(start)
        self._ends.append(end)
        self._before.append(before)
        self._up_to.append(before + (end - start))


def _opening(hours: Hours, closed: datetime, end: datetime) -> datetime:
    """When *hours*, which are *closed* then and close again at *end*, open in between."""
    says = getattr(hours, "next_open", None)
    if says is not None:
        opens: datetime = says(closed)
        return opens.astimezone(UTC)
    opened = end - _LEAST
    while opened - closed > _LEAST:
        middle = closed + (opened - closed) // 2
        if hours.is_open(middle):
            opened = middle
        else:
            closed = middle
    return opened
