"""What every store must do: load, and commit with four answers."""

import pytest
from attrs import evolve

from tests.storage.stores import change, dump, stored, write
from workorder.errors import InvalidInput
from workorder.storage import (
    EVERYTHING,
    Batch,
    CapacityTaken,
    Change,
    Committed,
    Conflict,
    FullStore,
    Message,
    Receipt,
    Repeated,
    Reservation,
    Snapshot,
)
from workorder.ticket import Links, SealedValue


def begun(store: FullStore, *ids: str) -> dict[str, Snapshot]:
    """Tickets at version 1, opened by the command ``c1``."""
    for ticket_id in ids:
        assert write(store, change(ticket_id)) == Committed()
    return {ticket_id: found.snapshot for ticket_id, found in store.load(ids).items()}


def test_load_gives_what_was_committed(store: FullStore) -> None:
    """A committed ticket is loaded as the same value, tickets that do not exist are left out."""
    first = change("T1")
    write(store, first)
    found = store.load(("T1", "T2"))
    assert list(found) == ["T1"]
    assert found["T1"].snapshot.ticket == first.snapshot.ticket
    assert found["T1"].snapshot.data == first.snapshot.data


def test_load_gives_the_receipts_asked_about(store: FullStore) -> None:
    """Receipts come for the commands named, with their first version, digest and records."""
    before = begun(store, "T1")["T1"]
    second = change("T1", before, events=2)
    write(store, second)
    assert stored(store, "T1").receipts == {}
    found = stored(store, "T1", "c1", "c2", "c3").receipts
    assert set(found) == {"c1", "c2"}
    assert found["c2"] == Receipt("c2", "digest of c2", 2, second.records)
    assert len(found["c2"].records) == 2
    assert found["c1"].version == 1


def test_receipts_belong_to_one_ticket(store: FullStore) -> None:
    """The same command id on two tickets is two commands."""
    begun(store, "T1", "T2")
    receipt = stored(store, "T2", "c1").receipts["c1"]
    assert {record.ticket_id for record in receipt.records} == {"T2"}


def test_a_batch_writes_all_of_it(store: FullStore) -> None:
    """Several tickets, sealed values, messages and reservations stand after one commit."""
    before = begun(store, "T1")
    batch = Batch(
        (change("T1", before["T1"]), change("T2")),
        (Message("T1", "note.written", b"{}"),),
        (SealedValue("T1", "2.text", b"\x00salt", "卡片丢失 💳"),),
        (Reservation("li", 1, 3),),
    )
    assert store.commit(batch) == Committed()
    assert stored(store, "T1").snapshot.ticket.version == 2
    assert stored(store, "T2").snapshot.ticket.version == 1
    assert store.reveal("T1", ["2.text"]) == {"2.text": batch.sealed[0]}
    assert [message for _, message in store.pending()] == list(batch.outbox)
    assert store.commit(Batch((), reservations=(Reservation("li", 3, 3),))) == CapacityTaken("li")


@pytest.mark.parametrize("expected", [0, 2, 7])
def test_a_ticket_at_another_version_is_a_conflict(store: FullStore, expected: int) -> None:
    """Any version but the present one conflicts; the answer names the present one."""
    before = begun(store, "T1")["T1"]
    wrong = evolve(change("T1", before), expected=expected)
    assert write(store, wrong) == Conflict("T1", 1)


def test_a_missing_ticket_is_a_conflict_at_version_zero(store: FullStore) -> None:
    """A change of a ticket that does not exist conflicts with version 0."""
    assert write(store, change("T1", expected=1)) == Conflict("T1", 0)


def test_a_repeat_answers_with_the_first_receipt(store: FullStore) -> None:
    """A command id that was used on the ticket is answered with its receipt, also much later."""
    first = change("T1", events=2)
    write(store, first)
    for _ in range(3):
        write(store, change("T1", stored(store, "T1").snapshot))
    again = change("T1", stored(store, "T1").snapshot, command_id="c1")
    assert write(store, again) == Repeated("T1", Receipt("c1", "digest of c1", 1, first.records))


def test_opening_twice_is_a_repeat(store: FullStore) -> None:
    """The opening of a ticket that its own command opened before is a repeat, not a conflict."""
    first = change("T1")
    write(store, first)
    answer = write(store, change("T1"))
    assert answer == Repeated("T1", Receipt("c1", "digest of c1", 1, first.records))


FULL = Reservation("li", 5, 4)


@pytest.mark.parametrize(
    ("repeated", "conflicting", "full", "kind"),
    [
        (False, False, False, Committed),
        (False, False, True, CapacityTaken),
        (False, True, False, Conflict),
        (False, True, True, Conflict),
        (True, False, False, Repeated),
        (True, False, True, Repeated),
        (True, True, False, Repeated),
        (True, True, True, Repeated),
    ],
)
@pytest.mark.parametrize("troubled_last", [True, False])
def test_the_order_of_answers(
    store: FullStore, repeated: bool, conflicting: bool, full: bool, kind: type, troubled_last: bool
) -> None:
    """A repeat goes before a conflict, a conflict before taken capacity, wherever they stand in
    the batch; and unless the answer is ``Committed`` nothing is written.
    """
    before = begun(store, "T1", "T2")
    first = change("T1", before["T1"], command_id="c1" if repeated else "new")
    second = change("T2", before["T2"], expected=9 if conflicting else None)
    batch = Batch(
        (first, second, change("T3")) if troubled_last else (change("T3"), second, first),
        (Message("T3", "opened", b"{}"),),
        (SealedValue("T3", "1.title", b"salt", "title"),),
        (FULL,) if full else (Reservation("wu", 1, 4),),
    )
    was = dump(store)
    assert type(store.commit(batch)) is kind
    assert (dump(store) == was) == (kind is not Committed)


