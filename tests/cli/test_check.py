"""``workorder check``: all mistakes of a rulebook at once, and what a sound one has."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CHINESE, Run, cells, folded

ROOT = Path(__file__).resolve().parents[2]
BASIC = ROOT / "src" / "workorder" / "rulebook" / "shipped" / "basic.toml"
PAGE = ROOT / "docs" / "reference" / "command-line.md"

MISTAKES = {
    'stage = "dispatch"': ('stage = "despatch"', "states.assigned.stage"),
    'category = "closed"': ('category = "shut"', "states.closed.category"),
    "resolved = true": ('resolved = "yes"', "states.resolved.resolved"),
    'sees = "department"': ('sees = "everything"', "roles.handler.sees"),
    'sees = "all"': ("sees = 1", "roles.supervisor.sees"),
    'rules = ["target_given", "assignee_eligible"]': (
        'rules = ["target_givn", "assignee_eligible"]',
        "actions.dispatch.rules",
    ),
    'from = ["in_progress"]': ('from = ["in_progres"]', "actions.submit.from"),
    'roles = ["supervisor"]': ('roles = ["boss"]', "actions.reopen.roles"),
    "limit = 200": ('limit = "long"', "fields.title.limit"),
    'kind = "integer"': ('kind = "number"', "fields.priority.kind"),
}
"""Ten mistakes: what is replaced, by what, and the key (or its beginning) that is to be named."""


def rulebook(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The basic rulebook as a file, with texts replaced where they stand first."""
    text = BASIC.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["bank", "basic", "it_desk"])
def test_what_ships_is_sound(name: str, run: Run) -> None:
    """No finding, not even a warning; figures and digest are told."""
    ran = run("check", name, "--strict", "--json")
    assert (ran.code, ran.err) == (0, "")
    data = ran.data()
    assert data["findings"] == []
    assert data["rulebook"]["name"] == name
    assert len(data["rulebook"]["digest"]) == 64


def test_the_figures(run: Run) -> None:
    """They are those of the file: its tables, and the rules that its rows name."""
    text = BASIC.read_text(encoding="utf-8")
    figures = run("check", "basic", "--json").data()["rulebook"]
    for key in ("states", "roles", "actions"):
        assert figures[key] == len(re.findall(rf"^\[{key}\.", text, re.MULTILINE))
    assert figures["rows"] == figures["actions"]
    assert figures["types"] == len(re.findall(r"^\[forms\.", text, re.MULTILINE))
    body = text.replace("rules = [\n", "rules = [").replace("  ", "").replace(",\n", ",")
    named = "".join(re.findall(r"^rules = (\[.*\])", body, re.MULTILINE))
    plain = re.sub(r"besides = \[.*?\]", "", named)
    assert figures["rules"] == len(set(re.findall(r'"(\w+)"', plain)))


