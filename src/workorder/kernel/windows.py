"""The instants that a step promises, whoever takes it: reckoned once, by the rulebook in force."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workorder.kernel.context import Draft
from workorder.rulebook import Rulebook
from workorder.workflow import ENDED
from workorder.workflow.roles import SYSTEM_ROLE

NEXT = timedelta(microseconds=1)
"""A window's last instant is still inside it."""


def promises(draft: Draft[Any]) -> Mapping[str, datetime]:
    """What the step of *draft* promises by the state it leads to."""
    step = draft.step
    if not step.moved:
        return {}
    settings = draft.settings
    found: dict[str, datetime | None] = {}
    ticket = draft.ticket
    if step.resolved and _time_may(draft, "close"):
        found["close_from"] = draft.until_if(settings.auto_close_after)
    elif step.category == "closed":
        reopen = draft.until_if(settings.reopen_window)
        appeal = ticket.windows.appeal_until if ticket is not None else None
        if appeal is None:
            appeal = found["appeal_until"] = draft.until_if(settings.appeal_window)
        found["reopen_until"] = reopen
        # It may still be reopened, or appealed, at that very instant.
        if reopen is not None and _time_may(draft, "archive"):
            found["archive_from"] = max(reopen, appeal or reopen) + NEXT
    elif step.category == "open" and (ticket is None or ticket.times.accepted is None):
        type_ = getattr(draft.command, "type", None) if ticket is None else ticket.type
        limit = draft.until_if(settings.time_limits.get(str(type_)))
        known = ticket.windows.due if ticket is not None else None
        if limit is not None:  # of what was merged into it, the earlier one stays
            found["due"] = limit if known is None else min(limit, known)
    return {name: at for name, at in found.items() if at is not None}


def new_due(draft: Draft[Any], type_: str) -> datetime | None:
    """The due instant of a ticket that becomes one of *type_*: reckoned from when it was taken on;
    none, while it was not, or once the limit was extended. What was merged into it may be due
    earlier, and stays so.
    """
    ticket = draft.present
    limit = draft.settings.time_limits.get(type_)
    taken_on = ticket.times.accepted
    if limit is None or taken_on is None or ticket.counts.extensions:
        return None
    until = draft.context.rulebook.until(taken_on, limit)
    known = ticket.windows.due
    return min(until, known) if ticket.links.absorbed and known is not None else until


def _time_may(draft: Draft[Any], action: str) -> bool:
    """Whether time takes *action* where the step leads."""
    return time_may(draft.context.rulebook, action, draft.step.to_state)


def time_may(rulebook: Rulebook, action: str, state: str) -> bool:
    """Whether the workflow of *rulebook* has a row by which time takes *action* in *state*."""
    rows = rulebook.workflow.compiled.table.get(action, {}).get(state, ())
    return any(SYSTEM_ROLE in row.roles for row in rows)


def quiet_period(draft: Draft[Any]) -> datetime | None:
    """When time closes a resolved ticket of which it has given up, once the customer was told."""
    state = draft.context.rulebook.workflow.compiled.states[draft.present.state]
    waits = state.resolved and state.category not in ENDED and _time_may(draft, "close")
    if not waits or draft.present.windows.close_from is not None:
        return None
    return draft.until_if(draft.settings.auto_close_after)
