"""Hours of a week: spans of minutes, seven days of them."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from workorder.errors import ConfigurationError, Finding

DAY_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY = 1440
"""Minutes of a day."""


def clock(minute: int) -> str:
    """A minute of the day as text; the end of a day is ``24:00``, past midnight begins again.

    >>> clock(570), clock(1440), clock(1560)
    ('09:30', '24:00', '02:00')
    """
    if minute > DAY:
        minute -= DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


@frozen(order=True)
class Span:
    """Open from one minute of a day until just before another; past midnight if that is later
    than 24:00.

    A span belongs to the date on which it starts, all of it: ``Span(1320, 1560)`` on a Friday is
    22:00 on Friday until 02:00 on Saturday, and falls away when Friday is a holiday.

    Attributes:
        start: minutes after 00:00, below 1440.
        end: minutes after 00:00, less than 24 hours after the start; or 1440 after 0, a whole day.

    Raises:
        ConfigurationError: when it is empty, too long or begins outside its day.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        whole = type(self.start) is int and type(self.end) is int
        if (
            not whole
            or not 0 <= self.start < DAY
            or not 0 < self.end - self.start < DAY + (not self.start)
        ):
            found = f"{self.start!r} to {self.end!r}"
            expected = (
                "minutes with 0 <= start < 1440, and an end less than 1440 later (a whole day is "
                "0 to 1440)"
            )
            raise ConfigurationError([Finding("span", found, expected)])

    def __str__(self) -> str:
        return f"{clock(self.start)}-{clock(self.end)}"


Spans = tuple[Span, ...]
"""The open spans of one date, in order."""


def ordered(spans: Iterable[Span]) -> Spans:
    """*spans* by their start."""
    return tuple(sorted(spans))


def overlaps(spans: Spans) -> Iterator[tuple[Span, Span]]:
    """Neighbours that overlap; touching is no overlap."""
    yield from ((a, b) for a, b in pairwise(spans) if b.start < a.end)


Minutes = tuple[tuple[int, int], ...]
"""Spans as bare numbers, which may begin after midnight: what a break leaves."""


def without(spans: Minutes, breaks: Minutes) -> Minutes:
    """*spans* with *breaks* taken out.

    >>> without(((540, 1080),), ((720, 810),))
    ((540, 720), (810, 1080))
    """
    for begin, end in breaks:
        spans = tuple(
            piece
            for first, last in spans
            for piece in ((first, min(last, begin)), (max(first, end), last))
            if piece[0] < piece[1]
        )
    return spans


def _seven(days: Any) -> tuple[Spans, ...]:
    if isinstance(days, str) or not isinstance(days, Iterable):
        expected = "seven days of spans (of text: WeeklyHours.parse)"
        raise ConfigurationError([Finding("hours", repr(days), expected)])
    made = [tuple(each) if isinstance(each, Iterable) else (each,) for each in days]
    found = [
        Finding(f"hours.{DAY_NAMES[number % 7]}", repr(each), "spans")
        for number, each in enumerate(made)
        if not all(isinstance(span, Span) for span in each)
    ]
    if found:
        raise ConfigurationError(found)
    return tuple(ordered(each) for each in made)


@frozen
class WeeklyHours:
    """Open spans from Monday to Sunday.

    >>> week = WeeklyHours.parse("Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00")
    >>> str(week)
    'Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00'
    >>> week.minutes
    2430

    Raises:
        ConfigurationError: when it is not seven days, or spans overlap (also past midnight).
    """

    days: tuple[Spans, ...] = field(converter=_seven)

    def __attrs_post_init__(self) -> None:
        if len(self.days) != len(DAY_NAMES):
            raise ConfigurationError(
                [Finding("hours", f"{len(self.days)} days", "seven, from Monday to Sunday")]
            )
        found = [
            Finding(f"hours.{name}", f"{a} and {b}", "spans that do not overlap")
            for name, spans in zip(DAY_NAMES, self.days, strict=True)
            for a, b in overlaps(spans)
        ]
        for number, spans in enumerate(self.days):
            following = self.days[(number + 1) % 7]
            if spans and following and spans[-1].end - DAY > following[0].start:
                pair = f"{DAY_NAMES[number]}-{DAY_NAMES[(number + 1) % 7]}"
                said = f"{spans[-1]} and {following[0]} on the next day"
                found.append(Finding(f"hours.{pair}", said, "spans that do not overlap"))
        if found:
            raise ConfigurationError(found)

    @classmethod
    def parse(cls, text: str) -> "WeeklyHours":
        """Read opening-hours text; see :func:`~workorder.sla.opening_hours.read_week`."""
        from workorder.sla.opening_hours import read_week

        return cls(read_week(text))

    @property
    def minutes(self) -> int:
        """Open minutes of a whole week."""
        return sum(span.end - span.start for spans in self.days for span in spans)

    def __str__(self) -> str:
        from workorder.sla.opening_hours import week_text

        return week_text(self.days)


def read_spans(value: object, key: str) -> Spans:
    """Spans from ``"09:00-12:00,13:30-18:00"``, a span, or several.

    Raises:
        ConfigurationError: naming *key*.
    """
    from workorder.sla.opening_hours import read_times

    if isinstance(value, str):
        try:
            spans = read_times(value)
        except ConfigurationError as error:
            raise ConfigurationError([evolve(each, key=key) for each in error.findings]) from None
    else:
        given = [*value] if isinstance(value, Iterable) else [value]
        if not all(isinstance(each, Span) for each in given):
            raise ConfigurationError([Finding(key, repr(value), "“09:00-12:00,13:30-18:00”")])
        spans = ordered(each for each in given if isinstance(each, Span))
    for a, b in overlaps(spans):
        raise ConfigurationError([Finding(key, f"{a} and {b}", "spans that do not overlap")])
    return spans
