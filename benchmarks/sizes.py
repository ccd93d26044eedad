"""Bytes per ticket: decoded in memory, as records, in a SQLite file."""

import gc
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from transitions import Machine

from benchmarks.bank import BANK, PROMISING, to_the_archive
from benchmarks.people import FIELDS, LIFE, TELLER, counting, lived, ticking
from benchmarks.reporting import Line, Peer
from benchmarks.rivals import StatemachineWork, Work, automat_factory
from workorder import Rulebook, ServiceDesk, SQLiteStore
from workorder.storage import Codec
from workorder.storage.snapshots import Snapshot

SECTION = "Bytes per ticket (opened, dispatched, started, commented, submitted, closed)"

BANK_SECTION = "Bytes of a bank ticket at the end of its life"


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    number = 500 if quick else 3_000
    return [_decoded(number), _records(), _file(number), *_bank(number)]


def held(make: Callable[[], object], number: int) -> float:
    """Bytes that one made thing holds on to, on average over *number*."""
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [make() for _ in range(number)]
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) == number
    return (after - before) / number


def _decoded(number: int) -> Line:
    ticket, _ = lived(LIFE)
    data = Snapshot(ticket).data
    assert Snapshot(data=data).ticket == ticket
    ours = held(lambda: Snapshot(data=data).ticket, number)
    machine = Machine(None, states=["in_progress"], initial="in_progress", auto_transitions=False)
    make_automaton = automat_factory()

    def moved_by_transitions() -> object:
        work = Work()
        machine.add_model(work)
        return work

    lacks = "everything but the state, one name and a set of names"
    others: dict[str, Callable[[], object]] = {
        "transitions, one machine for all": moved_by_transitions,
        "python-statemachine": StatemachineWork,
        "automat": lambda: make_automaton(Work()),
    }
    peers = []
    for name, make in others.items():
        size = held(make, max(50, number // 10))
        peers.append(Peer(name, size, size / ours, size / ours, lacks))
    note = (
        f"Read from {len(data):,} B of JSON; over {number:,} tickets, by tracemalloc. A ratio "
        "above 1 means that the other one holds more."
    )
    return Line(SECTION, "a decoded ticket in memory", ours, "B", None, tuple(peers), note)


def _records() -> Line:
    _, events = lived(LIFE)
    codec = Codec()
    sizes = [len(codec.encode("T" * 24, n, event).data) for n, event in enumerate(events, 1)]
    assert len(sizes) == 6
    note = f"Six records of {min(sizes):,} to {max(sizes):,} B; sealed texts are kept apart."
    return Line(SECTION, "its records, together", sum(sizes), "B", None, (), note)


def _file(number: int) -> Line:
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        file = Path(name) / "tickets.db"
        with SQLiteStore(file) as store:
            desk = ServiceDesk(store, time=ticking(), new_id=counting())
            empty = file.stat().st_size
            for n in range(number):
                customer = f"C-{n:06d}"
                ticket = desk.open("complaint", customer=customer, fields=FIELDS, actor=TELLER)
                for command, actor in LIFE:
                    ticket = desk.perform(ticket.id, command, actor=actor)
                assert ticket.state == "closed"
        size = (file.stat().st_size - empty) / number
    note = (
        f"Snapshot, six records, receipts, sealed texts and every index; over {number:,} tickets."
    )
    return Line(SECTION, "its share of a SQLite file", size, "B", None, (), note)


def _bank(number: int) -> list[Line]:
    """Everything that can happen to a complaint, up to the archive, with its clocks or without."""
    return [*_lived(number, BANK, "without clocks"), *_lived(number, PROMISING, "with clocks")]


def _lived(number: int, rulebook: Rulebook, which: str) -> Iterator[Line]:
    ticket, events = to_the_archive(rulebook)
    data = Snapshot(ticket).data
    assert Snapshot(data=data).ticket == ticket
    codec = Codec()
    records = [codec.encode("T" * 24, n, event).data for n, event in enumerate(events, 1)]
    actions = len({event.step.action for event in events})
    people = len(ticket.deeds)
    note = (
        f"{len(events)} events of {actions} actions, by {people} people: declined, a panel, two "
        "sub-tasks, an extension, on hold, returned, rated, inspected; closed and archived by time."
    )
    if ticket.clocks:
        note = (
            f"{len(events)} events, with the marks that were reached; {len(ticket.clocks)} clocks."
        )
    memory = held(lambda: Snapshot(data=data).ticket, number)
    yield Line(BANK_SECTION, f"as it stands, as JSON, {which}", len(data), "B", None, (), note)
    yield Line(BANK_SECTION, f"decoded, in memory, {which}", memory, "B")
    yield Line(BANK_SECTION, f"its records, {which}", sum(map(len, records)), "B")
