"""Moves: what becomes of work when somebody leaves, and how it is levelled."""

from datetime import timedelta
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assign.people import NOON
from workorder.assign import Agent, Item
from workorder.assign.moves import Saturation, gone, handed_over, levelled
from workorder.errors import InvalidInput

MINUTE = timedelta(minutes=1)


def item(name: str, priority: int, ago: int, **more: object) -> Item:
    """Work that came so many minutes ago."""
    return Item(name, priority=priority, enqueued=NOON - ago * MINUTE, **more)  # type: ignore[arg-type]


def test_a_moment_offline_moves_nothing() -> None:
    """Longer than the grace does; being busy, or away for lunch, never."""
    since = NOON - MINUTE
    assert not gone("offline", since, now=NOON, grace=MINUTE)
    assert gone("offline", since, now=NOON + MINUTE, grace=MINUTE)
    assert not gone("away", since, now=NOON + 99 * MINUTE, grace=MINUTE)


def test_the_work_of_somebody_who_leaves() -> None:
    """The most urgent first, then who has waited longest; what is pinned stays, and what nobody can
    have goes back, with the reason, and where it has waited since it came.
    """
    work = [
        item("late", 3, 50),
        item("new", 3, 5),
        item("urgent", 1, 1),
        item("call", 1, 1),
        item("tax", 2, 9, skills={"tax": 1}),
    ]
    others = [Agent("gao", capacity=1), Agent("wu", capacity=2, load=1)]
    plan = handed_over(work, others, now=NOON, pinned={"call"})
    assert [(each.item, each.chosen) for each in plan.moved] == [("urgent", "gao"), ("late", "wu")]
    assert [each.id for each in plan.stays] == ["call"]
    assert [each.item for each in plan.back] == ["tax", "new"]
    codes = {
        reason.code for each in plan.back for some in each.rejections.values() for reason in some
    }
    assert codes == {"lacks_skill", "over_capacity"}
    assert plan.back[1].asked is not None
    assert plan.back[1].asked.enqueued == NOON - 5 * MINUTE


def test_levelling_takes_from_who_has_most() -> None:
    """Two moves bring four and none together; what is pinned is not touched."""
    work = {"li": [Item(f"T{n}") for n in range(4)]}
    people = [Agent("li", capacity=4, load=4), Agent("gao", capacity=4)]
    moves = levelled(work, people, now=NOON)
    assert [(each.item, each.source, each.to) for each in moves] == [
        ("T3", "li", "gao"),
        ("T2", "li", "gao"),
    ]
    pinned = {"T1", "T2", "T3"}
    assert [each.item for each in levelled(work, people, now=NOON, pinned=pinned)] == ["T0"]
    with pytest.raises(InvalidInput, match=r"somebody who is there.*li"):
        levelled(work, people[1:], now=NOON)


def test_two_agents_with_one_id() -> None:
    """Neither plan loses one of them without a word."""
    twice = [Agent("gao", capacity=1), Agent("gao", capacity=2)]
    with pytest.raises(InvalidInput, match="each agent once"):
        handed_over([], twice, now=NOON)
    with pytest.raises(InvalidInput, match="each agent once"):
        levelled({}, twice, now=NOON)


def test_levelling_passes_no_filter() -> None:
    """Who must not have it is not given it, however little they have."""
    work = {"li": [Item(f"T{n}", customer="gao") for n in range(4)]}
    people = [Agent("li", capacity=4, load=4), Agent("gao", capacity=4)]
    assert levelled(work, people, now=NOON) == ()


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.lists(st.integers(1, 2), max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_the_spread_never_grows(people: list[tuple[int, list[int]]]) -> None:
    """Nor does anybody hold more than they may, who did not before; and nothing is left to do."""
    agents, work = [], {}
    for number, (capacity, sizes) in enumerate(people):
        name = f"a{number}"
        agents.append(Agent(name, capacity=capacity, load=sum(sizes)))
        work[name] = [Item(f"{name}-{n}", units=units) for n, units in enumerate(sizes)]
    moves = levelled(work, agents, now=NOON)
    sizes_of = {each.id: each.units for items in work.values() for each in items}
    load = {each.id: each.load for each in agents}
    capacity_of = {each.id: each.capacity for each in agents}

    def spread() -> float:
        parts = [load[name] / capacity_of[name] for name in load]
        return max(parts) - min(parts)

    for move in moves:
        before = spread()
        load[move.source] -= sizes_of[move.item]
        load[move.to] += sizes_of[move.item]
        assert spread() <= before + 1e-12
        assert load[move.to] <= capacity_of[move.to]
    assert len({each.item for each in moves}) == len(moves)
    after = [Agent(name, capacity=capacity_of[name], load=load[name]) for name in load]
    left = {name: list(items) for name, items in work.items()}
    for move in moves:
        moved = next(each for each in left[move.source] if each.id == move.item)
        left[move.source].remove(moved)
        left[move.to].append(moved)
    assert levelled(left, after, now=NOON) == ()


def fewest(loads: tuple[int, ...], capacity: int, within: Fraction) -> int:
    """The fewest moves of one unit after which loads are so close, or as close as they can be:
    whatever can be reached is looked through, a move at a time.
    """
    close = max(within, Fraction(0 if sum(loads) % len(loads) == 0 else 1, capacity))
    seen, here, moves = {tuple(sorted(loads))}, [tuple(sorted(loads))], 0
    while not any(Fraction(each[-1] - each[0], capacity) <= close for each in here):
        ways = permutations(range(len(loads)), 2)
        following = {
            tuple(sorted(n - (at == one) + (at == other) for at, n in enumerate(each)))
            for one, other in ways
            for each in here
            if each[one] and each[other] < capacity
        }
        here, moves = list(following - seen), moves + 1
        seen |= following
    return moves


@given(st.lists(st.integers(0, 5), min_size=2, max_size=4), st.sampled_from([0.0, 0.2, 0.45]))
def test_of_one_size_there_is_no_way_with_fewer_moves(loads: list[int], within: float) -> None:
    """Where capacities are alike, and anybody can have anything."""
    agents = [Agent(f"a{n}", capacity=5, load=load) for n, load in enumerate(loads)]
    work = {f"a{n}": [Item(f"a{n}-{each}") for each in range(load)] for n, load in enumerate(loads)}
    moves = levelled(work, agents, now=NOON, within=within)
    assert len(moves) == fewest(tuple(loads), 5, Fraction(within))


def test_large_items_are_moved_first() -> None:
    """One move of three units, and not three of one; a larger one would make them change places."""
    sizes = {"five": 5, "three": 3, "one": 1, "two": 1}
    work = {"li": [Item(name, units=units) for name, units in sizes.items()]}
    people = [Agent("li", capacity=12, load=10), Agent("gao", capacity=12, load=4)]
    assert [each.item for each in levelled(work, people, now=NOON)] == ["three"]


def test_saturation_has_two_edges() -> None:
    """From nine tenths on, until below three quarters; between them it stays as it was."""
    team, saturated, seen = Saturation(), False, []
    for part in (0.8, 0.9, 0.8, 0.75, 0.74, 0.8, 0.95):
        saturated = team.after(saturated, part)
        seen.append(saturated)
    assert seen == [False, True, True, True, False, False, True]
    with pytest.raises(InvalidInput, match="low: expected less than"):
        Saturation(0.5, 0.5)
    with pytest.raises(InvalidInput, match="high"):
        Saturation(90, 75)
