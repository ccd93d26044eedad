"""What the settings must have decided, and what they name."""

from collections import Counter
from collections.abc import Iterator

from workorder.errors import Finding, one_of
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
            yield Finding(f"{key}.step", approval.step, one_of(actions, approval.step))
        if not approval.ranks:
            yield Finding(f"{key}.ranks", "none", "the least rank of each who must agree")
    least, best = settings.rating
    if least >= best:
        yield Finding(
            "settings.rating",
            f"from {least} to {best}",
            "the least score, then a higher one as the best",
        )


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
    for name in reason.resumes_on:
        if name not in actions:
            yield Finding(f"{key}.resumes_on", name, one_of(actions, name))
