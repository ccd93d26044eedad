"""Time: what a ticket's timers do, before anything else happens to it.

A timer acts at its own instant, as the system, by an action of the workflow like anybody
else's. So it does not matter when somebody looks: whether timers are run every minute, once
a day, or only because a command comes in, the same things happened at the same instants.
"""

from collections.abc import Callable, Mapping

from attrs import evolve as changed
from attrs import frozen

from workorder.clocks import REACH_MARK
from workorder.kernel.barring import bar
from workorder.kernel.clocks import reach
from workorder.kernel.context import Context, Notice
from workorder.kernel.decide import decide
from workorder.kernel.evolve import evolve
from workorder.kernel.mark_notices import mark_told
from workorder.kernel.searching import lapse, look_again
from workorder.kernel.timers import LAPSE_OFFER, SEARCH
from workorder.refusals import Refusal
from workorder.ticket import (
    Archive,
    Close,
    Command,
    Escalate,
    Event,
    MarkOverdue,
    Resume,
    Ticket,
    Timer,
    TimerLapsed,
    Trace,
)
from workorder.workflow import Actor, Step
from workorder.workflow.roles import SYSTEM_ROLE

SYSTEM = Actor("system", SYSTEM_ROLE)
"""Who acts when time does."""

_LAPSES = frozenset(
    {
        "rules",
        "wrong_state",
        "not_permitted",
        "invalid_arguments",
    }
)
"""Refusals after which time gives up; after any other (a state or an event that this rulebook does
not know) it waits for a rulebook that does."""

_UNKNOWN = frozenset({"unknown_action", "unknown_role"})
"""What a ticket's own rulebook does not have, nobody has; what another one lacks, its own may."""


@frozen
class Fired:
    """One timer that did something, or was refused.

    Attributes:
        timer: the timer.
        events: what it brought about.
        notices: whom to tell; none, when it is too late for that.
        refusal: why it did nothing, if it did not.
    """

    timer: Timer
    events: tuple[Event, ...]
    notices: tuple[Notice, ...] = ()
    refusal: Refusal | None = None


@frozen
class Passed:
    """What time did to a ticket.

    Attributes:
        ticket: the ticket afterwards.
        fired: the timers that fired, in order.
        stuck: why no more could be done, if so: the rulebook does not know the ticket's state or
            one of its events. Nothing is lost; a rulebook that does will go on.
    """

    ticket: Ticket
    fired: tuple[Fired, ...] = ()
    stuck: Refusal | None = None


def next_timer(ticket: Ticket) -> Timer | None:
    """The timer that is due first; of several at one instant the one set first."""
    return min(ticket.timers, key=lambda timer: timer.at, default=None)


def pass_time(ticket: Ticket, context: Context) -> Passed:
    """Apply every timer of *ticket* that is due at or before the instant of *context*, in order,
    each at its own instant.

    Pure. The events carry one version, so that they make one batch, alone or with the command
    that comes after them.

    Args:
        ticket: as it stands.
        context: up to when (``at``), and under which rulebook; who asks does not matter, time
            acts as :data:`SYSTEM`.

    Returns:
        The ticket afterwards, each timer that fired or was refused, and what held time up.
    """
    timer = next_timer(ticket)
    until = max(context.at, ticket.times.last)  # a clock that is behind is raised, as for commands
    if timer is None or timer.at > until:
        return Passed(ticket)
    barred = bar(ticket, until, context.rulebook)
    version = ticket.revision.version + 1
    fired: list[Fired] = []
    while barred is None and timer is not None and timer.at <= until:
        done = _fire(ticket, timer, context, version)
        if isinstance(done, Refusal):
            barred = done
            break
        for event in done.events:
            ticket = evolve(ticket, event)
        if timer in ticket.timers:  # in a workflow where that leads nowhere: once is enough
            lapsed = _lapsed(ticket, timer, context, version, "unchanged")
            done = changed(done, events=(*done.events, lapsed))
            ticket = evolve(ticket, lapsed)
        fired.append(done)
        timer = next_timer(ticket)
    return Passed(ticket, tuple(fired), barred)


