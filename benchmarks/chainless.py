"""Records without a chain: what the chain costs is what this leaves out."""

from typing import Any

from attrs import evolve

from workorder import ServiceDesk
from workorder.storage import Codec, Record
from workorder.ticket import Event


class Chainless(Codec):
    """Writes records that name neither the digest of the one before nor an algorithm of their own,
    and takes no digest of them; so the snapshots have no head.
    """

    def head(self, record: Record) -> str:  # noqa: ARG002 (of none, there is none)
        """None."""
        return ""

    def _header(self, ticket_id: str, sequence: int, event: Event, previous: str) -> dict[str, Any]:
        said = super()._header(ticket_id, sequence, event, previous)
        del said["digest"]
        return said


def unchained(desk: ServiceDesk) -> ServiceDesk:
    """*desk*, writing such records from now on."""
    codec = Chainless(desk.rulebook.event_types)
    desk._prepare = evolve(desk._prepare, codec=codec)  # noqa: SLF001 (no host is to do this)
    return desk
