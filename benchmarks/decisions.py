"""Deciding one step: role, two rules, arguments, event; accepted and refused.

Everybody walks the same circle: submit the work (two rules), send it back (two rules).
"""

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.measuring import Rounds, Run, in_turns
from benchmarks.people import (
    BOSS,
    DISPATCH,
    LI,
    NOON,
    RETURN,
    SUBMIT,
    TO_WORK,
    accepted,
    context,
    lived,
)
from benchmarks.reporting import Line, Peer
from benchmarks.rivals import (
    NoTransition,
    StatemachineWork,
    TransitionNotAllowed,
    Work,
    automat_factory,
    transitions_work,
)
from workorder import Actor, PlainCase, Refusal, Submit, Ticket, basic
from workorder.kernel import decide, evolve
from workorder.workflow import Permitted

SECTION = "Deciding one step"

RESOLUTION = SUBMIT.resolution or ""
REASON = RETURN.reason or ""
CIRCLE = ["resolved", "in_progress", "resolved", "in_progress"]

LACKS = {
    "transitions": (
        "roles, kinds and limits of arguments, an event to keep; it stops at the first guard that "
        "fails and does not say which; it changes its object in place"
    ),
    "python-statemachine": (
        "roles, kinds and limits of arguments, an event to keep; it stops at the first guard that "
        "fails and does not say which; one machine object per ticket, changed in place"
    ),
    "automat": (
        "guards of any kind, roles, arguments that are checked, reasons, an event to keep; "
        "it is a bare table from state and input to the next state"
    ),
}

IN_PROGRESS, _ = lived(TO_WORK)
BY_LI, BY_BOSS = context(LI, 10), context(BOSS, 11)
RESOLVED = evolve(IN_PROGRESS, accepted(decide(IN_PROGRESS, SUBMIT, BY_LI)).events[0])
ACCEPTED, _ = lived(())
WORKFLOW = basic().workflow


def case(ticket: Ticket) -> PlainCase:
    """The ticket as a host's own row would give it."""
    return PlainCase(
        ticket.state,
        ticket.type,
        ticket.assignee,
        ticket.department,
        ticket.customer,
        ticket.deeds,
    )


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    walked_alike()
    rounds, seconds = (7, 0.02) if quick else (31, 0.05)
    yes = in_turns(yes_contestants(), rounds=rounds, seconds=seconds)
    walked_alike()
    no = in_turns(no_contestants(), rounds=rounds, seconds=seconds)
    walked_alike()
    return [
        _line("decide, accepted (a sealed text each)", "decide", yes, 500_000),
        _line("decide, accepted (nothing to seal)", "decide, plain", yes, 500_000),
        _line("decide and evolve", "decide, evolve", yes, 200_000),
        _line("workflow.evaluate alone, on a plain case", "evaluate", yes, None),
        _line("decide, refused by two rules", "decide", no, 500_000),
        _line("workflow.evaluate alone, refused by two rules", "evaluate", no, None),
    ]


def _line(title: str, name: str, rounds: Rounds, target: float | None) -> Line:
    peers = [
        Peer(other, 1 / rounds.typical(other), *rounds.times_as_fast(name, other), lacks)
        for other, lacks in LACKS.items()
    ]
    return Line(SECTION, title, 1 / rounds.typical(name), "/s", target, tuple(peers))


