"""A handful: those who match items that ask the same, where they are few.

To look through some dozens takes less time than to keep them in order, above all where everybody
is on many lists: each change of theirs would have to be noted on every one.
"""

from collections.abc import Callable, Iterable

from workorder.assign.pool.columns import Columns
from workorder.assign.selectors.keyed import Key, Standing

MOST = 32
"""As many are still a handful."""

Doubt = Callable[[Columns], bool]
"""Whether somebody cannot have the item for a reason that has nothing to do with the order."""

KeyOf = Callable[[Standing], Key]


class Handful:
    """Those who match, in no order.

    Args:
        key_of: what the selector compares.
        members: those who match.
        units: how much room is asked for.
        channel: whose limits count; ``None`` where none do.
    """

    def __init__(
        self, key_of: KeyOf, members: Iterable[Columns], *, units: int, channel: str | None
    ) -> None:
        self._key_of = key_of
        self._units = units
        self._channel = channel
        self._members = {each.id: each for each in members}

    def __len__(self) -> int:
        return len(self._members)

    def first(self) -> Columns | None:
        """Who is first, as they stand."""
        first, least, units, may = None, None, self._units, self._channel is None
        for one in self._members.values():
            if units <= one.room and (may or self._may_hold(one)):
                key = one.key
                if key is None:
                    key = one.key = self._key_of(one)
                if least is None or key < least:
                    first, least = one, key
        return first

    def first_without(self, doubt: Doubt) -> Columns | None:
        """Who is first of those whom no *doubt* rules out."""
        can = [each for each in self._members.values() if self._admits(each) and not doubt(each)]
        return min(can, key=self._key, default=None)

    def find(self, agent_id: str | None) -> Columns | None:
        """That one, if they match and have room."""
        one = None if agent_id is None else self._members.get(agent_id)
        return one if one is not None and self._admits(one) else None

    def add(self, one: Columns) -> None:
        """Somebody else matches."""
        self._members[one.id] = one

    def remove(self, one: Columns) -> None:
        """A member does not match any more."""
        del self._members[one.id]

    def _key(self, one: Columns) -> Key:
        if one.key is None:
            one.key = self._key_of(one)
        return one.key

    def _admits(self, one: Columns) -> bool:
        """Whether somebody who matches can be given it, as they stand."""
        return self._units <= one.room and (self._channel is None or self._may_hold(one))

    def _may_hold(self, one: Columns) -> bool:
        """Whether they may hold one more of the channel."""
        channel = self._channel
        limit = None if channel is None else one.agent.limits.get(channel)
        return limit is None or channel is None or one.held.get(channel, 0) < limit
