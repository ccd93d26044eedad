"""The operation manual (操作手册): a rulebook as the people read it who work by it."""

from collections.abc import Iterator, Mapping

from workorder.durations import Elapsed
from workorder.manuals.action_pages import also_possible, pages, stages_of
from workorder.manuals.glossary import glossary
from workorder.manuals.markdown import blocks, bold, code, plain
from workorder.manuals.mermaid import mermaid
from workorder.manuals.moves import by_stage
from workorder.manuals.permissions import permissions
from workorder.manuals.phrases import stage_name
from workorder.manuals.prose import REFUSALS, told
from workorder.manuals.tables import (
    approval_table,
    form_tables,
    hold_table,
    plain_setting_table,
    state_names,
    state_table,
)
from workorder.rulebook import Rulebook
from workorder.texts import ENGLISH, in_language

NOBODY: Mapping[str, str] = {}


def manual(
    rulebook: Rulebook, *, language: str = ENGLISH, owner_of: Mapping[str, str] = NOBODY
) -> str:
    """The manual of *rulebook*, in Markdown.

    Args:
        rulebook: what the manual is made from; its digest stands on the first page.
        language: ``en`` or ``zh-CN``.
        owner_of: who in the bank answers for an action, by the action's name (a department, a
            post); an action that is not in it has its roles alone.

    >>> from workorder.rulebook import basic
    >>> manual(basic(), language="zh-CN").splitlines()[0].endswith("操作手册")
    True
    """
    chapters = [
        ("reading", _reading(language)),
        ("way", _way(rulebook, language)),
        ("steps", _steps(rulebook, owner_of, language)),
        ("parameters", _parameters(rulebook, language)),
        ("roles", _roles(rulebook, language)),
        ("forms", _forms(rulebook, language)),
        ("glossary", glossary(rulebook.workflow, language)),
    ]
    lines = [
        blocks([f"## {number}. {told(key, language)}"], chapter)
        for number, (key, chapter) in enumerate(chapters, 1)
    ]
    return "\n".join([*blocks(_title(rulebook, language), *lines), ""])


def _calendar(rulebook: Rulebook) -> str | None:
    if rulebook.calendar is None:
        return None
    named = rulebook.calendar_name or str(getattr(rulebook.calendar, "name", ""))
    return code(named or rulebook.digests["calendar"])


def _title(rulebook: Rulebook, language: str) -> list[str]:
    name = plain(in_language(rulebook.labels, language, rulebook.name))
    facts = [
        ("rulebook", code(rulebook.name)),
        ("version", plain(rulebook.version)),
        ("digest", code(rulebook.digest)),
        ("calendar", _calendar(rulebook)),
        ("skew", Elapsed(rulebook.clock_skew).text(language)),
        ("late_notice", Elapsed(rulebook.late_notice).text(language)),
    ]
    return blocks(
        [f"# {told('title', language, name=name)}"],
        [f"- {bold(told(key, language), text, language)}" for key, text in facts if text],
    )


def _reading(language: str) -> list[str]:
    said = [
        told(f"reading.{key}", language)
        for key in ("source", "names", "action", "roles", "refusals")
    ]
    order = [f"{number}. {told(key, language)}" for number, key in enumerate(REFUSALS, 1)]
    return blocks(*([each] for each in said), order)


def _way(rulebook: Rulebook, language: str) -> list[str]:
    figure = mermaid(rulebook.workflow, language=language).splitlines()
    return blocks(
        [told("way.figure", language)],
        ["```mermaid", *figure, "```"],
        state_table(rulebook.workflow, language),
    )


def _steps(rulebook: Rulebook, owner_of: Mapping[str, str], language: str) -> list[str]:
    workflow = rulebook.workflow
    found = list(pages(workflow, owner_of))
    several = [page for page in found if len(stages_of(workflow, page)) > 1]
    parts: list[list[str]] = []
    number = 0
    for number, (stage, states) in enumerate(by_stage(workflow).items(), 1):
        own = [page for page in found if stages_of(workflow, page) == (stage,)]
        names = state_names(workflow, tuple(state.name for state in states), language)
        also = also_possible(workflow, several, stage, language)
        title = told("steps.stage", language, stage=stage_name(stage, language))
        parts += [
            [f"### 3.{number} {title}"],
            [
                f"- {bold(told('steps.states', language), names, language)}",
                f"- {bold(told('steps.also', language), also, language)}",
            ],
            [] if own else [told("steps.empty", language)],
            *(
                page.lines(rulebook, f"#### 3.{number}.{count}", language)
                for count, page in enumerate(own, 1)
            ),
        ]
    if several:
        number += 1
        parts += [
            [f"### 3.{number} {told('steps.several', language)}"],
            *(
                page.lines(rulebook, f"#### 3.{number}.{count}", language)
                for count, page in enumerate(several, 1)
            ),
        ]
    return blocks(*parts)


def _parameters(rulebook: Rulebook, language: str) -> list[str]:
    calendar = _calendar(rulebook)
    counted = [told("parameters.calendar", language, calendar=calendar)] if calendar else []
    parts = [counted, plain_setting_table(rulebook, language)]
    number = 0
    for key, lines in (
        ("holds", hold_table(rulebook, language)),
        ("approvals", _approvals(rulebook, language)),
    ):
        if lines:
            number += 1
            parts += [[f"### 4.{number} {told(f'parameters.{key}', language)}"], lines]
    return blocks(*parts)


def _approvals(rulebook: Rulebook, language: str) -> list[str]:
    lines = approval_table(rulebook, language)
    return blocks([told("parameters.first", language)], lines) if lines else []


def _roles(rulebook: Rulebook, language: str) -> list[str]:
    workflow = rulebook.workflow
    sections: Iterator[list[str]] = (
        permissions(workflow, role, f"### 5.{number}", language)
        for number, role in enumerate(workflow.roles, 1)
    )
    return blocks([told("roles.key", language)], *sections)


def _forms(rulebook: Rulebook, language: str) -> list[str]:
    return blocks(
        [told("forms.sealed", language)], form_tables(rulebook, "### 6.{number}", language)
    )
