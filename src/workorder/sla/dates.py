"""Rules for dates: closed, other hours, hours of another weekday; on a date, or recurring.

When several rules speak about a date, the order is: special hours, then hours of another weekday,
then closed, then the hours of the week. A rule given for the date itself stands above all others.
Breaks are taken out last.
"""

from collections.abc import Iterator
from datetime import date, datetime

from attrs import field, frozen

from workorder.errors import ConfigurationError, Finding
from workorder.sla.opening_hours import weekday
from workorder.sla.week import DAY_NAMES, Spans, read_spans


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
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(DAY_NAMES):
        return value
    return weekday(value if isinstance(value, str) else repr(value))


@frozen
class LikeWeekday:
    """The date has the hours of another weekday: a substituted workday works like a Monday."""

    weekday: int = field(converter=_weekday)
    reason: str = ""


DateRule = Closed | Hours | LikeWeekday
"""What can be said about a date."""

RANK = {Hours: 0, LikeWeekday: 1, Closed: 2}
"""Which rule wins when two speak about one date: the lower number."""


@frozen
class Recurring:
    """A date rule on the dates of an RFC 5545 recurrence rule, read by dateutil.

    ``Recurring("FREQ=MONTHLY;BYDAY=2SA,4SA", Closed("second and fourth Saturday"))``; dateutil's
    ``BYEASTER`` counts days from Easter Sunday.

    Attributes:
        rrule: the text, without a start.
        rule: what holds on its dates.
        since: the date counted from; a rule with ``INTERVAL`` or ``COUNT`` needs one.

    Raises:
        ConfigurationError: when the text cannot be read.
    """

    rrule: str
    rule: DateRule
    since: date | None = None

    def __attrs_post_init__(self) -> None:
        from dateutil.rrule import rrulestr

        expected = "an RFC 5545 rule such as “FREQ=MONTHLY;BYDAY=2SA,4SA”"
        if type(self.rule) not in RANK:
            raise ConfigurationError(
                [Finding("recurring.rule", repr(self.rule), "Closed, Hours or LikeWeekday")]
            )
        text = str(self.rrule).upper()
        if "DTSTART" in text or any(f"FREQ={each}" in text for each in _TOO_OFTEN):
            raise ConfigurationError([Finding("recurring.rrule", self.rrule, expected)])
        if self.since is None and ("INTERVAL" in text or "COUNT" in text):
            raise ConfigurationError(
                [Finding("recurring.since", "nothing", "a date to count INTERVAL or COUNT from")]
            )
        try:
            rrulestr(text, dtstart=datetime(2000, 1, 1))  # noqa: DTZ001 (dates have no zone)
        except (ValueError, TypeError, AttributeError) as error:
            found = f"{self.rrule!r} ({error})"
            raise ConfigurationError([Finding("recurring.rrule", found, expected)]) from None

    def dates(self, year: int) -> Iterator[date]:
        """Its dates in *year*."""
        from dateutil.rrule import rrulestr

        begin, end = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001
        start = begin
        if self.since is not None:
            start = datetime(self.since.year, self.since.month, self.since.day)  # noqa: DTZ001
        rule = rrulestr(self.rrule.upper(), dtstart=start)
        for found in rule.between(begin, end, inc=True):
            yield found.date()


_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
