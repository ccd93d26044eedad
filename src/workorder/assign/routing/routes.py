"""Routes, needs, and the whole that they belong to."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from attrs import field, frozen

from workorder.assign.plan import RoutingPlan
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.queueing import AnyDiscipline, PriorityFIFO
from workorder.assign.values import (
    NO_NAMES,
    NOTHING,
    Names,
    are_levels,
    is_count,
    is_length,
    is_maybe_length,
    is_named,
    is_positive,
    names,
    wrong,
)
from workorder.conditions import ALWAYS, Condition, compile_condition
from workorder.errors import InvalidInput, one_of
from workorder.texts import Label, Texts

Read = Callable[[str], object]
"""What a ticket has under a name."""

READS = ("priority", "category", "language", "enqueued", "asked", "due")
"""What can be read off a ticket by a name that a routing says."""


def _ask(read: Read, name: str) -> object:
    return read(name)


def _in_their_order(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The first one counts where none is named, so their order does."""
    return list(given.items())


def _ordered(given: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(given)


@frozen(kw_only=True)
class Route:
    """What some tickets ask of whoever gets them.

    Attributes:
        name: the stable name.
        when: for which tickets.
        teams: who may have them; the department with which a ticket lies, if none is named, and
            anybody, where it lies with none.
        skills: what they take, and at which level at least.
        units: how much of somebody's capacity each takes.
        policy: by which policy somebody is found; the first one of the routing, if not given.
        plan: what will do, the longer a ticket has waited.
        offer: for how long a ticket is offered to somebody before it is offered to the next; it is
            assigned outright, if not given.
        estimate: how long dealing with one takes.
        labels: what people call it, per language.
    """

    name: str = field(validator=is_named)
    when: Condition = ALWAYS
    teams: Names = field(default=NO_NAMES, converter=names)
    skills: Mapping[str, int] = field(default=NOTHING, validator=are_levels, hash=False)
    units: int = field(default=1, validator=is_count)
    policy: str | None = None
    plan: str | None = None
    offer: timedelta | None = field(default=None, validator=is_maybe_length)
    estimate: timedelta | None = field(default=None, validator=is_maybe_length)
    labels: Texts = field(default=NOTHING, hash=False)
    applies: Callable[[Read], bool] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", compile_condition(self.when, _ask))

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)


@frozen(kw_only=True)
class Need:
    """What tickets ask for besides what their route says.

    Attributes:
        skills: what it takes, and at which level at least.
        when: for which tickets; all needs that are for a ticket count.
    """

    skills: Mapping[str, int] = field(validator=are_levels, hash=False)
    when: Condition = ALWAYS
    applies: Callable[[Read], bool] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", compile_condition(self.when, _ask))


_USUAL = Route(name="usual")


@frozen(kw_only=True, slots=False)
class Routing:
    """How tickets find somebody.

    Attributes:
        waiting: the states in which a ticket that nobody has waits for somebody.
        busy: the states in which a ticket takes room of whoever has it. A state that is left out (a
            ticket on hold, one that is being reviewed) takes none.
        stays: the states in which a ticket stays with the department that has it: somebody sent it
            there. Its people are asked, whatever the route says, and no plan takes it elsewhere.
        policies: how somebody is found, by name.
        routes: what tickets ask; the first one that is for a ticket counts. What none is for, asks
            for nothing but the department with which it lies.
        needs: what they ask for besides.
        plans: what will do, the longer a ticket has waited, by name.
        discipline: in which order those come that wait.
        reads: where what an item says stands on a ticket, by its name (:data:`READS`):
            ``{"priority": "fields.priority"}``.
        preferred: where it stands who should have it if they can, by why:
            ``{"relationship_manager": "fields.manager"}``. A policy's ``affinity`` says in which
            order they are tried.
        grace: how long somebody may be offline before their work is given to others.
        reach: how many of those that wait longest are looked at for one person, or at one time.

    Raises:
        InvalidInput: for a policy or plan that is named and not there, two routes of one name, an
            unknown name in *reads*.
    """

    waiting: tuple[str, ...] = field(converter=_ordered)
    busy: tuple[str, ...] = field(converter=_ordered)
    stays: tuple[str, ...] = field(default=(), converter=_ordered)
    policies: Mapping[str, AssignmentPolicy] = field(
        factory=lambda: {"usual": AssignmentPolicy("usual")}, hash=False, eq=_in_their_order
    )
    routes: tuple[Route, ...] = field(default=(), converter=_ordered)
    needs: tuple[Need, ...] = field(default=(), converter=_ordered)
    plans: Mapping[str, RoutingPlan] = field(default=NOTHING, hash=False)
    discipline: AnyDiscipline = field(factory=PriorityFIFO)
    reads: Mapping[str, str] = field(default=NOTHING, hash=False)
    preferred: Mapping[str, str] = field(default=NOTHING, hash=False)
    grace: timedelta = field(default=timedelta(minutes=1), validator=is_length)
    reach: int = field(default=1_000, validator=is_positive)

    def __attrs_post_init__(self) -> None:
        if not self.policies:
            raise wrong("policies", "one policy at least", dict(self.policies))
        known = [each.name for each in self.routes]
        for name in known:
            if known.count(name) > 1:
                raise InvalidInput(
                    "wrong_type", name="routes", expected="each name once", found=name
                )
        for each in self.routes:
            _there(f"routes.{each.name}.policy", each.policy, self.policies)
            _there(f"routes.{each.name}.plan", each.plan, self.plans)
        for name in self.reads:
            _there("reads", name, READS)

    def route(self, read: Read) -> Route:
        """The route of a ticket, of which *read* tells what it has under a name."""
        return next((each for each in self.routes if each.applies(read)), _USUAL)

    def skills(self, route: Route, read: Read) -> Mapping[str, int]:
        """The skills that a ticket on *route* takes: of one that is named twice, the higher level
        counts.
        """
        skills = dict(route.skills)
        for need in self.needs:
            if need.applies(read):
                for name, level in need.skills.items():
                    skills[name] = max(level, skills.get(name, 0))
        return skills

    def policy(self, route: Route) -> AssignmentPolicy:
        """By which policy somebody is found on *route*."""
        return self.usual if route.policy is None else self.policies[route.policy]

    def plan(self, route: Route) -> RoutingPlan | None:
        """The plan of *route*, if it has one."""
        return None if route.plan is None else self.plans[route.plan]

    @cached_property
    def usual(self) -> AssignmentPolicy:
        """The policy that counts where none is named: the first."""
        return next(iter(self.policies.values()))

    @cached_property
    def settled(self) -> frozenset[str]:
        """The states in which a ticket stays where it is."""
        return frozenset(self.stays)

    @cached_property
    def searched(self) -> frozenset[str]:
        """The states in which a ticket waits."""
        return frozenset(self.waiting)

    @cached_property
    def occupying(self) -> frozenset[str]:
        """The states in which a ticket takes room."""
        return frozenset(self.busy)


def _there(key: str, name: str | None, known: Iterable[str]) -> None:
    if name is not None and name not in known:
        raise wrong(key, one_of(known, name), name)
