"""Choosing: who gets it, what is said about it, and what goes wrong on the way."""

import math
from datetime import datetime

import pytest

from tests.assign.people import HOUR, NOON
from workorder.assign import (
    Agent,
    AssignmentPolicy,
    Item,
    Override,
    Rejection,
    choose,
    replay,
    what_if,
)
from workorder.assign.filters import HasCapacity, NoConflict, Own, Present
from workorder.assign.scorers import (
    ByAttribute,
    Experience,
    LowLoad,
    OwnScore,
    Proficiency,
    ShiftLeft,
    SkillFit,
    Weighted,
)
from workorder.assign.selectors import (
    BestScore,
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
    PointerRoundRobin,
    SmoothWeightedRoundRobin,
    TwoChoices,
)
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar

LI = Agent("li", teams={"cards"}, skills={"cards": 3, "fraud": 1}, capacity=4, load=1)
GAO = Agent("gao", teams={"cards"}, skills={"cards": 5}, capacity=4, load=3)
WU = Agent("wu", teams={"loans"}, skills={"loans": 4}, capacity=4)
TEAM = [LI, GAO, WU]


def chosen(policy: AssignmentPolicy, item: Item | None = None, **more: object) -> str | None:
    """Who of the team gets it."""
    return choose(TEAM, item or Item("T1"), now=NOON, policy=policy, **more).chosen  # type: ignore[arg-type]


# --- who can --------------------------------------------------------------------------------------


def test_every_reason_is_said() -> None:
    """Not the first one alone: whoever reads it wants to know what would have to change."""
    away = Agent("sun", presence="away", capacity=1, load=1, conflicts={"C-1"})
    item = Item("T1", teams={"cards"}, skills={"cards": 2}, language="yue", customer="C-1")
    decision = choose([away], item, now=NOON)
    assert decision.chosen is None
    assert [each.code for each in decision.rejections["sun"]] == [
        "conflict_of_interest",
        "not_present",
        "other_team",
        "lacks_skill",
        "lacks_language",
        "over_capacity",
    ]
    assert decision.text() == (
        "T1 goes to nobody: nobody of 1 can have it\n"
        "Passed over:\n"
        "  - sun: must not act in a matter of C-1; is away; is in none of cards; "
        "cards: has level 0, needs 2; does not speak yue; holds 1 of 1 units; this takes 1"
    )


def test_the_same_in_chinese() -> None:
    """For the supervisor who asks why nobody had it."""
    decision = choose([Agent("sun", capacity=0)], Item("T1"), now=NOON)
    assert decision.text("zh-CN") == (
        "T1 无人可派：1 名候选人均不符合条件\n未选原因：\n  - sun: 已占用 0/0 个单位，本件需 1 个"
    )


def test_nobody_there() -> None:
    """No fallback: nobody gets it, and that is said."""
    assert choose([], Item("T1"), now=NOON).text() == "T1 goes to nobody: nobody was asked"


def test_hours_of_work() -> None:
    """Noon is lunch in Shanghai; whoever has no hours is always there."""
    desk = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00")
    there = [Agent("li", hours=desk), Agent("gao")]
    decision = choose(there, Item("T1"), now=NOON)
    assert decision.chosen == "gao"
    assert [each.code for each in decision.rejections["li"]] == ["off_hours"]
    assert replay(decision, AssignmentPolicy()) == decision


def test_limits_of_a_channel() -> None:
    """Two calls at once are too many, however much room there is."""
    busy = Agent("li", capacity=9, limits={"phone": 1}, held={"phone": 1})
    decision = choose([busy], Item("T1", channel="phone"), now=NOON)
    assert decision.rejections["li"][0].text() == "holds 1 of 1 items of phone"
    assert choose([busy], Item("T1", channel="mail"), now=NOON).chosen == "li"


def test_who_declined_it_cools_down() -> None:
    """For ever, unless a policy says for how long."""
    from workorder.assign.filters import NotDeclined

    item = Item("T1", declined={"li": NOON - HOUR})
    for cool_down, expected in ((None, None), (2 * HOUR, None), (HOUR, "li")):
        policy = AssignmentPolicy("p", filters=(NotDeclined(cool_down),))
        assert choose([LI], item, now=NOON, policy=policy).chosen == expected


