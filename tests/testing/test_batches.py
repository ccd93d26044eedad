"""Batches made without a desk are as a desk would make them."""

from workorder.kernel import replay
from workorder.storage import Codec, MemoryStore, Snapshot, record_digest
from workorder.testing import AT, batch, following, message, opening, sealed_value, timers


def test_the_chain_holds() -> None:
    """Every record names the digest of the one before, the snapshot that of the last; also for a
    tenant.
    """
    for tenant in ("", "north"):
        first = opening("T1", events=2, tenant=tenant)
        second = following(first.snapshot, events=2, tenant=tenant)
        head = ""
        for record in (*first.records, *second.records):
            said = record.data.decode()
            assert (f'"previous":"{head}"' in said) if head else ("previous" not in said)
            head = record_digest(tenant, "T1", record.data)
        assert second.snapshot.head == head


def test_the_records_make_the_ticket() -> None:
    """The events, one after the other, make the ticket of the snapshot."""
    first = opening("T1")
    second = following(first.snapshot, events=3)
    records = (*first.records, *second.records)
    events = [Codec().decode(record) for record in records]
    assert replay("T1", events) == second.snapshot.ticket
    assert [record.sequence for record in records] == [1, 2, 3, 4]


def test_what_a_batch_is_made_of() -> None:
    """Commands are named by the version they lead to; values are put in as they are given."""
    first = opening("T1", state="closed", timers=timers(AT))
    assert (first.expected, first.marks[0].command_id, first.version) == (0, "c1", 1)
    assert first.snapshot.ticket.state == "closed"
    assert first.next_timer_at == AT
    second = following(first.snapshot, erased=("1.text",))
    assert (second.expected, second.marks[0].command_id, second.version) == (1, "c2", 2)
    assert second.erased == ("1.text",)
    assert second.before == first.snapshot
    made = batch(second, outbox=[message()], sealed=[sealed_value()])
    assert (len(made.changes), len(made.outbox), len(made.sealed)) == (1, 1, 1)


def test_they_go_into_a_store_as_bytes_too() -> None:
    """A snapshot that was read from bytes is gone on from as well."""
    store = MemoryStore()
    first = opening("工单 1")
    store.commit(batch(first))
    again = Snapshot(data=first.snapshot.data)
    assert following(again).snapshot == following(first.snapshot).snapshot
