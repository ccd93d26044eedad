"""Which commands brought which records: receipts, without the records they repeat."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from workorder.storage import Mark, TicketStore

_FIRST = 8
_AT_ONCE = 2_000
"""Records to be held at once: each receipt of a change repeats all its records."""


@frozen
class Brought:
    """One command: its mark, and the records of the change it was part of.

    Attributes:
        mark: its id and digest.
        first: the sequence of the first record; 0 if there are none.
        last: the sequence of the last one.
    """

    mark: Mark
    first: int
    last: int


def brought_by(store: TicketStore, ticket_id: str, commands: Sequence[str]) -> Iterator[Brought]:
    """What those of *commands* that were carried out on a ticket brought, in their order."""
    done, size = 0, _FIRST
    while done < len(commands):
        asked = commands[done : done + size]
        done += size
        stored = store.load((ticket_id,), asked).get(ticket_id)
        receipts = stored.receipts if stored is not None else {}
        most = 1
        for command in asked:
            receipt = receipts.get(command)
            if receipt is None:
                continue
            mark = Mark(command, receipt.digest)
            records = receipt.records
            most = max(most, len(records))
            first, last = (records[0].sequence, records[-1].sequence) if records else (0, 0)
            yield Brought(mark, first, last)
        size = max(1, _AT_ONCE // most)
