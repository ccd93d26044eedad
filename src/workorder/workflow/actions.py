"""Actions, and the rows that say who may take them, from where, to where, under which rules.

Every action is a row of one table, those that move the ticket and those that do not. An
action may have several rows; two rows for one state must be told apart by a rule.
"""

from collections.abc import Iterable

from attrs import field, frozen

from workorder.texts import Label, Texts
from workorder.workflow.arguments import Argument
from workorder.workflow.rules import Use, as_use
from workorder.workflow.states import Category

SAME = "="
"""As the target of a row: the state does not change."""

RETURN = "@"
"""As the first sign of a target: back to the state that the case remembers under this name
(``@before_hold``, ``@before_merge``); it can only be one from which a row leads here."""


@frozen
class Action:
    """Something people do to a ticket.

    Attributes:
        name: the stable name.
        arguments: what it takes.
        labels: what people call it, per language.
    """

    name: str
    arguments: tuple[Argument, ...] = ()
    labels: Texts = {}

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _uses(values: Iterable[str | Use]) -> tuple[Use, ...]:
    return tuple(as_use(value) for value in values)


@frozen
class Row:
    """One row of the workflow.

    Attributes:
        action: the action's name.
        sources: the states it may be taken from; empty for opening a ticket.
        target: the state it leads to, :data:`SAME`, or :data:`RETURN` and a name.
        roles: who may take it; a person with one of them passes.
        rules: what must hold, by name; all are asked, none stops the others.
    """

    action: str
    sources: tuple[str, ...] = field(converter=_names)
    target: str
    roles: tuple[str, ...] = field(converter=_names)
    rules: tuple[Use, ...] = field(converter=_uses, default=())

    @property
    def returns(self) -> bool:
        """Whether it leads back to a state that the case remembers."""
        return self.target.startswith(RETURN)


@frozen
class Step:
    """A step of a ticket: which action, in which role, from which state to which.

    ``category`` and ``resolved`` are those of the state it leads to; they stand here so that a
    trail can be understood without the workflow that allowed it.
    """

    action: str
    role: str
    from_state: str
    to_state: str
    category: Category
    resolved: bool = False

    @property
    def moved(self) -> bool:
        """Whether the state changed."""
        return self.from_state != self.to_state
