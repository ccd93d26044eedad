"""Tickets that concern each other: merging and unmerging."""

from workorder.refusals import Unmet
from workorder.workflow.case import Case
from workorder.workflow.rules import Question, rule
from workorder.workflow.standard_rules.people import conflict


def merge_target(question: Question) -> Case | None:
    """The ticket to merge into: the last of a chain, if the named one was merged itself."""
    return _last(question, question.arguments.get("target"))


def _last(question: Question, name: object) -> Case | None:
    """The ticket of that name, or the last one that it was merged into; it may be the case."""
    seen = set()
    while isinstance(name, str) and name not in seen:
        seen.add(name)
        own = name == question.case.value("id")
        found = question.case if own else question.related.get(name)
        into = found.value("merged_into") if found is not None else None
        if not isinstance(into, str) or not into:
            return found
        name = into
    return None


@rule(
    "target_other_and_open",
    holds=("the target is another ticket on which work goes on", "目标为其他在办工单"),
    otherwise=(
        "{target} is no other ticket on which work goes on: {state}",
        "{target} 不是其他在办工单：{state}",
    ),
    needs=("target",),
)
def target_other_and_open(question: Question) -> bool | Unmet:
    """The merge target is another ticket, in a state of category initial or open in which work is
    not concluded.
    """
    target = merge_target(question)
    named = question.arguments.get("target")
    if target is None:
        return target_other_and_open.unmet(target=named, state=None)
    state = question.states.get(target.state)
    other = target.value("id") != question.case.value("id")
    if other and state is not None and state.category in {"initial", "open"} and not state.resolved:
        return True
    shown = state.label if state is not None else target.state
    return target_other_and_open.unmet(target=named, state=shown)


@rule(
    "same_customer",
    holds=("both tickets are the same customer's", "两张工单属于同一客户"),
    otherwise=("the target is another customer's ticket", "目标工单属于其他客户"),
    needs=("target",),
)
def same_customer(question: Question) -> bool | Unmet:
    """The merge target belongs to the same customer, who is known."""
    target = merge_target(question)
    if target is None:
        named = question.arguments.get("target")
        return Unmet("same_customer", "unknown_target", {"target": named})
    customer = question.case.customer
    return customer is not None and target.customer == customer


@rule(
    "not_an_appeal",
    holds=("the ticket is no appeal", "工单不是核查工单"),
    otherwise=(
        "this ticket is the appeal of {original}, which nobody else can answer",
        "本工单为 {original} 的核查工单，不能并入其他工单",
    ),
)
def not_an_appeal(question: Question) -> bool | Unmet:
    """The ticket does not appeal another one: merged, it would be gone."""
    original = question.case.value("appeal_of")
    return original is None or not_an_appeal.unmet(original=original)


@rule(
    "target_unconflicted",
    holds=("who has the target may be given this matter", "目标工单处理人无利益冲突"),
    otherwise=(
        "{person}, who has the target, may not be given this matter: {why}; transfer it first",
        "目标工单处理人 {person} 须回避本事项：{why}；请先转派",
    ),
    needs=("target",),
)
def target_unconflicted(question: Question) -> bool | Unmet:
    """Whoever has the merge target has no conflict of interest in this ticket."""
    target = merge_target(question)
    person = target.assignee if target is not None else None
    why = conflict(question, person) if person is not None else None
    return why is None or target_unconflicted.unmet(person=person, why=why)


@rule(
    "target_not_archived",
    holds=("the ticket it was merged into is not archived", "主工单未归档"),
    otherwise=(
        "the ticket it was merged into ({target}) is archived",
        "主工单（{target}）已归档",
    ),
    states=tuple,
)
def target_not_archived(
    question: Question, states: tuple[str, ...] = ("archived",)
) -> bool | Unmet:
    """The ticket it was merged into, or the last of a chain, is not archived.

    Asked beforehand, when the other ticket was not looked up, it passes.
    """
    named = question.case.value("merged_into")
    target = _last(question, named)
    if target is None or target.state not in states:
        return True
    return target_not_archived.unmet(target=target.value("id") or named)
