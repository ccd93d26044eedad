"""What a change of an export must be, before anything is made of it.

Its records follow each other and the ticket's record before, and its sealed values are what was
sealed. Every error names file, line and ticket.
"""

from collections.abc import Sequence

from attrs import frozen

from workorder.errors import InvalidInput, SourceError, StoreError
from workorder.exchange.transfer.lines import RecordLine
from workorder.exchange.transfer.references import Named, named
from workorder.storage import FORMAT, Mark, Record
from workorder.storage.headers import Unreadable, header_of, is_in_form
from workorder.ticket import Erased, Sealed, SealedValue, opens


@frozen
class Said:
    """A record line with where it stands, read as far as the chain needs it.

    Attributes:
        line: its number in the file.
        named: the record.
        sealed: its sealed values.
        marks: the commands of the change that ends with it; ``None`` where the change goes on.
        snapshot: the digest of the ticket's snapshot after it, or nothing.
    """

    line: int
    named: Named
    sealed: tuple[SealedValue, ...]
    marks: tuple[Mark, ...] | None
    snapshot: str

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.named.record


@frozen
class Told:
    """A whole change as the lines of a file tell it.

    Attributes:
        said: its records.
        size: bytes of them.
    """

    said: tuple[Said, ...]
    size: int

    @property
    def ticket_id(self) -> str:
        """The ticket."""
        return self.said[0].record.ticket_id

    @property
    def first(self) -> int:
        """The sequence of its first record."""
        return self.said[0].record.sequence

    @property
    def last(self) -> int:
        """The sequence of its last record."""
        return self.said[-1].record.sequence

    @property
    def erases(self) -> bool:
        """Whether sealed values are erased with it."""
        return any(each.named.said.get("kind") == Erased.kind for each in self.said)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The commands it comes from."""
        return self.said[-1].marks or ()


class Place:
    """Says where in which file something is wrong.

    Args:
        file: the file.
    """

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(self, code: str, said: Said, **facts: object) -> SourceError:
        """An error about one record line."""
        record = said.record
        known = {"ticket": record.ticket_id, "sequence": record.sequence, **facts}
        return SourceError(code, file=self.file, line=said.line, **known)

    def read(self, number: int, line: RecordLine, tenant: str) -> Said:
        """A record line, read as far as the chain needs it."""
        try:
            found = named(line.record, tenant)
        except StoreError as error:
            raise SourceError("bad_record", file=self.file, line=number, **error.facts) from error
        return Said(number, found, line.sealed, line.marks, line.snapshot)

    def follow(self, said: Sequence[Said], head: str, there: int, version: int) -> str:
        """Check that records follow each other, the first of them number *there* of the ticket,
        whose head was *head* at *version*; the head after them.
        """
        for number, each in enumerate(said, there + 1):
            record = each.record
            if record.sequence != number:
                raise self.wrong("out_of_order", each, expected=number)
            if each.named.said.get("previous", "") != head:
                raise self.wrong("broken_chain", each)
            if record.version < version or (record.version == version and number == there + 1):
                reason = f"version {record.version} does not follow {version}"
                raise self.wrong("bad_record", each, reason=reason)
            head, version = each.named.digest, record.version
        return head

    def sound(self, said: Sequence[Said], at: str) -> None:
        """Check that records are as records are written, and that none happened before the one
        before it, the first not before *at*. Records of other formats are taken as they are.
        """
        for each in said:
            if each.named.said.get("format") != FORMAT:
                continue
            try:
                header = header_of(each.named.said)
            except Unreadable as why:
                raise self.wrong("bad_record", each, reason=why.code) from None
            if not is_in_form(each.named.said, each.record.data):
                raise self.wrong("bad_record", each, reason="not_canonical")
            happened = str(header[3])
            if happened < at:
                raise self.wrong("bad_record", each, reason="time_back")
            at = happened

    def opened(self, said: Said) -> tuple[Sequence[SealedValue], Sequence[SealedValue]]:
        """The sealed values of a record: those that are what was sealed, and those that are not."""
        if not said.sealed:
            return (), ()
        sealed = said.named.sealed
        yes: list[SealedValue] = []
        no: list[SealedValue] = []
        for kept in said.sealed:
            if kept.ref not in sealed:
                expected = "sealed: a value that the record refers to"
                raise self.wrong("wrong_line", said, expected=expected, found=kept.ref)
            (yes if _opens(sealed[kept.ref], kept) else no).append(kept)
        return yes, no


def _opens(sealed: Sealed, kept: SealedValue) -> bool:
    try:
        return opens(sealed, kept)
    except (InvalidInput, UnicodeEncodeError):  # an algorithm not known here; half a character
        return False
