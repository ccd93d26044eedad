"""The READMEs: their first program prints what they say it prints."""

import re
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")


def blocks(name: str, language: str) -> list[str]:
    """Return the fenced blocks of a README that are marked with a language."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def plain(text: str) -> str:
    """Fold full-width punctuation: which width a sentence uses is not promised."""
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("name", READMES)
def test_first_program_prints_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """The output that stands below the first program is that of the program."""
    program, *_ = blocks(name, "python")
    shown, *_ = blocks(name, "text")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert plain(done.stdout) == plain(shown)


@pytest.mark.parametrize("name", READMES)
def test_promises_shown_are_those_of_the_bank(name: str) -> None:
    """Every target of the policy on the page stands in the bank's rulebook."""
    shipped = ROOT / "src" / "workorder" / "rulebook" / "shipped" / "bank.toml"
    stands = tomllib.loads(shipped.read_text(encoding="utf-8"))["sla"]["policies"]["complaint"]
    (shown,) = (each for each in blocks(name, "toml") if "[sla." in each)
    policy = tomllib.loads(shown)["sla"]["policies"]["complaint"]
    assert policy["when"] == stands["when"]
    assert [each for each in policy["targets"] if each not in stands["targets"]] == []


@pytest.mark.parametrize("name", READMES)
def test_first_program_is_short(name: str) -> None:
    """The first program has at most 15 lines."""
    assert len(blocks(name, "python")[0].splitlines()) <= 15


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link of a README names a file or folder that exists."""
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [each for each in re.findall(r"\]\(([^)#]+)", text) if "://" not in each]
    assert links
    assert [each for each in links if not (ROOT / each).exists()] == []


def test_both_tell_the_same_story() -> None:
    """The Chinese README has the sections, programs and links of the English one."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(
        re.findall("^## ", chinese, re.MULTILINE)
    )
    other = {"README.md", "README.zh-CN.md"}
    links = (set(re.findall(r"\]\(([^)]+)\)", text)) - other for text in (english, chinese))
    assert len(set(map(frozenset, links))) == 1
