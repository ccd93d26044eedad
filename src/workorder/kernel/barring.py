"""What keeps everybody from a ticket: events nobody here knows, a clock that is too far behind."""

from datetime import datetime

from workorder.refusals import Refusal
from workorder.rulebook import Rulebook
from workorder.ticket import Ticket


def bar(ticket: Ticket, at: datetime, rulebook: Rulebook) -> Refusal | None:
    """Why nothing at all may be done on *ticket* at *at*: it has events of types that *rulebook*
    does not know, or the clock is too far behind its last event.
    """
    if ticket.kinds:
        unknown = tuple(kind for kind in ticket.kinds if kind not in rulebook.known_events)
        if unknown:
            return Refusal("opaque_history", facts={"types": unknown})
    last = ticket.times.last
    if at < last and last - at > rulebook.clock_skew:
        facts = {"at": at, "last": last, "limit": rulebook.clock_skew}
        return Refusal("clock_skew", facts=facts)
    return None
