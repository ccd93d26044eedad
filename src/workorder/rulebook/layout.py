"""A rulebook laid out as tables in the shape of its file: what two editions are compared by.

Everything the digest covers stands here once, under the key where a file has it; so two
rulebooks are laid out alike exactly when they have one digest.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from workorder.durations import Elapsed
from workorder.plain import plain
from workorder.rulebook.content import calendar_content, levels_content, routing_content
from workorder.rulebook.rulebook import Rulebook
from workorder.workflow import Row, Settings, Use

if TYPE_CHECKING:
    from workorder.assign.routing import Routing
    from workorder.sla.clocks import ServiceLevels


class Nothing(Enum):
    """Stands where a table has no such key."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING


@frozen
class Named:
    """A table whose keys are names that people chose; the order counts."""

    parts: Mapping[str, Any]


@frozen
class Rows:
    """The rows of an action, in their order."""

    parts: tuple[Mapping[str, Any], ...]


def layout(rulebook: Rulebook) -> dict[str, Any]:
    """*rulebook* as tables: plain data, :class:`Named` and :class:`Rows`."""
    workflow = rulebook.workflow
    rows = [row.action for row in workflow.rows]
    usual = sorted(rows, key=[action.name for action in workflow.actions].index)
    return {
        "name": rulebook.name,
        "version": rulebook.version,
        "workflow": workflow.name if workflow.name != rulebook.name else None,
        "labels": plain(rulebook.labels),
        "calendar": calendar_content(rulebook.calendar, rulebook.calendar_name),
        "clock_skew": str(Elapsed(rulebook.clock_skew)),
        "late_notice": str(Elapsed(rulebook.late_notice)),
        "text_limit": workflow.text_limit,
        "states": _named(workflow.states),
        "roles": _named(workflow.roles),
        "actions": _actions(rulebook),
        # Rows are looked at in their order, which may be another one than that of the actions.
        "rows": rows if rows != usual else None,
        "forms": Named({form.type: _part(form, "type", fields=_named) for form in rulebook.forms}),
        "settings": _settings(workflow.settings),
        "sla": _levels(rulebook.sla),
        "routing": _routing(rulebook.routing),
        "extensions": {
            "commands": [each.command.__name__ for each in rulebook.extensions],
            "events": list(rulebook.event_types),
        },
    }


def _part(value: Any, *without: str, **laid_out: Any) -> dict[str, Any]:
    """The attributes of *value* that make it what it is, some of them laid out on their own."""
    made = {}
    for each in attrs.fields(type(value)):
        if each.eq and each.name not in without:
            own = laid_out.get(each.name, plain)
            made[each.name] = own(getattr(value, each.name))
    return made


def _named(values: tuple[Any, ...]) -> Named:
    return Named({each.name: _part(each, "name") for each in values})


def _actions(rulebook: Rulebook) -> Named:
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in rulebook.workflow.rows:
        rows.setdefault(row.action, []).append(_row(row))
    return Named(
        {
            action.name: {
                **_part(action, "name", arguments=_named),
                "rows": Rows(tuple(rows.get(action.name, ()))),
            }
            for action in rulebook.workflow.actions
        }
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        "from": list(row.sources),
        "to": row.target,
        "roles": list(row.roles),
        "rules": _rules(row.rules),
    }


def _rules(uses: tuple[Use, ...]) -> Named:
    """Rules by name; one that is used again has its number behind it."""
    made: dict[str, Any] = {}
    for use in uses:
        name, number = use.rule, 1
        while name in made:
            number += 1
            name = f"{use.rule} ({number})"
        made[name] = plain(use.parameters)
    return Named(made)


def _settings(settings: Settings) -> dict[str, Any]:
    return _part(settings, hold_reasons=_named)


def _levels(levels: "ServiceLevels | None") -> dict[str, Any]:
    """Service levels; where there are none, as those that promise nothing."""
    if levels is None:
        nothing = dict.fromkeys(("ladders", "metrics", "policies", "packs"), Named({}))
        return {"leading": [], "calendars": {}, "departments": {}, **nothing}
    said = levels_content(levels)
    return {
        **{name: said[name] for name in ("leading", "calendars", "departments")},
        "ladders": _named(levels.ladders),
        "metrics": _named(levels.metrics),
        "policies": _named(levels.policies),
        "packs": _named(levels.packs),
    }


_UNROUTED: Mapping[str, Any] = {
    "waiting": None,
    "busy": None,
    "stays": None,
    "policies": Named({}),
    "plans": {},
    "routes": Named({}),
    "needs": [],
    "discipline": None,
    "reads": {},
    "preferred": {},
    "grace": None,
    "reach": None,
}
"""Stands for the routing of a rulebook that says nothing of it."""


def _routing(routing: "Routing | None") -> Mapping[str, Any]:
    """A routing; lengths of time stand as a file has them."""
    if routing is None:
        return _UNROUTED
    said = routing_content(routing)
    policies = {each.pop("of"): each for each in said["policies"]}
    routes = {each.pop("name"): each for each in said["routes"]}
    told: dict[str, Any] = _told({**said, "policies": policies, "routes": routes})
    return {**told, "policies": Named(told["policies"]), "routes": Named(told["routes"])}


def _told(value: Any) -> Any:
    """Plain data without what is not said; lengths of time are texts."""
    if isinstance(value, list):
        return [_told(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    if [*value] == ["microseconds"] and isinstance(value["microseconds"], int):
        return str(Elapsed(timedelta(microseconds=value["microseconds"])))
    return {name: _told(each) for name, each in value.items() if each is not None}
