"""Which fields an entry changed, those to be sealed among them."""

from collections.abc import Mapping
from secrets import token_bytes
from typing import Any

from workorder.storage import TicketStore
from workorder.ticket import Sealed, SealedValue, Ticket, seal
from workorder.ticket.sealing import SALT_BYTES


class FieldChanges:
    """Finds the fields that entries of one ticket changed.

    Args:
        store: where sealed values of earlier entries are kept.
        ticket_id: the ticket.
        sealed: the fields to be sealed.
    """

    def __init__(self, store: TicketStore, ticket_id: str, sealed: frozenset[str]) -> None:
        self._store: Any = store
        self._ticket_id = ticket_id
        self._names = sealed
        self._texts: dict[str, str] = {}
        self.sealed: list[SealedValue] = []

    def of(
        self, values: Mapping[str, str | int | bool | None], ticket: Ticket | None
    ) -> dict[str, Any]:
        """The fields of *values* that differ from the ticket's; all of them for its first entry,
        so that it is known which ones are missing.
        """
        had = ticket.fields if ticket is not None else {}
        found: dict[str, Any] = {}
        sequence = ticket.revision.events + 1 if ticket is not None else 1
        for name, value in values.items():
            before = had.get(name)
            if name not in self._names or value is None:
                if before != value or ticket is None:
                    found[name] = value
                continue
            text = str(value)
            if isinstance(before, Sealed) and self._text(before) is None:
                continue  # it was erased, and a log that still has it does not bring it back
            if not isinstance(before, Sealed) or self._text(before) != text:
                salt = token_bytes(SALT_BYTES)
                found[name], kept = seal(self._ticket_id, f"{sequence}.{name}", salt, text)
                self._texts[kept.ref] = text
                self.sealed.append(kept)
        return found

    def _text(self, sealed: Sealed) -> str | None:
        """The text behind a reference, from this run or from the store."""
        if sealed.ref not in self._texts:
            kept = self._store.reveal(self._ticket_id, (sealed.ref,)).get(sealed.ref)
            if kept is None:
                return None
            self._texts[sealed.ref] = kept.value
        return self._texts[sealed.ref]
