"""Other libraries, taught the bank's whole lifecycle: its states, actions, roles and rules.

The table is ours, row by row; the guards are methods of one plain object
(:mod:`benchmarks.bank_order`), which is the quickest way for both libraries. Roles are a guard of
their own, for neither library has them. A rule that depends on the role passes if another role
carries the action.
"""

from collections.abc import Callable
from typing import Any

from statemachine import State, StateMachine
from transitions import Machine

from benchmarks.bank import BANK
from benchmarks.bank_order import Order
from workorder.ticket import Ticket
from workorder.workflow import Row
from workorder.workflow.compiled import ways_back

# --- the table --------------------------------------------------------------------------------

_ONLY_FOR = {
    "own_if_handler": frozenset({"handler"}),
    "own_ticket_if_customer": frozenset({"customer"}),
    "quiet_period_over_if_system": frozenset({"system"}),
}


def _role_guard(roles: frozenset[str]) -> Callable[[Order], bool]:
    return lambda order: not roles.isdisjoint(order.roles)


def _unless(others: frozenset[str], rule: Callable[[Order], bool]) -> Callable[[Order], bool]:
    return lambda order: not others.isdisjoint(order.roles) or rule(order)


def _remembered(name: str, state: str) -> Callable[[Order], bool]:
    return lambda order: bool(getattr(order, name) == state)


def _guards(number: int, row: Row) -> list[str]:
    """The names of a row's guards; those that only this row has are made here."""
    roles = frozenset(row.roles)
    names = [f"by_{number}"]
    setattr(Order, names[0], _role_guard(roles))
    for use in row.rules:
        named = use.parameters.get("besides_roles", ())
        assert isinstance(named, tuple)
        only = _ONLY_FOR.get(use.rule)
        others = roles - only if only is not None else roles.intersection(named)
        names.append(f"{use.rule}_{number}" if others else use.rule)
        if others:
            setattr(Order, names[-1], _unless(others, getattr(Order, use.rule)))
    return names


def _moves() -> list[tuple[str, tuple[str, ...], str, list[str]]]:
    """Action, sources, target, guards; a return is a move to each state it may lead to."""
    made = []
    rows = [row for row in BANK.workflow.rows if row.sources]
    for number, row in enumerate(rows):
        guards = _guards(number, row)
        if not row.returns:
            made.append((row.action, row.sources, row.target, guards))
            continue
        (source,) = row.sources
        kept = "held_from" if row.target == "@before_hold" else "merged_from"
        for state in ways_back(BANK.workflow.rows, source):
            name = f"{kept}_{state}"
            setattr(Order, name, _remembered(kept, state))
            made.append((row.action, row.sources, state, [*guards, name]))
    return made


MOVES = _moves()
STATES = tuple(state.name for state in BANK.workflow.states)


def transitions_bank(ticket: Ticket) -> tuple[Any, Machine]:
    """The ticket under ``transitions``: the object and its machine."""
    order = Order(ticket)
    machine = Machine(
        order,
        states=list(STATES),
        initial=ticket.state,
        auto_transitions=False,
        transitions=[
            {"trigger": action, "source": list(sources), "dest": target, "conditions": guards}
            for action, sources, target, guards in MOVES
        ],
    )
    return order, machine


def _statemachine() -> Any:
    # It lets nothing at all be done in a final state, and ours may be inspected and unmerged there.
    body: dict[str, Any] = {"validate_trap_states": False, "validate_final_reachability": False}
    states = {name: State(value=name, initial=name == "registered") for name in STATES}
    events: dict[str, Any] = {}
    for action, sources, target, guards in MOVES:
        for source in sources:
            to = source if target == "=" else target
            made = states[source].to(states[to], cond=list(guards))
            events[action] = events[action] | made if action in events else made
    return type(StateMachine)("BankMachine", (StateMachine,), {**body, **states, **events})


STATEMACHINE = _statemachine()


def statemachine_bank(ticket: Ticket) -> tuple[Order, Any]:
    """The ticket under ``python-statemachine``: the object and its machine."""
    order = Order(ticket)
    return order, STATEMACHINE(order)
