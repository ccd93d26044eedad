"""Routing: which tickets go to whom, said as data.

A **route** says what the tickets that it is for ask of somebody, and by which policy one is found;
the first route that is for a ticket counts. **Needs** add what a ticket asks for besides. A
**routing** is all of these together, with the policies and plans that they name, the order in which
those come that wait, and the states in which tickets wait, or take somebody's room.
"""

from workorder.assign.routing.checking import check_routing
from workorder.assign.routing.routes import Need, Route, Routing

__all__ = ["Need", "Route", "Routing", "check_routing"]
