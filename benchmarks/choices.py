"""Every action at once: may I, and if not, every reason why."""

from collections.abc import Mapping

from benchmarks.decisions import IN_PROGRESS, RESOLUTION, WORKFLOW
from benchmarks.measuring import Run, in_turns
from benchmarks.people import LI, NOON
from benchmarks.reporting import Line, Peer
from benchmarks.rivals import (
    WIDE,
    StatemachineWork,
    statemachine_wide,
    transitions_wide,
    transitions_work,
)
from workorder import Workflow
from workorder.refusals import Unmet
from workorder.workflow import (
    SAME,
    STANDARD_RULES,
    Action,
    Option,
    PlainCase,
    Question,
    Role,
    Row,
    State,
    rule,
)

SECTION = "Every action, with every reason"

LACKS = {
    "transitions": (
        "reasons (it answers yes or no, and stops at the first guard that fails), actions of other "
        "states, roles, labels, which arguments are missing"
    ),
    "python-statemachine": (
        "reasons (it lists what is possible, and nothing about the rest), actions of other states, "
        "roles, labels, which arguments are missing"
    ),
}
NO_AUTOMAT = "automat cannot say what is possible."


@rule("never", holds=("it may be", "可以"), otherwise=("it may not be", "不可以"))
def never(_question: Question) -> bool:
    return False


@rule("nor_this", holds=("it may be", "可以"), otherwise=("{actor} may not", "{actor} 不可以"))
def nor_this(question: Question) -> bool | Unmet:
    return nor_this.unmet(actor=question.actor.id)


def wide_workflow() -> Workflow:
    """Twenty-nine actions of one state, each with two rules that do not hold."""
    names = [f"act_{n}" for n in range(WIDE)]
    return Workflow(
        name="wide",
        states=(State("here", "intake", "initial"), State("there", "conclusion", "final")),
        roles=(Role("handler"),),
        actions=tuple(Action(name) for name in ("open", "finish", *names)),
        rows=(
            Row("open", (), "here", "handler"),
            Row("finish", "here", "there", "handler"),
            *(Row(name, "here", SAME, "handler", ("never", "nor_this")) for name in names),
        ),
        rules={**STANDARD_RULES, "never": never, "nor_this": nor_this},
    )


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (7, 0.02) if quick else (31, 0.05)
    return [_basic(rounds, seconds), _wide(rounds, seconds)]


def _basic(rounds: int, seconds: float) -> Line:
    work, machine = transitions_work(), StatemachineWork()
    given = {"actor": "li", "resolution": RESOLUTION}
    triggers = ("submit", "return_for_rework", "dispatch", "transfer", "start", "comment", "close")

    def options() -> set[str]:
        judged = WORKFLOW.options(IN_PROGRESS, actor=LI, at=NOON)
        return {option.action.name for option in judged if option.allowed}

    def transitions_may() -> list[str]:
        return [name for name in triggers if getattr(work, f"may_{name}")(**given)]

    def statemachine_may() -> list[str]:
        return [event.id for event in machine.enabled_events(**given)]

    for may in (options(), transitions_may(), statemachine_may()):
        assert "submit" in may
        assert "return_for_rework" not in may
    contestants: Mapping[str, Run] = {
        "workorder": lambda number: [
            WORKFLOW.options(IN_PROGRESS, actor=LI, at=NOON) for _ in range(number)
        ],
        "transitions": lambda number: [transitions_may() for _ in range(number)],
        "python-statemachine": lambda number: [
            machine.enabled_events(**given) for _ in range(number)
        ],
    }
    return _line("options, the basic rulebook", contestants, rounds, seconds, None)


def _wide(rounds: int, seconds: float) -> Line:
    workflow, case = wide_workflow(), PlainCase("here")
    work, machine = transitions_wide()
    chart = statemachine_wide()
    triggers = machine.get_triggers("here")
    assert len(triggers) == WIDE

    def reasons(judged: tuple[Option, ...]) -> int:
        return sum(len(each.refusal.unmet) for each in judged if each.refusal is not None)

    def transitions_may() -> list[str]:
        return [name for name in machine.get_triggers("here") if getattr(work, f"may_{name}")()]

    assert reasons(workflow.options(case, actor=LI, at=NOON)) == 2 * WIDE
    assert transitions_may() == []
    assert list(chart.enabled_events()) == []
    contestants: Mapping[str, Run] = {
        "workorder": lambda number: [
            workflow.options(case, actor=LI, at=NOON) for _ in range(number)
        ],
        "transitions": lambda number: [transitions_may() for _ in range(number)],
        "python-statemachine": lambda number: [chart.enabled_events() for _ in range(number)],
    }
    title = f"options, {WIDE} actions with {2 * WIDE} rules unmet"
    return _line(title, contestants, rounds, seconds, 8_000)


def _line(
    title: str, contestants: Mapping[str, Run], rounds: int, seconds: float, target: float | None
) -> Line:
    taken = in_turns(contestants, rounds=rounds, seconds=seconds)
    peers = [
        Peer(name, 1 / taken.typical(name), *taken.times_as_fast("workorder", name), lacks)
        for name, lacks in LACKS.items()
    ]
    return Line(
        SECTION, title, 1 / taken.typical("workorder"), "/s", target, tuple(peers), NO_AUTOMAT
    )
