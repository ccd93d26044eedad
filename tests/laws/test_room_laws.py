"""Random lives of bank tickets: what the store has counted is what people have."""

from collections import Counter
from collections.abc import Collection
from functools import cache

from attrs import evolve
from hypothesis import HealthCheck, given, settings

from tests.laws.cast import rulebook
from tests.laws.walking import Plan, World, plans, walk
from workorder.assign.routing import Route, Routing
from workorder.conditions import where
from workorder.rulebook import Rulebook
from workorder.storage import MemoryStore
from workorder.ticket import Ticket

ROUTING = Routing(
    waiting=("accepted", "assigned"),
    busy=("assigned", "in_progress"),
    routes=(Route(name="disputes", when=where("type").equals("dispute"), units=2),),
)


@cache
def rules(country: str) -> Rulebook:
    """The bank's rules with a routing by which a dispute takes two places."""
    return evolve(rulebook(country), routing=ROUTING)


def held(tickets: Collection[Ticket]) -> Counter[str]:
    """What people have, said again by somebody who knows no routing: work that they have begun or
    were given, and what is offered to them.
    """
    found: Counter[str] = Counter()
    for ticket in tickets:
        search = ticket.work.search
        who = ticket.assignee if ticket.state in ("assigned", "in_progress") else None
        if who is None and search is not None and search.offer is not None:
            who = search.offer.to
        if who is not None:
            found[who] += 2 if ticket.type == "dispute" else 1
    return found


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(plans())
def test_what_is_counted_is_what_people_have(plan: Plan) -> None:
    """After every command, carried out or refused; time acts in between, by itself or with one."""
    store = MemoryStore()
    world = World(store, rules(plan.country))
    for number, _ in enumerate(walk(plan, [world])):
        if number % 2:
            world.desk.run_due()
        expected = held(world.tickets())
        people = tuple({*expected, "zhang", "zhao", "qian", "lin", "wu", "sun", "boss"})
        used = store.used(people)
        assert {name: used.get(name, 0) for name in people} == {n: expected[n] for n in people}
