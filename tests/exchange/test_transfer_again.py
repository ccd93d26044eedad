"""Loading into stores that hold something already, or that have no place for something."""

import pytest

from tests.desk.people import CHEN, LI, a_life, open_one
from tests.exchange.transfers import (
    HOST_EVENTS,
    Block,
    busy,
    changed,
    desk_on,
    exported,
    hosts,
    loaded,
    log_of,
    signed,
    whole,
)
from workorder.errors import InvalidInput, SourceError, StoreError
from workorder.storage import (
    Answer,
    Batch,
    Capability,
    Codec,
    Conflict,
    MemoryStore,
    Message,
)
from workorder.testing import ScriptedStore
from workorder.ticket import Comment


def test_a_second_load_adds_nothing(store: MemoryStore) -> None:
    """The same file again finds everything there, writes nothing, and says so."""
    source = busy(MemoryStore())
    source.commit(Batch((), (Message("x", "topic", b"{}"),)))
    lines = exported(source)
    loaded(lines, store)
    was = whole(store)
    report = loaded(lines, store)
    assert (report.added, report.known) == (0, report.records)
    assert (report.sealed, report.messages) == (0, 0)
    assert whole(store) == was


def test_messages_that_were_delivered_stay_so(store: MemoryStore) -> None:
    """Messages come in with the last change: once that is there, they do not come again, though
    they were taken off.
    """
    source = busy(MemoryStore())
    source.commit(Batch((), (Message("x", "topic", b"{}"),)))
    lines = exported(source)
    loaded(lines, store)
    store.taken([position for position, _ in store.pending()])
    assert loaded(lines, store).messages == 0
    assert store.pending() == ()


def test_a_larger_export_brings_new_messages_only(store: MemoryStore) -> None:
    """Messages that wait already are not doubled by a later export; equal ones that are new are."""
    source = busy(MemoryStore())
    one = Message("x", "topic", b"{}")
    source.commit(Batch((), (one,)))
    loaded(exported(source), store)
    source.commit(Batch((), (one, Message("y", "topic", b"{}"))))
    desk_on(source).perform(log_of(source)[0].ticket_id, Comment("on"), actor=LI)
    assert loaded(exported(source), store).messages == 2
    assert whole(store) == whole(source)


def test_what_differs_is_named(store: MemoryStore) -> None:
    """A ticket that went another way in the store is an error that names it; what stood before it
    in the file is there, and the ticket is as it was.
    """
    source = MemoryStore()
    ticket = open_one(desk_on(source))
    loaded(exported(source), store)
    desk_on(source).perform(ticket.id, Comment("here"), actor=LI)
    desk_on(store).perform(ticket.id, Comment("there"), actor=LI)
    was = whole(store)
    with pytest.raises(StoreError) as refused:
        loaded(exported(source), store)
    assert refused.value.code == "already_other"
    facts = refused.value.facts
    assert (facts["ticket"], facts["sequence"], facts["line"]) == (ticket.id, 2, 3)
    assert facts["file"] == "store.jsonl"
    assert whole(store) == was


def test_a_command_that_says_otherwise() -> None:
    """The same record with another mark is not the same change."""
    source, target = MemoryStore(), MemoryStore()
    open_one(desk_on(source))
    lines = exported(source)
    loaded(lines, target)
    for marks in ([["open-1", "00"]], [["other", "00"]]):
        with pytest.raises(StoreError) as refused:
            loaded(signed(changed(lines, 2, marks=marks)), target)
        assert refused.value.code == "already_other"


def test_a_store_that_went_further() -> None:
    """An old export into a store where work has gone on since: all of it is there already."""
    source, target = MemoryStore(), MemoryStore()
    ticket = open_one(desk_on(source))
    lines = exported(source)
    loaded(lines, target)
    desk_on(target).perform(ticket.id, Comment("on"), actor=LI)
    assert loaded(lines, target).known == 1


