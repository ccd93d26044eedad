"""A store that was moved is the same store: to the byte, in the same order."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from tests.desk.people import CHEN, LI, open_one
from tests.exchange.conftest import MAPPING
from tests.exchange.logs import brought, entry
from tests.exchange.transfers import (
    HOST_EVENTS,
    Block,
    busy,
    desk_on,
    exported,
    hosts,
    loaded,
    log_of,
    whole,
)
from tests.laws.walking import Plan, World, walk
from tests.storage.stores import tables
from workorder.errors import SourceError, StoreError
from workorder.exchange import export_store, import_log, load_mapping
from workorder.storage import Batch, Codec, FullStore, MemoryStore, Message, SQLiteStore
from workorder.storage.checkpoints import take_checkpoint
from workorder.ticket import Comment

AT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["memory", "sqlite"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FullStore]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SQLiteStore(tmp_path / "target.db") as made:
            yield made


def test_everything_is_the_same(store: FullStore, target: FullStore) -> None:
    """Records, their order, snapshots, receipts, sealed values, messages: from any store into any
    other; the second export is the first one to the byte.
    """
    busy(store)
    store.commit(Batch((), (Message("x", "topic", b"{}"), Message("x", "odd", b"\xff\x00"))))
    lines = exported(store)
    report = loaded(lines, target)
    assert (report.added, report.known, report.messages) == (report.records, 0, 2)
    assert whole(target) == whole(store)
    assert exported(target) == lines


def test_to_a_file_and_back(tmp_path: Path) -> None:
    """From SQLite into memory and into another file: the same rows in every table."""
    with SQLiteStore(tmp_path / "a.db") as first, SQLiteStore(tmp_path / "b.db") as last:
        busy(first)
        between = MemoryStore()
        loaded(exported(first), between)
        loaded(exported(between), last)
        assert whole(last) == whole(first)
    one, other = (tables(tmp_path / name) for name in ("a.db", "b.db"))
    for each in (one, other):  # in which order the values of one record came is of no matter
        each["workorder_sealed"] = sorted(row[1:] for row in each["workorder_sealed"])
        del each["workorder_capacity"]  # it belongs to the store that runs
    assert one == other


def test_a_checkpoint_holds_for_the_copy(store: FullStore, target: FullStore) -> None:
    """A checkpoint taken of the one store is the checkpoint of the other, and its root is the
    root that the export names.
    """
    busy(store)
    report = loaded(exported(store), target)
    before, after = (take_checkpoint(each, AT) for each in (store, target))
    assert (before.root, before.size) == (after.root, after.size) == (report.root, report.records)


def test_a_repeat_gets_its_first_answer_there(target: FullStore) -> None:
    """A command that was carried out before the move is a repeat after it."""
    source = busy(MemoryStore())
    loaded(exported(source), target)
    was = whole(target)
    assert open_one(desk_on(target), "first").id == log_of(source)[0].ticket_id
    assert whole(target) == was


def test_work_goes_on_there(target: FullStore) -> None:
    """After the move the next command is written behind the last record, on the same chain."""
    source = busy(MemoryStore())
    loaded(exported(source), target)
    for each in (source, target):
        desk_on(each).perform(log_of(source)[0].ticket_id, Comment("on"), actor=LI, command_id="n")
    assert log_of(target)[-1].ticket_id == log_of(source)[-1].ticket_id
    assert loaded(exported(target), MemoryStore()).added == len(log_of(target))


@pytest.mark.parametrize("sold", [True, False], ids=["some", "all"])
def test_erased_values_stay_erased(sold: bool, store: FullStore, target: FullStore) -> None:
    """What was erased is not in the export, and the copy has the same receipts without digests;
    what came later is there.
    """
    desk = desk_on(store)
    ticket = open_one(desk)
    refs = ("1.title",) if sold else ()
    desk.unrestricted().erase(ticket.id, actor=CHEN, basis="request", refs=refs, command_id="gone")
    desk.perform(ticket.id, Comment("later"), actor=CHEN, command_id="later")
    lines = exported(store)
    assert "卡片丢失".encode() not in b"".join(lines)
    loaded(lines, target)
    assert whole(target) == whole(store)
    assert set(target.reveal(ticket.id, ["1.title", "1.description", "3.text"])) == (
        {"1.description", "3.text"} if sold else {"3.text"}
    )


def test_a_hosts_own_events(store: FullStore, target: FullStore) -> None:
    """With the host's event types the ticket comes out as it was; without them it would not, which
    is refused, and named; ``checks`` lets it pass.
    """
    desk = desk_on(store, hosts())
    ticket = open_one(desk)
    desk.perform(ticket.id, Block(), actor=CHEN)
    lines = exported(store)
    with pytest.raises(SourceError) as refused:
        loaded(lines, target)
    assert refused.value.code == "other_ticket"
    assert refused.value.facts["kinds"] == ("bank.blocked/1",)
    assert "bank.blocked" in refused.value.text("zh-CN")
    loaded(lines, target, codec=Codec(HOST_EVENTS))
    assert whole(target) == whole(store)
    blind = MemoryStore()
    loaded(lines, blind, without=["checks"])
    assert log_of(blind) == log_of(store)


def test_events_that_were_opaque_stay_so(target: FullStore) -> None:
    """A store that was always worked on without knowing an event moves without knowing it."""
    source, blind = MemoryStore(), MemoryStore()
    desk = desk_on(source, hosts())
    desk.perform(open_one(desk).id, Block(), actor=CHEN)
    loaded(exported(source), blind, without=["checks"])
    loaded(exported(blind), target)
    assert whole(target) == whole(blind)


def test_a_life_at_the_bank(target: FullStore) -> None:
    """Merged tickets, subtasks, timers that fired by themselves and on the way."""
    world = World(MemoryStore())
    for _step in walk(
        Plan(types=("complaint", "complaint", "enquiry"), seed=0, length=120), [world]
    ):
        world.desk.run_due()
    records = [record.data for record in log_of(world.store)]
    assert any(b'"ticket.absorbed"' in each for each in records)
    assert any(b'"role":"system"' in each for each in records)
    loaded(exported(world.store), target)
    assert whole(target) == whole(world.store)


def test_an_imported_log(tmp_path: Path, target: FullStore) -> None:
    """Changes of many records, each of which led to a version and has a mark of its own."""
    source = MemoryStore()
    rows = [entry(f"C{n % 7}", state, n) for n, state in enumerate(["New", "Given", "Active"] * 20)]
    brought(tmp_path, source, rows)
    loaded(exported(source), target)
    assert whole(target) == whole(source)


def test_a_tenant_of_its_own() -> None:
    """The tenant is part of every digest: an export goes into a store of the same tenant only."""
    source = MemoryStore("north")
    open_one(desk_on(source))
    target = MemoryStore("north")
    assert loaded(exported(source), target).added == 1
    for other in ("", "south"):
        with pytest.raises(StoreError) as refused:
            loaded(exported(source), MemoryStore(other))
        assert refused.value.code == "other_tenant"
        assert refused.value.facts["path"] == "store.jsonl"


def test_an_empty_store(target: FullStore) -> None:
    """Nothing is exported, and nothing is loaded: two lines."""
    lines = exported(MemoryStore())
    assert len(lines) == 2
    assert loaded(lines, target).as_data() == {
        "file": "store.jsonl",
        "tickets": 0,
        "records": 0,
        "added": 0,
        "known": 0,
        "sealed": 0,
        "messages": 0,
        "unopened": {"count": 0, "examples": []},
        "root": take_checkpoint(target, AT).root,
    }


def test_a_store_without_history_cannot_be_exported() -> None:
    """Where no records are kept there is nothing to write down."""
    with pytest.raises(StoreError) as refused:
        export_store(MemoryStore(history=False), print)
    assert refused.value.facts == {"capability": "history"}


def test_progress(target: FullStore) -> None:
    """Whoever waits is told how many records are written, and how many are brought in."""
    source = busy(MemoryStore())
    told: list[tuple[str, int, int | None]] = []
    lines: list[bytes] = []
    export_store(source, lines.append, progress=lambda *said: told.append(said))
    loaded(lines, target, progress=lambda *said: told.append(said))
    number = len(log_of(source))
    assert told[0] == ("export", number, None)
    assert ("export", number, number) in told
    assert told[-1] == ("load", number, number)


def test_an_erasure_reaches_what_was_before_it_only(target: FullStore) -> None:
    """Erasing an appeal takes the digests of the receipts of the ticket it appeals, those of then;
    what is done to that ticket afterwards keeps its own, though both are loaded together.
    """
    world = World(MemoryStore())
    for _step in walk(Plan(seed=0, length=60), [world]):
        pass
    (appeal,) = (each for each in world.tickets() if each.links.appeal_of)
    held = str(appeal.links.appeal_of)
    keeper = world.desk.unrestricted()
    keeper.place_legal_hold(appeal.id, "2026-7", actor=CHEN)  # a commit of its own, here and there
    keeper.lift_legal_hold(appeal.id, "2026-7", actor=CHEN)
    keeper.erase(appeal.id, actor=CHEN, basis="request", command_id="erase")
    keeper.place_legal_hold(held, "2026-7", actor=CHEN, command_id="hold")
    loaded(exported(world.store), target)
    assert whole(target) == whole(world.store)
    assert target.load([held], ["hold"])[held].receipts["hold"].digest


def test_a_part_of_the_real_log(real_log: Path, tmp_path: Path, target: FullStore) -> None:
    """The first entries of a public log, brought in as incidents, and moved."""
    short = tmp_path / "short.csv"
    with gzip.open(real_log, "rt", encoding="ascii") as lines:
        short.write_text("".join(islice(lines, 2_001)), encoding="ascii")
    source = MemoryStore()
    import_log(short, load_mapping(MAPPING), source)
    assert loaded(exported(source), target).added == 2_000
    assert whole(target) == whole(source)
