"""Shortlists, one for all items that ask the same, made when the first of them comes."""

from collections.abc import Hashable
from datetime import datetime

from workorder.assign.context import Context
from workorder.assign.items import Item
from workorder.assign.pool.columns import Columns
from workorder.assign.pool.handful import MOST, Handful
from workorder.assign.pool.ladder import Ladder
from workorder.assign.pool.register import Register
from workorder.assign.pool.shortlist import Shortlist
from workorder.assign.pool.terms import Indexed, Terms

ROOM = 64
"""On how many lists an agent may have come, on average. Where items ask for ever new things, all
are forgotten then, and begun anew.
"""


_Kept = tuple[Handful, Item, Context]
"""A shortlist, with the item for which it was made."""


class Shortlists:
    """The shortlists of a pool.

    Args:
        selector: whose order they are in.
        terms: what the policy asks.
        everybody: who is there, by id; the pool keeps it.
        register: who has what; the pool keeps it.
        ladder: of the first items for which it will do; the pool keeps it.
    """

    def __init__(
        self,
        selector: Indexed,
        terms: Terms,
        everybody: dict[str, Columns],
        register: Register,
        ladder: Ladder,
    ) -> None:
        self._key_of = selector.key
        self._terms = terms
        self._everybody = everybody
        self._register = register
        self._ladder = ladder
        self._by_asked: dict[Hashable, _Kept] = {}
        self._on: dict[str, list[Handful]] = {}
        self._size = 0

    def of(self, item: Item, now: datetime) -> Handful:
        """Those who match *item*."""
        terms = self._terms
        units = item.units if terms.room else 0
        channel = item.channel
        if channel is not None and not (terms.room and self._register.is_limited(channel)):
            channel = None
        asked: Hashable = (units, channel)
        if terms.lasting:
            asked = (
                units,
                channel,
                frozenset(item.skills.items()) if terms.skills else None,
                item.teams if terms.teams else None,
                item.language if terms.languages else None,
            )
        found = self._by_asked.get(asked)
        if found is None:
            made = self._made(item, Context(now), units, channel)
            found = self._by_asked[asked] = made, item, Context(now)
        return found[0]

    def add(self, one: Columns) -> None:
        """*one* is there."""
        self._on[one.id], one.lists = [], ()
        crowded = []
        for asked, (some, item, context) in self._by_asked.items():
            if self._matching([one], item, context):
                some.add(one)
                self._note(one, some)
                if len(some) > 2 * MOST and type(some) is Handful:  # the others are in order
                    crowded.append(asked)
        for each in crowded:
            del self._by_asked[each]

    def remove(self, one: Columns) -> None:
        """*one* is there no more."""
        one.lists = ()
        for each in self._on.pop(one.id):
            each.remove(one)

    def _note(self, one: Columns, some: Handful) -> None:
        self._size += 1
        self._on[one.id].append(some)
        if isinstance(some, Shortlist):
            one.lists += (some,)

    def _made(self, item: Item, context: Context, units: int, channel: str | None) -> Handful:
        some = self._register.like(item)
        members = self._matching(
            list(self._everybody.values() if some is None else some), item, context
        )
        if self._size + len(members) > ROOM * (len(self._everybody) + 1):
            self._forget()
        self._size += 1
        made = self._in_order(members, units, channel)
        for each in members:
            self._note(each, made)
        return made

    def _in_order(self, members: list[Columns], units: int, channel: str | None) -> Handful:
        if len(members) <= MOST:
            return Handful(self._key_of, members, units=units, channel=channel)
        if self._terms.by_load and channel is None and not self._ladder.is_open:
            self._ladder.open(members, units)
            return self._ladder
        return Shortlist(
            self._key_of, members, units=units, channel=channel, graded=self._terms.graded
        )

    def _matching(self, some: list[Columns], item: Item, context: Context) -> list[Columns]:
        """Those of *some* who match *item*, as the filters themselves say."""
        agents = [each.agent for each in some]
        against: set[str] = set()
        for each in self._terms.lasting:
            against.update(each.rejected(agents, item, context))
        return [each for each in some if each.id not in against]

    def _forget(self) -> None:
        self._by_asked.clear()
        self._size = 0
        self._ladder.close()
        for name, one in self._everybody.items():
            self._on[name], one.lists = [], ()
