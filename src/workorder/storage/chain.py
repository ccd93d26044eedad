"""The chain: each record names the digest of the one before it.

The digest of a record is taken over a domain tag, the tenant, the ticket and the bytes as they
are stored, so a record cannot be passed off as another ticket's or another tenant's. The digest of
the last record is the *head* of the ticket; its snapshot keeps it, and the next record names it.
"""

from workorder.canonical import SHA_256, digest
from workorder.errors import InvalidInput
from workorder.values import CODE_LIMIT, check_value

DOMAIN = "workorder/record"
"""What the digest of a record begins with."""


def record_digest(tenant: str, ticket_id: str, data: bytes, algorithm: str = SHA_256) -> str:
    """The digest of a record, in hexadecimal: over the domain tag, the tenant, the ticket and the
    bytes, with a zero byte after each but the last. Neither tenant nor ticket holds one.

    Raises:
        InvalidInput: ``not_a_choice`` for an algorithm that is not known here.

    >>> record_digest("", "T1", b"{}")[:16]
    '47802ca7efc97865'
    """
    return digest(opening(tenant, ticket_id) + data, algorithm)


def opening(tenant: str, ticket_id: str) -> bytes:
    """What stands before the bytes of a ticket's records when they are digested."""
    return f"{DOMAIN}\x00{tenant}\x00{ticket_id}\x00".encode()


def checked_tenant(tenant: str) -> str:
    """*tenant*, if it is fit to stand in a digest; it may be empty.

    Raises:
        InvalidInput: naming what is wrong with it.
    """
    found = check_value("tenant", "code", tenant, CODE_LIMIT) if tenant != "" else None
    if found is not None:
        raise InvalidInput(found.code, **found.facts)
    return tenant
