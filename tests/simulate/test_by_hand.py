"""Runs small enough to be worked out by hand."""

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.simulate.desk import MINUTE, NINE, at, comes, minute_of
from workorder.assign import Agent, AssignmentPolicy, Item, RoutingPlan, RoutingStep
from workorder.assign.queueing import PriorityFIFO
from workorder.assign.roster import Roster, Shift
from workorder.assign.scorers import Experience
from workorder.assign.selectors import BestScore, LongestIdle, PointerRoundRobin, TwoChoices
from workorder.errors import InvalidInput
from workorder.simulate import Arrival, RoutingRun, Service, Worked, compared, simulate
from workorder.sla import BusinessCalendar

GAO, LI = Agent("gao"), Agent("li")

# From nine o'clock, in minutes; by least load, then by who was given something longest ago.
#
#  0  T1 (30) comes: gao, for nobody holds anything, and gao is first by id.
#     T2 (10) comes: li, who holds less.
#  5  T3 (20) comes and waits.
#  6  T4 (10) comes and waits behind it.
# 10  li is done with T2 and gets T3, which waited 5.
# 30  gao is done with T1, li with T3. T4 waited 24: gao gets it, who was last given something at 0.
# 35  T5 (5) comes: li, at once.
# 40  Both are done. gao held something for 40 of 40 minutes, li for 10 + 20 + 5.
FIVE = (
    comes("T1", 0, 30),
    comes("T2", 0, 10),
    comes("T3", 5, 20),
    comes("T4", 6, 10),
    comes("T5", 35, 5),
)


def had(run: RoutingRun) -> list[tuple[str, str | None, int | None, int | None]]:
    """Each item, who had it, how long it waited and when it was done, in minutes."""
    return [
        (
            each.item,
            each.agent,
            None if each.began is None else run.waited(each) // MINUTE,
            None if each.ended is None else minute_of(each.ended),
        )
        for each in run.services
    ]


