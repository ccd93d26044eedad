"""What must hold of a ticket's intake."""

from workorder.refusals import Unmet
from workorder.workflow.case import case_value
from workorder.workflow.rules import Question, rule
from workorder.workflow.standard_rules.people import types_of

_ASKED = frozenset({"customer", "channel", "department"})


@rule(
    "form_valid_for_open",
    holds=("the form accepts what was entered", "登记内容符合表单"),
    otherwise=("the form does not accept: {fields}", "表单不接受：{fields}"),
)
def form_valid_for_open(question: Question) -> bool | Unmet:
    """The form of the ticket's type accepts the fields given at opening.

    The desk asks the form before any rule, so that every field comes with what is wrong with it;
    a host's own case names the fields at fault under ``form_problems``.
    """
    fields = question.case.value("form_problems")
    return not fields or form_valid_for_open.unmet(fields=fields)


@rule(
    "required_fields_complete",
    holds=("every required field is filled", "必填项已完整"),
    otherwise=("fill first: {missing}", "请先补齐：{missing}"),
)
def required_fields_complete(question: Question) -> bool | Unmet:
    """Every field that the settings require before acceptance is filled."""
    missing = tuple(
        name
        for name in question.settings.required_fields
        if _empty(case_value(question.case, name if name in _ASKED else f"fields.{name}"))
    )
    return not missing or required_fields_complete.unmet(missing=missing)


def _empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, tuple | list) and not value)


@rule(
    "intake_approved_if_required",
    holds=("the intake needs no approval, or has it", "登记无须审核或已审核"),
    otherwise=(
        "the intake of a ticket of this type must be approved first (again, after an edit)",
        "此类工单须先通过登记审核（补录后须重新审核）",
    ),
)
def intake_approved_if_required(question: Question) -> bool:
    """The ticket's type needs no intake approval, or has it and nothing was edited since."""
    required = question.settings.types_with_intake_approval
    if not any(each in required for each in types_of(question)):
        return True
    return question.case.value("intake_approved") is True


@rule(
    "declines_left",
    holds=("the ticket may still be declined", "退单次数未满"),
    otherwise=(
        "declines so far: {count}, allowed: {limit}; the dispatch is final, ask for a transfer",
        "已退单 {count} 次，上限 {limit} 次：派单已为终派；请由主管转派",
    ),
)
def declines_left(question: Question) -> bool | Unmet:
    """The ticket was declined less often than the settings allow."""
    limit = question.settings.max_declines
    count = question.case.value("counts.declines")
    if limit is None or not isinstance(count, int) or count < limit:
        return True
    return declines_left.unmet(count=count, limit=limit)
