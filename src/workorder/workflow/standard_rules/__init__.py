"""The rules that ship: each is one sentence of a bank's procedure.

A workflow names them; a host adds its own beside them. They read the case by name
(:meth:`~workorder.workflow.Case.value`), so a host's own table can answer them as well as a
ticket does; a name the case does not know leaves a limit unset and a permission ungiven.

What does not belong here: what an action *does* (the kernel), and figures (settings).
"""

from collections.abc import Mapping

from workorder.workflow.rules import Rule
from workorder.workflow.standard_rules import (
    approving,
    given,
    intake,
    linking,
    people,
    teamwork,
    windows,
)
from workorder.workflow.standard_rules.people import conflict

CHAPTERS = (given, people, intake, teamwork, approving, windows, linking)

STANDARD_RULES: Mapping[str, Rule] = {
    each.name: each
    for chapter in CHAPTERS
    for each in vars(chapter).values()
    if isinstance(each, Rule)
}
"""Every rule that ships, by name."""

__all__ = ["CHAPTERS", "STANDARD_RULES", "conflict"]
