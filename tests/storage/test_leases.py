"""Leases: which worker is lent which ticket, and until when; the same on every store."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.stores import all_stores, change, stored, write
from workorder.storage import (
    Batch,
    Capability,
    Change,
    Committed,
    FullStore,
    Mark,
    Snapshot,
    SQLiteStore,
)
from workorder.ticket import Timer

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)


def put(store: FullStore, ticket_id: str, *due: datetime) -> None:
    """A ticket whose timers are due at *due*."""
    ticket = change(ticket_id).snapshot.ticket
    timers = tuple(Timer(f"time.1.{n}", at, "close") for n, at in enumerate(due))
    snapshot = Snapshot(evolve(ticket, timers=timers))
    batch = Batch((Change(ticket_id, 0, snapshot, (), (Mark("c1", "d"),)),))
    assert store.commit(batch) == Committed()


def reset(store: FullStore, ticket_id: str, *due: datetime) -> None:
    """The same ticket with other timers, by a commit that is no business of the lease."""
    before = stored(store, ticket_id).snapshot
    after = change(ticket_id, before)
    timers = tuple(Timer(f"time.2.{n}", at, "close") for n, at in enumerate(due))
    ticket = evolve(after.snapshot.ticket, timers=timers)
    assert write(store, evolve(after, snapshot=Snapshot(ticket))) == Committed()


def claim(
    store: FullStore,
    at: datetime = AT,
    *,
    worker: str = "w1",
    limit: int = 100,
    lease: timedelta = MINUTE,
) -> list[str]:
    """The ids of the tickets that are lent."""
    return ids(store.claim_due(at, at + lease, worker, limit))


def ids(snapshots: Sequence[Snapshot]) -> list[str]:
    """Their ids, in the order in which they came."""
    return [each.ticket.id for each in snapshots]


def test_the_stores_that_ship_keep_timers(store: FullStore) -> None:
    """All of them declare that they can."""
    assert Capability.TIMERS in store.capabilities


def test_the_earliest_first_and_ties_by_id(store: FullStore) -> None:
    """Tickets come by the instant of their first timer, and of several at one instant by id."""
    put(store, "T3", AT - MINUTE)
    put(store, "T1", AT)
    put(store, "T2", AT - MINUTE)
    put(store, "Ä", AT - MINUTE)
    put(store, "工单", AT - MINUTE)
    put(store, "T0", AT + 5 * MINUTE, AT - 2 * MINUTE)
    assert claim(store) == ["T0", "T2", "T3", "Ä", "工单", "T1"]


def test_ids_are_ordered_by_code_point(store: FullStore) -> None:
    """Capitals before small letters, and characters beyond the first plane last."""
    for name in ("a", "B", "\U0001f4b3", "\uffee", "A", "aa"):
        put(store, name, AT)
    assert claim(store) == ["A", "B", "a", "aa", "\uffee", "\U0001f4b3"]


@pytest.mark.parametrize(("after", "found"), [(TICK, []), (timedelta(0), ["T1"]), (-TICK, ["T1"])])
def test_due_is_at_or_before_the_instant(
    store: FullStore, after: timedelta, found: list[str]
) -> None:
    """A timer is due at its very instant, and not a microsecond earlier."""
    put(store, "T1", AT + after)
    assert claim(store) == found


def test_a_ticket_without_timers_is_never_lent(store: FullStore) -> None:
    """Nothing is due on it, however late it is."""
    put(store, "T1")
    assert claim(store, AT + timedelta(days=5_000)) == []


def test_at_most_the_limit(store: FullStore) -> None:
    """The limit is kept, and what it leaves over comes next; those lent do not come again."""
    for number in range(5):
        put(store, f"T{number}", AT - number * MINUTE)
    assert claim(store, limit=2) == ["T4", "T3"]
    assert claim(store, limit=2) == ["T2", "T1"]
    assert claim(store, limit=2) == ["T0"]
    assert claim(store, limit=2) == []


def test_lent_tickets_are_left_out_for_everybody(store: FullStore) -> None:
    """Whoever asks, also the same worker: a ticket that is lent is not lent again."""
    put(store, "T1", AT)
    assert claim(store) == ["T1"]
    assert claim(store, AT + MINUTE - TICK) == []
    assert claim(store, AT + MINUTE - TICK, worker="w2") == []


def test_a_lease_ends_at_its_very_instant(store: FullStore) -> None:
    """Lent until an instant: from that instant on the ticket is free again."""
    put(store, "T1", AT)
    assert claim(store) == ["T1"]
    assert claim(store, AT + MINUTE, worker="w2") == ["T1"]
    assert claim(store, AT + MINUTE, worker="w1") == []


def test_given_back_it_is_free_at_once(store: FullStore) -> None:
    """What a worker gives back another can have in the same instant."""
    put(store, "T1", AT)
    put(store, "T2", AT)
    assert claim(store) == ["T1", "T2"]
    store.release(["T2"], "w1")
    assert claim(store, worker="w2") == ["T2"]


def test_a_worker_gives_back_only_its_own(store: FullStore) -> None:
    """A worker that comes back late cannot take away what was lent to the next one meanwhile."""
    put(store, "T1", AT)
    assert claim(store) == ["T1"]
    assert claim(store, AT + MINUTE, worker="w2") == ["T1"]
    store.release(["T1"], "w1")
    assert claim(store, AT + MINUTE, worker="w3") == []
    store.release(["T1"], "w2")
    assert claim(store, AT + MINUTE, worker="w3") == ["T1"]


def test_giving_back_what_nobody_has_does_nothing(store: FullStore) -> None:
    """Unknown tickets, tickets nobody was lent, and nothing at all."""
    put(store, "T1", AT)
    store.release(["T1", "T9"], "w1")
    store.release([], "w1")
    assert claim(store) == ["T1"]


def test_what_is_lent_is_how_the_ticket_stands(store: FullStore) -> None:
    """The snapshots that come with a claim are those of the last commit."""
    put(store, "T1", AT)
    reset(store, "T1", AT - MINUTE)
    (lent,) = store.claim_due(AT, AT + MINUTE, "w1", 10)
    assert lent.ticket == stored(store, "T1").snapshot.ticket
    assert lent.ticket.version == 2


def test_a_commit_does_not_end_a_lease(store: FullStore) -> None:
    """Somebody changes the ticket while it is lent: it stays lent, and moves to its new place."""
    put(store, "T1", AT)
    put(store, "T2", AT)
    assert claim(store, limit=1) == ["T1"]
    reset(store, "T1", AT - 5 * MINUTE)
    assert claim(store) == ["T2"]
    assert claim(store, AT + MINUTE) == ["T1", "T2"]


def test_a_ticket_that_lost_its_timers_is_not_lent(store: FullStore) -> None:
    """The last commit counts: timers that are gone, or were put off, are not due."""
    put(store, "T1", AT)
    put(store, "T2", AT)
    reset(store, "T1")
    reset(store, "T2", AT + MINUTE)
    assert claim(store) == []
    assert claim(store, AT + MINUTE) == ["T2"]


def test_claims_under_two_connections(tmp_path: Path) -> None:
    """Two handles on one file lend each ticket once, and know of each other's leases."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as one, SQLiteStore(path) as other:
        for number in range(6):
            put(one, f"T{number}", AT)
        mine = claim(one, limit=3)
        theirs = claim(other, worker="w2", limit=4)
        assert (mine, theirs) == (["T0", "T1", "T2"], ["T3", "T4", "T5"])
        other.release(mine, "w1")
        assert claim(one, worker="w3") == mine


