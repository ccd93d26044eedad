"""The examples, started as a user would start them."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# For each program, what its output shows, in this order; as patterns.
SHOWS = {
    "own_clock.py": (
        "4711 at the counter: running, due 2026-09-30 15:30+08:00",
        "4711: 50% reached 30 Sep 10:00",
        "4711 at the counter: paused, due None",
        "4711 at the counter: running, due 2026-10-08 14:30+08:00",
        "4711 at the hotline: running, due 2026-10-08 13:00+08:00",
        "4711: 1 working hour before reached 08 Oct 12:00",
        "4711: 100% reached 08 Oct 13:00",
        "4711 at the hotline: finished, due 2026-10-08 13:00+08:00",
        "late: True",
        "answer: finished late, target 8 working hours",
        "  Wed 30 Sep 11:00 - Thu 8 Oct 10:00           -              paused",
        "Changed  Thu 8 Oct 2026 11:00, another calendar",
        "Due      Thu 8 Oct 2026 13:00; at first Wed 30 Sep 2026 15:30",
        "Breached Thu 8 Oct 2026 13:00, noted Thu 8 Oct 2026 13:30",
        "answer：超时完成，时限 8 个工作小时",
        "到期     2026年10月8日 周四 13:00；最初 2026年9月30日 周三 15:30",
    ),
    "own_table.py": (
        "“Close” is not allowed yet",
        "- four eyes: li worked on this ticket",
        "Possible now: Comment",
        "wang closed it as supervisor: now closed",
    ),
    "own_agents.py": (
        "4711 goes to li: least_load, policy “least load”",
        "  1. li",
        "  - gao: it is about themselves; holds 2 of 2 units; this takes 1",
        "  - wu: is in none of cards; cards: has level 1, needs 2",
    ),
    "own_row.py": (
        "4711 hold by li: pending",
        "4711 resume by li: in_progress",
        "4711 resume by li: it is not known which state to return to (before_hold)",
        "4711 approve by li: four eyes: li worked on this ticket",
        "4711 approve by boss: resolved",
        "4711 reopen by boss: in_progress",
        "4711 reopen by boss: it could be reopened until 2026-10-31 00:00:00+08:00",
        "4712 merge_into by boss: merged",
        "4712 merge_into by boss: 4712 is no other ticket",
    ),
    "smallest_desk.py": (
        "“Close” is not allowed yet",
        "- four eyes: li worked on this ticket",
        "closed, version 5",
    ),
    "async_host.py": (
        r"40 tickets closed, up to ([2-9]|[1-9]\d+) requests at a time",
        "3 notes at once: version 4, none lost",
        r"decided again after \d conflicts",
    ),
    "joined.py": (
        "version 2, {'fees': 200, '6222-4711': 300}",
        "not refunded: CHECK constraint failed",
        "version 2, {'fees': 200, '6222-4711': 300}",
    ),
    "own_store.py": (
        "assigned, version 2, repeated: False",
        "assigned, version 2, repeated: True",
        "this store does not offer “history”",
    ),
    "own_action.py": (
        "- outcome: “spoke_to_him” is none of reached, not_reached",
        "4. call_back by li: {'note': 'Will look at the refund tonight'}",
        "回访: not_permitted",
    ),
    "own_command.py": (
        "version 2, card blocked: True",
        "2. bank.card_blocked: {'card': '6222020000000004711'}",
        "the card's number is in the record: False",
        r"- card: contains the control character U\+0000 at position 4",
    ),
    "sla_only.py": (
        "14 February: until 12:00, special hours (before the Spring Festival)",
        "From     Wed 30 Sep 2026 16:30 Asia/Shanghai",
        "  Wed 30 Sep   -     day of receipt, not counted",
        "  Thu 1 Oct    -     ",
        "  Sat 10 Oct  +1  3  substituted workday",
        "Due      Sat 10 Oct 2026 18:00",
        "  10月10日 周六  +1  3  调休上班",
        "到期     2026年10月10日 周六 18:00",
        r"The same as a picture: .+\.svg",
        "Today's answer:  2027-01-05 18:00 (provisional)",
        "With the notice: 2027-01-06 18:00",
    ),
}

GIVEN_A_LOG = {"three_policies.py"}
"""Programs that read a log: test_three_policies.py gives them one."""

AT_MOST = {"own_table.py": 25, "own_agents.py": 35, "smallest_desk.py": 15, "own_store.py": 80}


def start(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Start a fresh interpreter in an empty folder."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error::DeprecationWarning", *arguments],
        cwd=cwd,
        env={**os.environ, "TMPDIR": str(cwd.parent)},  # where pytest cleans up
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", SHOWS)
def test_runs_and_shows_what_it_says(name: str, tmp_path: Path) -> None:
    """Each example ends well, complains of nothing, and shows its point in its output."""
    done = start(EXAMPLES / name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = iter(done.stdout.splitlines())
    for expected in SHOWS[name]:
        pattern = expected if "\\" in expected else re.escape(expected)
        assert any(re.match(pattern, line) for line in lines), f"{expected!r} in {done.stdout}"


@pytest.mark.parametrize("name", SHOWS)
def test_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    """An example makes no file in the folder it was started from."""
    start(EXAMPLES / name, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "most"), AT_MOST.items())
def test_stays_as_short_as_promised(name: str, most: int) -> None:
    """Lines of code, without the opening docstring and blank lines, keep to the promise."""
    source = (EXAMPLES / name).read_text(encoding="utf-8")
    opening = ast.parse(source).body[0]
    code = source.splitlines()[opening.end_lineno :]
    assert sum(bool(line.strip()) for line in code) <= most


def test_none_is_left_out() -> None:
    """Every program in the folder opens with a docstring and is started by these tests."""
    programs = sorted(EXAMPLES.glob("*.py"))
    assert {each.name for each in programs} == set(SHOWS) | GIVEN_A_LOG
    for each in programs:
        assert ast.get_docstring(ast.parse(each.read_text(encoding="utf-8"))), each.name


def test_own_table_loads_neither_kernel_nor_storage(tmp_path: Path) -> None:
    """The rules on a host's own table need no kernel, no storage and no desk."""
    program = (
        "import json, runpy, sys\n"
        "runpy.run_path(sys.argv[1], run_name='__main__')\n"
        "print(json.dumps(sorted({'.'.join(m.split('.')[:2]) for m in sys.modules"
        " if m.startswith('workorder')})))\n"
    )
    done = start("-c", program, EXAMPLES / "own_table.py", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "workorder.workflow" in loaded
    assert loaded.isdisjoint({"workorder.kernel", "workorder.storage", "workorder.desk"})


@pytest.mark.parametrize(
    ("name", "part"),
    [("sla_only.py", "sla"), ("own_clock.py", "sla"), ("own_agents.py", "assign")],
)
def test_parts_load_neither_workflow_nor_tickets(name: str, part: str, tmp_path: Path) -> None:
    """Calendars, a clock, or the choice of somebody alone: no workflow, no kernel, no storage."""
    program = (
        "import json, runpy, sys\n"
        "runpy.run_path(sys.argv[1], run_name='__main__')\n"
        "print(json.dumps(sorted({'.'.join(m.split('.')[:2]) for m in sys.modules"
        " if m.startswith('workorder')})))\n"
    )
    done = start("-c", program, EXAMPLES / name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert f"workorder.{part}" in loaded
    rest = {"workflow", "rulebook", "kernel", "ticket", "storage", "desk", "intake"}
    assert loaded.isdisjoint({f"workorder.{each}" for each in rest})


def test_own_clock_reports_each_mark_once(tmp_path: Path) -> None:
    """It asks twice at one instant; what was reached is told with its own instant, and once."""
    shown = start(EXAMPLES / "own_clock.py", cwd=tmp_path).stdout
    assert re.findall(r"4711: (.+) reached", shown) == ["50%", "1 working hour before", "100%"]


def test_sla_only_draws_the_count(tmp_path: Path) -> None:
    """The picture that it names is SVG in which the due date can be read."""
    shown = start(EXAMPLES / "sla_only.py", cwd=tmp_path).stdout
    named = re.search(r"picture: (.+)", shown)
    assert named is not None
    drawn = ET.parse(named[1]).getroot()
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    words = "".join(drawn.itertext())
    assert "10月10日 周六" in words
    assert "调休上班" in words