# --- who is the best ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        (LeastLoad(), "wu"),
        (LeastUtilization(), "wu"),
        (MostSpare(), "wu"),
        (LeastRecentlyAssigned(), "c"),
        (LongestIdle(), "b"),
        (PointerRoundRobin(), "a"),
        (SmoothWeightedRoundRobin(), "c"),
    ],
)
def test_what_each_selector_looks_at(selector: object, expected: str) -> None:
    """Each at one thing, which its name says."""
    there = [
        Agent("a", capacity=9, load=4, assigned=[NOON - HOUR], idle_since=NOON - HOUR),
        Agent("b", capacity=9, load=4, assigned=[NOON - 2 * HOUR], idle_since=NOON - 2 * HOUR),
        Agent("c", capacity=9, load=4, weight=3),
        Agent("wu", capacity=9, load=3, assigned=[NOON]),
    ]
    policy = AssignmentPolicy("p", selector=selector)  # type: ignore[arg-type]
    decision = choose(there, Item("T1"), now=NOON, policy=policy)
    assert decision.chosen == expected
    assert selector.by[-1] == "id"  # type: ignore[attr-defined]


def test_the_last_comparison_is_the_id() -> None:
    """Two who stand the same are never drawn for: the one whose id comes first has it."""
    for selector in (BestScore(), LeastLoad(), LongestIdle(), MostSpare(), PointerRoundRobin()):
        policy = AssignmentPolicy("p", selector=selector)
        there = [Agent(name) for name in ("c", "a", "b")]
        found = choose(there, Item("T1"), now=NOON, policy=policy)
        assert found.ranking == ("a", "b", "c")


def test_two_choices_is_drawn_from_the_seed() -> None:
    """Each two are drawn as often, the better one gets it, and the same seed draws the same."""
    there = [Agent(f"a{n}", capacity=9, load=n) for n in range(4)]
    policy = AssignmentPolicy("p", selector=TwoChoices())
    had: dict[str | None, int] = {}
    for seed in range(12):
        found = choose(there, Item("T1"), now=NOON, policy=policy, seed=seed)
        assert replay(found, policy) == found
        had[found.chosen] = had.get(found.chosen, 0) + 1
    assert had == {"a0": 6, "a1": 4, "a2": 2}  # of six pairs, each drawn twice
    with pytest.raises(InvalidInput, match="seed"):
        choose(there, Item("T1"), now=NOON, policy=policy)


def test_scores_weigh_what_the_policy_says() -> None:
    """Proficiency speaks for Gao, room for Li; the weights decide, and the parts are kept."""
    item = Item("T1", skills={"cards": 3})
    for weight, expected in ((1, "li"), (3, "gao")):
        policy = AssignmentPolicy(
            "p", scorers=(Weighted(Proficiency(), weight), LowLoad(4)), selector=BestScore()
        )
        decision = choose(TEAM, item, now=NOON, policy=policy)
        assert decision.chosen == expected
        parts = {each.agent: dict(each.parts) for each in decision.ranked()}
        assert parts == {
            "li": {"proficiency": 0.6, "low_load": 0.75},
            "gao": {"proficiency": 1.0, "low_load": 0.25},
        }


def test_skill_fit_keeps_the_best_for_what_needs_them() -> None:
    """A simple matter goes to whoever can just do it."""
    policy = AssignmentPolicy("p", scorers=(SkillFit(),), selector=BestScore())
    assert chosen(policy, Item("T1", skills={"cards": 3})) == "li"
    assert chosen(policy, Item("T1", skills={"cards": 4})) == "gao"


def test_experience_counts_by_category() -> None:
    """What somebody has done of other categories does not count."""
    there = [Agent("li", done={"loans": 99}), Agent("gao", done={"cards": 1})]
    policy = AssignmentPolicy("p", scorers=(Experience(),), selector=BestScore())
    decision = choose(there, Item("T1", category="cards"), now=NOON, policy=policy)
    assert decision.chosen == "gao"


def test_time_left_in_the_shift() -> None:
    """Half an hour before they go is too late for two hours of work."""
    late = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:30")
    early = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00")
    there = [Agent("li", hours=late), Agent("wu", hours=early)]
    policy = AssignmentPolicy("p", scorers=(ShiftLeft(),), selector=BestScore())
    decision = choose(there, Item("T1", estimate=2 * HOUR), now=NOON, policy=policy)
    assert [(each.agent, each.score) for each in decision.ranked()] == [("wu", 1.0), ("li", 0.25)]


