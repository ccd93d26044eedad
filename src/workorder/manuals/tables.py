"""The parts of a rulebook as tables in Markdown."""

from collections.abc import Iterator

import attrs

from workorder.intake import Field, Form
from workorder.manuals.markdown import blocks, code, named, plain, table
from workorder.manuals.moves import by_stage
from workorder.manuals.phrases import (
    category_name,
    joined,
    known,
    said,
    stage_name,
)
from workorder.manuals.sentences import (
    condition_text,
    ranks_text,
    rule_sentences,
    setting_text,
    step_name,
)
from workorder.manuals.setting_words import setting_name
from workorder.rulebook import Rulebook
from workorder.texts import ENGLISH, in_language, is_chinese
from workorder.values import CODE_LIMIT, CODES_LIMIT, TEXT_LIMIT
from workorder.workflow import NEW, NO_LIMIT, SAME, Argument, HoldReason, Row, Workflow
from workorder.workflow.compiled import ways_back


def tables(rulebook: Rulebook, *, language: str = ENGLISH) -> str:
    """Every table, each under its heading: states, roles, actions, settings, forms.

    >>> from workorder.rulebook import basic
    >>> tables(basic()).splitlines()[0]
    '## States'
    """
    workflow = rulebook.workflow
    parts = [
        ("states", state_table(workflow, language)),
        ("roles", role_table(workflow, language)),
        ("actions", action_table(workflow, language)),
        ("settings", setting_tables(rulebook, language)),
        ("forms", form_tables(rulebook, "###", language)),
    ]
    found = [blocks([f"## {said(key, language)}"], lines) for key, lines in parts]
    return "\n".join([*blocks(*found), ""])


def _heads(language: str, *keys: str) -> list[str]:
    return [said(key, language) for key in keys]


def state_table(workflow: Workflow, language: str) -> list[str]:
    """Every state, by stage."""
    rows = [
        [
            plain(state.label.text(language)),
            code(state.name),
            stage_name(stage, language),
            category_name(state.category, language),
            plain(state.customer_label.text(language)),
        ]
        for stage, states in by_stage(workflow).items()
        for state in states
    ]
    return table(_heads(language, "state", "name", "stage", "category", "customer_sees"), rows)


def role_table(workflow: Workflow, language: str) -> list[str]:
    """Every role, with what it may read and whether it acts."""
    acting = {role for row in workflow.rows for role in row.roles}
    rows = [
        [
            plain(role.label.text(language)),
            code(role.name),
            said(f"scope.{role.sees}", language),
            said(f"reads.{role.reads}", language),
            said("yes" if role.name in acting else "no", language),
        ]
        for role in workflow.roles
    ]
    return table(_heads(language, "role", "name", "sees", "reads", "acts"), rows)


def sources_text(workflow: Workflow, row: Row, language: str) -> str:
    """The states a row may be taken from."""
    return state_names(workflow, row.sources or (NEW,), language)


def target_text(workflow: Workflow, row: Row, language: str) -> str:
    """Where a row leads."""
    if row.target == SAME:
        return said("stays", language)
    if not row.returns:
        return plain(workflow.labels[row.target].text(language))
    back = dict.fromkeys(
        target for source in row.sources for target in ways_back(workflow.rows, source)
    )
    return said("back", language, states=state_names(workflow, tuple(back), language))


def state_names(workflow: Workflow, states: tuple[str, ...], language: str) -> str:
    """What several states are called."""
    return joined((plain(workflow.labels[name].text(language)) for name in states), language)


def role_names(workflow: Workflow, roles: tuple[str, ...], language: str) -> str:
    """What several roles are called."""
    return joined((plain(workflow.role_labels[name].text(language)) for name in roles), language)


def action_table(workflow: Workflow, language: str) -> list[str]:
    """Every row of the workflow, by action, with its rules in words."""
    between = "；" if is_chinese(language) else "; "
    rows = [
        [
            named(action.label, language),
            sources_text(workflow, row, language),
            target_text(workflow, row, language),
            role_names(workflow, row.roles, language),
            between.join(rule_sentences(workflow, row.rules, language)),
        ]
        for action in workflow.actions
        for row in workflow.rows
        if row.action == action.name
    ]
    return table(_heads(language, "action", "from", "to", "who", "rules"), rows)


def setting_tables(rulebook: Rulebook, language: str) -> list[str]:
    """Every setting; then why tickets may wait, and who must agree to what."""
    return blocks(
        plain_setting_table(rulebook, language),
        hold_table(rulebook, language),
        approval_table(rulebook, language),
    )


