"""Steps of the bank's lifecycle, decided: with windows on the calendar, sealed texts and timers.

The other libraries carry the same table and guards. One object walks the same step over and over:
its state is put back before each, which costs next to nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from attrs import frozen
from transitions import MachineError

from benchmarks.bank import (
    AT_WORK,
    BANK,
    DISPATCHER,
    INTAKE,
    LI,
    ON_HOLD,
    OTHER,
    RESOLVED_AND_TOLD,
    REVIEWER,
    SUBMIT,
    TAKEN_IN,
    THREE_TIMERS,
    TO_THE_REVIEW,
    WITH_OTHERS,
    context,
    lived,
)
from benchmarks.bank_rivals import statemachine_bank, transitions_bank
from benchmarks.measuring import Run, in_turns
from benchmarks.people import accepted
from benchmarks.reporting import Line, Peer
from benchmarks.rivals import TransitionNotAllowed
from workorder.kernel import Passed, decide, evolve, pass_time
from workorder.refusals import Refusal
from workorder.ticket import Approve, Close, Command, Dispatch, Hold, Submit, Ticket
from workorder.workflow import Actor

SECTION = "The bank's lifecycle: steps"

LACKS = (
    "arguments that are checked, an event to keep, sealed texts, the next ticket (its object only "
    "changes its state), timers, windows counted on a calendar"
)
LACKS_REFUSED = "reasons: the first guard that fails ends it, and it does not say which"


@frozen
class Taken:
    """One step that is taken, or asked for in vain."""

    name: str
    life: Ticket
    command: Command
    actor: Actor
    unmet: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """A minute after the last event."""
        return self.life.times.last + timedelta(minutes=1)


def steps() -> tuple[Taken, ...]:
    """The steps that are measured."""
    at_work = lived(AT_WORK)[0]
    resolved = lived(RESOLVED_AND_TOLD)[0]
    untold = lived(RESOLVED_AND_TOLD[:-1])[0]
    blocked = ("is_assignee", "resolution_given", "no_open_subtask", "no_open_panel")
    return (
        Taken("dispatch", lived(TAKEN_IN)[0], Dispatch("li", "cards"), DISPATCHER),
        Taken("hold, its end on the calendar", at_work, Hold("waiting_for_customer"), LI),
        Taken("submit, a text sealed", at_work, SUBMIT, LI),
        Taken("approve, a quiet period", lived(TO_THE_REVIEW)[0], Approve(), REVIEWER),
        Taken("close, three windows", resolved, Close(), INTAKE),
        Taken("submit, refused by four rules", lived(WITH_OTHERS)[0], Submit(), OTHER, blocked),
        Taken("close, customer not told", untold, Close(), INTAKE, ("informed_if_required",)),
        Taken("dispatch on hold, impossible", lived(ON_HOLD)[0], Dispatch("gao"), DISPATCHER),
    )


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (5, 0.01) if quick else (21, 0.03)
    return [*(_line(each, rounds, seconds) for each in steps()), *_time(rounds, seconds)]


def _line(step: Taken, rounds: int, seconds: float) -> Line:
    ticket, command, around = step.life, step.command, context(step.actor, step.at)
    verdict = decide(ticket, command, around)
    refused = isinstance(verdict, Refusal)
    if isinstance(verdict, Refusal):
        assert tuple(each.name for each in verdict.unmet) == step.unmet
    name, given = command.action, command.arguments()
    evaluate = BANK.workflow.evaluate

    def decided() -> None:
        decide(ticket, command, around)

    def evolved() -> None:
        after = ticket
        for event in accepted(decide(ticket, command, around)).events:
            after = evolve(after, event)

    def evaluated() -> None:
        evaluate(ticket, name, actor=step.actor, at=step.at, arguments=given)

    ours = {"evaluate": evaluated, "decide": decided}
    whole = "decide" if refused else "evolve"
    if not refused:
        ours["evolve"] = evolved
    rivals = _rivals(step, None if refused else _state_after(step))
    runs: Mapping[str, Run] = {each: _repeated(do) for each, do in {**ours, **rivals}.items()}
    taken = in_turns(runs, rounds=rounds, seconds=seconds)
    lacks = LACKS_REFUSED if refused else LACKS
    peers = tuple(
        Peer(other, 1 / taken.typical(other), *taken.times_as_fast(whole, other), lacks)
        for other in rivals
    )
    note = ", ".join(f"{each} {taken.typical(each) * 1e6:.1f} us" for each in ours)
    ratios = (f"{taken.times_as_fast('evaluate', other)[0]:.1f}" for other in rivals)
    note += f"; evaluate alone {' and '.join(ratios)} times as fast as the others."
    value = 1 / taken.typical(whole)
    title = step.name if refused else f"{step.name}: decide, evolve"
    return Line(SECTION, title, value, "/s", None, peers, note)


def _state_after(step: Taken) -> str:
    (event, *_) = accepted(decide(step.life, step.command, context(step.actor, step.at))).events
    return event.step.to_state


def _rivals(step: Taken, after: str | None) -> Mapping[str, Callable[[], None]]:
    """The same step by the others; *after* is where it must lead, nowhere if ``None``."""
    name, before = step.command.action, step.life.state
    order, _ = transitions_bank(step.life)
    walked, chart = statemachine_bank(step.life)
    for each in (order, walked):
        each.asked(step.actor, step.at, **step.command.arguments())
    moved = getattr(order, name)
    send = getattr(chart, name)

    def by_transitions() -> None:
        order.state = before
        try:
            moved()
        except MachineError:
            return

    def by_statemachine() -> None:
        chart.current_state_value = before
        try:
            send()
        except TransitionNotAllowed:
            return

    by_transitions()
    by_statemachine()
    assert order.state == walked.state == (before if after is None else after)
    return {"transitions": by_transitions, "python-statemachine": by_statemachine}


def _repeated(work: Callable[[], object]) -> Run:
    def run(number: int) -> None:
        for _ in range(number):
            work()

    return run


# --- time -------------------------------------------------------------------------------------


def _time(rounds: int, seconds: float) -> list[Line]:
    ticket, _ = lived(THREE_TIMERS)
    plain, _ = lived(AT_WORK)
    early = context(INTAKE, ticket.times.last + timedelta(minutes=1))
    late = context(INTAKE, ticket.times.last + timedelta(days=40))
    assert pass_time(ticket, early) == Passed(ticket)
    assert pass_time(plain, early) == Passed(plain)
    assert len(pass_time(ticket, late).fired) == len(ticket.timers) == 3
    works = {
        "no timers": lambda: pass_time(plain, early),
        "nothing due": lambda: pass_time(ticket, early),
        "three due": lambda: pass_time(ticket, late),
    }
    taken = in_turns(
        {name: _repeated(do) for name, do in works.items()}, rounds=rounds, seconds=seconds
    )
    notes = {
        "no timers": "What every command and every reading pays for time.",
        "nothing due": "Three timers are set, and none of them is due.",
        "three due": "Two sub-tasks that are late, and a hold that ends: three decisions, each at "
        "its own instant, and the ticket after them.",
    }
    return [
        Line(SECTION, f"pass_time, {name}", taken.typical(name) * 1e6, "us", None, (), note)
        for name, note in notes.items()
    ]
