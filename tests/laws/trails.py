"""Events as plain records, for those who judge without knowing the library."""

from collections.abc import Iterable
from typing import Any

import attrs

from workorder.ticket import Event, Ticket

_NAMES = {"subtask": "name", "panel": "name", "at": "reached", "to": "person"}


def records(events: Iterable[Event]) -> list[dict[str, Any]]:
    """What happened, as plain dictionaries; what an event promises is left out on purpose."""
    return [_record(event) for event in events]


def _record(event: Event) -> dict[str, Any]:
    trace, step = event.trace, event.step
    own = {
        _NAMES.get(each.name, each.name): getattr(event, each.name)
        for each in attrs.fields(type(event))
        if each.name not in {"trace", "step", "promises", "clocks"}
    }
    return {
        **own,
        "kind": event.kind,
        "actor": trace.actor,
        "at": trace.occurred_at,
        "command": trace.command_id,
        "role": step.role,
        "action": step.action,
        "from": step.from_state,
        "to": step.to_state,
    }


def stands(ticket: Ticket) -> dict[str, Any]:
    """What a ticket promises, as a plain dictionary."""
    windows = ticket.windows
    names = ("close_from", "reopen_until", "appeal_until", "due")
    return {"led": bool(ticket.clocks), **{name: getattr(windows, name) for name in names}}
