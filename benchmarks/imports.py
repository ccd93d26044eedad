"""How long importing takes, each time in a new interpreter.

Everybody's modules are compiled before, as an installation leaves them, also where this machine
writes no bytecode beside them.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from benchmarks.measuring import Rounds
from benchmarks.reporting import Line, Peer

SECTION = "Importing, in a new interpreter"

WHOLE = 150
"""Milliseconds that `import workorder` may take."""

OURS = {
    "import workorder": "Loads nothing; each name loads its part when it is first asked for.",
    "import workorder.workflow": "All that judging on a host's own table needs.",
    "from workorder import ServiceDesk": "Everything a desk needs, both stores included.",
    "from workorder.rulebook import bank": "The rulebooks' part, without reading one.",
}
RULEBOOKS = ("basic", "bank")
"""What reading a rulebook takes the first time; importing comes before, and is not in it."""
OTHERS = {
    "from transitions import Machine": "tickets, commands, storage",
    "from statemachine import StateMachine": "tickets, commands, storage",
    "from automat import TypeMachineBuilder": "tickets, commands, storage, guards",
}

PROGRAM = """
import time
{before}
started = time.perf_counter()
{statement}
print(time.perf_counter() - started)
"""


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    programs = {statement: ("", statement) for statement in (*OURS, *OTHERS)}
    for name in RULEBOOKS:
        programs[f"{name}()"] = (f"from workorder.rulebook import {name}", f"{name}()")
    taken: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(prefix="workorder-bench-") as compiled:
        around = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        for program in programs.values():
            _once(*program, around)
        for _ in range(3 if quick else 11):
            for name, times in taken.items():
                times.append(_once(*programs[name], around))
    rounds = Rounds({statement: tuple(times) for statement, times in taken.items()})
    last = "from workorder import ServiceDesk"
    peers = tuple(
        Peer(other, rounds.best(other) * 1e3, *rounds.times_as_fast(last, other), lacks)
        for other, lacks in OTHERS.items()
    )
    return [
        Line(
            SECTION,
            statement,
            rounds.best(statement) * 1e3,
            "ms",
            WHOLE if statement == "import workorder" else None,
            peers if statement == last else (),
            note,
        )
        for statement, note in OURS.items()
    ] + [
        Line(SECTION, f"{name}(), the first time", rounds.best(f"{name}()") * 1e3, "ms")
        for name in RULEBOOKS
    ]


def _once(before: str, statement: str, around: Mapping[str, str]) -> float:
    program = PROGRAM.format(before=before, statement=statement)
    done = subprocess.run(  # noqa: S603 (this interpreter, with a program of our own)
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=around
    )
    return float(done.stdout)
