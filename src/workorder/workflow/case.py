"""What an evaluation looks at: a case, and the person who acts.

:class:`Case` is a small protocol. Our own tickets satisfy it, and so does any object of
a host that can answer seven questions; :class:`PlainCase` answers them from a row.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from attrs import field, frozen

from workorder.canonical import normal_text
from workorder.errors import InvalidInput
from workorder.values import CODE_LIMIT, check_value

NEW = ""
"""The state of a case that does not exist yet: ``open`` starts from it."""

ASSIGNEE = "assignee"
"""The role under which being assigned a ticket counts as having worked on it."""


ASSIGNED = "assigned"
"""What such a person is remembered to have done: they were given the ticket."""


class Case(Protocol):
    """A work order as the workflow sees it; implement it on any object of your own."""

    @property
    def type(self) -> str:
        """Its ticket type, such as ``complaint``."""

    @property
    def state(self) -> str:
        """The name of its state."""

    @property
    def assignee(self) -> str | None:
        """Who has it now."""

    @property
    def department(self) -> str | None:
        """Which department has it now."""

    @property
    def customer(self) -> str | None:
        """Whose it is."""

    def took_part(
        self,
        person: str,
        *,
        roles: Collection[str] | None = None,
        besides: Collection[str] = (),
        actions: Collection[str] | None = None,
    ) -> bool:
        """Whether *person* acted in one of *roles* (any, if ``None``), by one of *actions* (any, if
        ``None``), leaving out the actions *besides*; being given the ticket counts as acting in
        the role ``assignee``.
        """

    def value(self, name: str) -> object:
        """Anything else a rule asks for by name; ``None`` when there is no such thing."""


Deeds = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Who did what: person → role → actions."""


def took_part(
    deeds: Deeds,
    person: str,
    roles: Collection[str] | None,
    besides: Collection[str],
    actions: Collection[str] | None = None,
) -> bool:
    """The answer to :meth:`Case.took_part` out of a table of deeds."""
    for role, done in deeds.get(person, {}).items():
        if roles is not None and role not in roles:
            continue
        for action in done:
            if action not in besides and (actions is None or action in actions):
                return True
    return False


def case_value(case: Case, name: str) -> object:
    """What *case* has under *name*: one of its attributes, or what it answers by name."""
    return getattr(case, name) if name in _ATTRIBUTES else case.value(name)


_ATTRIBUTES = frozenset({"type", "state", "assignee", "department", "customer"})


@frozen
class PlainCase:
    """A case made of plain values: what a host builds from one row of its own table.

    >>> case = PlainCase("assigned", assignee="li", deeds={"li": {"assignee": ("dispatch",)}})
    >>> case.took_part("li")
    True
    """

    state: str
    type: str = ""
    assignee: str | None = None
    department: str | None = None
    customer: str | None = None
    deeds: Deeds = {}
    values: Mapping[str, object] = {}

    def took_part(
        self,
        person: str,
        *,
        roles: Collection[str] | None = None,
        besides: Collection[str] = (),
        actions: Collection[str] | None = None,
    ) -> bool:
        """See :meth:`Case.took_part`."""
        return took_part(self.deeds, person, roles, besides, actions)

    def value(self, name: str) -> object:
        """See :meth:`Case.value`."""
        return self.values.get(name)


def _role_names(roles: Iterable[str]) -> frozenset[str]:
    if isinstance(roles, str):
        return frozenset((roles,))
    try:
        return frozenset(roles)
    except TypeError:
        raise InvalidInput(
            "wrong_type", name="actor.roles", expected="names of roles", found=repr(roles)
        ) from None


def _normal(value: str | None) -> str | None:
    return normal_text(value) if isinstance(value, str) else value


@frozen
class Actor:
    """Who acts: a person or a system, the roles they hold here, and where they sit.

    Attributes:
        id: the host's identifier for the person.
        roles: names of roles; one role may be given as plain text.
        department: for the scope "my department".
        rank: for approvals that need one; higher is more senior.

    >>> Actor("li", "handler").roles
    frozenset({'handler'})
    """

    id: str = field(converter=_normal)
    roles: frozenset[str] = field(converter=_role_names)
    department: str | None = field(default=None, converter=_normal)
    rank: int = 0

    def __attrs_post_init__(self) -> None:
        for name, value in (("id", self.id), ("department", self.department)):
            if value is None and name != "id":
                continue
            found = check_value(f"actor.{name}", "code", value, CODE_LIMIT)
            if found is not None:
                raise InvalidInput(found.code, **found.facts)
        for role in self.roles:
            if not isinstance(role, str):
                raise InvalidInput(
                    "wrong_type", name="actor.roles", expected="text", found=repr(role)
                )
