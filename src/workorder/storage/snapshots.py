"""Snapshots: a ticket as it stands, as a value and as bytes, each made when first asked for."""

from workorder.canonical import decode_known, encode_known
from workorder.errors import StoreError
from workorder.storage.converter import CONVERTER
from workorder.ticket import Ticket

_to_data = CONVERTER.get_unstructure_hook(Ticket)
_from_data = CONVERTER.get_structure_hook(Ticket)


class Snapshot:
    """A ticket as it stands, with the head of its chain.

    A store that keeps bytes reads :attr:`data`; one that keeps values reads :attr:`ticket`.
    Either is made from the other on first use, so nobody pays for what nobody asks.

    Args:
        ticket: the ticket.
        data: its bytes, instead.
        head: the digest of its last record (:mod:`workorder.storage.chain`); empty where there
            are no records. Bytes bring their own.
    """

    __slots__ = ("_data", "_head", "_ticket")

    def __init__(
        self, ticket: Ticket | None = None, data: bytes | None = None, head: str = ""
    ) -> None:
        if (ticket is None) == (data is None):
            message = "a snapshot is made of a ticket or of bytes"
            raise TypeError(message)
        self._ticket = ticket
        self._data = data
        self._head = head

    @property
    def ticket(self) -> Ticket:
        """The ticket."""
        return self._read() if self._ticket is None else self._ticket

    @property
    def head(self) -> str:
        """The digest of its last record; empty where there are none."""
        if self._ticket is None:
            self._read()
        return self._head

    def _read(self) -> Ticket:
        try:
            said = decode_known(self._data or b"")
            ticket: Ticket = _from_data(said, Ticket)
            self._ticket = ticket
            self._head = _text(said.get("head", ""))
        except Exception as error:  # whatever is wrong with the bytes, it is this snapshot
            self._ticket = None
            reason = f"{type(error).__name__}: {error}"
            raise StoreError("unreadable_snapshot", reason=reason) from error
        return ticket

    @property
    def data(self) -> bytes:
        """Canonical bytes of both."""
        if self._data is None:
            said = _to_data(self._ticket)
            if self._head:
                said["head"] = self._head
            self._data = encode_known(said)
        return self._data

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Snapshot) and self.ticket == other.ticket and self.head == other.head
        )

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        return f"Snapshot({self.ticket.id} at version {self.ticket.version})"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
