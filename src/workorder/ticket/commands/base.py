"""What every command has: an action, and arguments that are declared beside their types.

The kind of an argument, whether it is required and whether it is sealed stand beside it in
the class, by :func:`takes`.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Self, cast

import attrs
from attrs import Factory, frozen

from workorder.canonical import normal_text
from workorder.errors import InvalidInput
from workorder.instants import aware
from workorder.values import Kind
from workorder.workflow import Argument

_KEY = "workorder.argument"


def takes(
    kind: Kind = "text",
    *,
    required: bool = False,
    sensitive: bool | None = None,
    limit: int | None = None,
    choices: tuple[str, ...] = (),
) -> Mapping[str, Argument]:
    """Declare one argument of a command class, as the ``metadata`` of its attrs field.

    >>> from attrs import field
    >>> @frozen
    ... class BlockCard(Command):
    ...     action = "block_card"
    ...     card: str = field(metadata=takes("code", required=True))
    >>> BlockCard.specs()[0].name, BlockCard("6222").arguments()
    ('card', {'card': '6222'})
    """
    return {_KEY: Argument("", kind, required, sensitive, limit, choices)}


@cache
def _names(command: Any) -> tuple[str, ...]:
    return tuple(each.name for each in attrs.fields(command) if _KEY in each.metadata)


def _normal(value: object) -> object:
    if isinstance(value, datetime):
        return aware(value, "instant") if value.tzinfo is not None else value
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, tuple | list):
        return tuple(_normal(item) for item in value)
    if isinstance(value, Mapping):
        return {
            normal_text(key) if isinstance(key, str) else key: _normal(item)
            for key, item in value.items()
        }
    return value


def _other(new: object, value: object) -> bool:
    """Whether *new* says it otherwise: equal instants of two zones do."""
    return type(new) is not type(value) or isinstance(new, datetime) or new != value


@frozen
class Command:
    """Base of every command: a frozen class with an ``action`` and, as its attributes, arguments
    declared by :func:`takes`.
    """

    action: ClassVar[str] = ""

    @classmethod
    def specs(cls) -> tuple[Argument, ...]:
        """The arguments of this command, for the workflow's table of actions."""
        known = attrs.fields_dict(cls)
        return tuple(
            attrs.evolve(known[name].metadata[_KEY], name=name) for name in _names(cast("Any", cls))
        )

    @classmethod
    def undeclared(cls) -> tuple[str, ...]:
        """Fields that are no arguments: nothing would check them, or tell a repeat by them."""
        return tuple(each.name for each in attrs.fields(cls) if _KEY not in each.metadata)

    def arguments(self) -> Mapping[str, Any]:
        """The arguments by name; those left out are missing."""
        return {
            name: value
            for name in _names(cast("Any", type(self)))
            if (value := getattr(self, name)) is not None
        }

    def normal(self) -> Self:
        """The same command with its texts in Unicode normal form C and plain line ends, and its
        instants in UTC.
        """
        changed = {}
        for each in attrs.fields(type(self)):
            value = getattr(self, each.name)
            if value is not None and (new := _normal(value)) is not value and _other(new, value):
                changed[each.name] = new
        return attrs.evolve(self, **changed) if changed else self


@frozen
class Action(Command):
    """An action by name: a plain row of a host's workflow, with its arguments.

    If a typed command belongs to the action, one that ships or one of the host's extensions,
    this is that command: a host may pass on names and arguments as they came (from JSON).
    """

    action: str  # type: ignore[misc]  # an instance attribute here, on purpose
    given: Mapping[str, Any] = Factory(dict)

    def arguments(self) -> Mapping[str, Any]:
        """The arguments by name; those left out are missing.

        Raises:
            InvalidInput: ``wrong_type`` when what was given is no table.
        """
        given: object = self.given
        if not isinstance(given, Mapping):
            found = type(given).__name__
            raise InvalidInput("wrong_type", name="given", expected="a table", found=found)
        return {
            name: value
            for name, value in given.items()
            if value is not None and not (name == "fields" and isinstance(value, Mapping))
        }

    @property
    def fields(self) -> Mapping[str, Any]:
        """Values for the fields of a form, for actions that set some (given as a table)."""
        given: object = self.given
        found = given.get("fields") if isinstance(given, Mapping) else None
        return found if isinstance(found, Mapping) else {}
