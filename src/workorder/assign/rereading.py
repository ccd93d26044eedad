"""Policies read back from the plain data that their digest is over, which a host may keep."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import attrs

from workorder.assign.policy import AssignmentPolicy
from workorder.assign.scorers import Weighted
from workorder.assign.shipped import ATTRIBUTE, FILTERS, SCORERS, SELECTORS, Part
from workorder.assign.values import wrong
from workorder.errors import InvalidInput, one_of

_MICRO = timedelta(microseconds=1)


def policy_from_data(data: Mapping[str, Any], *, parts: Iterable[Part] = ()) -> AssignmentPolicy:
    """Read :meth:`AssignmentPolicy.as_data` back: an equal policy, with the same digest.

    Args:
        data: what was kept.
        parts: the host's own filters, scorers and selectors, which stand in it by their names.

    Raises:
        InvalidInput: for what is no policy, and for a part that is not there.

    >>> from workorder.assign import AssignmentPolicy
    >>> policy_from_data(AssignmentPolicy().as_data()) == AssignmentPolicy()
    True
    """
    own = {each.name: each for each in parts}
    try:
        return AssignmentPolicy(
            data["name"],
            filters=[_part(each, FILTERS, own) for each in data["filters"]],
            scorers=[
                Weighted(_part(each, SCORERS, own), float(each["counts"]))
                for each in data["scorers"]
            ],
            selector=_part(data["selector"], SELECTORS, own),
            affinity=data["affinity"],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise wrong("policy", "a policy", f"{type(error).__name__}: {error}") from error


def _part(said: Mapping[str, Any], shipped: Mapping[str, type], own: Mapping[str, Part]) -> Any:
    """The part that stands there by its name, with its figures."""
    name = said["name"]
    kind = shipped.get(name)
    if kind is None and name.startswith(f"{ATTRIBUTE}."):  # the attribute stands behind the name
        kind = shipped.get(ATTRIBUTE)
    if kind is None:
        if name not in own:
            raise wrong("part", one_of([*shipped, *own], name), name)
        return own[name]
    return kind(
        **{
            each.name: _figure(said[each.name], each.type, own)
            for each in attrs.fields(kind)
            if each.name in said
        }
    )


def _figure(value: Any, kind: Any, own: Mapping[str, Part]) -> Any:
    if isinstance(value, Mapping):
        length = value.get("microseconds")
        return _part(value, SELECTORS, own) if length is None else length * _MICRO
    return float(value) if kind is float else value