def test_two_people_and_five_arrivals() -> None:
    """Every wait, and everybody's time, as worked out above."""
    run = simulate(FIVE, [LI, GAO])
    assert had(run) == [
        ("T1", "gao", 0, 30),
        ("T2", "li", 0, 10),
        ("T3", "li", 5, 30),
        ("T4", "gao", 24, 40),
        ("T5", "li", 0, 40),
    ]
    assert (run.begin, run.end) == (at(0), at(40))
    assert run.mean_wait == timedelta(minutes=5, seconds=48)  # 29 / 5
    assert [run.wait(each) // MINUTE for each in (20, 60, 61, 80, 81, 95, 100)] == [
        0, 0, 5, 5, 24, 24, 24,
    ]  # fmt: skip
    assert [(each.agent, each.items, each.busy // MINUTE) for each in run.people] == [
        ("gao", 2, 40),
        ("li", 3, 35),
    ]
    assert [each.utilisation for each in run.people] == [1.0, 35 / 40]
    assert (run.utilisation, run.fairness.most) == (75 / 80, 1.0)
    assert (run.never, run.hand_overs) == (0, 0)


def test_what_nobody_can_have_blocks_nobody() -> None:
    """Fraud waits for gao; the fee behind it goes to li, who knows nothing of fraud."""
    gao = Agent("gao", skills={"fraud": 3})
    work = [
        comes("T1", 0, 30, skills={"fraud": 1}),
        comes("T2", 1, 10, skills={"fraud": 1}),  # behind T1, for 29
        comes("T3", 2, 10),  # passes it: li is free
        comes("T4", 3, 10),  # li is free again at 12
    ]
    assert had(simulate(work, [gao, LI])) == [
        ("T1", "gao", 0, 30),
        ("T2", "gao", 29, 40),
        ("T3", "li", 0, 12),
        ("T4", "li", 9, 22),
    ]


def test_who_came_with_others_is_asked_in_the_order_of_the_discipline() -> None:
    """At one instant nobody is given anything before all have come."""
    work = [
        comes("T1", 0, 5, priority=3),
        comes("T2", 0, 5, priority=1),
        comes("T3", 1, 5, priority=2),
    ]
    by_priority = simulate(work, [LI], discipline=PriorityFIFO())
    assert had(by_priority) == [("T1", "li", 10, 15), ("T2", "li", 0, 5), ("T3", "li", 4, 10)]
    first_come = simulate(work, [LI])
    assert had(first_come) == [("T1", "li", 0, 5), ("T2", "li", 5, 10), ("T3", "li", 9, 15)]


def test_who_comes_just_when_somebody_is_done_does_not_overtake_those_who_wait() -> None:
    """Li is done with T1 in the minute in which T3 comes: T2 has waited, and is next."""
    run = simulate([comes("T1", 0, 10), comes("T2", 2, 10), comes("T3", 10, 10)], [LI])
    assert had(run) == [("T1", "li", 0, 10), ("T2", "li", 8, 20), ("T3", "li", 10, 30)]


def test_who_has_been_idle_longest() -> None:
    """Who is given something is idle no more, and is again from when it is done."""
    idle = AssignmentPolicy("idle", selector=LongestIdle())
    people = [Agent("fan", idle_since=at(-5)), GAO, LI]  # the others since nine
    work = [
        comes("T1", 0, 4),  # fan
        comes("T2", 1, 1),  # gao, first by id
        comes("T3", 3, 9),  # li: idle since 0, gao since 2
        comes("T4", 4, 9),  # gao: since 2, fan since 4
        comes("T5", 5, 9),  # fan
    ]
    run = simulate(work, people, policy=idle)
    assert [each.agent for each in run.services] == ["fan", "gao", "li", "gao", "fan"]
    wide = [Agent("fan", capacity=2), Agent("gao", capacity=2)]
    # gao, for fan holds T1. At 3 fan holds it still, and gao, who is done with T2, is idle.
    still = [comes("T1", 0, 9), comes("T2", 1, 1), comes("T3", 3, 9)]
    both = simulate(still, wide, policy=idle)
    assert [each.agent for each in both.services] == ["fan", "gao", "gao"]


def test_experience_grows_by_what_is_done() -> None:
    """Gao is first by id, and known for fees as soon as the first is done."""
    people = [Agent("gao"), Agent("li")]
    work = [comes("T1", 0, 1, category="fees"), comes("T2", 5, 1, category="fees")]
    best = AssignmentPolicy("best", scorers=(Experience(9),), selector=BestScore())
    assert [each.agent for each in simulate(work, people, policy=best).services] == ["gao", "gao"]
    assert [each.agent for each in simulate(work, people).services] == ["gao", "li"]


def test_what_waits_for_a_later_shift_is_not_given_up() -> None:
    """Others come to work more than once before the only one does who can have it."""
    daily = BusinessCalendar("UTC", "Mo-Su 09:00-17:00")
    friday = BusinessCalendar("UTC", "Fr 09:00-17:00")
    people = [Agent("gao", hours=daily), Agent("wu", skills={"fraud": 3}, hours=friday)]
    work = [
        comes("T1", 0, 60, skills={"fraud": 1}),
        comes("T2", 0, 60, skills={"fraud": 1}),
        comes("T3", 0, 60, skills={"tax": 1}),
    ]
    day = 24 * 60  # it is Wednesday
    assert had(simulate(work, people)) == [
        ("T1", "wu", 2 * day, 2 * day + 60),
        ("T2", "wu", 2 * day + 60, 2 * day + 120),
        ("T3", None, None, None),
    ]
    whole = comes("T1", 0, 8 * 60, skills={"fraud": 1})  # all of Friday
    assert had(simulate([whole, work[1]], people))[1] == ("T2", "wu", 9 * day, 9 * day + 60)


def test_lines_of_several_teams_are_one_order_for_whoever_is_in_both() -> None:
    """li, in both teams, takes who came first, whichever line it is in."""
    both = Agent("li", teams={"cards", "loans"})
    work = [
        comes("T1", 0, 10, "cards"),
        comes("T4", 1, 1, "loans"),
        comes("T3", 2, 1, "cards"),
        comes("T2", 3, 1, "loans"),
    ]
    run = simulate(work, [both])
    assert [(each.item, each.began and minute_of(each.began)) for each in run.services] == [
        ("T1", 0),
        ("T4", 10),
        ("T3", 11),
        ("T2", 12),
    ]


def test_an_overflow_is_a_hand_over() -> None:
    """After ten minutes loans may have what cards has no time for."""
    li, wu = Agent("li", teams={"cards"}), Agent("wu", teams={"loans"})
    plan = RoutingPlan("overflow", (RoutingStep(after=10 * MINUTE, teams={"loans"}),))
    work = [
        comes("T1", 0, 30, "cards"),
        comes("T2", 0, 30, "cards"),  # at 10 wu may have it
        comes("T3", 5, 30, "cards"),  # at 15 wu may have it, but is busy; li is free at 30
    ]
    run = simulate(work, [li, wu], plans={"cards": plan})
    assert had(run) == [("T1", "li", 0, 30), ("T2", "wu", 10, 40), ("T3", "li", 25, 60)]
    assert [each.hand_overs for each in run.services] == [0, 1, 0]
    assert had(simulate(work, [li, wu], plans=plan)) == had(run)
    assert simulate(work, [li, wu], plans={"loans": plan}).hand_overs == 0


def test_work_stops_when_people_go_home() -> None:
    """Half an hour before noon there is room for half of it; the rest follows at one."""
    counter = BusinessCalendar("UTC", "Mo-Fr 09:00-12:00,13:00-18:00")
    morning = datetime(2026, 9, 30, 11, 30, tzinfo=UTC)  # a Wednesday
    hour = timedelta(hours=1)
    work = [
        Arrival(Item("T1"), morning, hour),  # until 13:30
        Arrival(Item("T2"), morning + hour, 5 * hour),  # from 13:30, until Thursday 09:30
        Arrival(Item("T3"), morning + 9 * hour, hour),  # from Thursday 09:30
    ]
    run = simulate(work, [Agent("li", hours=counter)])
    assert [(f"{each.began:%d %H:%M}", f"{each.ended:%d %H:%M}") for each in run.services] == [
        ("30 11:30", "30 13:30"),
        ("30 13:30", "01 09:30"),
        ("01 09:30", "01 10:30"),
    ]
    assert [run.waited(each) / hour for each in run.services] == [0, 1, 13]
    (li,) = run.people
    assert (li.available, li.busy, li.utilisation) == (7 * hour, 7 * hour, 1.0)
    counted = simulate(work, [Agent("li", hours=counter)], waiting_in=counter)
    assert [counted.waited(each) / hour for each in counted.services] == [0, 0.5, 0.5]
    assert counted.wait(100) == hour / 2


def test_who_comes_to_work_finds_what_waits() -> None:
    """What came at night is given out when a shift begins, and not before."""
    shift = Roster("UTC", [Shift(first=NINE.date(), start=time(9), end=time(17))])
    night = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)
    hour = timedelta(hours=1)
    run = simulate([Arrival(Item("T1"), night, hour)], [Agent("li", hours=shift)])
    (only,) = run.services
    assert (only.began, only.ended) == (NINE, NINE + hour)


