"""Moving a ticket from rulebook to rulebook: an event of its own, which says all that follows.

It is no step of the ticket's life. Nobody worked on it, it was not concluded, and it is in its
state for as long as before, whatever that state is called now. So :func:`after_changed` leaves
deeds and times as they are, which :func:`~workorder.kernel.advance.advance` would not.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve

from workorder.kernel.advance import led, taken_over
from workorder.kernel.barring import bar
from workorder.kernel.clocks import moved
from workorder.kernel.context import Context, Decided
from workorder.kernel.timers import timers_after
from workorder.kernel.windows import NEXT, time_may
from workorder.refusals import Refusal, problem
from workorder.rulebook import Plan, Rulebook, verdict
from workorder.ticket import Revision, RulebookChanged, Ticket, Trace, Windows
from workorder.ticket.work import OnHold
from workorder.workflow import ENDED, NO_LIMIT, State, Step
from workorder.workflow.roles import SYSTEM_ROLE

ACTION = "change_rulebook"
"""What the step of a move is called."""


def change_rulebook(
    ticket: Ticket, old: Rulebook | None, new: Rulebook, plan: Plan, context: Context
) -> Decided | Refusal:
    """Move *ticket* from *old* to *new*, if :func:`~workorder.rulebook.verdict` says it is safe.

    Pure, as :func:`~workorder.kernel.decide`. No row of a workflow allows this: who may do it is
    for whoever calls.

    Args:
        ticket: as it stands, after time has done its part.
        old: the rulebook that it goes by; ``None`` where that is not at hand.
        new: the one that it is to go by.
        plan: what becomes of states that are gone, and of what was promised.
        context: who asks, and when.

    Returns:
        :class:`Decided` with one event, or a refusal: ``rulebook_change`` with every reason, or
        what stands in the way of everything (``opaque_history``, ``clock_skew``).
    """
    barred = bar(ticket, context.at, old) if old is not None else None
    if barred is not None:
        return barred
    found = verdict(ticket, old, new, plan)
    reasons = (problem("rulebook", "already_there"),) if found.there else found.reasons
    if old is None or reasons or found.to_state is None:
        label = f"{new.name} {new.version}"
        return Refusal("rulebook_change", reasons, facts={"rulebook": label})
    at = max(context.at, ticket.times.last)
    version = context.version or ticket.revision.version + 1
    state = new.workflow.state_by_name[found.to_state]
    step = Step(ACTION, SYSTEM_ROLE, ticket.state, state.name, state.category, state.resolved)
    promised: dict[str, datetime | None] = {}
    hold_until = ticket.work.hold.until if ticket.work.hold is not None else None
    if plan.windows == "restart":
        promised = dict(_promised(ticket, state, new))
        hold_until = _held_until(ticket.work.hold, old, new)
    limit = _limit(ticket, new, at)
    if limit is not None and _taken_on(ticket, step):
        promised["due"] = limit
    if ticket.is_led and new.sla is not None:  # it is that of a clock
        promised.pop("due", None)
    event = RulebookChanged(
        Trace(
            context.actor.id,
            context.actor.department,
            version,
            at,
            context.now or context.at,
            context.command_id,
            new.digest,
        ),
        step,
        new.digest,
        new.name,
        new.version,
        old.digest,
        plan.windows,
        tuple(
            name
            for name, until in promised.items()
            if until is None and getattr(ticket.windows, name) is not None
        ),
        found.before_hold,
        hold_until,
        found.before_merge,
        promises={name: until for name, until in promised.items() if until is not None},
        clocks=moved(ticket, new, at, restart=plan.windows == "restart"),
    )
    return Decided((event,))


def _promised(ticket: Ticket, state: State, new: Rulebook) -> Iterator[tuple[str, datetime | None]]:
    """What is promised in *state* by the settings of *new*, reckoned from when the ticket came
    there; ``None`` for what is promised no more. An extended limit is not touched.
    """
    settings, since = new.workflow.settings, ticket.times.state_since
    accepted = ticket.times.accepted
    if state.category not in ENDED and accepted is not None and not ticket.counts.extensions:
        yield "due", _limit(ticket, new, accepted)
    if state.category == "closed":
        reopen = _until(new, since, settings.reopen_window)
        archives = reopen is not None and time_may(new, "archive", state.name)
        yield "reopen_until", reopen
        yield "archive_from", reopen + NEXT if reopen is not None and archives else None
    elif state.resolved and state.category not in ENDED:
        closes = time_may(new, "close", state.name)
        yield "close_from", _until(new, since, settings.auto_close_after) if closes else None
    told = ticket.windows.told.get("decision")
    if state.category == "closed" or (state.resolved and told is not None):
        yield "appeal_until", _until(new, told or since, settings.appeal_window)


def _limit(ticket: Ticket, new: Rulebook, since: datetime) -> datetime | None:
    """When the time limit of the ticket ends."""
    return _until(new, since, new.workflow.settings.time_limits.get(ticket.type))


def _taken_on(ticket: Ticket, step: Step) -> bool:
    """Whether the move brings a ticket that nobody has taken on yet into an open state."""
    return step.moved and step.category == "open" and ticket.times.accepted is None


def _held_until(hold: OnHold | None, old: Rulebook, new: Rulebook) -> datetime | None:
    """When a hold ends by itself, by the settings of *new*, unless somebody chose its end."""
    if hold is None:
        return None
    if hold.until != _longest(hold, old):
        return hold.until
    return _longest(hold, new)


def _longest(hold: OnHold, rulebook: Rulebook) -> datetime | None:
    reason = rulebook.workflow.settings.hold_reason(hold.reason)
    longest = None if reason is None or reason.longest == NO_LIMIT else reason.longest
    return _until(rulebook, hold.since, longest)


def _until(rulebook: Rulebook, since: datetime, duration: Any) -> datetime | None:
    return None if duration is None else rulebook.until(since, duration)


def after_changed(ticket: Ticket, event: RulebookChanged) -> Ticket:
    """It goes by another rulebook, in the state that stands for the one it was in."""
    trace, step, work, links = event.trace, event.step, ticket.work, ticket.links
    if work.hold is not None:
        before = event.before_hold or work.hold.before
        work = evolve(work, hold=evolve(work.hold, before=before, until=event.hold_until))
    if links.before_merge is not None:
        links = evolve(links, before_merge=event.before_merge or links.before_merge)
    windows = _windows(ticket.windows, event)
    clocks = taken_over(ticket.clocks, event.clocks) if event.clocks else ticket.clocks
    if event.clocks:
        windows = led(windows, ticket.clocks, event.clocks)
    at, times = trace.occurred_at, ticket.times
    accepted = at if _taken_on(ticket, step) else times.accepted
    sequence = ticket.revision.events + 1
    return evolve(
        ticket,
        state=step.to_state,
        revision=Revision(trace.version, sequence),
        origin=evolve(ticket.origin, rulebook=event.rulebook),
        times=evolve(times, last=at, accepted=accepted),
        work=work,
        windows=windows,
        links=links,
        timers=timers_after(ticket.timers, step, work, windows, sequence, event.clocks),
        clocks=clocks,
    )


_WINDOWS = frozenset({"due", "close_from", "reopen_until", "archive_from", "appeal_until"})


def _windows(windows: Windows, event: RulebookChanged) -> Windows:
    """*windows* with what the event promises and lifts; names of later versions are let be."""
    told: Mapping[str, datetime | None] = {**dict.fromkeys(event.lifted), **event.promises}
    known: dict[str, Any] = {name: at for name, at in told.items() if name in _WINDOWS}
    return evolve(windows, **known) if known else windows


EVOLVERS: Mapping[type, Any] = {RulebookChanged: after_changed}
