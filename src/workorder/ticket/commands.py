"""Commands: what people ask for, as typed values.

A misspelt argument is a type error. Each class names its action; the workflow says who may
take it. A host's own action, a plain row of its workflow, is asked for by :class:`Action`;
a host's own command derives from :class:`Command`.

The kind of an argument, whether it is required and whether it is sealed stand beside it in
the class, by :func:`takes`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Self, cast

import attrs
from attrs import Factory, field, frozen

from workorder.canonical import normal_text
from workorder.errors import InvalidInput
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


@frozen
class Command:
    """Base of every command."""

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
        """The same command with its texts in Unicode normal form C and plain line ends."""
        changed = {}
        for each in attrs.fields(type(self)):
            value = getattr(self, each.name)
            if (
                value is not None
                and (new := _normal(value)) is not value
                and (type(new) is not type(value) or new != value)
            ):
                changed[each.name] = new
        return attrs.evolve(self, **changed) if changed else self


@frozen
class Open(Command):
    """登记: open a ticket."""

    action: ClassVar[str] = "open"

    type: str = field(metadata=takes("code", required=True))
    customer: str | None = field(default=None, metadata=takes("code"))
    channel: str | None = field(default=None, metadata=takes("code"))
    subjects: tuple[str, ...] = field(default=(), metadata=takes("codes"))
    department: str | None = field(default=None, metadata=takes("code"))
    fields: Mapping[str, Any] = Factory(dict)
    """Values for the fields of the type's form; the form judges them."""


@frozen
class Dispatch(Command):
    """转办: give the ticket to a person, a department, or both."""

    action: ClassVar[str] = "dispatch"

    to: str | None = field(default=None, metadata=takes("code"))
    department: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class Transfer(Command):
    """转派: pass the ticket on, with a reason."""

    action: ClassVar[str] = "transfer"

    to: str | None = field(default=None, metadata=takes("code"))
    department: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class Start(Command):
    """开始处理: begin to work on it."""

    action: ClassVar[str] = "start"


@frozen
class Comment(Command):
    """备注: write a note."""

    action: ClassVar[str] = "comment"

    text: str = field(metadata=takes(required=True))


@frozen
class Submit(Command):
    """提交: the work is done; say how it was resolved."""

    action: ClassVar[str] = "submit"

    resolution: str | None = field(default=None, metadata=takes())


@frozen
class ReturnForRework(Command):
    """退回: the work is not done yet; say why."""

    action: ClassVar[str] = "return_for_rework"

    reason: str | None = field(default=None, metadata=takes())


@frozen
class Close(Command):
    """结案: close the ticket; never by somebody who worked on it."""

    action: ClassVar[str] = "close"


@frozen
class Reopen(Command):
    """重新打开: work on a concluded ticket again; say why."""

    action: ClassVar[str] = "reopen"

    reason: str | None = field(default=None, metadata=takes())


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
        return {name: value for name, value in given.items() if value is not None}


BUILT_IN: tuple[type[Command], ...] = (
    Open,
    Dispatch,
    Transfer,
    Start,
    Comment,
    Submit,
    ReturnForRework,
    Close,
    Reopen,
)
"""Every command class that ships with an action of its own."""
