"""From the lines of an export to the changes that it tells, everything counted on the way."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NoReturn

from attrs import asdict

from workorder.errors import SourceError
from workorder.exchange.transfer.checking import Place, Said, Told
from workorder.exchange.transfer.lines import (
    EXPORT_FORMAT,
    STRETCH_LIMIT,
    Check,
    End,
    Head,
    Line,
    OtherFormat,
    RecordLine,
    WrongLine,
    read,
)
from workorder.storage import Capability, Message
from workorder.storage.merkle import MerkleTree


def read_head(data: bytes, file: str = "-") -> Head:
    """What the first line of an export says.

    Raises:
        SourceError: ``not_an_export``, ``export_format``.
    """
    try:
        line = read(data)
    except WrongLine as error:
        raise SourceError("not_an_export", file=file) from error
    except OtherFormat as error:
        raise SourceError(
            "export_format", file=file, found=error.found, expected=EXPORT_FORMAT
        ) from error
    if not isinstance(line, Head):
        raise SourceError("not_an_export", file=file)
    return line


class Telling:
    """What an export tells, read once.

    Args:
        first: the first line.
        place: says where something is wrong.

    Attributes:
        head: what the first line says.
        messages: what was pending.

    Raises:
        SourceError: ``not_an_export``, ``export_format``.
    """

    def __init__(self, first: bytes, place: Place) -> None:
        self.head = read_head(first, place.file)
        self.messages: list[Message] = []
        self._place = place
        self._seals = Capability.SEALED.value in self.head.holds
        self._bytes = sha256(first)
        self._stretch = len(first)
        self._checked = 1
        self._tree = MerkleTree()
        self._open: list[Said] = []
        self._told: list[Told] = []
        self._tickets = 0
        self._marks = 0
        self._sealed = 0

    def counted(self) -> End:
        """What came so far, as the last line says it."""
        return End(
            self._bytes.hexdigest(),
            self._tickets,
            self._tree.size,
            self._marks,
            self._sealed,
            len(self.messages),
            self._tree.root().hex(),
        )

    def changes(self, lines: Iterable[bytes]) -> Iterator[Told]:
        """The changes in their order, each once a check has shown that its lines are what was
        written. Whoever has seen the last one knows that everything came that was sent.

        Raises:
            SourceError: for whatever is wrong with a line.
        """
        ended = False
        number = 1
        for number, data in enumerate(lines, 2):
            line = self._line(number, data)
            if ended:
                self._wrong(number, "nothing after the last line", "another line")
            match line:
                case RecordLine():
                    self._record(number, line)
                case Message():
                    self._closed(number, "a message")
                    self.messages.append(line)
                case Check():
                    self._closed(number, "a check")
                    self._check(number, line.digest)
                    yield from self._told
                    self._told = []
                case End():
                    self._closed(number, "the last line")
                    self._check(number, line.digest)
                    yield from self._told
                    self._check_counts(number, line)
                    ended = True
                case Head():
                    self._wrong(number, "one head line", "another one")
            self._take(number, data)
        if not ended:
            raise SourceError("cut_short", file=self._place.file, line=number, added=0)

    def _take(self, number: int, data: bytes) -> None:
        self._bytes.update(data)
        self._stretch += len(data)
        if self._stretch > STRETCH_LIMIT:
            self._wrong(number, f"a check within {STRETCH_LIMIT} bytes", "none")

    def _check(self, number: int, digest: str) -> None:
        """Whether the lines since the last check are what was written."""
        if digest != self._bytes.hexdigest():
            facts = {"first": self._checked, "line": number}
            raise SourceError("wrong_digest", file=self._place.file, **facts)
        self._checked = number + 1
        self._stretch = 0

    def _line(self, number: int, data: bytes) -> Line:
        try:
            return read(data)
        except WrongLine as error:
            # The last line of a file that was cut is most often half of one.
            if not data.endswith(b"\n"):
                raise SourceError(
                    "cut_short", file=self._place.file, line=number, added=0
                ) from error
            self._wrong(number, error.expected, error.found)
        except OtherFormat:
            self._wrong(number, "one head line", "another one")

    def _wrong(self, number: int, expected: str, found: str) -> NoReturn:
        raise SourceError(
            "wrong_line",
            file=self._place.file,
            line=number,
            expected=expected,
            found=found,
            added=0,  # whoever loads says how many
        )

    def _record(self, number: int, line: RecordLine) -> None:
        record = line.record
        if self.messages:
            self._wrong(number, "no record behind a message", "one")
        if line.sealed and not self._seals:
            self._wrong(number, "no sealed values, as the head line says", "some")
        if self._open and self._open[-1].record.ticket_id != record.ticket_id:
            self._closed(number, record.ticket_id)
        said = self._place.read(number, line, self.head.tenant)
        self._tree.append(bytes.fromhex(said.named.digest))
        self._tickets += record.sequence == 1
        self._sealed += len(line.sealed)
        self._open.append(said)
        if line.marks is not None:
            self._marks += len(line.marks)
            self._told.append(Told(tuple(self._open), sum(len(s.record.data) for s in self._open)))
            self._open = []

    def _closed(self, number: int, found: str) -> None:
        if self._open:
            ticket_id = self._open[-1].record.ticket_id
            self._wrong(number, f"the rest of a change of {ticket_id}", found)

    def _check_counts(self, number: int, end: End) -> None:
        """Whether everything came that was sent."""
        counted = asdict(self.counted())
        for name, said in asdict(end).items():
            if said != counted[name]:
                facts = {"name": name, "found": said, "expected": counted[name]}
                raise SourceError("wrong_total", file=self._place.file, line=number, **facts)