def test_the_relationship_manager_first_but_never_past_a_filter() -> None:
    """Somebody who should have it has it, if they can; and takes nobody's turn by that."""
    policy = AssignmentPolicy("p", affinity=("relationship_manager", "last_agent"))
    item = Item("T1", preferred={"last_agent": "li", "relationship_manager": "gao"})
    decision = choose(TEAM, item, now=NOON, policy=policy)
    assert (decision.chosen, decision.by) == ("gao", "affinity.relationship_manager")
    assert decision.ranking == ("gao", "wu", "li")
    full = [Agent("gao", capacity=1, load=1), LI, WU]
    assert choose(full, item, now=NOON, policy=policy).by == "affinity.last_agent"
    assert choose([WU], item, now=NOON, policy=policy).by == "least_load"
    turns = AssignmentPolicy("t", affinity=("last_agent",), selector=PointerRoundRobin())
    assert choose(TEAM, item, now=NOON, policy=turns, turn={"last": "gao"}).turn == {"last": "gao"}


# --- named by a person ----------------------------------------------------------------------------


def test_a_supervisor_names_somebody() -> None:
    """Presence and room give way to a reason; a conflict of interest does not."""
    full = Agent("li", presence="away", capacity=1, load=1)
    named = Override("li", "knows the family")
    decision = choose([full, GAO], Item("T1"), now=NOON, override=named)
    assert (decision.chosen, decision.by) == ("li", "override")
    assert decision.text().splitlines()[0] == "T1 goes to li: named, because: knows the family"
    item = Item("T1", subjects={"li"})
    decision = choose([full, GAO], item, now=NOON, override=named)
    assert decision.chosen is None
    assert decision.text().splitlines()[0] == (
        "T1 goes to nobody: li was named, but must not have it"
    )
    with pytest.raises(InvalidInput, match=r"override\.agent: expected one of li, found 'lee'"):
        choose([LI], Item("T1"), now=NOON, override=Override("lee", "x"))
    with pytest.raises(InvalidInput, match="reason"):
        Override("li", "")


# --- a host's own ---------------------------------------------------------------------------------


def test_a_rule_of_a_host() -> None:
    """In one function; its sentence is the host's own."""

    def judge(agent: Agent, item: Item, context: object) -> Rejection | None:
        return Rejection("junior", {}, {"en": "is too junior"}) if agent.rank < 2 else None

    policy = AssignmentPolicy("p", filters=(Own("senior", judge),))
    decision = choose([LI, Agent("head", rank=3)], Item("T1"), now=NOON, policy=policy)
    assert decision.chosen == "head"
    assert decision.rejections["li"][0].text() == "is too junior"


def test_a_rule_that_raises_lets_nobody_through() -> None:
    """The decision says which rule it was, and what it said."""

    def judge(agent: Agent, item: Item, context: object) -> Rejection | None:
        raise KeyError("branch")

    decision = choose([LI], Item("T1"), now=NOON, policy=AssignmentPolicy("p", (Own("x", judge),)))
    assert decision.chosen is None
    assert decision.rejections["li"][0].text() == "the filter “x” failed: KeyError: 'branch'"


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (math.nan, "nan is not from 0 to 1"),
        (1.5, "1.5 is not from 0 to 1"),
        (-0.1, "-0.1 is not from 0 to 1"),
        (math.inf, "inf is not from 0 to 1"),
        ("high", "'high' is no number"),
        (None, "None is no number"),
        (ZeroDivisionError("none"), "ZeroDivisionError: none"),
    ],
)
def test_a_score_that_is_none(score: object, said: str) -> None:
    """Whoever has it is passed over; the others are chosen from."""

    def estimate(agent: Agent, item: Item, context: object) -> float:
        if agent.id != "li":
            return 0.1
        if isinstance(score, Exception):
            raise score
        return score  # type: ignore[return-value]  # what is tried

    policy = AssignmentPolicy("p", (), (OwnScore("quality", estimate),), BestScore())
    decision = choose(TEAM, Item("T1"), now=NOON, policy=policy)
    assert decision.chosen == "wu"
    assert [each.text() for each in decision.rejections["li"]] == [
        f"the scorer “quality” failed: {said}"
    ]


def test_an_attribute_of_a_host() -> None:
    """Quality in percent; whoever has none gets what the policy says."""
    there = [
        Agent("li", attributes={"quality": 80}),
        Agent("gao", attributes={"quality": "good"}),
        Agent("wu"),
    ]
    policy = AssignmentPolicy(
        "p", scorers=(ByAttribute("quality", 100, 0.5),), selector=BestScore()
    )
    decision = choose(there, Item("T1"), now=NOON, policy=policy)
    assert [(each.agent, each.score) for each in decision.ranked()] == [("li", 0.8), ("wu", 0.5)]
    assert "expected a number" in decision.rejections["gao"][0].text()


