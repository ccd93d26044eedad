"""The bank's whole lifecycle, asked what is possible: 50 actions, with every reason.

The other libraries have the same table and the same guards (:mod:`benchmarks.bank_rivals`), are
asked about the actions of the ticket's own state alone, and offer the same ones as we do.
"""

from collections.abc import Mapping
from datetime import timedelta

from benchmarks.bank import BANK, LI, ON_HOLD, THREE_ROLES, WITH_OTHERS, lived
from benchmarks.bank_rivals import statemachine_bank, transitions_bank
from benchmarks.measuring import Run, in_turns
from benchmarks.reporting import Line, Peer
from workorder import MemoryStore, ServiceDesk
from workorder.desk import Explanation
from workorder.storage import Batch, Change, Snapshot
from workorder.ticket import Ticket
from workorder.workflow import Actor

SECTION = "The bank's lifecycle: every action, with every reason"

GIVEN = {
    "reason": "the customer asked for it",
    "resolution": "reversed",
    "to": "gao",
    "department": "loans",
    "subject": "decision",
    "channel": "phone",
    "score": 3,
    "target": "T2",
    "members": ("wei",),
}
"""Everything that a guard may ask for: the others judge what we list as still to be given."""

LACKS = {
    "transitions": "reasons (the first guard that fails ends it), actions of other states, labels",
    "python-statemachine": (
        "reasons (it lists what is possible, and nothing about the rest), actions of other states, "
        "labels"
    ),
}
CHOICES = len(BANK.workflow.compiled.choices)


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds, seconds = (5, 0.02) if quick else (21, 0.05)
    tickets = {
        "just opened": lived(())[0],
        "in progress, busy": lived(WITH_OTHERS)[0],
        "on hold, busy": lived(ON_HOLD)[0],
    }
    made = []
    for stage, ticket in tickets.items():
        for who, actor in (("a handler", LI), ("three roles", THREE_ROLES)):
            made.append(_options(f"{stage}, {who}", ticket, actor, rounds, seconds))
    return [*made, _explained(tickets["in progress, busy"], rounds, seconds)]


def _options(title: str, ticket: Ticket, actor: Actor, rounds: int, seconds: float) -> Line:
    at = ticket.times.last + timedelta(minutes=1)
    order, machine = transitions_bank(ticket)
    chart_order, chart = statemachine_bank(ticket)
    for each in (order, chart_order):
        each.asked(actor, at, **GIVEN)
    options = BANK.workflow.options

    def transitions_may() -> set[str]:
        triggers = machine.get_triggers(ticket.state)
        return {name for name in triggers if getattr(order, f"may_{name}")()}

    judged = options(ticket, actor=actor, at=at)
    allowed = {option.action.name for option in judged if option.allowed}
    assert len(judged) == CHOICES
    assert transitions_may() == allowed
    assert {event.id for event in chart.enabled_events()} == allowed
    contestants: Mapping[str, Run] = {
        "workorder": lambda number: [options(ticket, actor=actor, at=at) for _ in range(number)],
        "transitions": lambda number: [transitions_may() for _ in range(number)],
        "python-statemachine": lambda number: [chart.enabled_events() for _ in range(number)],
    }
    taken = in_turns(contestants, rounds=rounds, seconds=seconds)
    peers = [
        Peer(name, 1 / taken.typical(name), *taken.times_as_fast("workorder", name), lacks)
        for name, lacks in LACKS.items()
    ]
    rules = sum(len(option.checks) for option in judged)
    note = (
        f"{len(allowed)} of {CHOICES} allowed, by all three the same; {rules} rules in the answer; "
        f"{taken.typical('workorder') * 1e6:.0f} us."
    )
    value = 1 / taken.typical("workorder")
    return Line(SECTION, f"options, {title}", value, "/s", None, tuple(peers), note)


def _explained(ticket: Ticket, rounds: int, seconds: float) -> Line:
    store = MemoryStore()
    store.commit(Batch((Change(ticket.id, 0, Snapshot(ticket), (), ()),)))
    at = ticket.times.last + timedelta(minutes=1)
    desk = ServiceDesk(store, rulebook=BANK, time=lambda: at)
    explanation = desk.explain(ticket.id, actor=LI)
    said = explanation.text()
    assert len(said.splitlines()) > CHOICES // 2
    taken = in_turns(_wordings(desk, ticket, explanation), rounds=rounds, seconds=seconds)
    note = (
        f"{len(said.splitlines())} lines, {len(said):,} characters; desk.explain, in memory, "
        f"{taken.typical('explain') * 1e6:.0f} us of it; in Chinese "
        f"{taken.typical('chinese') * 1e6:.0f} us in all."
    )
    value = taken.typical("english") * 1e6
    return Line(SECTION, "desk.explain().text(), busy", value, "us", None, (), note)


def _wordings(desk: ServiceDesk, ticket: Ticket, explanation: Explanation) -> Mapping[str, Run]:
    assert desk.explain(ticket.id, actor=LI) == explanation

    def explain() -> Explanation:
        return desk.explain(ticket.id, actor=LI)

    return {
        "explain": lambda number: [explain() for _ in range(number)],
        "english": lambda number: [explain().text() for _ in range(number)],
        "chinese": lambda number: [explain().text("zh-CN") for _ in range(number)],
    }
