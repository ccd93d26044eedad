"""A small dossier is built and worded as it was agreed."""

from pathlib import Path

from tests.dossier.outline import outline, small

AGREED = Path(__file__).with_name("small.txt")


def test_the_small_dossier_is_as_agreed() -> None:
    """Every element of a dossier of five entries, with what it shows."""
    assert outline(small()) == AGREED.read_text(encoding="utf-8")
