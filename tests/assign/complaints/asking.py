"""Complaints about what is asked and what is told: rules that do not fire, pairs that must not be,
no reason given.
"""

from itertools import permutations

from tests.desk.routing.team import INTAKE, NOON, Team
from workorder.assign import Agent, AssignmentPolicy, Item, batch, decision_from_data
from workorder.assign.scorers import LowLoad
from workorder.ticket import Accept, NotAssigned


def what_came_by_mail_is_not_assigned() -> None:
    """Tickets that came by mail, by phone and through the web: one is as the other. What waits is
    found by the state in which it is, not by the door through which it came.
    """
    team = Team([Agent("li", teams={"cards"}, capacity=9)])
    opened = {}
    for channel in ("phone", "email", "web"):
        ticket = team.desk.open(
            "complaint",
            customer="C-1",
            channel=channel,
            department="cards",
            fields={"title": "card", "category": "atm"},
            actor=INTAKE,
        )
        team.desk.perform(ticket.id, Accept(), actor=INTAKE)
        opened[ticket.id] = channel
    routed = team.desk.drain().routed
    assert {opened[each.ticket.id] for each in routed} == set(opened.values())


def nobody_says_why_it_waits() -> None:
    """Every reason against everybody, not the first one, and not how many there are of each: in
    the history, in both languages, for as long as that is kept.
    """
    team = Team(
        [
            Agent("li", teams={"cards"}, skills={"disputes": 1}, capacity=1, presence="away"),
            Agent("wu", teams={"cards"}, skills={"disputes": 4}, capacity=1),
            Agent("gao", teams={"cards"}, capacity=9),
        ]
    )
    ticket = team.accepted("dispute").id
    team.desk.assign(ticket)
    event = team.desk.unrestricted().history(ticket)[-1].event
    assert isinstance(event, NotAssigned)
    assert event.decision is not None
    decision = decision_from_data(event.decision)
    codes = {name: [each.code for each in some] for name, some in decision.rejections.items()}
    assert codes == {
        "li": ["not_present", "lacks_skill", "over_capacity"],
        "wu": ["over_capacity"],
        "gao": ["lacks_skill"],
    }
    assert "wu: holds 0 of 1 units; this takes 2" in decision.text()
    assert "disputes：级别 0，需要 3" in decision.text("zh-CN")


def forbidden_pairs_hang_or_are_made() -> None:
    """A pair that must not be is never made, however dear the others are; who can be paired with
    nobody is told, and hangs or hinders nothing.
    """
    dear = 10**9
    tables: list[list[list[int | None]]] = [
        [[0, dear], [5, None]],
        [[dear, None, 0], [None, None, 1], [dear, 2, 3]],
        [[None, None], [1, dear]],
        [[None, dear], [None, dear]],
        [[dear, dear], [0, None], [None, 0]],
    ]
    for costs in tables:
        found = batch.match(costs)
        assert (found.pairs, found.total) == by_trying(costs)
        assert all(
            costs[row][column] is not None
            for row, column in enumerate(found.columns)
            if column is not None
        )
    people = [Agent("li", conflicts={"C-1"}), Agent("wu", load=1)]
    policy = AssignmentPolicy("one", scorers=(LowLoad(),))
    items = [Item("T1", customer="C-1"), Item("T2", customer="C-2")]
    many = batch.choose_many(people, items, now=NOON, policy=policy)
    assert (many.pairs, sorted(many.nobody)) == ({"T2": "li"}, ["T1"])


def by_trying(costs: list[list[int | None]]) -> tuple[int, int]:
    """As many pairs as there can be, and the least they cost, by trying every way."""
    rows, wide = len(costs), len(costs[0])
    best = (0, 0)
    for columns in permutations([*range(wide), *[None] * rows], rows):
        pairs = [(row, each) for row, each in enumerate(columns) if each is not None]
        prices = [price for row, each in pairs if (price := costs[row][each]) is not None]
        if len(prices) == len(pairs):
            best = min(best, (-len(pairs), sum(prices)))
    return -best[0], best[1]
