"""Rulebooks that name a host's own rules and commands, on the command line."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workorder.cli.rulebooks import rulebook_file

BASIC = rulebook_file("basic").read_text(encoding="utf-8")
MODULE = '''
"""Rules and commands of a bank."""

from typing import ClassVar

from attrs import frozen

from workorder.rulebook import Extension
from workorder.ticket import Command, HostEvent
from workorder.workflow import rule


@rule("branch_open", holds=("open", "开"), otherwise=("shut", "关"))
def branch_open(question):
    return True


@frozen
class Block(Command):
    action: ClassVar[str] = "block_card"


@frozen
class Blocked(HostEvent):
    kind: ClassVar[str] = "bank.blocked"


RULES = {"branch_open": branch_open}
COMMANDS = [Extension(Block, (Blocked,), lambda draft: (Blocked(),))]
BOTH = [branch_open, *COMMANDS]
WRONG = ["branch_open"]
'''
ACTION = """
[actions.block_card]
labels = { en = "Block the card", zh-CN = "冻结卡片" }
from = ["in_progress"]
to = "="
roles = ["handler"]
rules = ["branch_open"]
"""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a rulebook of a bank, and the module with its rules."""
    monkeypatch.chdir(tmp_path)
    name = f"rules_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "bank.toml").write_text(BASIC + ACTION, encoding="utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return tmp_path / name


def test_nothing_is_imported_unasked(bank: Path, run: Run) -> None:
    """Without the option the rule is unknown, and the module stays where it is."""
    ran = run("check", "bank.toml")
    assert ran.code == 3
    assert "actions.block_card.rules.branch_open" in ran.out
    assert bank.name not in sys.modules


def test_rules_and_commands(bank: Path, run: Run) -> None:
    """Rules alone, with commands apart, or all in one list: the file is sound."""
    rules = run("check", "bank.toml", "--extensions", f"{bank.name}:RULES")
    assert (rules.code, rules.err) == (0, "")
    assert "11 actions" in rules.out
    apart = ("--extensions", f"{bank.name}:RULES", "--extensions", f"{bank.name}:COMMANDS")
    both = run("check", "bank.toml", *apart)
    assert (both.code, both.out != rules.out) == (0, True)
    assert run("check", "bank.toml", "--extensions", f"{bank.name}:BOTH").out == both.out
    assert str(bank.parent) not in sys.path


@pytest.mark.parametrize(
    "command",
    [("manual", "bank.toml"), ("diagram", "bank.toml"), ("diff", "basic", "bank.toml")],
)
def test_every_command_that_reads_a_rulebook(
    command: tuple[str, ...], bank: Path, run: Run
) -> None:
    """What prints, draws or compares a rulebook takes the option as well."""
    assert run(*command).code == 3
    ran = run(*command, "--extensions", f"{bank.name}:BOTH")
    assert (ran.code, ran.err) == (0, "")
    assert "block_card" in ran.out or "Block the card" in ran.out or command[0] == "diagram"


def test_time_acts_by_a_rulebook_of_ones_own(bank: Path, run: Run) -> None:
    """``run-due`` reads the file with them: it is the missing role that it says then."""
    store = bank.parent / "a.db"
    ran = run("run-due", str(store), "--rulebook", "bank.toml")
    assert ran.code == 3
    assert "branch_open" in ran.err
    ran = run("run-due", str(store), "--rulebook", "bank.toml", "--extensions", f"{bank.name}:BOTH")
    assert (ran.code, "branch_open" in ran.err) == (4, False)  # there is no such store


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("nowhere", "MODULE:NAME"),
        (":RULES", "MODULE:NAME"),
        ("no_such_module_here:RULES", "no_such_module_here"),
        ("MINE:NONE", "NONE"),
        ("MINE:WRONG", "rules, extensions and parts of policies"),
        ("MINE:ACTION", "ACTION"),
    ],
)
def test_places_where_nothing_is(place: str, said: str, bank: Path, run: Run) -> None:
    """A sentence says what was looked for; nothing breaks."""
    ran = run("check", "bank.toml", "--extensions", place.replace("MINE", bank.name))
    assert ran.code == 3
    assert said in ran.err
    assert "Traceback" not in ran.err