def yes_contestants() -> Mapping[str, Run]:
    """One operation is one accepted step."""
    resolved, in_progress = case(RESOLVED), case(IN_PROGRESS)
    submitted, returned = SUBMIT.arguments(), RETURN.arguments()
    work, machine, automaton = transitions_work(), StatemachineWork(), automat_factory()(Work())

    def decided() -> None:
        decide(IN_PROGRESS, SUBMIT, BY_LI)
        decide(RESOLVED, RETURN, BY_BOSS)

    def decided_plain() -> None:
        decide(ACCEPTED, DISPATCH, BY_BOSS)
        decide(ACCEPTED, DISPATCH, BY_BOSS)

    def evolved() -> None:
        evolve(IN_PROGRESS, accepted(decide(IN_PROGRESS, SUBMIT, BY_LI)).events[0])
        evolve(RESOLVED, accepted(decide(RESOLVED, RETURN, BY_BOSS)).events[0])

    def evaluated() -> None:
        WORKFLOW.evaluate(in_progress, "submit", actor=LI, at=NOON, arguments=submitted)
        WORKFLOW.evaluate(resolved, "return_for_rework", actor=BOSS, at=NOON, arguments=returned)

    def moved_by(machine: Any) -> Callable[[], None]:
        def moved() -> None:
            machine.submit(actor="li", resolution=RESOLUTION)
            machine.return_for_rework(actor="zhao", reason=REASON)

        return moved

    return {
        "decide": pairs(decided),
        "decide, plain": pairs(decided_plain),
        "decide, evolve": pairs(evolved),
        "evaluate": pairs(evaluated),
        "transitions": pairs(moved_by(work)),
        "python-statemachine": pairs(moved_by(machine)),
        "automat": pairs(moved_by(automaton)),
    }


def no_contestants() -> Mapping[str, Run]:
    """One operation is one refused step: by somebody else, and without a resolution."""
    in_progress = case(IN_PROGRESS)
    empty = Submit()
    other = Actor("wang", "handler", "cards")
    by_other = context(other, 10)
    verdict = decide(IN_PROGRESS, empty, by_other)
    assert isinstance(verdict, Refusal)
    assert [unmet.name for unmet in verdict.unmet] == ["is_assignee", "resolution_given"]

    def decided() -> None:
        for _ in range(2):
            decide(IN_PROGRESS, empty, by_other)

    def evaluated() -> None:
        for _ in range(2):
            WORKFLOW.evaluate(in_progress, "submit", actor=other, at=NOON)

    return {"decide": pairs(decided), "evaluate": pairs(evaluated), **refusing_rivals()}


def refusing_rivals() -> Mapping[str, Run]:
    """The same of the others: two of them raise, as they do."""
    work, machine, automaton = transitions_work(), StatemachineWork(), automat_factory()(Work())

    def transitions_refused() -> None:
        for _ in range(2):
            work.submit(actor="wang", resolution="")

    def statemachine_refused() -> None:
        for _ in range(2):
            try:
                machine.submit(actor="wang", resolution="")
            except TransitionNotAllowed:
                continue

    def automat_refused() -> None:
        for _ in range(2):
            try:
                automaton.return_for_rework(actor="wang", reason="")
            except NoTransition:
                continue

    return {
        "transitions": pairs(transitions_refused),
        "python-statemachine": pairs(statemachine_refused),
        "automat": pairs(automat_refused),
    }


def pairs(two: Callable[[], None]) -> Run:
    """A run of so many operations, made of something that does two."""

    def run(number: int) -> None:
        for _ in range((number + 1) // 2):
            two()

    return run


def walked_alike() -> None:
    """See that everybody comes through the same states, and that nobody passes a guard."""
    work, machine, automaton = transitions_work(), StatemachineWork(), automat_factory()(Work())
    ticket = IN_PROGRESS
    walked: dict[str, list[str]] = {"workorder": [], "evaluate": []}
    walked |= {name: [] for name in LACKS}
    for step in range(4):
        name, given = (
            ("submit", {"actor": "li", "resolution": RESOLUTION})
            if step % 2 == 0
            else ("return_for_rework", {"actor": "zhao", "reason": REASON})
        )
        command, at = (SUBMIT, BY_LI) if step % 2 == 0 else (RETURN, BY_BOSS)
        verdict = WORKFLOW.evaluate(
            case(ticket), name, actor=at.actor, at=at.at, arguments=command.arguments()
        )
        assert isinstance(verdict, Permitted)
        walked["evaluate"].append(verdict.to_state)
        ticket = evolve(ticket, accepted(decide(ticket, command, at)).events[0])
        walked["workorder"].append(ticket.state)
        assert not getattr(work, name)(actor="wang" if name == "submit" else "li")
        assert getattr(work, name)(**given)
        walked["transitions"].append(work.state)
        getattr(machine, name)(**given)
        walked["python-statemachine"].append(machine.current_state_value)
        walked["automat"].append(getattr(automaton, name)(**given))
    assert all(states == CIRCLE for states in walked.values()), walked
