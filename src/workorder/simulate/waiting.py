"""Waiting: the lines of those who came, and how they are served.

Those who ask for the same teams stand in one line (:class:`~workorder.assign.queueing.WaitingLine`,
under the discipline that is tried). Where somebody is in several teams, the heads of their lines
are compared by the same discipline, so that it is one order.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workorder.assign.items import Item
from workorder.assign.plan import RoutingPlan
from workorder.assign.queueing import WaitingLine, lined_up
from workorder.assign.queueing.line import AnyDiscipline
from workorder.assign.values import Names
from workorder.simulate.floor import Floor, Place

Plans = RoutingPlan | Mapping[str, RoutingPlan]
"""What is asked, the longer an item waits: of all, or for each team."""


class Waiting:
    """Those who wait.

    Args:
        discipline: who comes next.
        plans: what is asked of whoever gets them, the longer they wait.
    """

    def __init__(self, discipline: AnyDiscipline, plans: Plans | None) -> None:
        self._discipline, self._plans = discipline, plans
        self._lines: dict[Place, WaitingLine] = {}
        self._asks: dict[str, tuple[Item, Place]] = {}

    def __len__(self) -> int:
        return len(self._asks)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._asks

    def put(self, item: Item, now: datetime) -> tuple[Names, datetime | None]:
        """*item* waits, or its plan goes on: which teams it asks for now, and until when."""
        until = None
        asked, plan = item, self._plan(item)
        if plan is not None:
            planned = plan.at(item, now)
            asked, until = planned.item, planned.until
        place = Place(asked.teams, asked.units)
        before = self._asks.get(item.id)
        self._asks[item.id] = asked, place
        if before is None or before[1] != place:
            if before is not None:
                self._lines[before[1]].remove(item.id)
            self._line(place).push(item)
        return asked.teams, until

    def serve(self, floor: Floor, now: datetime, woken: Names | None) -> Iterator[tuple[Item, str]]:
        """Give what can be given, in order: each item, and who has it.

        Args:
            floor: the people.
            now: the instant.
            woken: for which teams anything changed; ``None`` for all.
        """
        passed: list[tuple[Place, Item]] = []
        free = {
            place: there
            for place, line in self._lines.items()
            if line
            and (woken is None or place.concerns(woken))
            and (there := floor.free(place, now))
        }
        while free:
            item, place = self._next(list(free), now)
            self._lines[place].pop(now)
            name = floor.chosen(self._asks[item.id][0], free[place], now)
            if name is None:  # nobody who is there can have it: it blocks nobody behind it
                passed.append((place, item))
            else:
                del self._asks[item.id]
                floor.give(name, item, now)
                yield item, name
                teams = floor.teams_of(name)
                for each in free:
                    if teams is None or each.concerns(teams):
                        free[each] = floor.free(each, now)
            free = {each: there for each, there in free.items() if there and self._lines[each]}
        for place, item in passed:
            self._lines[place].push(item)

    def _next(self, places: list[Place], now: datetime) -> tuple[Item, Place]:
        """Who comes next of those at the heads of several lines."""
        heads = [(self._lines[place].peek(now), place) for place in places]
        found = {item.id: (item, place) for item, place in heads if item is not None}
        if len(found) == 1:
            return next(iter(found.values()))
        first, *_ = lined_up([item for item, _ in found.values()], self._discipline, now)
        return found[first.id]

    def _line(self, place: Place) -> WaitingLine:
        if place not in self._lines:
            self._lines[place] = WaitingLine(self._discipline)
        return self._lines[place]

    def _plan(self, item: Item) -> RoutingPlan | None:
        plans = self._plans
        if plans is None or isinstance(plans, RoutingPlan):
            return plans
        return next((plans[team] for team in sorted(item.teams) if team in plans), None)
