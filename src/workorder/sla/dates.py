"""Rules for dates: closed, other hours, hours of another weekday; on a date, or recurring.

When several rules speak about a date, the order is: a rule for the date itself; a substituted
workday; a holiday; a recurring rule; the hours of the week. Of recurring rules for one date, hours
come before those of another weekday, and these before closed. Breaks are taken out last.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
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


def _numbers(least: int, most: int, *, signed: bool = True) -> Callable[[str], bool]:
    def fit(text: str) -> bool:
        for each in text.split(","):
            if not re.fullmatch(r"[+-]?[0-9]{1,4}" if signed else r"[0-9]{1,6}", each):
                return False
            if not least <= abs(int(each)) <= most:
                return False
        return True

    return fit


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


_DAY = r"[+-]?(?:[1-9]|[1-4][0-9]|5[0-3])?(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "FREQ": (_FREQUENCIES.__contains__, f"one of {', '.join(_FREQUENCIES)}"),
    "INTERVAL": (_numbers(1, 999_999, signed=False), "1 or more"),
    "COUNT": (_numbers(1, 999_999, signed=False), "1 or more"),
    "UNTIL": (_matches(r"[0-9]{8}"), "a date such as 20271231"),
    "BYMONTH": (_numbers(1, 12, signed=False), "1 to 12"),
    "BYMONTHDAY": (_numbers(1, 31), "1 to 31, or -31 to -1"),
    "BYYEARDAY": (_numbers(1, 366), "1 to 366, or -366 to -1"),
    "BYWEEKNO": (_numbers(1, 53), "1 to 53, or -53 to -1"),
    "BYDAY": (_matches(rf"{_DAY}(?:,{_DAY})*"), "weekdays such as MO,TU or 2SA,-1FR"),
    "BYSETPOS": (_numbers(1, 366), "1 to 366, or -366 to -1"),
    "BYEASTER": (_numbers(0, 366), "days from Easter Sunday"),
    "WKST": (_matches("MO|TU|WE|TH|FR|SA|SU"), "a weekday such as MO"),
}
"""The parts of a rule, whether a value fits each, and what was expected."""


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
                # A rule that no date fits is searched to the end of time here, and never again.
                if next(iter(rrulestr(self.rrule, dtstart=self._start(2000))), None) is None:
                    found = [Finding("recurring.rrule", self.rrule, "a rule that some date fits")]
            except (ValueError, TypeError, AttributeError) as error:
                said = f"{self.rrule!r} ({error})"
                found = [Finding("recurring.rrule", said, _EXPECTED)]
        if found:
            raise ConfigurationError(found)

    def _start(self, year: int) -> datetime:
        """The date a rule is counted from; where none is given, the first of the year."""
        since = self.since or date(year, 1, 1)
        return datetime(since.year, since.month, since.day)  # noqa: DTZ001 (dates have no zone)

    def _mistakes(self) -> Iterator[Finding]:
        if type(self.rule) not in RANK:
            yield Finding("recurring.rule", repr(self.rule), "Closed, Hours or LikeWeekday")
        if self.since is not None and type(self.since) is not date:
            yield Finding("recurring.since", repr(self.since), "a date")
        elif self.since is not None and self.since.year < _EARLIEST:
            yield Finding("recurring.since", str(self.since), f"a date from {_EARLIEST} on")
        parts = _parts_of(self.rrule)
        for name in sorted(parts.keys() | {"FREQ"}):
            if name not in _PARTS:
                found = name or repr(self.rrule)
                yield Finding("recurring.rrule", found, one_of(sorted(_PARTS), name))
                continue
            fits, expected = _PARTS[name]
            if not fits(parts.get(name, "")):
                yield Finding(f"recurring.rrule.{name}", parts.get(name) or "nothing", expected)
        if {"UNTIL", "COUNT"} <= parts.keys():
            yield Finding("recurring.rrule", "both UNTIL and COUNT", "one of them")
        yearly = parts.get("FREQ") in {"MONTHLY", "YEARLY"}
        if not yearly and any(each.isdigit() for each in parts.get("BYDAY", "")):
            expected = "weekdays without a number, or FREQ=MONTHLY or YEARLY"
            yield Finding("recurring.rrule.BYDAY", parts["BYDAY"], expected)

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

        parts = _parts_of(self.rrule)
        begin, end = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001
        most = int(parts.pop("COUNT", "0")) or None
        parts["UNTIL"] = min(parts.get("UNTIL", "9"), f"{year:04d}1231")
        text = ";".join(f"{name}={value}" for name, value in parts.items())
        for found in islice(rrulestr(text, dtstart=self._start(year)), most):
            if begin <= found <= end:
                yield found.date()
