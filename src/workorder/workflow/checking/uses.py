"""Rules as the rows use them: their names, their parameters, and what these name in turn.

A parameter says by the last word of its own name what it names: ``role`` and ``roles`` (so
``besides_roles`` too), ``step``, ``action``, ``actions`` and ``besides``, ``state`` and
``states``, ``setting`` and ``settings``, ``reasons`` (to hold). Four eyes that ask about a role
nobody can have would never stand in anybody's way, so such names are checked like all others.
A host's rule whose parameter means something else calls it something else.
"""

from collections.abc import Iterator, Mapping

from attrs import fields

from workorder.errors import Finding, one_of
from workorder.workflow.case import ASSIGNED, ASSIGNEE
from workorder.workflow.checking.places import Place, places
from workorder.workflow.checking.wording import kind_said, nearest, said
from workorder.workflow.definition import Definition
from workorder.workflow.rules import Use
from workorder.workflow.settings import Settings


def uses(definition: Definition) -> Iterator[Finding]:
    """Rules, parameters and settings that rows name and that are not there."""
    known = _known(definition)
    for place in places(definition):
        for use in place.row.rules:
            yield from _use(definition, place, use, known)


def _known(definition: Definition) -> Mapping[str, list[str]]:
    """What a parameter may name, by the last word of its own name."""
    roles = [*(role.name for role in definition.roles), ASSIGNEE]
    actions = [*(action.name for action in definition.actions), ASSIGNED]
    states = [state.name for state in definition.states]
    settings = [*(each.name for each in fields(Settings)), *definition.settings.own]
    reasons = [reason.name for reason in definition.settings.hold_reasons]
    return {
        **dict.fromkeys(("role", "roles"), roles),
        **dict.fromkeys(("step", "action", "actions", "besides"), actions),
        **dict.fromkeys(("state", "states"), states),
        **dict.fromkeys(("setting", "settings"), settings),
        "reasons": reasons,
    }


def _use(
    definition: Definition, place: Place, use: Use, known: Mapping[str, list[str]]
) -> Iterator[Finding]:
    key = f"{place.key}.rules.{use.rule}"
    rule = definition.rules.get(use.rule)
    if rule is None:
        yield Finding(key, "an unknown rule", one_of(definition.rules, use.rule))
        return
    for name, value in use.parameters.items():
        expected = rule.parameters.get(name)
        if expected is None:
            taken = ", ".join(rule.parameters) or "no parameter"
            yield Finding(f"{key}.{name}", "an unknown parameter", taken)
        elif not isinstance(value, expected):
            yield Finding(f"{key}.{name}", said(value), kind_said(expected))
        elif (last := name.rsplit("_", maxsplit=1)[-1]) in known:
            for each in _named(value):
                if each not in known[last]:
                    meant = nearest(known[last], str(each), f"one of the {last}")
                    yield Finding(f"{key}.{name}", str(each), meant)


def _named(value: object) -> tuple[object, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, tuple | list | set | frozenset) else ()
