"""The same commands at the same instants, with time let act more or less often, by one or many."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import frozen

from tests.laws.cast import rulebook
from tests.laws.walking import DAY, MINUTE, Order, Plan, World, plain, plain_ticket, walk
from workorder.desk import Done
from workorder.errors import WorkorderError
from workorder.storage import FullStore, MemoryStore
from workorder.ticket import Event, Ticket

Between = Callable[[World, datetime, datetime], None]
"""Lets time act between two instants, or not."""


@frozen
class Outcome:
    """How everything ended, without versions, instants of recording and digests.

    Attributes:
        answers: what every command was answered.
        tickets: the tickets in the end.
        trails: their events.
    """

    answers: tuple[Any, ...]
    tickets: tuple[Ticket, ...]
    trails: tuple[tuple[Event, ...], ...]


def schedule(plan: Plan) -> tuple[Order, ...]:
    """The commands of a walk on which nobody ever lets time act by itself."""
    return tuple(order for order, _ in walk(plan, [World(MemoryStore(), rulebook(plan.country))]))


def outcome(plan: Plan, orders: Sequence[Order], store: FullStore, between: Between) -> Outcome:
    """Send *orders*, with *between* before each of them, and let time pass once in the end."""
    world = World(store, rulebook(plan.country))
    world.now = orders[0].at
    answers = []
    for order in orders:
        between(world, world.now, order.at)
        answers.append(answered(world.send(order)))
    between(world, world.now, world.now + 200 * DAY)
    world.now = orders[-1].at + 200 * DAY
    world.desk.run_due()
    tickets = world.tickets()
    return Outcome(
        tuple(answers),
        tuple(plain_ticket(each) for each in tickets),
        tuple(tuple(plain(event) for event in world.events(each.id)) for each in tickets),
    )


def answered(answer: Done | WorkorderError) -> tuple[Any, ...]:
    """What an answer says, without versions."""
    if isinstance(answer, Done):
        return ("done", answer.ticket.state, tuple(plain(each) for each in answer.events))
    refusal = getattr(answer, "refusal", None)
    unmet = tuple((each.name, each.code) for each in refusal.unmet) if refusal else ()
    return (answer.code, unmet)


def never(_world: World, _since: datetime, _until: datetime) -> None:
    """Nobody lets time act."""


def always(world: World, _since: datetime, until: datetime) -> None:
    """Somebody lets time act just before every command."""
    world.now = until
    world.desk.run_due()


RUNS = (0, 0, 1, 2, 5)
"""How often somebody lets time act between two commands."""


@frozen
class AtRandom:
    """Somebody lets time act at some instants in between; of little or all that is due.

    Attributes:
        chance: draws when, and how much.
    """

    chance: random.Random

    def __call__(self, world: World, since: datetime, until: datetime) -> None:
        """Run timers at a few instants between the two, in order."""
        length = (until - since) // timedelta(seconds=1)
        for second in sorted(
            self.chance.randint(0, length) for _ in range(self.chance.choice(RUNS))
        ):
            world.now = since + timedelta(seconds=second)
            self.run(world)

    def run(self, world: World) -> None:
        """One run, with a lease of any length."""
        world.desk.run_due(
            self.chance.choice((None, None, 1, 2)),
            lease=self.chance.choice((timedelta(seconds=1), MINUTE, DAY)),
            size=self.chance.choice((1, 2, 200)),
        )


@frozen
class Dying(AtRandom):
    """The same, among workers that claim tickets and are never heard of again, or much later."""

    def run(self, world: World) -> None:
        """One run, perhaps beside one that died."""
        fate = self.chance.choice(("well", "dies", "late"))
        if fate != "well":
            store = world.store
            until = world.now + self.chance.choice((timedelta(seconds=1), MINUTE, DAY))
            lent = store.claim_due(world.now, until, fate, 1)
            if fate == "late":
                store.release([each.ticket.id for each in lent], "somebody else")
        AtRandom.run(self, world)


def differences(one: Outcome, other: Outcome) -> list[str]:
    """What two outcomes do not agree on, in words."""
    found = []
    for number, (mine, theirs) in enumerate(zip(one.answers, other.answers, strict=True)):
        if mine != theirs:
            found.append(f"answer {number}: {mine[:1]} and {theirs[:1]}")
    for mine, theirs in zip(one.trails, other.trails, strict=True):
        if mine != theirs:
            found.append(f"trail: {_short(mine)} and {_short(theirs)}")
    if one.tickets != other.tickets:
        found.append("tickets")
    return found


def _short(trail: Sequence[Event]) -> list[str]:
    return [f"{e.step.action} {e.trace.occurred_at:%m-%d %H:%M}" for e in trail][-6:]
