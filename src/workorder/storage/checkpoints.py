"""Checkpoints: one digest over the whole log, small enough to be kept somewhere else.

A :class:`Checkpoint` is the root of a Merkle tree (:mod:`workorder.storage.merkle`) whose entries
are the digests of all records in the order of the log; the digest of a record is the head that its
ticket had then. Whoever has a checkpoint that the store's keeper cannot reach can tell later
whether any record of then was changed, taken away or put in, whole tickets included.

Proofs that go with it are in :mod:`workorder.storage.proofs`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Self

from attrs import field, frozen

from workorder.canonical import ALGORITHMS, SHA_256, available, checked_algorithm, encode
from workorder.errors import ConfigurationError, Finding, InvalidInput, StoreError
from workorder.instants import aware, instant_text, read_instant
from workorder.storage.batch import Record
from workorder.storage.chain import record_digest
from workorder.storage.headers import named_algorithm
from workorder.storage.merkle import MerkleTree
from workorder.storage.protocols import Capability
from workorder.storage.records import RECORD_LIMIT

CHECKPOINT_FORMAT = 1
"""The format of checkpoints and proofs that is written."""

PAGE = 500
"""Records of the log that are read at a time."""

Progress = Callable[[int], None]


def _instant(value: datetime) -> datetime:
    return aware(value, "at")


@frozen
class Checkpoint:
    """What the log of a store was at one moment.

    Attributes:
        tenant: whose log.
        size: how many records it had.
        root: the root over their digests, in hexadecimal.
        at: when the checkpoint was made.
        position: where its last record stands in the log; 0 if there was none.
        algorithm: of the tree.
    """

    tenant: str
    size: int
    root: str
    at: datetime = field(converter=_instant)
    position: int
    algorithm: str = SHA_256

    def as_data(self) -> dict[str, Any]:
        """As plain data; :meth:`from_data` reads it."""
        return {
            "format": CHECKPOINT_FORMAT,
            "tenant": self.tenant,
            "algorithm": self.algorithm,
            "size": self.size,
            "root": self.root,
            "at": instant_text(self.at),
            "position": self.position,
        }

    def data(self) -> bytes:
        """Its canonical bytes: the same for the same checkpoint, to be signed or compared."""
        return encode(self.as_data())

    @classmethod
    def from_data(cls, data: object, file: str = "") -> Self:
        """Read :meth:`as_data` back.

        Args:
            data: what was read, from JSON for example.
            file: where it stands, for the findings.

        Raises:
            ConfigurationError: with everything that is wrong with it.
        """
        said = data if isinstance(data, Mapping) else {}
        findings = [Finding(key, found, expected, file) for key, found, expected in _wrong(data)]
        if findings:
            raise ConfigurationError(findings)
        return cls(
            said["tenant"],
            said["size"],
            said["root"],
            read_instant(said["at"]),
            said["position"],
            said["algorithm"],
        )


def is_count(value: object) -> bool:
    """Whether *value* is a whole number from 0."""
    return type(value) is int and value >= 0


def is_digest(value: object) -> bool:
    """Whether *value* is a digest in hexadecimal."""
    return isinstance(value, str) and len(value) == 64 and not value.strip("0123456789abcdef")  # noqa: PLR2004 (both algorithms have 32 bytes)


def _moment(value: object) -> bool:
    try:
        read_instant(str(value))
    except InvalidInput:
        return False
    return isinstance(value, str)


_PARTS: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("format", lambda value: type(value) is int and value == CHECKPOINT_FORMAT, "1"),
    ("tenant", lambda value: isinstance(value, str), "text"),
    (
        "algorithm",
        lambda value: isinstance(value, str) and value in ALGORITHMS,
        " or ".join(ALGORITHMS),
    ),
    ("size", is_count, "a whole number from 0"),
    ("root", is_digest, "64 hexadecimal digits"),
    ("at", _moment, "an instant, like 2026-09-30T08:30:00.000000Z"),
    ("position", is_count, "a whole number from 0"),
)


def _wrong(data: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(data, Mapping):
        yield "checkpoint", type(data).__name__, "an object"
        return
    for key, fits, expected in _PARTS:
        if key not in data:
            yield key, "nothing", expected
        elif not fits(data[key]):
            yield key, repr(data[key])[:60], expected
    known = {key for key, _, _ in _PARTS}
    for key in data:
        if key not in known:
            yield str(key)[:60], "something", "no such key"


def leaf(tenant: str, ticket_id: str, data: object) -> bytes | None:
    """The entry of a record in the tree: the bytes of its digest, by the algorithm that it names;
    ``None`` for a record that names none that is known here, and for what is no record at all.
    """
    if not isinstance(data, bytes) or len(data) > RECORD_LIMIT:
        return None
    algorithm = named_algorithm(data)
    if algorithm is None or not available(algorithm):
        return None
    return bytes.fromhex(record_digest(tenant, ticket_id, data, algorithm))


def _entry(tenant: str, position: int, record: Record) -> bytes:
    found = leaf(tenant, record.ticket_id, record.data)
    if found is None:
        raise StoreError(
            "unreadable_record",
            ticket=record.ticket_id,
            sequence=record.sequence,
            reason=f"position {position} of the log: no digest can be taken",
        )
    return found


def pages(store: Any, limit: int | None = None) -> Iterator[list[tuple[int, Record]]]:
    """The log of *store*, page by page; the first *limit* records of it.

    Raises:
        StoreError: ``unsupported`` for a store without history.
    """
    if Capability.HISTORY not in store.capabilities:
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    after, left = 0, limit
    while left is None or left > 0:
        page = list(store.log(after, PAGE if left is None else min(PAGE, left)))
        if not page:
            return
        yield page
        after = page[-1][0]
        left = None if left is None else left - len(page)


def entries(store: Any, limit: int | None, progress: Progress) -> Iterator[bytes]:
    """The entries of the log's first *limit* records.

    Raises:
        StoreError: ``unsupported`` for a store without history; ``unreadable_record`` for a record
            whose digest cannot be taken.
    """
    done = 0
    for page in pages(store, limit):
        for position, record in page:
            yield _entry(store.tenant, position, record)
        done += len(page)
        progress(done)


def take_checkpoint(
    store: Any,
    at: datetime,
    *,
    algorithm: str = SHA_256,
    progress: Progress = lambda _done: None,
) -> Checkpoint:
    """A checkpoint of the log of *store* as it is now, said to be made *at*.

    Reads the log once, ``O(log n)`` of memory. Records that are written meanwhile may be in it.

    Args:
        store: a store with history.
        at: when it is.
        algorithm: of the tree.
        progress: told how many records are done.

    Raises:
        StoreError: ``unsupported`` for a store without history; ``unreadable_record`` for a record
            whose digest cannot be taken.
        InvalidInput: for an algorithm that this machine does not have, and for an instant without
            a zone.
    """
    tree = MerkleTree(checked_algorithm(algorithm))
    position = 0
    for page in pages(store):
        for position, record in page:
            tree.append(_entry(store.tenant, position, record))
        progress(tree.size)
    return Checkpoint(store.tenant, tree.size, tree.root().hex(), at, position, algorithm)
