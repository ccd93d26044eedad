"""The pool by examples, and beside a simple program that knows nothing of it."""

import random
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from workorder.assign.agents import Agent
from workorder.assign.filters import Filter, HasCapacity, HasSkills, NotTooManyLately, Present
from workorder.assign.items import Item
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.pool import AgentPool
from workorder.assign.selectors import LeastLoad, LeastUtilization, LongestIdle
from workorder.errors import InvalidInput

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEVER = datetime.min.replace(tzinfo=UTC)
BARE = AssignmentPolicy("bare", filters=(Present(), HasCapacity()))
SKILLS = ("cards", "loans", "funds")


def policy(selector: LeastLoad | LeastUtilization | LongestIdle) -> AssignmentPolicy:
    """Skills, room and presence."""
    return AssignmentPolicy(
        "usual", filters=(Present(), HasSkills(), HasCapacity()), selector=selector
    )


class ByHand:
    """Everybody in a row of plain numbers, looked through each time."""

    def __init__(self, skills: dict[str, dict[str, int]], capacity: dict[str, int]) -> None:
        self.skills, self.capacity = skills, capacity
        self.load = dict.fromkeys(skills, 0)
        self.last = dict.fromkeys(skills, NEVER)
        self.idle: dict[str, datetime | None] = dict.fromkeys(skills)
        self.away: set[str] = set()

    def chosen(self, needed: dict[str, int], units: int, by: str) -> str | None:
        """Who gets it."""
        can = [
            (self._order(name, by), self.last[name], name)
            for name, has in self.skills.items()
            if name not in self.away
            and all(has.get(skill, 0) >= level for skill, level in needed.items())
            and self.load[name] + units <= self.capacity[name]
        ]
        return min(can)[2] if can else None

    def _order(self, name: str, by: str) -> object:
        if by == "load":
            return self.load[name]
        if by == "part":
            return self.load[name] / self.capacity[name]
        idle = self.idle[name]
        return (1, NEVER) if idle is None else (0, idle)


@pytest.mark.parametrize(
    ("by", "selector"),
    [("load", LeastLoad()), ("part", LeastUtilization()), ("idle", LongestIdle())],
)
def test_a_day_of_work_beside_a_simple_program(
    by: str, selector: LeastLoad | LeastUtilization | LongestIdle
) -> None:
    """Ninety people, three thousand items that come and are done, people who come and go: both
    choose the same one each time.
    """
    chance = random.Random(20261122)
    skills = {
        f"p{n:02}": {name: chance.randint(1, 5) for name in chance.sample(SKILLS, 2)}
        for n in range(90)
    }
    hand = ByHand(skills, {name: chance.randint(1, 6) for name in skills})
    pool = AgentPool(
        [Agent(name, skills=skills[name], capacity=hand.capacity[name]) for name in skills],
        policy(selector),
    )
    out: list[tuple[str, Item]] = []
    nobody = 0
    for number in range(3_000):
        now = NOON + number * MINUTE / 7
        needed = {
            name: chance.randint(1, 3) for name in chance.sample(SKILLS, chance.randint(0, 2))
        }
        item = Item(f"T{number}", skills=needed, units=chance.randint(1, 2))
        found = pool.choose(item, now=now).chosen
        assert found == hand.chosen(needed, item.units, by), number
        if found is not None:
            pool.reserve(found, item, now)
            hand.load[found] += item.units
            hand.last[found], hand.idle[found] = now, None
            out.append((found, item))
        nobody += found is None
        while out and (len(out) > 150 or chance.random() < 0.3):
            name, item = out.pop(chance.randrange(len(out)))
            pool.release(name, item, now)
            hand.load[name] -= item.units
            if not hand.load[name]:
                hand.idle[name] = now
        if chance.random() < 0.1:
            name = chance.choice(list(skills))
            away = name not in hand.away
            hand.away ^= {name}
            pool.update(attrs.evolve(pool[name], presence="away" if away else "online"))
    assert nobody < 1_500
    assert {each.id: each.load for each in pool.agents} == hand.load


def test_two_with_one_id() -> None:
    """Each is there once, from the beginning or later."""
    with pytest.raises(InvalidInput, match=r"each agent once.*li"):
        AgentPool([Agent("li"), Agent("li")])
    with pytest.raises(InvalidInput, match=r"each agent once.*li"):
        AgentPool([Agent("li")]).add(Agent("li"))


