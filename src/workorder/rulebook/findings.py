"""What is wrong with a rulebook: checked when it is made, all findings at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from workorder.errors import Finding, one_of
from workorder.intake import Field, Form
from workorder.rulebook.condition_findings import chain_findings, condition_findings
from workorder.rulebook.extension import Extension
from workorder.rulebook.label_findings import label_findings
from workorder.rulebook.level_findings import Levels, level_findings
from workorder.rulebook.limit_findings import limit_findings
from workorder.rulebook.pack_findings import pack_warnings
from workorder.rulebook.reading_findings import reading_findings
from workorder.rulebook.routing_findings import Routes, routing_findings, unweighed
from workorder.rulebook.setting_findings import setting_findings
from workorder.ticket import Open
from workorder.ticket.commands import BUILT_IN as COMMANDS
from workorder.ticket.events import BUILT_IN
from workorder.values import CODE_LIMIT, KINDS, check_value
from workorder.workflow.checking.limits import limits
from workorder.workflow.checking.places import places
from workorder.workflow.definition import Definition
from workorder.workflow.findings import definition_warnings

if TYPE_CHECKING:
    from workorder.rulebook.rulebook import Rulebook

_TYPED = frozenset(command.action for command in COMMANDS)


def findings(
    workflow: Definition,
    forms: tuple[Form, ...],
    extensions: tuple[Extension, ...],
    *,
    counted: bool = False,
    legible: bool = True,
    sla: "Levels | None" = None,
    routing: "Routes | None" = None,
) -> list[Finding]:
    """Everything wrong with a rulebook of these parts, each with the key where it stands.

    Args:
        workflow: the parts of its workflow; what is wrong with them alone is found elsewhere
            (:mod:`workorder.workflow.findings`).
        forms: of its ticket types.
        extensions: the host's own commands.
        counted: whether there is a calendar to count by.
        legible: whether its states, roles and actions could be read; where they could not, the
            rows that a limit seems to lack may be there.
        sla: its service levels; what is wrong with them alone is found elsewhere
            (:mod:`workorder.sla.clocks.findings`).
        routing: who gets its tickets; what is wrong with that alone, its values refuse.
    """
    return [
        *_texts(workflow),
        *_forms(forms),
        *_kinds(forms),
        *reading_findings(forms, {role.name for role in workflow.roles}),
        *_extensions(workflow, extensions),
        *_openings(workflow),
        *setting_findings(workflow, forms, counted=counted),
        *condition_findings(workflow, forms),
        *chain_findings(workflow),
        *_errors(limit_findings(workflow, legible=legible)),
        *level_findings(sla, workflow, forms, extensions),
        *routing_findings(routing, workflow, forms),
        *_errors(label_findings(forms, {}, sla, routing)),
    ]


def rulebook_warnings(rulebook: "Rulebook") -> tuple[Finding, ...]:
    """The warnings of *rulebook*: nothing that keeps it from working, and worth a look.

    Those of its workflow (:func:`~workorder.workflow.definition_warnings`), limits on
    which time does not act though it need not, labels that are missing, and regulation packs that
    are only templates, or ask for what the rulebook does not have, marks that lie before every
    clock that has them begins, and scores that decide nothing.

    >>> from workorder.rulebook import bank
    >>> rulebook_warnings(bank())
    ()
    """
    return (
        *definition_warnings(rulebook.workflow),
        *(each for each in limit_findings(rulebook.workflow) if each.severity == "warning"),
        *label_findings(rulebook.forms, rulebook.labels, rulebook.sla, rulebook.routing),
        *unweighed(rulebook.routing),
        *pack_warnings(rulebook),
        *_never_reached(rulebook),
    )


def _never_reached(rulebook: "Rulebook") -> Iterator[Finding]:
    """Marks of service levels that cannot come."""
    if rulebook.sla is None:
        return
    from workorder.sla.clocks.findings import never_reached

    yield from (evolve(each, key=f"sla.{each.key}") for each in never_reached(rulebook.sla))


def _errors(found: Iterable[Finding]) -> Iterator[Finding]:
    return (each for each in found if each.severity == "error")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _texts(workflow: Definition) -> Iterator[Finding]:
    if workflow.text_limit < 1:
        yield Finding("text_limit", str(workflow.text_limit), "one or more")


def _forms(forms: tuple[Form, ...]) -> Iterator[Finding]:
    if not forms:
        yield Finding("forms", "none", "at least one ticket type")
    for name in _twice(form.type for form in forms):
        yield Finding(f"forms.{name}", "the type twice", "one form per type")
    for form in forms:
        if not form.type:
            yield Finding("forms", "an empty name", "a name")
        elif (wrong := check_value("name", "code", form.type, CODE_LIMIT)) is not None:
            said = wrong.text().removeprefix("name: ")
            yield Finding(f"forms.{form.type}", f"a name that no ticket takes: {said}", "a code")
        if not all(each.name for each in form.fields):
            yield Finding(f"forms.{form.type}.fields", "an empty name", "a name")
        for name in _twice(each.name for each in form.fields):
            yield Finding(f"forms.{form.type}.fields.{name}", "the field twice", "once")
        for each in form.fields:
            yield from _field(each, f"forms.{form.type}.fields.{each.name}")


def _field(field: Field, key: str) -> Iterator[Finding]:
    if field.kind not in KINDS:
        yield Finding(f"{key}.kind", field.kind, one_of(KINDS, field.kind))
        return
    yield from limits(key, field.kind, field.limit, field.choices)
    if field.sealed and field.kind not in {"text", "code"}:
        yield Finding(f"{key}.sensitive", f"true for the kind {field.kind}", "text or code")
    if field.sealed and field.searchable:
        yield Finding(f"{key}.searchable", "true for a sealed field", "false")


def _kinds(forms: tuple[Form, ...]) -> Iterator[Finding]:
    """A field that queries may name must mean one kind of value, whatever the type."""
    kinds: dict[str, str] = {}
    for form in forms:
        for each in form.fields:
            if each.searchable and kinds.setdefault(each.name, each.kind) != each.kind:
                key = f"forms.{form.type}.fields.{each.name}.kind"
                yield Finding(key, each.kind, f"{kinds[each.name]}, as in another form")


def _openings(workflow: Definition) -> Iterator[Finding]:
    """A typed command of ours but `open` is about a ticket that is there."""
    for place in places(workflow):
        action = place.row.action
        if not place.row.sources and action != Open.action and action in _TYPED:
            expected = f"the states from which {action} is taken; only {Open.action} needs none"
            yield Finding(f"{place.key}.from", "no state", expected)


def _extensions(workflow: Definition, extensions: tuple[Extension, ...]) -> Iterator[Finding]:
    actions = {action.name for action in workflow.actions}
    for name in _twice(each.command.action for each in extensions):
        yield Finding(f"extensions ({name})", "two commands", "one command per action")
    events = {event for each in extensions for event in each.events}
    for kind in _twice(event.kind for event in events):
        yield Finding(f"extensions.{kind}", "two event classes", "one event class per name")
    for extension in extensions:
        key = f"extensions.{extension.command.__name__}"
        for name in extension.command.undeclared():
            yield Finding(f"{key}.{name}", "no argument", "metadata=takes(…) beside it")
        if extension.command.action not in actions:
            yield Finding(f"{key}.action", extension.command.action, "an action of the workflow")
        for event in extension.events:
            if event.kind in BUILT_IN or "." not in event.kind:
                key = f"extensions.{event.__name__}.kind"
                yield Finding(key, event.kind, "a namespaced name such as bank.called")
