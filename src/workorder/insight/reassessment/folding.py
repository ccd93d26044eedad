"""One ticket's life under a policy: its clocks folded again from nothing, moment by moment.

This is the judge: the same ``advance`` that decides at a desk, fed with the same moments. Marks are
noted when they are reached, before anything that happens at that instant, as a desk does whose
timers are looked after. Whatever counts faster has to come to the same.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from attrs import field, frozen

from workorder.clocks import Clock
from workorder.insight.reassessment.histories import (
    BESIDE,
    OF_CLOCKS,
    Histories,
    History,
    after,
    carrying,
    happenings,
)
from workorder.kernel.inheriting import inherited
from workorder.kernel.moments import moment_of
from workorder.rulebook import Rulebook
from workorder.sla.clocks import ServiceLevels, advance, finished, fired
from workorder.ticket import Absorbed, Event, MergedInto, Ticket

Clocks = Mapping[str, Clock]


@frozen
class Terms:
    """By what is reassessed.

    Attributes:
        levels: what is promised.
        until: up to when; in UTC.
        rulebooks: those that events name, by digest; one that is missing leaves what it alone
            knows (stages, what a hold reason stops) unsaid.
    """

    levels: ServiceLevels
    until: datetime
    rulebooks: Mapping[str, Rulebook] = field(default={}, repr=False)

    def rulebook_of(self, event: Event) -> Rulebook | None:
        """The rulebook by which *event* was decided, if it is known."""
        return self.rulebooks.get(event.trace.rulebook)


@frozen
class Cycle:
    """A cycle of a clock, finished or as it stands.

    Attributes:
        clock: as it was at the end of the cycle, or is.
        ticket: as it was at that moment, or is.
    """

    clock: Clock
    ticket: Ticket


Others = Callable[[str], "Fold | None"]


class Fold:
    """A ticket that is lived through again.

    Args:
        history: what happened to it.
        terms: by what its clocks are folded.
        others: the folds of other tickets, for what was merged into this one.

    Attributes:
        ticket: as it stands, with the clocks of this fold.
        cycles: the cycles that are finished.
    """

    def __init__(self, history: History, terms: Terms, others: Others) -> None:
        self.ticket: Ticket | None = None
        self.cycles: list[Cycle] = []
        self._id = history.ticket_id
        self._terms = terms
        self._others = others
        self._last: datetime | None = None
        self._before_merge: dict[str, Ticket] = {}
        self._to_come = happenings(history, terms.until)

    def run(self, merge: str | None = None) -> "Fold":
        """Live on: to the end, or until the command *merge* has merged it into another."""
        for events in self._to_come:
            self._live(events)
            if merge is not None and merge in self._before_merge:
                return self
        self._marks(self._terms.until)
        return self

    @property
    def clocks(self) -> Clocks:
        """The clocks as they stand, by metric."""
        return self.ticket.clocks if self.ticket is not None else {}

    def before_merge(self, command: str) -> Ticket | None:
        """The ticket as it was before *command* merged it into another."""
        if command not in self._before_merge:
            self.run(command)
        return self._before_merge.get(command)

    def standing(self) -> Iterator[Cycle]:
        """Every cycle: the finished ones, then those that are not."""
        yield from self.cycles
        if self.ticket is not None:
            for clock in self.clocks.values():
                if clock.state != "finished":
                    yield Cycle(clock, self.ticket)

    def _live(self, events: tuple[Event, ...]) -> None:
        trace = events[-1].trace
        if isinstance(events[0], OF_CLOCKS):
            self.ticket = after(self.ticket, events, self._id)
            return
        self._marks(trace.occurred_at)
        before = self.ticket
        ticket = after(before, events, self._id)
        self._last = trace.occurred_at
        self.ticket = ticket
        if isinstance(events[0], BESIDE):
            return
        if before is not None and isinstance(events[0], MergedInto):
            self._before_merge[trace.command_id] = before
        levels = self._terms.levels
        moment = moment_of(before, ticket, events, self._terms.rulebook_of(events[0]))
        found = advance(ticket.clocks, moment, levels)
        merged: Ticket | None = None
        if isinstance(events[0], Absorbed):
            other = self._others(events[0].source)
            merged = other.before_merge(trace.command_id) if other is not None else None
        found = inherited(ticket, events[0], merged, moment, found, levels)
        if found.changed:
            known = ticket.clocks
            self.ticket = carrying(ticket, found.changed)
            for name, clock in found.changed.items():
                self.cycles += _ended(known.get(name), clock, self.ticket)

    def _marks(self, until: datetime) -> None:
        """Note the marks that are reached by *until*, each at its own instant."""
        if self.ticket is None:
            return
        clocks = self.ticket.clocks
        new: dict[str, Clock] = {}
        while True:
            reached = [
                (each.mark_at, each)
                for each in (new.get(name, clock) for name, clock in clocks.items())
                if each.state == "running" and each.mark_at is not None and each.mark_at <= until
            ]
            if not reached:
                break
            at, clock = min(reached, key=lambda mark: mark[0])
            self._last = at if self._last is None else max(at, self._last)
            new[clock.metric] = fired(clock, self._terms.levels, self._last)
        if new:
            self.ticket = carrying(self.ticket, new)


def _ended(before: Clock | None, clock: Clock, ticket: Ticket) -> Iterator[Cycle]:
    """The cycles that ended between *before* and *clock*; one that began again at once left only
    its verdict behind.
    """
    known = len(before.verdicts) if before is not None else 0
    for verdict in clock.verdicts[known:]:
        if clock.state == "finished" and clock.cycle == verdict.cycle:
            yield Cycle(clock, ticket)
        elif before is not None:
            yield Cycle(finished(before, verdict.ended), ticket)


def folds(histories: Histories, terms: Terms) -> Iterator[Fold]:
    """Every ticket of *histories*, lived through."""
    begun: dict[str, Fold] = {}

    def other(name: str) -> Fold | None:
        found = begun.get(name)
        if found is None and name in histories:
            found = begun[name] = Fold(histories[name], terms, other)
        return found

    for name, history in histories.items():
        fold = begun.pop(name, None) or Fold(history, terms, other)
        if _merges(history):
            begun[name] = fold  # others may ask how it stood
        yield fold.run()


def _merges(history: History) -> bool:
    return any(isinstance(each, MergedInto | Absorbed) for each in history.events)


def folded_one(histories: Histories, name: str, terms: Terms) -> Fold:
    """One ticket of *histories*, lived through."""
    begun: dict[str, Fold] = {}

    def other(each: str) -> Fold | None:
        if each not in begun and each in histories:
            begun[each] = Fold(histories[each], terms, other)
        return begun.get(each)

    begun[name] = Fold(histories[name], terms, other)
    return begun[name].run()
