"""Many workers on one store file: tickets come, are given out, and are worked on."""

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from attrs import evolve, frozen

from tests.desk.routing.team import INTAKE, ROUTING, book, handler
from workorder.assign import Agent
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.errors import CommandRefused
from workorder.storage import Record, SQLiteStore, TicketQuery
from workorder.ticket import Accept, AcceptOffer, DeclineOffer, Start, Submit

AGENTS = tuple(
    Agent(
        f"a{number}",
        teams={"cards"} if number % 3 else {"cards", "hotline"},
        skills={"disputes": 3} if number % 2 else {},
        capacity=1 + number % 3,
    )
    for number in range(6)
)
CAPACITY: Mapping[str, int] = {each.id: each.capacity for each in AGENTS}
BOOK = book(evolve(ROUTING, plans={}, routes=tuple(evolve(r, plan=None) for r in ROUTING.routes)))


def desk_on(store: SQLiteStore) -> ServiceDesk:
    """A desk of one worker."""
    return ServiceDesk(store, rulebook=BOOK, people=People(AGENTS))


@frozen
class Work:
    """What one worker does.

    Attributes:
        path: the store.
        seed: what everything is drawn from.
        rounds: how many things it does.
    """

    path: Path
    seed: int
    rounds: int


def work(given: Work) -> int:
    """Do it; how many commands were refused because somebody else was first."""
    chance = random.Random(given.seed)
    refused = 0
    with SQLiteStore(given.path) as store:
        desk = desk_on(store)
        for number in range(given.rounds):
            try:
                if chance.random() < 0.4:
                    _come(desk, chance, f"{given.seed}-{number}")
                else:
                    _go_on(desk, store, chance)
            except CommandRefused:
                refused += 1
    return refused


def _come(desk: ServiceDesk, chance: random.Random, name: str) -> None:
    """A ticket comes in, is taken on, and somebody is looked for."""
    type_ = chance.choice(["complaint", "complaint", "dispute", "enquiry"])
    ticket = desk.open(
        type_,
        customer="C-1",
        channel="phone",
        department="hotline" if type_ == "enquiry" else "cards",
        fields={"title": "card", "category": "atm", "priority": chance.randint(1, 3)},
        actor=INTAKE,
        command_id=name,
    )
    desk.perform(ticket.id, Accept(), actor=INTAKE)
    desk.assign(ticket.id)


def _go_on(desk: ServiceDesk, store: SQLiteStore, chance: random.Random) -> None:
    """Somebody goes on with something that they have, or answers an offer."""
    agent = chance.choice(AGENTS)
    actor = handler(agent.id, "hotline" if "hotline" in agent.teams else "cards")
    own = store.find(TicketQuery(where("assignee").equals(agent.id), limit=20))
    busy = [each.ticket for each in own if each.ticket.state in {"assigned", "in_progress"}]
    if busy:
        ticket = chance.choice(busy)
        command = Start() if ticket.state == "assigned" else Submit("done")
        desk.perform(ticket.id, command, actor=actor)
        return
    for each in store.find(TicketQuery(where("state").equals("assigned"), limit=100)):
        if each.ticket.value("offered_to") == agent.id:
            answer = AcceptOffer() if chance.random() < 0.7 else DeclineOffer("no")
            desk.perform(each.ticket.id, answer, actor=actor)
            return


def rush(path: Path, processes: int, rounds: int) -> list[int]:
    """All of them at once."""
    SQLiteStore(path).close()
    given = [Work(path, seed, rounds) for seed in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, given))


def batches(store: SQLiteStore) -> Iterator[list[Record]]:
    """The records of every commit, in order: those of one version of one ticket."""
    last: tuple[str, int] | None = None
    found: list[Record] = []
    for _, record in store.log(limit=1_000_000):
        key = (record.ticket_id, record.version)
        if key != last and found:
            yield found
            found = []
        last = key
        found.append(record)
    if found:
        yield found
