"""Many items at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assign.people import NOON, agents, items, policies
from workorder.assign import Agent, AssignmentPolicy, Item, choose
from workorder.assign.batch import choose_many
from workorder.assign.scorers import Proficiency
from workorder.assign.selectors import BestScore
from workorder.errors import InvalidInput

BEST = AssignmentPolicy("best", scorers=(Proficiency(),), selector=BestScore())
LI = Agent("li", skills={"cards": 5, "loans": 5})
GAO = Agent("gao", skills={"cards": 4})
CARDS = Item("T1", skills={"cards": 1})
LOANS = Item("T2", skills={"loans": 1})


def test_the_first_does_not_take_whom_the_second_needs() -> None:
    """One after the other, Li would get the cards, and nobody the loan."""
    assert choose([LI, GAO], CARDS, now=NOON, policy=BEST).chosen == "li"
    found = choose_many([LI, GAO], [CARDS, LOANS], now=NOON, policy=BEST)
    assert found.pairs == {"T1": "gao", "T2": "li"}
    assert found.total == 200_000


def test_what_stays_back_says_why() -> None:
    """Nobody can have it, with every reason; or others needed those who could."""
    tax = Item("T3", skills={"tax": 1})
    more = Item("T4", skills={"loans": 1})
    found = choose_many([LI, GAO], [CARDS, LOANS, tax, more], now=NOON, policy=BEST)
    assert len(found.pairs) == 2
    assert [each.code for each in found.nobody["T3"]["li"]] == ["lacks_skill"]
    assert len(found.crowded) == 1


def test_urgent_first() -> None:
    """Of two that want the same one, the more urgent has them, also where it costs more."""
    slow = Item("T1", skills={"loans": 1}, priority=3)
    soon = Item("T2", skills={"loans": 1, "cards": 1}, priority=1)
    found = choose_many([LI], [slow, soon], now=NOON, policy=BEST, urgent_first=True)
    assert found.pairs == {"T2": "li"}


def test_seats() -> None:
    """As many as there is room for, counted by the largest of them."""
    there = [Agent("li", capacity=5, load=1)]
    some = [Item(f"T{n}", units=2) for n in range(4)]
    assert len(choose_many(there, some, now=NOON).pairs) == 2
    assert choose_many([], some, now=NOON).pairs == {}
    assert choose_many(there, [], now=NOON).pairs == {}


def test_twice() -> None:
    """Each item is given once."""
    with pytest.raises(InvalidInput, match="each item once"):
        choose_many([LI], [CARDS, CARDS], now=NOON)


several = st.lists(items, max_size=4).map(
    lambda found: [
        Item(f"T{n}", skills=each.skills, teams=each.teams, units=each.units)
        for n, each in enumerate(found)
    ]
)


@given(agents(), several, policies, st.randoms(use_true_random=False))
def test_nobody_over_capacity_and_nothing_forbidden(
    there: list[Agent], some: list[Item], policy: AssignmentPolicy, chance: object
) -> None:
    """Whoever gets something can have it, and all of it together; the order does not matter."""
    found = choose_many(there, some, now=NOON, policy=policy)
    known = {each.id: each for each in there}
    wanted = {each.id: each for each in some}
    held = {name: each.load for name, each in known.items()}
    for item_id, agent_id in found.pairs.items():
        item = wanted[item_id]
        held[agent_id] += item.units
        alone = AssignmentPolicy("alone", policy.filters, policy.scorers)
        assert choose([known[agent_id]], item, now=NOON, policy=alone).chosen == agent_id
    assert all(held[name] <= max(each.capacity, each.load) for name, each in known.items())
    assert sorted([*found.pairs, *found.nobody, *found.crowded]) == sorted(wanted)
    mixed, others = [*there], [*some]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]
    again = choose_many(mixed, others, now=NOON, policy=policy)
    assert (again.pairs, again.total, again.crowded) == (found.pairs, found.total, found.crowded)
