"""Outcomes: how each cycle of each clock came out."""

from datetime import datetime, timedelta
from typing import Any, Literal

from attrs import frozen

from workorder.clocks import Clock
from workorder.durations import Dated, Working
from workorder.insight.reassessment.folding import Cycle
from workorder.instants import instant_text
from workorder.sla.clocks import ServiceLevels
from workorder.sla.clocks.ending import overdue
from workorder.sla.clocks.pieces import days_used, days_within, duration_of, measured
from workorder.sla.clocks.reading import Amount
from workorder.ticket import Ticket
from workorder.workflow.case import case_value

Result = Literal["met", "missed", "overdue", "running", "paused", "cancelled"]

RESULTS: tuple[Result, ...] = ("met", "missed", "overdue", "running", "paused", "cancelled")
"""What can come out. *missed* came too late, *overdue* has not come yet and is late already."""

NOTHING = timedelta(0)
MONTH = "month"


@frozen
class Outcome:
    """One cycle of a clock.

    Attributes:
        ticket: as it stood when the cycle ended; as it stands, if it goes on.
        metric: what was measured.
        cycle: which cycle of the clock.
        result: how it came out.
        target: how long it might take, as the text of a duration.
        calendar: by which calendar it counted last, by name.
        started: when it began, in UTC.
        ended: when it ended; ``None`` while it goes on.
        due: when it was due; ``None`` for one that was paused in time, or cancelled.
        used: what was used: a length, or a number of days; of a cancelled one, nothing is said.
        over: how much of that was used after the due instant.
    """

    ticket: Ticket
    metric: str
    cycle: int
    result: Result
    target: str
    calendar: str
    started: datetime
    ended: datetime | None
    due: datetime | None
    used: Amount | None
    over: Amount

    @property
    def late(self) -> bool:
        """Whether more was used than there was, finished or not."""
        return self.result in {"missed", "overdue"}

    @property
    def judged(self) -> bool:
        """Whether it is told already how it came out: it was met, or is late."""
        return self.late or self.result == "met"

    def value(self, name: str, levels: ServiceLevels) -> object:
        """What it counts under: ``month`` is that in which it was due (in which it ended, where it
        was not), on the clock of its calendar; every other name is one of the ticket's, and a plain
        one that it does not know is a field (``priority``).
        """
        if name == MONTH:
            instant = self.due or self.ended
            if instant is None:
                return None
            day = levels.calendar_of(self.calendar).local_date(instant)
            return f"{day.year}-{day.month:02d}"
        found = case_value(self.ticket, name)
        if found is None and "." not in name:
            return self.ticket.fields.get(name)
        return found

    def as_data(self) -> dict[str, Any]:
        """Plain data: instants as text, lengths in seconds, days as numbers."""
        instants = {"started": self.started, "ended": self.ended, "due": self.due}
        return {
            "ticket": self.ticket.id,
            "key": self.ticket.origin.key,
            "metric": self.metric,
            "cycle": self.cycle,
            "result": self.result,
            "target": self.target,
            "calendar": self.calendar,
            **{name: at and instant_text(at) for name, at in instants.items()},
            "used": plain_amount(self.used),
            "over": plain_amount(self.over),
        }


def plain_amount(amount: Amount | None) -> float | int | None:
    """Seconds of a length; days as they are."""
    return amount.total_seconds() if isinstance(amount, timedelta) else amount


def outcome_of(cycle: Cycle, levels: ServiceLevels, until: datetime) -> Outcome:
    """How *cycle* came out by *until*, reckoned by its own segments."""
    ended = cycle.clock.segments[-1].end if not cycle.clock.active else None
    at = ended or max(until, cycle.clock.segments[-1].start)
    clock = cycle.clock if ended is not None else overdue(cycle.clock, at)
    due = clock.breached or (clock.due if clock.state in {"running", "finished"} else None)
    if clock.state == "cancelled":
        due = None
    used, over = _amounts(clock, levels, at)
    return Outcome(
        cycle.ticket,
        clock.metric,
        clock.cycle,
        result_of(clock),
        clock.target,
        clock.segments[-1].calendar.partition("@")[0],
        clock.started,
        ended,
        due,
        used,
        over,
    )


def result_of(clock: Clock) -> Result:
    """How *clock* came out, its breach noted if there is one."""
    if clock.state == "cancelled":
        return "cancelled"
    if clock.state == "finished":
        verdict = clock.verdict
        return "met" if verdict is not None and verdict.met else "missed"
    if clock.breached is not None:
        return "overdue"
    return "running" if clock.state == "running" else "paused"


def _amounts(clock: Clock, levels: ServiceLevels, at: datetime) -> tuple[Amount | None, Amount]:
    """What *clock* had used by *at*, and what of it after it was due."""
    duration = duration_of(clock.target)
    pieces = levels.pieces(clock.segments)
    dated = isinstance(duration, Dated)
    none: Amount = 0 if dated else NOTHING
    if clock.state == "cancelled":
        return None, none
    if not pieces:  # it never ran
        return none, none
    late = clock.breached if clock.breached is not None and clock.breached < at else None
    if isinstance(duration, Dated):
        used = days_used(duration, pieces, at)
        return used, days_within(duration, pieces, late, at) if late is not None else 0
    working = isinstance(duration, Working)
    length = measured(pieces, at, working=working)
    return length, length - measured(pieces, late, working=working) if late is not None else NOTHING
