"""Other libraries, taught the same two steps: submit, and send back.

Each is written as its own documentation would have it. What they share with us is named in the
report line by line; what they have no place for (roles, kinds of arguments, reasons, events) is
left out rather than built on top of them.
"""

from collections.abc import Callable
from typing import Any, Protocol

from automat import NoTransition, TypeMachineBuilder
from statemachine import State, StateMachine
from statemachine.exceptions import TransitionNotAllowed
from transitions import Machine

WIDE = 29
"""Actions of the wide workflow; each has two rules that do not hold."""

STEPS = {
    "submit": ("in_progress", "resolved", ("is_assignee", "resolution_given")),
    "return_for_rework": ("resolved", "in_progress", ("not_own_work", "reason_given")),
}
OTHERS = ("dispatch", "transfer", "start", "comment", "close", "reopen")


class Work:
    """The object that ``transitions`` moves: its guards are methods of it."""

    state: str

    def __init__(self) -> None:
        self.assignee = "li"
        self.worked = {"li"}

    def is_assignee(self, actor: str, **_given: str) -> bool:
        return actor == self.assignee

    def resolution_given(self, resolution: str = "", **_given: str) -> bool:
        return bool(resolution.strip())

    def not_own_work(self, actor: str, **_given: str) -> bool:
        return actor not in self.worked

    def reason_given(self, reason: str = "", **_given: str) -> bool:
        return bool(reason.strip())

    def never(self, **_given: str) -> bool:
        return False


def transitions_work() -> Any:
    """A work order under ``transitions``, in progress."""
    work = Work()
    Machine(
        work,
        states=["accepted", "assigned", "in_progress", "resolved", "closed"],
        initial="in_progress",
        auto_transitions=False,
        transitions=[
            {"trigger": name, "source": source, "dest": target, "conditions": list(guards)}
            for name, (source, target, guards) in STEPS.items()
        ]
        + [
            {"trigger": name, "source": source, "dest": "="}
            for name in OTHERS
            for source in ("accepted", "in_progress")
        ],
    )
    return work


def transitions_wide() -> tuple[Any, Any]:
    """Twenty-nine triggers of one state, none of which may fire; the object and its machine."""
    work = Work()
    rows = [
        {"trigger": f"act_{n}", "source": "here", "dest": "there", "conditions": ["never"] * 2}
        for n in range(WIDE)
    ]
    states = ["here", "there"]
    machine = Machine(work, states=states, initial="here", auto_transitions=False, transitions=rows)
    return work, machine


class StatemachineWork(StateMachine):
    """A work order under ``python-statemachine``."""

    in_progress = State(initial=True)
    resolved = State()
    submit = in_progress.to(resolved, cond=list(STEPS["submit"][2]))
    return_for_rework = resolved.to(in_progress, cond=list(STEPS["return_for_rework"][2]))
    dispatch = in_progress.to.itself()
    transfer = in_progress.to.itself()
    start = in_progress.to.itself()
    comment = in_progress.to.itself()
    close = in_progress.to.itself()
    reopen = in_progress.to.itself()

    assignee = "li"
    worked = frozenset({"li"})

    def is_assignee(self, actor: str) -> bool:
        return actor == self.assignee

    def resolution_given(self, resolution: str = "") -> bool:
        return bool(resolution.strip())

    def not_own_work(self, actor: str) -> bool:
        return actor not in self.worked

    def reason_given(self, reason: str = "") -> bool:
        return bool(reason.strip())


def statemachine_wide() -> Any:
    """The same under ``python-statemachine``."""
    here, there = State(initial=True), State()
    body: dict[str, Any] = {"here": here, "there": there, "never": lambda _self: False}
    body |= {f"act_{n}": here.to(there, cond=["never", "never"]) for n in range(WIDE)}
    body["back"] = there.to(here)
    return type(StateMachine)("Wide", (StateMachine,), body)()


class Inputs(Protocol):
    """What ``automat`` may be told."""

    def submit(self, actor: str, resolution: str) -> str:
        """Say that the work is done."""

    def return_for_rework(self, actor: str, reason: str) -> str:
        """Send it back."""


def automat_factory() -> Callable[[Work], Inputs]:
    """Makes work orders under ``automat``, in progress; a step answers with the new state."""
    builder = TypeMachineBuilder(Inputs, Work)
    in_progress, resolved = builder.state("in_progress"), builder.state("resolved")
    in_progress.upon(Inputs.submit).to(resolved).returns("resolved")
    resolved.upon(Inputs.return_for_rework).to(in_progress).returns("in_progress")
    factory: Callable[[Work], Inputs] = builder.build()
    return factory


__all__ = [
    "WIDE",
    "NoTransition",
    "StatemachineWork",
    "TransitionNotAllowed",
    "Work",
    "automat_factory",
    "statemachine_wide",
    "transitions_wide",
    "transitions_work",
]
