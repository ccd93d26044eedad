"""The glossary has every word that people of a bank read on their screens."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workorder.clocks import Clock, ClockState, Verdict
from workorder.rulebook import bank
from workorder.sla.clocks.telling import state_text
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


@pytest.mark.parametrize(
    ("state", "met"),
    [
        ("running", None),
        ("paused", None),
        ("cancelled", None),
        ("finished", True),
        ("finished", False),
    ],
)
def test_every_state_of_a_clock_is_there(state: ClockState, met: bool | None) -> None:
    """How a clock stands is looked up by what people read."""
    at = datetime(2026, 9, 30, tzinfo=UTC)
    judged = () if met is None else (Verdict(1, at, at, bool(met)),)
    clock = Clock("resolution", state, "3 working days", (), verdicts=judged)
    assert f"({state_text(clock, CHINESE)})" in GLOSSARY


def test_rows_stand_in_tables() -> None:
    """A row after a blank line, without a heading, would be shown as text and not as a row."""
    assert re.findall(r"\n\n(\|.*)\n(?!\| ---)", GLOSSARY) == []
