"""The command line as a program: pipes, encodings, and an environment without extras."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Files
from tests.exchange.conftest import command
from tests.exchange.logs import entry, text

# What `from rich import …` finds where the extra is not installed: nothing.
BARE = "import sys; sys.modules['rich'] = None; from workorder.cli import main; sys.exit(main())"


def start(
    *arguments: str | Path, program: list[str] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Start it with an environment of its own."""
    return subprocess.run(
        [*(program or command()), *map(str, arguments)],
        capture_output=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        env={**os.environ, **environment},
        check=False,
        timeout=60,
    )


@pytest.fixture
def many(files: Files) -> Path:
    """A store with more tickets than fit into a pipe."""
    rows = [entry(f"C{number}", "New", number, team="hall") for number in range(1_000)]
    files.log.write_text(text(rows), encoding="utf-8")
    assert start(*files.arguments("--quiet")).returncode == 0
    return files.store


@pytest.mark.parametrize("how", ["rich", "plain", "json"])
def test_a_reader_that_has_seen_enough(how: str, many: Path) -> None:
    """``| head``: it ends well, without a word of complaint."""
    program = [sys.executable, "-c", BARE] if how == "plain" else command()
    more = ["--json"] if how == "json" else []
    with subprocess.Popen(
        [*program, "find", str(many), "--limit", "1000", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert len(running.stdout.read(100)) == 100
        running.stdout.close()
        complaint = running.stderr.read()
        code = running.wait(timeout=60)
    assert complaint == b""
    assert code == 0


def test_nobody_reads_the_progress(files: Files) -> None:
    """Progress that goes nowhere stops no import."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            command(*files.arguments("--json")), stdout=subprocess.PIPE, stderr=write, check=False
        )
    finally:
        os.close(write)
    assert done.returncode == 0
    assert json.loads(done.stdout)["added"] == 6


def test_without_the_extra(files: Files) -> None:
    """Everything works where rich is not installed."""
    bare = [sys.executable, "-X", "utf8", "-c", BARE]
    for arguments in (
        files.arguments(),
        ["summary", str(files.store)],
        ["history", str(files.store), "C1"],
        ["find", str(files.store)],
        ["options", str(files.store), "C1", "--actor", "li", "--role", "handler"],
        ["demo"],
    ):
        done = start(*arguments, program=bare)
        assert done.returncode == 0, done.stderr
        assert done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("arguments", [["--help"], ["demo"], ["demo", "--json"]], ids=" ".join)
def test_whatever_the_terminal_can_show(arguments: list[str], language: str, encoding: str) -> None:
    """An output that cannot show every character loses some of them, never the run."""
    program = [sys.executable, "-c", BARE.replace("sys.modules['rich'] = None; ", "")]
    more = [] if arguments == ["--help"] else ["--lang", language]
    done = start(*arguments, *more, program=program, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    if "--json" in arguments:
        assert json.loads(done.stdout) == json.loads(start(*arguments, *more).stdout)


def test_the_story_is_the_same_in_every_process() -> None:
    """``demo --json`` says the same whatever process it runs in."""
    said = {start("demo", "--json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")}
    assert len(said) == 1


def test_as_a_module_or_script(tmp_path: Path) -> None:
    """The script that is installed is this command line."""
    script = Path(sys.executable).with_name("workorder")
    done = subprocess.run(
        [script, "--version"], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("workorder ")
