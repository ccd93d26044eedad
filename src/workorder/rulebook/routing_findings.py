"""A routing beside the rulebook it stands in: what it names must be there.

A route whose condition names a field that is misspelt is for no ticket, and one that waits in a
state that is misspelt finds none: nobody notices but the customer. So every name is looked up.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from workorder.conditions import AllOf, Compare, Condition, Negation
from workorder.errors import Finding
from workorder.intake import Form
from workorder.rulebook.condition_findings import ANSWERED, name_findings
from workorder.satisfiable import satisfiable
from workorder.workflow.checking.conditions import answer_findings, compared, kind_of
from workorder.workflow.checking.wording import nearest
from workorder.workflow.definition import Definition
from workorder.workflow.standard_rules.answers import Kind

if TYPE_CHECKING:
    from workorder.assign import AssignmentPolicy, RoutingPlan
    from workorder.assign.routing import Need, Route

READ: Mapping[str, Kind] = {
    "priority": "number",
    "category": "text",
    "language": "text",
    "enqueued": "instant",
    "asked": "instant",
    "due": "instant",
}
"""What can be read off a ticket, and what it has to be."""

_SAID: Mapping[Kind, str] = {
    "text": "a text that is not sealed",
    "number": "a whole number",
    "instant": "an instant",
}
_WEIGHED = "best_score"
_UNWEIGHING = frozenset(
    {
        "least_load",
        "least_utilization",
        "most_spare",
        "least_recently_assigned",
        "longest_idle",
        "pointer_round_robin",
        "smooth_weighted_round_robin",
        "two_choices",
    }
)
"""Selectors that ship and look at no score."""


class Routes(Protocol):
    """A routing, or as much of it as a file says."""

    @property
    def waiting(self) -> tuple[str, ...]: ...  # noqa: D102 (as Routing says)
    @property
    def busy(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def stays(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def policies(self) -> "Mapping[str, AssignmentPolicy]": ...  # noqa: D102
    @property
    def plans(self) -> "Mapping[str, RoutingPlan]": ...  # noqa: D102
    @property
    def routes(self) -> "tuple[Route, ...]": ...  # noqa: D102
    @property
    def needs(self) -> "tuple[Need, ...]": ...  # noqa: D102
    @property
    def reads(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def preferred(self) -> Mapping[str, str]: ...  # noqa: D102


def routing_findings(
    routing: Routes | None, definition: Definition, forms: tuple[Form, ...]
) -> Iterator[Finding]:
    """Everything that a routing names and its rulebook does not have, or that never matters."""
    if routing is None:
        return
    yield from _states(routing, definition)
    yield from _policies(routing)
    yield from _plans(routing)
    yield from _routes(routing)
    yield from _needs(routing)
    for key, condition in _conditions(routing):
        if not satisfiable(condition):
            yield Finding(key, "what never holds", "a condition that can hold")
        states = [each.name for each in definition.states]
        for compare in compared(condition):
            yield from answer_findings(key, compare, states)
            yield from name_findings(key, compare, forms)
    for name, field in routing.reads.items():
        if name in READ:
            yield from _answered(f"routing.reads.{name}", field, READ[name], forms)
        else:
            yield Finding(f"routing.reads.{name}", name, nearest(READ, name, "a name"))
    for name, field in routing.preferred.items():
        yield from _answered(f"routing.preferred.{name}", field, "text", forms)


def _states(routing: Routes, definition: Definition) -> Iterator[Finding]:
    """States in which no ticket ever waits or is worked on, or which none ever leaves."""
    category = {each.name: each.category for each in definition.states}
    if not routing.waiting:
        yield Finding("routing.waiting", "none", "one state at least")
    said = {"waiting": routing.waiting, "busy": routing.busy, "stays": routing.stays}
    for key, states in said.items():
        for name in dict.fromkeys(states):
            if name not in category:
                yield Finding(f"routing.{key}", name, nearest(category, name, "a state"))
            elif category[name] == "final":
                found = f"{name}, which no ticket leaves"
                yield Finding(f"routing.{key}", found, "states that are not final")
            elif states.count(name) > 1:
                yield Finding(f"routing.{key}", f"{name} a second time", "each state once")


def _policies(routing: Routes) -> Iterator[Finding]:
    """Policies that try whom nobody names, or whose scores decide nothing."""
    if not routing.policies:
        yield Finding("routing.policies", "none", "one policy at least")
    for name, policy in routing.policies.items():
        key = f"routing.policies.{name}"
        for each in policy.affinity:
            if each not in routing.preferred:
                expected = nearest(routing.preferred, each, "a name in routing.preferred")
                yield Finding(f"{key}.affinity", each, expected)
        if policy.selector.name == _WEIGHED and not policy.scorers:
            found = f"{_WEIGHED}, where nothing is scored"
            yield Finding(f"{key}.selector", found, "scorers, or another selector")


def unweighed(routing: Routes | None) -> Iterator[Finding]:
    """Policies whose scores decide nothing: their selector does not look at them. A warning, for
    what gives many tickets at once goes by scores alone.
    """
    for name, policy in () if routing is None else routing.policies.items():
        if policy.scorers and policy.selector.name in _UNWEIGHING:
            found = f"{policy.selector.name}, which looks at no score"
            key = f"routing.policies.{name}.selector"
            yield Finding(key, found, f"{_WEIGHED}, or no scorers", severity="warning")


def _plans(routing: Routes) -> Iterator[Finding]:
    """Plans and steps that change nothing."""
    asked = {name for each in routing.routes for name in each.skills}
    asked |= {name for each in routing.needs for name in each.skills}
    for name, plan in routing.plans.items():
        key = f"routing.plans.{name}.steps"
        if not plan.steps:
            yield Finding(key, "none", "one step at least")
        for place, step in enumerate(plan.steps):
            if not step.changes:
                yield Finding(f"{key}[{place}]", "a step that changes nothing", "what will do")
            for skill in sorted(step.without - asked):
                found = f"{skill}, which no route and no need asks for"
                expected = nearest(sorted(asked), skill, "a skill that is asked for")
                yield Finding(f"{key}[{place}].without", found, expected)


def _routes(routing: Routes) -> Iterator[Finding]:
    """Routes that name what is not there, or that no ticket comes to."""
    before: list[Condition] = []
    for each in routing.routes:
        key = f"routing.routes.{each.name}"
        if each.policy is not None and each.policy not in routing.policies:
            expected = nearest(routing.policies, each.policy, "a policy")
            yield Finding(f"{key}.policy", each.policy, expected)
        if each.plan is not None and each.plan not in routing.plans:
            expected = nearest(routing.plans, each.plan, "a plan")
            yield Finding(f"{key}.plan", each.plan, expected)
        if satisfiable(each.when) and not satisfiable(_left(each.when, before)):
            found = "tickets that an earlier route takes"
            yield Finding(f"{key}.when", found, "some that are left: the first that holds is taken")
        before.append(each.when)


def _left(when: Condition, before: Sequence[Condition]) -> Condition:
    return AllOf((when, *map(Negation, before)))


def _needs(routing: Routes) -> Iterator[Finding]:
    for place, each in enumerate(routing.needs):
        if not each.skills:
            yield Finding(f"routing.needs[{place}].skills", "none", "a skill at least")


def _conditions(routing: Routes) -> Iterator[tuple[str, Condition]]:
    """Every condition with its key."""
    for route in routing.routes:
        yield f"routing.routes.{route.name}.when", route.when
    for place, need in enumerate(routing.needs):
        yield f"routing.needs[{place}].when", need.when


def _answered(key: str, name: str, wanted: Kind, forms: tuple[Form, ...]) -> Iterator[Finding]:
    """What is wrong with taking what a ticket has under *name*: it must be of one kind."""
    unknown = [*name_findings(key, Compare(name, "missing"), forms)]
    yield from unknown
    if unknown:
        return
    group, _, field = name.partition(".")
    if group == "fields":
        there = [each for form in forms if (each := form.field(field)) is not None]
        kinds = {ANSWERED.get(each.kind) for each in there if not each.sealed}
        if any(each.readers for each in there):  # a decision stands in the history, for all to read
            yield Finding(key, f"{name}, which not everybody may read", "a field without readers")
    else:
        kinds = {kind_of(name)}
    if wanted not in kinds:
        yield Finding(key, name, f"what is {_SAID[wanted]}")
