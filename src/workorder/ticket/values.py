"""What a ticket answers when a rule asks by name.

These names are what a host's own case answers too, as far as it wants the rules that ask.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workorder.ticket.ticket import Ticket


def _asked(ticket: "Ticket") -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.department for each in ticket.work.subtasks))


def _open_subtasks(ticket: "Ticket") -> Mapping[str, str]:
    return {each.id: each.department for each in ticket.work.subtasks}


def _panel_members(ticket: "Ticket") -> tuple[str, ...] | None:
    panel = ticket.work.panel
    return panel.members if panel is not None else None


def _extension(ticket: "Ticket") -> str | None:
    extension = ticket.work.extension
    if extension is None:
        return None
    return "requested" if extension.granted is None else "granted"


def _extension_requester(ticket: "Ticket") -> str | None:
    extension = ticket.work.extension
    return extension.requested_by if extension is not None else None


def _hold_reason(ticket: "Ticket") -> str | None:
    return ticket.work.hold.reason if ticket.work.hold is not None else None


def _before_hold(ticket: "Ticket") -> str | None:
    return ticket.work.hold.before if ticket.work.hold is not None else None


def _offered_to(ticket: "Ticket") -> str | None:
    search = ticket.work.search
    return search.offer.to if search is not None and search.offer is not None else None


def _offer_until(ticket: "Ticket") -> object:
    search = ticket.work.search
    return search.offer.until if search is not None and search.offer is not None else None


def _not_taken(ticket: "Ticket") -> Mapping[str, object]:
    search = ticket.work.search
    return search.declined if search is not None else {}


VALUES: Mapping[str, Callable[["Ticket"], object]] = {
    "id": lambda ticket: ticket.id,
    "subjects": lambda ticket: ticket.parties.subjects,
    "excluded": lambda ticket: ticket.parties.excluded,
    "earlier_types": lambda ticket: ticket.origin.types,
    "channel": lambda ticket: ticket.origin.channel,
    "opened_by": lambda ticket: ticket.origin.opened_by,
    "intake_approved": lambda ticket: ticket.work.intake_approved,
    "hold_reason": _hold_reason,
    "before_hold": _before_hold,
    "before_merge": lambda ticket: ticket.links.before_merge,
    "merged_into": lambda ticket: ticket.links.merged_into,
    "appeal": lambda ticket: ticket.links.appeal,
    "appeal_of": lambda ticket: ticket.links.appeal_of,
    "asked": _asked,
    "open_subtasks": _open_subtasks,
    "panel_members": _panel_members,
    "extension": _extension,
    "extension_requester": _extension_requester,
    "offered_to": _offered_to,
    "offer_until": _offer_until,
    "not_taken": _not_taken,
    "rated": lambda ticket: ticket.work.rated,
    "due": lambda ticket: ticket.windows.due,
    "close_from": lambda ticket: ticket.windows.close_from,
    "reopen_until": lambda ticket: ticket.windows.reopen_until,
    "appeal_until": lambda ticket: ticket.windows.appeal_until,
    "urged": lambda ticket: ticket.windows.urged,
    "told": lambda ticket: ticket.windows.told,
}
"""By name: how to read it off a ticket."""
