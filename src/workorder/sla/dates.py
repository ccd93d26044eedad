"""Rules for dates: closed, other hours, hours of another weekday; on a date, or recurring.

When several rules speak about a date, the order is: a rule for the date itself; a substituted
workday; a holiday; a recurring rule; the hours of the week. Of recurring rules for one date, hours
come before those of another weekday, and these before closed. Breaks are taken out last.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla.opening_hours import weekday
from workorder.sla.week import Spans, read_spans


@frozen
class Closed:
    """The whole date is closed."""

    reason: str = ""


def _spans(value: object) -> Spans:
    return read_spans(value, "dates.hours")


@frozen
class Hours:
    """The date has hours of its own instead of those of the week.

    >>> Hours("09:00-12:00", "New Year's Eve").spans
    (Span(start=540, end=720),)
    """

    spans: Spans = field(converter=_spans)
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.spans:
            raise ConfigurationError(
                [Finding("dates.hours", "no hours", "“09:00-12:00”, or Closed(…)")]
            )


def _weekday(value: object) -> int:
    return weekday(value, "dates.like")


@frozen
class LikeWeekday:
    """The date has the hours of another weekday: a substituted workday works like a Monday."""

    weekday: int = field(converter=_weekday)
    reason: str = ""


DateRule = Closed | Hours | LikeWeekday
"""What can be said about a date."""

RANK = {Hours: 0, LikeWeekday: 1, Closed: 2}
"""Which recurring rule wins when two speak about one date: the lower number."""


def _plain(rrule: Any) -> Any:
    return rrule.strip().upper().removeprefix("RRULE:") if isinstance(rrule, str) else rrule


def _parts_of(rrule: object) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in str(rrule).split(";"))


_EARLIEST = 1900


_EXPECTED = "an RFC 5545 rule such as “FREQ=MONTHLY;BYDAY=2SA,4SA”"
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PINS = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYEASTER"})
"""Parts that say which day it is; without one, the day is that of the start."""
_PARTS = _PINS | {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYSETPOS",
    "WKST",
}


@frozen
class Recurring:
    """A date rule on the dates of an RFC 5545 recurrence rule, read by dateutil.

    ``Recurring("FREQ=MONTHLY;BYDAY=2SA,4SA", Closed("second and fourth Saturday"))``; dateutil's
    ``BYEASTER`` counts days from Easter Sunday.

    Attributes:
        rrule: the text, without a start.
        rule: what holds on its dates.
        since: the date counted from; needed by a rule with ``INTERVAL`` or ``COUNT``, and by one
            that does not say which day it means.

    Raises:
        ConfigurationError: when the text cannot be read.
    """

    rrule: str = field(converter=_plain)
    rule: DateRule
    since: date | None = None

    def __attrs_post_init__(self) -> None:
        from dateutil.rrule import rrulestr

        found = list(self._mistakes()) or list(self._open_start())
        if not found:
            try:
                rrulestr(self.rrule, dtstart=datetime(2000, 1, 1))  # noqa: DTZ001 (dates have no zone)
            except (ValueError, TypeError, AttributeError) as error:
                said = f"{self.rrule!r} ({error})"
                found = [Finding("recurring.rrule", said, _EXPECTED)]
        if found:
            raise ConfigurationError(found)

    def _mistakes(self) -> Iterator[Finding]:
        if type(self.rule) not in RANK:
            yield Finding("recurring.rule", repr(self.rule), "Closed, Hours or LikeWeekday")
        if self.since is not None and type(self.since) is not date:
            yield Finding("recurring.since", repr(self.since), "a date")
        elif self.since is not None and self.since.year < _EARLIEST:
            yield Finding("recurring.since", str(self.since), f"a date from {_EARLIEST} on")
        parts = _parts_of(self.rrule)
        for name in sorted(parts.keys() - _PARTS):
            yield Finding("recurring.rrule", name or repr(self.rrule), one_of(sorted(_PARTS), name))
        frequency = parts.get("FREQ", "nothing")
        if frequency not in _FREQUENCIES:
            yield Finding("recurring.rrule.FREQ", frequency, one_of(_FREQUENCIES, frequency))
        interval = parts.get("INTERVAL", "1")
        if not interval.isdecimal() or not int(interval):
            yield Finding("recurring.rrule.INTERVAL", interval, "1 or more")

    def _open_start(self) -> Iterator[Finding]:
        """What a rule without a start would have to guess."""
        parts = _parts_of(self.rrule)
        counts = {"INTERVAL", "COUNT"} & parts.keys()
        pinned = parts["FREQ"] == "DAILY" or _PINS & parts.keys()
        if self.since is None and (counts or not pinned):
            said = f" {' and '.join(sorted(counts))}" if counts else ""
            yield Finding("recurring.since", "nothing", f"a date to count{said} from")

    def dates(self, year: int) -> Iterator[date]:
        """Its dates in *year*."""
        from dateutil.rrule import rrulestr

        begin, end = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001
        start = begin
        if self.since is not None:
            start = datetime(self.since.year, self.since.month, self.since.day)  # noqa: DTZ001
        text = self.rrule
        if not {"UNTIL", "COUNT"} & _parts_of(text).keys():
            text += f";UNTIL={year}1231"  # a rule that matches nothing is not searched for ever
        rule = rrulestr(text, dtstart=start)
        for found in rule.between(begin, end, inc=True):
            yield found.date()
