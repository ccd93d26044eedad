"""Opening hours as text, in the notation that maps use.

The part of the OpenStreetMap ``opening_hours`` notation that describes a week::

    Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00
    Mo-Su 08:00-20:00; Mo off           a later rule replaces an earlier one for its days
    Fr 22:00-02:00                      past midnight
    24/7

``PH off`` may stand there and changes nothing: public holidays close by default, and have a
calendar's own settings. Months, seasons and single dates are date rules, not hours of a week.
"""

import re
from collections.abc import Iterator

from workorder.errors import ConfigurationError, Finding
from workorder.sla.week import DAY, DAY_NAMES, Span, Spans, ordered
from workorder.texts import half_width

_NUMBERS = {name.lower(): number for number, name in enumerate(DAY_NAMES)}
_LONG = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
_RULE = re.compile(
    r"(?P<days>[A-Za-z][A-Za-z,\s-]*?)?\s*(?P<times>off|closed|[0-9].*)", re.DOTALL | re.IGNORECASE
)
_TIMES = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*-\s*([0-9]{1,2}):([0-9]{2})")
_LONGEST = 500
_EXPECTED = "opening hours such as “Mo-Fr 09:00-12:00,13:30-18:00; Sa 09:00-12:00”"


def _wrong(found: str, expected: str = _EXPECTED) -> ConfigurationError:
    said = found if len(found) < _LONGEST else f"{found[:_LONGEST]}…"
    return ConfigurationError([Finding("hours", f"“{said}”", expected)])


def weekday(value: object, key: str = "hours") -> int:
    """The number of a weekday, Monday 0, from ``Mo``, ``Mon``, ``Monday`` or the number itself.

    Raises:
        ConfigurationError: for anything else, naming *key*.

    >>> weekday("Su")
    6
    """
    if type(value) is int and 0 <= value < len(DAY_NAMES):
        return value
    name = value.strip().lower() if isinstance(value, str) else ""
    number = _NUMBERS.get(name, _LONG.get(name))
    if number is None:
        expected = f"a weekday: {', '.join(DAY_NAMES)}"
        raise ConfigurationError([Finding(key, repr(value), expected)])
    return number


def read_week(text: str) -> tuple[Spans, ...]:
    """The seven days of opening-hours text.

    Raises:
        ConfigurationError: naming the rule that cannot be read.
    """
    if not isinstance(text, str):
        raise _wrong(repr(text))
    days: list[Spans] = [()] * 7
    text = " ".join(half_width(text).replace("\u2013", "-").split())
    found: list[Finding] = []
    for rule in filter(str.strip, text.split(";")):
        try:
            for number, spans in _rule(rule.strip()):
                days[number] = spans
        except ConfigurationError as error:
            found += error.findings
    if found:
        raise ConfigurationError(found)
    return tuple(days)


def _rule(rule: str) -> Iterator[tuple[int, Spans]]:
    """The days that a rule speaks about, with their spans."""
    found = _RULE.fullmatch(rule) if len(rule) < _LONGEST else None
    if found is None:
        raise _wrong(rule)
    times = found["times"]
    closed = times.lower() in {"off", "closed"}
    spans = () if closed else read_times("00:00-24:00" if times == "24/7" else times)
    for number in _days(found["days"] or "Mo-Su", rule, closed=closed):
        yield number, spans


def _days(text: str, rule: str, *, closed: bool) -> set[int]:
    numbers: set[int] = set()
    for part in text.split(","):
        name = part.strip()
        if name.upper() in {"PH", "SH"}:
            if not closed or name.upper() == "SH":
                raise _wrong(
                    rule,
                    "hours of weekdays; hours on holidays are date rules, or “short_days”",
                )
            continue
        first, dash, last = name.partition("-")
        begin = weekday(first)
        end = weekday(last) if dash else begin
        numbers |= {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}
    return numbers


def read_times(text: str) -> Spans:
    """The spans of ``"09:00-12:00,13:30-18:00"``, in order.

    Raises:
        ConfigurationError: for ``25:00``, an empty span, or text that is no times.

    >>> [str(span) for span in read_times("22:00-02:00")]
    ['22:00-02:00']
    """
    spans: list[Span] = []
    for part in half_width(text).replace("\u2013", "-").split(","):
        found = _TIMES.fullmatch(part.strip())
        if found is None:
            raise _wrong(part.strip(), "times such as “09:00-12:00”")
        start = _minute(found[1], found[2], part)
        end = _minute(found[3], found[4], part)
        if start in {end, DAY}:
            raise _wrong(part.strip(), "an end after the start (a whole day is 00:00-24:00)")
        spans.append(Span(start, end if end > start else end + DAY))
    return ordered(spans)


def _minute(hour: str, minute: str, part: str) -> int:
    made = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or made > DAY:  # noqa: PLR2004
        raise _wrong(part.strip(), "times from 00:00 to 24:00; past midnight is “22:00-02:00”")
    return made


def week_text(days: tuple[Spans, ...]) -> str:
    """The text of seven days; equal neighbours are put together.

    >>> week_text(read_week("Mo 09:00-17:00; Tu 09:00-17:00; Su 10:00-12:00"))
    'Mo-Tu 09:00-17:00; Su 10:00-12:00'
    """
    if all(spans == (Span(0, DAY),) for spans in days):
        return "24/7"
    rules: list[str] = []
    number = 0
    while number < len(days):
        last = number
        while last + 1 < len(days) and days[last + 1] == days[number]:
            last += 1
        if days[number]:
            names = "-".join(DAY_NAMES[n] for n in sorted({number, last}))
            rules.append(f"{names} {times_text(days[number])}")
        number = last + 1
    return "; ".join(rules) or "off"


def times_text(spans: Spans) -> str:
    """The text of the spans of one day; ``off`` for none."""
    return ",".join(str(span) for span in spans) or "off"
