"""That people can read every name, in each language that ships."""

import re
from collections.abc import Iterator, Mapping

from workorder.errors import Finding
from workorder.texts import LANGUAGES, Texts
from workorder.workflow.checking.wording import said
from workorder.workflow.definition import Definition

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def labels(definition: Definition) -> Iterator[Finding]:
    """Labels that are missing or blank in a shipped language; warnings, all of them."""
    for state in definition.states:
        yield from missing(f"states.{state.name}.labels", state.labels)
        if state.customer_labels:  # none at all means those of the staff
            yield from missing(f"states.{state.name}.customer_labels", state.customer_labels)
    for role in definition.roles:
        yield from missing(f"roles.{role.name}.labels", role.labels)
    for action in definition.actions:
        yield from missing(f"actions.{action.name}.labels", action.labels)
    for reason in definition.settings.hold_reasons:
        key = f"settings.hold_reasons.{reason.name}"
        yield from missing(f"{key}.labels", reason.labels)
        if reason.customer_labels:
            yield from missing(f"{key}.customer_labels", reason.customer_labels)


def missing(key: str, texts: Texts) -> Iterator[Finding]:
    """What is wrong with the labels at *key*: languages without one, and names of no language."""
    if not isinstance(texts, Mapping):
        yield Finding(key, said(texts), "a table of texts, by language")
        return
    given: Mapping[str, object] = texts
    wrong = {name: each for name, each in given.items() if not isinstance(each, str)}
    for name, each in wrong.items():
        yield Finding(f"{key}.{name}", said(each), "text")
    if wrong:
        return
    meant = {each: _meant(each) for each in texts if each not in LANGUAGES}
    for each, language in meant.items():
        if language in LANGUAGES and language not in texts:
            yield Finding(f"{key}.{each}", "no language", language, severity="warning")
        elif language is None:
            expected = f"{', '.join(LANGUAGES)} or another language, such as zh-Hant"
            yield Finding(f"{key}.{each}", "no language", expected, severity="warning")
    for language in LANGUAGES:
        if not texts.get(language, "").strip() and language not in meant.values():
            yield Finding(f"{key}.{language}", "nothing", "a label", severity="warning")


def _meant(name: str) -> str | None:
    """The language that *name* stands for: one that ships, if it all but says so."""
    plain = name.lower().replace("-", "").replace("_", "").strip()
    for language in LANGUAGES:
        if plain == language.lower().replace("-", ""):
            return language
    return name if _LANGUAGE.fullmatch(name) else None
