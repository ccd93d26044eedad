"""Complaints about how much people have: uneven, too much, counted wrongly."""

from collections import Counter

import attrs
from attrs import evolve

from tests.desk.routing.team import BOSS, HOUR, MINUTE, NOON, Team, handler
from workorder.assign import Agent, AssignmentPolicy, Item, choose
from workorder.assign.selectors import LeastLoad, LeastRecentlyAssigned
from workorder.errors import CommandRefused
from workorder.ticket import Claim, Dispatch, Hold, Start

LI = Agent("li", teams={"cards"}, capacity=4)
WU = Agent("wu", teams={"cards"}, capacity=4)
GAO = Agent("gao", teams={"cards"}, capacity=4)


def a_limit_makes_the_load_uneven() -> None:
    """Three people who may hold four each: after every ticket no two are further apart than one,
    however full they get.
    """
    team = Team([LI, WU, GAO])
    for number in range(1, 13):
        team.desk.assign(team.accepted().id)
        used = team.used("li", "wu", "gao")
        assert sum(used) == number
        assert max(used) - min(used) <= 1


def everybody_has_the_same_limit() -> None:
    """Li may hold one, Wu three, and Gao nine, but two of those that came by phone: the seventh
    call waits, and says of each why.
    """
    people = [
        evolve(LI, capacity=1),
        evolve(WU, capacity=3),
        evolve(GAO, capacity=9, limits={"phone": 2}),
    ]
    team = Team(people)
    for _ in range(6):
        assert team.desk.assign(team.accepted().id).to is not None
    assert team.used("li", "wu", "gao") == (1, 3, 2)
    rejections = team.desk.assign(team.accepted().id).decision.rejections
    codes = {name: reasons[0].code for name, reasons in rejections.items()}
    assert codes == {"li": "over_capacity", "wu": "over_capacity", "gao": "channel_limit"}


def people_are_overloaded_for_want_of_a_queue() -> None:
    """Two disputes and one expert, who has room for one: the other waits. After two hours the
    hotline may have it, and nobody has to look for that: time does.
    """
    expert = evolve(LI, capacity=2, skills={"disputes": 3})
    hotline = Agent("he", teams={"hotline"}, capacity=2, skills={"disputes": 2})
    team = Team([expert, hotline])
    first, second = team.accepted("dispute").id, team.accepted("dispute").id
    drained = team.desk.drain()
    assert [each.ticket.id for each in drained.routed] == [first]
    assert drained.waiting == (second,)
    assert team.used("li", "he") == (2, 0)
    for minutes in (30, 119, 120):
        assert team.now(second).assignee is None
        team.clock.now = NOON + minutes * MINUTE
        team.desk.run_due()
    assert team.now(second).assignee == "he"
    assert team.used("li", "he") == (2, 2)


def one_person_hoards_what_others_could_do() -> None:
    """Wu picks three out of the department's tray. What they picked nobody else can pick, and it
    counts: what comes next goes to Li, and a supervisor can have the rest levelled.
    """
    team = Team([LI, WU])
    for _ in range(3):
        ticket = team.accepted()
        team.desk.perform(ticket.id, Dispatch(department="cards"), actor=BOSS)
        team.desk.perform(ticket.id, Claim(), actor=handler("wu"))
        assert refused(team, ticket.id) == ["unassigned"]
    assert team.used("li", "wu") == (0, 3)
    assert team.desk.assign(team.accepted().id).to == "li"
    team.desk.level(actor=BOSS, reason="levelling")
    assert team.used("li", "wu") == (2, 2)


def refused(team: Team, ticket_id: str) -> list[str]:
    """Why Li cannot pick it; nothing, if she can."""
    try:
        team.desk.perform(ticket_id, Claim(), actor=handler("li"))
    except CommandRefused as error:
        return [each.name for each in error.refusal.unmet]
    return []


def what_waits_for_the_customer_counts_as_open() -> None:
    """Li has two tickets, both of which wait for their customers; Wu works on one. The next one
    goes to Li, whose hands are free.
    """
    team = Team([LI, WU])
    for name in ("li", "li", "wu"):
        ticket = team.accepted()
        team.desk.assign(ticket.id, to=name, reason="knows it", actor=BOSS)
        team.desk.perform(ticket.id, Start(), actor=handler(name))
        if name == "li":
            team.desk.perform(ticket.id, Hold("waiting_for_customer"), actor=handler("li"))
    assert team.used("li", "wu") == (0, 1)
    assert team.desk.assign(team.accepted().id).to == "li"


def whoever_is_quick_gets_more() -> None:
    """Li needs one round for what Wu needs three for. Whoever looks at load gives Li more for it;
    whoever looks at who was given something longest ago gives both the same.
    """
    fair, by_load = shares(LeastRecentlyAssigned()), shares(LeastLoad())
    assert fair == {"li": 30, "wu": 30}
    assert by_load["li"] > by_load["wu"]


def shares(selector: LeastLoad | LeastRecentlyAssigned) -> Counter[str]:
    """How many of sixty items each gets, one in every round; Li is through with hers after one,
    Wu after three.
    """
    rounds, policy = {"li": 1, "wu": 3}, AssignmentPolicy("one", selector=selector)
    there = {name: Agent(name, capacity=9) for name in rounds}
    until: list[tuple[int, str]] = []
    found: Counter[str] = Counter()
    for number in range(60):
        now = NOON + number * HOUR
        busy = Counter(name for end, name in until if end > number)
        there = {name: evolve(each, load=busy[name]) for name, each in there.items()}
        chosen = choose(there.values(), Item(f"T{number}"), now=now, policy=policy).chosen
        assert chosen is not None
        agent = there[chosen]
        there[chosen] = attrs.evolve(agent, assigned=(*agent.assigned, now))
        until.append((number + rounds[chosen], chosen))
        found[chosen] += 1
    return found
