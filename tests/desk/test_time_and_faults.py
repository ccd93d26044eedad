"""Faults of a host's own code, and other rulebooks, while time acts."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.by_limits import by_limits
from tests.desk.duties import DAY, QUIET, Duty
from workorder.errors import InvalidInput
from workorder.rulebook import Rulebook
from workorder.workflow import Question, Rule, Workflow


def with_rule(test: Any) -> Rulebook:
    """The bank's rulebook with one rule more on closing."""
    known = by_limits().workflow
    rows = tuple(
        evolve(row, rules=(*row.rules, "ledger_reachable")) if row.action == "close" else row
        for row in known.rows
    )
    workflow = Workflow(
        name="bank",
        states=known.states,
        roles=known.roles,
        actions=known.actions,
        rows=rows,
        rules={**known.rules, "ledger_reachable": Rule("ledger_reachable", test)},
        settings=known.settings,
    )
    return evolve(by_limits(), workflow=workflow)


def test_a_rule_that_raises_is_tried_again() -> None:
    """A fault of a rule is no answer about the ticket: time waits until it is mended."""
    faulty = [True]

    def reachable(_question: Question) -> bool:
        if faulty[0]:
            raise OSError
        return True

    duty = Duty(rulebook=with_rule(reachable))
    ticket = duty.resolved("a")
    duty.wait(until=QUIET + DAY)
    run = duty.desk.run_due()
    assert (run.fired, run.lapsed) == ({}, ())
    assert [each.ticket_id for each in run.stuck] == [ticket.id]
    faulty[0] = False
    duty.wait(until=QUIET + 2 * DAY)
    assert duty.desk.run_due().fired == {"close": 1}
    assert duty.get(ticket).times.closed == QUIET


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lease", timedelta.max),
        ("lease", 60),
        ("limit", "3"),
        ("limit", 1.5),
        ("size", 2**70),
        ("size", True),
    ],
)
def test_figures_no_store_could_hold_are_refused(name: str, value: Any) -> None:
    """Lengths and numbers of wrong types, or beyond all measure, are refused by name."""
    with pytest.raises(InvalidInput, match=name) as raised:
        Duty().desk.run_due(**{name: value})
    assert raised.value.code == "wrong_type"
