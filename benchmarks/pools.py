"""The pool: one decision, carried out, and one of those before given back; beside bare indexes."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import Protocol

from benchmarks.measuring import Rounds, Run, in_turns
from benchmarks.people import NOON
from benchmarks.reporting import Line, Peer
from workorder.assign import Agent, AssignmentDecision, AssignmentPolicy, Item
from workorder.assign.filters import HasCapacity, HasSkills, Present
from workorder.assign.pool import AgentPool

SECTION = "Assignment"
CAPACITY = 10
EACH = 5 / 2
"""How much everybody has on average while it is measured."""
STEP = timedelta(seconds=0.1)
SKILLS = [f"s{number:02}" for number in range(40)]
BY_LOAD = AssignmentPolicy("by load", filters=(Present(), HasCapacity()))
BY_SKILL = AssignmentPolicy("by skill", filters=(Present(), HasSkills(), HasCapacity()))
MANY = 4_096
PLAIN = "a decision to keep, channels, presence, instants, agents who come and go, any other policy"


class Routes(Protocol):
    """Gives work, and takes it back."""

    def give(self, item: Item, now: datetime, /) -> str | None: ...
    def take(self, agent: str, item: Item, now: datetime, /) -> None: ...


class Ours:
    """The pool, with every decision made."""

    def __init__(self, agents: Sequence[Agent], policy: AssignmentPolicy) -> None:
        self.pool = AgentPool(agents, policy)
        self.take = self.pool.release

    def give(self, item: Item, now: datetime) -> str | None:
        pool = self.pool
        found = pool.choose(item, now=now).chosen
        if found is not None:
            pool.reserve(found, item, now)
        return found


class Buckets:
    """Who holds how much: whoever was last to come into the lowest bucket that is not empty."""

    def __init__(self, agents: Sequence[Agent]) -> None:
        self.buckets: list[list[str]] = [[] for _ in range(CAPACITY + 1)]
        self.buckets[0] = [each.id for each in agents]
        self.load = dict.fromkeys(self.buckets[0], 0)
        self.place = {name: place for place, name in enumerate(self.buckets[0])}
        self.low = 0

    def give(self, _: Item, __: datetime) -> str | None:
        buckets, low = self.buckets, self.low
        while not buckets[low]:
            low += 1
            if low == CAPACITY:
                return None
        found = buckets[low].pop()
        above = buckets[low + 1]
        self.place[found] = len(above)
        above.append(found)
        self.load[found] = low + 1
        self.low = low
        return found

    def take(self, agent: str, _: Item, __: datetime) -> None:
        load, place = self.load[agent], self.place
        here = self.buckets[load]
        last = here.pop()
        if last is not agent:
            place[last] = place[agent]
            here[place[agent]] = last
        below = self.buckets[load - 1]
        place[agent] = len(below)
        below.append(agent)
        self.load[agent] = load - 1
        self.low = min(self.low, load - 1)


Entry = tuple[int, int, str, int]
"""Load, when last given something, who; and which of their entries it is."""


class Heaps:
    """A lazy heap for each pair of skills, or one alone, with versions: exact, ties and all."""

    def __init__(self, agents: Sequence[Agent], pairs: Callable[[Agent], list[str]]) -> None:
        self.heaps: dict[str, list[Entry]] = {}
        self.mine: dict[str, list[list[Entry]]] = {}
        self.load = {each.id: 0 for each in agents}
        self.last = {each.id: 0 for each in agents}
        self.given = 0
        self.version = {each.id: 0 for each in agents}
        for each in agents:
            self.mine[each.id] = [self.heaps.setdefault(name, []) for name in pairs(each)]
            for heap in self.mine[each.id]:
                heap.append((0, 0, each.id, 0))
        for heap in self.heaps.values():
            heapify(heap)

    def give(self, item: Item, __: datetime) -> str | None:
        heap, version = self.heaps[item.category or ""], self.version
        while heap[0][3] != version[heap[0][2]]:
            heappop(heap)
        load, _, found, _ = heap[0]
        if load == CAPACITY:
            return None
        self.given += 1
        self.last[found] = self.given
        self._stands(found, load + 1)
        return found

    def take(self, agent: str, _: Item, __: datetime) -> None:
        self._stands(agent, self.load[agent] - 1)

    def _stands(self, agent: str, load: int) -> None:
        self.load[agent] = load
        version = self.version[agent] = self.version[agent] + 1
        entry = load, self.last[agent], agent, version
        for heap in self.mine[agent]:
            heappush(heap, entry)


class Loop:
    """A loop over everybody, as they stand; to get them there would take it minutes."""

    def __init__(self, heaps: Heaps) -> None:
        self.load, self.last, self.given = {**heaps.load}, {**heaps.last}, heaps.given

    def give(self, _: Item, __: datetime) -> str | None:
        load, last = self.load, self.last
        can = [each for each in load if load[each] < CAPACITY]
        found = min(can, key=lambda each: (load[each], last[each], each), default=None)
        if found is not None:
            load[found] += 1
            self.given += 1
            last[found] = self.given
        return found

    def take(self, agent: str, _: Item, __: datetime) -> None:
        self.load[agent] -= 1


class Working:
    """Somebody routes: as many items as at first are out at any time.

    Args:
        routes: what is measured.
        items: what comes, round and round.
        number: how many are out.
        begun: somebody who has given as many already.
    """

    def __init__(
        self, routes: Routes, items: Sequence[Item], number: int, begun: "Working | None" = None
    ) -> None:
        chance = random.Random(5)
        self.routes, self.items = routes, items
        self.drawn = [chance.randrange(number) for _ in range(MANY)]
        self.out: list[tuple[str | None, Item]] = []
        self.came, self.now = 0, NOON
        if begun is not None:
            self.out, self.came, self.now = [*begun.out], begun.came, begun.now
        for _ in range(number - len(self.out)):
            item, now = self._next()
            self.out.append((routes.give(item, now), item))

    def _next(self) -> tuple[Item, datetime]:
        self.came += 1
        self.now += STEP
        return self.items[self.came % MANY], self.now

    def __call__(self, number: int) -> list[str | None]:
        """Give and take so many times; to whom it went."""
        found = []
        for _ in range(number):
            item, now = self._next()
            agent = self.routes.give(item, now)
            place = self.drawn[self.came % MANY]
            gone, before = self.out[place]
            self.out[place] = agent, item
            if gone is not None:
                self.routes.take(gone, before, now)
            found.append(agent)
        return found


def people(number: int) -> list[Agent]:
    """So many, each with five of forty skills."""
    chance = random.Random(20261123)
    return [
        Agent(
            f"a{n:05}",
            skills={name: chance.randint(1, 5) for name in chance.sample(SKILLS, 5)},
            capacity=CAPACITY,
        )
        for n in range(number)
    ]


def _pairs(agent: Agent) -> list[str]:
    return [" ".join(pair) for pair in combinations(sorted(agent.skills), 2)]


def lines(*, quick: bool, rounds: int, seconds: float) -> list[Line]:
    """Measure, by load and by skill."""
    sizes = (50, 1_000) if quick else (50, 1_000, 10_000)
    made = [_by_load(people(number), rounds, seconds) for number in sizes]
    return made + [_by_skill(people(number), rounds, seconds) for number in sizes]


def _by_load(there: Sequence[Agent], rounds: int, seconds: float) -> Line:
    items = [Item(f"T{number}") for number in range(MANY)]
    number = round(len(there) * EACH)
    heap = Heaps(there, lambda _: [""])
    contestants: dict[str, Routes] = {
        "ours": Ours(there, BY_LOAD),
        "buckets": Buckets(there),
        "heap": heap,
    }
    runs = {name: Working(each, items, number) for name, each in contestants.items()}
    runs["loop"] = Working(Loop(heap), items, number, runs["heap"])
    _agree(runs, ("ours", "heap", "loop"))
    measured: Mapping[str, Run] = {**runs, "decision": _deciding}
    taken = in_turns(measured, rounds=rounds, seconds=seconds)
    peers = (
        _peer("bare buckets by load", "buckets", f"an order among equal loads, {PLAIN}", taken),
        _peer("a bare lazy heap, exact", "heap", PLAIN, taken),
        _peer("a loop over everybody", "loop", PLAIN, taken),
    )
    decision = taken.typical("decision") * 1e6
    note = f"Target: a third of the buckets. Making a decision takes {decision:.1f} us by itself."
    title, value = f"a pool of {len(there):,}, by load", 1 / taken.typical("ours")
    return Line(SECTION, title, value, "/s", None, peers, note)


def _by_skill(there: Sequence[Agent], rounds: int, seconds: float) -> Line:
    chance = random.Random(11)
    items = []
    for number in range(MANY):
        pair = chance.choice(_pairs(chance.choice(there)))
        items.append(Item(f"T{number}", category=pair, skills=dict.fromkeys(pair.split(), 1)))
    number = round(len(there) * EACH)
    contestants: dict[str, Routes] = {
        "ours": Ours(there, BY_SKILL),
        "heaps": Heaps(there, _pairs),
    }
    runs = {name: Working(each, items, number) for name, each in contestants.items()}
    _agree(runs, ("ours", "heaps"))
    taken = in_turns(runs, rounds=rounds, seconds=seconds)
    peers = (_peer("bare lazy heaps per pair of skills", "heaps", f"levels, {PLAIN}", taken),)
    asked = len({each.category for each in items})
    note = f"Target: half of the heaps. {asked} pairs are asked for."
    title, value = f"a pool of {len(there):,}, by 2 of 40 skills", 1 / taken.typical("ours")
    return Line(SECTION, title, value, "/s", None, peers, note)


def _agree(runs: Mapping[str, Working], exact: Sequence[str]) -> None:
    """All of them choose the same people, up to a few hundred times."""
    found = {name: run(300) for name, run in runs.items()}
    for name in exact:
        assert found[name] == found[exact[0]], name
        assert runs[name].out == runs[exact[0]].out


def _peer(title: str, name: str, lacks: str, taken: Rounds) -> Peer:
    return Peer(title, 1 / taken.typical(name), *taken.times_as_fast("ours", name), lacks)


def _deciding(number: int) -> None:
    for _ in range(number):
        AssignmentDecision(
            item="T",
            at=NOON,
            policy="by load",
            digest="",
            chosen="a",
            by="least_load",
            detail="chosen",
        )
