"""Simulation: what last quarter would have looked like under another way of giving work.

Changing who gets what is tried on paper first::

    from workorder.simulate import Arrival, compared, simulate

    runs = [simulate(arrivals, agents, policy=each) for each in (as_now, as_planned)]
    print(compared(runs).text())

**How data passes through.** Arrivals say what came, when, and how long it takes whoever gets it
(``arrivals``). They come in their order (``running``); each joins the line of those who ask for the
same teams (``waiting``), and whoever can have it is chosen among the people as they stand then
(``floor``), by :func:`~workorder.assign.choose` under the policy that is tried. Somebody who has it
works on it in their hours (``hours``), and has room again when it is done. What came of everything
is a :class:`RoutingRun` (``result``), for people by ``telling``.

**At one instant**, what ends comes first, then plans go on to their next step, then what arrives
joins the line. Then the line is served, in the order of its discipline. What nobody can have who is
there is passed by and keeps its place: it blocks nobody behind it. So nobody waits while somebody
who could have it has room, and who has just come overtakes nobody by coming at the right moment.

**What is asked when.** Whenever something came, ended, or somebody came to work, everything that
waits for one of the teams concerned is asked about again. A filter whose answer changes as time
goes by without any of these (``NotTooManyLately``, one of a host's own that looks at the clock)
is asked at those instants, and not between them.

**What does not belong here:** clocks, chance, stores. The same arrivals and the same people give
the same run; a selector that draws is given a seed. Nor does it know people: that somebody would
have worked faster under another policy, or declined, is not in the data.
"""

from workorder.simulate.arrivals import Arrival
from workorder.simulate.result import RoutingRun
from workorder.simulate.running import simulate
from workorder.simulate.services import Service
from workorder.simulate.telling import Table, compared
from workorder.simulate.work import Worked

__all__ = ["Arrival", "RoutingRun", "Service", "Table", "Worked", "compared", "simulate"]
