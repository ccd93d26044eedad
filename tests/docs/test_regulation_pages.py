"""The pages about regulation packs say what the packs say."""

from pathlib import Path

import pytest

from scripts import regulation_pages
from workorder.sla.regulations import pack, pack_names

PAGES = regulation_pages.pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_regulation_page_is_up_to_date(path: Path) -> None:
    """A page is what scripts/regulation_pages.py writes today."""
    assert path.read_text(encoding="utf-8") == PAGES[path]


def test_no_page_is_left_over() -> None:
    """Every page in the folder is written by the program."""
    assert {*regulation_pages.FOLDER.iterdir()} == PAGES.keys()


def test_pages_stand_in_the_reference() -> None:
    """The reference leads to the index, and the index to every pack."""
    reference = (regulation_pages.FOLDER.parent / "index.md").read_text(encoding="utf-8")
    assert "\nregulations/index\n" in reference
    index = PAGES[regulation_pages.FOLDER / "index.md"]
    assert [name for name in pack_names() if f"({name}.md)" not in index] == []


@pytest.mark.parametrize("name", pack_names())
def test_page_tells_every_clock(name: str) -> None:
    """Each clock stands on its page with its words, its rule and, if it is a template, that."""
    text = PAGES[regulation_pages.FOLDER / f"{name}.md"]
    for clock in pack(name).clocks:
        _, begun, after = text.partition(f"\n## `{clock.name}`\n")
        own = after.split("\n## ")[0]
        assert begun
        assert clock.quote in own
        assert clock.citation in own
        assert ("unverified template" in own) is not clock.verified
        assert ("For example" in own) is (clock.within is not None)