def test_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    """A sound file has the digest of the same rulebook that ships, and exit code 0."""
    ran = run("check", rulebook(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run("check", "basic").out


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_ten_mistakes_make_ten_lines(language: str, run: Run, tmp_path: Path) -> None:
    """Each has a line with file, line and key, in the order of the file; the exit code is 3."""
    file = rulebook(tmp_path, *((before, after) for before, (after, _) in MISTAKES.items()))
    ran = run("check", file, "--lang", language)
    assert (ran.code, ran.err) == (3, "")
    *told, total = ran.out.splitlines()
    assert len(told) == len(MISTAKES)
    assert re.findall(r"\d+", total) == ["10"]
    assert bool(CHINESE.search(total)) == (language == "zh-CN")
    lines = file.read_text(encoding="utf-8").splitlines()
    found = {}
    for each in map(folded, told):
        number, key = re.findall(rf"^{re.escape(str(file))}:(\d+): ?([^:]+):", each)[0]
        found[lines[int(number) - 1]] = key
    for after, key in MISTAKES.values():
        assert found[after].startswith(key)
    assert [found[line] for line in lines if line in found] == list(found.values())


def test_mistakes_as_json(run: Run, tmp_path: Path) -> None:
    """Programs get key, found, expected, file and severity of each, and no rulebook."""
    file = rulebook(tmp_path, ('stage = "dispatch"', 'stage = "despatch"'))
    ran = run("check", file, "--json", "--paths")
    assert (ran.code, ran.err) == (3, "")
    data = ran.data()
    assert data["rulebook"] is None
    assert "paths" not in data
    (finding,) = data["findings"]
    assert finding.keys() == {"key", "found", "expected", "file", "severity"}
    assert (finding["key"], finding["severity"]) == ("states.assigned.stage", "error")
    assert "despatch" in finding["found"]
    assert "dispatch" in finding["expected"]


def test_a_warning_is_shown_and_forgiven(run: Run, tmp_path: Path) -> None:
    """A missing label is told with its line; only --strict makes it a mistake."""
    line = 'labels = { en = "Comment", zh-CN = "备注" }'
    file = rulebook(tmp_path, (line, 'labels = { en = "Comment" }'))
    number = BASIC.read_text(encoding="utf-8").splitlines().index(line) + 1
    ran = run("check", file)
    assert (ran.code, ran.err) == (0, "")
    first, *_, last = ran.out.splitlines()
    assert first.startswith(f"warning: {file}:{number}: actions.comment.labels.zh-CN: ")
    assert last == "Warnings: 1."
    strict = run("check", file, "--strict")
    assert (strict.code, strict.out) == (3, ran.out)
    (finding,) = run("check", file, "--json").data()["findings"]
    assert (finding["severity"], finding["file"]) == ("warning", f"{file}:{number}")
    chinese = run("check", file, "--lang", "zh-CN").out
    assert chinese.startswith("警告：")
    assert "警告：1 项。" in chinese


def test_paths(run: Run, tables: str) -> None:
    """A shortest way to every state, for people and for programs."""
    out = run("check", "basic", "--paths").out
    ways = {line[0]: line[1:] for line in cells(out) if len(line) == 3}
    assert ways["Closed"] == ["5", "Open → Dispatch → Start → Submit → Close"]
    assert ways["Accepted"] == ["1", "Open"]
    chinese = run("check", "basic", "--paths", "--lang", "zh-CN").out
    assert "登记 → 转办 → 开始处理 → 提交办结 → 结案" in chinese
    paths = run("check", "bank", "--paths", "--json").data()["paths"]
    assert len(paths) == 12
    for state, steps in paths.items():
        assert steps[0]["action"] == "open"
        assert steps[-1]["to"] == state
        assert [each["to"] for each in steps[:-1]] == [each["from"] for each in steps[1:]]


def test_no_such_rulebook(run: Run, tmp_path: Path) -> None:
    """Neither a name that ships nor a .toml file: exit code 3, and what it could be."""
    ran = run("check", "bnk")
    assert (ran.code, ran.out) == (3, "")
    assert "bank, basic, it_desk, a file that ends in .toml" in ran.err
    assert "以 .toml 结尾的文件" in run("check", "bnk", "--lang", "zh-CN").err
    assert run("check", "bnk", "--json").data()["error"]["code"] == "not_a_choice"
    missing = tmp_path / "missing.toml"
    ran = run("check", missing)
    assert ran.code == 3
    assert ran.out.startswith(f"{missing}: ")


def test_no_toml_at_all(run: Run, tmp_path: Path) -> None:
    """A file that is no TOML is one finding, on one line."""
    file = tmp_path / "own.toml"
    file.write_text("states = [\n[[[", encoding="utf-8")
    ran = run("check", file)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 2


def test_the_page_shows_what_it_says(run: Run) -> None:
    """The figures on the page of the reference are those of the command."""
    page = PAGE.read_text(encoding="utf-8")
    (shown,) = re.findall(r"^\$ workorder check (\w+)\n(.*)\ndigest: …$", page, re.MULTILINE)
    name, figures = shown
    assert run("check", name).out.splitlines()[0] == figures
