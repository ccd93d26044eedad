"""What is known of a search for somebody who takes a ticket, and what of it stays."""

from datetime import datetime

from attrs import evolve

from workorder.ticket import Assignment, Search
from workorder.ticket.work import NO_SEARCH
from workorder.workflow import ENDED, Step


def after_refused(search: Search | None, person: str, at: datetime) -> Search:
    """*search*, and that *person* did not take it, at *at*."""
    known = search or NO_SEARCH
    return evolve(known, declined={**known.declined, person: at})


def search_after(
    before: Search | None,
    search: Search | None,
    step: Step,
    assignment: Assignment,
    *,
    moved: bool,
) -> Search | None:
    """What of *search* stays after an event. Whoever has the ticket is not looked for; an offer
    ends when the ticket moves on; whoever did not take it is remembered, until it has ended.

    Args:
        before: as it stood before the event.
        search: as the event itself left it.
        step: the step that it took.
        assignment: who has the ticket now.
        moved: whether it came into another state.
    """
    if search is None or step.category in ENDED:
        return None
    had = before.offer if before is not None else None
    if assignment.assignee is not None or (moved and search.offer is had and had is not None):
        search = Search(declined=search.declined)
    return None if search == NO_SEARCH else search
