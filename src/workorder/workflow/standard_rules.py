"""The rules that ship: each is one sentence of a bank's procedure.

A workflow names them; a host adds its own beside them. All of them decide on what the
case remembers, never on who wears which hat today: *four-eyes* asks who worked on the
ticket, whatever role they hold now.
"""

from collections.abc import Mapping

from workorder.refusals import Unmet
from workorder.texts import CHINESE, ENGLISH, Label
from workorder.workflow.case import ASSIGNEE
from workorder.workflow.rules import Question, Rule, rule


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
    "is_assignee",
    holds=("the ticket is assigned to who acts", "操作人为当前处理人"),
    otherwise=(
        "only the present assignee may do this: {assignee}",
        "仅当前处理人可操作：{assignee}",
    ),
)
def is_assignee(question: Question) -> bool | Unmet:
    """Who acts is the present assignee."""
    assignee = question.case.assignee
    return assignee == question.actor.id or is_assignee.unmet(assignee=assignee)


@rule(
    "own_if_handler",
    holds=("a handler acts on their own ticket only", "处理岗只操作本人工单"),
    otherwise=(
        "a handler may do this only on a ticket assigned to them; it is with {assignee}",
        "处理岗只能操作本人的工单；当前处理人：{assignee}",
    ),
    roles=tuple,
)
def own_if_handler(question: Question, roles: tuple[str, ...] = ("handler",)) -> bool | Unmet:
    """A handler may do this only on a ticket assigned to them."""
    if question.role not in roles or question.case.assignee == question.actor.id:
        return True
    return own_if_handler.unmet(assignee=question.case.assignee)


_CUSTOMER = Label("customer", {ENGLISH: "they are the customer", CHINESE: "系客户本人"})
_SUBJECT = Label("subject", {ENGLISH: "the complaint is about them", CHINESE: "系被投诉人"})


def _conflict(question: Question, person: object) -> Label | None:
    """What stands between a person and this ticket."""
    if person == question.case.customer:
        return _CUSTOMER
    subjects = question.case.value("subjects")
    return _SUBJECT if isinstance(subjects, tuple) and person in subjects else None


@rule(
    "assignee_eligible",
    holds=("the proposed person may be given the ticket", "被派人员无利益冲突"),
    otherwise=("{person} may not be given this ticket: {why}", "不能派给 {person}：{why}"),
    needs=("to",),
)
def assignee_eligible(question: Question) -> bool | Unmet:
    """The proposed person is not the customer and is not named in the complaint.

    Giving a ticket to a department alone (no person yet) passes here.
    """
    person = question.arguments.get("to")
    if person is None:
        return True
    why = _conflict(question, person)
    return why is None or assignee_eligible.unmet(person=person, why=why)


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


WORKED = ("handler", "cohandler", ASSIGNEE)
"""The roles in which somebody *works on* a ticket."""


@rule(
    "not_own_work",
    holds=("who acts did not work on the ticket", "操作人未经办本工单"),
    otherwise=(
        "four eyes: {person} worked on this ticket; somebody who did not must do this",
        "须双人复核：{person} 经办过本工单，须由未经办人员操作",
    ),
    roles=tuple,
    besides=tuple,
)
def not_own_work(
    question: Question, roles: tuple[str, ...] = WORKED, besides: tuple[str, ...] = ()
) -> bool | Unmet:
    """Who acts has not worked on the ticket since it was opened, in any way.

    Args:
        question: the question.
        roles: acting in one of these counts as work.
        besides: actions that do not count (taking a call is not handling it).
    """
    person = question.actor.id
    if question.case.took_part(person, roles=roles, besides=besides):
        return not_own_work.unmet(person=person)
    return True


@rule(
    "not_party",
    holds=("who acts is no party to the matter", "操作人与本事项无利害关系"),
    otherwise=("{person} may not judge this ticket: {why}", "{person} 须回避本工单：{why}"),
)
def not_party(question: Question) -> bool | Unmet:
    """Who acts is neither the customer nor named in the complaint (回避)."""
    person = question.actor.id
    why = _conflict(question, person)
    return why is None or not_party.unmet(person=person, why=why)


STANDARD_RULES: Mapping[str, Rule] = {
    each.name: each
    for each in (
        reason_given,
        resolution_given,
        is_assignee,
        own_if_handler,
        assignee_eligible,
        target_given,
        target_differs,
        not_own_work,
        not_party,
    )
}
"""Every rule that ships, by name."""
