"""What a metric waits for: so that moments which cannot concern it cost next to nothing.

A condition over what happens can hold only for some actions; one over how things stand changes
only when one of its names does. Both are read off the conditions once. A moment with another
action, at which nothing changed that stands, is passed over.
"""

from collections.abc import Iterator

from attrs import frozen

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation, fields_of
from workorder.sla.clocks.metric import CONDITIONS, Metric

EDGES = frozenset({"action", "event", "by", "role"})
OF_EVENT = "event."
"""Names of what happens; all others are of how things stand."""

ANY = None
"""Any action at all."""


@frozen
class Interest:
    """What a metric waits for.

    Attributes:
        actions: the actions at which one of its conditions may hold; ``None`` for any.
        names: what stands and is asked for.
        level_start: whether it starts by how things stand alone.
    """

    actions: frozenset[str] | None
    names: frozenset[str]
    level_start: bool

    def concerned(self, action: object, changed: frozenset[str]) -> bool:
        """Whether a moment with *action*, at which the names of *changed* have other values than
        before, can concern it.
        """
        if self.actions is ANY or action in self.actions:
            return True
        return not self.names.isdisjoint(changed)


def interest_of(metric: Metric, selectors: tuple[str, ...]) -> Interest:
    """What *metric* waits for, and what decides between its targets (*selectors*)."""
    conditions = list(_conditions(metric))
    names = {name for each in conditions for name in fields_of(each)} | {*selectors}
    actions: set[str] = set()
    for each in conditions:
        if not _is_edge(each):
            continue
        found = actions_of(each)
        if found is ANY:
            return Interest(ANY, frozenset(), level_start=True)
        actions |= found
    return Interest(
        frozenset(actions), frozenset(filter(_stands, names)), not _is_edge(metric.start)
    )


def _conditions(metric: Metric) -> Iterator[Condition]:
    for name in CONDITIONS:
        condition = getattr(metric, name)
        if condition is not None:
            yield condition


def _stands(name: str) -> bool:
    return name not in EDGES and not name.startswith(OF_EVENT)


def _is_edge(condition: Condition) -> bool:
    return not all(_stands(name) for name in fields_of(condition))


def actions_of(condition: Condition) -> frozenset[str] | None:
    """The actions at which *condition* may hold; ``None`` for any.

    >>> from workorder.conditions import where
    >>> reply = where("action").equals("reply")
    >>> sorted(actions_of(reply & where("by").equals("agent")))
    ['reply']
    >>> actions_of(~reply) is None
    True
    """
    match condition:
        case Compare("action", "eq", str(value)):
            return frozenset((value,))
        case Compare("action", "in", tuple(values)):
            return frozenset(each for each in values if isinstance(each, str))
        case AllOf(parts):
            known = [each for each in map(actions_of, parts) if each is not ANY]
            return frozenset.intersection(*known) if known else ANY
        case AnyOf(parts):
            each_of = [actions_of(part) for part in parts]
            known = [each for each in each_of if each is not ANY]
            return frozenset[str]().union(*known) if len(known) == len(each_of) else ANY
        case Compare() | Negation():
            return ANY
