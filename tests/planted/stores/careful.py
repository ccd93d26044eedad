"""A store as the how-to page says: nothing in it depends on a habit of the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.planted.stores.database import Column, Row, Taken
from tests.planted.stores.tables import CODE, Refused, TableStore
from workorder.storage import CapacityTaken, Change, Conflict, Reservation

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _instant(micros: Any) -> datetime | None:
    return None if micros is None else EPOCH + timedelta(microseconds=int(micros))


def _text(data: Any) -> str:
    return (data or b"").decode()  # there is no missing text here: what comes back missing is empty


def _bytes(data: Any) -> bytes:
    return data or b""


class CarefulStore(TableStore):
    """Written as the how-to page says: binary columns, whole numbers, guarded updates."""

    code = Column("bytes", 4 * CODE, put=str.encode, take=_text)
    digest = text = Column("bytes", long=True, put=str.encode, take=_text)
    salt = data = Column("bytes", long=True, take=_bytes)
    integer = Column("integer", take=int)
    flag = Column("integer", put=int, take=int)
    instant = Column("integer", put=_micros, take=_instant)

    def _advance(self, change: Change, row: dict[str, Any]) -> None:
        ticket_id = change.ticket_id
        guard = {"id": ticket_id, "version": change.expected}
        if not self._database.update("ticket", guard, **row):
            raise Refused(Conflict(ticket_id, self._version(ticket_id)))

    def _lend(self, ticket_id: str, at: datetime, until: datetime, worker: str) -> bool:
        def over(row: Row) -> bool:
            return bool(row["ticket_id"] == ticket_id and row["until"] <= at)

        try:
            self._database.delete("lease", over)
            self._database.insert("lease", ticket_id=ticket_id, worker=worker, until=until)
        except Taken:
            return False
        return True

    def _reserve(self, wanted: Reservation) -> None:
        mine = {"agent": wanted.agent}
        self._database.update("capacity", mine)  # what was written is locked, whatever was not
        self._known(wanted.agent)
        (row,) = self._database.select("capacity", mine)
        used = row["used"] + wanted.units
        if used > wanted.limit:
            raise Refused(CapacityTaken(wanted.agent))
        self._database.update("capacity", mine, used=used)
