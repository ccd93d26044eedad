"""What a command is made of, each part on its own.

The parts are measured in tight loops, where everything they touch stays at hand. Inside a
command they cost up to twice as much, so the sum of the parts is less than the whole.
"""

from collections.abc import Mapping

from benchmarks.decisions import BY_LI, IN_PROGRESS, RESOLUTION, RESOLVED, WORKFLOW, case
from benchmarks.measuring import Run, in_turns
from benchmarks.people import LI, NOON, SUBMIT, accepted
from benchmarks.reporting import Line
from workorder.desk.identity import command_digest
from workorder.kernel import decide, evolve
from workorder.storage import Codec
from workorder.storage.snapshots import Snapshot
from workorder.ticket import seal

SECTION = "What a command is made of"

SECRET = b"a secret of the benchmark, 32 by"
SALT = b"sixteen bytes ok"

PARTS = {
    "judge": "judge: role, two rules, one argument",
    "seal": "seal one text: a salted commitment",
    "decide": "decide: both of these, and the event",
    "evolve": "evolve: the next ticket",
    "digest": "digest of the command, to know a repeat",
    "encode record": "record of the event, to bytes",
    "decode record": "record of the event, from bytes",
    "encode ticket": "ticket, to bytes",
    "decode ticket": "ticket, from bytes",
}


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (7, 0.01) if quick else (31, 0.02)
    taken = in_turns(contestants(), rounds=rounds, seconds=seconds)
    return [Line(SECTION, PARTS[name], taken.typical(name) * 1e6, "us") for name in PARTS]


def contestants() -> Mapping[str, Run]:
    """Each part, so many times."""
    codec = Codec()
    judged, given = case(IN_PROGRESS), SUBMIT.arguments()
    event = accepted(decide(IN_PROGRESS, SUBMIT, BY_LI)).events[0]
    record = codec.encode("T1", 4, event)
    data = Snapshot(RESOLVED).data
    assert evolve(IN_PROGRESS, event) == RESOLVED
    assert codec.decode(record) == event
    assert Snapshot(data=data).ticket == RESOLVED
    evaluate = WORKFLOW.evaluate
    return {
        "judge": lambda number: [
            evaluate(judged, "submit", actor=LI, at=NOON, arguments=given) for _ in range(number)
        ],
        "seal": lambda number: [
            seal("T1", "4.resolution", SALT, RESOLUTION) for _ in range(number)
        ],
        "decide": lambda number: [decide(IN_PROGRESS, SUBMIT, BY_LI) for _ in range(number)],
        "evolve": lambda number: [evolve(IN_PROGRESS, event) for _ in range(number)],
        "digest": lambda number: [
            command_digest(SECRET, "T1", "c-10", SUBMIT, LI) for _ in range(number)
        ],
        "encode record": lambda number: [codec.encode("T1", 4, event) for _ in range(number)],
        "decode record": lambda number: [codec.decode(record) for _ in range(number)],
        "encode ticket": lambda number: [Snapshot(RESOLVED).data for _ in range(number)],
        "decode ticket": lambda number: [Snapshot(data=data).ticket for _ in range(number)],
    }
