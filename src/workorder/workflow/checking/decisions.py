"""What the settings must have decided, and what they name."""

from collections import Counter
from collections.abc import Iterator

from workorder.errors import Finding, one_of
from workorder.workflow.actions import SAME
from workorder.workflow.checking.approvals import approvals
from workorder.workflow.checking.conditions import conditions
from workorder.workflow.checking.wording import nearest, said
from workorder.workflow.definition import Definition
from workorder.workflow.settings import NO_LIMIT, PAUSES, HoldReason

HOLD = "hold"
"""The action that puts a ticket on hold, for one of the hold reasons."""


def decisions(definition: Definition) -> Iterator[Finding]:
    """Hold reasons without their decisions, and names in the settings that are not there."""
    settings = definition.settings
    counts = Counter(reason.name for reason in settings.hold_reasons)
    for name, count in counts.items():
        if count > 1:
            yield Finding(f"settings.hold_reasons.{name}", f"{count} times", "once")
        if not name:
            yield Finding("settings.hold_reasons", "an empty name", "a name")
    holds = any(row.action == HOLD for row in definition.rows)
    for reason in settings.hold_reasons:
        yield from _reason(definition, reason, undecided=holds)
    actions = [action.name for action in definition.actions]
    for position, approval in enumerate(settings.approvals):
        key = f"settings.approvals[{position}]"
        if approval.step not in actions:
            expected = nearest(actions, approval.step, "an action")
            yield Finding(f"{key}.step", approval.step, expected)
        if not approval.ranks:
            yield Finding(f"{key}.ranks", "none", "the least rank of each who must agree")
    yield from approvals(definition)
    yield from conditions(definition)
    yield from _rating(settings.rating)


def _rating(rating: object) -> Iterator[Finding]:
    expected = "the least score, then a higher one as the best"
    numbers = [*rating] if isinstance(rating, tuple | list) else []
    if len(numbers) != 2 or any(type(each) is not int for each in numbers):  # noqa: PLR2004 (two)
        yield Finding("settings.rating", said(rating), f"two whole numbers: {expected}")
    elif numbers[0] >= numbers[1]:
        yield Finding("settings.rating", f"from {numbers[0]} to {numbers[1]}", expected)


def _reason(definition: Definition, reason: HoldReason, *, undecided: bool) -> Iterator[Finding]:
    key = f"settings.hold_reasons.{reason.name}"
    if reason.pauses is None:
        if undecided:
            yield Finding(f"{key}.pauses", "no decision", f"one of {', '.join(PAUSES)}")
    elif reason.pauses not in PAUSES:
        yield Finding(f"{key}.pauses", str(reason.pauses), one_of(PAUSES, str(reason.pauses)))
    if undecided and reason.longest is None:
        yield Finding(f"{key}.longest", "no decision", f"a duration, or “{NO_LIMIT}”")
    actions = [action.name for action in definition.actions]
    ending = _ending(definition)
    for name in reason.resumes_on:
        if name not in actions:
            yield Finding(f"{key}.resumes_on", name, nearest(actions, name, "an action"))
        elif ending is not None and name not in ending:
            found = f"{name}, which takes no ticket out of a hold"
            expected = one_of(sorted(ending), name) if ending else f"{HOLD} to be left by an action"
            yield Finding(f"{key}.resumes_on", found, expected)


def _ending(definition: Definition) -> frozenset[str] | None:
    """The actions that lead out of a state to which a hold leads; ``None`` when nothing is held."""
    held = {row.target for row in definition.rows if row.action == HOLD}
    if not held:
        return None
    return frozenset(
        row.action
        for row in definition.rows
        if row.target != SAME and any(each in held and each != row.target for each in row.sources)
    )
