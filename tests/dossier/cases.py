"""Tickets whose dossiers are tested, and how a dossier is taken apart and put together again."""

import hashlib
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import frozen

import workorder.dossier.verifier as shipped
from workorder.cli.demo import afterwards, extension, intake, review, teamwork
from workorder.cli.demo.scene import Scene
from workorder.cli.demo.telling import Story
from workorder.desk import ServiceDesk
from workorder.desk.batching import Before, whole
from workorder.kernel import Context, Decided, erase, lift_legal_hold, place_legal_hold
from workorder.refusals import Refusal
from workorder.storage import Codec, Committed, MemoryStore
from workorder.ticket import Ticket
from workorder.workflow import Actor

AT = datetime(2026, 12, 20, 4, 30, tzinfo=UTC)
"""When dossiers are made here: half past twelve in Shanghai."""

VERIFIER = Path(shipped.__file__)
KEEPER = Actor("sun.jing", "supervisor")
OPENING = '<script type="application/json" id="workorder-dossier">'
CLOSING = "</script>"

Data = dict[str, Any]


def scene(language: str = "en", tenant: str = "bank") -> Scene:
    """The bank's complaint of the demonstration, told to its end."""
    made = Scene(Story(language, quiet=True), MemoryStore(tenant))
    for chapter in (intake, teamwork, extension, review, afterwards):
        chapter.tell(made)
    return made


def keep(desk: ServiceDesk, ticket_id: str, act: Callable[[Ticket, Context], Any]) -> None:
    """Do something to a ticket's papers."""
    store: Any = desk.store
    snapshot = store.load([ticket_id])[ticket_id].snapshot
    outcome = act(snapshot.ticket, Context(ticket_id, KEEPER, AT, desk.rulebook, "keep"))
    assert not isinstance(outcome, Refusal), outcome.text()
    assert isinstance(outcome, Decided)
    codec = Codec(tenant=store.tenant)
    change = Before(ticket_id, snapshot).change(outcome.events, (), codec)
    batch = whole(change, outcome, (), codec, frozenset(store.capabilities))
    assert isinstance(store.commit(batch), Committed)


def hold(case: str) -> Callable[[Ticket, Context], Any]:
    """Place a legal hold."""
    return lambda ticket, context: place_legal_hold(ticket, case, context)


def lift(case: str) -> Callable[[Ticket, Context], Any]:
    """Lift a legal hold."""
    return lambda ticket, context: lift_legal_hold(ticket, case, context)


def forget(*refs: str) -> Callable[[Ticket, Context], Any]:
    """Erase sealed values; all of them, if none are named."""
    return lambda ticket, context: erase(ticket, "request", refs, context)


def data_in(html: str) -> Data:
    """The data of a page."""
    found: Data = json.loads(html.split(OPENING)[1].split(CLOSING, maxsplit=1)[0])
    return found


def with_data(html: str, data: object) -> str:
    """The page with other data."""
    before, rest = html.split(OPENING)
    return f"{before}{OPENING}{json.dumps(data)}{CLOSING}{rest.split(CLOSING, 1)[1]}"


def canonical(value: object) -> bytes:
    """The canonical bytes of *value*."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def packed(data: bytes) -> str:
    """Bytes as they stand in the data."""
    return b64encode(data).decode()


def records(data: Data) -> list[Data]:
    """What the records say."""
    return [json.loads(b64decode(each)) for each in data["records"]]


def rewritten(data: Data, said: list[Data], write: Callable[[Data], bytes] = canonical) -> None:
    """Write all records anew, with a chain and a snapshot that fit them: the perfect forgery."""
    bound = f"workorder/record\0{data['tenant']}\0{data['ticket']}\0".encode()
    before, made = "", []
    for each in said:
        each.pop("previous", None)
        found = write(each | {"previous": before} if before else each)
        before = hashlib.sha256(bound + found).hexdigest()
        made.append(packed(found))
    data["records"] = made
    snapshot = json.loads(b64decode(data["snapshot"]))
    snapshot["head"] = before
    data["snapshot"] = packed(canonical(snapshot))


@frozen
class Judged:
    """What the verifier said."""

    code: int
    out: str
    err: str


def judged(path: Path, *more: str | Path, python: str = sys.executable) -> Judged:
    """Start the verifier by itself: without this library, without the environment."""
    done = subprocess.run(
        [python, "-I", "-X", "utf8", str(VERIFIER), str(path), *map(str, more)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Judged(done.returncode, done.stdout, done.stderr)
