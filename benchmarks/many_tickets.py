"""Whole-store work on many tickets: how long, and that memory does not grow with the store.

An export file is generated, loaded into SQLite, and gone through in every way; each step runs in a
process of its own, which says how much memory it had at most. With ``--million`` it is a million
tickets.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import store_steps as steps
from benchmarks.export_files import write_export
from benchmarks.reporting import Line, Peer

SECTION = "Many tickets in one file: loading, reading, writing down"

Work = Callable[[Path, Path], int]

ALL: tuple[Work, ...] = (
    steps.load,
    steps.verify,
    steps.checkpoint,
    steps.export,
    steps.find,
    steps.find_by_opened,
    steps.ids,
    steps.log,
    steps.bare_rows,
    steps.bare_backup,
)
TITLES: Mapping[Work, str] = {
    steps.load: "loading an export, records",
    steps.export: "writing an export, records",
    steps.verify: "verifying, records",
    steps.checkpoint: "taking a checkpoint, records",
    steps.find: "paging through find, tickets",
    steps.ids: "paging through ids, ids",
    steps.log: "paging through the log, records",
}
BESIDE: Mapping[Work, tuple[Work, str, str]] = {
    steps.load: (
        steps.bare_rows,
        "executemany of the same rows",
        "reading lines, the chain, every ticket made of its records, encoding, digests",
    ),
    steps.export: (
        steps.bare_backup,
        "SQLite's own backup, page by page",
        "lines that another store can read, and all that is checked",
    ),
}
MEGABYTE = 2**20
GROWN = 1.25
"""How much more memory ten times as many tickets may take."""


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    few, many = (5_000, 20_000) if quick else (10_000, 100_000)
    if "--million" in sys.argv:
        few, many = 100_000, 1_000_000
    taken = {number: _steps(number) for number in (few, many)}
    made = [_page(few, many, taken[few], taken[many])]
    for each, title in TITLES.items():
        made += _lines(each, title, few, many, taken[few], taken[many])
    return made


Taken = Mapping[Work, steps.Step]


def _lines(each: Work, title: str, few: int, many: int, small: Taken, large: Taken) -> list[Line]:
    """How quick a step is, and how much memory it takes."""
    ours = large[each]
    pairs = [(small[each], f"the same with {few:,} tickets", f"{many - few:,} tickets")]
    if each in BESIDE:
        other, name, lacks = BESIDE[each]
        pairs.append((large[other], name, lacks))
    peers = tuple(
        Peer(name, other.rate, ours.rate / other.rate, ours.rate / other.rate, lacks)
        for other, name, lacks in pairs
    )
    verb = title.partition(",")[0]
    peaks = [taken[each].peak / MEGABYTE for taken in (small, large)]
    note = f"{ours.count:,} in {ours.seconds:,.1f} s; once."
    said = f"{peaks[0]:.0f} MB with {few:,} tickets, {peaks[1]:.0f} MB with {many:,}."
    return [
        Line(SECTION, title, ours.rate, "/s", None, peers, note),
        Line(
            SECTION, f"{verb}: memory, as a multiple", peaks[1] / peaks[0], "times", GROWN, (), said
        ),
    ]


def _steps(tickets: int) -> Taken:
    """All steps on a store of so many tickets."""
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as name:
        place = Path(name)
        _room(place, tickets)
        export, store = place / "written.jsonl", place / "store.db"
        said = write_export(export, tickets)
        done: dict[Work, steps.Step] = {}
        for number, each in enumerate(ALL):
            other = place / f"{number}.made"
            done[each] = steps.run(each, store, export if each is steps.load else other)
            assert done[each].count in {said.records, tickets, steps.PAGES}
            if each is steps.export:
                assert _end(other) == _end(export)
            other.unlink(missing_ok=True)
        return done


def _page(few: int, many: int, small: Taken, large: Taken) -> Line:
    """What a page costs that no index is made for."""
    ours, other = (1e3 / taken[steps.find_by_opened].rate for taken in (large, small))
    peer = Peer(
        f"the same with {few:,} tickets",
        other,
        other / ours,
        other / ours,
        f"{many - few:,} tickets, all of which are looked at",
    )
    title = f"a page of {steps.SHORT} by opening, of {many:,}"
    note = f"Mean of {steps.PAGES} pages. By id a page costs what is on it."
    return Line(SECTION, title, ours, "ms", None, (peer,), note)


def _end(export: Path) -> Mapping[str, object]:
    """The totals of an export; not its digest, for the first line says when it was made."""
    with export.open("rb") as stream:
        stream.seek(-1_000, 2)
        said: dict[str, object] = json.loads(stream.read().splitlines()[-1])
    del said["digest"]
    return said


def _room(place: Path, tickets: int) -> None:
    """See that there is room before the disk is full."""
    needed = 10_000 * tickets
    free = shutil.disk_usage(place).free
    if free < needed:
        message = f"{needed / 1e9:.0f} GB are needed in {place}, {free / 1e9:.0f} are free"
        raise SystemExit(message)
