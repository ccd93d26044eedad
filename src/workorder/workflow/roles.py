"""Roles: which tickets each may see, and how much of them.

A scope answers twice, from one definition: for one case in hand (:func:`may_see`) and as
a condition that a store applies to a query before it pages (:func:`visible`).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal

from attrs import field, frozen

from workorder.conditions import ALWAYS, NEVER, AnyOf, Compare, Condition
from workorder.texts import Label, Texts
from workorder.workflow.case import Actor, Case

Reads = Literal["all", "shared"]
"""What a role reads of a ticket that it sees: all of it, or only what is shared between the bank
and the customer."""

READS: tuple[Reads, ...] = ("all", "shared")

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
        reads: what it reads of a ticket that it sees: ``all`` of it, or only what is ``shared``
            between the bank and the customer.
    """

    name: str
    sees: Scope = field(default=Scope.OWN, converter=Scope)
    labels: Texts = {}
    read_only: bool = False
    reads: Reads = "all"

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
    return any(_within(scope, case, actor) for scope in _scopes(actor, roles))


def _within(scope: Scope, case: Case, actor: Actor) -> bool:
    """Whether *case* lies in *scope* for *actor*."""
    if scope is Scope.ALL or case.customer == actor.id or case.took_part(actor.id):
        return True
    return (
        scope is Scope.DEPARTMENT
        and actor.department is not None
        and actor.department in (case.department, *_asked(case))
    )


def whole_readers(roles: Mapping[str, Role]) -> Mapping[str, Role]:
    """Those of *roles* that read all of a ticket; anything but ``all`` counts as less."""
    return {name: role for name, role in roles.items() if role.reads == "all"}


def reads_all(case: Case, actor: Actor, roles: Mapping[str, Role]) -> bool:
    """Whether some role of *actor* that sees *case* reads all of it: the most that one grants."""
    return may_see(case, actor, whole_readers(roles))


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
