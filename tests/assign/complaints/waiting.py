"""Complaints about the line: overtaken, forgotten, sent to its end, starved."""

from datetime import datetime

from attrs import evolve

from tests.desk.routing.team import HOUR, MINUTE, NOON, ROUTING, Team, book, handler
from workorder.assign import Agent, AssignmentPolicy, Item, choose, offers
from workorder.assign.queueing import (
    FIFO,
    AnyDiscipline,
    ClassSlopes,
    LinearAgeing,
    MaxWait,
    WaitingLine,
    lined_up,
)
from workorder.assign.selectors import LongestIdle
from workorder.ticket import DeclineOffer, Start, Submit

LI = Agent("li", teams={"cards"}, capacity=1)


def what_waits_is_overtaken_when_somebody_comes_online() -> None:
    """Two wait, an hour apart, while nobody is there. Li comes online: the older one is theirs, and
    the other as soon as their hands are free, before the one that comes then.
    """
    team = Team([evolve(LI, presence="offline")])
    old = team.accepted().id
    team.desk.assign(old)
    team.clock.now += HOUR
    new = team.accepted().id
    team.desk.assign(new)
    team.people.put(LI)
    assert [each.ticket.id for each in team.desk.drain().routed] == [old]
    newest = team.accepted().id
    finish(team, old)
    assert (team.now(new).assignee, team.now(newest).assignee) == ("li", None)


def finish(team: Team, ticket_id: str) -> None:
    """Li deals with a ticket."""
    team.desk.perform(ticket_id, Start(), actor=handler("li"))
    team.desk.perform(ticket_id, Submit("done"), actor=handler("li"))


def no_answer_and_nothing_happens() -> None:
    """Li does not answer within five minutes: it goes to Wu, and not to Li again; Li's place is
    free. Wu does not answer either: it waits, and the line is told of both.
    """
    team = Team([Agent(name, teams={"hotline"}, capacity=1) for name in ("li", "wu")])
    ticket = team.accepted("enquiry", "hotline").id
    asked = [team.desk.assign(ticket).to]
    assert team.used("li", "wu") == (1, 0)
    team.clock.now = NOON + 5 * MINUTE
    team.desk.run_due()
    search = team.now(ticket).work.search
    assert search is not None
    asked.append(search.offer.to if search.offer is not None else None)
    assert asked == ["li", "wu"]
    assert team.used("li", "wu") == (0, 1)
    team.clock.now = NOON + 10 * MINUTE
    team.desk.run_due()
    search = team.now(ticket).work.search
    assert search is not None
    assert (search.offer, sorted(search.declined)) == (None, ["li", "wu"])


def priority_is_forgotten_when_somebody_is_free() -> None:
    """A calm one has waited longer than an urgent one: whoever is free gets the urgent one."""
    team = Team([LI])
    first = team.accepted().id
    team.desk.assign(first)
    calm = team.accepted(priority=4).id
    team.clock.now += MINUTE
    urgent = team.accepted(priority=1).id
    finish(team, first)
    assert (team.now(urgent).assignee, team.now(calm).assignee) == ("li", None)


def the_clock_of_the_idle_is_reset() -> None:
    """Li was given something before Wu, and was through with it after Wu: Wu has been idle longer.
    That an offer to Wu lapsed meanwhile changes nothing.
    """
    li = Agent("li", assigned=[NOON], idle_since=NOON + 9 * MINUTE)
    wu = Agent("wu", assigned=[NOON + MINUTE], idle_since=NOON + 5 * MINUTE)
    now, policy = NOON + HOUR, AssignmentPolicy("idle", selector=LongestIdle())
    held_out = offers.offer(Item("T1"), wu, at=NOON + 10 * MINUTE, within=MINUTE)
    there = [offers.holding(each, [held_out], at=now) for each in (li, wu)]
    assert choose(there, Item("T2"), now=now, policy=policy).ranking == ("wu", "li")


def put_back_it_has_waited_for_nothing() -> None:
    """Li declines it, and goes to lunch. It stands before the one that came meanwhile, without a
    higher priority; so it does in a line of one's own, where it has waited for an hour.
    """
    routing = evolve(ROUTING, discipline=FIFO())
    team = Team([Agent("li", teams={"hotline"}, capacity=1)], rulebook=book(routing))
    old = team.accepted("enquiry", "hotline").id
    team.desk.assign(old)
    team.clock.now = NOON + 2 * MINUTE
    team.accepted("enquiry", "hotline")
    team.clock.now = NOON + 4 * MINUTE
    team.people.put(Agent("li", teams={"hotline"}, capacity=1, presence="away"))
    team.desk.perform(old, DeclineOffer("lunch"), actor=handler("li", "hotline"))
    team.people.put(Agent("wu", teams={"hotline"}, capacity=1))
    routed = team.desk.next_for("wu")
    assert routed is not None
    assert routed.ticket.id == old
    item = Item("T1", enqueued=NOON - HOUR)
    made = offers.offer(item, LI, at=NOON, within=MINUTE)
    for ended in (
        offers.decline(made, "li", at=NOON, reason="lunch"),
        offers.lapsed(made, at=NOON + HOUR),
    ):
        assert isinstance(ended, offers.Offer)
        assert offers.passed_on(item, ended).enqueued == NOON - HOUR


def who_is_not_urgent_starves() -> None:
    """Every minute an urgent one comes, and one is served. A calm one that came with the first is
    overtaken by that one and those that come within half an hour; by none after twenty minutes; by
    none that has waited for less than a third as long.
    """
    assert served_after(LinearAgeing(10 * MINUTE)) == 31
    assert served_after(MaxWait(20 * MINUTE)) == 20
    assert served_after(ClassSlopes({1: 3, 4: 1})) == 3


def served_after(discipline: AnyDiscipline) -> int | None:
    """How many minutes a calm item waits while urgent ones keep coming; ``None`` for a hundred."""
    line = WaitingLine(discipline)
    line.push(Item("waits", priority=4, enqueued=NOON))
    line.push(Item("urgent", priority=1, enqueued=NOON))
    for minute in range(100):
        now = NOON + minute * MINUTE
        line.push(Item(f"urgent {minute}", priority=1, enqueued=now))
        if line.pop(now).id == "waits":
            return minute
    return None


def the_order_depends_on_when_it_is_asked() -> None:
    """However often an order is asked for, and in whatever order the items come: at one instant it
    is the same. No discipline looks at a clock of its own.
    """
    items = [
        Item(f"T{number:02}", priority=1 + number % 4, enqueued=came(number))
        for number in range(24)
    ]
    for discipline in (LinearAgeing(10 * MINUTE), MaxWait(20 * MINUTE), ClassSlopes({1: 3, 4: 1})):
        orders = {
            tuple(each.id for each in lined_up(some, discipline, NOON))
            for some in (items, items[::-1], [*items[7:], *items[:7]], items)
        }
        assert len(orders) == 1


def came(number: int) -> datetime:
    """When the item of this number came."""
    return NOON - (number * 7 % 24) * 2 * MINUTE
