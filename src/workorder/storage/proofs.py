"""Proofs that need no store: that a record is in a checkpoint, that one checkpoint begins with
another.

Each is a value with everything that an outsider needs, and says by itself whether it holds. What
it cannot say is whether the checkpoint in it is the one that was kept: that is for the outsider.
"""

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import frozen

from workorder.errors import ConfigurationError, Finding, InvalidInput
from workorder.storage.checkpoints import (
    Checkpoint,
    Progress,
    entries,
    is_count,
    is_digest,
    leaf,
    pages,
)
from workorder.storage.merkle import (
    consistency_path,
    inclusion_path,
    verify_consistency,
    verify_inclusion,
)


@frozen
class RecordProof:
    """That a record is part of a checkpoint: everything that somebody without the store needs.

    Attributes:
        checkpoint: the checkpoint; whoever checks compares it with the one they kept.
        index: the place of the record among those of the checkpoint, from 0.
        ticket_id: its ticket.
        record: its bytes.
        path: the digests that lead from it to the root.
    """

    checkpoint: Checkpoint
    index: int
    ticket_id: str
    record: bytes
    path: tuple[bytes, ...]

    def holds(self) -> bool:
        """Whether the record, as it stands here, is part of the checkpoint as it stands here."""
        made = self.checkpoint
        entry = leaf(made.tenant, self.ticket_id, self.record)
        root = bytes.fromhex(made.root)
        return entry is not None and verify_inclusion(
            entry, self.index, made.size, self.path, root, made.algorithm
        )

    def as_data(self) -> dict[str, Any]:
        """As plain data; :meth:`from_data` reads it."""
        return {
            "checkpoint": self.checkpoint.as_data(),
            "index": self.index,
            "ticket": self.ticket_id,
            "record": self.record.decode(),
            "path": [each.hex() for each in self.path],
        }

    @classmethod
    def from_data(cls, data: object, file: str = "") -> Self:
        """Read :meth:`as_data` back.

        Raises:
            ConfigurationError: with what is wrong with it.
        """
        said = _parts(
            data,
            {
                "checkpoint": lambda value: isinstance(value, Mapping),
                "index": is_count,
                "ticket": lambda value: isinstance(value, str),
                "record": lambda value: isinstance(value, str),
                "path": _path,
            },
            file,
        )
        return cls(
            Checkpoint.from_data(said["checkpoint"], file),
            said["index"],
            said["ticket"],
            said["record"].encode(errors="surrogatepass"),
            tuple(map(bytes.fromhex, said["path"])),
        )


@frozen
class GrowthProof:
    """That a checkpoint holds all of an earlier one, in the same order, and only adds behind it.

    Attributes:
        before: the earlier checkpoint.
        after: the later one.
        path: the digests that lead from the one to the other.
    """

    before: Checkpoint
    after: Checkpoint
    path: tuple[bytes, ...]

    def holds(self) -> bool:
        """Whether the later one begins with the earlier one, as they stand here."""
        one, other = self.before, self.after
        if (one.tenant, one.algorithm) != (other.tenant, other.algorithm):
            return False
        roots = bytes.fromhex(one.root), bytes.fromhex(other.root)
        return verify_consistency(one.size, other.size, *roots, self.path, one.algorithm)

    def as_data(self) -> dict[str, Any]:
        """As plain data; :meth:`from_data` reads it."""
        return {
            "before": self.before.as_data(),
            "after": self.after.as_data(),
            "path": [each.hex() for each in self.path],
        }

    @classmethod
    def from_data(cls, data: object, file: str = "") -> Self:
        """Read :meth:`as_data` back.

        Raises:
            ConfigurationError: with what is wrong with it.
        """
        said = _parts(
            data,
            {
                "before": lambda value: isinstance(value, Mapping),
                "after": lambda value: isinstance(value, Mapping),
                "path": _path,
            },
            file,
        )
        return cls(
            Checkpoint.from_data(said["before"], file),
            Checkpoint.from_data(said["after"], file),
            tuple(map(bytes.fromhex, said["path"])),
        )


def _path(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(is_digest, value))


def _parts(
    data: object, parts: Mapping[str, Callable[[Any], bool]], file: str
) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ConfigurationError([Finding("proof", type(data).__name__, "an object", file)])
    findings = [
        Finding(key, "nothing or something else", f"the {key} of a proof", file)
        for key, fits in parts.items()
        if key not in data or not fits(data[key])
    ]
    if findings:
        raise ConfigurationError(findings)
    return data


def prove_record(
    store: Any,
    checkpoint: Checkpoint,
    ticket_id: str,
    sequence: int,
    *,
    progress: Progress = lambda _done: None,
) -> RecordProof:
    """The proof that a record is part of *checkpoint*. Reads that part of the log twice: to find
    the record, and to make the path; ``O(log n)`` of memory. Made from a log that was changed
    since, it does not hold.

    Raises:
        StoreError: as :func:`take_checkpoint`.
        InvalidInput: ``not_a_choice`` for a record that is not in that part of the log.
    """
    index = 0
    for page in pages(store, checkpoint.size):
        for _, record in page:
            if record.ticket_id == ticket_id and record.sequence == sequence:
                found = entries(store, checkpoint.size, progress)
                path = inclusion_path(found, index, checkpoint.size, checkpoint.algorithm)
                return RecordProof(checkpoint, index, ticket_id, record.data, path)
            index += 1
    raise InvalidInput(
        "not_a_choice",
        name="record",
        found=f"{ticket_id}/{sequence}",
        choices=f"the first {checkpoint.size} records of the log",
    )


def prove_growth(
    store: Any,
    before: Checkpoint,
    after: Checkpoint,
    *,
    progress: Progress = lambda _done: None,
) -> GrowthProof:
    """The proof that *after* begins with all of *before*. Reads the log once, up to *after*;
    ``O(log n)`` of memory. Made from a log that was changed since, it does not hold.

    Raises:
        StoreError: as :func:`take_checkpoint`.
        InvalidInput: ``not_a_choice`` when *before* is the larger, when the log is too short for
            *after*, and for checkpoints of different algorithms.
    """
    if before.algorithm != after.algorithm:
        choices = (before.algorithm,)
        raise InvalidInput("not_a_choice", name="algorithm", found=after.algorithm, choices=choices)
    found = entries(store, after.size, progress)
    path = consistency_path(found, before.size, after.size, after.algorithm)
    return GrowthProof(before, after, path)
