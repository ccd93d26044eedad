"""Cutting a log into changes: what each command, or each other cause, did to one ticket at once.

A receipt says which records a command brought. Records that no receipt covers (what a command on
another ticket did beside it) belong together when they led to the same version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from workorder.exchange.transfer.receipts import Brought
from workorder.exchange.transfer.references import Named
from workorder.storage import Mark, Record


@frozen
class Piece:
    """A change: its records, and the marks of the commands that brought them."""

    records: tuple[Named, ...]
    marks: tuple[Mark, ...]


def pieces(records: Iterable[Named], brought: Mapping[str, Sequence[Brought]]) -> Iterator[Piece]:
    """The changes that *records*, in the order of the log, consist of.

    Args:
        records: a part of the log that begins with a change.
        brought: by ticket, the commands of these records.
    """
    ends: dict[tuple[str, int], int] = {}
    marks: dict[tuple[str, int], list[Mark]] = {}
    for ticket_id, several in brought.items():
        for one in several:
            ends[ticket_id, one.first] = one.last
            marks.setdefault((ticket_id, one.first), []).append(one.mark)
    piece: list[Named] = []
    last = 0  # where the piece ends, if a receipt says so
    for each in records:
        end = ends.get((each.record.ticket_id, each.record.sequence), 0)
        if piece and not _goes_on(piece[-1].record, each.record, last, end):
            yield _piece(piece, marks)
            piece = []
        if not piece:
            last = end
        piece.append(each)
    if piece:
        yield _piece(piece, marks)


def _goes_on(before: Record, record: Record, last: int, end: int) -> bool:
    """Whether *record* is part of the change that *before* is part of."""
    if before.ticket_id != record.ticket_id:
        return False
    if last:
        return record.sequence <= last
    return not end and record.version == before.version


def _piece(piece: Sequence[Named], marks: Mapping[tuple[str, int], Sequence[Mark]]) -> Piece:
    first = piece[0].record
    return Piece(tuple(piece), tuple(marks.get((first.ticket_id, first.sequence), ())))
