"""A store as it comes to mind, before one has met the habits of databases."""

from datetime import datetime
from typing import Any

from tests.planted.stores.database import Column, Where
from tests.planted.stores.tables import CODE, TEXT, Refused, TableStore
from workorder.storage import Batch, CapacityTaken, Change, Conflict, Reservation


def _characters(salt: bytes) -> str:
    return salt.decode("latin-1")


def _octets(salt: str) -> bytes:
    return salt.encode("latin-1")


class PlainStore(TableStore):
    """Written as it comes to mind: each value in the type of column that is called like it."""

    code = Column("text", CODE)
    digest = Column("text", TEXT)
    text = Column("text", TEXT)
    salt = Column("text", put=_characters, take=_octets)
    data = Column("json", put=bytes.decode, take=str.encode)
    integer = Column("integer")
    flag = Column("flag")
    instant = Column("instant")

    def _look(self, batch: Batch) -> None:
        self._database.lock()
        super()._look(batch)
        for change in batch.changes:
            if change.expected and self._version(change.ticket_id) != change.expected:
                raise Refused(Conflict(change.ticket_id, self._version(change.ticket_id)))

    def _advance(self, change: Change, row: dict[str, Any]) -> None:
        self._database.update("ticket", {"id": change.ticket_id}, **row)

    def _ordered(self, table: str, where: Where, order: str) -> list[dict[str, Any]]:
        return self._database.select(table, where)  # they always came in order so far

    def _before_claim(self) -> None:
        self._database.lock()

    def _lend(self, ticket_id: str, at: datetime, until: datetime, worker: str) -> bool:
        self._put("lease", {"ticket_id": ticket_id}, {"worker": worker, "until": until})
        return True

    def _reserve(self, wanted: Reservation) -> None:
        self._known(wanted.agent)
        (row,) = self._database.select("capacity", {"agent": wanted.agent})
        used = row["used"] + wanted.units
        fits = used <= wanted.limit
        if not fits or not self._database.update("capacity", {"agent": wanted.agent}, used=used):
            raise Refused(CapacityTaken(wanted.agent))
