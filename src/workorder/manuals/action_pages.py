"""One action on one page: who, from where to where, with what, under which rules, within what."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from workorder.manuals.markdown import blocks, bold, code, named, plain, table
from workorder.manuals.phrases import in_brackets, joined, said
from workorder.manuals.prose import told
from workorder.manuals.sentences import argument_name, otherwise, rule_sentence
from workorder.manuals.setting_words import limits
from workorder.manuals.tables import (
    limit_text,
    role_names,
    sources_text,
    state_names,
    target_text,
)
from workorder.rulebook import Rulebook
from workorder.texts import is_chinese
from workorder.workflow import Action, Argument, Row, Workflow


@frozen
class ActionPage:
    """An action with its rows, and who in the bank owns it, if that is said."""

    action: Action
    rows: tuple[Row, ...]
    owner: str | None = None

    def lines(self, rulebook: Rulebook, heading: str, language: str) -> list[str]:
        """The page, under *heading* (the marks and the number)."""
        workflow = rulebook.workflow
        given = self._given(workflow, language)
        if len(self.rows) == 1:
            (row,) = self.rows
            facts = [*self._owner(language), *_facts(workflow, row, language)]
            body = [facts, given, _rules(workflow, row, language)]
        else:
            body = [self._owner(language), given, *self._cases(workflow, language)]
        said_limits = [f"- {each}" for each in limits(rulebook, self.action.name, language)]
        if said_limits:
            said_limits = [bold(told("limits", language), "", language), "", *said_limits]
        return blocks(
            [f"{heading} {named(self.action.label, language)}"],
            *body,
            said_limits,
            [bold(told("refused", language), self._refused(workflow, language), language)],
        )

    def _owner(self, language: str) -> list[str]:
        if self.owner is None:
            return []
        return [f"- {bold(told('owner', language), plain(self.owner), language)}"]

    def _cases(self, workflow: Workflow, language: str) -> Iterator[list[str]]:
        for number, row in enumerate(self.rows, 1):
            yield [f"**{told('case', language, number=number)}**"]
            yield _facts(workflow, row, language)
            yield _rules(workflow, row, language)

    def _given(self, workflow: Workflow, language: str) -> list[str]:
        head = told("given", language)
        if not self.action.arguments:
            return [bold(head, told("given.nothing", language), language)]
        asked = {
            name
            for row in self.rows
            for use in row.rules
            for name in workflow.rules[use.rule].needs
        }
        items = [
            f"- {_argument(each, asked, workflow.text_limit, language)}"
            for each in self.action.arguments
        ]
        return [bold(head, "", language), "", *items]

    def _refused(self, workflow: Workflow, language: str) -> str:
        parts = []
        possible = {source for row in self.rows for source in row.sources}
        others = tuple(state.name for state in workflow.states if state.name not in possible)
        if not possible:
            parts.append(told("refused.open", language))
        elif others:
            names = state_names(workflow, others, language)
            parts.append(told("refused.states", language, states=names))
        if any(role.name not in row.roles for row in self.rows for role in workflow.roles):
            parts.append(told("refused.roles", language))
        if self.action.arguments:
            parts.append(told("refused.arguments", language))
        if any(row.rules for row in self.rows):
            parts.append(told("refused.rules", language))
        between, stop = ("；", "。") if is_chinese(language) else ("; ", ".")
        return between.join(parts) + stop


def _facts(workflow: Workflow, row: Row, language: str) -> list[str]:
    source, target = sources_text(workflow, row, language), target_text(workflow, row, language)
    who = role_names(workflow, row.roles, language)
    return [
        f"- {bold(told('who', language), who, language)}",
        f"- {bold(told('change', language), f'{source} → {target}', language)}",
    ]


def _rules(workflow: Workflow, row: Row, language: str) -> list[str]:
    head = told("must_hold", language)
    if not row.rules:
        return [bold(head, told("must_hold.nothing", language), language)]
    heads = [head, said("name", language), told("refused_with", language)]
    rules = (
        [
            rule_sentence(workflow, use, language),
            code(use.rule),
            otherwise(workflow, use.rule, language),
        ]
        for use in row.rules
    )
    return table(heads, rules)


def _argument(spec: Argument, asked: set[str], texts: int, language: str) -> str:
    key = "asked" if spec.name in asked else "optional"
    if spec.required:
        key = "required"
    facts = [
        said(f"kind.{spec.kind}", language),
        limit_text(spec, texts, language),
        told(f"given.{key}", language),
    ]
    if spec.sealed:
        facts.append(told("given.sealed", language))
    between = "，" if is_chinese(language) else ", "
    name, marked = argument_name(spec.name, language), code(spec.name)
    shown = marked if name in (spec.name, marked) else f"{name} {marked}"
    return shown + in_brackets(between.join(filter(None, facts)), language)


def pages(workflow: Workflow, owner_of: Mapping[str, str]) -> Iterator[ActionPage]:
    """A page for every action, in the order of the workflow."""
    for action in workflow.actions:
        rows = tuple(row for row in workflow.rows if row.action == action.name)
        yield ActionPage(action, rows, owner_of.get(action.name))


def stages_of(workflow: Workflow, page: ActionPage) -> tuple[str, ...]:
    """The stages an action may be taken in; opening belongs to that of the state it opens in."""
    states = dict.fromkeys(state for row in page.rows for state in (row.sources or (row.target,)))
    return tuple(dict.fromkeys(workflow.state_by_name[name].stage for name in states))


def also_possible(workflow: Workflow, several: list[ActionPage], stage: str, language: str) -> str:
    """The actions of several stages that may be taken in this one, too."""
    return joined(
        (
            plain(page.action.label.text(language))
            for page in several
            if stage in stages_of(workflow, page)
        ),
        language,
    )
