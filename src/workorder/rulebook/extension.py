"""A host's own commands, registered with a rulebook on purpose."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from workorder.ticket import Command, HostEvent


@frozen
class Extension:
    """A host's own command: its class, the events it brings, and how it decides.

    Attributes:
        command: the command class; its ``action`` is a row of the workflow.
        events: the :class:`~workorder.ticket.HostEvent` classes it may bring.
        decide: a pure function from a :class:`workorder.kernel.Draft` to the events that
            follow. Permission and rules have passed by then.
    """

    command: type[Command]
    events: tuple[type[HostEvent], ...]
    decide: Callable[[Any], tuple[HostEvent, ...]]
