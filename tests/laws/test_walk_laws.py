"""Random lives of bank tickets under four calendars, judged by somebody who knows no library."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from tests.by_limits import by_limits
from tests.laws.cast import ZONES, newcomers, rulebook
from tests.laws.judge import wrong_with_order, wrong_with_people, wrong_with_windows
from tests.laws.offers import wrong_with_offers
from tests.laws.trails import records, stands
from tests.laws.walking import Order, Plan, World, plans, walk
from workorder.desk import Done
from workorder.kernel import replay
from workorder.rulebook import Rulebook
from workorder.storage import MemoryStore, SQLiteStore
from workorder.ticket import Ticket
from workorder.workflow import Actor

FINAL = {"archived", "cancelled", "merged", "rejected"}
MOVING = {"archive"}
"""What time alone may do."""


def wrong_with_ticket(world: World, ticket: Ticket, plan: Plan) -> list[str]:
    """Everything wrong with how one ticket got where it is."""
    others = {each.id: records(world.events(each.id)) for each in world.tickets()}
    trail = others[ticket.id]
    zone = ZONES[plan.country]
    return [
        *wrong_with_order(trail),
        *wrong_with_offers(trail),
        *wrong_with_people(trail, others),
        *wrong_with_windows(trail, zone, others, stands(ticket)),
        *wrong_with_exit(world, ticket),
    ]


def wrong_with_exit(world: World, ticket: Ticket) -> list[str]:
    """Whether nobody at all can move a ticket that is not at its end, now or later: while it may
    be appealed and no longer reopened, only time can.
    """
    if ticket.state in FINAL or any(each.action in MOVING for each in ticket.timers):
        return []
    own = Actor(ticket.customer or "C-9", "customer")
    people = [*newcomers(ticket.department), own]
    if ticket.assignee is not None:
        people.append(Actor(ticket.assignee, "handler", ticket.department))
    for actor in people:
        for option in world.options(ticket.id, actor):
            if option.permitted is not None and option.permitted.to_state != ticket.state:
                return []
    return [f"nobody can bring {ticket.id} out of {ticket.state}"]


def only_time(world: World, order: Order, known: Mapping[str, Ticket]) -> bool:
    """Whether a refused command left everything alone. It may have written down what time had
    done to a ticket that it named, never to its own.
    """
    for before in known.values():
        now = world.desk.unrestricted().get(before.id)
        if now != before:
            later = world.events(now.id)[before.revision.events :]
            if now.id == order.ticket_id or any(each.step.role != "system" for each in later):
                return False
    return True


@cache
def by_limit(country: str) -> Rulebook:
    """The bank's rulebook with one time limit a type, counting in the zone of *country*."""
    calendar = rulebook(country).calendar
    return evolve(by_limits(), calendar=calendar, calendar_name=country)


def check_walk(plan: Plan, rules: Rulebook | None = None) -> None:
    """Walk on two stores, and judge every ticket after every step that changed something."""
    rules = rules or rulebook(plan.country)
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder) / "walk.db") as on_file:
        worlds = [World(MemoryStore(), rules), World(on_file, rules)]
        lead, other = worlds
        known: dict[str, Ticket] = {}
        for order, answer in walk(plan, worlds):
            tickets = lead.tickets()
            assert other.tickets() == tickets
            if not isinstance(answer, Done):
                assert {each.id for each in tickets} == set(known), order
                assert only_time(lead, order, known), order
            for ticket in tickets:
                if known.get(ticket.id) != ticket:
                    wrong = wrong_with_ticket(lead, ticket, plan)
                    assert wrong == [], (wrong, order)
            known = {each.id: each for each in tickets}
        for ticket in lead.tickets():
            history = lead.events(ticket.id)
            assert other.events(ticket.id) == history
            assert replay(ticket.id, history) == ticket
            (mine, theirs) = (each.store.load((ticket.id,))[ticket.id] for each in worlds)
            assert mine.snapshot.data == theirs.snapshot.data


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans())
def test_lives_of_tickets(plan: Plan) -> None:
    """Whatever people ask for, both stores agree, histories replay, and no law is broken."""
    check_walk(plan)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans())
def test_lives_of_tickets_with_one_limit_each(plan: Plan) -> None:
    """The same where a type has one time limit, and nothing else is measured."""
    check_walk(plan, by_limit(plan.country))


@pytest.mark.long
@settings(max_examples=2_000, suppress_health_check=list(HealthCheck))
@given(plan=plans(90))
def test_long_lives_of_tickets(plan: Plan) -> None:
    """The same for lives three times as long, and many more of them."""
    check_walk(plan)
