"""``workorder dossier``: a file for an examiner, and the program that checks it."""

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Files, Run
from workorder.dossier import verifier_source
from workorder.storage import SQLiteStore, take_checkpoint


@pytest.fixture
def store(run: Run, files: Files) -> Path:
    """A store with three imported complaints."""
    assert run(*files.arguments()).code == 0
    return files.store


def test_a_dossier_is_written(run: Run, store: Path, tmp_path: Path) -> None:
    """By its number elsewhere: the page is written, and what was written is said."""
    out = tmp_path / "C1.html"
    ran = run("dossier", store, "C1", "--out", out)
    assert (ran.code, ran.out, ran.err) == (0, f"{out}: 3 entries; all of it holds\n", "")
    text = out.read_text(encoding="utf-8")
    assert "K-1" in text
    assert "ATM kept card" in text
    assert '<html lang="en">' in text


def test_in_chinese(run: Run, store: Path, tmp_path: Path) -> None:
    """--lang says the language of the page and of what is said."""
    out = tmp_path / "C1.html"
    ran = run("dossier", store, "C1", "--out", out, "--lang", "zh-CN")
    assert ran.out == f"{out}：共 3 条记录；核验全部成立\n"
    assert "工单卷宗" in out.read_text(encoding="utf-8")


def test_as_data(run: Run, store: Path, tmp_path: Path) -> None:
    """--json says where it is and what was found."""
    out = tmp_path / "C1.html"
    said = run("dossier", store, "C1", "--out", out, "--json").data()
    assert said["ticket"] in out.read_text(encoding="utf-8")
    assert (said["out"], said["entries"], said["findings"]) == (str(out), 3, [])


def test_without_a_name(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --out it goes beside you, under the ticket's id."""
    monkeypatch.chdir(tmp_path)
    said = run("dossier", store, "C1", "--json").data()
    assert said["out"] == f"{said['ticket']}.html"
    assert (tmp_path / said["out"]).is_file()


def test_without_texts(run: Run, store: Path, tmp_path: Path) -> None:
    """--without-texts leaves out what people wrote."""
    out = tmp_path / "C1.html"
    assert run("dossier", store, "C1", "--out", out, "--without-texts").code == 0
    assert "ATM kept card" not in out.read_text(encoding="utf-8")


def test_with_a_checkpoint(run: Run, store: Path, tmp_path: Path) -> None:
    """--checkpoint brings the proof; the program that --verifier writes checks it, alone."""
    out, kept, program = tmp_path / "C1.html", tmp_path / "kept.json", tmp_path / "verify.py"
    with SQLiteStore(store, create=False) as opened:
        made = take_checkpoint(opened, datetime(2026, 12, 1, tzinfo=UTC))
    kept.write_bytes(made.data())
    assert run("dossier", store, "C1", "--out", out, "--checkpoint", kept).code == 0
    ran = run("dossier", "--verifier", program)
    assert (ran.code, ran.out) == (0, f"{program}\n")
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(out), "--checkpoint", str(kept)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("OPEN ") == 1  # a forged page would name its own digest as well


@pytest.mark.parametrize("content", [b"", b"[]", b'{"format": 1}', b"[" * 100_000])
def test_a_checkpoint_that_is_none(content: bytes, run: Run, store: Path, tmp_path: Path) -> None:
    """Bad input: exit code 3, and no page."""
    kept = tmp_path / "kept.json"
    kept.write_bytes(content)
    out = tmp_path / "C1.html"
    ran = run("dossier", store, "C1", "--out", out, "--checkpoint", kept)
    assert (ran.code, ran.out) == (3, "")
    assert "kept.json" in ran.err or "--checkpoint" in ran.err
    assert not out.exists()


def test_the_program_alone(run: Run) -> None:
    """--verifier shows the program, as it ships."""
    assert run("dossier", "--verifier").out == verifier_source()
    assert run("dossier", "--verifier", "--json").data() == {"verifier": verifier_source()}


def test_wrong_usage(run: Run, store: Path) -> None:
    """Without a ticket it is not known what to write: exit code 2, the usage on standard error."""
    for arguments in ([], [store]):
        ran = run("dossier", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("usage: workorder dossier")


def test_no_such_ticket(run: Run, store: Path, tmp_path: Path) -> None:
    """A ticket that is not there: exit code 1, and no page."""
    out = tmp_path / "none.html"
    ran = run("dossier", store, "C99", "--out", out)
    assert (ran.code, ran.out) == (1, "")
    assert "C99" in ran.err
    assert not out.exists()


def test_a_file_that_cannot_be_written(run: Run, store: Path, tmp_path: Path) -> None:
    """Bad input: exit code 3."""
    assert run("dossier", store, "C1", "--out", tmp_path).code == 3
    assert run("dossier", "--verifier", tmp_path).code == 3


def test_something_is_wrong(run: Run, store: Path, tmp_path: Path) -> None:
    """A store that was changed behind the library's back: the page is written, exit code 1, and
    what is wrong is said.
    """
    connection = sqlite3.connect(store)
    with connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE '%sealed'")
        (table,) = names.fetchone()
        connection.execute(f"UPDATE {table} SET value = 'fine' WHERE ref = '1.title'")
    connection.close()
    out = tmp_path / "C1.html"
    ran = run("dossier", store, "C1", "--out", out)
    assert ran.code == 1
    assert "SOMETHING IS WRONG WITH IT:" in ran.out
    assert "'1.title': not the one that the records commit to" in ran.out
    assert out.is_file()
    said = run("dossier", store, "C1", "--out", out, "--json").data()
    assert len(said["findings"]) == 1
    assert json.dumps(said)