def test_somebody_who_is_not_there() -> None:
    """It says who was meant, perhaps."""
    pool = AgentPool([Agent("zhang"), Agent("li")])
    item = Item("T1")
    for asked in (
        lambda: pool["zang"],
        lambda: pool.reserve("zang", item, NOON),
        lambda: pool.release("zang", item, NOON),
        lambda: pool.remove("zang"),
        lambda: pool.update(Agent("zang")),
    ):
        with pytest.raises(InvalidInput, match=r"zhang.*zang"):
            asked()
    assert "zang" not in pool
    assert len(pool) == 2


def test_giving_back_what_is_not_there() -> None:
    """Neither more units than they hold, nor an item of a channel of which they hold none; and
    then nothing is changed.
    """
    pool = AgentPool([Agent("li", capacity=4, load=1, held={"chat": 1})])
    before = pool["li"]
    with pytest.raises(InvalidInput, match=r"at most 1: li holds no more.*2"):
        pool.release("li", Item("T1", units=2), NOON)
    with pytest.raises(InvalidInput, match=r"a channel of which li holds something.*phone"):
        pool.release("li", Item("T1", channel="phone"), NOON)
    with pytest.raises(InvalidInput):
        pool.release("li", Item("T1"), NOON.replace(tzinfo=None))
    with pytest.raises(InvalidInput):
        pool.reserve("li", Item("T1"), NOON.replace(tzinfo=None))
    assert pool["li"] == before


def test_what_happened_is_counted() -> None:
    """Also what should not have: more than there is room for. Then there is less than none."""
    pool = AgentPool([Agent("li", capacity=1)])
    pool.reserve("li", Item("T1", units=3), NOON)
    assert pool["li"].spare == -2
    assert pool.choose(Item("T2", units=0), now=NOON).chosen is None
    pool.release("li", Item("T1", units=3), NOON + MINUTE)
    assert pool["li"].idle_since == NOON + MINUTE
    assert pool.choose(Item("T2"), now=NOON).chosen == "li"


def test_so_much_is_remembered() -> None:
    """The latest instants, in order, and as many as the policy asks for; who is given nothing here
    keeps what they came with.
    """
    came = tuple(NOON - n * MINUTE for n in range(9, 0, -1))
    lately = AssignmentPolicy("rare", filters=(NotTooManyLately(5, 60 * MINUTE),))
    pool = AgentPool([Agent("li", assigned=came), Agent("gao", assigned=came)], lately, recent=2)
    pool.reserve("li", Item("T1"), NOON - MINUTE / 2)
    pool.reserve("li", Item("T2"), NOON - 90 * MINUTE)
    assert pool["li"].assigned == (*came[-4:], NOON - MINUTE / 2)
    assert pool["gao"].assigned == came
    for number in range(40):
        pool.reserve("li", Item(f"T{number}"), NOON + number * MINUTE)
    assert pool["li"].assigned == tuple(NOON + n * MINUTE for n in range(35, 40))


def test_nothing_is_no_memory() -> None:
    """At least the last instant is kept, for selectors look at it."""
    with pytest.raises(InvalidInput, match="1 or more"):
        AgentPool([], recent=0)


def test_who_goes_and_comes_again() -> None:
    """Nothing is left of them, and they come as they are."""
    pool = AgentPool([Agent("li", capacity=9), Agent("gao", capacity=9)])
    pool.reserve("gao", Item("T1"), NOON)
    assert pool.choose(Item("T2"), now=NOON).chosen == "li"
    gone = pool.remove("gao")
    assert (gone.load, len(pool)) == (1, 1)
    pool.add(attrs.evolve(gone, load=0, assigned=()))
    assert [each.id for each in pool.agents] == ["li", "gao"]
    assert pool.choose(Item("T2"), now=NOON).chosen == "gao"


def test_a_list_that_grows_is_kept_in_order() -> None:
    """Who comes later is found, also where a handful has become many."""
    pool = AgentPool([], policy(LeastLoad()))
    for number in range(200):
        assert pool.choose(Item("T"), now=NOON).chosen == (f"p{number - 1:03}" if number else None)
        pool.add(Agent(f"p{number:03}", capacity=300, load=200 - number))


