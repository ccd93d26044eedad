"""The line: items that wait, and which of them comes next.

A line is changed in place, for a program that routes by itself: a simulation, a single process. A
desk keeps its tickets in a store, and asks :func:`lined_up`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import count
from typing import Any, Protocol

from workorder.assign.items import Item
from workorder.assign.queueing.discipline import Discipline, Key, Static
from workorder.assign.queueing.static import FIFO, SHIPPED
from workorder.assign.values import wrong
from workorder.instants import aware


class Changing(Discipline, Protocol):
    """A discipline whose order changes, but not within a group."""

    def rank(self, item: Item, now: datetime) -> Key:
        """The least comes first, at *now*."""

    def group(self, item: Item) -> int:
        """Whom it overtakes never, and is never overtaken by; they are first come, first served."""


AnyDiscipline = Static | Changing

Entry = tuple[Any, ...]
"""An item in a heap: its key, a number, and the item. The number tells apart what has one key: an
item that left, and came back as another value, stands there twice for a while. The parts of a key
stand there one by one, where all keys have as many: they are compared in half the time.
"""


def lined_up(items: Iterable[Item], discipline: AnyDiscipline, now: datetime) -> list[Item]:
    """*items* in the order in which they are served, if nobody else comes; O(n log n)."""
    at = aware(now, "now")
    if isinstance(discipline, Static):
        return sorted(items, key=discipline.key)
    line = WaitingLine(discipline)
    for each in items:
        line.push(each)
    return [line.pop(at) for _ in range(len(line))]


class WaitingLine:
    """Items that wait, in the order of a discipline.

    Pushing and popping take O(log n), with a step for each group where order changes. An item keeps
    its instant of coming: pushed again after it was declined, it is where it was.

    Args:
        discipline: who comes next.
    """

    def __init__(self, discipline: AnyDiscipline) -> None:
        self.discipline = discipline
        self._static = discipline if isinstance(discipline, Static) else None
        self._changing = None if isinstance(discipline, Static) else discipline
        self._heaps: dict[int, list[Entry]] = {0: []} if self._static else {}
        self._alike = type(discipline) in SHIPPED
        self._numbers = count()
        self._here: dict[str, Item] = {}

    def __len__(self) -> int:
        return len(self._here)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._here

    def __iter__(self) -> Iterator[Item]:
        """Those who wait, in no order."""
        return iter(self._here.values())

    def push(self, item: Item) -> None:
        """*item* waits.

        Raises:
            InvalidInput: when one with its id waits already.
        """
        name, here = item.id, self._here
        if name in here:
            raise wrong("item", "one that does not wait yet", name)
        here[name] = item
        if self._changing is None:
            assert self._static is not None  # noqa: S101 (one of the two is there)
            heap = self._heaps[0]
            key = self._static.key(item)
            if not self._alike:
                key = (key,)
            heappush(heap, (*key, next(self._numbers), item))
        else:
            heap = self._heaps.setdefault(self._changing.group(item), [])
            heappush(heap, (*_FIFO.key(item), next(self._numbers), item))
        if len(heap) > _ROOM + 2 * len(here):
            self._without_those_who_left(heap)

    def remove(self, item_id: str) -> Item | None:
        """It waits no more: it was solved, put on hold, given to somebody. O(1); the place in the
        line is cleared when it comes to the front.
        """
        return self._here.pop(item_id, None)

    def peek(self, now: datetime) -> Item | None:
        """Who comes next; ``None`` where nobody waits."""
        heap = self._front(now)
        return None if heap is None else heap[0][-1]

    def pop(self, now: datetime) -> Item:
        """Who comes next, and waits no more.

        Raises:
            IndexError: when nobody waits.
        """
        here = self._here
        if self._changing is None and here:  # one heap: whoever is still here is next
            heap = self._heaps[0]
            while True:
                item: Item = heappop(heap)[-1]
                if here.get(item.id) is item:
                    del here[item.id]
                    return item
        found = self._front(now)
        if found is None:
            raise IndexError
        item = heappop(found)[-1]
        del here[item.id]
        return item

    def _front(self, now: datetime) -> list[Entry] | None:
        """The heap at whose top stands who comes next."""
        heads = [heap for heap in self._heaps.values() if self._cleared(heap)]
        if len(heads) < 2:  # noqa: PLR2004 (nothing to compare)
            return heads[0] if heads else None
        changing = self._changing
        assert changing is not None  # noqa: S101 (the others have one heap)
        return min(heads, key=lambda heap: changing.rank(heap[0][-1], now))

    def _cleared(self, heap: list[Entry]) -> bool:
        """Whether anybody stands in *heap*, after those who left have been taken off its top."""
        here = self._here
        while heap:
            item: Item = heap[0][-1]
            if here.get(item.id) is item:
                return True
            heappop(heap)
        return False

    def _without_those_who_left(self, heap: list[Entry]) -> None:
        """Most of *heap* have left: they are not kept for ever."""
        here = self._here
        known: dict[str, Entry] = {}
        for entry in heap:
            item: Item = entry[-1]
            if here.get(item.id) is item:
                known[item.id] = entry
        heap[:] = known.values()
        heapify(heap)


_FIFO = FIFO()
_ROOM = 64
