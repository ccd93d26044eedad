"""The golden records: one chain with every event type, written once and never changed again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

from tests.storage.events import EVENTS
from workorder.storage import Codec, Record
from workorder.ticket import Event

FOLDER = Path(__file__).parent / "golden" / "format-1"
TENANT = "golden"
TICKET = "T1"
_AT = datetime(2026, 3, 2, 1, 0, 0, 5, tzinfo=UTC)


def _stamped(number: int, event: Event) -> Event:
    """*event* as number *number* of a chain, in its own minute; taken down as late as before."""
    late = event.trace.recorded_at - event.trace.occurred_at
    at = _AT + timedelta(minutes=number)
    trace = evolve(event.trace, version=number, occurred_at=at, recorded_at=at + late)
    return evolve(event, trace=trace)


CHAIN: tuple[Event, ...] = tuple(_stamped(n, event) for n, event in enumerate(EVENTS, 1))
"""Every type that ships, one after another (in no order that a ticket could live through)."""


def written(algorithm: str) -> tuple[list[bytes], list[str]]:
    """The records of one ticket with every event, and their digests, as they are made today."""
    codec = Codec(tenant=TENANT, algorithm=algorithm)
    records, digests = [], []
    head = ""
    for number, event in enumerate(CHAIN, 1):
        record = codec.encode(TICKET, number, event, head)
        head = codec.head(record)
        records.append(record.data)
        digests.append(head)
    return records, digests


def kept(algorithm: str) -> tuple[list[bytes], list[str]]:
    """The same as they were written down."""
    records = (FOLDER / f"{algorithm}.jsonl").read_bytes().splitlines()
    return records, (FOLDER / f"{algorithm}.digests").read_text("ascii").split()


def as_records(data: list[bytes]) -> list[Record]:
    """Bytes as the records of one ticket."""
    return [Record(TICKET, number, 1, each) for number, each in enumerate(data, 1)]
