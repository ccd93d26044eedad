"""Sealed values: as they were sealed, or erased and said to be; never anything between."""

import pytest

from tests.storage.verifying.vaults import CHEN, MemoryVault, SQLiteVault, Vault
from workorder.storage.verifying import chains as walked
from workorder.storage.verifying import verify_store, verify_ticket
from workorder.ticket import Reopen


def test_edited(vault: Vault) -> None:
    """Another value does not open the commitment; nor does another salt."""
    ticket_id = vault.ids["T1"]
    kept = vault.sealed(ticket_id, "1.title")
    for salt, value in ((kept.salt, "another"), (b"another", kept.value)):
        vault.put_sealed(ticket_id, "1.title", salt, value)
        (damage,) = verify_store(vault.store).damages
        assert (damage.code, damage.ticket, damage.sequence) == ("sealed_differs", ticket_id, 1)
        assert damage.facts == {"ref": "1.title"}


def test_swapped(vault: Vault) -> None:
    """Two values of a ticket that change places open neither commitment."""
    ticket_id = vault.ids["T1"]
    one, other = vault.sealed(ticket_id, "1.title"), vault.sealed(ticket_id, "2.reason")
    vault.put_sealed(ticket_id, "1.title", other.salt, other.value)
    vault.put_sealed(ticket_id, "2.reason", one.salt, one.value)
    assert verify_store(vault.store).codes == {"sealed_differs": 2}


def test_deleted(vault: Vault) -> None:
    """A value that is gone without a record of it is damage."""
    vault.put_sealed(vault.ids["T1"], "1.title", None, "")
    assert verify_store(vault.store).codes == {"sealed_missing": 1}


@pytest.mark.parametrize("refs", [(), ("1.title",), ("1.title", "2.reason")])
def test_erased(refs: tuple[str, ...], vault: Vault) -> None:
    """What a record says was erased may be gone, and the trail is sound; also when values are
    sealed afterwards.
    """
    ticket_id = vault.ids["T1"]
    desk = vault.desk.unrestricted()
    desk.erase(ticket_id, actor=CHEN, basis="request", refs=refs)
    vault.desk.perform(ticket_id, Reopen("written afterwards"), actor=CHEN)
    assert verify_store(vault.store, replay=True).sound
    # What was sealed afterwards must be there.
    last = vault.rows(ticket_id)[-1].version
    vault.put_sealed(ticket_id, f"{last}.reason", None, "")
    assert verify_store(vault.store).codes == {"sealed_missing": 1}


@pytest.mark.parametrize("refs", [(), ("1.title",)])
def test_not_erased(refs: tuple[str, ...], vault: Vault) -> None:
    """A value that is there after it was erased is damage; one that was not to be erased is not."""
    ticket_id = vault.ids["T1"]
    kept = vault.sealed(ticket_id, "1.title")
    vault.desk.unrestricted().erase(ticket_id, actor=CHEN, basis="request", refs=refs)
    vault.put_sealed(ticket_id, "1.title", kept.salt, kept.value)
    assert verify_store(vault.store).codes == {"sealed_not_erased": 1}


@pytest.mark.parametrize("held", [0, 1])
def test_more_than_are_remembered(held: int, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ticket with very many sealed values is read a second time, and the answer is the same."""
    ticket_id = vault.ids["T1"]
    vault.put_sealed(ticket_id, "1.title", None, "")
    vault.put_sealed(ticket_id, "2.reason", b"x", "y")
    before = verify_store(vault.store)
    monkeypatch.setattr(walked, "HELD", held)
    assert verify_store(vault.store) == before
    assert before.codes == {"sealed_missing": 1, "sealed_differs": 1}


@pytest.mark.parametrize(("salt", "value"), [("text", "x"), (b"x", 7), (None, None)])
def test_columns_that_hold_something_else(salt: object, value: object, file: SQLiteVault) -> None:
    """A salt that is no bytes, a value that is no text: not the one that was sealed."""
    file.sql("UPDATE workorder_sealed SET salt = ? WHERE ref = '1.title'", salt or "")
    file.sql("UPDATE workorder_sealed SET value = ? WHERE ref = '1.title'", value or b"\xff")
    assert verify_store(file.store).codes == {"sealed_differs": 3}


def test_bytes_that_were_to_be_blank(file: SQLiteVault) -> None:
    """A value that is said to be erased, and whose bytes still stand in the file, is damage."""
    ticket_id = file.ids["T1"]
    file.desk.unrestricted().erase(ticket_id, actor=CHEN, basis="request")
    assert verify_store(file.store).sound
    file.sql(
        "UPDATE workorder_sealed SET value = 'back again' WHERE erased <> 0 AND ref = '1.title'"
    )
    report = verify_store(file.store)
    assert report.codes == {"erased_left": 1}
    assert (report.damages[0].ticket, report.damages[0].facts) == (ticket_id, {"count": 1})


def test_a_reference_that_is_not_ours_is_not_repeated() -> None:
    """A reference stands in the body; one that is not made like ours is not shown."""
    vault = MemoryVault()
    with vault.editing("T1") as rows:
        said = rows[0].said()["body"]
        said["fields"]["title"] = {"commitment": "ab", "sealed": "a name, say"}
        rows[0].say(body=said)
    report = verify_ticket(vault.store, vault.ids["T1"])
    assert report.codes == {"record_altered": 1, "sealed_missing": 1}
    assert "a name" not in str(report.as_data())


def test_a_form_whose_fields_are_called_so() -> None:
    """A form with the fields “sealed” and “commitment” is no sealed value."""
    vault = MemoryVault()
    with vault.editing("T1") as rows:
        said = rows[0].said()["body"]
        rows[0].say(body=said | {"fields": {"commitment": "full", "sealed": "by post"}})
        head = vault.rechain("T1", rows)
    with vault.restating("T1") as snapshot:
        snapshot["head"] = head
    assert verify_ticket(vault.store, vault.ids["T1"]).sound
