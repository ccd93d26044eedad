"""The lines of an export: what each says, how it is written, how it is read.

One JSON object a line. The key ``line`` says which of five kinds it is: ``head``, ``record``,
``message``, ``check``, ``end``. A record's bytes stand in it as a text, so that they come back
exactly.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from json import JSONEncoder
from typing import Any

from attrs import asdict, frozen

from workorder.canonical import decode_known
from workorder.storage import RECORD_LIMIT, Mark, Message, Record
from workorder.ticket import SealedValue

EXPORT = "workorder"
"""What the head line says under ``export``."""

EXPORT_FORMAT = 1
"""The format of exports that is written, and read."""

LINE_LIMIT = 8 * RECORD_LIMIT
"""Bytes a line may have, its end included. Nothing longer is written, and nothing longer is read
to its end."""

STRETCH_LIMIT = 256 * 2**20
"""Bytes of lines from one check to the next, at most."""

_to_text = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class WrongLine(Exception):
    """A line that says something else than it should."""

    def __init__(self, expected: str, found: object) -> None:
        self.expected = expected
        self.found = str(found)[:80]
        super().__init__(expected, found)


class OtherFormat(Exception):
    """A head line of a format that is not read here."""

    def __init__(self, found: object) -> None:
        self.found = str(found)[:80]
        super().__init__(found)


@frozen
class Head:
    """The first line.

    Attributes:
        tenant: whose tickets these are.
        made: when the export was made, in UTC.
        library: the version of the library that made it.
        holds: what the store could keep beside records: ``sealed``, ``outbox``.
    """

    tenant: str
    made: str
    library: str
    holds: tuple[str, ...]


@frozen
class RecordLine:
    """One record.

    Attributes:
        record: the record, to the last byte.
        sealed: the sealed values it refers to, those that still exist.
        marks: the commands of the change that ends with it; ``None`` where the change goes on.
        snapshot: with the last record of a ticket, the digest of the ticket's snapshot.
    """

    record: Record
    sealed: tuple[SealedValue, ...] = ()
    marks: tuple[Mark, ...] | None = None
    snapshot: str = ""


@frozen
class Check:
    """That all lines so far are what was written. Changes do not reach over it.

    Attributes:
        digest: over the bytes of all lines before it, their ends included: SHA-256, in hexadecimal.
    """

    digest: str


@frozen
class End:
    """The last line: what stood before it.

    Attributes:
        digest: as that of a check.
        tickets: tickets.
        records: records.
        marks: commands.
        sealed: sealed values, each as often as it was said.
        messages: messages.
        root: the root of the Merkle tree over the digests of all records, in their order.
    """

    digest: str
    tickets: int
    records: int
    marks: int
    sealed: int
    messages: int
    root: str


Line = Head | RecordLine | Message | Check | End


def written(line: Line) -> bytes:
    """The bytes of a line, its end included."""
    match line:
        case RecordLine():
            said = _of_record(line)
        case Head():
            said = {"line": "head", "export": EXPORT, "format": EXPORT_FORMAT}
            said |= {**asdict(line), "holds": list(line.holds)}
        case Message():
            said = {"line": "message", "ticket": line.ticket_id, "topic": line.topic}
            said |= _of_bytes(line.data)
        case Check():
            said = {"line": "check", "digest": line.digest}
        case End():
            said = {"line": "end", **asdict(line)}
    return _to_text(said).encode() + b"\n"


def _of_record(line: RecordLine) -> dict[str, Any]:
    record = line.record
    said: dict[str, Any] = {
        "line": "record",
        "ticket": record.ticket_id,
        "sequence": record.sequence,
        "version": record.version,
        "data": record.data.decode(),
    }
    if line.sealed:
        said["sealed"] = {
            each.ref: [b64encode(each.salt).decode(), each.value] for each in line.sealed
        }
    if line.marks is not None:
        said["marks"] = [[each.command_id, each.digest] for each in line.marks]
    if line.snapshot:
        said["snapshot"] = line.snapshot
    return said


def _of_bytes(data: bytes) -> dict[str, str]:
    try:
        return {"data": data.decode()}
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}


def read(data: bytes) -> Line:
    """What a line says.

    Raises:
        WrongLine: when it is none, or says something else than its kind of line should.
        OtherFormat: for a head line of another format.
    """
    try:
        said = decode_known(data)
    except (ValueError, RecursionError) as error:
        # What was found is not said: it may be somebody's secret.
        raise WrongLine("a JSON object", type(error).__name__) from None
    if not isinstance(said, dict):
        raise WrongLine("a JSON object", type(said).__name__)
    match said.get("line"):
        case "record":
            return _record(said)
        case "head":
            return _head(said)
        case "message":
            return _message(said)
        case "check":
            return Check(_text(said, "digest"))
        case "end":
            counts = {name: _number(said, name) for name in _COUNTS}
            return End(_text(said, "digest"), **counts, root=_text(said, "root"))
        case other:
            raise WrongLine("line: head, record, message, check or end", f"line: {other}")


_COUNTS = ("tickets", "records", "marks", "sealed", "messages")


def _head(said: Mapping[str, Any]) -> Head:
    if said.get("export") != EXPORT:
        raise WrongLine(f"export: {EXPORT}", f"export: {_kind(said, 'export')}")
    if _number(said, "format") != EXPORT_FORMAT:
        raise OtherFormat(said["format"])
    holds = said.get("holds")
    if not isinstance(holds, list) or not all(isinstance(each, str) for each in holds):
        raise WrongLine("holds: a list of texts", f"holds: {type(holds).__name__}")
    tenant, made, library = (_text(said, name) for name in ("tenant", "made", "library"))
    return Head(tenant, made, library, tuple(holds))


def _record(said: Mapping[str, Any]) -> RecordLine:
    ticket_id = _text(said, "ticket")
    data = _encoded(_text(said, "data"), "data")
    record = Record(ticket_id, _number(said, "sequence"), _number(said, "version"), data)
    sealed = _sealed(ticket_id, said["sealed"]) if "sealed" in said else ()
    marks = _marks(said["marks"]) if "marks" in said else None
    return RecordLine(record, sealed, marks, _text(said, "snapshot") if "snapshot" in said else "")


def _sealed(ticket_id: str, said: object) -> tuple[SealedValue, ...]:
    expected = "sealed: reference: [salt in base64, text]"
    if not isinstance(said, dict):
        raise WrongLine(expected, f"sealed: {type(said).__name__}")
    found = []
    for ref, pair in said.items():
        match pair:
            case [str(salt), str(value)]:
                found.append(SealedValue(ticket_id, ref, _from_base64(salt, expected), value))
            case _:
                raise WrongLine(expected, f"sealed: {ref}: {type(pair).__name__}")
    return tuple(found)


def _marks(said: object) -> tuple[Mark, ...]:
    expected = "marks: a list of [command id, digest]"
    if not isinstance(said, list):
        raise WrongLine(expected, f"marks: {type(said).__name__}")
    found = []
    for pair in said:
        match pair:
            case [str(command_id), str(digest)]:
                found.append(Mark(command_id, digest))
            case _:
                raise WrongLine(expected, f"marks: {type(pair).__name__}")
    if len({each.command_id for each in found}) < len(found):
        raise WrongLine("marks: each command once", "marks: one of them again")
    return tuple(found)


def _message(said: Mapping[str, Any]) -> Message:
    if "base64" in said:
        data = _from_base64(_text(said, "base64"), "base64: bytes in base64")
    else:
        data = _encoded(_text(said, "data"), "data")
    return Message(_text(said, "ticket"), _text(said, "topic"), data)


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str):
        raise WrongLine(f"{name}: text", f"{name}: {_kind(said, name)}")
    return found


def _number(said: Mapping[str, Any], name: str) -> int:
    found = said.get(name)
    if type(found) is not int or not 0 <= found < 2**63:
        raise WrongLine(f"{name}: a whole number from 0", f"{name}: {_kind(said, name)}")
    return found


def _kind(said: Mapping[str, Any], name: str) -> str:
    return type(said[name]).__name__ if name in said else "nothing"


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise WrongLine(f"{name}: text", f"{name}: half a character") from None


def _from_base64(text: str, expected: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise WrongLine(expected, "no base64") from None
