"""Every rule that ships."""

from collections.abc import Mapping

from workorder.workflow.rules import Rule
from workorder.workflow.standard_rules import (
    approving,
    given,
    intake,
    linking,
    offering,
    people,
    teamwork,
    windows,
)

CHAPTERS = (given, people, offering, intake, teamwork, approving, windows, linking)

STANDARD_RULES: Mapping[str, Rule] = {
    each.name: each
    for chapter in CHAPTERS
    for each in vars(chapter).values()
    if isinstance(each, Rule)
}
"""Every rule that ships, by name."""
