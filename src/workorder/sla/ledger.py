"""The ledger of a count: what was counted, what was left out and why, and the running total."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from attrs import field, frozen

from workorder.sla.due import Due
from workorder.sla.reasons import Reason
from workorder.sla.verbs import Calendar
from workorder.texts import ENGLISH


@frozen
class Row:
    """One line: a window (or what of it counted), or dates.

    Attributes:
        day: the date it belongs to, in the calendar's zone.
        last_day: the last of several dates on end; the same date, mostly.
        start, end: the instants counted from and to; None for whole dates.
        counted: how much: time, or days; zero for what was left out.
        total: the sum so far, this line included.
        reason: why it was counted or left out.
        provisional: whether it is not official yet.
    """

    day: date
    last_day: date
    start: datetime | None
    end: datetime | None
    counted: timedelta | int
    total: timedelta | int
    reason: Reason
    provisional: bool = False

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """Plain data; time in seconds."""
        return {
            "day": self.day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "counted": _plain(self.counted),
            "total": _plain(self.total),
            "why": self.reason.why.value,
            "reason": self.reason.text(language),
            "provisional": self.provisional,
        }


@frozen
class Ledger:
    """All lines between two instants, and what they add up to.

    Attributes:
        unit: ``time`` (amounts are timedeltas) or ``days`` (amounts are whole numbers).
        start, end: from when until when.
        rows: in the order of counting: in time, and then the dates over which a last day rolled.
        provisional: whether any of it is not official yet.
        due: the due date it explains; None for the time between two instants.
        calendar: what it was counted by.
    """

    unit: Literal["time", "days"]
    start: datetime
    end: datetime
    rows: tuple[Row, ...]
    provisional: bool
    due: Due | None
    calendar: Calendar = field(repr=False)

    @property
    def total(self) -> timedelta | int:
        """The last running total."""
        if self.rows:
            return self.rows[-1].total
        return timedelta(0) if self.unit == "time" else 0

    def text(self, language: str = ENGLISH) -> str:
        """Lines for people, in *language*."""
        from workorder.sla.telling import ledger_text

        return ledger_text(self, language)

    def svg(self, language: str = ENGLISH) -> str:
        """A picture: one lane a date, with the windows and what of them was counted."""
        from workorder.sla.drawing import ledger_svg

        return ledger_svg(self, language)

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """Plain data; time in seconds, instants in ISO 8601."""
        return {
            "unit": self.unit,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "total": _plain(self.total),
            "provisional": self.provisional,
            "duration": None if self.due is None else self.due.duration.text(language),
            "last_day": None if self.due is None else self.due.last_day.isoformat(),
            "notes": [] if self.due is None else [n.text(language) for n in self.due.notes],
            "rows": [row.as_data(language) for row in self.rows],
        }


def _plain(amount: timedelta | int) -> float | int:
    return amount if isinstance(amount, int) else amount.total_seconds()
