"""Pages and pictures that are made from data say what the data says."""

from pathlib import Path

import pytest

from scripts import layers_picture, reference_pages

PAGES = reference_pages.pages()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_reference_page_is_up_to_date(path: Path) -> None:
    """A page of the reference is what scripts/reference_pages.py writes today."""
    assert path.read_text(encoding="utf-8") == PAGES[path]


def test_picture_of_layers_is_up_to_date() -> None:
    """The picture of the layers is what scripts/layers_picture.py draws today."""
    assert layers_picture.PICTURE.read_text(encoding="utf-8") == layers_picture.picture()


def test_every_package_is_in_the_picture() -> None:
    """No package of the library is missing from the picture of the layers."""
    source = Path(layers_picture.ROOT) / "src" / "workorder"
    packages = {each.parent.name for each in source.glob("*/__init__.py")}
    drawn = {name for names in layers_picture.layers() for name in names}
    assert packages <= drawn
    assert packages <= layers_picture.SAYS.keys()