def _fire(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
    """What *timer* does; a refusal when that cannot be told by this rulebook."""
    if timer.action == REACH_MARK:
        return _reached(ticket, timer, context, version)
    if timer.action in _SEARCHING:
        return _searched(ticket, timer, context, version)
    rulebook = context.rulebook
    if timer.about is None and timer.action not in _PLAIN:  # a later version set it
        facts = {"action": timer.action, "similar": tuple(_PLAIN)}
        return Refusal("unknown_action", facts=facts)
    at = max(timer.at, ticket.times.last)
    now = changed(
        context, actor=SYSTEM, at=at, now=context.at, command_id=timer.id, version=version
    )
    outcome = decide(ticket, _command(timer), now)
    if not isinstance(outcome, Refusal):
        late = context.at - timer.at > rulebook.late_notice
        return Fired(timer, outcome.events, () if late else outcome.notices)
    own = ticket.origin.rulebook == rulebook.digest
    # A rule that raised says nothing about the ticket: it is mended, and tried again.
    broken = any(each.code == "rule_error" for each in outcome.unmet)
    given_up = outcome.code in _LAPSES or (own and outcome.code in _UNKNOWN)
    final = given_up and not broken
    if not final or ticket.state not in rulebook.workflow.compiled.states:
        return outcome
    unmet = tuple(each.name for each in outcome.unmet)
    lapsed = _lapsed(ticket, timer, context, version, outcome.code, unmet)
    return Fired(timer, (lapsed,), (), outcome)


def _reached(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
    """That a clock has reached a mark: noted in any state, and told as its ladder says."""
    rulebook = context.rulebook
    state = rulebook.workflow.compiled.states.get(ticket.state)
    if state is None:
        return Refusal("unknown_state", facts={"state": ticket.state})
    at = max(timer.at, ticket.times.last)
    trace = Trace(SYSTEM.id, None, version, at, context.at, timer.id, rulebook.digest)
    step = Step(REACH_MARK, SYSTEM_ROLE, state.name, state.name, state.category, state.resolved)
    event = reach(ticket, timer.about or "", trace, step, rulebook)
    told = mark_told(ticket, event, rulebook)
    if told is None:
        return Fired(timer, (event,))
    events: tuple[Event, ...] = (event,)
    notices = told.notices
    if told.mark.escalates:  # late or not: what happens never depends on when somebody looks
        now = changed(
            context, actor=SYSTEM, at=at, now=context.at, command_id=timer.id, version=version
        )
        outcome = decide(evolve(ticket, event), Escalate(), now)
        if not isinstance(outcome, Refusal):  # there is no level left, or nobody up there
            events = (event, *outcome.events)
            notices = (*notices, *outcome.notices)
    late = context.at - timer.at > rulebook.late_notice
    return Fired(timer, events, () if late else notices)


def _searched(ticket: Ticket, timer: Timer, context: Context, version: int) -> Fired | Refusal:
    """What time does to the search for somebody, in any state."""
    rulebook = context.rulebook
    state = rulebook.workflow.compiled.states.get(ticket.state)
    if state is None:
        return Refusal("unknown_state", facts={"state": ticket.state})
    at = max(timer.at, ticket.times.last)
    trace = Trace(SYSTEM.id, None, version, at, context.at, timer.id, rulebook.digest)
    step = Step(timer.action, SYSTEM_ROLE, state.name, state.name, state.category, state.resolved)
    return Fired(timer, (_SEARCHING[timer.action](ticket, trace, step),))


_SEARCHING: Mapping[str, Callable[[Ticket, Trace, Step], Event]] = {
    LAPSE_OFFER: lapse,
    SEARCH: look_again,
}


def _lapsed(
    ticket: Ticket,
    timer: Timer,
    context: Context,
    version: int,
    code: str,
    unmet: tuple[str, ...] = (),
) -> TimerLapsed:
    """That time gives *timer* up, and why."""
    rulebook = context.rulebook
    at = max(timer.at, ticket.times.last)
    trace = Trace(SYSTEM.id, None, version, at, context.at, timer.id, rulebook.digest)
    state = rulebook.workflow.compiled.states[ticket.state]
    step = Step(timer.action, SYSTEM_ROLE, state.name, state.name, state.category, state.resolved)
    return TimerLapsed(trace, step, timer.id, timer.at, code, timer.about, unmet)


_PLAIN: Mapping[str, type[Command]] = {"close": Close, "archive": Archive, "resume": Resume}


def _command(timer: Timer) -> Command:
    if timer.about is not None:
        return MarkOverdue(timer.about)
    return _PLAIN[timer.action]()
