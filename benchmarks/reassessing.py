"""Reassessing a history: all at once, clock by clock, and the bare sums of the first.

The log is the public one of incidents, imported; without the folder of public data the section is
empty. ``WORKORDER_SHARED_DATA`` names another place for it.
"""

import gc
import gzip
import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.measuring import in_turns, timed
from benchmarks.reporting import Line, Peer
from workorder import SQLiteStore
from workorder.exchange import import_log, load_mapping
from workorder.insight import Histories, Reassessment, histories_of, reassess
from workorder.insight.reassessment.folding import Terms
from workorder.insight.reassessment.lengths import shapes
from workorder.insight.reassessment.watching import Watch
from workorder.rulebook import it_desk, load_service_levels
from workorder.sla.bulk import between_many
from workorder.sla.clocks import ServiceLevels
from workorder.sla.zones import MICROSECOND

SECTION = "Reassessing a history under another policy"

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
LOG = "servicenow_incident_event_log.csv.gz"
UNTIL = datetime(2017, 3, 1, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS = 5
"""How long 24,918 incidents may take, once they are read."""


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    named = os.environ.get("WORKORDER_SHARED_DATA")
    file = (Path(named) if named else ROOT.parent / "shared" / "data") / LOG
    if not file.is_file():
        return []
    levels = load_service_levels(EXAMPLES / "incident_service_levels.toml")
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        store = _imported(Path(name), file, 20_000 if quick else None)
        loaded: dict[str, Histories] = {}

        def load(_: int) -> None:
            with SQLiteStore(store) as opened:
                loaded["all"] = histories_of(opened)

        seconds = timed(load, 1)
    histories = loaded["all"]
    gc.collect()
    gc.disable()  # as the command does: nothing here goes in circles
    try:
        return _compared(histories, levels, seconds, 2 if quick else 5)
    finally:
        gc.enable()


def _imported(place: Path, file: Path, rows: int | None) -> Path:
    if rows is not None:
        whole, file = file, place / "part.csv"
        with gzip.open(whole, "rt", encoding="ascii") as source, file.open("w") as part:
            part.writelines(islice(source, rows + 1))
    with SQLiteStore(place / "log.db") as opened:
        import_log(file, load_mapping(EXAMPLES / "servicenow_incidents.toml"), opened)
    return place / "log.db"


def _compared(
    histories: Histories, levels: ServiceLevels, loading: float, rounds: int
) -> list[Line]:
    found: dict[str, Reassessment] = {}

    def run(how: str) -> Callable[[int], None]:
        def once(number: int) -> None:
            for _ in range(number):
                found[how] = reassess(
                    histories,
                    levels,
                    rulebooks=[it_desk()],
                    until=UNTIL,
                    how=how,  # type: ignore[arg-type]  # one of them
                )

        return once

    starts, ends = _stretches(histories, levels)

    def bare(number: int) -> None:
        for _ in range(number):
            between_many(levels.calendar, starts, ends)

    runs = {"bulk": run("bulk"), "scalar": run("scalar"), "bare": bare}
    taken = in_turns(runs, rounds=rounds, seconds=0.01)
    _same(found)
    events = sum(len(each.events) for each in histories.values())
    bulk, scalar, sums = (taken.typical(name) for name in runs)
    note = (
        f"{len(histories):,} incidents, {events:,} events, {len(found['bulk'].outcomes):,} "
        f"outcomes, the same both ways; reading and decoding them took {loading:.1f} s before. "
        f"{found['bulk'].at_once:,} tickets were reckoned at once."
    )
    peers = (
        Peer("clock by clock", 1e3 * scalar, *taken.times_as_fast("bulk", "scalar"), "nothing"),
        Peer(
            f"between_many over {len(starts):,} segments",
            1e3 * sums,
            *taken.times_as_fast("bulk", "bare"),
            "finding out where clocks ran: events, conditions, targets; due instants, outcomes",
        ),
    )
    target = 1e3 * SECONDS * len(histories) / 24_918
    return [Line(SECTION, "all incidents, all at once", 1e3 * bulk, "ms", target, peers, note)]


def _stretches(
    histories: Histories, levels: ServiceLevels
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    """Where clocks ran, of all tickets that are reckoned at once."""
    rulebook = it_desk()
    terms, watch = Terms(levels, UNTIL, {rulebook.digest: rulebook}), Watch(levels)
    segments = [
        segment
        for history in histories.values()
        for cycle in shapes(history, terms, watch) or ()
        for segment in cycle.clock.segments
        if segment.runs
    ]
    starts = [(each.start - EPOCH) // MICROSECOND for each in segments]
    ends = [((each.end or UNTIL) - EPOCH) // MICROSECOND for each in segments]
    return np.array(starts, np.int64), np.array(ends, np.int64)


def _same(found: Mapping[str, Reassessment]) -> None:
    """Both said the same of every cycle."""
    mine, theirs = (
        [(each.ticket.id, each.ticket.revision.events, each.as_data()) for each in one.outcomes]
        for one in (found["bulk"], found["scalar"])
    )
    assert mine == theirs
