"""Those who are killed: workers at a desk, and a reader of its outbox.

Each takes down what it is about to ask, and what it was answered once it knows. Whoever takes the
place of one that was killed asks again what was left without an answer.
"""

import json
import os
import pickle
import time
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Literal, NoReturn

import attrs
from attrs import frozen

from tests.laws.cast import BY_ID, CAST, CUSTOMERS, rulebook
from tests.laws.commanding import BUILD, Situation, weighted
from tests.stress.oracle import LIMIT, lines
from workorder import kernel
from workorder.desk import ServiceDesk
from workorder.desk.batching import Before
from workorder.errors import CommandRefused
from workorder.kernel import Context, Decided
from workorder.storage import (
    Answer,
    Batch,
    Capability,
    Codec,
    Committed,
    Mark,
    Repeated,
    Reservation,
    SQLiteStore,
    Stored,
)
from workorder.ticket import Command, Comment, Open, OpenSubtask
from workorder.workflow import Actor, Option

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SECRET = b"one for all workers"
RULEBOOK = attrs.evolve(rulebook(), late_notice=timedelta(days=400))
"""The bank's; here it is never too late to tell somebody."""

AGENTS = ("a1", "a2")
TICKETS = 40
TEXT = "卡片丢失，地址是滨江道一百二十号 " * 8

Synchronous = Literal["NORMAL", "FULL"]


class SharedClock:
    """A clock that all processes read, and one sets: seconds since :data:`START`, in a file."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT)
        if not os.pread(self._file, 8, 0):
            self.go_on(0)

    def seconds(self) -> int:
        """How far it has come."""
        return int.from_bytes(os.pread(self._file, 8, 0), "big")

    def go_on(self, seconds: int) -> None:
        """Put it to so many seconds after its start."""
        os.pwrite(self._file, seconds.to_bytes(8, "big"), 0)

    def __call__(self) -> datetime:
        """The instant."""
        return START + timedelta(seconds=self.seconds())


class Journal:
    """A file to which lines are added that are there for good."""

    def __init__(self, path: Path) -> None:
        self.known = lines(path)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(self._file, b"\n")  # whatever was cut short ends here

    def add(self, *several: Mapping[str, Any]) -> None:
        """Add lines, and wait for the disk."""
        text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in several)
        os.write(self._file, text.encode())
        os.fsync(self._file)


class Reserving:
    """The store, with capacity taken or given back by every commit."""

    def __init__(self, store: SQLiteStore, agent: str, units: int) -> None:
        self._store = store
        self._reservation = Reservation(agent, units, LIMIT)

    @property
    def tenant(self) -> str:
        """The store's."""
        return self._store.tenant

    @property
    def capabilities(self) -> Collection[Capability]:
        """The store's."""
        return self._store.capabilities

    def load(self, ids: Any, command_ids: Collection[str] = ()) -> Mapping[str, Stored]:
        """Ask the store."""
        return self._store.load(ids, command_ids)

    def commit(self, batch: Batch) -> Answer:
        """With the reservation."""
        return self._store.commit(attrs.evolve(batch, reservations=(self._reservation,)))


@frozen
class Asked:
    """One thing that is asked of the desk.

    Attributes:
        ticket_id: the ticket; empty for one that is to be opened.
        command: the command; ``None`` to erase *refs*.
        actor: who asks.
        command_id: under which id; what it ends with tells what capacity goes with it.
        refs: what is to be erased; all, if empty.
    """

    ticket_id: str
    command: Command | None
    actor: Actor
    command_id: str
    refs: tuple[str, ...] = ()

    def line(self) -> dict[str, str]:
        """As it is taken down."""
        return {"asked": b64encode(pickle.dumps(self)).decode()}


