"""Approvals that would never be asked for, that hide one another, or whose ranks make no chain.

Who must agree stands in the settings, that somebody must stands in the rows: a rule asks for the
rank that the settings have for a step. Where no row asks, an approval changes nothing, and anybody
may do what only a head of section was to do.
"""

from collections.abc import Iterator
from itertools import pairwise

from workorder.conditions import ALWAYS
from workorder.errors import Finding, one_of
from workorder.workflow.checking.places import places
from workorder.workflow.checking.wording import said
from workorder.workflow.definition import Definition
from workorder.workflow.settings import Approval

ASKING = "approval_rank_sufficient"
"""The rule that asks for the rank."""

CHAINED = (ASKING, "approves_once", "further_approval_needed", "last_approval")
"""The rules about one step of approval."""

USUAL = "approve"
"""The step they are about when nothing is said."""


def approvals(definition: Definition) -> Iterator[Finding]:
    """Approvals of a step that no row asks about, after one that always applies, or out of rank."""
    asked, unsaid = _asked(definition), _unsaid(definition)
    yield from (each for _, each in unsaid)
    meant = {action for action, _ in unsaid}
    known = [action.name for action in definition.actions]
    always: set[str] = set()
    for position, approval in enumerate(definition.settings.approvals):
        key = f"settings.approvals[{position}]"
        if approval.step in known and approval.step not in {*asked, *meant}:
            found = f"{approval.step}, which no row asks about"
            expected = f"a row with {{ rule = “{ASKING}”, step = “{approval.step}” }}"
            if asked:
                expected = f"{one_of(sorted(asked), approval.step)}; or {expected}"
            yield Finding(f"{key}.step", found, expected)
        if approval.step in always & set(known):
            found = f"never applied: one of {approval.step} that always applies stands before it"
            yield Finding(key, found, "the one without a condition last")
        if approval.when == ALWAYS:
            always.add(approval.step)
        yield from _ranks(key, approval)


def _ranks(key: str, approval: Approval) -> Iterator[Finding]:
    ranks = ", ".join(str(rank) for rank in approval.ranks)
    if any(type(rank) is not int for rank in approval.ranks):
        yield Finding(f"{key}.ranks", said(approval.ranks), "whole numbers")
        return
    if any(rank < 0 for rank in approval.ranks):
        yield Finding(f"{key}.ranks", ranks, "ranks of zero or more")
    if any(after < before for before, after in pairwise(approval.ranks)):
        yield Finding(f"{key}.ranks", f"falling ranks: {ranks}", "each as high as the one before")


def _asked(definition: Definition) -> frozenset[str]:
    """The steps that some row asks about; a host's own rule says so by its parameter `step`."""
    return frozenset(
        str(use.parameters.get("step", USUAL))
        for row in definition.rows
        for use in row.rules
        if use.rule == ASKING or (use.rule not in CHAINED and "step" in use.parameters)
    )


def _unsaid(definition: Definition) -> list[tuple[str, Finding]]:
    """Uses that say no step, in the rows of an action that has approvals of its own; by action."""
    steps = {approval.step for approval in definition.settings.approvals} - {USUAL}
    return [
        (
            place.row.action,
            Finding(
                f"{place.key}.rules.{use.rule}",
                f"no step, which means “{USUAL}”",
                f"step = “{place.row.action}”, of which settings.approvals speaks",
            ),
        )
        for place in places(definition)
        if place.row.action in steps
        for use in place.row.rules
        if use.rule in CHAINED and "step" not in use.parameters
    ]
