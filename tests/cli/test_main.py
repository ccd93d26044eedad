"""The command line as a whole: help, usage, exit codes, and how a run may be cut short."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Files, Run
from workorder import __version__
from workorder.cli import importing, main, parser
from workorder.storage import SQLiteStore

COMMANDS = (
    "demo",
    "import",
    "summary",
    "reassess",
    "route",
    "workload",
    "history",
    "options",
    "find",
    "run-due",
    "revise-dues",
    "erase",
    "hold",
    "subject",
    "erasures",
    "dossier",
    "export",
    "load",
    "verify",
    "checkpoint",
    "check",
    "diff",
    "diagram",
    "manual",
    "schema",
    "deadline",
    "calendar",
)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "command-line.md"


def declared() -> Iterator[tuple[str, list[str]]]:
    """Every command, and for each what it takes."""
    (commands,) = [
        each.choices for each in parser()._actions if each.choices and not each.option_strings
    ]
    assert isinstance(commands, dict)
    for name, made in commands.items():
        yield (
            name,
            [
                each.option_strings[-1] if each.option_strings else each.dest
                for each in made._actions
            ],
        )


def test_help(run: Run) -> None:
    """The help names every command and what the exit codes mean."""
    ran = run("--help")
    assert ran.code == 0
    assert all(re.search(rf"^ +{name}\s", ran.out, re.MULTILINE) for name in COMMANDS)
    assert "Exit codes: 0 done" in " ".join(ran.out.split())
    assert tuple(name for name, _ in declared()) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str, run: Run) -> None:
    """Each command tells what it takes, --json and --lang among it."""
    ran = run(command, "--help")
    assert ran.code == 0
    for name in dict(declared())[command]:
        assert name in ran.out
    assert {"--json", "--lang"} <= set(dict(declared())[command])


def test_version(run: Run) -> None:
    """The version is that of the package."""
    ran = run("--version")
    assert (ran.code, ran.out.strip()) == (0, f"workorder {__version__}")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["summary"],
        ["import", "log.csv"],
        ["import", "log.csv", "--mapping", "desk.toml"],
        ["history", "store.db"],
        ["options", "store.db", "C1"],
        ["summary", "store.db", "--lang", "fr"],
        ["summary", "store.db", "--nonsense"],
        ["find", "store.db", "--limit", "many"],
        ["demo", "--store", "store.db"],
        ["check"],
        ["diff", "bank"],
        ["diff", "bank", "basic", "--limit", "0"],
        ["diagram", "bank", "--format", "png"],
        ["manual"],
        ["schema", "bank"],
        ["run-due"],
        ["run-due", "store.db", "--limit", "0"],
    ],
)
def test_wrong_usage(arguments: list[str], run: Run, tmp_path: Path) -> None:
    """Exit code 2, with the usage on standard error and nothing on standard output."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: workorder")


def test_an_interrupted_run(run: Run, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted from the keyboard it ends with 130 and no traceback, and may be started again."""

    def interrupted(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing, "run", interrupted)
    ran = run(*files.arguments())
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.startswith("interrupted")


def described() -> dict[str, str]:
    """The sections of the reference page, by command."""
    page = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^## `workorder ([a-z-]+)`", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_reference_describes_every_command() -> None:
    """The page of the reference has a section for each command, and for no other."""
    assert tuple(described()) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_describes_every_option(command: str) -> None:
    """Each section names what its command takes, and nothing that it does not take."""
    shared = {"--help", "--json", "--lang"}
    own = set(dict(declared())[command]) - shared
    _, _, table = described()[command].partition("| argument | meaning |")
    named = set(re.findall(r"^\| `(-*[a-z-]+)", table.split("\n\n")[0], re.MULTILINE))
    assert named == own


def test_a_role_without_a_person_is_no_licence(tmp_path: Path) -> None:
    """A role or department without an actor would be forgotten, and everything be shown."""
    store = tmp_path / "s.db"
    with SQLiteStore(store):
        pass
    for option in (["--role", "handler"], ["--department", "cards"]):
        assert main(["find", str(store), *option]) == 3
