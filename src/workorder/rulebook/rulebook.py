"""The rulebook: everything a decision goes by, as one immutable value with a digest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from workorder.canonical import digest, encode
from workorder.durations import Duration, Elapsed
from workorder.errors import ConfigurationError, Finding
from workorder.intake import Field, Form
from workorder.plain import plain
from workorder.rulebook.content import (
    calendar_content,
    levels_content,
    routing_content,
    workflow_content,
)
from workorder.rulebook.extension import Extension
from workorder.rulebook.findings import findings
from workorder.rulebook.level_findings import usual_calendar
from workorder.texts import Texts
from workorder.ticket import Command, HostEvent
from workorder.ticket.commands import BUILT_IN as SHIPPED
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Workflow

if TYPE_CHECKING:
    from workorder.assign.routing import Routing
    from workorder.assign.shipped import Part
    from workorder.rulebook.files.reading import Rules
    from workorder.sla.clocks import ServiceLevels
    from workorder.sla.verbs import Calendar

PARTS = ("workflow", "forms", "settings", "calendar", "sla", "routing")
"""What has a digest of its own, where a rulebook has it."""


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
        calendar: counts the windows and limits of the settings; not needed by a rulebook whose
            durations are all elapsed time, or that has none.
        calendar_name: how a file refers to it: a ready calendar, or a calendar file. It must be
            given another one together with another calendar.
        late_notice: time that does something later than this does it without telling anybody.
        sla: what is promised to whom; counted by the rulebook's calendar, where nothing else is
            said.
        routing: who gets its tickets.
        labels: what people call it, per language.
        extensions: the host's own commands.
        digest: of everything it says (:mod:`~workorder.rulebook.content`).
        digests: of its parts by name: ``workflow``, ``forms``, ``settings``, ``calendar``,
            and ``sla`` and ``routing``, where there are any.

    Raises:
        ConfigurationError: with every finding.
    """

    name: str
    version: str
    workflow: Workflow
    forms: tuple[Form, ...]
    clock_skew: timedelta = timedelta(minutes=5)
    calendar: "Calendar | None" = None
    calendar_name: str | None = field(default=None, eq=False)
    late_notice: timedelta = timedelta(days=1)
    sla: "ServiceLevels | None" = None
    routing: "Routing | None" = None
    labels: Texts = {}
    extensions: tuple[Extension, ...] = ()

    digest: str = field(init=False, eq=False)
    digests: Mapping[str, str] = field(init=False, eq=False, repr=False)
    form_by_type: Mapping[str, Form] = field(init=False, eq=False, repr=False)
    deciders: Mapping[type[Command], Callable[..., Any]] = field(init=False, eq=False, repr=False)
    event_types: Mapping[str, type[HostEvent]] = field(init=False, eq=False, repr=False)
    commands: Mapping[str, type[Command]] = field(init=False, eq=False, repr=False)
    known_events: frozenset[str] = field(init=False, eq=False, repr=False)
    masked: Mapping[str, Field] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        counted = self.calendar is not None
        found = [
            *_named(name=self.name, version=self.version),
            *_lengths(clock_skew=self.clock_skew, late_notice=self.late_notice),
            *findings(
                self.workflow,
                self.forms,
                self.extensions,
                counted=counted,
                sla=self.sla,
                routing=self.routing,
            ),
            *usual_calendar(self.sla, self.calendar),
        ]
        if found:
            raise ConfigurationError(found)
        derive = object.__setattr__
        sla, calendar = self.sla, self.calendar
        if sla is not None and calendar is not None and sla.calendar != calendar:
            derive(self, "sla", _counted(sla, calendar))  # there is one usual calendar
        derive(self, "form_by_type", {form.type: form for form in self.forms})
        derive(self, "deciders", {each.command: each.decide for each in self.extensions})
        fields = (each for form in self.forms for each in form.fields)
        derive(self, "masked", {each.name: each for each in fields if each.keep_last is not None})
        specs = self.workflow.compiled.specs
        # A host may use the name of an action of ours for one with other arguments.
        ours = (c for c in SHIPPED if set(specs.get(c.action, ())) == {s.name for s in c.specs()})
        typed = (*ours, *(each.command for each in self.extensions))
        derive(self, "commands", {command.action: command for command in typed})
        events = {event.kind: event for each in self.extensions for event in each.events}
        derive(self, "event_types", events)
        known = {f"{event.kind}/{event.schema}" for event in (*BUILT_IN.values(), *events.values())}
        derive(self, "known_events", frozenset(known))
        said = self.as_data()
        derive(self, "digest", digest(encode(said)))
        parts = [name for name in PARTS if name in said]
        derive(self, "digests", {name: digest(encode(said[name])) for name in parts})

    @classmethod
    def load(
        cls,
        path: str | Path,
        *,
        extensions: Sequence[Extension] = (),
        rules: "Rules | None" = None,
        parts: "Iterable[Part]" = (),
    ) -> "Rulebook":
        """Read a rulebook file: :func:`~workorder.rulebook.files.load_rulebook`."""
        from workorder.rulebook.files import load_rulebook  # it makes values of this class

        return load_rulebook(path, extensions=extensions, rules=rules, parts=parts)

    @property
    def zone(self) -> tzinfo | None:
        """The zone in which people here read instants: the calendar's."""
        return None if self.calendar is None else self.calendar.timezone

    def until(self, start: datetime, duration: Duration) -> datetime:
        """The instant, in UTC, at which *duration* from *start* ends by the rulebook's calendar."""
        if isinstance(duration, Elapsed):
            return start + duration.amount
        if self.calendar is None:  # the findings have refused such a rulebook
            raise LookupError(str(duration))
        return self.calendar.due(start, duration).instant.astimezone(UTC)

    def as_data(self) -> Mapping[str, Any]:
        """Everything the digest covers, as plain data: names and values, never functions."""
        # A rulebook without service levels or routing has the digest it had before there were any.
        sla = {} if self.sla is None else {"sla": levels_content(self.sla)}
        routing = {} if self.routing is None else {"routing": routing_content(self.routing)}
        return {
            "name": self.name,
            "version": self.version,
            "labels": plain(self.labels),
            "workflow": workflow_content(self.workflow),
            "forms": plain(self.forms),
            "settings": {
                **plain(self.workflow.settings),
                "clock_skew": plain(self.clock_skew),
                "late_notice": plain(self.late_notice),
            },
            "calendar": calendar_content(self.calendar, self.calendar_name),
            **sla,
            **routing,
            "commands": [each.command.__name__ for each in self.extensions],
            "events": list(self.event_types),
        }


def _counted(sla: "ServiceLevels", calendar: "Calendar") -> "ServiceLevels":
    """Service levels with another usual calendar.

    Raises:
        ConfigurationError: for what lies beyond its horizon.
    """
    try:
        return evolve(sla, calendar=calendar)
    except ConfigurationError as error:
        found = [evolve(each, key=f"sla.{each.key}") for each in error.findings]
        raise ConfigurationError(found) from None


def _named(**texts: object) -> Iterator[Finding]:
    """What is wrong with what it is called."""
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            yield Finding(key, "a blank", "a name" if key == "name" else "a version")


def _lengths(**lengths: timedelta) -> Iterator[Finding]:
    for name, length in lengths.items():
        if length < timedelta(0):
            yield Finding(name, str(length), "a length of zero or more")