class Worker:
    """One worker at the desk.

    Args:
        folder: where the store, the clock and the journals are.
        name: whose place it takes.
        seed: chooses what it does.
        synchronous: how it waits for the disk.
    """

    def __init__(self, folder: Path, name: str, seed: str, synchronous: Synchronous) -> None:
        self.store = SQLiteStore(folder / "store.db", synchronous=synchronous)
        self.clock = SharedClock(folder / "clock")
        self.journal = Journal(folder / f"{name}.jsonl")
        self.name = name
        self.chance = Random(seed)
        self.desk = self._desk(self.store)
        self.codec = Codec(RULEBOOK.event_types)
        known = self.journal.known
        asked = [_asked(line) for line in known if "asked" in line]
        self.number = len(asked)
        self.open = asked[-1:] if known and "asked" in known[-1] else []
        done = {line["id"] for line in known if line.get("said") == "done"}
        self.past = [each for each in asked if each.command_id in done]
        self.taken: list[str] = []
        for each in self.past:
            self._count(each.command_id)

    def _count(self, command_id: str) -> None:
        """Keep count of the capacity this worker has taken, and may give back."""
        sign, agent = command_id[-3:-2], command_id[-2:]
        if sign == "+":
            self.taken.append(agent)
        elif sign == "-" and agent in self.taken:
            self.taken.remove(agent)

    def _desk(self, store: Any) -> ServiceDesk:
        return ServiceDesk(store, rulebook=RULEBOOK, time=self.clock, secret=SECRET)

    def work(self) -> NoReturn:
        """Go on until killed."""
        for left in self.open:
            self._keep(left)
        while True:
            self.turn()

    def turn(self) -> None:
        """One thing, whatever it is."""
        kind = self.chance.choices(
            ("perform", "due", "erase", "capacity", "again"), (70, 12, 6, 8, 4)
        )[0]
        asked = self._something(kind) if kind not in {"due", "again"} else None
        if kind == "due":
            self._let_time_act()
        elif kind == "again" and self.past:
            self.ask(self.chance.choice(self.past))
        elif asked is not None:
            self.number += 1
            self.journal.add(asked.line())
            self._keep(asked)

    def _keep(self, asked: Asked) -> None:
        """Ask what was taken down."""
        if self.ask(asked):
            self.past.append(asked)
            self._count(asked.command_id)

    def ask(self, asked: Asked) -> bool:
        """Ask, and take down the answer; whether it was carried out."""
        told: dict[str, Any]
        done = False
        try:
            ticket_id, version = self._carried_out(asked)
            told, done = {"said": "done", "version": version}, True
        except CommandRefused as refused:
            ticket_id, told = asked.ticket_id, {"said": "refused", "code": refused.code}
        if ticket_id:
            self.journal.add({"ticket": ticket_id, "id": asked.command_id, **told})
        else:  # nothing was opened, so there is nothing to look for
            self.journal.add({"refused": asked.command_id})
        return done

    def _carried_out(self, asked: Asked) -> tuple[str, int]:
        if asked.command is None:
            return asked.ticket_id, self._erase(asked)
        sign, agent = asked.command_id[-3:-2], asked.command_id[-2:]
        desk = self.desk
        if sign in {"+", "-"}:
            desk = self._desk(Reserving(self.store, agent, 1 if sign == "+" else -1))
        if isinstance(asked.command, Open):
            ticket = desk.open(
                asked.command.type,
                customer=asked.command.customer,
                channel="phone",
                fields=asked.command.fields,
                actor=asked.actor,
                command_id=asked.command_id,
            )
            return ticket.id, 1
        done = desk.execute(
            asked.ticket_id, asked.command, actor=asked.actor, command_id=asked.command_id
        )
        return asked.ticket_id, done.version

    def _erase(self, asked: Asked) -> int:
        """Erase, as often as others are first."""
        while True:
            known = self.store.load((asked.ticket_id,), (asked.command_id,))[asked.ticket_id]
            if asked.command_id in known.receipts:
                return known.receipts[asked.command_id].version
            context = Context(
                asked.ticket_id, asked.actor, self.clock(), RULEBOOK, asked.command_id
            )
            decided = kernel.erase(known.snapshot.ticket, "art. 17", asked.refs, context)
            if not isinstance(decided, Decided):
                raise CommandRefused(decided)
            before = Before(asked.ticket_id, known.snapshot)
            change = before.change(decided.events, (Mark(asked.command_id, "erased"),), self.codec)
            answer = self.store.commit(Batch((change,)))
            if isinstance(answer, Committed):
                return change.version
            if isinstance(answer, Repeated):
                return answer.receipt.version

    def _let_time_act(self) -> None:
        """Timers, in small portions."""
        run = self.desk.run_due(self.chance.randrange(1, 30), size=self.chance.randrange(1, 12))
        if run.stuck:
            self.journal.add(
                {"ticket": run.stuck[0].ticket_id, "id": "", "said": run.stuck[0].text()}
            )

    def _something(self, kind: str) -> Asked | None:
        """Something to ask that has a chance to be carried out."""
        command_id = f"{self.name}.{self.number}"
        ids = self.store.ids()
        if len(ids) < TICKETS and (len(ids) < 8 or self.chance.random() < 0.15):
            customer = self.chance.choice(CUSTOMERS)
            fields = {"title": f"<said with {command_id}>", "category": "atm"}
            opening = Open(self.chance.choice(("complaint", "enquiry")), customer, fields=fields)
            return Asked("", opening, BY_ID["li"], command_id)
        ticket_id = self.chance.choice(ids)
        if kind == "erase":
            refs = self.store.reveal(ticket_id, [f"{n}.text" for n in range(1, 200)])
            some = tuple(sorted(refs))[: self.chance.randrange(3)]
            return Asked(ticket_id, None, BY_ID["root"], command_id, some)
        if kind == "capacity":
            actor = self.chance.choice(CAST)
            agent = self.chance.choice(AGENTS)
            if self.taken and self.chance.random() < 0.5:
                return self._said(
                    ticket_id, actor, f"{command_id}-{self.chance.choice(self.taken)}"
                )
            return self._said(ticket_id, actor, f"{command_id}+{agent}")
        return self._step(ticket_id, ids, command_id)

    def _said(self, ticket_id: str, actor: Actor, command_id: str) -> Asked:
        return Asked(ticket_id, Comment(f"<said with {command_id}> {TEXT}"), actor, command_id)

    def _options(self, ticket_id: str, actor: Actor) -> tuple[Option, ...]:
        try:
            return self.desk.options(ticket_id, actor=actor)
        except CommandRefused:  # they may not see it
            return ()

    def _step(self, ticket_id: str, ids: Sequence[str], command_id: str) -> Asked | None:
        """A step that somebody may take, as it looks."""
        ticket = self.desk.unrestricted().get(ticket_id)
        people = [each for each in CAST if each.id not in CUSTOMERS]
        offered = {
            actor: [each.action.name for each in self._options(ticket_id, actor) if each.allowed]
            for actor in self.chance.sample(people, 3)
        }
        actor = max(offered, key=lambda each: len(weighted(offered[each])))
        possible = offered[actor]
        if not possible:
            return None
        if "open_subtask" in possible and self.chance.random() < 0.6:
            due = self.clock() + timedelta(hours=self.chance.randrange(1, 30))
            return Asked(ticket_id, OpenSubtask("risk", "what?", due), actor, command_id)
        action = self.chance.choice(weighted(possible))
        if action == "comment":
            return self._said(ticket_id, actor, command_id)
        situation = Situation(ticket, actor, self.clock(), tuple(ids), self.chance)
        return Asked(ticket_id, BUILD[action](situation), actor, command_id)


def _asked(line: Mapping[str, str]) -> Asked:
    found = pickle.loads(b64decode(line["asked"]))
    assert isinstance(found, Asked)
    return found


def deliver(store: SQLiteStore, journal: Journal, most: int) -> int:
    """Take messages off the outbox and deliver them; how many there were."""
    waiting = store.pending(most)
    journal.add(
        *(
            {
                "position": position,
                "ticket": message.ticket_id,
                "topic": message.topic,
                "data": message.data.decode(),
            }
            for position, message in waiting
        )
    )
    store.taken([position for position, _ in waiting])
    return len(waiting)


def read_outbox(folder: Path, seed: str, synchronous: Synchronous) -> NoReturn:
    """Deliver until killed."""
    chance = Random(seed)
    store = SQLiteStore(folder / "store.db", synchronous=synchronous)
    journal = Journal(folder / "deliveries")
    while True:
        if not deliver(store, journal, chance.randrange(1, 40)):
            time.sleep(0.005)
