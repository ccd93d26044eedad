"""Work: how much everybody had to do in a run."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import frozen

from workorder.simulate.floor import Floor
from workorder.simulate.services import Service

_NONE = timedelta(0)

Stretch = tuple[datetime, datetime, int]
"""From when to when somebody held something, and how many units of it."""


@frozen(kw_only=True)
class Worked:
    """How much somebody had to do.

    Attributes:
        agent: who.
        items: how many items they were given.
        capacity: how many units they may hold.
        busy: for how long they held anything, of the time they worked.
        held: how long they held how many units: two for an hour are two hours.
        available: how long they worked.
    """

    agent: str
    items: int
    capacity: int
    busy: timedelta
    held: timedelta
    available: timedelta

    @property
    def utilisation(self) -> float:
        """What they held as a part of what they could have held; 0 for who could hold nothing."""
        could = self.capacity * self.available
        return self.held / could if could else 0.0


def worked(
    services: Iterable[Service], floor: Floor, begin: datetime, end: datetime
) -> tuple[Worked, ...]:
    """How much everybody of *floor* had to do from *begin* to *end*."""
    had: dict[str, list[Stretch]] = {name: [] for name in floor}
    for each in services:
        if each.agent is not None and each.began is not None:
            had[each.agent].append((each.began, each.ended or end, each.units))
    return tuple(_worked(floor, name, sorted(some), begin, end) for name, some in had.items())


def _worked(
    floor: Floor,
    name: str,
    had: list[Stretch],
    begin: datetime,
    end: datetime,
) -> Worked:
    time = floor.time_of(name)
    held = busy = _NONE
    until = begin
    for start, stop, units in had:
        held += units * time.between(start, stop)
        if stop > until:
            busy += time.between(max(start, until), stop)
            until = stop
    return Worked(
        agent=name,
        items=len(had),
        capacity=floor[name].capacity,
        busy=busy,
        held=held,
        available=time.between(begin, end),
    )
