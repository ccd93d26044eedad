"""Who may act: own work, conflicts of interest, four eyes.

All of them decide on what the case remembers, never on who wears which hat today.
"""

from workorder.refusals import Unmet
from workorder.texts import CHINESE, ENGLISH, Label
from workorder.workflow.case import ASSIGNEE
from workorder.workflow.rules import Question, rule

CUSTOMERS = ("customer",)
"""The roles that customers hold, unless a row says otherwise."""


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


@rule(
    "own_ticket",
    holds=("the ticket is the customer's own", "工单属于客户本人"),
    otherwise=("this ticket is another customer's", "本工单属于其他客户"),
)
def own_ticket(question: Question) -> bool:
    """Who acts is the ticket's customer."""
    return question.case.customer == question.actor.id


@rule(
    "own_ticket_if_customer",
    holds=("a customer acts on their own ticket only", "客户只操作本人工单"),
    otherwise=("this ticket is another customer's", "本工单属于其他客户"),
    roles=tuple,
)
def own_ticket_if_customer(question: Question, roles: tuple[str, ...] = CUSTOMERS) -> bool:
    """A customer may do this only on a ticket of their own; others are not asked."""
    return question.role not in roles or question.case.customer == question.actor.id


@rule(
    "unassigned",
    holds=("nobody has the ticket yet", "工单尚无处理人"),
    otherwise=("{assignee} has the ticket already", "工单已由 {assignee} 处理"),
)
def unassigned(question: Question) -> bool | Unmet:
    """Nobody is assigned."""
    assignee = question.case.assignee
    return assignee is None or unassigned.unmet(assignee=assignee)


@rule(
    "in_own_department",
    holds=("the ticket is with one's own department", "工单在本部门"),
    otherwise=(
        "the ticket is with the department {department}, and {person} belongs to {own}",
        "工单在 {department}，而 {person} 属于 {own}",
    ),
)
def in_own_department(question: Question) -> bool | Unmet:
    """The ticket is with the person's department."""
    department, actor = question.case.department, question.actor
    if department is not None and department == actor.department:
        return True
    return in_own_department.unmet(department=department, person=actor.id, own=actor.department)


_WHY = {
    "customer": Label("customer", {ENGLISH: "they are the customer", CHINESE: "系客户本人"}),
    "subjects": Label("subject", {ENGLISH: "the complaint is about them", CHINESE: "系被投诉人"}),
    "excluded": Label(
        "excluded",
        {
            ENGLISH: "they worked on the case that is being appealed",
            CHINESE: "经办过被申请核查的原工单",
        },
    ),
}


