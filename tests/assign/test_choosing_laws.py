"""Laws of every choice: who cannot have it does not, and nothing depends on what it should not."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.assign.people import NOON, agents, items, policies, seeds
from workorder.assign import (
    Agent,
    AssignmentDecision,
    AssignmentPolicy,
    Context,
    Item,
    Override,
    choose,
    decision_data,
    decision_from_data,
    replay,
)
from workorder.assign.replaying import same
from workorder.assign.selectors import PointerRoundRobin, SmoothWeightedRoundRobin
from workorder.canonical import decode, encode


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Agent], Item, AssignmentPolicy, int]:
    """Who is there, what is to be done, how it is decided, and what chance says."""
    return draw(agents()), draw(items), draw(policies), draw(seeds)


Question = tuple[list[Agent], Item, AssignmentPolicy, int]


def decided(question: Question, **more: object) -> AssignmentDecision:
    """The decision."""
    there, item, policy, seed = question
    return choose(there, item, now=NOON, policy=policy, seed=seed, **more)  # type: ignore[arg-type]


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_agents_does_not_matter(question: Question, chance: st.DataObject) -> None:
    """However they are given, the same one is chosen, and the same is said."""
    there, item, policy, seed = question
    mixed = [*there]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = decided(question), decided((mixed, item, policy, seed))
    assert (one.chosen, one.ranking, one.totals, one.turn) == (
        other.chosen,
        other.ranking,
        other.totals,
        other.turn,
    )
    assert one.parts == other.parts
    assert one.rejections == other.rejections


@given(questions())
def test_everybody_is_ranked_or_passed_over(question: Question) -> None:
    """Each is in one of the two, and who is passed over is told every reason, by asking alone."""
    there, item, policy, _ = question
    found = decided(question)
    assert sorted([*found.ranking, *found.rejections]) == sorted(each.id for each in there)
    assert (found.chosen is None) == (not found.ranking)
    assert found.chosen in (None, *found.ranking[:1])
    context = Context(NOON)
    for agent in there:
        alone = [each.rejected((agent,), item, context).get(agent.id) for each in policy.filters]
        reasons = tuple(each for each in alone if each is not None)
        assert found.rejections.get(agent.id, ()) == reasons


@given(questions())
def test_nobody_is_given_more_than_they_can_hold(question: Question) -> None:
    """Where room is asked for, there is room; and nobody acts in a matter of their own."""
    there, item, policy, _ = question
    chosen = next((each for each in there if each.id == decided(question).chosen), None)
    asked = {each.name for each in policy.filters}
    if chosen is not None and "has_capacity" in asked:
        assert chosen.load + item.units <= chosen.capacity
    if chosen is not None and "no_conflict" in asked:
        assert chosen.id not in item.subjects | {item.customer}
        assert chosen.conflicts.isdisjoint(item.subjects | {item.customer})
    if chosen is not None and "apart_from_involved" in asked:
        assert chosen.id not in item.involved


@given(questions(), st.data())
def test_an_override_passes_what_is_not_hard(question: Question, data: st.DataObject) -> None:
    """Whoever is named gets it, unless a hard filter is against them; the reasons stay visible."""
    there, item, policy, _ = question
    if not there:
        return
    named = data.draw(st.sampled_from(there))
    found = decided(question, override=Override(named.id, "the customer asked for them"))
    context = Context(NOON)
    hard = [each for each in policy.filters if each.hard]
    barred = any(each.rejected((named,), item, context) for each in hard)
    assert found.chosen == (None if barred else named.id)
    assert found.by == "override"
    assert found.rejections == decided(question).rejections


@given(questions())
def test_a_decision_is_kept_and_taken_again(question: Question) -> None:
    """Written down and read back, it is the same, and so is what comes of it under its policy."""
    _, _, policy, _ = question
    found = decided(question)
    data = decision_data(found)
    again = decision_from_data(decode(encode(data)))
    assert decision_data(again) == data
    assert same(replay(again, policy), found)
    assert found.digest == policy.digest


@given(questions())
def test_less_detail_is_the_same_decision(question: Question) -> None:
    """What is left out is left out; what is kept is what the whole one says."""
    whole = decided(question)
    for detail in ("chosen", "winner"):
        less = decided(question, detail=detail)
        assert (less.chosen, less.by, less.turn) == (whole.chosen, whole.by, whole.turn)
        assert not less.rejections
        assert not less.candidates
    winner = decided(question, detail="winner")
    assert list(winner.ranked()) == list(whole.ranked())[:1]
    assert winner.passed_over == whole.passed_over


@given(questions())
def test_totals_are_what_the_parts_add_up_to(question: Question) -> None:
    """Each from 0 to 1, weighed as the policy says, and the ranking of the best score follows."""
    _, _, policy, _ = question
    found = decided(question)
    whole = sum(Fraction(each.weight) for each in policy.scorers)
    for each in found.ranked():
        assert all(0 <= part <= 1 for part in each.parts.values())
        if policy.scorers:
            exact = sum(
                Fraction(one.weight) / whole * Fraction(each.parts[one.scorer.name])
                for one in policy.scorers
            )
            assert abs(float(exact) - each.score) < 1e-9
    if policy.selector.name == "best_score" and found.by == "best_score":
        assert list(found.totals) == sorted(found.totals, reverse=True)


@given(st.integers(1, 7), st.integers(1, 40))
def test_round_robin_spreads_within_one(people: int, number: int) -> None:
    """As long as nobody comes or goes, nobody has had two more than anybody else."""
    there = [Agent(f"a{each}", capacity=1) for each in range(people)]
    policy = AssignmentPolicy("in turn", selector=PointerRoundRobin())
    had = dict.fromkeys((each.id for each in there), 0)
    turn: dict[str, object] = {}
    for each in range(number):
        found = choose(there, Item(f"T{each}"), now=NOON, policy=policy, turn=turn)
        assert found.chosen is not None
        had[found.chosen] += 1
        turn = dict(found.turn)
        assert max(had.values()) - min(had.values()) <= 1


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(1, 3))
def test_weighted_turns_come_out_exactly(weights: list[int], rounds: int) -> None:
    """In as many choices as there is weight, each has had their weight of them, and the counts
    stand as they stood.
    """
    there = [Agent(f"a{n}", capacity=1, weight=weight) for n, weight in enumerate(weights)]
    policy = AssignmentPolicy("weighted", selector=SmoothWeightedRoundRobin())
    had = dict.fromkeys((each.id for each in there), 0)
    turn: dict[str, object] = {}
    for each in range(rounds * sum(weights)):
        found = choose(there, Item(f"T{each}"), now=NOON, policy=policy, turn=turn)
        assert found.chosen is not None
        had[found.chosen] += 1
        turn = dict(found.turn)
    assert had == {each.id: rounds * each.weight for each in there}
    assert set(turn["current"].values()) == {0}  # type: ignore[attr-defined]
