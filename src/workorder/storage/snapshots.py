"""Snapshots: a ticket as it stands, as a value and as bytes, each made when first asked for."""

from workorder.canonical import decode_known, encode_known
from workorder.errors import StoreError
from workorder.storage.converter import CONVERTER
from workorder.ticket import Ticket

_to_data = CONVERTER.get_unstructure_hook(Ticket)
_from_data = CONVERTER.get_structure_hook(Ticket)


class Snapshot:
    """A ticket as it stands.

    A store that keeps bytes reads :attr:`data`; one that keeps values reads :attr:`ticket`.
    Either is made from the other on first use, so nobody pays for what nobody asks.
    """

    __slots__ = ("_data", "_ticket")

    def __init__(self, ticket: Ticket | None = None, data: bytes | None = None) -> None:
        if (ticket is None) == (data is None):
            message = "a snapshot is made of a ticket or of bytes"
            raise TypeError(message)
        self._ticket = ticket
        self._data = data

    @property
    def ticket(self) -> Ticket:
        """The ticket."""
        if self._ticket is None:
            try:
                self._ticket = _from_data(decode_known(self._data or b""), Ticket)
            except Exception as error:  # whatever is wrong with the bytes, it is this snapshot
                reason = f"{type(error).__name__}: {error}"
                raise StoreError("unreadable_snapshot", reason=reason) from error
        return self._ticket

    @property
    def data(self) -> bytes:
        """Canonical bytes of the ticket."""
        if self._data is None:
            self._data = encode_known(_to_data(self._ticket))
        return self._data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Snapshot) and self.ticket == other.ticket

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"Snapshot({self.ticket.id} at version {self.ticket.version})"
