"""Writing a routing down: the tables of ``[routing]``, and a policy in a file of its own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

from workorder.assign import USUAL, AssignmentPolicy
from workorder.assign.plan import RoutingPlan
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.scorers import Weighted
from workorder.assign.selectors import LeastLoad
from workorder.assign.shipped import SHIPPED, shipped_name
from workorder.durations import Elapsed
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.files.converter import CONVERTER
from workorder.rulebook.files.named_parts import NAME
from workorder.rulebook.files.parts import usual
from workorder.rulebook.files.policy_tables import COUNTS, THE_USUAL

_PLAIN = ("stays", "discipline", "reads", "preferred", "grace", "reach")
_TAKEN = {THE_USUAL, *(name for kinds in SHIPPED.values() for name in kinds)}


def routing_to_data(routing: Routing, prefix: str = "") -> dict[str, Any]:
    """The plain data of *routing*, as a file has it. A host's own parts are named.

    Raises:
        ConfigurationError: for parts that no file can name, their keys under *prefix*.
    """
    wrong: list[Finding] = []
    made: dict[str, Any] = {"waiting": list(routing.waiting), "busy": list(routing.busy)}
    for name in _PLAIN:
        value = getattr(routing, name)
        if value != usual(Routing, name):
            made[name] = _figure(value, f"{prefix}{name}", wrong)
    if routing.needs:
        made["needs"] = [_need(each) for each in routing.needs]
    if routing.policies != usual(Routing, "policies"):
        made["policies"] = {
            name: _without_name(_policy(each, f"{prefix}policies.{name}", wrong), name)
            for name, each in routing.policies.items()
        }
    plans = {name: _without_name(_plan(each), name) for name, each in routing.plans.items()}
    routes = {each.name: _route(each) for each in routing.routes}
    made |= {"plans": plans} if plans else {}
    made |= {"routes": routes} if routes else {}
    if wrong:
        raise ConfigurationError(wrong)
    return made


def policy_to_data(policy: AssignmentPolicy) -> dict[str, Any]:
    """The plain data of *policy*, as a file of its own has it.

    Raises:
        ConfigurationError: for parts that no file can name.
    """
    wrong: list[Finding] = []
    made = _policy(policy, "", wrong)
    if wrong:
        raise ConfigurationError(wrong)
    return made


def _without_name(data: dict[str, Any], name: str) -> dict[str, Any]:
    """*data*, whose name is said only where it is not that of its table."""
    return {key: each for key, each in data.items() if key != NAME or each != name}


def _plan(plan: RoutingPlan) -> dict[str, Any]:
    return {NAME: plan.name, "steps": [CONVERTER.unstructure(each) for each in plan.steps]}


def _route(route: Route) -> dict[str, Any]:
    made: dict[str, Any] = CONVERTER.unstructure(route)
    del made[NAME]
    labels = {"labels": made.pop("labels")} if "labels" in made else {}
    return labels | made


def _need(need: Need) -> dict[str, Any]:
    made: dict[str, Any] = CONVERTER.unstructure(need)
    when = {"when": made.pop("when")} if "when" in made else {}
    return when | made


def _policy(policy: AssignmentPolicy, key: str, wrong: list[Finding]) -> dict[str, Any]:
    dot = f"{key}." if key else ""
    made: dict[str, Any] = {NAME: policy.name}
    if policy.filters != USUAL:
        made["filters"] = _filters(policy, f"{dot}filters", wrong)
    if policy.scorers:
        made["scorers"] = [
            _scorer(each, f"{dot}scorers[{place}]", wrong)
            for place, each in enumerate(policy.scorers)
        ]
    if policy.selector != LeastLoad():
        made["selector"] = _part(policy.selector, f"{dot}selector", wrong)
    if policy.affinity:
        made["affinity"] = list(policy.affinity)
    return made


def _filters(policy: AssignmentPolicy, key: str, wrong: list[Finding]) -> list[Any]:
    """The filters; the usual ones together, and then those of them that have other figures."""
    said, first = list(policy.filters), len(USUAL)
    listed: list[Any] = []
    if [each.name for each in said[:first]] == [each.name for each in USUAL]:
        listed = [THE_USUAL]
        changed = zip(said[:first], USUAL, strict=True)
        said = [each for each, other in changed if each != other] + said[first:]
    return listed + [
        _part(each, f"{key}[{place}]", wrong) for place, each in enumerate(said, len(listed))
    ]


def _scorer(weighted: Weighted, key: str, wrong: list[Finding]) -> Any:
    said = _part(weighted.scorer, key, wrong)
    if weighted.weight == 1:
        return said
    table = said if isinstance(said, Mapping) else {NAME: said}
    return {**table, COUNTS: weighted.weight}


def _part(part: Any, key: str, wrong: list[Finding]) -> Any:
    """A part by its name, in a table with its figures if they are not as usual."""
    name = shipped_name(part)
    if name is None:
        own = getattr(part, NAME, None)
        if not isinstance(own, str) or not own or own in _TAKEN:
            found = f"{type(part).__name__}, called {own!r}"
            wrong.append(Finding(key, found, "a part that ships, or one with a name of its own"))
        return own
    figures = {
        each.name: _figure(value, f"{key}.{each.name}", wrong)
        for each in attrs.fields(type(part))
        if (value := getattr(part, each.name)) != usual(type(part), each.name)
    }
    return {NAME: name, **figures} if figures else name


def _figure(value: Any, key: str, wrong: list[Finding]) -> Any:
    """One figure, as a file has it."""
    if isinstance(value, timedelta):
        return str(Elapsed(value))
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {str(name): _figure(each, key, wrong) for name, each in value.items()}
    if isinstance(value, str | int | float):
        return value
    return _part(value, key, wrong)
