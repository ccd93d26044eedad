"""What a metric waits for: so that moments which cannot concern it cost next to nothing.

A condition over what happens can hold only for some actions; one over how things stand changes
only when one of its names does. Both are read off the conditions once. A moment with another
action, at which nothing changed that stands, is passed over.
"""

from attrs import frozen

from workorder.conditions import NEVER, AllOf, AnyOf, Compare, Condition, Negation, fields_of
from workorder.sla.clocks.metric import Metric, Test, compiled, happens, stands
from workorder.sla.clocks.moments import View

ANY = None
"""Any action at all."""


@frozen
class Trigger:
    """One condition, and when it is worth asking.

    Attributes:
        holds: the condition, compiled.
        actions: the actions at which it may hold where it asks for what happens; none where it
            does not; ``None`` for any.
        names: what stands and is asked for.
    """

    holds: Test
    actions: frozenset[str] | None
    names: frozenset[str]

    def concerned(self, action: object, changed: frozenset[str]) -> bool:
        """Whether it may hold, or hold no more, since *action* and the changes of *changed*."""
        if self.actions is ANY or action in self.actions:
            return True
        return not self.names.isdisjoint(changed)


@frozen
class Interest:
    """What a metric waits for.

    Attributes:
        begins: what starts a first clock.
        ends: what cancels, stops or resets one that is active.
        turns: what pauses it and lets it go on: worth looking at once it may be otherwise.
        returns: what takes up or starts anew one that ended.
        selectors: what decides between its targets.
        level_start: whether it starts by how things stand alone.
        restarts: whether it does so again and again.
    """

    begins: tuple[Trigger, ...]
    ends: tuple[Trigger, ...]
    turns: tuple[Trigger, ...]
    returns: tuple[Trigger, ...]
    selectors: frozenset[str]
    level_start: bool
    restarts: bool

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """All of them."""
        return (*self.begins, *self.ends, *self.turns, *self.returns)

    @property
    def actions(self) -> frozenset[str] | None:
        """Every action that it waits for; ``None`` for any."""
        every = [each.actions for each in self.triggers]
        known = [each for each in every if each is not ANY]
        return frozenset[str]().union(*known) if len(known) == len(every) else ANY

    @property
    def names(self) -> frozenset[str]:
        """All that stands and is asked for."""
        return self.selectors.union(*(each.names for each in self.triggers))

    def stirred(
        self, state: str | None, view: View, action: object, changed: frozenset[str]
    ) -> bool:
        """Whether a moment can do anything to a clock of the metric.

        Args:
            state: of the clock; ``None`` where there is none yet.
            view: how the moment is seen.
            action: what was done.
            changed: the names that have other values than before.
        """
        if state is None:
            asked = self.begins
        elif state in _ACTIVE:
            if not self.selectors.isdisjoint(changed):
                return True
            for each in self.turns:
                if each.concerned(action, changed):
                    return True
            asked = self.ends
        else:
            if self.restarts and not self.selectors.isdisjoint(changed):
                return True
            asked = self.returns
        return any(each.concerned(action, changed) and each.holds(view) for each in asked)


_ACTIVE = ("running", "paused")


def interest_of(metric: Metric, selectors: tuple[str, ...]) -> Interest:
    """What *metric* waits for, and what decides between its targets (*selectors*)."""

    def of(*names: str) -> tuple[Trigger, ...]:
        known = [getattr(metric, name) for name in names]
        return tuple(_trigger(each) for each in known if each is not None and each != NEVER)

    return Interest(
        of("start"),
        of("cancel", "stop", "reset"),
        of("pause", "resume"),
        of("reopen", "start") if metric.repeat else of("reopen"),
        frozenset(filter(stands, selectors)),
        not happens(metric.start),
        metric.repeat and not happens(metric.start),
    )


def _trigger(condition: Condition) -> Trigger:
    names = frozenset(filter(stands, fields_of(condition)))
    actions = actions_of(condition) if happens(condition) else frozenset[str]()
    # Where only some actions let it hold, what stands matters at those alone.
    bound = actions is not ANY and happens(condition)
    return Trigger(compiled(condition), actions, frozenset() if bound else names)


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
