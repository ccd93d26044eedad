"""What tests of the command line share: a way to run it, a log, a mapping, a store."""

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from tests.exchange.logs import entry, text
from workorder.cli import main

TOML = """
source = "old desk"
type = "complaint"
dates = ["%Y-%m-%d %H:%M"]
raw = ["seq"]

[columns]
key = "number"
state = "state"
at = "at"
opened_at = "opened"
actor = "by"
assignee = "owner"
department = "team"
customer = "client"
channel = "via"

[fields]
title = "title"
category = "kind"
priority = "urgency"

[states]
"New" = "accepted"
"Given" = "assigned"
"Active" = "in_progress"
"Solved" = "resolved"
"Closed" = "closed"

[roles]
default = "handler"

[counters]
handovers = "moves"
"""

LOG = [
    entry(
        "C1", "New", 0, by="teller", team="hall", client="K-1", via="phone", title="ATM kept card"
    ),
    entry(
        "C1", "Given", 9, by="boss", owner="li", team="cards", client="K-1", title="ATM kept card"
    ),
    entry("C2", "New", 10, by="teller", team="hall", client="K-2", urgency="2", kind="atm"),
    entry("C3", "-100", 12, by="teller", team="hall", client="K-3", urgency="10"),
    entry("C1", "Active", 20, by="li", owner="li", team="cards", client="K-1", title="Card lost"),
    entry("C2", "Closed", 70, by="teller", team="hall", client="K-2", urgency="2", kind="atm"),
]
"""Three complaints: one worked on, one closed at once, one in a state nobody mapped."""


@frozen
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    def data(self) -> Any:
        """What it said as JSON, and nothing else beside it."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def start(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as ended:  # how argparse says that the usage is wrong
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return start


@frozen
class Files:
    """A log with its mapping, and where its store goes."""

    log: Path
    mapping: Path
    store: Path

    def arguments(self, *more: str) -> list[str]:
        """What to import."""
        where = ("--mapping", str(self.mapping), "--store", str(self.store))
        return ["import", str(self.log), *where, *more]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The log and the mapping as files; no store yet."""
    made = Files(tmp_path / "log.csv", tmp_path / "desk.toml", tmp_path / "store.db")
    made.log.write_text(text(LOG), encoding="utf-8")
    made.mapping.write_text(TOML, encoding="utf-8")
    return made


@pytest.fixture
def shop(files: Files, run: Run) -> Path:
    """A store that holds the log."""
    assert run(*files.arguments("--quiet")).code == 0
    return files.store


@pytest.fixture(params=["rich", "plain"])
def tables(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """With the extra ``cli`` and without it."""
    kind = str(request.param)
    if kind == "plain":
        monkeypatch.setitem(sys.modules, "rich", None)
    return kind


def folded(said: str) -> str:
    """Chinese punctuation as ASCII: which width a sentence uses is not promised."""
    return unicodedata.normalize("NFKC", said)


def cells(out: str) -> list[list[str]]:
    """The lines of a table, cut into cells."""
    lines = [re.split(r"\s{2,}", line.strip()) for line in folded(out).splitlines()]
    return [line for line in lines if line != [""]]


ID = re.compile(r"[a-z2-7]{24}")
CHINESE = re.compile("[\u4e00-\u9fff]")
