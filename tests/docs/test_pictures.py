"""The pictures of how time is counted, of clocks, of rulebooks and of who gets work show what the
library answers.
"""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts import (
    assignment_pictures,
    clock_pictures,
    convention_pictures,
    rulebook_pictures,
)

PICTURES = (
    convention_pictures.pictures()
    | clock_pictures.pictures()
    | rulebook_pictures.pictures()
    | assignment_pictures.pictures()
)
PAGES = convention_pictures.FOLDER.parent


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_picture_is_up_to_date(path: Path) -> None:
    """A picture is what the programs in scripts/ draw today."""
    assert path.read_text(encoding="utf-8") == PICTURES[path]


def test_no_picture_is_left_over() -> None:
    """Every picture in the folder is drawn by the program."""
    assert {*convention_pictures.FOLDER.iterdir()} == PICTURES.keys()


def test_every_picture_is_shown() -> None:
    """Every picture stands in a page."""
    said = "".join(page.read_text(encoding="utf-8") for page in PAGES.glob("*.md"))
    assert [path.name for path in PICTURES if f"pictures/{path.name})" not in said] == []


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_picture_has_words_for_who_cannot_see_it(path: Path) -> None:
    """A picture is well-formed and has a title."""
    root = ET.fromstring(PICTURES[path])
    assert root.findtext("{http://www.w3.org/2000/svg}title")
