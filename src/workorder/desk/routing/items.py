"""Tickets as the routing sees them."""

from datetime import datetime
from functools import partial
from typing import Any

from attrs import frozen

from workorder.assign import AssignmentPolicy, Item
from workorder.assign.plan import Planned, RoutingPlan
from workorder.assign.routing import Route, Routing
from workorder.ticket import Ticket
from workorder.workflow.case import case_value


@frozen
class Wanted:
    """What a ticket asks of somebody.

    Attributes:
        item: the ticket, as an item.
        route: its route.
        policy: by which somebody is found.
        plan: what will do, the longer it has waited.
    """

    item: Item
    route: Route
    policy: AssignmentPolicy
    plan: RoutingPlan | None

    def at(self, instant: datetime) -> Planned:
        """What is asked at *instant*."""
        if self.plan is None:
            return Planned(self.item, 0, None)
        return self.plan.at(self.item, instant)


def wanted(ticket: Ticket, routing: Routing) -> Wanted:
    """What *ticket* asks of somebody, by *routing*."""
    read = partial(case_value, ticket)
    route = routing.route(read)
    search = ticket.work.search
    department, plan = ticket.department, routing.plan(route)
    teams = route.teams
    stays = ticket.state in routing.settled and not (search is not None and search.roams)
    if department is not None and (stays or not teams):
        teams = frozenset((department,))
    if plan is not None and stays:
        plan = plan.within_teams()
    said: dict[str, Any] = {
        "enqueued": ticket.times.accepted or ticket.times.opened,
        "due": ticket.windows.due,
    }
    for name, place in routing.reads.items():
        value = read(place)
        if isinstance(value, _KINDS[name]) and not isinstance(value, bool):
            said[name] = value
    said["priority"] = max(0, said.get("priority", _USUAL_PRIORITY))
    preferred = {why: read(place) for why, place in routing.preferred.items()}
    item = Item(
        ticket.id,
        teams=teams,
        skills=routing.skills(route, read),
        channel=ticket.origin.channel,
        units=route.units,
        estimate=route.estimate,
        customer=ticket.customer,
        subjects=frozenset(ticket.parties.subjects),
        involved=frozenset(ticket.parties.excluded),
        preferred={why: who for why, who in preferred.items() if isinstance(who, str)},
        declined=search.declined if search is not None else {},
        **said,
    )
    return Wanted(item, route, routing.policy(route), plan)


_USUAL_PRIORITY = 3
_KINDS: dict[str, type] = {
    "priority": int,
    "category": str,
    "language": str,
    "enqueued": datetime,
    "asked": datetime,
    "due": datetime,
}
"""What is not of its kind is not read: a field may hold anything."""


def waits(ticket: Ticket, routing: Routing) -> bool:
    """Whether *ticket* waits for somebody: nobody has it, and it is offered to nobody."""
    search = ticket.work.search
    offered = search is not None and search.offer is not None
    return ticket.state in routing.searched and ticket.assignee is None and not offered
