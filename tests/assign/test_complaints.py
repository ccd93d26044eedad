"""What users of other systems complain about does not happen here."""

import re
from pathlib import Path

import pytest

from tests.assign.complaints import COMPLAINTS, Check

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "assignment-complaints.md"


@pytest.mark.parametrize("check", COMPLAINTS, ids=lambda check: check.__name__)
def test_it_does_not_go_as_it_went_there(check: Check) -> None:
    """Each is a story of its own."""
    check()


def test_the_page_names_every_check_and_no_other() -> None:
    """In its order: who reads it finds what is claimed there."""
    said = re.findall(r"^\| .* \| `(\w+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert said == [check.__name__ for check in COMPLAINTS]
