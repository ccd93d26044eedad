"""会办 and 会诊: other departments and expert panels."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve

from workorder.errors import InvalidInput
from workorder.kernel.advance import advance, with_deed
from workorder.kernel.context import Context, Draft
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    CancelSubtask,
    ConcludePanel,
    ConvenePanel,
    FinishSubtask,
    GiveOpinion,
    OpenSubtask,
    OpinionGiven,
    Panel,
    PanelConcluded,
    PanelConvened,
    Subtask,
    SubtaskCancelled,
    SubtaskFinished,
    SubtaskOpened,
    Ticket,
)

PANEL = "panel"
"""The role under which sitting on a panel counts as having taken part."""

ASKED = "asked"
"""What such a person is remembered to have done: they were asked."""


def _number(draft: Draft[Any]) -> int:
    """The number of the event that is being made: unique within the ticket."""
    return draft.present.revision.events + 1


def open_subtask(draft: Draft[OpenSubtask]) -> tuple[SubtaskOpened, ...]:
    """Ask another department."""
    command = draft.command
    question = draft.seal("question", command.question)
    due = command.due or draft.until_if(draft.settings.subtask_limit)
    name = f"S{_number(draft)}"
    return (SubtaskOpened(draft.trace, draft.step, name, command.department, question, due),)


def finish_subtask(draft: Draft[FinishSubtask]) -> tuple[SubtaskFinished, ...]:
    """Answer for one's department: the named sub-task, or the only one it has."""
    department = draft.context.actor.department
    own = [task.id for task in draft.present.work.subtasks if task.department == department]
    name = draft.command.subtask or next(iter(own), None)
    if name is None:  # in a workflow that leaves out the rule subtask_open_in_own_dept
        raise InvalidInput("required", name="subtask")
    answer = draft.seal("answer", draft.command.answer)
    return (SubtaskFinished(draft.trace, draft.step, name, answer),)


def cancel_subtask(draft: Draft[CancelSubtask]) -> tuple[SubtaskCancelled, ...]:
    """The answer is not needed any more."""
    name = draft.given("subtask")
    return (SubtaskCancelled(draft.trace, draft.step, name, draft.reason()),)


def convene_panel(draft: Draft[ConvenePanel]) -> tuple[PanelConvened, ...]:
    """Ask a panel of experts."""
    command = draft.command
    question = draft.seal("question", command.question)
    due = command.due or draft.until_if(draft.settings.panel_limit)
    members = tuple(dict.fromkeys(command.members))
    name = f"P{_number(draft)}"
    return (PanelConvened(draft.trace, draft.step, name, members, question, due),)


def give_opinion(draft: Draft[GiveOpinion]) -> tuple[OpinionGiven, ...]:
    """Say what one thinks."""
    opinion = draft.seal("opinion", draft.command.opinion)
    return (OpinionGiven(draft.trace, draft.step, opinion),)


def conclude_panel(draft: Draft[ConcludePanel]) -> tuple[PanelConcluded, ...]:
    """Sum it up."""
    conclusion = draft.seal("conclusion", draft.command.conclusion)
    return (PanelConcluded(draft.trace, draft.step, conclusion),)


def check_due(
    _ticket: Ticket, command: OpenSubtask | ConvenePanel, context: Context
) -> Iterator[Unmet]:
    """A deadline lies ahead."""
    due: datetime | None = command.due
    if due is not None and due <= context.at:
        yield problem("due", "not_later", found=due, than=context.at)


def check_panel(ticket: Ticket, command: ConvenePanel, context: Context) -> Iterator[Unmet]:
    """A panel has members, and its deadline lies ahead."""
    if not command.members:
        yield problem("members", "required")
    yield from check_due(ticket, command, context)


def after_subtask_opened(ticket: Ticket, event: SubtaskOpened) -> Ticket:
    """One more department owes an answer."""
    task = Subtask(event.subtask, event.department, event.trace.actor, event.due)
    work = evolve(ticket.work, subtasks=(*ticket.work.subtasks, task))
    return advance(ticket, event, work=work)


def after_subtask_over(ticket: Ticket, event: SubtaskFinished | SubtaskCancelled) -> Ticket:
    """It owes none any more."""
    left = tuple(task for task in ticket.work.subtasks if task.id != event.subtask)
    return advance(ticket, event, work=evolve(ticket.work, subtasks=left))


def after_panel_convened(ticket: Ticket, event: PanelConvened) -> Ticket:
    """A panel sits."""
    panel = Panel(event.panel, event.members, event.due)
    after = advance(ticket, event, work=evolve(ticket.work, panel=panel))
    deeds = after.deeds
    for member in event.members:  # who was asked may read what about
        deeds = with_deed(deeds, member, PANEL, ASKED)
    return evolve(after, deeds=deeds)


def after_opinion(ticket: Ticket, event: OpinionGiven) -> Ticket:
    """One member has spoken."""
    panel = ticket.work.panel
    if panel is not None and event.trace.actor not in panel.opinions:
        panel = evolve(panel, opinions=(*panel.opinions, event.trace.actor))
    return advance(ticket, event, work=evolve(ticket.work, panel=panel))


def after_panel_concluded(ticket: Ticket, event: PanelConcluded) -> Ticket:
    """The panel is over."""
    return advance(ticket, event, work=evolve(ticket.work, panel=None))


DECIDERS: Mapping[type, Any] = {
    OpenSubtask: open_subtask,
    FinishSubtask: finish_subtask,
    CancelSubtask: cancel_subtask,
    ConvenePanel: convene_panel,
    GiveOpinion: give_opinion,
    ConcludePanel: conclude_panel,
}

EVOLVERS: Mapping[type, Any] = {
    SubtaskOpened: after_subtask_opened,
    SubtaskFinished: after_subtask_over,
    SubtaskCancelled: after_subtask_over,
    PanelConvened: after_panel_convened,
    OpinionGiven: after_opinion,
    PanelConcluded: after_panel_concluded,
}

CHECKS: Mapping[type, Any] = {OpenSubtask: check_due, ConvenePanel: check_panel}
