"""Windows of time: each was promised when it began, so these compare instants and count no days."""

from collections.abc import Mapping
from datetime import datetime

from workorder.refusals import Unmet, problem
from workorder.workflow.rules import Question, rule
from workorder.workflow.standard_rules.people import types_of

SYSTEM = ("system",)
"""The roles in which time itself acts."""


def promised(name: str, value: object) -> datetime | Unmet | None:
    """The instant that a case answers under *name*, if it does; what is wrong with it otherwise.

    An instant without a zone is no limit that could be compared, and no missing one either.
    """
    if not isinstance(value, datetime):
        return None
    return value if value.utcoffset() is not None else problem(name, "naive_datetime")


def _until(question: Question, name: str) -> datetime | Unmet | None:
    return promised(name, question.case.value(name))


@rule(
    "quiet_period_over_if_system",
    holds=("time closes only after the quiet period", "系统仅在静默期满后结案"),
    otherwise=(
        "the quiet period ends at {until}; until then people close, not the system",
        "静默期至 {until}；此前由人员结案，系统不自动结案",
    ),
    roles=tuple,
)
def quiet_period_over_if_system(
    question: Question, roles: tuple[str, ...] = SYSTEM
) -> bool | Unmet:
    """For the system: the quiet period since the resolution has passed."""
    if question.role not in roles:
        return True
    until = _until(question, "close_from")
    if isinstance(until, Unmet):
        return until
    if until is not None and question.at >= until:
        return True
    return quiet_period_over_if_system.unmet(until=until)


@rule(
    "reopen_window_open",
    holds=("the ticket may still be reopened", "仍可重新打开"),
    otherwise=(
        "it could be reopened until {until}; open a new ticket, or appeal",
        "重新打开的期限已于 {until} 届满；请新建工单或申请核查",
    ),
)
def reopen_window_open(question: Question) -> bool | Unmet:
    """The instant until which it may be reopened, promised at closing, has not passed; always so
    while the ticket is only resolved.
    """
    until = _until(question, "reopen_until")
    if isinstance(until, Unmet):
        return until
    return until is None or question.at <= until or reopen_window_open.unmet(until=until)


@rule(
    "reopen_window_over",
    holds=("the ticket can no longer be reopened", "重新打开期限已满"),
    otherwise=(
        "it may be reopened until {until}; archive it afterwards",
        "可重新打开至 {until}；期满后再归档",
    ),
)
def reopen_window_over(question: Question) -> bool | Unmet:
    """The instant until which it may be reopened has passed."""
    until = _until(question, "reopen_until")
    if isinstance(until, Unmet):
        return until
    return until is None or question.at > until or reopen_window_over.unmet(until=until)


@rule(
    "appeal_window_open",
    holds=("the decision may still be appealed", "仍可申请核查"),
    otherwise=(
        "the decision could be appealed until {until}",
        "申请核查的期限已于 {until} 届满",
    ),
)
def appeal_window_open(question: Question) -> bool | Unmet:
    """The instant until which it may be appealed, promised when the customer was told of the
    decision (or at closing, if they never were), has not passed.
    """
    until = _until(question, "appeal_until")
    if isinstance(until, Unmet):
        return until
    return until is None or question.at <= until or appeal_window_open.unmet(until=until)


@rule(
    "appeal_window_over",
    holds=("the decision can no longer be appealed", "申请核查期限已满或已申请"),
    otherwise=(
        "the decision may be appealed until {until}; archive it afterwards",
        "可申请核查至 {until}；期满后再归档",
    ),
)
def appeal_window_over(question: Question) -> bool | Unmet:
    """The instant until which the decision may be appealed has passed, or it was appealed."""
    if question.case.value("appeal") is not None:
        return True
    until = _until(question, "appeal_until")
    if isinstance(until, Unmet):
        return until
    return until is None or question.at > until or appeal_window_over.unmet(until=until)


@rule(
    "not_appealed_yet",
    holds=("the ticket was not appealed yet", "尚未申请核查"),
    otherwise=("it was appealed already: {appeal}", "已申请核查：{appeal}"),
)
def not_appealed_yet(question: Question) -> bool | Unmet:
    """No appeal of this ticket exists."""
    appeal = question.case.value("appeal")
    return appeal is None or not_appealed_yet.unmet(appeal=appeal)


@rule(
    "urge_interval_passed",
    holds=("the last urging was long enough ago", "距上次催办已满间隔"),
    otherwise=(
        "{person} urged a short while ago; again from {until}",
        "{person} 刚催办过；{until} 起可再次催办",
    ),
)
def urge_interval_passed(question: Question) -> bool | Unmet:
    """The interval since the last urging by the same person has passed."""
    again_from = question.case.value("urged")
    person = question.actor.id
    found = again_from.get(person) if isinstance(again_from, Mapping) else None
    until = promised("urged", found)
    if isinstance(until, Unmet):
        return until
    if until is None or question.at >= until:
        return True
    return urge_interval_passed.unmet(person=person, until=until)


@rule(
    "waiting_for_customer",
    holds=("the ticket waits for the customer", "工单待客户补件"),
    otherwise=(
        "the ticket does not wait for the customer but: {reason}",
        "挂起原因非待客户补件：{reason}",
    ),
    reasons=tuple,
    action=str,
)
def waiting_for_customer(
    question: Question,
    reasons: tuple[str, ...] = ("waiting_for_customer",),
    action: str = "customer_reply",
) -> bool | Unmet:
    """The reason for which it is on hold is that the customer owes something.

    Args:
        question: the question.
        reasons: such reasons, whatever the settings say of them.
        action: a reason of the settings is one, too, if this action ends it (``resumes_on``).
    """
    reason = question.case.value("hold_reason")
    known = question.settings.hold_reason(reason)
    if reason in reasons or (known is not None and action in known.resumes_on):
        return True
    return waiting_for_customer.unmet(reason=known.label if known is not None else reason)


@rule(
    "informed_if_required",
    holds=("the customer was told of the decision, or need not be", "已告知客户处理结果或无须告知"),
    otherwise=(
        "tell the customer of the decision first, and record it (inform_customer)",
        "请先告知客户处理结果并登记（告知客户）",
    ),
)
def informed_if_required(question: Question) -> bool:
    """The ticket's type, and no type it had before, requires that the customer is told of the
    decision before closing; or it is recorded that they were.
    """
    required = question.settings.types_requiring_decision_notice
    if not any(each in required for each in types_of(question)):
        return True
    told = question.case.value("told")
    return isinstance(told, Mapping) and "decision" in told


@rule(
    "not_rated_since_last_closing",
    holds=("the customer has not rated yet", "客户尚未评价"),
    otherwise=("the customer has rated this resolution already", "客户已对本次办结作出评价"),
)
def not_rated_since_last_closing(question: Question) -> bool:
    """The customer has not rated since the last resolution."""
    return question.case.value("rated") is not True
