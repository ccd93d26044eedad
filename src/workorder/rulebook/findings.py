"""What is wrong with a rulebook: checked when it is made, all findings at once."""

from collections import Counter
from collections.abc import Iterable, Iterator

from workorder.errors import Finding
from workorder.intake import Form
from workorder.rulebook.extension import Extension
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Workflow


def findings(
    workflow: Workflow, forms: tuple[Form, ...], extensions: tuple[Extension, ...]
) -> list[Finding]:
    """Everything wrong with a rulebook of these parts, each with the key where it stands."""
    return [*_forms(forms), *_kinds(forms), *_extensions(workflow, extensions)]


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _forms(forms: tuple[Form, ...]) -> Iterator[Finding]:
    if not forms:
        yield Finding("forms", "none", "at least one ticket type")
    for name in _twice(form.type for form in forms):
        yield Finding(f"forms.{name}", "the type twice", "one form per type")
    for form in forms:
        for name in _twice(each.name for each in form.fields):
            yield Finding(f"forms.{form.type}.{name}", "the field twice", "once")
        for each in form.fields:
            if each.sealed and each.kind not in {"text", "code"}:
                key = f"forms.{form.type}.{each.name}.sensitive"
                yield Finding(key, f"true for the kind {each.kind}", "text or code")
            if each.sealed and each.searchable:
                key = f"forms.{form.type}.{each.name}.searchable"
                yield Finding(key, "true for a sealed field", "false")


def _kinds(forms: tuple[Form, ...]) -> Iterator[Finding]:
    """A field that queries may name must mean one kind of value, whatever the type."""
    kinds: dict[str, str] = {}
    for form in forms:
        for each in form.fields:
            if each.searchable and kinds.setdefault(each.name, each.kind) != each.kind:
                key = f"forms.{form.type}.{each.name}.kind"
                yield Finding(key, each.kind, f"{kinds[each.name]}, as in another form")


def _extensions(workflow: Workflow, extensions: tuple[Extension, ...]) -> Iterator[Finding]:
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
