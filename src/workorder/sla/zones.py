"""Local time to UTC, by one written rule.

Instants here are whole microseconds since 1970-01-01T00:00Z. A local time that a zone skips (the
gap when clocks go forward) is the instant of the change; a local time that comes twice (the fold
when they go back) is the first of the two. Local order is kept: later there is never earlier here.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from attrs import frozen

from workorder.errors import ConfigurationError, Finding, one_of

MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = date(1970, 1, 1).toordinal()


_OF_THE_MACHINE = re.compile(r"localtime|posixrules|Factory|right/|posix/")
"""Names of the zone database that mean something else on every machine, or count leap seconds."""

_LONGEST = 60


def load_zone(name: object) -> ZoneInfo:
    """The IANA zone *name*.

    Raises:
        ConfigurationError: when there is none, naming the nearest.
    """
    try:
        if isinstance(name, str) and name and not _OF_THE_MACHINE.match(name):
            return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    said = repr(name)
    near = one_of(sorted(available_timezones()), said[:_LONGEST].strip("'"))
    if near.startswith("one of") or "beijing" in said.lower():
        near = "an IANA name such as Asia/Shanghai"
    raise ConfigurationError(
        [Finding("zone", said if len(said) < _LONGEST else f"{said[:_LONGEST]}…", near)]
    )


@frozen
class Offsets:
    """The offsets of a zone over some time, and when they change.

    Attributes:
        at: the instants of change.
        offsets: in microseconds; one more than changes.
    """

    at: Sequence[int]
    offsets: Sequence[int]

    def utc(self, local: int) -> int:
        """The instant of a local time, given as if it were UTC."""
        for number, change in enumerate(self.at):
            before, after = self.offsets[number], self.offsets[number + 1]
            if local < change + before:
                return local - before
            if local < change + after:
                return change
        return local - self.offsets[-1]

    def local(self, instant: int) -> int:
        """The local time of an instant, as if it were UTC."""
        return instant + self.offsets[bisect_right(self.at, instant)]


@lru_cache(maxsize=1024)
def offsets_between(zone: ZoneInfo, first: int, last: int) -> Offsets:
    """The offsets of *zone* between two days, given as ordinals.

    Costs one lookup a day, once for all calendars of a zone.
    """
    at: list[int] = []
    offsets = [_offset(zone, (first - EPOCH_DAY) * 86_400)]
    for day in range(first + 1, last + 1):
        second = (day - EPOCH_DAY) * 86_400
        offset = _offset(zone, second)
        begin = second - 86_400
        while offset != offsets[-1]:
            begin = _change(zone, begin, second, offsets[-1])
            at.append(begin * SECOND)
            offsets.append(_offset(zone, begin))
    return Offsets(tuple(at), tuple(offsets))


def _offset(zone: ZoneInfo, second: int) -> int:
    found = (EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert found is not None  # noqa: S101 (a ZoneInfo always knows)
    return found // MICROSECOND


def _change(zone: ZoneInfo, begin: int, end: int, before: int) -> int:
    """The first second in (begin, end] at which the offset is not *before*."""
    while end - begin > 1:
        middle = (begin + end) // 2
        if _offset(zone, middle) == before:
            begin = middle
        else:
            end = middle
    return end


def fixed(offset: int) -> timezone:
    """A zone of one offset, in microseconds."""
    return timezone(timedelta(microseconds=offset))
