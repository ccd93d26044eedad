"""Running: arrivals come, are given to somebody, and are done, instant by instant."""

from collections.abc import Iterable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from typing import Literal, NamedTuple

from workorder.assign.agents import Agent, Hours
from workorder.assign.choosing import LEAST_LOAD
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.queueing import FIFO
from workorder.assign.queueing.line import AnyDiscipline
from workorder.assign.values import NO_NAMES, Names, wrong
from workorder.instants import aware
from workorder.simulate.arrivals import Arrival, in_order
from workorder.simulate.floor import Floor
from workorder.simulate.hours import WorkingTime
from workorder.simulate.result import RoutingRun
from workorder.simulate.services import Service
from workorder.simulate.waiting import Plans, Waiting
from workorder.simulate.work import worked

FIRST_COME = FIFO()
"""Where no discipline is given: who came first."""


def simulate(
    arrivals: Iterable[Arrival],
    agents: Iterable[Agent],
    *,
    policy: AssignmentPolicy = LEAST_LOAD,
    discipline: AnyDiscipline = FIRST_COME,
    plans: Plans | None = None,
    seed: int | None = None,
    until: datetime | None = None,
    name: str | None = None,
    waiting_in: Hours | None = None,
) -> RoutingRun:
    """What comes of *arrivals* when *policy* gives them to *agents*.

    The order of *arrivals* and of *agents* makes no difference. What agents hold at the beginning
    they keep.

    Args:
        arrivals: what comes, each once.
        agents: who there is, as they stand at the beginning, each once.
        policy: how it is decided who gets something.
        discipline: which of those that wait comes next.
        plans: what is asked, the longer something waits: one plan for all, or one for each team. An
            item of several teams goes by that of the first of them, by name, that has one.
        seed: where chance comes from, for a selector that draws.
        until: when the run ends, whatever still waits or is in hand. If it is not said, it ends
            when everything is done that can be.
        name: what tables call the run; as its policy, if it is not said.
        waiting_in: the hours in which waiting is counted: that nobody is there at night may be
            known already. All time, if it is not said.

    Raises:
        InvalidInput: without arrivals; for an item or an agent that is there twice; for an end
            before the first arrival; for a selector that draws without a seed.

    >>> from datetime import UTC, datetime, timedelta
    >>> from workorder.assign import Item
    >>> nine, hour = datetime(2026, 9, 30, 9, tzinfo=UTC), timedelta(hours=1)
    >>> run = simulate([Arrival(Item(n), nine, hour) for n in ("T1", "T2")], [Agent("li")])
    >>> [(each.item, each.agent, run.waited(each) // hour) for each in run.services]
    [('T1', 'li', 0), ('T2', 'li', 1)]
    """
    coming = in_order(arrivals)
    begin, end = coming[0].at, None if until is None else aware(until, "until")
    if end is not None and end < begin:
        raise wrong("until", f"{begin.isoformat()} or later", end.isoformat())
    floor = Floor(agents, policy, begin, seed)
    run = _Run(floor, Waiting(discipline, plans), coming, end)
    run.run()
    last = run.last if end is None else end
    services = run.services()
    people = worked(services, floor, begin, last)
    return RoutingRun(name or policy.name, begin, last, services, people, waiting_in)


class _Later(NamedTuple):
    """Something that will happen. The number keeps those of one instant in the order in which they
    were known.
    """

    at: datetime
    number: int
    kind: Literal["done", "step", "opens"]
    which: str | WorkingTime


class _Run:
    """One run, as far as it has come."""

    def __init__(
        self, floor: Floor, waiting: Waiting, coming: list[Arrival], end: datetime | None
    ) -> None:
        self._floor, self._waiting, self._coming, self._end = floor, waiting, coming, end
        self._by_item = {each.item.id: each for each in coming}
        self._came = 0  # how many have come
        self._later: list[_Later] = []
        self._numbers = count()
        self._pending = 0  # of those later ones, all but openings
        self._shifts = dict(floor.shifts())
        self._rest: set[WorkingTime] = set()
        self._given: dict[str, tuple[str, datetime]] = {}
        self._done: dict[str, datetime] = {}
        self.last = coming[0].at

    def run(self) -> None:
        """From the first arrival to the end."""
        for each in self._shifts:
            self._opens_after(each, self.last)
        while (now := self._next()) is not None:
            woken = self._happened(now)
            for item, name in self._waiting.serve(self._floor, now, woken):
                self._given[item.id] = name, now
                done = self._floor.time_of(name).after(now, self._by_item[item.id].handling)
                if done is not None:
                    self._plan(done, "done", item.id)
                while self._rest:  # something happens again: they may open once more
                    self._opens_after(self._rest.pop(), now)

    def services(self) -> tuple[Service, ...]:
        """What came of everything that came."""
        return tuple(self._service(each) for each in self._coming[: self._came])

    def _next(self) -> datetime | None:
        """The next instant at which something happens."""
        more = self._came < len(self._coming)
        if not more and not self._pending and not self._waiting:
            return None
        instants = [self._coming[self._came].at] if more else []
        if self._later:
            instants.append(self._later[0].at)
        now = min(instants, default=None)
        return None if now is None or (self._end is not None and now > self._end) else now

    def _happened(self, now: datetime) -> Names | None:
        """Whatever happens at *now*, but for giving; the teams that it concerns."""
        woken: list[Names | None] = []
        while self._later and self._later[0].at == now:
            woken.append(self._comes_true(heappop(self._later)))
        while self._came < len(self._coming) and self._coming[self._came].at == now:
            woken.append(self._put(self._coming[self._came].item.id, now))
            self._came += 1
            self.last = now
        known = [each for each in woken if each is not None]
        return NO_NAMES.union(*known) if len(known) == len(woken) else None

    def _comes_true(self, it: _Later) -> Names | None:
        if isinstance(it.which, WorkingTime):
            if self._came < len(self._coming) or self._pending:
                self._opens_after(it.which, it.at)
            else:  # it may be that nobody can ever have what waits
                self._rest.add(it.which)
            return self._shifts[it.which]
        self._pending -= 1
        if it.kind == "step":
            return self._put(it.which, it.at) if it.which in self._waiting else NO_NAMES
        name, _ = self._given[it.which]
        self._floor.release(name, self._by_item[it.which].item, it.at)
        self._done[it.which] = self.last = it.at
        return self._floor.teams_of(name)

    def _put(self, item_id: str, now: datetime) -> Names | None:
        """It waits, or its plan goes on."""
        teams, until = self._waiting.put(self._by_item[item_id].item, now)
        if until is not None:
            self._plan(until, "step", item_id)
        return teams or None

    def _opens_after(self, shift: WorkingTime, now: datetime) -> None:
        opens = shift.next_open(now)
        if opens is not None:
            heappush(self._later, _Later(opens, next(self._numbers), "opens", shift))

    def _plan(self, at: datetime, kind: Literal["done", "step"], item_id: str) -> None:
        self._pending += 1
        heappush(self._later, _Later(at, next(self._numbers), kind, item_id))

    def _service(self, arrival: Arrival) -> Service:
        item = arrival.item
        name, began = self._given.get(item.id, (None, None))
        over = (
            name is not None and bool(item.teams) and item.teams.isdisjoint(self._floor[name].teams)
        )
        return Service(
            item=item.id,
            came=arrival.since,
            began=began,
            ended=self._done.get(item.id),
            agent=name,
            units=item.units,
            hand_overs=int(over),
        )
