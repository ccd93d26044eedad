"""What must be given with an action."""

from workorder.refusals import Unmet
from workorder.workflow.rules import Question, rule


@rule(
    "reason_given",
    holds=("a reason is given", "已填写原因"),
    otherwise=("give a reason", "请填写原因"),
    needs=("reason",),
)
def reason_given(question: Question) -> bool:
    """A reason that is not blank is supplied."""
    return question.has_text("reason")


@rule(
    "resolution_given",
    holds=("a resolution is given", "已填写处理结果"),
    otherwise=("describe the resolution", "请填写处理结果"),
    needs=("resolution",),
)
def resolution_given(question: Question) -> bool:
    """A resolution that is not blank is supplied."""
    return question.has_text("resolution")


@rule(
    "target_given",
    holds=("a person or a department is named", "已指定人员或部门"),
    otherwise=(
        "name who gets the ticket: a person (to) or a department",
        "请指定接办人员（to）或部门（department）",
    ),
    needs=("to", "department"),
)
def target_given(question: Question) -> bool:
    """A person or a department to give the ticket to is named."""
    return question.has_text("to") or question.has_text("department")


@rule(
    "target_differs",
    holds=("the ticket goes somewhere else", "转至其他人员或部门"),
    otherwise=(
        "the ticket is already with {assignee} ({department})",
        "工单已在 {assignee}（{department}）处",
    ),
    needs=("to", "department"),
)
def target_differs(question: Question) -> bool | Unmet:
    """A transfer goes to another person or another department."""
    case = question.case
    to = question.arguments.get("to")
    department = question.arguments.get("department") or case.department
    if to == case.assignee and department == case.department:
        return target_differs.unmet(assignee=case.assignee, department=case.department)
    return True


TOLD = (
    "accepted",
    "progress",
    "extension",
    "overdue",
    "decision",
    "not_accepted",
    "closed",
)
"""What a customer can be told about (告知事项)."""


@rule(
    "subject_given",
    holds=("it is said what the customer was told, how and when", "已说明告知事项、方式和时间"),
    otherwise=(
        "say what the customer was told about ({known}) and through which channel",
        "请说明告知事项（{known}）和告知方式（channel）",
    ),
    needs=("subject", "channel"),
)
def subject_given(question: Question) -> bool | Unmet:
    """What the customer was told about is one of :data:`TOLD`, with the channel.

    The instant is the command's, unless another one is given.
    """
    if question.arguments.get("subject") in TOLD and question.has_text("channel"):
        return True
    return subject_given.unmet(known=TOLD)


@rule(
    "score_in_range",
    holds=("the score is on the scale", "评分在范围内"),
    otherwise=("give a score from {least} to {best}", "评分应为 {least} 至 {best}"),
    needs=("score",),
)
def score_in_range(question: Question) -> bool | Unmet:
    """The score lies on the scale of the settings."""
    least, best = question.settings.rating
    score = question.arguments.get("score")
    if type(score) is int and least <= score <= best:
        return True
    return score_in_range.unmet(least=least, best=best)