# --- afterwards -----------------------------------------------------------------------------------


def test_what_another_policy_would_have_done() -> None:
    """Those that come out with somebody else, one line each."""
    decisions = [choose(TEAM, Item(name), now=NOON) for name in ("T1", "T2")]
    other = AssignmentPolicy("by id", selector=PointerRoundRobin())
    assert [each.text for each in what_if(decisions, other)] == ["T1: wu → gao", "T2: wu → gao"]
    assert list(what_if(decisions, AssignmentPolicy())) == []
    with pytest.raises(InvalidInput, match="one of full detail"):
        replay(choose(TEAM, Item("T1"), now=NOON, detail="winner"), other)


def test_policies_have_digests() -> None:
    """Another weight, another comparison inside a selector: another policy."""
    plain = AssignmentPolicy("p", scorers=(LowLoad(),), selector=BestScore())
    same = AssignmentPolicy("p", scorers=(Weighted(LowLoad(), 1.0),), selector=BestScore())
    assert plain.digest == same.digest
    others = [
        AssignmentPolicy("p", scorers=(LowLoad(5),), selector=BestScore()),
        AssignmentPolicy("p", scorers=(LowLoad(),), selector=BestScore(MostSpare())),
        AssignmentPolicy("p", filters=(Present(),), scorers=(LowLoad(),), selector=BestScore()),
        AssignmentPolicy("q", scorers=(LowLoad(),), selector=BestScore()),
    ]
    assert len({plain.digest, *(each.digest for each in others)}) == 5


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"capacity": -1}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"load": 1.5}, "load"),
        ({"skills": {"cards": 6}}, r"skills\.cards"),
        ({"skills": {"cards": 0}}, r"skills\.cards"),
        ({"limits": {"phone": -1}}, r"limits\.phone"),
        ({"weight": 0}, "weight"),
        ({"presence": "lunch"}, "presence"),
        ({"teams": "cards"}, "names"),
        ({"since": datetime(2026, 1, 1)}, "instant"),
        ({"assigned": [datetime(2026, 1, 1)]}, "instant"),
    ],
)
def test_agents_that_cannot_be(parts: dict[str, object], name: str) -> None:
    """The error names the attribute, and what was found."""
    with pytest.raises(InvalidInput, match=name):
        Agent("li", **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "parts",
    [
        {"skills": {"cards": 9}},
        {"units": -1},
        {"teams": "cards"},
        {"estimate": -HOUR},
        {"due": datetime(2026, 1, 1)},
        {"declined": {"li": datetime(2026, 1, 1)}},
    ],
)
def test_items_that_cannot_be(parts: dict[str, object]) -> None:
    """As agents."""
    with pytest.raises(InvalidInput):
        Item("T1", **parts)  # type: ignore[arg-type]


def test_questions_that_cannot_be_answered() -> None:
    """Two agents with one id, no instant, a turn of something else."""
    with pytest.raises(InvalidInput, match="each agent once, found li"):
        choose([LI, LI], Item("T1"), now=NOON)
    with pytest.raises(InvalidInput, match="now"):
        choose([LI], Item("T1"), now=datetime(2026, 1, 1))
    for seed in (-1, 2**63, 1.5):
        with pytest.raises(InvalidInput, match="seed: expected a whole number of at most 63 bits"):
            choose([LI], Item("T1"), now=NOON, seed=seed)  # type: ignore[arg-type]
    for selector in (PointerRoundRobin(), SmoothWeightedRoundRobin()):
        policy = AssignmentPolicy("p", selector=selector)
        with pytest.raises(InvalidInput, match="turn"):
            choose([LI], Item("T1"), now=NOON, policy=policy, turn={"last": 7, "current": 7})


def test_a_policy_with_two_of_a_name() -> None:
    """Its decisions could not say which of them it was."""
    with pytest.raises(InvalidInput, match="filters: expected each name once, found has_capacity"):
        AssignmentPolicy("p", filters=(HasCapacity(), NoConflict(), HasCapacity()))
    with pytest.raises(InvalidInput, match="weight"):
        Weighted(LowLoad(), 0)
    with pytest.raises(InvalidInput, match="full"):
        LowLoad(0)


def test_less_than_nothing_left() -> None:
    """A shift that ended, an instant that is yet to come: no score is less than 0."""
    over = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-10:00")
    policy = AssignmentPolicy("p", (), (ShiftLeft(),), BestScore())
    decision = choose([Agent("li", hours=over)], Item("T1"), now=NOON, policy=policy)
    assert decision.totals == (0.0,)
