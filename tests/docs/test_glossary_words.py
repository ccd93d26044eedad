"""The glossary has every word that people of a bank read on their screens."""

import re
from pathlib import Path

import pytest

from workorder.rulebook import bank
from workorder.texts import CHINESE

GLOSSARY = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text("utf-8")
FLOW = bank().workflow


@pytest.mark.parametrize(
    "word",
    [
        each.label.texts[CHINESE]
        for part in (FLOW.states, FLOW.roles, FLOW.actions)
        for each in part
    ],
)
def test_every_label_of_the_bank_is_there(word: str) -> None:
    """States, roles and actions of the bank's rulebook are looked up by what they are called."""
    assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", GLOSSARY)


def test_rows_stand_in_tables() -> None:
    """A row after a blank line, without a heading, would be shown as text and not as a row."""
    assert re.findall(r"\n\n(\|.*)\n(?!\| ---)", GLOSSARY) == []
