"""The clocks of one ticket, told what happens in a few words: what the tests of traps share."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve

from tests.sla.traps import at
from workorder.clocks import Clock
from workorder.conditions import NEVER, Condition, where
from workorder.durations import Duration, parse
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import (
    Advanced,
    ClockLedger,
    Facts,
    Ladder,
    Mark,
    Metric,
    Moment,
    Policy,
    Reading,
    ServiceLevels,
    Target,
    account,
    advance,
    fired,
    read,
)

HOURS = "Mo-Fr 09:00-18:00"
SHANGHAI = BusinessCalendar("Asia/Shanghai", HOURS)
LONDON = BusinessCalendar("Europe/London", HOURS)

OPENED = where("action").equals("open")
REPLIED = where("action").equals("reply") & where("by").equals("agent")
ASKED = where("by").equals("customer")
RESOLVED = where("state").equals("resolved")
REOPENED = where("action").equals("reopen")
WAITING = where("state").one_of(["customer", "vendor"])


def metric(
    name: str = "resolution",
    *,
    start: Condition = OPENED,
    stop: Condition = RESOLVED,
    pause: Condition = WAITING,
    reopen: Condition = REOPENED,
    **more: object,
) -> Metric:
    """A metric that starts when a ticket is opened, unless said otherwise."""
    return Metric(name=name, start=start, stop=stop, pause=pause, reopen=reopen, **more)  # type: ignore[arg-type]  # what a metric takes


def levels(
    *metrics: Metric,
    within: str = "8 working hours",
    targets: Iterable[Target] = (),
    marks: Iterable[str | Mark] = (),
    calendar: BusinessCalendar = SHANGHAI,
    places: Mapping[str, BusinessCalendar] | None = None,
    leading: tuple[str, ...] = (),
) -> ServiceLevels:
    """Service levels in which every metric may take so long; targets that are given come first.
    Each of *places* is a department with its calendar.
    """
    rungs = tuple(Mark(each) if isinstance(each, str) else each for each in marks)
    given = tuple(targets)
    named = {each.metric for each in given}
    usual = tuple(Target(each.name, parse(within)) for each in metrics if each.name not in named)
    return ServiceLevels(
        metrics=tuple(evolve(each, ladder="usual") for each in metrics) if rungs else metrics,
        policies=(Policy("usual", (*given, *usual)),),
        calendar=calendar,
        ladders=(Ladder("usual", rungs),) if rungs else (),
        calendars=places or {},
        departments={each: each for each in places or {}},
        leading=leading,
    )


def target(
    name: str, within: str | Duration, when: Condition | None = None, calendar: str | None = None
) -> Target:
    """How long something may take, on some tickets."""
    duration = parse(within) if isinstance(within, str) else within
    said = ~NEVER if when is None else when
    return Target(name, duration, said, calendar)


class Told:
    """The clocks of a ticket. A fact stands until another is said; what was done, and by whom, is
    true of its moment alone.
    """

    def __init__(self, promised: ServiceLevels, **facts: object) -> None:
        self.levels = promised
        self.clocks: dict[str, Clock] = {}
        self.facts = {"state": "open", **facts}
        self.said: Facts | None = None
        self.reached: list[tuple[str, datetime]] = []

    def say(
        self,
        when: str,
        *actions: str,
        by: str = "agent",
        extension: str | None = None,
        effective: str | None = None,
        **facts: object,
    ) -> Advanced:
        """What happened at one instant; several actions are one commit."""
        self.facts |= facts
        views = tuple(Facts({**self.facts, "action": each, "by": by}) for each in actions or ("",))
        moment = Moment(
            at(when),
            views,
            number=len(self.reached) + 1,
            before=self.said,
            extension=None if extension is None else at(extension),
            effective=None if effective is None else at(effective),
        )
        found = advance(self.clocks, moment, self.levels)
        self.clocks |= found.changed
        self.said = views[-1]
        return found

    def pass_time(self, until: str) -> list[tuple[str, datetime]]:
        """The marks that are reached by then, each with its own instant."""
        found = []
        for name in list(self.clocks):
            clock = self.clocks[name]
            while clock.mark is not None and clock.mark_at is not None:
                if clock.mark_at > at(until):
                    break
                found.append((clock.mark, clock.mark_at))
                clock = fired(clock, self.levels, clock.mark_at)
            self.clocks[name] = clock
        self.reached += found
        return found

    def clock(self, name: str = "resolution") -> Clock:
        """A clock as it stands."""
        return self.clocks[name]

    def due(self, name: str = "resolution") -> datetime | None:
        """When it is due."""
        clock = self.clocks[name]
        return clock.due if clock.state == "running" else None

    def read(self, when: str, name: str = "resolution") -> Reading:
        """What it says."""
        return read(self.clocks[name], at(when), self.levels)

    def account(self, when: str, name: str = "resolution") -> ClockLedger:
        """Why it says so."""
        return account(self.clocks[name], at(when), self.levels)
