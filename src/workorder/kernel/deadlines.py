"""Deadlines: longer ones, and what follows when they pass."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from workorder.errors import InvalidInput
from workorder.instants import instant_text
from workorder.kernel.advance import advance
from workorder.kernel.clocks import extension_limit
from workorder.kernel.context import Context, Draft, Notice
from workorder.refusals import Unmet, problem
from workorder.ticket import (
    ApproveExtension,
    Escalate,
    Escalated,
    Extension,
    ExtensionApproved,
    ExtensionRejected,
    ExtensionRequested,
    MarkedOverdue,
    MarkOverdue,
    Panel,
    RejectExtension,
    RequestExtension,
    Subtask,
    Ticket,
    TimerLapsed,
    Work,
)

STEP = "approve_extension"


def request_extension(draft: Draft[RequestExtension]) -> tuple[ExtensionRequested, ...]:
    """Ask for more time."""
    until = draft.command.until
    return (ExtensionRequested(draft.trace, draft.step, until, draft.reason()),)


def approve_extension(draft: Draft[ApproveExtension]) -> tuple[ExtensionApproved, ...]:
    """Grant it; the last of a chain of approvals grants it for good."""
    ticket = draft.present
    asked = _waiting(ticket)
    ranks = draft.settings.ranks(STEP, ticket)
    last = len(ticket.work.approvals.get(STEP, ())) + 1 >= len(ranks)
    note = draft.seal_given("note", draft.command.note)
    return (ExtensionApproved(draft.trace, draft.step, asked.until, last, note),)


def reject_extension(draft: Draft[RejectExtension]) -> tuple[ExtensionRejected, ...]:
    """Do not grant it."""
    return (ExtensionRejected(draft.trace, draft.step, draft.reason()),)


def escalate(draft: Draft[Escalate]) -> tuple[Escalated, ...]:
    """Let a higher level know."""
    level = draft.present.counts.escalations + 1
    reason = draft.seal_given("reason", draft.command.reason)
    return (Escalated(draft.trace, draft.step, level, reason),)


def mark_overdue(draft: Draft[MarkOverdue]) -> tuple[MarkedOverdue, ...]:
    """A sub-task or panel is late; whoever is to know is told."""
    about = draft.command.about
    late = _about(draft.present.work, about)
    if late is None or late.due is None:
        raise InvalidInput("required", name="about")
    department = late.department if isinstance(late, Subtask) else None
    body = {"about": about, "department": department, "due": instant_text(late.due)}
    draft.notices.append(Notice("ticket.overdue", draft.present.id, body))
    return (MarkedOverdue(draft.trace, draft.step, about, late.due, department),)


def _waiting(ticket: Ticket) -> Extension:
    if ticket.work.extension is None:  # in a workflow that leaves out the rule extension_open
        raise InvalidInput("required", name="extension")
    return ticket.work.extension


def _about(work: Work, name: str) -> Subtask | Panel | None:
    """The open sub-task or panel of that name."""
    panel = () if work.panel is None else (work.panel,)
    return next((each for each in (*work.subtasks, *panel) if each.id == name), None)


def check_until(ticket: Ticket, command: RequestExtension, context: Context) -> Iterator[Unmet]:
    """A longer time limit ends later than the present one, and lies ahead."""
    due = ticket.windows.due
    than = context.at if due is None else max(context.at, due)
    if command.until <= than:
        yield problem("until", "not_later", found=command.until, than=than)
    longest = context.rulebook.workflow.settings.longest_extension
    if longest is not None:
        limit = context.rulebook.until(than, longest)
        if command.until > limit:
            yield problem("until", "beyond_limit", found=command.until, limit=limit)
            return
    allowed = extension_limit(ticket, context.rulebook, context.at)
    if allowed is not None and command.until > allowed:
        yield problem("until", "beyond_limit", found=command.until, limit=allowed)


def check_about(ticket: Ticket, command: MarkOverdue, context: Context) -> Iterator[Unmet]:
    """What is late is open, has a deadline that has passed, and was not recorded already."""
    late = _about(ticket.work, command.about)
    if late is None or late.due is None or late.overdue:
        known = tuple(each.id for each in ticket.work.subtasks if not each.overdue)
        yield problem("about", "not_a_choice", found=command.about, choices=known)
    elif late.due > context.at:
        yield problem("about", "in_future", found=late.due)


def after_requested(ticket: Ticket, event: ExtensionRequested) -> Ticket:
    """An extension waits for a decision."""
    asked = Extension(event.until, event.trace.actor)
    return advance(ticket, event, work=_decided(ticket.work, asked))


def after_approved(ticket: Ticket, event: ExtensionApproved) -> Ticket:
    """One more person agrees; after the last, the extension waits for the customer to be told."""
    work, counts = ticket.work, ticket.counts
    if not event.last:
        agreed = (*work.approvals.get(STEP, ()), event.trace.actor)
        work = evolve(work, approvals={**work.approvals, STEP: agreed})
    elif work.extension is not None:
        granted = evolve(work.extension, granted=event.trace.occurred_at)
        work = _decided(work, granted)
        counts = evolve(counts, extensions=counts.extensions + 1)
    return advance(ticket, event, work=work, counts=counts)


def after_rejected(ticket: Ticket, event: ExtensionRejected) -> Ticket:
    """None waits any more."""
    return advance(ticket, event, work=_decided(ticket.work, None))


def _decided(work: Work, extension: Extension | None) -> Work:
    """The extension as it stands now; earlier approvals count no more."""
    approvals = {step: who for step, who in work.approvals.items() if step != STEP}
    return evolve(work, extension=extension, approvals=approvals)


def after_escalated(ticket: Ticket, event: Escalated) -> Ticket:
    """Escalated once more."""
    return advance(ticket, event, counts=evolve(ticket.counts, escalations=event.level))


def after_marked(ticket: Ticket, event: MarkedOverdue) -> Ticket:
    """It is recorded that it is late."""
    return advance(ticket, event, work=_marked(ticket.work, event.about))


def _marked(work: Work, about: str | None) -> Work:
    subtasks = tuple(
        evolve(each, overdue=True) if each.id == about else each for each in work.subtasks
    )
    panel = work.panel
    if panel is not None and panel.id == about:
        panel = evolve(panel, overdue=True)
    return evolve(work, subtasks=subtasks, panel=panel)


def after_lapsed(ticket: Ticket, event: TimerLapsed) -> Ticket:
    """Time gives up what it was refused; people may still do it."""
    work, windows = ticket.work, ticket.windows
    match event.step.action:
        case "close":
            windows = evolve(windows, close_from=None)
        case "archive":
            windows = evolve(windows, archive_from=None)
        case "resume" if work.hold is not None:
            work = evolve(work, hold=evolve(work.hold, until=None))
        case _:
            work = _marked(work, event.about)
    return advance(ticket, event, work=work, windows=windows)


DECIDERS: Mapping[type, Any] = {
    RequestExtension: request_extension,
    ApproveExtension: approve_extension,
    RejectExtension: reject_extension,
    Escalate: escalate,
    MarkOverdue: mark_overdue,
}

EVOLVERS: Mapping[type, Any] = {
    ExtensionRequested: after_requested,
    ExtensionApproved: after_approved,
    ExtensionRejected: after_rejected,
    Escalated: after_escalated,
    MarkedOverdue: after_marked,
    TimerLapsed: after_lapsed,
}

CHECKS: Mapping[type, Any] = {
    RequestExtension: check_until,
    MarkOverdue: check_about,
}
