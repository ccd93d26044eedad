"""Regulation packs beside the rulebook that adopts them: warnings, for whoever answers for them.

A pack knows nothing of the rulebook. Where that has no action by which a customer is told of a
decision, the clock of the decision never stops; where no form has the field by which a rule makes
an exception, the exception is never made. Neither is a mistake in the file, and both are worth a
look before somebody signs for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import evolve

from workorder.conditions import NEVER, AllOf, AnyOf, Compare, Condition, Negation
from workorder.errors import Finding
from workorder.rulebook.level_findings import Known
from workorder.satisfiable import satisfiable
from workorder.workflow.checking.conditions import compared

if TYPE_CHECKING:
    from workorder.rulebook.rulebook import Rulebook
    from workorder.sla.clocks import AdoptedPack, Metric, Policy


def pack_warnings(rulebook: "Rulebook") -> Iterator[Finding]:
    """What to know about the packs that *rulebook* adopts, each at its table."""
    if rulebook.sla is None or not rulebook.sla.packs:
        return
    from workorder.sla.regulations import adopted, cautions

    known = Known.of(rulebook.workflow, rulebook.forms, rulebook.extensions)
    for pack in rulebook.sla.packs:
        for each in cautions(pack):
            yield evolve(each, key=f"sla.{each.key}")
        metrics, policies = adopted(pack)
        for metric in metrics:
            yield from _never(pack, metric, known)
        yield from _fields(pack, metrics, policies, known)


def _never(pack: "AdoptedPack", metric: "Metric", known: Known) -> Iterator[Finding]:
    """That a clock of a pack never starts, or never stops, by what this rulebook has."""
    for name, condition in (("start", metric.start), ("stop", metric.stop)):
        if not satisfiable(_here(condition, known)):
            asked = [each for part in compared(condition) for each in known.wrong("", part)]
            lacks = ", ".join(dict.fromkeys(each.found for each in asked))
            found = f"a clock that does not {name} here: {lacks}"
            expected = "a rulebook that has it"
            key = f"sla.packs.{pack.name}.{metric.name}"
            yield Finding(key, found, expected, severity="warning")


def _here(condition: Condition, known: Known) -> Condition:
    """*condition* without what is never so under this rulebook."""
    match condition:
        case AllOf(parts):
            return AllOf(tuple(_here(part, known) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_here(part, known) for part in parts))
        case Negation(part):
            return Negation(_here(part, known))
        case Compare(field, "in", tuple(values)):
            there = tuple(each for each in values if _there(Compare(field, "eq", each), known))
            return Compare(field, "in", there)
        case Compare(_, "eq"):
            return condition if _there(condition, known) else NEVER
        case _:
            return condition


def _there(compare: Compare, known: Known) -> bool:
    return not any(known.wrong("", compare))


def _fields(
    pack: "AdoptedPack",
    metrics: "tuple[Metric, ...]",
    policies: "tuple[Policy, ...]",
    known: Known,
) -> Iterator[Finding]:
    """Fields that a pack asks about and no form has; each once."""
    said = [condition for each in metrics for condition in (each.start, each.stop, each.cancel)]
    said += [condition for each in metrics for condition in (each.pause, each.reopen)]
    said += [policy.when for policy in policies]
    said += [target.when for policy in policies for target in policy.targets]
    asked = [part for condition in said for part in compared(condition)]
    of_forms = [part for part in asked if part.field.startswith("fields.")]
    told = dict.fromkeys(
        (each.found, each.expected)
        for part in of_forms
        for each in known.wrong("", Compare(part.field, "missing"))
    )
    for found, expected in told:
        yield Finding(f"sla.packs.{pack.name}", found, expected, severity="warning")
