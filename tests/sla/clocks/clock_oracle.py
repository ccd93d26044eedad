"""A second opinion on clocks, written apart from the library: minute by minute.

Nothing of the library is imported. A calendar is a handful of plain functions (:class:`Desk`). A
clock's life is a list of turns: from this minute on it runs, or does not, by this calendar. What it
used is counted by walking along; when it is due is found by walking on. There are no stretches, no
sums of lengths and no cache.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, pairwise

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Desk:
    """A calendar: is this minute open, does this date work, which date is it, when does a date
    end (of something received then).
    """

    is_open: Callable[[int], bool]
    works: Callable[[date], bool]
    date_of: Callable[[int], date]
    ends: Callable[[date, str | int, int], int]


@dataclass(frozen=True)
class Limit:
    """How long it may take. ``kind`` is working or elapsed (minutes), working_days or
    calendar_days; ``at`` says when days end.
    """

    kind: str
    number: int
    at: str | int = "close"

    @property
    def in_days(self) -> bool:
        """Whether days are counted."""
        return self.kind.endswith("_days")


@dataclass(frozen=True)
class Ways:
    """How a clock takes what happens."""

    repeat: bool = False
    on_reopen: str = "resume"
    on_change: str = "keep_elapsed"
    by_edges: bool = False


@dataclass(frozen=True)
class Said:
    """What happened in a minute, and how things stand after it.

    ``edges`` may have start, stop, reset, cancel, reopen; and wait and back, for clocks that are
    paused by what happens. ``held`` pauses the others. ``limit`` and ``desk`` are names; no limit
    of that name: nothing is promised. ``until`` is an extension.
    """

    minute: int
    edges: frozenset[str] = frozenset()
    held: bool = False
    limit: str = "usual"
    desk: str = "here"
    until: int | None = None


@dataclass(frozen=True)
class Judged:
    """How a cycle ended."""

    cycle: int
    started: int
    ended: int
    met: bool
    due: int | None
    promised: int | None
    breached: int | None


@dataclass
class ClockModel:
    """One clock, told what happens."""

    ways: Ways
    desks: Mapping[str, Desk]
    limits: Mapping[str, Limit]
    state: str = "none"
    cycle: int = 0
    turns: list[tuple[int, bool, str]] = field(default_factory=list)
    under: tuple[str, str] = ("", "")
    ended: int | None = None
    granted: tuple[int, int] | None = None
    promised: int | None = None
    breached: int | None = None
    kept_due: int | None = None
    verdicts: list[Judged] = field(default_factory=list)

    # --- what is asked ----------------------------------------------------------------------

    @property
    def limit(self) -> Limit:
        """What it may take now."""
        return self.limits[self.under[0]]

    @property
    def active(self) -> bool:
        """Whether it measures."""
        return self.state in {"running", "paused"}

    @property
    def known(self) -> int:
        """The last minute something is known of."""
        return self.turns[-1][0] if self.ended is None else self.ended

    def status(self, minute: int) -> tuple[bool, str]:
        """Whether it runs in a minute, and by which calendar."""
        found = False, self.turns[0][2]
        for begun, runs, desk in self.turns:
            if begun <= minute:
                found = runs, desk
        return found

    def walk(self) -> Iterator[tuple[int, bool]]:
        """Every minute of its life, on and on, and whether it counts."""
        elapsed = self.limit.kind == "elapsed"
        for (begun, runs, desk), (end, _, _) in pairwise(self.turns):
            is_open = self.desks[desk].is_open
            for minute in range(begun, end):
                yield minute, runs and (elapsed or is_open(minute))
        begun, runs, desk = self.turns[-1]
        is_open = self.desks[desk].is_open
        for minute in count(begun):
            yield minute, runs and (elapsed or is_open(minute))

    def used(self, until: int) -> int:
        """Minutes, or days, that it ran before *until*."""
        if self.limit.in_days:
            return sum(ran for end, ran in self._ends(until) if end <= until)
        used = 0
        for minute, counts in self.walk():
            if minute >= until:
                return used
            used += counts
        raise AssertionError

    def due_if_on(self, now: int) -> int:
        """When it is due if it runs from *now* on (and as long as it takes)."""
        if self.turns[-1][1] and self.ended is None:
            return self._due()
        kept = self.turns, self.ended
        self.turns, self.ended = [*self.turns, (now, True, self.turns[-1][2])], None
        try:
            return self._due()
        finally:
            self.turns, self.ended = kept

    def _due(self) -> int:
        found = self._last_day() if self.limit.in_days else self._used_up()
        pushed = None if self.granted is None else self._pushed(*self.granted)
        return found if pushed is None else max(found, pushed)

    def _used_up(self) -> int:
        left = self.limit.number
        for minute, counts in self.walk():
            if not left:
                return minute
            left -= counts
        raise AssertionError

    def _ends(self, until: int) -> list[tuple[int, bool]]:
        """The ends of the dates that could count, and whether it ran up to them."""
        received = self.turns[0][0]
        desk = self.desks[self.turns[0][2]]
        day = desk.date_of(received) + ONE
        found = []
        while True:
            end = desk.ends(day, self.limit.at, received)
            if desk.works(day) or self.limit.kind == "calendar_days":
                found.append((end, self.status(end - 1)[0]))
            if day > desk.date_of(until) + ONE:
                return found
            day += ONE

    def _last_day(self) -> int:
        until = self.turns[-1][0] + 1440
        while True:
            ran = [end for end, runs in self._ends(until) if runs]
            if len(ran) >= self.limit.number:
                return ran[self.limit.number - 1]
            until += 1440

    def _pushed(self, at: int, until: int) -> int:
        """Each minute it stood still since it was granted puts it off by one, of the same kind."""
        minute = at
        while minute < until and minute < self.turns[-1][0]:
            if not self.status(minute)[0]:
                desk = self.desks[self._after(minute)]
                if self.limit.kind == "elapsed":
                    until += 1
                elif desk.is_open(minute):
                    while not desk.is_open(until):
                        until += 1
                    until += 1
            minute += 1
        return until

    def _after(self, minute: int) -> str:
        """By which calendar it goes on after standing still."""
        return next(desk for begun, runs, desk in self.turns if begun > minute and runs)

    # --- what happens -----------------------------------------------------------------------

    def look(self, now: int) -> None:
        """Note that time was used up."""
        if self.state == "running" and self.breached is None:
            due = self._due()
            if now > due:
                self.breached = due

    def hear(self, said: Said) -> None:
        """Take in what happened."""
        edges = said.edges
        if self.state == "none":
            if "start" in edges and "cancel" not in edges:
                self._begin(said, said.minute)
                if "stop" in edges and self.state != "none" and not self.ways.repeat:
                    self._judge(said.minute)
        elif self.active:
            self._go_on(said, max(said.minute, self.known))
        else:
            self._after_the_end(said, max(said.minute, self.known))
        if self.state == "running" and self.promised is None:
            self.promised = self._due()
        if self.state == "paused" and self.breached is None:
            due = self.due_if_on(self.known)
            if self._ran(due, self.known):
                self.breached = due

    def _ran(self, start: int, end: int) -> bool:
        """Whether it ran in any minute."""
        changes = [start, *(begun for begun, _, _ in self.turns if start < begun < end)]
        return start < end and any(self.status(each)[0] for each in changes)

    def _go_on(self, said: Said, at: int) -> None:
        edges = said.edges
        self.look(at)
        due = self._due() if self.state == "running" else None
        if "cancel" in edges:
            self._cancel(at, due)
        elif "stop" in edges:
            self._judge(at)
            if self.ways.repeat and "start" in edges:
                self._begin(said, at)
        elif "reset" in edges:
            if said.limit in self.limits:
                self._begin(said, at)
            else:
                self._cancel(at, due)
        else:
            self._retarget(said, at, due)
            if self.active and said.until is not None and (due is None or said.until > due):
                self.granted = at, said.until
            if self.active:
                self._turn(said, at)

    def _after_the_end(self, said: Said, at: int) -> None:
        edges = said.edges
        if "reopen" in edges and "cancel" not in edges:
            if self.state == "cancelled":
                self.ended = None
                self.state = "running" if self.turns[-1][1] else "paused"
                self.look(at)
                self._retarget(said, at, self.kept_due)
                if self.active:
                    self._turn(said, at)
            elif self.ways.on_reopen == "restart":
                if said.limit in self.limits:
                    self._begin(said, at)
            elif self.ways.on_reopen == "resume":
                assert self.ended is not None
                runs = not self._stands(said, runs=True)
                desk = self.turns[-1][2]
                self.turns += [(self.ended, False, desk), (at, runs, desk)]
                self.state = "running" if runs else "paused"
                self.cycle += 1
                self.ended = self.promised = self.breached = None
                self._retarget(said, at, None)
        elif self.ways.repeat and "start" in edges and "cancel" not in edges:
            self._begin(said, at)

    def _begin(self, said: Said, at: int) -> None:
        if said.limit not in self.limits:
            return
        runs = not self._stands(said, runs=self.state != "paused")
        self.turns = [(at, runs, said.desk)]
        self.under = said.limit, said.desk
        self.state = "running" if runs else "paused"
        self.cycle += 1
        self.ended = self.granted = self.promised = self.breached = None

    def _judge(self, at: int) -> None:
        due = self._due() if self.state == "running" else None
        if self.breached is not None and at <= self.breached:
            self.breached = None  # it is known now that it had ended by then
        promised = due if self.promised is None else self.promised
        self.verdicts.append(
            Judged(
                self.cycle,
                self.turns[0][0],
                at,
                self.breached is None,
                due,
                promised,
                self.breached,
            )
        )
        self.promised = promised
        self.kept_due = due
        self.state, self.ended = "finished", at

    def _cancel(self, at: int, due: int | None) -> None:
        self.kept_due = due
        self.state, self.ended = "cancelled", at

    def _retarget(self, said: Said, at: int, due: int | None) -> None:
        if said.limit not in self.limits:
            self._cancel(at, due)
        elif (self.limits[said.limit], said.desk) != (self.limit, self.under[1]):
            if self.ways.on_change == "restart":
                self._begin(said, at)
                return
            self.under = said.limit, said.desk
            if self.ways.on_change == "retroactive":
                self.turns = [(begun, runs, said.desk) for begun, runs, _ in self.turns]
            else:
                self.turns.append((at, self.turns[-1][1], said.desk))

    def _stands(self, said: Said, *, runs: bool) -> bool:
        """Whether it stands still from now on."""
        if not self.ways.by_edges:
            return said.held
        if "back" in said.edges:
            return False
        return not runs or "wait" in said.edges

    def _turn(self, said: Said, at: int) -> None:
        runs = self.state == "running"
        stands = self._stands(said, runs=runs)
        if stands == runs:
            self.turns.append((at, not runs, self.turns[-1][2]))
            self.state = "paused" if runs else "running"
