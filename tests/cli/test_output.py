"""How things are shown: tables with and without rich, and how far long work is."""

import io
import sys

import pytest

from tests.cli.conftest import cells
from workorder.cli.output import ProgressLine, print_table, width

ROWS = [("已受理", 12, None, 1.5), ("In progress", 1_234_567, 3, 20)]


def test_a_table(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, columns and cells: numbers with their thousands told apart, nothing as a dash."""
    print_table("States", ("state", "entries", "left", "minutes"), ROWS)
    lines = cells(capsys.readouterr().out)
    assert lines[0] == ["States"]
    assert lines[1] == ["state", "entries", "left", "minutes"]
    assert lines[-2:] == [["已受理", "12", "-", "1.5"], ["In progress", "1,234,567", "3", "20"]]


def test_an_empty_table(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A table without rows still has its title and columns."""
    print_table("Nothing", ("a", "b"), [])
    assert cells(capsys.readouterr().out)[:2] == [["Nothing"], ["a", "b"]]


def test_columns_stand_under_each_other(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers end in the same place, also behind Chinese characters, which are twice as wide."""
    print_table("T", ("state", "n"), ROWS and [("已受理", 7), ("ab", 42)])
    lines = capsys.readouterr().out.splitlines()
    ends = {width(line.rstrip()) for line in lines if line.rstrip().endswith(("7", "42"))}
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("abc", 3), ("工单", 4), ("第 4 版", 7), ("，", 2)]
)
def test_width(text: str, expected: int) -> None:
    """Chinese characters and full-width signs take two columns."""
    assert width(text) == expected


def test_markup_is_shown_as_it_is(tables: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like markup in somebody's text is shown, not obeyed."""
    print_table("T", ("a",), [("[red]not red[/red]",)])
    assert "[red]not red[/red]" in capsys.readouterr().out


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, written over and left at the end."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    line = ProgressLine()
    line("check", 2_000)
    line("check", 4_000, 4_000)
    line.close()
    line.close()
    said = screen.getvalue()
    assert said.startswith("\r\x1b[Kcheck: 2,000, ")
    assert "\r\x1b[Kcheck: 4,000 of 4,000 (100%), " in said
    assert said.count("\n") == 1
    assert said.endswith("\n")


def test_progress_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of its own now and then, always for the end; nothing in between is worth one."""
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    line = ProgressLine()
    for done in range(1, 101):
        line("import", done, 100)
    line.close()
    lines = log.getvalue().splitlines()
    assert lines[-1].startswith("import: 100 of 100 (100%), ")
    assert len(lines) == 2


def test_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quiet is quiet, on a terminal too."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    line = ProgressLine(quiet=True)
    line("check", 1, 1)
    line.close()
    assert screen.getvalue() == ""


def test_progress_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without rows is done at once."""
    log = io.StringIO()
    monkeypatch.setattr(sys, "stderr", log)
    ProgressLine()("check", 0, 0)
    assert log.getvalue().startswith("check: 0 of 0 (")
