"""One clock by itself: for a host's own table, one JSON value in a column.

No metrics, no policies, no tickets: the program says when it starts, pauses, resumes and stops::

    clock = SlaClock.start("resolution", "8 working hours", calendar, at=received)
    clock = clock.pause(at=asked).resume(at=answered)
    row.clock = clock.to_json()

Every verb answers a new value. It counts as a clock of a ticket counts, by the same code.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from attrs import evolve, frozen

from workorder.clocks import Clock, Segment, clock_data, clock_from_data
from workorder.conditions import ALWAYS, NEVER
from workorder.durations import Duration
from workorder.errors import InvalidInput
from workorder.instants import aware
from workorder.sla.clocks.accounts import ClockLedger, account
from workorder.sla.clocks.dues import dued, fired
from workorder.sla.clocks.ending import cancelled as ended
from workorder.sla.clocks.ending import finished, last_instant, overdue, used_up
from workorder.sla.clocks.levels import USUAL, ServiceLevels
from workorder.sla.clocks.marks import BREACH, NEXT, Ladder, Mark
from workorder.sla.clocks.metric import Metric
from workorder.sla.clocks.pieces import duration_of
from workorder.sla.clocks.policy import Policy, Target
from workorder.sla.clocks.reading import Reading, read
from workorder.sla.clocks.turning import turned
from workorder.sla.verbs import Calendar

_MARKS = "marks"
_ALONE = "alone"


@frozen
class SlaClock:
    """A clock that is told what happens.

    Attributes:
        clock: how it stands.
        calendar: by which it counts now.
        calendars: others that it has counted by, by name.
        marks: at which points it reports (:meth:`marks_until`).
    """

    clock: Clock
    calendar: Calendar
    calendars: Mapping[str, Calendar] = {}
    marks: tuple[str, ...] = ()

    @classmethod
    def start(
        cls,
        name: str,
        within: Duration | str,
        calendar: Calendar,
        *,
        at: datetime,
        marks: tuple[str, ...] = (),
    ) -> "SlaClock":
        """A clock that runs from *at*.

        Args:
            name: what it measures.
            within: how long it may take: a duration, or its text.
            calendar: by which it counts.
            at: from when.
            marks: where it reports: ``"75%"``, ``"1 working hour before"``; the breach always.

        Raises:
            InvalidInput: ``naive_datetime``, or for a duration that is none.
            ConfigurationError: for marks that are none.

        >>> from datetime import UTC
        >>> from workorder.sla import BusinessCalendar
        >>> desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", "CN")
        >>> clock = SlaClock.start(
        ...     "resolution", "8 working hours", desk, at=datetime(2026, 9, 30, 6, tzinfo=UTC)
        ... )
        >>> clock.due.isoformat()
        '2026-10-08T05:00:00+00:00'
        """
        begun = aware(at, "at")
        text = within if isinstance(within, str) else str(within)
        duration_of(text)
        _is_calendar(calendar)
        segment = Segment(begun, USUAL, _ALONE)
        made = cls(Clock(name, "running", text, (segment,)), calendar, {}, tuple(marks))
        return made.reckoned()

    @property
    def due(self) -> datetime | None:
        """When it is due, in UTC; ``None`` while it is paused."""
        return self.clock.due if self.clock.state != "paused" else None

    @property
    def state(self) -> str:
        """Running, paused, finished or cancelled."""
        return self.clock.state

    def pause(self, *, at: datetime) -> "SlaClock":
        """It does not count from *at* on; nothing changes if it does not run."""
        if self.clock.state != "running":
            return self
        when = self._instant(at)
        return evolve(self, clock=turned(overdue(self.clock, when), when, 0, runs=False))

    def resume(self, *, at: datetime) -> "SlaClock":
        """It counts again from *at* on; nothing changes if it is not paused."""
        if self.clock.state != "paused":
            return self
        return evolve(self, clock=turned(self.clock, self._instant(at), 0, runs=True)).reckoned()

    def stop(self, *, at: datetime) -> "SlaClock":
        """What it waits for has come: it is judged, once and for all. An open pause is closed."""
        if not self.clock.active:
            return self
        return evolve(self, clock=finished(self.clock, self._instant(at)))

    def cancel(self, *, at: datetime) -> "SlaClock":
        """It does not matter any more."""
        if not self.clock.active:
            return self
        when = self._instant(at)
        return evolve(self, clock=ended(overdue(self.clock, when), when))

    def hand_over(self, calendar: Calendar, *, at: datetime) -> "SlaClock":
        """It counts by another calendar from *at* on, and keeps what it has used.

        Raises:
            InvalidInput: when it has ended.
        """
        self._active()
        _is_calendar(calendar)
        when = self._instant(at)
        last = self.clock.segments[-1]
        name = f"{_EARLIER}{len(self.calendars) + 1}"
        earlier = tuple(
            evolve(each, calendar=name) if each.calendar.partition("@")[0] == USUAL else each
            for each in self.clock.segments
        )
        closed = (*earlier[:-1], evolve(earlier[-1], end=max(when, last.start)))
        onward = Segment(max(when, last.start), USUAL, last.policy, runs=last.runs)
        known = {**self.calendars, name: self.calendar}
        clock = evolve(overdue(self.clock, when), segments=(*closed, onward))
        onward_clock = evolve(self, clock=clock, calendar=calendar, calendars=known)
        return onward_clock.reckoned()

    def retarget(self, within: Duration | str, *, at: datetime) -> "SlaClock":
        """It may take longer, or less long; what was used is kept.

        Raises:
            InvalidInput: when it has ended.
        """
        self._active()
        when = self._instant(at)
        text = within if isinstance(within, str) else str(within)
        duration_of(text)
        after = evolve(self, clock=evolve(overdue(self.clock, when), target=text))
        return after.reckoned()._used_up(when)  # noqa: SLF001 (its own)

    def reckoned(self) -> "SlaClock":
        """The same with its due instant reckoned again: by a calendar that has learnt new dates."""
        return evolve(self, clock=dued(self.clock, self._levels(), None))

    def read(self, now: datetime) -> Reading:
        """What it says at *now*."""
        return read(self.clock, now, self._levels())

    def explain(self, now: datetime) -> ClockLedger:
        """Every stretch that counted until *now*, every one that did not, and why."""
        return account(self.clock, now, self._levels())

    def marks_until(self, now: datetime) -> tuple["SlaClock", tuple[tuple[str, datetime], ...]]:
        """The clock after the marks that are reached by *now*, and those: each once, with its own
        instant. Ask before it is paused, stopped or cancelled: afterwards only a breach is reported
        that was not before.
        """
        found = []
        clock, levels = self.clock, self._levels()
        until = aware(now, "now")
        while clock.state == "running" and clock.mark is not None and clock.mark_at is not None:
            if clock.mark_at > until:
                break
            found.append((clock.mark, clock.mark_at))
            clock = fired(clock, levels, until)
        if clock.breached is not None and BREACH not in clock.fired:
            found.append((BREACH, clock.breached + NEXT))
            clock = evolve(clock, fired=(*clock.fired, BREACH))
        return evolve(self, clock=clock), tuple(found)

    def to_json(self) -> str:
        """One JSON value: everything but the calendars, which the program has."""
        return json.dumps(
            {**clock_data(self.clock), _MARKS: list(self.marks)},
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(
        cls, text: str, calendar: Calendar, *, earlier: Mapping[str, Calendar] | None = None
    ) -> "SlaClock":
        """Read :meth:`to_json` back.

        Args:
            text: the JSON value.
            calendar: by which it counts now.
            earlier: the calendars from before it was handed over: :attr:`calendars`.

        Raises:
            InvalidInput: ``wrong_type`` for anything else, and for other calendars than it has
                counted by.
            ConfigurationError: for marks that are none.
        """
        _is_calendar(calendar)
        try:
            data = json.loads(text)
            if not isinstance(data, dict):
                raise TypeError(type(data).__name__)  # noqa: TRY301 (all that is wrong is said once)
            marks = tuple(str(each) for each in data.pop(_MARKS, ()))
            clock = clock_from_data(data)
            _checked(clock)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            expected = "what SlaClock.to_json wrote"
            raise InvalidInput(
                "wrong_type", name="text", expected=expected, found=str(error)
            ) from None
        known = earlier or {}
        used = {each.calendar.partition("@")[0] for each in clock.segments} - {USUAL}
        if not used <= known.keys():
            expected = f"the calendars that it has counted by before: {', '.join(sorted(used))}"
            found = ", ".join(sorted(known)) or "none"
            raise InvalidInput("wrong_type", name="earlier", expected=expected, found=found)
        return cls(clock, calendar, known, marks)._sound()  # noqa: SLF001 (its own)

    def _sound(self) -> "SlaClock":
        """The same, if its target and marks are what they should be."""
        duration_of(self.clock.target)
        self._levels()
        return self

    def _instant(self, at: datetime) -> datetime:
        """*at*, never before the last that is known: nothing has a negative length."""
        return max(aware(at, "at"), last_instant(self.clock))

    def _used_up(self, at: datetime) -> "SlaClock":
        """The same, late if it is paused and had run for longer than it may take."""
        return evolve(self, clock=used_up(self.clock, self._levels(), at))

    def _active(self) -> None:
        if not self.clock.active:
            expected = "a clock that runs or is paused"
            raise InvalidInput(
                "wrong_type", name="clock", expected=expected, found=self.clock.state
            )

    def _levels(self) -> ServiceLevels:
        """The service levels of which this is the only clock."""
        name = self.clock.metric
        ladder = Ladder(_ALONE, tuple(Mark(each) for each in self.marks))
        metric = Metric(name=name, start=ALWAYS, stop=ALWAYS, pause=NEVER, ladder=_ALONE)
        policy = Policy(_ALONE, (Target(name, duration_of(self.clock.target)),))
        return ServiceLevels(
            metrics=(metric,),
            policies=(policy,),
            calendar=self.calendar,
            calendars=self.calendars,
            ladders=(ladder,),
        )


_EARLIER = "earlier-"


def _checked(clock: Clock) -> None:
    """Refuse what no clock can say of itself: a column may have been changed by hand.

    Raises:
        ValueError: it says what is wrong.
    """
    last = clock.segments[-1]
    texts = [clock.metric, clock.target, *clock.fired]
    texts += [part for each in clock.segments for part in (each.calendar, each.policy)]
    sound = {
        "texts": all(isinstance(each, str) for each in texts),
        "mark": clock.mark is None or isinstance(clock.mark, str),
        "cycle": type(clock.cycle) is int and clock.cycle > 0,
        "runs": all(type(each.runs) is bool for each in clock.segments),
        "cause": all(type(each.cause) is int for each in clock.segments),
        "met": all(type(each.met) is bool for each in clock.verdicts),
        "provisional": type(clock.provisional) is bool,
        "order": all(each.end is None or each.start <= each.end for each in clock.segments),
        "state": clock.active == (last.end is None)
        and (not clock.active or last.runs == (clock.state == "running")),
        "due": clock.state != "running" or clock.due is not None,
    }
    wrong = [name for name, holds in sound.items() if not holds]
    if wrong:
        raise ValueError(", ".join(wrong))


def _is_calendar(given: object) -> None:
    """A code is no calendar yet."""
    if not callable(getattr(given, "due", None)):
        expected = 'a calendar, such as BusinessCalendar(…) or find_calendar("CN")'
        raise InvalidInput("wrong_type", name="calendar", expected=expected, found=repr(given))
