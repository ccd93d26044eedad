"""Sealing: sensitive values are kept apart from the trail, and can still be proved.

An event holds a :class:`~workorder.ticket.Sealed` reference; the value itself is kept by
the store in a place of its own, from where it can be erased without touching any record.
The commitment is salted, so that it does not give the value away to somebody who guesses.
"""

from attrs import frozen

from workorder.canonical import SHA_256, digest
from workorder.ticket.sealed import Sealed

SALT_BYTES = 16


@frozen
class SealedValue:
    """A sensitive value on its way into the store, or out of it."""

    ticket_id: str
    ref: str
    salt: bytes
    value: str


def commitment(salt: bytes, value: str, algorithm: str = SHA_256) -> str:
    """The digest over a domain tag, the salt and the value, in hexadecimal; the name of another
    algorithm than SHA-256 stands before it (``sm3:…``).
    """
    found = digest(b"workorder/sealed\x00" + salt + value.encode(), algorithm)
    return found if algorithm == SHA_256 else f"{algorithm}:{found}"


def seal(
    ticket_id: str, ref: str, salt: bytes, value: str, algorithm: str = SHA_256
) -> tuple[Sealed, SealedValue]:
    """Seal one value: what stands in the event, and what is kept apart."""
    sealed = Sealed(ref, commitment(salt, value, algorithm))
    return sealed, SealedValue(ticket_id, ref, salt, value)


def opens(sealed: Sealed, kept: SealedValue) -> bool:
    """Whether *kept* is the value that *sealed* was made from. A salt of another length than
    :data:`SALT_BYTES` opens nothing: only its length tells where it ends and the value begins.

    Raises:
        InvalidInput: ``not_a_choice`` for an algorithm that is not known here.

    >>> salt = bytes(16)
    >>> sealed, kept = seal("T1", "1.reason", salt, "lost card")
    >>> opens(sealed, kept), opens(sealed, SealedValue("T1", "1.reason", salt, "other"))
    (True, False)
    """
    if len(kept.salt) != SALT_BYTES:
        return False
    algorithm, named, _ = sealed.commitment.partition(":")
    found = commitment(kept.salt, kept.value, algorithm if named else SHA_256)
    return sealed.ref == kept.ref and sealed.commitment == found
