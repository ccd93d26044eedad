"""The ladder: everybody, on a rung for each load.

Where a policy goes by load, and asks for nothing but room and presence, there is one list, of
everybody, and every decision changes it. Then it is quicker to keep it true at once than to look at
it again: whoever is given something, or gives it back, moves
(:meth:`workorder.assign.pool.columns.Columns.move`).

Of one rung, whoever was given something longest ago is first. Who is given something comes to the
end of its ring, for it was just now. Who gives something back comes to it with an instant of long
ago, and lies in its heap. Whoever is first of both is first.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime
from heapq import heapify, heappop
from itertools import pairwise
from math import isnan
from typing import Any

from workorder.assign.pool.columns import Columns
from workorder.assign.pool.handful import Handful, KeyOf
from workorder.assign.selectors.keyed import NEVER

Entry = tuple[datetime, str, Columns]
"""When they were last given something, and who: theirs, as long as it is the one they have."""

Place = Entry | tuple[()] | None
"""Where somebody is: in the heap of a rung, with that entry; in its ring (``None``); or on no rung
(``()``).
"""

_CLOSED = float("nan")
"""For so much nobody has room, however much they have."""

_ROOM = 64
"""As many entries and rungs are kept at any rate."""


class Rung:
    """Those of one load.

    Attributes:
        load: which.
        above: the next one, of those with a higher load.
        after: the first in its ring, of :class:`Columns`; the rung itself, if that is empty.
        before: the last in its ring; the rung itself, if that is empty.
        latest: when the last who came into the ring was given something.
        heap: entries, of which some may be nobody's any more.
    """

    __slots__ = ("above", "after", "before", "heap", "latest", "load")

    def __init__(self, load: int) -> None:
        self.load = load
        self.above: Rung | None = None
        self.before: Any = self
        self.after: Any = self
        self.latest = NEVER
        self.heap: list[Entry] = []

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on it; entries that are nobody's count as somebody's."""
        return not self.heap and self.after is self


class Ladder(Handful):
    """Those who match, in the order of :class:`~workorder.assign.selectors.LeastLoad`.

    Args:
        key_of: that order.

    Attributes:
        units: for how much room they are in order; as long as nobody asks, nobody is on it.
        rungs: by load.
        low: below it there is nobody.
        most: as many entries are kept of one rung, and as many rungs.
    """

    def __init__(self, key_of: KeyOf) -> None:
        super().__init__(key_of, (), units=0, channel=None)
        self.units = _CLOSED
        self.rungs: dict[int, Rung] = {}
        self.low = Rung(0)
        self._loads: list[int] = []
        self.most = _ROOM

    @property
    def is_open(self) -> bool:
        """Whether somebody has asked."""
        return not isnan(self.units)

    def open(self, members: Iterable[Columns], units: int) -> None:
        """*members*, who need room for *units*, come to it."""
        self.units = self._units = units
        for one in members:
            self.add(one)

    def close(self) -> None:
        """Nobody asks any more."""
        self.units = _CLOSED
        for one in self._members.values():
            one.move()
        self._members.clear()

    def first(self) -> Columns | None:
        """Who is first, as they stand."""
        rung = self.low
        while True:
            one, heap = rung.after, rung.heap
            while heap:
                entry = heap[0]
                other = entry[2]
                if other.place is entry:
                    self.low = rung
                    if one is rung or entry[0] < one.last:
                        return other
                    if entry[0] == one.last and entry[1] < one.id:
                        return other
                    break
                heappop(heap)
            if one is not rung:
                self.low = rung
                first: Columns = one
                return first
            self.low = rung
            if rung.above is None:
                return None
            rung = rung.above

    def rung(self, load: int) -> Rung:
        """The rung of *load*, of which there was none."""
        if len(self.rungs) > self.most:
            self.tidy()
        loads, rungs = self._loads, self.rungs
        made = rungs[load] = Rung(load)
        insort(loads, load)
        place = bisect_left(loads, load)
        if place:
            rungs[loads[place - 1]].above = made
        if place + 1 < len(loads):
            made.above = rungs[loads[place + 1]]
        if load < self.low.load or rungs.get(self.low.load) is not self.low:
            self.low = made
        return made

    def add(self, one: Columns) -> None:
        """Somebody else matches."""
        super().add(one)
        self.most = _ROOM + 2 * len(self)
        one.move()

    def remove(self, one: Columns) -> None:
        """A member does not match any more."""
        super().remove(one)
        one.leave()

    def tidy(self) -> None:
        """What is nobody's any more is not kept for ever."""
        for each in self.rungs.values():
            each.heap = [entry for entry in each.heap if entry[2].place is entry]
            heapify(each.heap)
        there = self.rungs = {load: each for load, each in self.rungs.items() if not each.is_empty}
        self._loads = sorted(there)
        for low, high in pairwise(self._loads):
            there[low].above = there[high]
        if there:
            there[self._loads[-1]].above = None
        self.low = there[self._loads[0]] if there else Rung(0)
