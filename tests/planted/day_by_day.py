"""A calendar that walks from date to date: how most libraries do it, and where they get stuck."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from workorder.sla import BusinessCalendar, Window
from workorder.sla.epoch import ForwardEdge

STEPS = 5_000


class StillWalkingError(Exception):
    """The walk would never end; a real one would hang here."""


class DayByDay(BusinessCalendar):
    """Right answers, found by walking; its children get one thing wrong."""

    __slots__ = ()

    def add(self, start: datetime, amount: timedelta, *, edge: ForwardEdge = "close") -> datetime:
        """Walk on until the amount is used up."""
        if edge != "close" or amount <= timedelta(0):
            return super().add(start, amount, edge=edge)
        day = self.local_date(start) - timedelta(days=1)
        for _ in range(STEPS):
            for window in self.open_on(day):
                begin = max(window.open, start)
                if begin < window.close and amount <= window.close - begin:
                    return begin + amount
                amount -= max(window.close - begin, timedelta(0))
            day = self.after(day)
        raise StillWalkingError(f"still walking after {STEPS} dates")

    def open_on(self, day: date) -> Sequence[Window]:
        """The windows of a date."""
        return self.day(day).windows

    def after(self, day: date) -> date:
        """The date after this one."""
        return day + timedelta(days=1)