def named(value: object) -> tuple[object, ...]:
    """The people that *value* names: a host may answer with any collection, or with one name."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, tuple | list | set | frozenset) else ()


def conflict(question: Question, person: object) -> Label | None:
    """What stands between a person and this ticket."""
    case = question.case
    if person == case.customer:
        return _WHY["customer"]
    for name in ("subjects", "excluded"):
        if person in named(case.value(name)):
            return _WHY[name]
    return None


@rule(
    "assignee_eligible",
    holds=("the proposed person may be given the ticket", "被派人员无利益冲突"),
    otherwise=("{person} may not be given this ticket: {why}", "不能派给 {person}：{why}"),
    needs=("to",),
)
def assignee_eligible(question: Question) -> bool | Unmet:
    """The proposed person is not the customer, is not named in the complaint and, after an
    appeal, did not work on the original.

    Giving a ticket to a department alone (no person yet) passes here.
    """
    person = question.arguments.get("to")
    if person is None:
        return True
    why = conflict(question, person)
    return why is None or assignee_eligible.unmet(person=person, why=why)


@rule(
    "claimer_eligible",
    holds=("who claims the ticket may be given it", "领取人无利益冲突"),
    otherwise=("{person} may not take this ticket: {why}", "{person} 不能领取本工单：{why}"),
)
def claimer_eligible(question: Question) -> bool | Unmet:
    """The same as ``assignee_eligible``, for the person who claims."""
    person = question.actor.id
    why = conflict(question, person)
    return why is None or claimer_eligible.unmet(person=person, why=why)


@rule(
    "members_eligible",
    holds=("every member of the panel may judge the ticket", "会诊成员均无利益冲突"),
    otherwise=("{person} may not sit on this panel: {why}", "{person} 不能参加会诊：{why}"),
    needs=("members",),
)
def members_eligible(question: Question) -> bool | Unmet:
    """No proposed member of a panel has a conflict of interest."""
    for person in named(question.arguments.get("members")):
        why = conflict(question, person)
        if why is not None:
            return members_eligible.unmet(person=person, why=why)
    return True


@rule(
    "not_party",
    holds=("who acts is no party to the matter", "操作人与本事项无利害关系"),
    otherwise=("{person} may not judge this ticket: {why}", "{person} 须回避本工单：{why}"),
    besides_roles=tuple,
)
def not_party(question: Question, besides_roles: tuple[str, ...] = ()) -> bool | Unmet:
    """Who acts is neither the customer nor named in the complaint (回避), nor worked on the case
    that this one appeals.

    Args:
        question: the question.
        besides_roles: acting in one of these is not judging (the customer's own part in it).
    """
    if question.role in besides_roles:
        return True
    person = question.actor.id
    why = conflict(question, person)
    return why is None or not_party.unmet(person=person, why=why)


WORKED = ("handler", "cohandler", ASSIGNEE)
"""The roles in which somebody *works on* a ticket."""

WORK = (
    "open_subtask",
    "finish_subtask",
    "cancel_subtask",
    "convene_panel",
    "give_opinion",
    "conclude_panel",
)
"""Actions that are work on a ticket, in whatever role: its result rests on them."""


NO_WORK = ("was_offered", "decline_offer")
"""What is none, in whatever role: who was offered a ticket and did not take it has no part in it.
"""


def types_of(question: Question) -> tuple[object, ...]:
    """The type of the case, and every type it had before: what one of them asks for is still
    asked for, or a ticket would be classified out of its review.
    """
    return (question.case.type, *named(question.case.value("earlier_types")))


@rule(
    "not_own_work",
    holds=("who acts did not work on the ticket", "操作人未经办本工单"),
    otherwise=(
        "four eyes: {person} worked on this ticket; somebody who did not must do this",
        "须双人复核：{person} 经办过本工单，须由未经办人员操作",
    ),
    roles=tuple,
    besides=tuple,
    actions=tuple,
)
def not_own_work(
    question: Question,
    roles: tuple[str, ...] = WORKED,
    besides: tuple[str, ...] = (),
    actions: tuple[str, ...] = WORK,
) -> bool | Unmet:
    """Who acts has not worked on the ticket since it was opened, in any way.

    Args:
        question: the question.
        roles: acting in one of these counts as work.
        besides: actions that do not count (taking a call is not handling it).
        actions: actions that do, in whatever role.
    """
    person, case = question.actor.id, question.case
    besides = (*besides, *NO_WORK)
    if case.took_part(person, roles=roles, besides=besides) or (
        actions and case.took_part(person, besides=besides, actions=actions)
    ):
        return not_own_work.unmet(person=person)
    return True


@rule(
    "not_involved",
    holds=("who inspects took no step on the ticket", "质检人未参与本工单"),
    otherwise=(
        "{person} took part in this ticket; somebody who did not must inspect it",
        "{person} 参与过本工单，须由未参与人员质检",
    ),
    besides=tuple,
)
def not_involved(
    question: Question, besides: tuple[str, ...] = ("quality_review",)
) -> bool | Unmet:
    """Who acts took no step on this ticket other than inspecting it, in whatever role. To be
    offered it, and not to take it, is none.
    """
    person = question.actor.id
    if question.case.took_part(person, besides=(*besides, *NO_WORK)):
        return not_involved.unmet(person=person)
    return True


@rule(
    "not_entered_by_self",
    holds=("who acts did not enter the ticket", "操作人未录入本工单"),
    otherwise=(
        "{person} entered or edited this ticket; somebody else must approve its intake",
        "{person} 登记或补录过本工单，须由他人审核",
    ),
    actions=tuple,
)
def not_entered_by_self(
    question: Question, actions: tuple[str, ...] = ("open", "edit", "reclassify")
) -> bool | Unmet:
    """Who acts did not enter, edit or reclassify this ticket's intake."""
    person = question.actor.id
    if question.case.took_part(person, actions=actions):
        return not_entered_by_self.unmet(person=person)
    return True
