"""Sub-tasks of other departments (会办) and expert panels (会诊)."""

from collections.abc import Mapping
from typing import Any

from workorder.refusals import Unmet
from workorder.workflow.rules import Question, rule
from workorder.workflow.standard_rules.people import conflict, named


def _open_subtasks(question: Question) -> Mapping[str, Any]:
    """The open sub-tasks: id → department."""
    found = question.case.value("open_subtasks")
    return found if isinstance(found, Mapping) else {}


@rule(
    "no_open_subtask",
    holds=("every sub-task is finished", "会办均已完成"),
    otherwise=("sub-tasks are still open: {open}", "会办尚未完成：{open}"),
)
def no_open_subtask(question: Question) -> bool | Unmet:
    """Every sub-task (会办) is finished or cancelled."""
    found = _open_subtasks(question)
    said = tuple(f"{name} ({department})" for name, department in found.items())
    return not found or no_open_subtask.unmet(open=said)


@rule(
    "subtask_open",
    holds=("the named sub-task is open", "所指会办未完成"),
    otherwise=("no such sub-task is open; open: {open}", "没有此未完成的会办；未完成：{open}"),
    needs=("subtask",),
)
def subtask_open(question: Question) -> bool | Unmet:
    """The named sub-task is open."""
    found = _open_subtasks(question)
    return question.arguments.get("subtask") in [*found] or subtask_open.unmet(open=tuple(found))


@rule(
    "subtask_open_in_own_dept",
    holds=("a sub-task of one's own department is open", "本部门有未完成的会办"),
    otherwise=(
        "no such sub-task of the department {department} is open; open there: {open}",
        "{department} 没有此未完成的会办；该部门未完成：{open}",
    ),
)
def subtask_open_in_own_dept(question: Question) -> bool | Unmet:
    """A sub-task of the acting person's department is open: the named one, if one is named, and
    one must be named when there are several.
    """
    department = question.actor.department
    own = [
        name
        for name, with_whom in _open_subtasks(question).items()
        if department is not None and with_whom == department
    ]
    named = question.arguments.get("subtask")
    if named in own or (named is None and len(own) == 1):
        return True
    if named is None and own and not question.arguments:
        return True  # asked beforehand: which one, is said with the answer
    return subtask_open_in_own_dept.unmet(department=department, open=tuple(own))


@rule(
    "no_open_panel",
    holds=("no expert panel is open", "没有进行中的会诊"),
    otherwise=("an expert panel is open: {members}", "会诊进行中：{members}"),
)
def no_open_panel(question: Question) -> bool | Unmet:
    """No expert panel is open."""
    members = question.case.value("panel_members")
    return members is None or no_open_panel.unmet(members=members)


@rule(
    "panel_open",
    holds=("an expert panel is open", "会诊进行中"),
    otherwise=("no expert panel is open; convene one first", "没有进行中的会诊；请先发起"),
)
def panel_open(question: Question) -> bool:
    """An expert panel is open."""
    return question.case.value("panel_members") is not None


@rule(
    "is_panel_member",
    holds=("who acts is a member of the open panel", "操作人为会诊成员"),
    otherwise=(
        "only members of the open panel give an opinion ({members}), and only without a conflict",
        "仅会诊成员可提交意见（{members}），且不得有利益冲突",
    ),
)
def is_panel_member(question: Question) -> bool | Unmet:
    """Who acts is a member of the open panel and has no conflict of interest."""
    members = question.case.value("panel_members")
    person = question.actor.id
    if person in named(members) and conflict(question, person) is None:
        return True
    return is_panel_member.unmet(members=members)
