"""What is known of a search for somebody who takes a ticket, and what of it stays."""

from datetime import datetime

from attrs import evolve

from workorder.ticket import Assignment, Search, Ticket
from workorder.ticket.work import NO_SEARCH
from workorder.workflow import ENDED, Step


def after_refused(search: Search | None, person: str, at: datetime) -> Search:
    """*search*, and that *person* did not take it, at *at*."""
    known = search or NO_SEARCH
    return evolve(known, declined={**known.declined, person: at})


def search_after(
    ticket: Ticket, search: Search | None, step: Step, assignment: Assignment
) -> Search | None:
    """What of *search* stays after an event. Whoever has the ticket is not looked for; an offer
    ends when the ticket moves on, or goes to another department; whoever did not take it is
    remembered, until it has ended.

    Args:
        ticket: as it stood before the event.
        search: as the event itself left it.
        step: the step that it took.
        assignment: who has the ticket now.
    """
    if search is None or step.category in ENDED:
        return None
    went = step.to_state != ticket.state or assignment.department != ticket.department
    if assignment.assignee is not None:
        search = Search(declined=search.declined)
    elif went and search is ticket.work.search:  # somebody sent it there
        search = evolve(search, offer=None, roams=False)
    return None if search == NO_SEARCH else search
