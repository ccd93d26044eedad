"""Rules, conditions and values of settings in words."""

import json
import re
from collections.abc import Iterable, Mapping

from workorder.conditions import ALWAYS, AllOf, AnyOf, Compare, Condition, Negation
from workorder.durations import Duration
from workorder.instants import instant_text
from workorder.manuals.argument_words import ARGUMENTS
from workorder.manuals.markdown import code, plain
from workorder.manuals.phrases import after_colon, in_brackets, joined, known, said
from workorder.rulebook import Rulebook
from workorder.texts import Label, in_language, is_chinese
from workorder.workflow import Approval, HoldReason, Use, Workflow

_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥", "in": "∈"}
_HOLE = re.compile(r"\{[^{}]*\}")


def _labels_of(workflow: Workflow, parameter: str) -> Mapping[str, Label]:
    """The labels of what a parameter of a rule names, as far as parameters have usual names."""
    if parameter.endswith("roles"):
        return workflow.role_labels
    if parameter.endswith("states"):
        return workflow.labels
    if parameter == "reasons":
        return {each.name: each.label for each in workflow.settings.hold_reasons}
    return workflow.action_labels


def rule_sentence(workflow: Workflow, use: Use, language: str) -> str:
    """What is true when the rule is met, with the parameters that this row gives it."""
    sentence = plain(in_language(workflow.rules[use.rule].holds, language, use.rule))
    remarks = []
    for name, value in use.parameters.items():
        values = value if isinstance(value, tuple | list) else (value,)
        labels = _labels_of(workflow, name)
        shown = (
            plain(labels[each].text(language)) if each in labels else code(str(each))
            for each in map(str, values)
        )
        head = known(f"parameter.{name}", language, code(name))
        remarks.append(after_colon(head, joined(shown, language), language))
    between = "；" if is_chinese(language) else "; "
    return sentence + (in_brackets(between.join(remarks), language) if remarks else "")


def otherwise(workflow: Workflow, rule: str, language: str) -> str:
    """What is said when the rule is not met; what depends on the ticket is left open."""
    return plain(_HOLE.sub("…", in_language(workflow.rules[rule].otherwise, language, rule)))


def rule_sentences(workflow: Workflow, uses: Iterable[Use], language: str) -> list[str]:
    """The sentences of several rules."""
    return [rule_sentence(workflow, use, language) for use in uses]


def condition_text(condition: Condition, language: str) -> str:
    """A condition in words and signs.

    >>> from workorder.conditions import where
    >>> condition_text(where("counts.extensions").at_least(1), "en")
    '`counts.extensions` ≥ 1'
    """
    match condition:
        case Compare(field, "missing", _):
            return f"{code(field)} {said('condition.missing', language)}"
        case Compare(field, operator, value):
            sign = _SIGNS.get(operator) or said("condition.contains", language)
            sign = sign.replace("<", "&lt;").replace(">", "&gt;")
            return f"{code(field)} {sign} {_value(value, language)}"
        case AllOf(parts) | AnyOf(parts):
            return _several(condition, parts, language)
        case Negation(part):
            inner = in_brackets(condition_text(part, language), language)
            return said("condition.not", language) + inner


def _several(condition: Condition, parts: tuple[Condition, ...], language: str) -> str:
    every = isinstance(condition, AllOf)
    if not parts:
        return said("always" if every else "never", language)
    if len(parts) == 1:
        return condition_text(parts[0], language)
    word = said("condition.all" if every else "condition.any", language)
    texts = (
        in_brackets(text, language).strip() if isinstance(part, AllOf | AnyOf) else text
        for part in parts
        if (text := condition_text(part, language))
    )
    return f" {word} ".join(texts)


def _value(value: object, language: str) -> str:
    if isinstance(value, tuple):
        return joined((_value(each, language) for each in value), language)
    if isinstance(value, bool):
        return said("yes" if value else "no", language)
    if isinstance(value, int):
        return str(value)
    return code(value if isinstance(value, str) else instant_text(value))  # type: ignore[arg-type]  # a condition holds nothing else


def type_name(rulebook: Rulebook, name: str, language: str) -> str:
    """What a ticket type is called."""
    form = rulebook.form_by_type.get(name)
    return code(name) if form is None else plain(form.label.text(language))


def field_name(rulebook: Rulebook, name: str, language: str) -> str:
    """What a field of a ticket is called: the word of the forms, or a usual one."""
    for form in rulebook.forms:
        field = form.field(name)
        if field is not None:
            return plain(field.label.text(language))
    return argument_name(name, language)


def argument_name(name: str, language: str) -> str:
    """What an argument is called, if it is one of the usual ones."""
    words = ARGUMENTS.get(name)
    return code(name) if words is None else plain(in_language(words, language))


def setting_text(rulebook: Rulebook, name: str, value: object, language: str) -> str:
    """The value of a setting."""
    if value is None:
        return said("no_limit", language)
    if isinstance(value, Duration):
        return plain(value.text(language))
    if name == "rating" and isinstance(value, tuple):
        return "–".join(map(str, value))
    if isinstance(value, tuple):
        return joined((_item(rulebook, name, each, language) for each in value), language)
    if isinstance(value, Mapping):
        return _mapping(rulebook, value, language)
    return plain(str(value))


def _item(rulebook: Rulebook, setting: str, value: object, language: str) -> str:
    if isinstance(value, HoldReason):
        return plain(value.label.text(language))
    if isinstance(value, Approval):
        return approval_text(rulebook, value, language)
    if setting.startswith("types"):
        return type_name(rulebook, str(value), language)
    return field_name(rulebook, str(value), language)


def _mapping(rulebook: Rulebook, value: Mapping[str, object], language: str) -> str:
    if not value:
        return said("none", language)
    if all(isinstance(each, Duration) for each in value.values()):
        parts = (
            after_colon(
                type_name(rulebook, name, language),
                setting_text(rulebook, name, each, language),
                language,
            )
            for name, each in value.items()
        )
        return ("；" if is_chinese(language) else "; ").join(parts)
    return code(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str))


def step_name(workflow: Workflow, name: str, language: str) -> str:
    """What an action is called."""
    label = workflow.action_labels.get(name)
    return code(name) if label is None else plain(label.text(language))


def ranks_text(approval: Approval) -> str:
    """The ranks that must agree, in order."""
    return " → ".join(map(str, approval.ranks))


def approval_text(rulebook: Rulebook, approval: Approval, language: str) -> str:
    """An approval in one phrase."""
    step = step_name(rulebook.workflow, approval.step, language)
    when = (
        ""
        if approval.when == ALWAYS
        else in_brackets(condition_text(approval.when, language), language)
    )
    return f"{step} {ranks_text(approval)}{when}"
