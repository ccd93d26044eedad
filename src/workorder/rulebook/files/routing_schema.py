"""The JSON Schema of ``[routing]``: derived from the classes of what it says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from workorder.assign import AssignmentPolicy, RoutingPlan, RoutingStep
from workorder.assign.queueing.changing import are_slopes
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.routing.routes import READS
from workorder.assign.scorers import Weighted
from workorder.assign.selectors import Keyed
from workorder.assign.shipped import Part
from workorder.assign.values import (
    TOP_LEVEL,
    are_levels,
    is_count,
    is_named,
    is_positive,
    is_share,
)
from workorder.rulebook.files.class_schemas import (
    TEXT,
    Schema,
    described,
    named_schema,
    part_schema,
    ref,
    schema_of,
    table_schema,
)
from workorder.rulebook.files.named_parts import NAME, Known, Shelves, shelves
from workorder.rulebook.files.parts import hints, required
from workorder.rulebook.files.policy_tables import COUNTS, THE_USUAL
from workorder.rulebook.files.routing_tables import Overflow

_LEVEL: Schema = {"type": "integer", "minimum": 1, "maximum": TOP_LEVEL}
_SHARE: Schema = {"type": "number", "exclusiveMinimum": 0}
_CHECKS: Mapping[Callable[..., None], Schema] = {
    are_slopes: {"minProperties": 1, "additionalProperties": _SHARE},
    are_levels: {"additionalProperties": _LEVEL},
    is_count: {"minimum": 0},
    is_named: {"minLength": 1},
    is_positive: {"minimum": 1},
    is_share: _SHARE,
}
"""What a schema can know of what attributes check at the door."""

_TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}


def routing_parts(parts: Iterable[Part]) -> dict[str, Schema]:
    """``[routing]``, and the tables inside it.

    Args:
        parts: the host's own, which its files may name.
    """
    known = shelves(parts, [])
    return {
        "routing": _routing(),
        "assignment_policy": _policy(),
        **_named_parts(known),
        "routing_plan": _plan(),
        "routing_step": _checked(RoutingStep),
        "overflow": _checked(Overflow),
        "route": _checked(Route, NAME),
        "need": _with_minimum(_checked(Need), "skills"),
    }


def _routing() -> Schema:
    said = described(Routing)
    made = _checked(Routing, "policies", "plans", "routes", "needs", "discipline")
    apart: Schema = {
        "policies": {**named_schema("assignment_policy"), "minProperties": 1},
        "plans": named_schema("routing_plan"),
        "overflow": {
            **named_schema("overflow"),
            "description": "teams whose work goes on to another one; a plan by the team's name",
        },
        "routes": named_schema("route"),
        "needs": {"type": "array", "items": ref("need")},
        "discipline": ref("discipline"),
        "reads": {**_TEXTS, "propertyNames": {"enum": list(READS)}},
        "preferred": dict(_TEXTS),
    }
    for name, schema in apart.items():
        about = said.get(name, schema.get("description", ""))
        made["properties"][name] = {**schema, "description": about}
    made["properties"]["waiting"]["minItems"] = 1
    return made


def _policy() -> Schema:
    said = described(AssignmentPolicy)
    made = part_schema(AssignmentPolicy, "filters", "scorers", "selector")
    apart: Schema = {
        "filters": {"type": "array", "items": ref("filter")},
        "scorers": {"type": "array", "items": ref("scorer")},
        "selector": ref("selector"),
    }
    for name, schema in apart.items():
        made["properties"][name] = {**schema, "description": said[name]}
    made["properties"][NAME]["pattern"] = r"\S"
    return made


def _plan() -> Schema:
    made = part_schema(RoutingPlan, "steps")
    steps = {"type": "array", "items": ref("routing_step"), "minItems": 1}
    made["properties"]["steps"] = {**steps, "description": described(RoutingPlan)["steps"]}
    return {**made, "required": ["steps"]}


def _named_parts(known: Shelves) -> dict[str, Schema]:
    """Filters, scorers, selectors and disciplines: each by its name, or with its figures."""
    counts = {**_figure(Weighted, "weight"), "description": "how much it counts beside others"}
    keyed = {name: kind for name, kind in known.selectors.shipped.items() if hasattr(kind, "key")}
    own = {name: each for name, each in known.selectors.own.items() if hasattr(each, "key")}
    return {
        "filter": _named(known.filters, {}, THE_USUAL),
        "scorer": _named(known.scorers, {COUNTS: counts}),
        "selector": _named(known.selectors, {}),
        "keyed_selector": _named(attrs.evolve(known.selectors, shipped=keyed, own=own), {}),
        "discipline": _named(known.disciplines, {}),
    }


def _named(known: Known, more: Schema, *words: str) -> Schema:
    bare = [name for name, kind in known.shipped.items() if not required(kind)]
    tables = []
    for name, kind in known.shipped.items():
        figures = {each: _figure(kind, each) for each in hints(kind)}
        table = table_schema({NAME: {"const": name}, **figures, **more}, [NAME, *_needed(kind)])
        tables.append({**table, "description": (kind.__doc__ or "").partition("\n")[0]})
    tables += [table_schema({NAME: {"const": name}, **more}, [NAME]) for name in known.own]
    return {"anyOf": [{"enum": [*words, *bare, *known.own]}, *tables]}


def _needed(kind: type) -> list[str]:
    return [name for name in hints(kind) if name in required(kind)]


def _checked(kind: type, *without: str) -> Schema:
    """The table of a class, with what its attributes check at the door."""
    made = part_schema(kind, *without)
    for name in made["properties"]:
        made["properties"][name] |= _check(kind, name)
    return made


def _check(kind: type, name: str) -> Schema:
    return dict(_CHECKS.get(getattr(attrs.fields(kind), name).validator, {}))


def _figure(kind: type, name: str) -> Schema:
    hint: Any = hints(kind)[name]
    if hint is Keyed:
        return {**ref("keyed_selector"), "description": described(kind).get(name, "")}
    return {**schema_of(hint), **_check(kind, name), "description": described(kind).get(name, "")}


def _with_minimum(made: Schema, name: str) -> Schema:
    """The table, of which the table *name* is not empty."""
    made["properties"][name]["minProperties"] = 1
    return made
