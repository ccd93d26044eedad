"""``workorder diagram``, ``manual``, ``schema``: what is printed from a rulebook."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import CHINESE, Run
from tests.cli.test_check import rulebook
from workorder.rulebook import bank, rulebook_schema

FIRST = {"mermaid": "stateDiagram-v2", "dot": 'digraph "bank" {'}


@pytest.mark.parametrize("kind", ["mermaid", "dot", "svg"])
def test_a_diagram(kind: str, run: Run) -> None:
    """Every state stands in it by its label, in both languages."""
    for language in ("en", "zh-CN"):
        ran = run("diagram", "bank", "--format", kind, "--lang", language)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.splitlines()[0] == FIRST.get(kind, ran.out.splitlines()[0])
        said = ran.out
        if kind == "svg":
            root = ET.fromstring(ran.out)
            said = "".join(root.itertext())
        for state in bank().workflow.states:
            assert state.label.text(language) in said


def test_mermaid_unless_said_otherwise(run: Run) -> None:
    """Without --format it is Mermaid."""
    assert run("diagram", "basic").out == run("diagram", "basic", "--format", "mermaid").out


def test_a_manual(run: Run) -> None:
    """Markdown with a heading and the digest, in the language that was asked for."""
    ran = run("manual", "bank", "--lang", "zh-CN")
    assert (ran.code, ran.err) == (0, "")
    assert re.match(r"# .*操作手册\n", ran.out)
    assert bank().digest in ran.out
    english = run("manual", "bank").out
    assert english.startswith("# ")
    assert not CHINESE.search(english.splitlines()[0])


@pytest.mark.parametrize("command", [["diagram", "basic"], ["manual", "basic"]], ids=" ".join)
def test_into_a_file(command: list[str], run: Run, tmp_path: Path) -> None:
    """With --out the file holds what would have been shown, and one line says what it is of."""
    shown = run(*command, "--lang", "zh-CN").out
    file = tmp_path / "out.txt"
    ran = run(*command, "--lang", "zh-CN", "--out", file)
    assert (ran.code, ran.err) == (0, "")
    assert file.read_text(encoding="utf-8") == shown
    digest = run("check", "basic", "--json").data()["rulebook"]["digest"]
    assert ran.out == f"{file}：basic 1, {digest}\n"


@pytest.mark.parametrize("command", ["diagram", "manual"])
def test_printed_as_json(command: str, run: Run, tmp_path: Path) -> None:
    """Programs get the rulebook it is of, and the text, or the file it went into."""
    data = run(command, "basic", "--json").data()
    assert data["rulebook"].keys() == {"name", "version", "digest"}
    assert data["text"].strip() == run(command, "basic").out.strip()
    assert data.get("format") == {"diagram": "mermaid"}.get(command)
    file = tmp_path / "out.txt"
    written = run(command, "basic", "--json", "--out", file).data()
    assert written["out"] == str(file)
    assert "text" not in written
    assert file.read_text(encoding="utf-8") == data["text"]


@pytest.mark.parametrize("command", ["diagram", "manual"])
def test_a_file_that_cannot_be_written(command: str, run: Run, tmp_path: Path) -> None:
    """Exit code 3, with the option named."""
    nowhere = tmp_path / "missing" / "out.txt"
    ran = run(command, "basic", "--out", nowhere)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("--out: expected a file that can be written")
    assert run(command, "basic", "--out", nowhere, "--json").data()["error"]["code"] == "wrong_type"


@pytest.mark.parametrize("command", ["diagram", "manual"])
def test_of_a_rulebook_with_mistakes(command: str, run: Run, tmp_path: Path) -> None:
    """Nothing is printed; every mistake is told, and the exit code is 3."""
    file = rulebook(
        tmp_path,
        ('stage = "dispatch"', 'stage = "despatch"'),
        ('roles = ["supervisor"]', 'roles = ["boss"]'),
    )
    out = tmp_path / "out.txt"
    ran = run(command, file, "--out", out)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err.splitlines()) == 2
    assert not out.exists()


def test_of_a_file_of_ones_own(run: Run, tmp_path: Path) -> None:
    """A label changed in a file is changed in what is printed from it."""
    file = rulebook(tmp_path, ('labels = { en = "Start",', 'labels = { en = "Take it up",'))
    assert "Take it up" in run("diagram", file, "--format", "dot").out
    assert "Take it up" in run("manual", file).out


def test_the_schema(run: Run) -> None:
    """It is the schema of the library, as JSON, with or without --json."""
    ran = run("schema")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data() == rulebook_schema()
    assert run("schema", "--json").out == ran.out
    assert len(ran.out.splitlines()) > 100
