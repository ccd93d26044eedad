"""What a record says about itself, whatever its event: its place in the chain, and the sealed
values it refers to.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from workorder.errors import InvalidInput, StoreError
from workorder.storage import Record, record_digest
from workorder.storage.headers import Unreadable, object_of
from workorder.ticket import Sealed

_KEYS = {"commitment", "sealed"}


@frozen
class Named:
    """A record with what it says about itself.

    Attributes:
        record: the record.
        said: all that it says.
        digest: its own digest, by the algorithm that it names.
        sealed: the sealed values it refers to, by reference.
    """

    record: Record
    said: dict[str, Any]
    digest: str
    sealed: Mapping[str, Sealed]

    @property
    def command(self) -> str:
        """The id of the command it came from."""
        return str(self.said.get("command", ""))


def named(record: Record, tenant: str) -> Named:
    """*record*, read as far as its place in the chain needs it.

    Raises:
        StoreError: ``unreadable_record`` when it is no record, or one of another ticket, or its
            digest is of an algorithm that this machine does not have.
    """
    try:
        said = object_of(record.data)
        place = said["ticket"], said["sequence"], said["version"]
        digest = record_digest(tenant, record.ticket_id, record.data, said["digest"])
    except Unreadable as why:
        raise _unreadable(record, why.code) from None
    except (ValueError, LookupError, TypeError, InvalidInput) as error:
        raise _unreadable(record, f"{type(error).__name__}: {error}") from error
    if place != (record.ticket_id, record.sequence, record.version):
        found = ", ".join(map(str, place))
        raise _unreadable(record, f"it calls itself: ticket, sequence, version = {found}")
    refers = b'"sealed"' in record.data
    sealed = {each.ref: each for each in _references(said)} if refers else {}
    return Named(record, said, digest, sealed)


def _unreadable(record: Record, reason: str) -> StoreError:
    return StoreError(
        "unreadable_record", ticket=record.ticket_id, sequence=record.sequence, reason=reason
    )


def _references(said: dict[str, Any]) -> Iterator[Sealed]:
    """Every reference to a sealed value, however deep; at most as deep as JSON was read."""
    waiting: list[Any] = [said]
    for outer in waiting:
        for found in outer.values() if type(outer) is dict else outer:
            if type(found) is dict:
                if found.keys() == _KEYS and all(type(each) is str for each in found.values()):
                    yield Sealed(found["sealed"], found["commitment"])
                else:
                    waiting.append(found)
            elif type(found) is list:
                waiting.append(found)
