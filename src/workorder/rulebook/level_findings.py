"""Service levels beside the rulebook they stand in: what they name must be there.

A condition that asks about what nothing answers is false without a word: a clock whose pause names
a hold reason that is misspelt runs on, and nobody notices. So every name that a metric, a policy,
a target, a mark or a pack asks about is looked up, with the value it is compared with. What is
wrong with service levels alone is found there (:mod:`workorder.sla.clocks.findings`).
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from attrs import fields, frozen

from workorder.conditions import Compare, Condition
from workorder.durations import DueAt, Duration, Earliest, Latest
from workorder.errors import Finding, one_of
from workorder.intake import Form
from workorder.rulebook.condition_findings import GROUPS, field_findings, field_names
from workorder.rulebook.extension import Extension
from workorder.ticket.events import BUILT_IN
from workorder.workflow.checking.conditions import NAMES, compared, kind_of, mismatches, values_of
from workorder.workflow.checking.wording import nearest
from workorder.workflow.definition import Definition
from workorder.workflow.settings import PAUSES
from workorder.workflow.standard_rules.answers import Kind
from workorder.workflow.standard_rules.given import TOLD
from workorder.workflow.states import CATEGORIES, STAGES

if TYPE_CHECKING:
    from workorder.sla.clocks import AdoptedPack, Ladder, Metric, Policy, ServiceLevels
    from workorder.sla.verbs import Calendar

BY = ("customer", "agent", "system")
"""Whom something can come from."""

_FROM_START = "at"
_CONDITIONS = ("start", "stop", "pause", "resume", "reset", "cancel", "reopen")
_ROLE = "role."
_OF_EVENTS = frozenset({"trace", "step", "promises", "clocks", "written"})
"""What every event has, and what no condition asks about."""


class Levels(Protocol):
    """Service levels, or as much of them as a file says."""

    @property
    def metrics(self) -> "tuple[Metric, ...]": ...  # noqa: D102 (as ServiceLevels says)
    @property
    def policies(self) -> "tuple[Policy, ...]": ...  # noqa: D102
    @property
    def ladders(self) -> "tuple[Ladder, ...]": ...  # noqa: D102
    @property
    def packs(self) -> "tuple[AdoptedPack, ...]": ...  # noqa: D102
    @property
    def leading(self) -> tuple[str, ...]: ...  # noqa: D102


def usual_calendar(
    levels: "ServiceLevels | None", calendar: "Calendar | None"
) -> Iterator[Finding]:
    """That service levels have the calendar of their rulebook to be counted by."""
    if levels is None:
        return
    if calendar is None:
        yield uncounted("sla")


def uncounted(key: str) -> Finding:
    """That there is no calendar by which to count what is promised at *key*."""
    return Finding(key, "targets without a calendar", "calendar, by which they are counted")


def level_findings(
    levels: Levels | None,
    definition: Definition,
    forms: tuple[Form, ...],
    extensions: tuple[Extension, ...],
) -> Iterator[Finding]:
    """Everything that service levels name and their rulebook does not have."""
    if levels is None:
        return
    if not levels.metrics and not levels.packs:
        yield Finding("sla", "no metric and no pack", "something that is measured")
    if levels.leading and definition.settings.time_limits:
        found = "limits beside leading metrics of [sla], which say it too"
        yield Finding("settings.time_limits", found, "one of the two")
    known = Known.of(definition, forms, extensions)
    for key, condition in _conditions(levels):
        for compare in compared(condition):
            yield from known.wrong(key, compare)
    for metric in levels.metrics:
        yield from known.anchor(f"sla.metrics.{metric.name}.anchor", metric.anchor)
    for key, duration in _durations(levels):
        for name in _given(duration):
            yield from known.given(key, name)
    yield from _told(levels, definition)


def _told(levels: Levels, definition: Definition) -> Iterator[Finding]:
    """Roles that marks tell, and that nobody has."""
    roles = [f"{_ROLE}{role.name}" for role in definition.roles]
    for ladder in levels.ladders:
        for number, mark in enumerate(ladder.marks):
            for who in mark.tell:
                if who.startswith(_ROLE) and who != _ROLE and who not in roles:
                    key = f"sla.ladders.{ladder.name}.marks[{number}].tell"
                    yield Finding(key, who, nearest(roles, who, "a role"))


def _conditions(levels: Levels) -> Iterator[tuple[str, Condition]]:
    """Every condition with its key."""
    for ladder in levels.ladders:
        for number, mark in enumerate(ladder.marks):
            yield f"sla.ladders.{ladder.name}.marks[{number}].when", mark.when
    for metric in levels.metrics:
        for name in _CONDITIONS:
            condition = getattr(metric, name)
            if condition is not None:
                yield f"sla.metrics.{metric.name}.{name}", condition
    for policy in levels.policies:
        key = f"sla.policies.{policy.name}"
        yield f"{key}.when", policy.when
        for number, target in enumerate(policy.targets):
            yield f"{key}.targets[{number}].when", target.when
    for pack in levels.packs:
        if pack.when is not None:
            yield f"sla.packs.{pack.name}.when", pack.when


def _durations(levels: Levels) -> Iterator[tuple[str, Duration]]:
    """Every length of time that is promised, with its key."""
    for policy in levels.policies:
        for number, target in enumerate(policy.targets):
            key = f"sla.policies.{policy.name}.targets[{number}]"
            yield f"{key}.within", target.within
            for step, each in enumerate(target.extends_to):
                yield f"{key}.extends_to[{step}]", each


def _given(duration: Duration) -> Iterator[str]:
    """The fields that hold an instant by which it is to be done."""
    if isinstance(duration, DueAt):
        yield duration.name
    elif isinstance(duration, Earliest | Latest):
        for each in duration.of:
            yield from _given(each)


@frozen
class Fact:
    """What conditions may ask about by one name: its kind, and the values it may have."""

    kind: Kind
    values: tuple[str, ...] | None = None
    what: str = ""
    nobody: str = ""


@frozen
class Known:
    """Everything that a rulebook has and a condition may name."""

    facts: Mapping[str, Fact]
    of_events: tuple[str, ...]
    forms: tuple[Form, ...]

    @classmethod
    def of(
        cls, definition: Definition, forms: tuple[Form, ...], extensions: tuple[Extension, ...]
    ) -> "Known":
        """What *definition*, *forms* and *extensions* have."""
        states = _named(definition.states)
        types = tuple(form.type for form in forms)
        own = [event for each in extensions for event in each.events]
        events: list[type[Any]] = [*BUILT_IN.values(), *own]
        said = dict.fromkeys(each.name for event in events for each in fields(event))
        reasons = _named(definition.settings.hold_reasons)
        facts = {
            "action": Fact("text", _named(definition.actions), "an action"),
            "event": Fact("text", tuple(event.kind for event in events)),
            "by": Fact("text", BY),
            "role": Fact("text", _named(definition.roles), "a role"),
            "type": Fact("text", types, "a type"),
            "earlier_types": Fact("names", types, "a type"),
            "state": Fact("state", states),
            "before_hold": Fact("state", states),
            "before_merge": Fact("state", states),
            "stage": Fact("text", STAGES),
            "category": Fact("text", CATEGORIES),
            "resolved": Fact("flag"),
            "hold_reason": Fact(
                "text", reasons, "a hold reason", ", a pause reason nobody declares"
            ),
            "pauses": Fact("text", PAUSES),
            "hold_told": Fact("flag"),
            "event.subject": Fact("text", TOLD),
            **{f"told.{subject}": Fact("instant") for subject in TOLD},
        }
        return cls(facts, tuple(name for name in said if name not in _OF_EVENTS), forms)

    @property
    def names(self) -> list[str]:
        """Every name, for whoever wrote one that is not among them."""
        groups = [f"{group}.{name}" for group, names in GROUPS.items() for name in names]
        fields = [f"fields.{name}" for name in field_names(self.forms)]
        return [*dict.fromkeys([*self.facts, *NAMES, *groups, *fields, *self.events])]

    @property
    def events(self) -> list[str]:
        """What events say."""
        return [f"event.{name}" for name in self.of_events]

    def kind(self, name: str) -> Kind | None:
        """What the answer to *name* is; ``None``, if nothing answers to it."""
        fact = self.facts.get(name)
        if fact is not None:
            return fact.kind
        group, dot, rest = name.partition(".")
        if dot and group == "event":
            return "any" if rest in self.of_events else None
        if dot and group in GROUPS:
            return kind_of(name) if rest in GROUPS[group] else None
        return None if group == "told" and dot else kind_of(name)

    def wrong(self, key: str, compare: Compare) -> Iterator[Finding]:
        """What is wrong with one comparison."""
        group, dot, rest = compare.field.partition(".")
        if group == "fields" and dot:
            yield from field_findings(key, compare, rest, self.forms)
            return
        kind = self.kind(compare.field)
        if kind is None:
            yield Finding(key, compare.field, one_of(self.names, compare.field))
            return
        found = [*mismatches(key, compare, kind)]
        yield from found
        fact = self.facts.get(compare.field)
        if found or fact is None or fact.values is None:
            return
        for value in values_of(compare):
            if value not in fact.values:
                expected = nearest(fact.values, str(value), fact.what)
                yield Finding(key, f"{compare.field} {value}{fact.nobody}", expected)

    def anchor(self, key: str, name: str) -> Iterator[Finding]:
        """What is wrong with the instant that a metric counts from."""
        group, dot, rest = name.partition(".")
        if group == "fields" and dot:
            found = [each for form in self.forms if (each := form.field(rest)) is not None]
            known = any(each.kind == "instant" for each in found)
        else:
            known = name == _FROM_START or self.kind(name) == "instant"
        if not known:
            expected = f"“{_FROM_START}” (when it starts), or an instant: "
            yield Finding(key, name, expected + one_of([*self._instants()], name))

    def given(self, key: str, name: str) -> Iterator[Finding]:
        """What is wrong with the field from which a due instant is taken."""
        instants = [each.removeprefix("fields.") for each in self._fields_of("instant")]
        if name not in instants and self.kind(name) != "instant":
            expected = nearest(instants, name, "a field that is an instant")
            yield Finding(key, f"at {name}", expected)

    def _fields_of(self, kind: str) -> Iterator[str]:
        for form in self.forms:
            yield from (f"fields.{each.name}" for each in form.fields if each.kind == kind)

    def _instants(self) -> Iterator[str]:
        yield from self._fields_of("instant")
        yield from (name for name in self.names if self.kind(name) == "instant")


def _named(values: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(each.name for each in values)
