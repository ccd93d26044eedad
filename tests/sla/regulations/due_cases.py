"""Due dates under clocks of packs: one typed in, and many counted apart from the library."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from tests.sla.days_oracle import Rules
from tests.sla.oracle import instant_of, minute_of
from tests.sla.regulations.places import PLACES, counted_apart
from workorder.durations import Duration
from workorder.sla import ready
from workorder.sla.regulations import RegulatoryClock, pack

MINUTE = timedelta(minutes=1)


@frozen
class Period:
    """A clock of a pack, or one of its extensions, as it was read in the rule.

    Attributes:
        pack: by its name.
        clock: by its name.
        counted: how, as plain data for the second opinion; or hours by the clock on the wall.
        received: ISO text with an offset.
        due: ISO text with an offset, counted by hand.
        step: which extension; 0 is the first period.
        place: the code of the ready calendar, where that is not the pack's.
        until: receipts after this date are not counted apart: holidays after it are not typed in.
    """

    pack: str
    clock: str
    counted: Rules | timedelta
    received: str
    due: str
    step: int = 0
    place: str = ""
    until: str = "2026-10-31"

    @property
    def said(self) -> RegulatoryClock:
        """What the pack says."""
        return pack(self.pack).by_name[self.clock]

    @property
    def duration(self) -> Duration:
        """How long, by the pack."""
        found = self.said.extensions[self.step - 1].to if self.step else self.said.within
        assert found is not None
        return found

    @property
    def code(self) -> str:
        """The ready calendar that counts."""
        return self.place or pack(self.pack).calendar

    def answer(self, start: datetime) -> datetime:
        """What the library says."""
        return ready(self.code).due(start, self.duration).instant.astimezone(UTC)

    def apart(self, start: datetime) -> datetime:
        """What is counted apart from the library, date by date."""
        if isinstance(self.counted, timedelta):
            return start.astimezone(UTC) + self.counted
        return instant_of(counted_apart(PLACES[self.code], minute_of(start), self.counted))

    def receipts(self) -> Iterator[datetime]:
        """Receipts on awkward days, by the clock on the wall of the place, and the one by hand."""
        zone = ZoneInfo(PLACES[self.code].zone)
        yield datetime.fromisoformat(self.received)
        for text in AWKWARD:
            if text[:10] <= self.until:
                yield datetime.fromisoformat(text).replace(tzinfo=zone)


AWKWARD = (
    "2026-01-01T00:00",  # a holiday
    "2026-01-31T23:59",  # the last minute of a month, on a Saturday
    "2026-02-13T17:30",  # after hours before the Spring Festival
    "2026-02-14T09:00",  # a Saturday that China works
    "2026-02-28T12:00",
    "2026-03-28T10:00",  # a Saturday; Europe changes to summer time in the night
    "2026-03-29T03:30",
    "2026-04-02T17:00",  # at the close before Good Friday
    "2026-04-30T00:00",
    "2026-05-22T16:59",  # before a bank holiday
    "2026-08-08T11:11",  # before a National Day that falls on a Sunday
    "2026-08-31T08:00",
    "2026-09-20T10:00",  # a Sunday that China works
    "2026-09-30T23:30",
    "2026-10-10T18:01",  # a Saturday that China works
    "2026-10-24T12:00",  # Europe changes back in the night
    "2026-10-25T01:30",  # a time that London sees twice
    "2026-12-24T12:00",
    "2026-12-31T23:59",
)


def titled(periods: Mapping[str, Period]) -> list[str]:
    """The names of the tests."""
    return list(periods)


def working(number: int) -> Rules:
    """So many working days after the day of receipt, until the close of the last."""
    return Rules("working", number, "close")


def calendar(number: int) -> Rules:
    """So many calendar days after the day of receipt, until 24:00 of the last."""
    return Rules("calendar", number, "end_of_day")
