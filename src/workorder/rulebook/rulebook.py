"""The rulebook: everything a decision goes by, as one immutable value with a digest."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from attrs import field, frozen

from workorder.canonical import digest, encode
from workorder.errors import ConfigurationError, Finding
from workorder.intake import Form
from workorder.rulebook.content import content
from workorder.ticket import Command, HostEvent
from workorder.ticket.events import BUILT_IN as BUILT_IN_EVENTS
from workorder.workflow import Workflow


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
    events: tuple[type[HostEvent], ...] = field(converter=tuple)
    decide: Callable[..., Any]


@frozen(kw_only=True)
class Rulebook:
    """Workflow, forms and settings in force.

    Attributes:
        name: what it is called.
        version: which edition; shown to people, while :attr:`digest` is what records keep.
        workflow: states, roles, actions, rules.
        forms: the ticket types with their fields.
        clock_skew: how far a command's instant may lie before the ticket's last event; within
            it, the instant is raised to that event's.
        extensions: the host's own commands.

    Raises:
        ConfigurationError: with every finding.
    """

    name: str
    version: str
    workflow: Workflow
    forms: tuple[Form, ...] = field(converter=tuple)
    clock_skew: timedelta = timedelta(minutes=5)
    extensions: tuple[Extension, ...] = field(default=(), converter=tuple)

    digest: str = field(init=False, eq=False)
    form_by_type: Mapping[str, Form] = field(init=False, eq=False, repr=False)
    deciders: Mapping[type[Command], Callable[..., Any]] = field(init=False, eq=False, repr=False)
    event_types: Mapping[str, type[HostEvent]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = list(self._findings())
        if found:
            raise ConfigurationError(found)
        derive = object.__setattr__
        derive(self, "form_by_type", {form.type: form for form in self.forms})
        derive(self, "deciders", {each.command: each.decide for each in self.extensions})
        events = {event.kind: event for each in self.extensions for event in each.events}
        derive(self, "event_types", events)
        derive(self, "digest", digest(encode(self.as_data())))

    def as_data(self) -> Mapping[str, Any]:
        """Everything the digest covers, as plain data: names and values, never functions."""
        return content(
            name=self.name,
            version=self.version,
            workflow=self.workflow,
            forms=self.forms,
            clock_skew=self.clock_skew,
            commands=tuple(each.command.__name__ for each in self.extensions),
        )

    def _findings(self) -> list[Finding]:
        found = []
        types = [form.type for form in self.forms]
        for name in sorted({name for name in types if types.count(name) > 1}):
            found.append(Finding(f"forms.{name}", "the type twice", "one form per type"))
        if not types:
            found.append(Finding("forms", "none", "at least one ticket type"))
        for form in self.forms:
            names = [each.name for each in form.fields]
            for name in sorted({name for name in names if names.count(name) > 1}):
                found.append(Finding(f"forms.{form.type}.{name}", "the field twice", "once"))
            for each in form.fields:
                if each.sealed and each.searchable:
                    key = f"forms.{form.type}.{each.name}.searchable"
                    found.append(Finding(key, "true for a sealed field", "false"))
        actions = {action.name for action in self.workflow.actions}
        for extension in self.extensions:
            action = extension.command.action
            if action not in actions:
                key = f"extensions.{extension.command.__name__}.action"
                found.append(Finding(key, action, "an action of the workflow"))
            for event in extension.events:
                if event.kind in BUILT_IN_EVENTS or "." not in event.kind:
                    key = f"extensions.{event.__name__}.kind"
                    found.append(Finding(key, event.kind, "a namespaced name such as bank.called"))
        return found