def test_what_nobody_can_ever_have_ends_the_run() -> None:
    """A skill that nobody has, and a desk that opens every day: the run ends all the same."""
    counter = BusinessCalendar("UTC", "Mo-Fr 09:00-17:00")
    work = [comes("T1", 0, 60, skills={"fraud": 1}), comes("T2", 0, 60)]
    run = simulate(work, [Agent("li", hours=counter)])
    assert had(run) == [("T1", None, None, None), ("T2", "li", 0, 60)]
    assert (run.never, run.end, run.wait(100)) == (1, at(60), 60 * MINUTE)


def test_a_run_may_be_ended() -> None:
    """At ten minutes T2 is in hand, T3 waits, and T4 has not come."""
    work = [comes("T1", 0, 5), comes("T2", 0, 20), comes("T3", 2, 5), comes("T4", 11, 5)]
    run = simulate(work, [LI], until=at(10))
    assert had(run) == [("T1", "li", 0, 5), ("T2", "li", 5, None), ("T3", None, None, None)]
    assert run.waits == (0 * MINUTE, 5 * MINUTE, 8 * MINUTE)
    assert run.people[0].held == 10 * MINUTE


def test_two_at_once() -> None:
    """Somebody who may hold two units is busy while they hold one, and half used."""
    run = simulate([comes("T1", 0, 10), comes("T2", 5, 15)], [Agent("li", capacity=2)])
    (li,) = run.people
    assert had(run) == [("T1", "li", 0, 10), ("T2", "li", 0, 20)]
    assert (li.busy, li.held, li.utilisation) == (20 * MINUTE, 25 * MINUTE, 25 / 40)