def test_leases_outlive_the_handle(tmp_path: Path) -> None:
    """A lease stands in the file: a worker that dies keeps its tickets until then, no longer."""
    path = tmp_path / "store.db"
    with SQLiteStore(path) as store:
        put(store, "T1", AT)
        assert claim(store) == ["T1"]
    with SQLiteStore(path) as store:
        assert claim(store, AT + MINUTE - TICK) == []
        assert claim(store, AT + MINUTE) == ["T1"]


Step = tuple[str, int, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(["claim", "claim", "release", "reset", "wait"]),
        st.integers(0, 5),
        st.integers(0, 3),
        st.integers(1, 4),
    ),
    max_size=20,
)


@settings(max_examples=50)
@given(due=st.lists(st.integers(-3, 3), min_size=1, max_size=6), taken=steps)
def test_leases_are_as_a_list_would_have_them(due: list[int], taken: list[Step]) -> None:
    """Whatever workers do, both stores lend what a plain list of timers and leases lends."""
    with all_stores(("memory", "sqlite")) as stores:
        timers = {f"T{number}": AT + minute * MINUTE for number, minute in enumerate(due)}
        for store in stores.values():
            for name, at in timers.items():
                put(store, name, at)
        leases: dict[str, tuple[str, datetime]] = {}
        now = AT
        for kind, number, person, size in taken:
            name, worker = f"T{number % len(due)}", f"w{person}"
            if kind == "wait":
                now += person * MINUTE
            elif kind == "reset":
                timers[name] = now + (size - 2) * MINUTE
                for store in stores.values():
                    reset(store, name, timers[name])
            elif kind == "release":
                for store in stores.values():
                    store.release([name], worker)
                if leases.get(name, ("", now))[0] == worker:
                    del leases[name]
            else:
                free = [
                    each
                    for each, at in sorted(timers.items(), key=lambda pair: (pair[1], pair[0]))
                    if at <= now and (each not in leases or leases[each][1] <= now)
                ][:size]
                until = now + person * MINUTE
                leases |= dict.fromkeys(free, (worker, until))
                for store in stores.values():
                    assert ids(store.claim_due(now, until, worker, size)) == free
