"""The page about the rulebook file, and what editors are told, beside the keys that there are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workorder.conditions import OPERATORS
from workorder.rulebook import rulebook_schema

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rulebook-file.md"


def keys(schema: dict[str, Any]) -> Iterator[str]:
    """Every key that may stand in a file, those of rules and conditions aside."""
    yield from schema["properties"]
    for name, part in schema["$defs"].items():
        if name not in {"labels", "rule", "condition"}:
            yield from part.get("properties", ())


def known() -> set[str]:
    """Every key but the names of actions, which are the host's."""
    return set(keys(rulebook_schema()))


@pytest.mark.parametrize("key", sorted(known()))
def test_every_key_is_on_the_page(key: str) -> None:
    """Whatever may stand in a file is looked up there."""
    assert re.search(rf"`(\[\[?)?(settings\.)?{key}\b", PAGE.read_text(encoding="utf-8"))


def test_every_key_of_the_page_is_known() -> None:
    """The first cells of the tables name nothing that a file may not have."""
    cells = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert named <= known()
    assert len(named) > 40


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_is_on_the_page(operator: str) -> None:
    """Conditions are written with the operators that the page names."""
    assert f"`{operator}`" in PAGE.read_text(encoding="utf-8")


def test_descriptions_for_editors_are_words() -> None:
    """No markup of our docstrings stands in them, and marks are said as they stand in a file."""
    schema = rulebook_schema()
    assert ":`" not in json.dumps(schema)
    to = schema["$defs"]["row"]["properties"]["to"]["description"]
    assert "“=”" in to
    assert "“@”" in to
    longest = schema["$defs"]["hold_reason"]["properties"]["longest"]["description"]
    assert "“no limit”" in longest
