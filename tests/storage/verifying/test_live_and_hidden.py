"""Verifying while others write, and rows in places that nobody reads."""

from functools import partial
from typing import Any

import pytest

from tests.storage.verifying.vaults import LI, SQLiteVault
from workorder.errors import StoreError
from workorder.storage import SQLiteStore
from workorder.storage.sqlite import inspecting
from workorder.storage.verifying import sealing, stores, tickets, verify_store
from workorder.ticket import Comment

LOWEST = -(2**63)
BY_TICKET = ("records", "sealed", "receipts", "people", "asked")


def test_a_ticket_below_all_shares(file: SQLiteVault) -> None:
    """A ticket that was numbered so low that no share holds it is found, and not passed over."""
    ticket_id = file.ids["T1"]
    (number,) = file.sql("SELECT number FROM workorder_tickets WHERE id = ?", ticket_id)[0]
    file.sql("UPDATE workorder_tickets SET number = ? WHERE number = ?", LOWEST, number)
    for table in BY_TICKET:
        file.sql(f"UPDATE workorder_{table} SET ticket = ? WHERE ticket = ?", LOWEST, number)
    assert verify_store(file.store).codes == {"rows_hidden": 1}


def test_records_before_the_log(file: SQLiteVault) -> None:
    """Records in places below 1 would be in no checkpoint: they are found without one."""
    file.sql("UPDATE workorder_records SET position = -position WHERE ticket = 1")
    report = verify_store(file.store)
    assert report.codes == {"rows_hidden": 1}
    assert report.damages[0].facts == {"count": 6, "table": "workorder_records"}


def test_a_value_erased_meanwhile(file: SQLiteVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is erased between its record and the look at it is no damage."""
    real = sealing.check_sealed
    done: list[str] = []

    def late(store: Any, ticket: str, *rest: Any) -> None:
        if not done:
            done.append(ticket)
            file.desk.unrestricted().erase(ticket, basis="request", actor=LI)
        real(store, ticket, *rest)

    monkeypatch.setattr(tickets, "check_sealed", late)
    assert verify_store(file.store).sound
    assert done


def test_a_long_ticket_that_goes_on(file: SQLiteVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that come to a ticket between its snapshot and its pages are no damage."""
    ticket = file.desk.open("enquiry", fields={"title": "x"}, actor=LI, command_id="long").id
    monkeypatch.setattr(inspecting, "ROWS", 0)
    real = tickets.rows_of
    done: list[str] = []

    def late(store: Any, ticket_id: str) -> Any:
        if ticket_id == ticket and not done:
            done.append(ticket)
            file.desk.perform(ticket, Comment("one more"), actor=LI)
        return real(store, ticket_id)

    monkeypatch.setattr(stores, "rows_of", late)
    assert verify_store(file.store).sound
    assert done


def test_workers_that_find_no_store(file: SQLiteVault) -> None:
    """A store that the workers cannot open is told as what it is."""
    reopen = partial(SQLiteStore, file.path.with_name("none.db"), create=False)
    with pytest.raises(StoreError) as caught:
        verify_store(file.store, workers=2, reopen=reopen)
    assert caught.value.code == "no_such_file"


def test_a_share_is_never_held_whole(file: SQLiteVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many large tickets in one share, only some are held; the others are read by pages."""
    (share,) = file.file.shares(100)
    whole = [rows or [] for _, _, rows in file.file.filed(share)]
    assert all(whole)
    size = sum(len(data) for _, _, data in whole[0])
    monkeypatch.setattr(inspecting, "SHARE_BYTES", size + 1)
    assert [rows is not None for _, _, rows in file.file.filed(share)] == [True, False, False]
    assert verify_store(file.store).sound
