"""The list of erasures, to be kept apart from the store, and done again after a restore.

A backup holds what was erased since it was made. So whoever restores one erases again: the list,
read from the log page by page, says what; each line stands for itself, so that the lists of many
nights may simply follow each other in one file.

An erasure is done again under its own command id, so doing it twice does it once. It reaches the
values that were there when it was first done: what people wrote after the restore, perhaps under
the same reference, is let be. In the end it is looked whether the values are really gone, for a
store may have been put together of backups of different days.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from attrs import field, frozen

from workorder.canonical import decode
from workorder.desk.keeping import Keep, carry_out, erasing, references
from workorder.desk.requests import Load, Operation, ReadLog, ReadRecords, Reveal, ask
from workorder.errors import CommandRefused, InvalidInput
from workorder.instants import instant_text, read_instant
from workorder.refusals import Refusal
from workorder.rulebook import Rulebooks
from workorder.storage import Capability, Codec, Receipt
from workorder.texts import ENGLISH
from workorder.ticket import Erased
from workorder.workflow import Actor

KIND = "workorder/erasure"
VERSION = 1
"""What each line says of itself."""

PAGE = 1_000
"""How many records of the log are read at once."""

_MARK = b'"kind":"' + Erased.kind.encode() + b'"'
"""What the record of an erasure has in it: the rest of the log is not even taken apart."""

Outcome = Literal["erased", "again", "already", "not_found", "refused", "still_there"]


@frozen
class Erasure:
    """One erasure, as a line of the list says it.

    Attributes:
        ticket_id: the ticket.
        basis: why.
        refs: references of the values; all that were there, if empty.
        at: when it happened.
        actor: who asked for it.
        department: where they sat, if known.
        command_id: the id it was carried out under.
        tenant: whose ticket it is.
        position: where it stands in the log of the store that it was read from.
    """

    ticket_id: str
    basis: str
    refs: tuple[str, ...]
    at: datetime
    actor: str
    department: str | None
    command_id: str
    tenant: str = ""
    position: int = field(default=0, eq=False)

    def as_data(self) -> dict[str, Any]:
        """The line, as plain data."""
        return {
            "kind": KIND,
            "version": VERSION,
            "tenant": self.tenant,
            "position": self.position,
            "ticket": self.ticket_id,
            "basis": self.basis,
            "refs": list(self.refs),
            "at": instant_text(self.at),
            "actor": self.actor,
            "department": self.department,
            "command_id": self.command_id,
        }


def read_erasures(lines: Iterable[str | Mapping[str, Any]]) -> Iterator[Erasure]:
    """The erasures of *lines*: texts, or plain data; blank lines say nothing.

    Raises:
        InvalidInput: naming the line that is none.
    """
    for number, line in enumerate(lines, 1):
        if isinstance(line, str) and not line.strip():
            continue
        try:
            data = decode(line.encode()) if isinstance(line, str) else line
            if (data["kind"], data["version"]) != (KIND, VERSION):
                raise ValueError(data["kind"])  # noqa: TRY301 (said like all else that is wrong)
            department = data["department"]
            yield Erasure(
                _text(data["ticket"]),
                _text(data["basis"]),
                tuple(map(_text, data["refs"])),
                read_instant(data["at"]),
                _text(data["actor"]),
                None if department is None else _text(department),
                _text(data["command_id"]),
                _text(data["tenant"]),
                int(data["position"]),
            )
        except (InvalidInput, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidInput(
                "wrong_type",
                name=f"line {number}",
                expected=f"an erasure ({KIND}, version {VERSION})",
                found=f"{type(error).__name__}: {error}",
            ) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


@frozen
class ErasurePage:
    """Some erasures.

    Attributes:
        erasures: in the order of the log.
        next: the position behind which to read on; ``None`` at the end of the log.
    """

    erasures: tuple[Erasure, ...]
    next: int | None = None


def erasure_page(after: int, codec: Codec) -> Operation[ErasurePage]:
    """The erasures among the records behind position *after*."""
    read = yield from ask(ReadLog(after, PAGE))
    found = []
    for position, record in read:
        if _MARK not in record.data:
            continue
        event = codec.decode(record)
        if isinstance(event, Erased):
            trace = event.trace
            found.append(
                Erasure(
                    record.ticket_id,
                    event.basis,
                    event.refs,
                    trace.occurred_at,
                    trace.actor,
                    trace.department,
                    trace.command_id,
                    codec.tenant,
                    position,
                )
            )
    return ErasurePage(tuple(found), read[-1][0] if len(read) == PAGE else None)


@frozen
class Replayed:
    """What became of an erasure that was done again.

    Attributes:
        erasure: the erasure.
        outcome: ``erased`` now; ``again``: it is recorded, and values that were there all the same
            were erased now; ``already``: nothing of it is there; ``not_found``: the ticket is not;
            ``refused``; ``still_there``: the store did not do as it was told.
        refusal: why it was refused, if so.
    """

    erasure: Erasure
    outcome: Outcome
    refusal: Refusal | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing of what it was about is there."""
        return self.outcome in {"erased", "again", "already", "not_found"}

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The same as plain data."""
        refused = {} if self.refusal is None else {"reason": self.refusal.text(language)}
        each = self.erasure
        named = {"ticket": each.ticket_id, "command_id": each.command_id}
        return {**named, "outcome": self.outcome, **refused}


@frozen
class Again:
    """How erasures are done again.

    Attributes:
        now: when that is taken down.
        secret: the key of command digests.
        fresh_id: an id for an erasure that must be done under another one.
    """

    now: datetime
    secret: bytes
    fresh_id: str


def replay(
    erasure: Erasure,
    how: Again,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[Replayed]:
    """Do *erasure* again, if anything of it is there.

    Raises:
        StoreError: ``unsupported`` where the store has no history or keeps no sealed values.
    """
    ticket_id, command_id = erasure.ticket_id, erasure.command_id
    stored = yield from ask(Load((ticket_id,), (command_id,)))
    if ticket_id not in stored:
        return Replayed(erasure, "not_found")
    receipt = stored[ticket_id].receipts.get(command_id)
    concerned, everything = yield from _concerned(erasure, receipt, codec)
    kept = (yield from ask(Reveal(ticket_id, concerned))) if concerned else {}
    if not concerned or (receipt is not None and not kept):
        return Replayed(erasure, "already")
    refs = () if everything and not erasure.refs else concerned
    said, act = erasing(erasure.basis, refs)
    order = Keep(
        ticket_id,
        said,
        act,
        Actor(erasure.actor, (), erasure.department),
        command_id if receipt is None else how.fresh_id,
        min(erasure.at, how.now),
        how.now,
        how.secret,
        refs=refs,
    )
    try:
        yield from carry_out(order, rulebooks, codec, capabilities)
    except CommandRefused as refused:
        return Replayed(erasure, "refused", refused.refusal)
    if (yield from ask(Reveal(ticket_id, concerned))):
        return Replayed(erasure, "still_there")
    return Replayed(erasure, "erased" if receipt is None else "again")


def _concerned(
    erasure: Erasure, receipt: Receipt | None, codec: Codec
) -> Operation[tuple[tuple[str, ...], bool]]:
    """The references that the erasure is about, of those that the ticket has; and whether those
    are all that it has. What came later is not among them: behind its own record where there is
    one, else after its instant (after the restore, then).
    """
    records = yield from ask(ReadRecords(erasure.ticket_id))
    brought = references(records)
    if receipt is not None:
        last = max((each.sequence for each in receipt.records), default=0)
        before = {each.sequence for each in records if each.sequence <= last}
    else:
        before = {
            each.sequence for each in records if codec.decode(each).trace.occurred_at <= erasure.at
        }
    there = [ref for ref, sequence in brought.items() if sequence in before]
    wanted = [ref for ref in there if not erasure.refs or ref in erasure.refs]
    return tuple(wanted), len(there) == len(brought)
