"""The golden records: one chain with every event type, written once and never changed again."""

from pathlib import Path

from tests.storage.events import EVENTS
from workorder.storage import Codec, Record

FOLDER = Path(__file__).parent / "golden" / "format-1"
TENANT = "golden"
TICKET = "T1"


def written(algorithm: str) -> tuple[list[bytes], list[str]]:
    """The records of one ticket with every event, and their digests, as they are made today."""
    codec = Codec(tenant=TENANT, algorithm=algorithm)
    records, digests = [], []
    head = ""
    for number, event in enumerate(EVENTS, 1):
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
