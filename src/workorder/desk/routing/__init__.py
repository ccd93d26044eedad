"""Routing at the desk: somebody is found who takes a ticket, and has room for it.

Who there is, and how they stand, the host knows: it gives the desk a **directory**
(:mod:`~workorder.desk.routing.people`). How much each holds the store knows: a commit that gives a
ticket to somebody, or takes it from them, counts its units there, all in one
(:mod:`workorder.desk.room`). So two workers never give somebody more than they have room for, and
nobody has to count tickets.

Two questions, one engine: who takes this ticket (:mod:`~workorder.desk.routing.assigning`), and
which ticket comes next for this person (:mod:`~workorder.desk.routing.draining`). Whenever room
comes free, those that wait are asked again. What is decided stands in the event, with every reason;
that nobody was found is an event, too.

**Who waits at the front blocks nobody.** The line is gone through in the order of its discipline;
a ticket that nobody free can have is passed by, and keeps its place.
"""

from workorder.desk.routing.answers import Drained, Levelled, Relieved, Routed
from workorder.desk.routing.people import AsyncDirectory, Directory, People

__all__ = [
    "AsyncDirectory",
    "Directory",
    "Drained",
    "Levelled",
    "People",
    "Relieved",
    "Routed",
]
