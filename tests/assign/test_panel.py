"""Expert panels: the fewest who have every skill, nobody who must not."""

from itertools import chain, combinations

from hypothesis import given

from tests.assign.people import NOON, agents, items
from workorder.assign import Agent, Item
from workorder.assign.context import Context
from workorder.assign.panel import USUAL, panel_for

MATTER = Item("T1", skills={"law": 2, "cards": 1, "fraud": 3}, subjects={"he"})
PEOPLE = (
    Agent("wei", skills={"law": 3, "cards": 2}, load=4),
    Agent("he", skills={"law": 5, "cards": 5, "fraud": 5}),
    Agent("shen", skills={"fraud": 4}, load=1),
    Agent("tang", skills={"cards": 3, "fraud": 3}, load=2),
    Agent("yu", skills={"law": 2}, load=1),
    Agent("zuo", skills={"law": 1, "cards": 1}),
)


def test_the_fewest_who_are_loaded_least() -> None:
    """He could do it alone, but it is about them; of the pairs, Tang and Yu hold least."""
    found = panel_for(PEOPLE, MATTER, now=NOON)
    assert (found.members, found.owner) == (("tang", "yu"), "yu")
    assert found.covers == {"tang": ("cards", "fraud"), "yu": ("law",)}
    assert [each.code for each in found.rejections["he"]] == ["own_matter"]


def test_a_skill_that_nobody_has() -> None:
    """It is named; no panel is made that could not decide."""
    found = panel_for(PEOPLE, Item("T1", skills={"law": 1, "tax": 1}), now=NOON)
    assert (found.members, found.owner, found.missing) == ((), None, ("tax",))


def test_too_many_would_be_needed() -> None:
    """A panel has its size."""
    each_one = [Agent(f"a{n}", skills={f"s{n}": 1}) for n in range(4)]
    matter = Item("T1", skills={f"s{n}": 1 for n in range(4)})
    assert panel_for(each_one, matter, now=NOON, largest=3).members == ()
    assert len(panel_for(each_one, matter, now=NOON).members) == 4


def test_without_skills_one_will_do() -> None:
    """Whoever is loaded least."""
    assert panel_for(PEOPLE, Item("T1"), now=NOON).members == ("he",)
    assert panel_for([], Item("T1"), now=NOON).members == ()


@given(agents(), items)
def test_no_smaller_panel_and_no_lighter_one(there: list[Agent], item: Item) -> None:
    """Every set of people is tried by hand."""
    context = Context(NOON)
    can = [
        each
        for each in there
        if not any(each.id in one.rejected((each,), item, context) for one in USUAL)
    ]

    def enough(some: tuple[Agent, ...]) -> bool:
        return bool(some) and all(
            any(each.skills.get(name, 0) >= level for each in some)
            for name, level in item.skills.items()
        )

    sets = chain.from_iterable(combinations(can, size) for size in range(1, len(can) + 1))
    good = [some for some in sets if enough(some)]
    found = panel_for(reversed(there), item, now=NOON, largest=len(there) or 1)
    if not good:
        assert found.members == ()
        return
    size, load = min((len(some), sum(each.load for each in some)) for some in good)
    members = [each for each in can if each.id in found.members]
    assert enough(tuple(members))
    assert (len(members), sum(each.load for each in members)) == (size, load)
    assert found.owner in found.members
