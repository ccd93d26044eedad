"""The rulebook: everything a decision goes by, as one immutable value with a digest."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from attrs import field, frozen

from workorder.canonical import digest, encode
from workorder.errors import ConfigurationError
from workorder.intake import Form
from workorder.rulebook.content import content
from workorder.rulebook.extension import Extension
from workorder.rulebook.findings import findings
from workorder.ticket import Command, HostEvent
from workorder.ticket.commands import BUILT_IN as SHIPPED
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Workflow


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
    forms: tuple[Form, ...]
    clock_skew: timedelta = timedelta(minutes=5)
    extensions: tuple[Extension, ...] = ()

    digest: str = field(init=False, eq=False)
    form_by_type: Mapping[str, Form] = field(init=False, eq=False, repr=False)
    deciders: Mapping[type[Command], Callable[..., Any]] = field(init=False, eq=False, repr=False)
    event_types: Mapping[str, type[HostEvent]] = field(init=False, eq=False, repr=False)
    commands: Mapping[str, type[Command]] = field(init=False, eq=False, repr=False)
    known_events: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = findings(self.workflow, self.forms, self.extensions)
        if found:
            raise ConfigurationError(found)
        derive = object.__setattr__
        derive(self, "form_by_type", {form.type: form for form in self.forms})
        derive(self, "deciders", {each.command: each.decide for each in self.extensions})
        typed = (*SHIPPED, *(each.command for each in self.extensions))
        derive(self, "commands", {command.action: command for command in typed})
        events = {event.kind: event for each in self.extensions for event in each.events}
        derive(self, "event_types", events)
        known = {f"{event.kind}/{event.schema}" for event in (*BUILT_IN.values(), *events.values())}
        derive(self, "known_events", frozenset(known))
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
            events=tuple(self.event_types),
        )
