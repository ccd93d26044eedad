"""What holds of every run, looked at from outside: who had what when, and who waited."""

from datetime import datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tests.simulate.desk import (
    OVERFLOW,
    PATIENCE,
    SEED,
    Cycle,
    agents,
    arrivals,
    disciplines,
    minute_of,
    plans,
    policies,
)
from workorder.assign import Agent, AssignmentPolicy, RoutingPlan
from workorder.assign.filters import AtWork, Filter, HasCapacity, InTeam
from workorder.assign.queueing import FIFO
from workorder.assign.queueing.line import AnyDiscipline
from workorder.simulate import Arrival, RoutingRun, Service, simulate

FAR = 10**9


def minute(instant: datetime | None) -> int:
    """Minutes after nine; far away where there is none."""
    return FAR if instant is None else minute_of(instant)


def stretches(run: RoutingRun) -> list[tuple[Service, int, int]]:
    """What was given to somebody, from when to when."""
    return [(each, minute(each.began), minute(each.ended)) for each in run.services if each.agent]


def load(run: RoutingRun, agent: str, at: int) -> int:
    """What somebody holds after everything that happens in that minute."""
    return sum(s.units for s, a, b in stretches(run) if s.agent == agent and a <= at < b)


def at_work(agent: Agent, at: int) -> bool:
    """Whether it is a minute of theirs."""
    return not isinstance(agent.hours, Cycle) or agent.hours.works(at)


def can(agent: Agent, arrival: Arrival, at: int, plan: RoutingPlan | None) -> bool:
    """Whether somebody may have it in that minute, apart from room."""
    widened = plan is not None and at >= minute(arrival.at) + PATIENCE
    teams = arrival.item.teams | {"loans"} if widened else arrival.item.teams
    skills = all(
        agent.skills.get(name, 0) >= max(1, level - widened)
        for name, level in arrival.item.skills.items()
    )
    return bool(teams & agent.teams) and skills and at_work(agent, at)


runs = (arrivals, agents, policies, disciplines, plans)


@given(*runs)
def test_everything_is_served_once_and_not_before_it_came(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """By somebody who may have it, at work, for as long as it takes in their time."""
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    assert sorted(each.item for each in run.services) == sorted(each.item.id for each in work)
    of, who = {each.item.id: each for each in work}, {each.id: each for each in people}
    for service, began, ended in stretches(run):
        arrival, agent = of[service.item], who[str(service.agent)]
        assert service.came == arrival.at
        assert began >= minute(arrival.at)
        assert can(agent, arrival, began, plan)
        assert service.hand_overs == arrival.item.teams.isdisjoint(agent.teams)
        worked = sum(at_work(agent, each) for each in range(began, ended))
        assert worked == minute_of(arrival.at + arrival.handling) - minute(arrival.at)
        assert began == ended or at_work(agent, ended - 1)


@given(*runs)
def test_nobody_ever_holds_more_than_they_may(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """Whenever anything began, everybody's load is within their capacity."""
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    for _, began, _ in stretches(run):
        assert all(load(run, each.id, began) <= each.capacity for each in people)


@given(*runs)
def test_nobody_waits_while_somebody_who_could_have_it_is_free(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """In every minute from the first to the last, and to the end of every cycle of hours after."""
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    began = {service.item: at for service, at, _ in stretches(run)}
    for at in range(minute(run.begin), minute(run.end) + 20):
        for arrival in work:
            if minute(arrival.at) <= at < began.get(arrival.item.id, FAR):
                assert not any(
                    can(each, arrival, at, plan)
                    and load(run, each.id, at) + arrival.item.units <= each.capacity
                    for each in people
                ), (arrival.item.id, at)


@given(arrivals, agents, policies, plans)
def test_first_come_first_served_among_those_who_ask_the_same(
    work: list[Arrival], people: list[Agent], policy: AssignmentPolicy, plan: RoutingPlan | None
) -> None:
    """Nobody who came later, and asks for no less, is served before."""
    run = simulate(work, people, policy=policy, discipline=FIFO(), plans=plan, seed=SEED)
    began = {each.item: minute(each.began) for each in run.services}
    for one in work:
        for other in work:
            alike = (one.item.teams, one.item.skills, one.item.units) == (
                other.item.teams,
                other.item.skills,
                other.item.units,
            )
            if alike and (one.at, one.item.id) < (other.at, other.item.id):
                assert began[one.item.id] <= began[other.item.id]


@given(*runs)
def test_the_order_in_which_they_are_given_makes_no_difference(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """The same arrivals and people, in any order, give the same run, to the last instant."""
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    for some in list(permutations(people))[:6]:
        again = simulate(
            work[::-1], some, policy=policy, discipline=discipline, plans=plan, seed=SEED
        )
        assert again == run


class Room(HasCapacity):
    """The same filter, as a host might write its own."""


class Team(InTeam):
    """The same filter, as a host might write its own."""


class Shift(AtWork):
    """The same filter, as a host might write its own."""


OWN: dict[type, Filter] = {HasCapacity: Room(), InTeam: Team(), AtWork: Shift()}


@given(*runs)
def test_who_is_left_out_before_a_choice_would_not_have_been_chosen(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """Where filters are not known, everybody is asked about everything: it comes out the same."""
    own = AssignmentPolicy(
        policy.name,
        [OWN.get(type(each), each) for each in policy.filters],
        policy.scorers,
        policy.selector,
    )
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    slow = simulate(work, people, policy=own, discipline=discipline, plans=plan, seed=SEED)
    assert slow == run


@given(arrivals, agents, st.integers(0, 45))
def test_an_end_cuts_off_and_changes_nothing_before(
    work: list[Arrival], people: list[Agent], after: int
) -> None:
    """What began until then began alike, and what ended until then ended alike."""
    first = min(each.at for each in work)
    until = first + after * (first.resolution * 60_000_000)
    whole = simulate(work, people, plans=OVERFLOW)
    cut = simulate(work, people, plans=OVERFLOW, until=until)
    expected = [each for each in whole.services if each.came <= until]
    assert len(cut.services) == len(expected)
    for mine, theirs in zip(cut.services, expected, strict=True):
        began = theirs.began if theirs.began is not None and theirs.began <= until else None
        ended = theirs.ended if theirs.ended is not None and theirs.ended <= until else None
        assert (mine.began, mine.ended) == (began, ended)
        assert mine.agent == (theirs.agent if began else None)


@given(*runs)
def test_time_adds_up(
    work: list[Arrival],
    people: list[Agent],
    policy: AssignmentPolicy,
    discipline: AnyDiscipline,
    plan: RoutingPlan | None,
) -> None:
    """Everybody's time, counted minute by minute."""
    run = simulate(work, people, policy=policy, discipline=discipline, plans=plan, seed=SEED)
    span = range(minute(run.begin), minute(run.end))
    assert [each.agent for each in run.people] == sorted(each.id for each in people)
    for each in run.people:
        (agent,) = [one for one in people if one.id == each.agent]
        mine = [s for s in stretches(run) if s[0].agent == agent.id]
        there = [at for at in span if at_work(agent, at)]
        loads = [load(run, agent.id, at) for at in there]
        held_any = [any(a <= at < b for _, a, b in mine) for at in there]
        one = (run.end - run.begin) / len(span) if span else run.end - run.begin
        assert each.available == len(there) * one
        assert each.held == sum(loads) * one
        assert each.busy == sum(held_any) * one
        assert each.items == len(mine)
