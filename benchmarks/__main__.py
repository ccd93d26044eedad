"""Measure the library, with others beside it: ``python -m benchmarks`` (or ``make bench``).

One run, some minutes; ``--quick`` for a rough look. The table goes to standard output, progress
to standard error. Nothing here judges the machine: a figure is compared with its target and the
verdict printed, and a run fails only when two sides that should have done the same work did not.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks import (
    assigning,
    bank_steps,
    business_time,
    choices,
    clocks,
    commands,
    decisions,
    due,
    imports,
    lifecycle,
    many_tickets,
    parts,
    reading,
    reassessing,
    sizes,
    trust,
)
from benchmarks.reporting import Line, as_data, machine, table

SECTIONS = (
    decisions,
    choices,
    lifecycle,
    bank_steps,
    commands,
    clocks,
    due,
    parts,
    reading,
    sizes,
    trust,
    many_tickets,
    imports,
    business_time,
    reassessing,
    assigning,
)


def main() -> None:
    """Measure everything, print the table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="less of everything: a minute or two")
    asked.add_argument("--json", type=Path, metavar="FILE", help="also write all figures as JSON")
    asked.add_argument("--fast", action="store_true", help="with orjson (extra `fast`)")
    asked.add_argument(
        "--million", action="store_true", help="a million tickets in one file, not 100,000"
    )
    options = asked.parse_args()
    started = time.perf_counter()
    lines: list[Line] = []
    for number, section in enumerate(SECTIONS, 1):
        print(f"[{number}/{len(SECTIONS)}] {section.SECTION} …", file=sys.stderr, flush=True)
        lines += section.lines(quick=options.quick)
    seconds = time.perf_counter() - started
    print("; ".join(f"{name} {value}" for name, value in machine().items() if name != "libraries"))
    print("JSON by " + ("orjson (extra `fast`)" if options.fast else "the standard library"))
    print("beside: " + ", ".join(f"{name} {v}" for name, v in _libraries().items()))
    print(table(lines))
    print(f"\n{seconds:.0f} seconds. A ratio: how many times as fast as the other, in one round.")
    if options.quick:
        print("A quick run is a rough one, and has hardly a checkpoint of the database in it.")
    if options.json is not None:
        data = as_data(lines, quick=options.quick, seconds=seconds)
        options.json.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _libraries() -> dict[str, str]:
    libraries = machine()["libraries"]
    assert isinstance(libraries, dict)
    return libraries


if __name__ == "__main__":
    main()