def test_other_tickets_are_left_alone(store: MemoryStore) -> None:
    """What else a store holds is not touched; the export comes behind it."""
    a_life(desk_on(store), "mine")
    mine = log_of(store)
    source = MemoryStore()
    a_life(desk_on(source), "theirs")
    assert loaded(exported(source), store).added == 6
    assert log_of(store) == [*mine, *log_of(source)]


def test_a_store_without_history() -> None:
    """It keeps tickets as they stand and the receipts of commands, and knows a second load; a
    chain that leads to another head than its own is an error.
    """
    source, target = MemoryStore(), MemoryStore(history=False)
    ticket = open_one(desk_on(source))
    first = exported(source)
    loaded(first, target)
    assert loaded(first, target).known == 1
    desk_on(source).perform(ticket.id, Comment("on"), actor=LI, command_id="c")
    assert (loaded(exported(source), target).added, target.capabilities) == (
        1,
        MemoryStore(history=False).capabilities,
    )
    one, other = (each.load([ticket.id], ["open-1", "c"])[ticket.id] for each in (source, target))
    assert one == other
    stranger = MemoryStore()
    desk_on(stranger).perform(open_one(desk_on(stranger)).id, Comment("else"), actor=LI)
    with pytest.raises(StoreError) as refused:
        loaded(exported(stranger), target)
    assert refused.value.code == "already_other"


@pytest.mark.parametrize("missing", [Capability.SEALED, Capability.OUTBOX])
def test_a_store_that_has_no_place(missing: Capability) -> None:
    """Refused before anything is written, unless it is said that this is to be left out."""
    source = busy(MemoryStore())
    source.commit(Batch((), (Message("x", "topic", b"{}"),)))
    target = ScriptedStore(without=[missing])
    with pytest.raises(StoreError) as refused:
        loaded(exported(source), target)
    assert (refused.value.code, refused.value.facts) == ("unsupported", {"capability": missing})
    assert target.asked == []
    report = loaded(exported(source), target, without=[missing.value])
    assert (report.sealed == 0, report.messages == 0) == (
        missing is Capability.SEALED,
        missing is Capability.OUTBOX,
    )
    assert log_of(target.inner) == log_of(source)


def test_sealed_values_left_out_on_purpose() -> None:
    """A store that could keep them keeps none, if it is said so; the records are all there."""
    source, target = busy(MemoryStore()), MemoryStore()
    assert loaded(exported(source), target, without=["sealed"]).sealed == 0
    assert log_of(target) == log_of(source)
    assert not any(whole(target)["sealed"].values())


def test_an_unknown_word() -> None:
    """What cannot be left out is named, with what can."""
    with pytest.raises(InvalidInput) as refused:
        loaded(exported(MemoryStore()), MemoryStore(), without=["records"])
    assert refused.value.facts["found"] == "records"


def test_begun_without_the_hosts_events() -> None:
    """A load that ended because the host's events were not known is made good by one that knows
    them, though some of the ticket's records were brought in by then.
    """
    source, target = MemoryStore(), MemoryStore()
    desk = desk_on(source, hosts())
    ticket = open_one(desk)
    desk.perform(ticket.id, Block(), actor=CHEN)
    desk.perform(ticket.id, Comment("on"), actor=CHEN)
    with pytest.raises(SourceError):
        loaded(exported(source), target)
    assert len(log_of(target)) == 2
    loaded(exported(source), target, codec=Codec(HOST_EVENTS))
    assert whole(target) == whole(source)


class Contested(MemoryStore):
    """A store in which somebody else is first, some times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def commit(self, batch: Batch) -> Answer:
        """Say that somebody was first, *times* times."""
        if self.times:
            self.times -= 1
            return Conflict(batch.changes[0].ticket_id, 1)
        return super().commit(batch)


def test_somebody_else_was_first() -> None:
    """After a conflict the store is asked again; who is never let in is told so."""
    source = busy(MemoryStore())
    target = Contested(2)
    loaded(exported(source), target)
    assert whole(target) == whole(source)
    with pytest.raises(StoreError) as failed:
        loaded(exported(source), Contested(1_000))
    assert (failed.value.code, failed.value.facts["added"]) == ("busy", 0)
