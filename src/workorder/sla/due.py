"""A due date: an instant, and everything needed to say how it came about."""

from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from workorder.canonical import digest as digest_of
from workorder.durations import Duration
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese

if TYPE_CHECKING:
    from workorder.sla.ledger import Ledger
    from workorder.sla.verbs import Calendar


class Note(Enum):
    """What happened while days were counted."""

    AFTER_CUT_OFF = "after_cut_off"
    DEEMED = "deemed"
    CLIPPED = "clipped"
    DAY_OVER = "day_over"
    ROLLED = "rolled"

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        return in_language(_NOTES[self], language)


_NOTES: dict[Note, Texts] = {
    Note.AFTER_CUT_OFF: {
        ENGLISH: "received at or after the cut-off: belongs to a later day",
        CHINESE: "在截止时间或之后收到：归入之后的日期",
    },
    Note.DEEMED: {
        ENGLISH: "received on a day that is no working day: counts as the next working day",
        CHINESE: "非工作日收到：视为下一工作日收到",
    },
    Note.CLIPPED: {
        ENGLISH: "the month has no such date: its last day",
        CHINESE: "当月无对应日期：取该月最后一日",
    },
    Note.DAY_OVER: {
        ENGLISH: "the day was already over at receipt: the next one",
        CHINESE: "收到时当日已结束：取下一日",
    },
    Note.ROLLED: {
        ENGLISH: "the last day is no working day: moved",
        CHINESE: "末日非工作日：已调整",
    },
}


@frozen
class Days:
    """The dates between receipt and due, for durations in days, weeks or months.

    Attributes:
        received: the date of receipt.
        zero: the day that is not counted: the date of receipt, or the date to which a cut-off or
            deeming moved it.
        counted: the last day as counted.
        last: the last day after rolling.
    """

    received: date
    zero: date
    counted: date
    last: date


@frozen(slots=False)
class Due:
    """When something is due.

    Attributes:
        start: the instant of receipt.
        duration: what was asked for.
        instant: the due instant, in the calendar's local time; not late at this instant itself.
        last_day: the last day; a due instant of 24:00 belongs to the day it ends.
        provisional: whether it depends on dates that are not official yet.
        days: how days were counted; None for lengths of time and given instants.
        notes: what happened on the way.
        parts: of the earliest or latest of several: all of them.
    """

    start: datetime
    duration: Duration
    instant: datetime
    last_day: date
    provisional: bool
    days: Days | None = None
    notes: tuple[Note, ...] = ()
    parts: "tuple[Due, ...]" = ()
    calendar: "Calendar" = field(kw_only=True, repr=False)
    roll_by: "Calendar | None" = field(default=None, kw_only=True, repr=False)

    @cached_property
    def last_working_day(self) -> date | None:
        """The last working day up to and with the last day; None when there is none in reach."""
        found = self.calendar.epoch.open_day_until(self.last_day.toordinal())
        return None if found is None else date.fromordinal(found)

    @cached_property
    def ledger(self) -> "Ledger":
        """Every window and date counted, and every date left out and why."""
        from workorder.sla.ledgers import due_ledger

        return due_ledger(self, self.calendar, self.roll_by)

    @cached_property
    def digest(self) -> str:
        """The content digest of the calendar over the years from receipt to due; of both, when
        the last day rolled by another.
        """
        years = sorted((self.calendar.local_date(self.start).year, self.last_day.year))
        own = self.calendar.content_digest(years[0], years[1])
        if self.roll_by is None:
            return own
        return digest_of(f"{own}:{self.roll_by.content_digest(years[0], years[1])}".encode())

    def text(self, language: str = ENGLISH) -> str:
        """One line for people; 24:00 is shown on the day it ends."""
        said = instant_text(self.instant, self.last_day)
        if not self.provisional:
            return said
        return said + ("（暂定）" if is_chinese(language) else " (provisional)")


def instant_text(instant: datetime, last_day: date) -> str:
    """*instant* to the minute (or finer, where it needs that), midnight as 24:00 of *last_day*.

    >>> from datetime import UTC
    >>> instant_text(datetime(2026, 10, 11, tzinfo=UTC), date(2026, 10, 10))
    '2026-10-10 24:00'
    """
    whole = instant.time().isoformat()
    if instant.date() == last_day + timedelta(days=1) and whole == "00:00:00":
        return f"{last_day} 24:00"
    short = whole.removesuffix(":00") if len(whole) == len("00:00:00") else whole
    return f"{instant.date()} {short}"
