"""Stores to move, and everything that two stores must have in common afterwards."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, ClassVar

from attrs import evolve, frozen

from tests.desk.people import AT, CHEN, LI, Counting, Ticking, a_life, open_one
from workorder.desk import ServiceDesk
from workorder.exchange import LoadReport, export_store, load_store
from workorder.kernel import Draft
from workorder.rulebook import Extension, Rulebook, basic
from workorder.storage import FullStore, Record
from workorder.ticket import Command, Comment, Dispatch, HostEvent, Ticket
from workorder.workflow import SAME, Action, Row

Lines = list[bytes]


def exported(store: FullStore) -> Lines:
    """The lines of an export, made always at the same instant."""
    lines: Lines = []
    export_store(store, lines.append, time=lambda: AT)
    return lines


def loaded(lines: Iterable[bytes], store: FullStore, **options: Any) -> LoadReport:
    """Load *lines* from a file called ``store.jsonl``."""
    return load_store(lines, store, file="store.jsonl", **options)


def log_of(store: FullStore) -> list[Record]:
    """The whole log, in its order."""
    return [record for _, record in store.log(limit=100_000)]


def whole(store: FullStore) -> Mapping[str, Any]:
    """Everything that a move must keep, asked of the store by its public methods."""
    log = log_of(store)
    commands: dict[str, set[str]] = {}
    refs: dict[str, set[str]] = {}
    for record in log:
        said = json.loads(record.data)
        commands.setdefault(record.ticket_id, set()).add(said["command"])
        refs.setdefault(record.ticket_id, set()).update(sealed_in(said))
    stored = {name: store.load((name,), sorted(ids))[name] for name, ids in commands.items()}
    return {
        "log": log,
        "ids": store.ids(),
        "snapshots": {name: each.snapshot.data for name, each in stored.items()},
        "receipts": {name: dict(each.receipts) for name, each in stored.items()},
        "records": {name: store.records(name) for name in commands},
        "sealed": {name: dict(store.reveal(name, some)) for name, some in refs.items()},
        "outbox": [message for _, message in store.pending(100_000)],
    }


def sealed_in(said: Any) -> set[str]:
    """The references of sealed values in a record."""
    if isinstance(said, dict):
        if set(said) == {"commitment", "sealed"}:
            return {str(said["sealed"])}
        return {ref for each in said.values() for ref in sealed_in(each)}
    return {ref for each in said for ref in sealed_in(each)} if isinstance(said, list) else set()


def desk_on(store: FullStore, rules: Rulebook | None = None) -> ServiceDesk:
    """A desk whose clock, salts and ids are the same in every run."""
    return ServiceDesk(
        store, rulebook=rules or basic(), time=Ticking(), new_entropy=Counting(), secret=b"k"
    )


def busy(store: FullStore) -> FullStore:
    """*store*, with tickets whose records stand between each other, and odd texts in them."""
    desk = desk_on(store)
    first = open_one(desk, "first")
    second = open_one(desk, "second")
    desk.perform(first.id, Dispatch("li", "cards", "熟悉情况 💳"), actor=CHEN, command_id="d1")
    desk.perform(second.id, Dispatch("li", "cards", 'a "quoted" \\ text\n'), actor=CHEN)
    desk.perform(first.id, Comment("é 工单\n\u0323a \ufffd 𠮷"), actor=LI, command_id="c1")
    a_life(desk, "third")
    return store


@frozen
class Block(Command):
    """A host's own command."""

    action: ClassVar[str] = "block_card"


@frozen
class Blocked(HostEvent):
    """A host's own event, which leaves the number of a card on the ticket."""

    kind: ClassVar[str] = "bank.blocked"

    card: str = ""

    def evolve(self, ticket: Ticket) -> Ticket:
        """The card stands among the ticket's fields."""
        return evolve(ticket, fields={**ticket.fields, "card": self.card})


def _blocked(draft: Draft[Block]) -> tuple[Blocked, ...]:
    return (Blocked(draft.trace, draft.step, "6222"),)


def hosts() -> Rulebook:
    """A rulebook with the host's own command."""
    plain = basic().workflow
    row = Row("block_card", "accepted", SAME, "supervisor")
    flow = evolve(plain, actions=(*plain.actions, Action("block_card")), rows=(*plain.rows, row))
    return evolve(
        basic(), name="hosts", workflow=flow, extensions=(Extension(Block, (Blocked,), _blocked),)
    )


HOST_EVENTS = {"bank.blocked": Blocked}


def changed(lines: Lines, number: int, **keys: object) -> Lines:
    """*lines*, with *keys* of line *number* (counted from 1) changed; ``...`` takes one away."""
    said = {**json.loads(lines[number - 1]), **keys}
    kept = {key: value for key, value in said.items() if value is not ...}
    made = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return [*lines[: number - 1], made, *lines[number:]]


def signed(lines: Lines) -> Lines:
    """*lines*, with digests that fit: as somebody would write them who means them so."""
    made: Lines = []
    for line in lines:
        again = [line]
        if line.startswith((b'{"line":"check"', b'{"line":"end"')) and line.endswith(b"}\n"):
            again = changed(again, 1, digest=sha256(b"".join(made)).hexdigest())
        made += again
    return made
