"""Roles, and which tickets each may see.

A scope answers twice, from one definition: for one case in hand (:func:`may_see`) and as
a condition that a store applies to a query before it pages (:func:`visible`).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import field, frozen

from workorder.conditions import ALWAYS, NEVER, AnyOf, Compare, Condition
from workorder.texts import Label, Texts
from workorder.workflow.case import Actor, Case

SYSTEM_ROLE = "system"
"""The role in which time acts."""


class Scope(StrEnum):
    """Which tickets a role sees."""

    OWN = "own"
    """Those one took part in, was given, or has as the customer."""

    DEPARTMENT = "department"
    """Also those that are with one's department, or that asked it something."""

    ALL = "all"
    """Every ticket of the tenant."""


@frozen
class Role:
    """A role of the workflow.

    Attributes:
        name: the stable name.
        sees: which tickets it may read.
        labels: what people call it, per language.
        read_only: declared so when it takes no action on purpose (an auditor).
    """

    name: str
    sees: Scope = field(default=Scope.OWN, converter=Scope)
    labels: Texts = {}
    read_only: bool = False

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)


def _scopes(actor: Actor, roles: Mapping[str, Role]) -> Iterable[Scope]:
    return (roles[name].sees for name in actor.roles if name in roles)


def _asked(case: Case) -> tuple[str, ...]:
    """The departments that owe an answer to a sub-task."""
    found = case.value("asked")
    return found if isinstance(found, tuple) else ()


def may_see(case: Case, actor: Actor, roles: Mapping[str, Role]) -> bool:
    """Whether some role of *actor* lets them see *case*; unknown roles see nothing."""
    for scope in _scopes(actor, roles):
        if scope is Scope.ALL:
            return True
        if case.customer == actor.id or case.took_part(actor.id):
            return True
        if (
            scope is Scope.DEPARTMENT
            and actor.department is not None
            and actor.department in (case.department, *_asked(case))
        ):
            return True
    return False


def visible(actor: Actor, roles: Mapping[str, Role]) -> Condition:
    """The same as :func:`may_see`, as a condition over the fields every store can search."""
    scopes = set(_scopes(actor, roles))
    if Scope.ALL in scopes:
        return ALWAYS
    if not scopes:
        return NEVER
    parts: list[Condition] = [
        Compare("people", "contains", actor.id),
        Compare("customer", "eq", actor.id),
    ]
    if Scope.DEPARTMENT in scopes and actor.department is not None:
        parts.append(Compare("department", "eq", actor.department))
        parts.append(Compare("asked", "contains", actor.department))
    return AnyOf(tuple(parts))