def test_a_conflict_names_the_first_ticket_in_the_way(store: FullStore) -> None:
    """Of several tickets at another version the first of the batch is named."""
    before = begun(store, "T1", "T2")
    wrong = [change(each, before[each], expected=5) for each in ("T2", "T1")]
    assert write(store, *wrong) == Conflict("T2", 1)


def test_reservations_count_up_to_the_limit(store: FullStore) -> None:
    """Capacity may be used up to its limit and not beyond, and comes back when given back."""

    def reserve(*reservations: Reservation) -> object:
        return store.commit(Batch((), reservations=reservations))

    assert reserve(Reservation("li", 2, 3)) == Committed()
    assert reserve(Reservation("wu", 3, 3)) == Committed()
    assert reserve(Reservation("li", 2, 3)) == CapacityTaken("li")
    assert reserve(Reservation("li", 1, 3)) == Committed()
    assert reserve(Reservation("li", 1, 3)) == CapacityTaken("li")
    assert reserve(Reservation("li", -1, 3), Reservation("li", 1, 3)) == Committed()
    assert reserve(Reservation("li", 1, 4), Reservation("li", 1, 4)) == CapacityTaken("li")
    assert reserve(Reservation("li", 1, 4)) == Committed()


def test_messages_wait_in_order_until_they_are_taken(store: FullStore) -> None:
    """The outbox gives the oldest first, again and again, until they are taken off."""
    for number in range(5):
        store.commit(Batch((), (Message("T1", f"topic.{number}", b'{"n":%d}' % number),)))
    waiting = store.pending()
    assert [message.topic for _, message in waiting] == [f"topic.{n}" for n in range(5)]
    assert store.pending(2) == waiting[:2]
    store.taken([waiting[0][0], waiting[2][0], 999])
    assert store.pending() == (waiting[1], waiting[3], waiting[4])
    store.taken([position for position, _ in store.pending()])
    store.commit(Batch((), (Message("T1", "later", b"{}"),)))
    assert store.pending()[0][0] > waiting[-1][0]


def test_sealed_values_are_kept_per_ticket(store: FullStore) -> None:
    """Only the references asked about come back, and only those of that ticket."""
    sealed = (
        SealedValue("T1", "1.title", b"a", "one"),
        SealedValue("T1", "1.more", b"b", ""),
        SealedValue("T2", "1.title", b"c", "two"),
    )
    store.commit(Batch((change("T1"), change("T2")), sealed=sealed))
    assert store.reveal("T1", ["1.title", "9.other"]) == {"1.title": sealed[0]}
    assert store.reveal("T1", ["1.more"]) == {"1.more": sealed[1]}
    assert store.reveal("T2", ["1.title", "1.more"]) == {"1.title": sealed[2]}
    assert store.reveal("T3", ["1.title"]) == {}


def test_a_store_needs_no_hint_of_what_was_before(store: FullStore) -> None:
    """A change without the ticket it was decided on is written as well as one with it."""
    before = begun(store, "T1")["T1"]
    ticket = evolve(change("T1", before).snapshot.ticket, state="closed", deeds={"wu": {}})
    blind = Change("T1", 1, Snapshot(ticket), (), ())
    assert write(store, blind) == Committed()
    assert stored(store, "T1").snapshot.ticket == ticket


STRANGER = SealedValue("T9", "1.reason", b"salt", "x")


@pytest.mark.parametrize(
    ("twice", "sealed"), [(2, ()), (1, (STRANGER,))], ids=["a ticket twice", "a stranger's value"]
)
def test_a_batch_is_sound(twice: int, sealed: tuple[SealedValue, ...]) -> None:
    """A ticket stands in a batch once, and every sealed value belongs to a ticket of it."""
    changes = (change("T1"),) * twice
    with pytest.raises(InvalidInput) as raised:
        Batch(changes, sealed=sealed)
    assert raised.value.facts["name"] == "batch"


def test_no_erasure_beside_the_ticket_that_is_appealed() -> None:
    """Its receipts are emptied with the erasure, and none that comes in the same batch may be."""
    first = change("T1")
    appeal = evolve(change("T2").snapshot.ticket, links=Links(appeal_of="T1"))
    erasing = evolve(change("T2"), snapshot=Snapshot(appeal), erased=(EVERYTHING,))
    with pytest.raises(InvalidInput) as refused:
        Batch((first, erasing))
    assert "appealed" in str(refused.value.facts["found"])
    assert Batch((erasing,)).changes == (erasing,)
    assert Batch((first, evolve(erasing, erased=()))).changes
