"""Whatever happened in a store: moved, it is the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.transfers import exported, loaded, log_of, whole
from tests.laws.cast import BY_ID
from tests.laws.walking import Plan, World, plans, walk
from workorder.errors import SourceError
from workorder.storage import MemoryStore, Message, SQLiteStore
from workorder.storage.batch import Batch

TRIES = max(20, settings().max_examples // 5)
"""Each example is a whole life of several tickets."""

ERASING = ("", "request", "retention")


def session(plan: Plan, erasing: list[str], taken: int) -> MemoryStore:
    """A store after a walk, in which timers fire, messages wait, and values were erased."""
    store = MemoryStore()
    world = World(store)
    for number, _step in enumerate(walk(plan, [world])):
        if number % 5 == 0:
            world.desk.run_due()
        basis = erasing[number % len(erasing)] if erasing else ""
        if basis and number % 7 == 0:
            ticket = world.tickets()[0]
            refs = ("1.title",) if basis == "request" else ()
            world.desk.unrestricted().erase(ticket.id, actor=BY_ID["root"], basis=basis, refs=refs)
        store.commit(Batch((), (Message("t", f"topic {number % 3}", b'{"n":1}'),)))
    store.taken([position for position, _ in store.pending(taken)])
    return store


@given(plans(), st.lists(st.sampled_from(ERASING), max_size=5), st.integers(0, 10))
@settings(max_examples=TRIES)
def test_a_moved_store_is_the_same(plan: Plan, erasing: list[str], taken: int) -> None:
    """Equal records, order, snapshots, receipts, sealed values and messages, to the byte, in
    memory and in a file; a second load adds nothing; a second export is the same.
    """
    store = session(plan, erasing, taken)
    lines = exported(store)
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder) / "copy.db") as on_file:
        for target in (MemoryStore(), on_file):
            assert loaded(lines, target).added == len(log_of(store))
            assert whole(target) == whole(store)
            again = loaded(lines, target)
            assert (again.added, again.sealed, again.messages) == (0, 0, 0)
            assert whole(target) == whole(store)
        assert exported(on_file) == lines


@given(plans(), st.data())
@settings(max_examples=TRIES)
def test_wherever_a_load_ends_the_next_goes_on(plan: Plan, data: st.DataObject) -> None:
    """A file that was cut anywhere brings in a beginning; the whole file then brings in the rest,
    and everything is the same.
    """
    store = session(plan, ["request"], 0)
    lines = exported(store)
    kept = data.draw(st.integers(1, len(lines) - 1))
    target = MemoryStore()
    with pytest.raises(SourceError) as cut:
        loaded(lines[:kept], target)
    brought = len(log_of(target))
    assert (cut.value.code, cut.value.facts["added"]) == ("cut_short", brought)
    assert log_of(target) == log_of(store)[: len(log_of(target))]
    rest = loaded(lines, target)
    assert rest.known == brought
    assert whole(target) == whole(store)


@given(plans(20), st.integers(1, 19))
@settings(max_examples=TRIES)
def test_a_larger_export_later(plan: Plan, until: int) -> None:
    """The export of a store that went on adds what is new to a copy of before."""
    store, target = MemoryStore(), MemoryStore()
    world = World(store)
    first = 0
    for number, _step in enumerate(walk(plan, [world])):
        if number == until:
            first = loaded(exported(store), target).added
            ticket = world.tickets()[0]
            world.desk.unrestricted().erase(ticket.id, actor=BY_ID["root"], basis="request")
    report = loaded(exported(store), target)
    assert (report.known, report.added) == (first, len(log_of(store)) - first)
    assert whole(target) == whole(store)
