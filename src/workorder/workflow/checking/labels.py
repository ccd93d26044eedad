"""That people can read every name, in each language that ships."""

from collections.abc import Iterator

from workorder.errors import Finding
from workorder.texts import LANGUAGES, Texts
from workorder.workflow.definition import Definition


def labels(definition: Definition) -> Iterator[Finding]:
    """Labels that are missing or blank in a shipped language; warnings, all of them."""
    for state in definition.states:
        yield from _missing(f"states.{state.name}.labels", state.labels)
        if state.customer_labels:  # none at all means those of the staff
            yield from _missing(f"states.{state.name}.customer_labels", state.customer_labels)
    for role in definition.roles:
        yield from _missing(f"roles.{role.name}.labels", role.labels)
    for action in definition.actions:
        yield from _missing(f"actions.{action.name}.labels", action.labels)
    for reason in definition.settings.hold_reasons:
        key = f"settings.hold_reasons.{reason.name}"
        yield from _missing(f"{key}.labels", reason.labels)
        if reason.customer_labels:
            yield from _missing(f"{key}.customer_labels", reason.customer_labels)


def _missing(key: str, texts: Texts) -> Iterator[Finding]:
    for language in LANGUAGES:
        if not texts.get(language, "").strip():
            yield Finding(f"{key}.{language}", "nothing", "a label", severity="warning")
