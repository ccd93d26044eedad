"""The glossary uses the words of the rulebook that ships."""

import re
from pathlib import Path

from workorder.rulebook import basic
from workorder.texts import CHINESE

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
STARRED = re.compile(r"^\| `?([\w, ]+?)`? \* \| ([^ |]+) \|", re.MULTILINE)


def test_starred_words_are_those_of_the_basic_rulebook() -> None:
    """States, roles and steps marked with a star are the rulebook's, with its Chinese names."""
    starred = {
        english.split(", ")[-1].replace(" ", "_"): chinese
        for english, chinese in STARRED.findall(GLOSSARY.read_text(encoding="utf-8"))
    }
    flow = basic().workflow
    labels = [each.label for part in (flow.states, flow.roles, flow.actions) for each in part]
    assert starred == {label.name: label.texts[CHINESE] for label in labels}