def test_ever_new_things_are_asked_for() -> None:
    """The lists of what was asked before do not pile up."""
    pool = AgentPool([Agent("li", capacity=999)], policy(LeastLoad()))
    for number in range(1_000):
        assert pool.choose(Item("T", units=number), now=NOON).chosen == "li"
    assert pool._shortlists is not None
    assert len(pool._shortlists._by_asked) < 200


def test_a_ladder_that_grows_is_kept_in_order() -> None:
    """Where only load and room count: who comes, goes, or stands otherwise is found."""
    pool = AgentPool([], BARE)
    for number in range(200):
        assert pool.choose(Item("T"), now=NOON).chosen == (f"p{number - 1:03}" if number else None)
        pool.add(Agent(f"p{number:03}", capacity=300, load=200 - number))
    pool.remove("p199")
    pool.update(Agent("p198", capacity=300, load=3))
    pool.update(attrs.evolve(pool["p197"], presence="away"))
    assert pool.choose(Item("T"), now=NOON).chosen == "p198"


@pytest.mark.parametrize("filters", [(Present(), HasCapacity()), (Present(),)])
def test_who_goes_before_anybody_asks_is_not_chosen(filters: tuple[Filter, ...]) -> None:
    """Nor one who was there when they were few."""
    by_load = AssignmentPolicy("by load", filters=filters)
    pool = AgentPool([Agent(f"p{number:02}", capacity=99) for number in range(40)], by_load)
    pool.remove("p00")
    pool.update(Agent("p01", capacity=99, load=9))
    pool.remove("p02")
    pool.add(Agent("p02", capacity=99, load=3))
    assert pool.choose(Item("T"), now=NOON).chosen == "p03"
    few = AgentPool([Agent("z", capacity=99)], by_load)
    assert few.choose(Item("T"), now=NOON).chosen == "z"
    few.remove("z")
    few.add(Agent("y", capacity=99))
    for number in range(90):
        assert few.choose(Item("T"), now=NOON).chosen == "y"
        few.add(Agent(f"q{number:02}", capacity=99, load=1))


def laid_down(pool: AgentPool) -> int:
    """How much lies on its ladder."""
    return len(pool._ladder.rungs) + sum(len(each.heap) for each in pool._ladder.rungs.values())


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("filters", [(Present(), HasCapacity()), (Present(),)])
@pytest.mark.parametrize("step", [MINUTE, 0 * MINUTE])
def test_a_ladder_keeps_what_is_somebodys(
    asks: bool, filters: tuple[Filter, ...], step: timedelta
) -> None:
    """Where people were, and loads that nobody has any more, do not pile up: not with what is told
    of everybody, nor with what they are given, at one instant or at many.
    """
    there = [Agent(f"p{number:02}", capacity=10**6) for number in range(40)]
    pool = AgentPool(there, AssignmentPolicy("by load", filters=filters))
    if asks:
        assert pool.choose(Item("T"), now=NOON).chosen == "p00"
    for number in range(8_000):
        name, item = f"p{number % 40:02}", Item("T", units=1 + number % 7 * (number % 200))
        pool.reserve(name, item, NOON + number * step)
        pool.release(name, item, NOON + number * step)
        pool.update(attrs.evolve(pool[name], rank=number))
    assert laid_down(pool) < (600 if asks else 1)
    assert pool.choose(Item("T"), now=NOON + 8_000 * step).chosen == "p00"


def test_what_is_given_at_one_instant_is_tidied_up_as_well() -> None:
    """By the second, or by the minute: a simulation does."""
    pool = AgentPool([Agent(f"p{number:02}", capacity=2) for number in range(40)], BARE)
    for tick in range(200):
        at = NOON + tick * MINUTE
        out = []
        for _ in range(20):
            chosen = pool.choose(Item("T"), now=at).chosen
            assert chosen is not None
            pool.reserve(chosen, Item("T"), at)
            out.append(chosen)
        for name in out:
            pool.release(name, Item("T"), at)
    assert laid_down(pool) < 600


def test_who_goes_leaves_nothing() -> None:
    """Whoever comes and goes before anybody asks, and afterwards."""
    pool = AgentPool([], AssignmentPolicy("anybody", filters=(Present(),)))
    for number in range(300):
        pool.add(Agent(f"p{number}"))
        pool.remove(f"p{number}")
    assert laid_down(pool) == 0
