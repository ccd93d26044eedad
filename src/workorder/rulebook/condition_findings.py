"""Conditions of approvals beside what a ticket answers: its forms, its counts, its times.

What can be seen in the workflow alone is found there
(:mod:`workorder.workflow.checking.conditions`): kinds of answers by name, and states.
"""

from collections.abc import Iterator, Mapping

from attrs import fields

from workorder.conditions import Compare
from workorder.errors import Finding, one_of
from workorder.intake import Field, Form
from workorder.ticket import Counts, Times
from workorder.values import Kind as FieldKind
from workorder.workflow.checking.conditions import (
    NAMES,
    comparisons,
    kind_of,
    mismatches,
    values_of,
)
from workorder.workflow.checking.wording import nearest
from workorder.workflow.definition import Definition
from workorder.workflow.standard_rules.answers import Kind

RECORDED = ("approve", "approve_extension")
"""The steps of which a ticket records who agreed, so that a chain can go on."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "counts": tuple(each.name for each in fields(Counts)),
    "times": tuple(each.name for each in fields(Times)),
    "approvals": RECORDED,
}
"""Names that stand behind the name of a group and a dot."""

ANSWERED: Mapping[FieldKind, Kind] = {
    "text": "text",
    "code": "text",
    "integer": "number",
    "flag": "flag",
    "instant": "instant",
    "codes": "names",
}
"""What a ticket answers to the name of a field, by the kind of the field."""


def condition_findings(definition: Definition, forms: tuple[Form, ...]) -> Iterator[Finding]:
    """Conditions that ask about what no ticket answers, or compare it with what it never is."""
    for key, compare in comparisons(definition):
        yield from name_findings(key, compare, forms)


def name_findings(key: str, compare: Compare, forms: tuple[Form, ...]) -> Iterator[Finding]:
    """What is wrong with one comparison beside *forms*: its field, its name, its ticket type."""
    group, dot, name = compare.field.partition(".")
    if group == "fields" and dot:
        yield from field_findings(key, compare, name, forms)
    elif group in GROUPS and dot:
        if name not in GROUPS[group]:
            names = [f"{group}.{each}" for each in GROUPS[group]]
            yield Finding(key, compare.field, one_of(names, compare.field))
    elif kind_of(compare.field) is None:
        known = [*NAMES, *(f"fields.{each}" for each in field_names(forms))]
        yield Finding(key, compare.field, one_of(known, compare.field))
    elif compare.field in {"type", "earlier_types"}:
        types = [form.type for form in forms]
        for value in values_of(compare):
            if isinstance(value, str) and value not in types:
                yield Finding(key, f"{compare.field} {value}", nearest(types, value, "a type"))


def chain_findings(definition: Definition) -> Iterator[Finding]:
    """Chains of a step of which no ticket records who agreed: the second would be asked for ever,
    or never.
    """
    for position, approval in enumerate(definition.settings.approvals):
        if len(approval.ranks) > 1 and approval.step not in RECORDED:
            found = f"{len(approval.ranks)} of {approval.step}, which records no agreement"
            expected = f"one rank, or a chain of {' or '.join(RECORDED)}"
            yield Finding(f"settings.approvals[{position}].ranks", found, expected)


def field_names(forms: tuple[Form, ...]) -> tuple[str, ...]:
    """The names of all fields, each once."""
    return tuple(dict.fromkeys(field.name for form in forms for field in form.fields))


def field_findings(
    key: str, compare: Compare, name: str, forms: tuple[Form, ...]
) -> Iterator[Finding]:
    """What is wrong with a comparison of the field *name*: none has it, or it is never so."""
    there = [field for form in forms if (field := form.field(name)) is not None]
    if not there:
        expected = nearest(
            [f"fields.{each}" for each in field_names(forms)], compare.field, "a field"
        )
        yield Finding(key, f"{compare.field}, a field that no form has", expected)
        return
    if compare.operator == "missing":
        return
    legible = [field for field in there if not field.sealed]
    if not legible:
        found = f"{compare.field}, which is sealed: its value is never compared"
        yield Finding(key, found, "a field that is not sensitive")
        return
    wrong = [[*_wrong(key, compare, field)] for field in legible]
    if all(wrong):
        yield from wrong[0]


def _wrong(key: str, compare: Compare, field: Field) -> Iterator[Finding]:
    kind = ANSWERED.get(field.kind)
    if kind is None:  # a mistake of its own
        return
    found = [*mismatches(key, compare, kind)]
    yield from found
    if field.choices and not found:
        for value in values_of(compare):
            if value not in field.choices:
                yield Finding(key, f"{compare.field} {value}", one_of(field.choices, str(value)))
