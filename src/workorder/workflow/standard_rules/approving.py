"""Approvals by rank, extensions, escalation."""

from workorder.refusals import Unmet
from workorder.workflow.rules import Question, rule
from workorder.workflow.standard_rules.people import named, types_of
from workorder.workflow.standard_rules.windows import promised


def _given(question: Question, step: str) -> tuple[object, ...]:
    """Who has agreed to *step* so far, in this round."""
    return named(question.case.value(f"approvals.{step}"))


def ranks_left(question: Question, step: str) -> tuple[int, ...]:
    """The ranks that must still agree to *step*, in order."""
    ranks = question.settings.ranks(step, question.case)
    return ranks[len(_given(question, step)) :]


@rule(
    "approval_rank_sufficient",
    holds=("who approves has the rank for it", "审批职级足够"),
    otherwise=(
        "this needs somebody of rank {needed} or above; {person} has rank {rank}",
        "须由职级 {needed} 及以上人员审批；{person} 职级为 {rank}",
    ),
    step=str,
)
def approval_rank_sufficient(question: Question, step: str = "approve") -> bool | Unmet:
    """The person's rank reaches what the settings ask for at this place of the chain."""
    left = ranks_left(question, step)
    actor = question.actor
    if not left or actor.rank >= left[0]:
        return True
    return approval_rank_sufficient.unmet(needed=left[0], person=actor.id, rank=actor.rank)


@rule(
    "approves_once",
    holds=("who approves has not approved already", "审批人此前未审批"),
    otherwise=(
        "{person} has approved this already; somebody else must approve next",
        "{person} 已审批过；下一级须由他人审批",
    ),
    step=str,
)
def approves_once(question: Question, step: str = "approve") -> bool | Unmet:
    """Nobody stands twice in one chain of approvals."""
    person = question.actor.id
    return person not in _given(question, step) or approves_once.unmet(person=person)


@rule(
    "further_approval_needed",
    holds=("somebody of higher rank must approve after this", "之后还须上级审批"),
    otherwise=("no further approval is needed", "无须再审批"),
    step=str,
)
def further_approval_needed(question: Question, step: str = "approve") -> bool:
    """This approval is not the last of its chain."""
    return len(ranks_left(question, step)) > 1


@rule(
    "last_approval",
    holds=("this is the last approval needed", "此为最后一级审批"),
    otherwise=("further approvals are needed first", "还须先经其他审批"),
    step=str,
)
def last_approval(question: Question, step: str = "approve") -> bool:
    """This approval is the last of its chain."""
    return len(ranks_left(question, step)) <= 1


@rule(
    "review_not_required",
    holds=("a ticket of this type needs no review", "此类工单无须复核"),
    otherwise=(
        "a ticket of this type is reviewed; submit it",
        "此类工单须经复核；请提交复核",
    ),
)
def review_not_required(question: Question) -> bool:
    """The ticket's type is one of those without review, and so is every type it had before."""
    without = question.settings.types_without_review
    return all(each in without for each in types_of(question))


@rule(
    "no_open_extension",
    holds=("no extension is waiting", "没有待处理的延期"),
    otherwise=(
        "an extension is waiting to be decided, or for the customer to be told of it",
        "已有延期待审批或待告知客户",
    ),
)
def no_open_extension(question: Question) -> bool:
    """No extension is waiting: neither for a decision nor for the customer to be told."""
    return question.case.value("extension") is None


@rule(
    "extension_open",
    holds=("an extension is waiting for a decision", "有待审批的延期"),
    otherwise=("no extension is waiting for a decision", "没有待审批的延期"),
)
def extension_open(question: Question) -> bool:
    """An extension request is waiting."""
    return question.case.value("extension") == "requested"


@rule(
    "not_extension_requester",
    holds=("who decides did not ask for the extension", "审批人非申请人"),
    otherwise=(
        "{person} asked for this extension; somebody else must decide about it",
        "{person} 为延期申请人，须由他人审批",
    ),
)
def not_extension_requester(question: Question) -> bool | Unmet:
    """The approver is not the person who asked."""
    person = question.actor.id
    if question.case.value("extension_requester") != person:
        return True
    return not_extension_requester.unmet(person=person)


@rule(
    "before_due",
    holds=("the deadline has not passed", "尚未到期"),
    otherwise=(
        "the deadline passed at {due}; an extension is asked for before it",
        "已于 {due} 到期；延期须在到期前申请",
    ),
)
def before_due(question: Question) -> bool | Unmet:
    """The extension is asked before the running due time."""
    due = promised("due", question.case.value("due"))
    if isinstance(due, Unmet):
        return due
    return due is None or question.at < due or before_due.unmet(due=due)


@rule(
    "level_left",
    holds=("the ticket can be escalated further", "可继续升级"),
    otherwise=(
        "escalated to level {level} already, the highest there is",
        "已升级 {level} 次，为最高级别",
    ),
)
def level_left(question: Question) -> bool | Unmet:
    """The ticket was escalated less often than the settings allow."""
    limit = question.settings.max_escalation_level
    level = question.case.value("counts.escalations")
    if limit is None or not isinstance(level, int) or level < limit:
        return True
    return level_left.unmet(level=level)
