"""How long importing takes, each time in a new interpreter."""

import subprocess
import sys

from benchmarks.measuring import Rounds
from benchmarks.reporting import Line, Peer

SECTION = "Importing, in a new interpreter"

OURS = {
    "import workorder": "Loads nothing; each name loads its part when it is first asked for.",
    "import workorder.workflow": "All that judging on a host's own table needs.",
    "from workorder import ServiceDesk": "Everything a desk needs, both stores included.",
}
OTHERS = {
    "from transitions import Machine": "tickets, commands, storage",
    "from statemachine import StateMachine": "tickets, commands, storage",
    "from automat import TypeMachineBuilder": "tickets, commands, storage, guards",
}

PROGRAM = """
import time
started = time.perf_counter()
{statement}
print(time.perf_counter() - started)
"""


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    taken: dict[str, list[float]] = {statement: [] for statement in (*OURS, *OTHERS)}
    for _ in range(3 if quick else 11):
        for statement, times in taken.items():
            times.append(_once(statement))
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
            None,
            peers if statement == last else (),
            note,
        )
        for statement, note in OURS.items()
    ]


def _once(statement: str) -> float:
    program = PROGRAM.format(statement=statement)
    done = subprocess.run(  # noqa: S603 (this interpreter, with a program of our own)
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return float(done.stdout)
