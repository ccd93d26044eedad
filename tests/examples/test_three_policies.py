"""The example that reads a log, with a log small enough to be worked out by hand."""

import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "three_policies.py"

HEAD = (
    "number,incident_state,reassignment_count,opened_at,sys_updated_at,category,"
    "assignment_group,assigned_to"
)
# Monday 7 March 2016. A1 and A2 are li's for an hour each, one after the other; A3 is wu's for half
# an hour, and so is A5, over night. A4 has no person anywhere.
LOG = """\
A1,New,0,7/3/2016 09:00,7/3/2016 09:00,cards,G1,?
A1,Active,0,7/3/2016 09:00,7/3/2016 09:10,cards,G1,li
A1,Resolved,0,7/3/2016 09:00,7/3/2016 10:10,cards,G1,li
A2,New,0,7/3/2016 09:05,7/3/2016 09:05,cards,G1,?
A2,Active,0,7/3/2016 09:05,7/3/2016 10:10,cards,G1,li
A2,Awaiting User Info,0,7/3/2016 09:05,7/3/2016 11:10,cards,G1,li
A2,Resolved,0,7/3/2016 09:05,7/3/2016 15:00,cards,G1,li
A3,New,0,7/3/2016 09:30,7/3/2016 09:30,loans,G2,wu
A3,Active,1,7/3/2016 09:30,7/3/2016 09:40,loans,G1,wu
A3,Resolved,1,7/3/2016 09:30,7/3/2016 10:00,loans,G1,wu
A4,New,0,7/3/2016 09:30,7/3/2016 09:30,loans,G2,?
A5,Active,0,7/3/2016 17:45,7/3/2016 17:45,loans,G2,wu
A5,Resolved,0,7/3/2016 17:45,8/3/2016 08:15,loans,G2,wu
"""


def start(log: Path, *more: str) -> list[str]:
    """The lines that it prints."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error::DeprecationWarning", EXAMPLE, log, *more],
        cwd=log.parent,
        env={**os.environ, "TMPDIR": str(log.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_log_by_hand(tmp_path: Path) -> None:
    """Two people: what waited, who was busy, and what the log says itself.

    As it was, A1 waited 10 minutes and A2 65: 75 for four. In the runs li has A1 at once, from 9:00
    to 10:00, and wu, who is named in both groups, A2 from 9:05 to 10:05. A3, of the other group,
    waits for wu for 35 minutes. A5 comes at 17:45 and is done next morning. From Monday at nine to
    Tuesday at six are 19 hours of work; one of the two had one hour of it in hand, the other two.
    """
    log = tmp_path / "log.csv"
    log.write_text(f"{HEAD}\n{LOG}", encoding="ascii")
    lines = start(log, "--from", "2016-03-07", "--until", "2016-03-09")
    assert lines[:2] == [
        "4 incidents from 07 Mar 2016 to 09 Mar 2016; 1 without a group or a person are left out.",
        "2 people can hold 2 at once. Waiting is counted in working hours.",
    ]
    found = {row[:20].strip(): " ".join(row[20:].split()) for row in lines[6:10]}
    tried = "4 0 8 min 45 s 0 min 35 min 35 min 7.9 5.3 10.5 0 0.900 0.167"
    assert found == {
        "as it was": "4 0 18 min 45 s 0 min 1 h 5 min 1 h 5 min 7.9 5.3 10.5 1 0.900 0.167",
        "least load": tried,
        "experience, overflow": tried,
        "in turn": tried,
    }


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """Without a log it says what it takes."""
    done = subprocess.run(
        [sys.executable, EXAMPLE], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "the following arguments are required: log" in done.stderr
