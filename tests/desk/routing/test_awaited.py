"""The asynchronous desk finds the same people, from synchronous and asynchronous directories."""

import asyncio
from collections.abc import Collection
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from tests.desk.people import Counting
from tests.desk.routing.team import BOSS, INTAKE, NOON, Clock, Team, book, handler
from workorder.assign import Agent
from workorder.desk import AsyncServiceDesk
from workorder.desk.routing import People
from workorder.storage import MemoryStore
from workorder.testing import AwaitedStore
from workorder.ticket import Accept, Start, Submit, Ticket

EARLIER = NOON.replace(hour=1)
AGENTS = (
    Agent("li", teams={"cards"}, capacity=1),
    Agent("wu", teams={"cards"}, capacity=2, presence="offline", presence_since=EARLIER),
)


class AwaitedPeople:
    """A directory that answers after a pause."""

    def __init__(self, people: People) -> None:
        self.people = people

    async def agents(self, teams: Collection[str], at: datetime) -> tuple[Agent, ...]:
        """See :class:`People`."""
        await asyncio.sleep(0)
        return self.people.agents(teams, at)

    async def agent(self, agent_id: str, at: datetime) -> Agent | None:
        """See :class:`People`."""
        await asyncio.sleep(0)
        return self.people.agent(agent_id, at)


@pytest.mark.parametrize("awaited_store", [False, True])
@pytest.mark.parametrize("awaited_people", [False, True])
def test_a_day_at_either_desk(*, awaited_store: bool, awaited_people: bool) -> None:
    """Somebody is found, room comes free and is filled, somebody comes online, work is levelled,
    somebody is away, work is handed over: both desks answer the same.
    """
    plain = Team(AGENTS)
    inner, people = MemoryStore(), People(AGENTS)
    store: Any = AwaitedStore(inner) if awaited_store else inner
    directory: Any = AwaitedPeople(people) if awaited_people else people
    desk = AsyncServiceDesk(
        store, rulebook=book(), people=directory, time=Clock(), new_entropy=Counting()
    )

    async def accepted(number: int) -> Ticket:
        ticket = await desk.open(
            "complaint",
            customer="C-1",
            channel="phone",
            department="cards",
            fields={"title": "card", "category": "atm"},
            actor=INTAKE,
            command_id=f"open-{number}",
        )
        return await desk.perform(ticket.id, Accept(), actor=INTAKE)

    async def told() -> list[Any]:
        first, second = await accepted(1), await accepted(2)
        said: list[Any] = [(await desk.assign(first.id)).to, (await desk.assign(second.id)).to]
        await desk.perform(first.id, Start(), actor=handler("li"))
        await desk.perform(first.id, Submit("done"), actor=handler("li"))
        said.append((await desk.unrestricted().get(second.id)).assignee)
        said.append(await desk.away())
        people.put(evolve(AGENTS[1], presence="online"))
        third = await accepted(3)
        said.append([each.to for each in (await desk.drain()).routed])
        relieved = await desk.relieve("li", actor=BOSS, reason="ill")
        said.append([each.to for each in relieved.moved])
        said.append(len((await desk.level(actor=BOSS, reason="even")).moved))
        fourth = await accepted(4)
        offered = await desk.offer(fourth.id, within=NOON - EARLIER)
        said.append(offered.to)
        found = await desk.next_for("wu")
        said.append(None if found is None else found.to)
        said.append((await desk.run_due()).tickets)
        said.append(await desk.recount())
        said += [(await desk.unrestricted().get(each.id)).assignee for each in (second, third)]
        return said

    def told_plainly() -> list[Any]:
        first, second = plain.accepted(), plain.accepted()
        said: list[Any] = [plain.desk.assign(first.id).to, plain.desk.assign(second.id).to]
        plain.desk.perform(first.id, Start(), actor=handler("li"))
        plain.desk.perform(first.id, Submit("done"), actor=handler("li"))
        said.append(plain.now(second.id).assignee)
        said.append(plain.desk.away())
        plain.people.put(evolve(AGENTS[1], presence="online"))
        third = plain.accepted()
        said.append([each.to for each in plain.desk.drain().routed])
        said.append([each.to for each in plain.desk.relieve("li", actor=BOSS, reason="ill").moved])
        said.append(len(plain.desk.level(actor=BOSS, reason="even").moved))
        fourth = plain.accepted()
        said.append(plain.desk.offer(fourth.id, within=NOON - EARLIER).to)
        found = plain.desk.next_for("wu")
        said.append(None if found is None else found.to)
        said.append(plain.desk.run_due().tickets)
        said.append(plain.desk.recount())
        said += [plain.now(each.id).assignee for each in (second, third)]
        return said

    expected = told_plainly()
    assert asyncio.run(told()) == expected
    assert expected[:5] == ["li", None, "li", ("wu",), ["wu"]]