def plain_setting_table(rulebook: Rulebook, language: str) -> list[str]:
    """Every setting with its value, those that set no limit among them."""
    settings = rulebook.workflow.settings
    rows = [
        [
            setting_name(each.name, language),
            code(each.name),
            setting_text(rulebook, each.name, getattr(settings, each.name), language),
        ]
        for each in attrs.fields(type(settings))
    ]
    return table(_heads(language, "setting", "name", "value"), rows)


def hold_table(rulebook: Rulebook, language: str) -> list[str]:
    """Why tickets may wait, what the customer sees meanwhile, and how it ends."""
    reasons = rulebook.workflow.settings.hold_reasons
    if not reasons:
        return []
    rows = [
        [
            named(reason.label, language),
            _customer_sees(reason, language),
            known(f"pauses.{reason.pauses}", language, said("none", language)),
            longest_text(reason, language),
            ends_text(rulebook, reason, language),
        ]
        for reason in reasons
    ]
    heads = _heads(language, "reason", "customer_sees", "clocks", "longest", "ends_by")
    return table(heads, rows)


def _customer_sees(reason: HoldReason, language: str) -> str:
    if not reason.customer_labels:
        return said("sees_state", language)
    return plain(in_language(reason.customer_labels, language, reason.name))


def longest_text(reason: HoldReason, language: str) -> str:
    """How long a hold may last."""
    if reason.longest is None or reason.longest == NO_LIMIT:
        return said("no_limit", language)
    return plain(reason.longest.text(language))


def ends_text(rulebook: Rulebook, reason: HoldReason, language: str) -> str:
    """How a hold ends: somebody resumes it, something arrives, time runs out."""
    workflow = rulebook.workflow
    ends = ["resume"] if "resume" in workflow.action_labels else []
    ends += reason.resumes_on
    parts = [step_name(workflow, name, language) for name in dict.fromkeys(ends)]
    if reason.longest is not None and reason.longest != NO_LIMIT:
        parts.append(said("time", language))
    return joined(parts, language)


def approval_table(rulebook: Rulebook, language: str) -> list[str]:
    """Who must agree to what; of several approvals of a step the first that applies is taken."""
    rows = [
        [
            step_name(rulebook.workflow, approval.step, language),
            ranks_text(approval),
            condition_text(approval.when, language),
        ]
        for approval in rulebook.workflow.settings.approvals
    ]
    return table(_heads(language, "step", "ranks", "when"), rows) if rows else []


def form_tables(rulebook: Rulebook, mark: str, language: str) -> list[str]:
    """The fields of every ticket type, each under a heading that begins with *mark*; a
    ``{number}`` in it is filled in.
    """
    return blocks(
        *(
            [
                f"{mark.format(number=number)} {named(form.label, language)}",
                "",
                *form_table(form, rulebook.workflow, language),
            ]
            for number, form in enumerate(rulebook.forms, 1)
        )
    )


def form_table(form: Form, workflow: Workflow, language: str) -> list[str]:
    """The fields of a form, with the roles that read them."""
    heads = _heads(
        *(language, "field", "name", "kind", "required", "limit", "searchable", "sealed"), "readers"
    )
    return table(heads, _fields(form, workflow, language))


def _fields(form: Form, workflow: Workflow, language: str) -> Iterator[list[str]]:
    for each in form.fields:
        yield [
            plain(each.label.text(language)),
            code(each.name),
            said(f"kind.{each.kind}", language),
            said("yes" if each.required else "no", language),
            _field_limit(each, language),
            said("yes" if each.searchable else "no", language),
            said("yes" if each.sealed else "no", language),
            role_names(workflow, each.readers, language) or said("readers.everybody", language),
        ]


def _field_limit(spec: Field, language: str) -> str:
    """What a field may hold, and how much of it is kept."""
    limit = limit_text(spec, TEXT_LIMIT, language)
    if spec.keep_last is None:
        return limit
    return joined((limit, said("limit.masked", language, last=spec.keep_last)), language)


def limit_text(spec: Field | Argument, texts: int, language: str) -> str:
    """What a value may be: how long, how many, one of which; *texts* is the limit of a text."""
    limit = spec.limit or (texts if spec.kind == "text" else CODE_LIMIT)
    if spec.choices:
        return said("limit.choices", language, choices=joined(map(code, spec.choices), language))
    if spec.kind == "codes":
        return said("limit.codes", language, count=CODES_LIMIT, limit=limit)
    return said("limit.text", language, limit=limit) if spec.kind in ("text", "code") else ""