def test_turns_are_kept_for_each_team() -> None:
    """Who is next among those of cards does not depend on what loans was given in between."""
    people = [Agent(name, teams={"cards"}, capacity=9) for name in ("fan", "gao", "li")]
    people += [Agent("zhu", teams={"loans"}, capacity=9)]
    in_turn = AssignmentPolicy("in turn", selector=PointerRoundRobin())
    teams = ("cards", "loans", "cards", "loans", "cards", "cards")
    work = [comes(f"T{n}", n, 1, team) for n, team in enumerate(teams)]
    run = simulate(work, people, policy=in_turn)
    assert [each.agent for each in run.services] == ["fan", "zhu", "gao", "zhu", "li", "fan"]


def test_an_item_waits_since_it_first_came() -> None:
    """What waited elsewhere before has its place in the line, and its plan goes on from there."""
    before = comes("T2", 5, 10, enqueued=at(-20))
    run = simulate([comes("T0", 0, 30), comes("T1", 4, 10), before], [LI])
    assert had(run) == [("T0", "li", 0, 30), ("T1", "li", 36, 50), ("T2", "li", 50, 40)]


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("arrivals: expected at least one, found 'none'", lambda: simulate([], [LI])),
        (
            "arrivals: expected each item once, found 'T1'",
            lambda: simulate([comes("T1", 0, 1), comes("T1", 2, 1)], [LI]),
        ),
        (
            "agents: expected each agent once, found li",
            lambda: simulate([comes("T1", 0, 1)], [LI, Agent("li", capacity=2)]),
        ),
        (
            "until: expected 2026-09-30T09:05:00+00:00 or later, found '2026-09-30T09:04:00",
            lambda: simulate([comes("T1", 5, 1)], [LI], until=at(4)),
        ),
        ("seed: expected a whole number", lambda: simulate(
            FIVE, [LI, GAO], policy=AssignmentPolicy("two", selector=TwoChoices()))),
        ("handling: expected a length of time", lambda: comes("T1", 0, -1)),
        ("enqueued: expected at 2026-09-30T09:00", lambda: comes("T1", 0, 1, enqueued=at(1))),
        ("percent: expected from 1 to 100, found 0", lambda: simulate(FIVE, [LI]).wait(0)),
    ],
)  # fmt: skip
def test_what_cannot_be_run_says_so(said: str, how: object) -> None:
    """Errors name what was found and what was expected."""
    with pytest.raises(InvalidInput) as caught:
        how()  # type: ignore[operator]
    assert said in str(caught.value)


TABLE = """\
Compared
policy                  items  never served   mean wait  median    95 %  longest  \
utilisation %  least   most  hand-overs   Jain   Gini
----------------------  -----  ------------  ----------  ------  ------  -------  \
-------------  -----  -----  ----------  -----  -----
as it was                   1             0      30 min  30 min  30 min   30 min  \
         25.0   25.0   25.0           3  1.000  0.000
least load, two people      5             0  5 min 48 s   0 min  24 min   24 min  \
         93.8   87.5  100.0           0  0.996  0.033"""


def test_runs_are_compared_in_one_table() -> None:
    """A row for each policy, in both languages; what a log says may stand beside them."""
    was = RoutingRun(
        "as it was",
        at(0),
        at(60),
        (Service(item="T1", came=at(0), began=at(30), hand_overs=3),),
        (
            Worked(
                agent="li",
                items=1,
                capacity=2,
                busy=30 * MINUTE,
                held=30 * MINUTE,
                available=60 * MINUTE,
            ),
        ),
    )
    runs = [was, simulate(FIVE, [LI, GAO], name="least load, two people")]
    assert compared(runs).text() == TABLE
    chinese = compared(runs, "zh-CN")
    assert chinese.title == "对比"
    assert chinese.columns[:5] == ("策略", "件数", "始终无人受理", "平均等待", "中位数")
    assert chinese.rows[1][3] == "5 分 48 秒"


def test_a_run_tells_how_much_everybody_had_to_do() -> None:
    """The figures, and a line for each person."""
    run = simulate(FIVE, [LI, GAO])
    lines = run.text().splitlines()
    assert lines[0] == "2026-09-30 09:00 – 2026-09-30 09:40 UTC"
    assert lines[5:] == [
        "People",
        "agent  items  capacity    busy  at work  utilisation %",
        "-----  -----  --------  ------  -------  -------------",
        "gao        2         1  40 min   40 min          100.0",
        "li         3         1  35 min   40 min           87.5",
    ]
    assert "在办时长" in run.text("zh-CN")
    assert run.as_data()["mean_wait"] == 348.0
