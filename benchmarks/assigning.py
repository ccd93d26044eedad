"""Assignment: whole decisions, the line, many at once, the pool; beside the bare structures."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from heapq import heappop, heappush
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks import desk_assigning, pools
from benchmarks.measuring import Run, in_turns
from benchmarks.people import NOON
from benchmarks.reporting import Line, Peer
from workorder.assign import Agent, AssignmentPolicy, Item, choose
from workorder.assign.batch import match
from workorder.assign.batch.arrays import match_array
from workorder.assign.filters import HasCapacity, HasSkills, InTeam, Present
from workorder.assign.queueing import LinearAgeing, WaitingLine
from workorder.assign.scorers import LowUtilization, Proficiency
from workorder.assign.selectors import BestScore

SECTION = "Assignment"
SKILLS = [f"s{number}" for number in range(8)]
ITEM = Item("T1", teams={"cards"}, skills={"s1": 2}, customer="C-1")
POLICY = AssignmentPolicy(
    "best",
    filters=(Present(), InTeam(), HasSkills(), HasCapacity()),
    scorers=(Proficiency(), LowUtilization()),
    selector=BestScore(),
)
LACKS = "reasons, score parts, a ranking, a decision to keep; it stops at the first rule that fails"


def people(number: int) -> Sequence[Agent]:
    """So many, the same ones in every run; every fifth is away, and some have no room."""
    chance = random.Random(20261122)
    return [
        Agent(
            f"a{n:05}",
            teams={"cards"},
            skills={name: chance.randint(1, 5) for name in chance.sample(SKILLS, 5)},
            capacity=10,
            load=chance.randint(0, 10),
            presence="online" if n % 5 else "away",
            assigned=(NOON - timedelta(minutes=chance.randint(1, 500)),),
        )
        for n in range(number)
    ]


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (5, 0.02) if quick else (21, 0.05)
    made = [_choice(number, rounds, seconds) for number in ((50,) if quick else (50, 1_000))]
    made += [_line(number, rounds) for number in ((10_000,) if quick else (10_000, 100_000))]
    made += _batches((200,) if quick else (200, 1_000), 3 if quick else 7)
    made += pools.lines(quick=quick, rounds=3 if quick else 11, seconds=seconds)
    return made + desk_assigning.lines(quick=quick)


def by_hand(agents: Sequence[Agent], item: Item) -> str | None:
    """What hosts write: a loop that keeps the best."""
    best, score = None, -1.0
    for each in agents:
        if each.presence != "online" or item.teams.isdisjoint(each.teams):
            continue
        if any(each.skills.get(name, 0) < level for name, level in item.skills.items()):
            continue
        if each.load + item.units > each.capacity:
            continue
        skilled = sum(each.skills.get(name, 0) for name in item.skills) / (5 * len(item.skills))
        found = (skilled + 1 - each.load / each.capacity) / 2
        if found > score:
            best, score = each.id, found
    return best


def _choice(number: int, rounds: int, seconds: float) -> Line:
    there = people(number)
    decision = choose(there, ITEM, now=NOON, policy=POLICY)
    assert decision.totals[0] == max(decision.totals)
    mine = next(each for each in there if each.id == by_hand(there, ITEM))
    assert choose([mine], ITEM, now=NOON, policy=POLICY).totals == (decision.totals[0],)
    runs: Mapping[str, Run] = {
        "full": _repeated(lambda: choose(there, ITEM, now=NOON, policy=POLICY)),
        "chosen": _repeated(lambda: choose(there, ITEM, now=NOON, policy=POLICY, detail="chosen")),
        "by hand": _repeated(lambda: by_hand(there, ITEM)),
    }
    taken = in_turns(runs, rounds=rounds, seconds=seconds)
    peer = Peer(
        "a loop by hand",
        1 / taken.typical("by hand"),
        *taken.times_as_fast("full", "by hand"),
        LACKS,
    )
    note = (
        f"{len(decision.ranking)} could have it, {len(decision.rejections)} were passed over with "
        f"every reason; {1 / taken.typical('chosen'):,.0f}/s where only the choice is kept."
    )
    target = 15_000 if number == 50 else None
    value = 1 / taken.typical("full")
    return Line(SECTION, f"choose, of {number:,} agents", value, "/s", target, (peer,), note)


def _line(number: int, rounds: int) -> Line:
    """Everybody comes, then everybody goes."""
    chance = random.Random(7)
    items = [
        Item(
            f"T{n:06}",
            priority=chance.randint(1, 5),
            enqueued=NOON - timedelta(seconds=chance.randint(0, 90_000)),
        )
        for n in range(number)
    ]
    ageing = LinearAgeing(timedelta(minutes=30))

    def ours(times: int) -> None:
        for _ in range(times):
            line = WaitingLine(ageing)
            for each in items:
                line.push(each)
            for _ in items:
                line.pop(NOON)

    def bare(times: int) -> None:
        for _ in range(times):
            heap: list[tuple[object, ...]] = []
            for each in items:
                heappush(heap, (ageing.key(each), each))
            for _ in items:
                heappop(heap)

    taken = in_turns({"ours": ours, "bare": bare}, rounds=max(3, rounds // 3), seconds=0.01)
    peer = Peer(
        "bare heapq with the same key",
        number / taken.typical("bare"),
        *taken.times_as_fast("ours", "bare"),
        "leaving the line, knowing who is in it, other disciplines",
    )
    title = f"a line of {number:,}, push and pop"
    target = 300_000 if number <= 10_000 else None  # a longer one takes longer, bare as well
    return Line(SECTION, title, number / taken.typical("ours"), "/s", target, (peer,))


def _batches(sizes: Sequence[int], rounds: int) -> list[Line]:
    chance = random.Random(3)
    made = []
    for size in sizes:
        costs = [[chance.randrange(10**6) for _ in range(size)] for _ in range(size)]
        array = np.array(costs)
        runs: dict[str, Run] = {
            "scipy": _repeated(partial(match, costs, solver="scipy")),
            "bare": _repeated(partial(_bare, costs)),
            "array": _repeated(partial(match_array, array)),
            "bare array": _repeated(partial(_bare, array)),
        }
        assert match_array(array).total == match(costs, solver="scipy").total
        if size <= 200:
            runs["python"] = _repeated(partial(match, costs, solver="python"))
            assert match(costs, solver="python").total == match(costs, solver="scipy").total
        taken = in_turns(runs, rounds=rounds, seconds=0.01)
        peer = Peer(
            "bare linear_sum_assignment, of the same lists",
            taken.typical("bare") * 1e3,
            *taken.times_as_fast("scipy", "bare"),
            "pairs that must not be, rows that stay alone, ranks, checks",
        )
        note = f"In Python {taken.typical('python') * 1e3:.0f} ms." if "python" in runs else ""
        title = f"the optimum of {size:,} by {size:,}, by SciPy"
        value = taken.typical("scipy") * 1e3
        made.append(Line(SECTION, title, value, "ms", None, (peer,), note))
        bare = Peer(
            "bare linear_sum_assignment, of the same array",
            taken.typical("bare array") * 1e3,
            *taken.times_as_fast("array", "bare array"),
            "the same",
        )
        value = taken.typical("array") * 1e3
        made.append(Line(SECTION, f"{title}, of an array", value, "ms", None, (bare,)))
    return made


def _bare(costs: "Sequence[Sequence[int]] | np.ndarray[Any, Any]") -> object:
    return linear_sum_assignment(np.array(costs, float))


def _repeated(work: Callable[[], object]) -> Run:
    def run(number: int) -> None:
        for _ in range(number):
            work()

    return run
