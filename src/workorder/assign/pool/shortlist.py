"""A shortlist: those who match items that ask the same, by what the selector compares.

Each who has room has one entry: a key that is theirs, or was. What was may be less than what is,
never more: being given something never makes a key less, and who gave something back, or changed in
any other way, is looked at again before anybody is chosen. So the least entry, if it is still true,
is the least of all; and if it is not, it is put where it belongs by now. Nothing is done for lists
that nobody asks, and nothing for somebody who had less for a moment and has as much again.

Entries lie in heaps. Where the first thing that is compared is the same for many (load), there is
one heap for each of its values: an entry that has become untrue then mostly goes to the end of
another heap, instead of from the top to the bottom of a large one.
"""

from bisect import insort
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import Any

from workorder.assign.pool.columns import Columns
from workorder.assign.pool.handful import Doubt, Handful, KeyOf
from workorder.assign.selectors.keyed import Key

FEW = 32
"""How many are put aside one by one; where more are in doubt, all are looked through once."""

_ROOM = 64


class Shortlist(Handful):
    """Those who match, in order.

    Args:
        key_of: what the selector compares.
        members: those who match.
        units: how much room is asked for.
        channel: whose limits count; ``None`` where none do.
        graded: whether there is a heap for each value of what is compared first.

    Attributes:
        better: members who may stand better than their entry says.
    """

    def __init__(
        self,
        key_of: KeyOf,
        members: Iterable[Columns],
        *,
        units: int,
        channel: str | None,
        graded: bool,
    ) -> None:
        super().__init__(key_of, members, units=units, channel=channel)
        self._graded = graded
        self.better: dict[str, Columns] = {}
        self._entries: dict[str, Key | None] = dict.fromkeys(self._members)
        self._heaps: dict[Any, list[Key]] = {}
        self._untrue = 0
        for one in self._members.values():
            if self._admits(one):
                key = self._entries[one.id] = self._key(one)
                self._heaps.setdefault(key[0] if graded else None, []).append(key)
        for heap in self._heaps.values():
            heapify(heap)
        self._grades = sorted(self._heaps)

    def first(self) -> Columns | None:
        """Who is first, as they stand."""
        if self.better:
            self._look_again()
        members, entries = self._members, self._entries
        grades, heaps = self._grades, self._heaps
        while grades:
            heap = heaps[grades[0]]
            if not heap:
                del heaps[grades.pop(0)]
                continue
            entry = heap[0]
            name = entry[-1]
            one = members.get(name)
            if one is not None and entry is one.key:
                return one
            heappop(heap)
            if one is None or entries[name] is not entry:  # who has gone, or has another entry
                self._untrue -= 1
            elif self._units <= one.room and (self._channel is None or self._may_hold(one)):
                key = one.key
                if key is None:
                    key = one.key = self._key_of(one)
                entries[name] = key
                self._push(key)
            else:
                entries[name] = None
        return None

    def first_without(self, doubt: Doubt) -> Columns | None:
        """Who is first of those whom no *doubt* rules out."""
        aside: list[Key] = []
        while (one := self.first()) is not None and doubt(one):
            if len(aside) == FEW:
                one = super().first_without(doubt)
                break
            aside.append(heappop(self._heaps[self._grades[0]]))
        for entry in aside:
            self._push(entry)
        return one

    def add(self, one: Columns) -> None:
        """Somebody else matches."""
        super().add(one)
        self._entries[one.id] = None
        self.better[one.id] = one

    def remove(self, one: Columns) -> None:
        """A member does not match any more."""
        super().remove(one)
        self.better.pop(one.id, None)
        if self._entries.pop(one.id) is not None:
            self._untrue += 1

    def _look_again(self) -> None:
        entries = self._entries
        for name, one in self.better.items():
            key, entry = one.key, entries[name]
            if key is None:
                key = one.key = self._key_of(one)
            if entry is not None:
                if not key < entry:
                    continue
                self._untrue += 1
            if self._units <= one.room and (self._channel is None or self._may_hold(one)):
                entries[name] = key
                self._push(key)
            else:
                entries[name] = None
        self.better.clear()
        if self._untrue > _ROOM + 2 * len(self._members):
            self._clear()

    def _push(self, key: Key) -> None:
        grade = key[0] if self._graded else None
        heap = self._heaps.get(grade)
        if heap is None:
            self._heaps[grade] = [key]
            insort(self._grades, grade)
        else:
            heappush(heap, key)

    def _clear(self) -> None:
        """Most entries are those of people who have another one: they are not kept for ever."""
        entries = self._entries
        for heap in self._heaps.values():
            heap[:] = [each for each in heap if entries.get(each[-1]) is each]
            heapify(heap)
        self._untrue = 0
