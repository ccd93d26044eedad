"""Sealing: sensitive values are kept apart from the trail, and can still be proved.

An event holds a :class:`~workorder.ticket.Sealed` reference; the value itself is kept by
the store in a place of its own, from where it can be erased without touching any record.
The commitment is salted, so that it does not give the value away to somebody who guesses.
"""

import hashlib

from attrs import frozen

from workorder.ticket.sealed import Sealed

SALT_BYTES = 16


@frozen
class SealedValue:
    """A sensitive value on its way into the store, or out of it."""

    ticket_id: str
    ref: str
    salt: bytes
    value: str


def commitment(salt: bytes, value: str) -> str:
    """SHA-256 over a domain tag, the salt and the value, in hexadecimal."""
    return hashlib.sha256(b"workorder/sealed\x00" + salt + value.encode()).hexdigest()


def seal(ticket_id: str, ref: str, salt: bytes, value: str) -> tuple[Sealed, SealedValue]:
    """Seal one value: what stands in the event, and what is kept apart."""
    return Sealed(ref, commitment(salt, value)), SealedValue(ticket_id, ref, salt, value)


def opens(sealed: Sealed, kept: SealedValue) -> bool:
    """Whether *kept* is the value that *sealed* was made from.

    >>> sealed, kept = seal("T1", "1.reason", b"salt", "lost card")
    >>> opens(sealed, kept), opens(sealed, SealedValue("T1", "1.reason", b"salt", "other"))
    (True, False)
    """
    return sealed.ref == kept.ref and sealed.commitment == commitment(kept.salt, kept.value)
