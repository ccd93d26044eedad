"""Random sessions at a desk in which every text is marked, and some of them are erased."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve, field, frozen, mutable

from tests.desk.people import Counting
from tests.laws.cast import CUSTOMERS, rulebook
from tests.laws.walking import Order, Plan, World, _orders
from tests.storage.stores import dump
from workorder.desk import Done, ServiceDesk
from workorder.desk.identity import command_digest
from workorder.errors import CommandRefused, WorkorderError
from workorder.kernel import replay
from workorder.storage import Codec, FullStore, record_digest
from workorder.ticket import Appeal, Open, Sealed, opens
from workorder.workflow import Actor

TOKEN = re.compile(rb"ZQ\d{6}x[0-9a-f]{4}")
"""What every text begins with, and again at intervals: plain letters, the same in any encoding."""

SECRET = b"the key"
DPO = Actor("dpo", ())
SIZES = (0, 0, 0, 40, 300, 1_300, 4_100, 9_000)
"""How long texts are: some take pages of their own."""


@frozen
class Written:
    """A command that brought texts: its digest, and where they went."""

    ticket_id: str
    digest: str


@mutable
class Session:
    """A world whose texts are marked.

    Attributes:
        store: where tickets are kept.
        folder: where its files are, if it has any.
        chance: what chooses.
        gone: tokens of erased values.
        written: commands by token.
        said: every error text so far.
    """

    store: FullStore
    folder: Path | None
    chance: Random
    gone: set[str] = field(factory=set)
    written: dict[str, Written] = field(factory=dict)
    said: list[str] = field(factory=list)
    erasures: int = 0
    held: int = 0
    number: int = 0
    world: World = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.world = World(self.store)
        self.world.desk = ServiceDesk(
            self.store,
            rulebook=rulebook(),
            time=lambda: self.world.now,
            new_entropy=Counting(),
            new_id=self.world.worker,
            secret=SECRET,
        )

    @property
    def papers(self) -> Any:
        """Batch work."""
        return self.world.desk.unrestricted()

    def token(self) -> str:
        """A new one."""
        self.number += 1
        return f"ZQ{self.number:06d}x{self.chance.getrandbits(16):04x}"

    def text(self) -> tuple[str, str]:
        """A token, and a text that is full of it."""
        token = self.token()
        size = self.chance.choice(SIZES)
        return token, (f"{token} 机密 " * (size // 20 + 1)).strip()

    def short(self) -> tuple[str, str]:
        """A token, and nothing more: titles have no room."""
        token = self.token()
        return token, f"{token} 机密"

    def marked(self, order: Order) -> tuple[Order, list[str]]:
        """*order* with a marked text wherever it has one that is kept apart."""
        tokens = []
        command: Any = order.command
        changes: dict[str, Any] = {}
        for spec in command.specs():
            value = getattr(command, spec.name)
            if spec.sealed and isinstance(value, str) and value.strip():
                token, changes[spec.name] = self.text()
                tokens.append(token)
        if isinstance(command, Open | Appeal):
            fields = dict(command.fields)
            for name, write in (("title", self.short), ("description", self.text)):
                token, fields[name] = write()
                tokens.append(token)
            changes["fields"] = fields
        return evolve(order, command=evolve(command, **changes)), tokens

    def send(self, order: Order) -> Done | WorkorderError:
        """Send *order* with marked texts, twice now and then."""
        order, tokens = self.marked(order)
        answer = self.world.send(order)
        if isinstance(answer, Done):
            ticket_id = order.ticket_id or answer.ticket.id
            digest = command_digest(
                SECRET, ticket_id, order.command_id, order.command.normal(), order.actor
            )
            for token in tokens:
                self.written[token] = Written(ticket_id, digest)
            if self.chance.random() < 0.2:
                again = self.world.send(order)
                assert isinstance(again, Done), again
        else:
            self.told(answer)
        return answer

    def told(self, error: WorkorderError) -> None:
        """Remember what an error says."""
        self.said += [str(error), repr(error), error.text("en"), error.text("zh-CN")]
        if isinstance(error, CommandRefused):
            self.said.append(json.dumps(error.refusal.as_data(), default=str))

    def references(self, ticket_id: str) -> list[Sealed]:
        """Every reference on a ticket, from its events."""
        found: list[Sealed] = []
        for event in self.world.events(ticket_id):
            found += _sealed(event)
        return found

    def values(self, ticket_id: str, refs: list[str]) -> dict[str, set[str]]:
        """The tokens of what is kept under *refs*."""
        kept = self.store.reveal(ticket_id, refs)
        return {ref: tokens(each.value.encode()) for ref, each in kept.items()}

    def erases(self) -> bool:
        """Erase something of some ticket; whether that was possible."""
        ticket = self.chance.choice(self.world.tickets())
        refs = [each.ref for each in self.references(ticket.id)]
        some = self.chance.sample(refs, self.chance.randint(0, len(refs)))
        wanted = some or refs
        before = self.values(ticket.id, wanted)
        try:
            after = self.papers.erase(ticket.id, actor=DPO, basis="request", refs=some)
        except CommandRefused as refused:
            self.told(refused)
            after = None
        if after is None:
            assert ticket.work.legal_holds
            assert self.values(ticket.id, wanted) == before
            self.held += 1
            return False
        assert not ticket.work.legal_holds
        assert self.store.reveal(ticket.id, wanted) == {}
        assert after.work.erased or some
        self.gone |= {token for each in before.values() for token in each}
        self.erasures += 1
        return True

    def holds(self) -> None:
        """Place a legal hold, or lift one."""
        ticket = self.chance.choice(self.world.tickets())
        for case in ticket.work.legal_holds:
            self.papers.lift_legal_hold(ticket.id, case, actor=DPO)
        if not ticket.work.legal_holds:
            self.papers.place_legal_hold(ticket.id, "case-1", actor=DPO)

    def check_gone(self) -> None:
        """No erased value is anywhere: files, tables, exports, what was said; no digest tells."""
        if self.folder is not None:
            for file in self.folder.iterdir():
                assert not tokens(file.read_bytes()) & self.gone, file.name
        everything = repr(dump(self.store))
        assert not tokens(everything.encode()) & self.gone
        for token in self.gone:
            assert self.written[token].digest not in everything
        for customer in CUSTOMERS:
            lines = [json.dumps(line) for line in self.papers.export_subject(customer)]
            assert not tokens("".join(lines).encode()) & self.gone
        # What was written stands in no error, erased or not.
        assert not tokens("".join(self.said).encode())

    def check_whole(self) -> None:
        """Whatever was erased, everything is still proved by the trail."""
        codec = Codec(self.world.desk.rulebook.event_types)
        for ticket in self.world.tickets():
            records = self.store.records(ticket.id)
            events = [codec.decode(each) for each in records]
            stored = self.store.load((ticket.id,))[ticket.id].snapshot
            assert replay(ticket.id, events) == stored.ticket
            head = ""
            for record in records:
                assert json.loads(record.data).get("previous", "") == head
                head = record_digest("", ticket.id, record.data)
            assert stored.head == head
            sealed = [each for event in events for each in _sealed(event)]
            kept = self.store.reveal(ticket.id, [each.ref for each in sealed])
            assert all(opens(each, kept[each.ref]) for each in sealed if each.ref in kept)
            found = {token for each in kept.values() for token in tokens(each.value.encode())}
            own = {t for t, each in self.written.items() if each.ticket_id == ticket.id}
            if ticket.links.appeal_of is None and ticket.links.appeal is None:
                assert found == own - self.gone

    def lives(self, plan: Plan) -> None:
        """A session along *plan*, looked into after every erasure."""
        for order in _orders(plan, self.world):
            self.send(order)
            if self.chance.random() < 0.1:
                self.holds()
            if self.chance.random() < 0.25 and self.erases():
                self.check_gone()


def tokens(data: bytes) -> set[str]:
    """Every token in *data*."""
    return {each.decode() for each in TOKEN.findall(data)}


def _sealed(value: object) -> list[Sealed]:
    if isinstance(value, Sealed):
        return [value]
    if isinstance(value, dict):
        return [each for item in value.values() for each in _sealed(item)]
    slots = getattr(type(value), "__attrs_attrs__", ())
    return [each for slot in slots for each in _sealed(getattr(value, slot.name))]
