"""What the documentation shows of the command line is what the command line says."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "import-a-log.md"
FILE = re.compile(
    r"^```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
SESSION = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ workorder (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def bare(said: str) -> list[str]:
    """Lines without blanks at their ends, and without blank lines."""
    return [line.rstrip() for line in said.splitlines() if line.strip()]


def test_the_page_shows_what_happens(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files and commands of the page, one after the other, say what stands below them."""
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    files = FILE.findall(page)
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    shown = [pair for session in SESSION.findall(page) for pair in COMMAND.findall(session)]
    assert (len(files), len(shown)) == (3, 5)
    for command, expected in shown:
        ran = run(*shlex.split(command))
        said = ran.out if ran.code == 0 else ran.err.splitlines()[-1]
        assert bare(said) == bare(expected)
    assert not (tmp_path / "other.db").exists()
