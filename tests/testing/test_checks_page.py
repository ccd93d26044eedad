"""The page of the reference lists the checks there are."""

from pathlib import Path

from scripts import checks_table
from workorder.testing.known import CHECKS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_lists_every_check() -> None:
    """Name, verb, needs and promise in both languages, as scripts/checks_table.py writes them."""
    written = checks_table.page()
    assert checks_table.PAGE.read_text("utf-8") == written
    assert [check.name for check in CHECKS if f"| `{check.name}` |" not in written] == []


def test_the_how_to_names_every_habit() -> None:
    """What databases do is told once for each habit that the kit looks for."""
    page = (DOCS / "how-to" / "write-a-store.md").read_text("utf-8")
    habits = [check.name.split(".")[1] for check in CHECKS if check.chapter == "habits"]
    assert habits
    assert [name for name in habits if f"`{name}`" not in page] == []
