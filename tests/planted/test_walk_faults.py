"""Rules left out of the bank's workflow on purpose: random lives must notice each of them."""

import attrs
import pytest

from tests.laws.test_walk_laws import check_walk
from tests.laws.walking import Plan
from workorder.rulebook import Rulebook, bank

# Which rules are left out, a walk that notices, and what it says.
FAULTS = (
    ("not_own_work", 4, "judged own work"),
    ("not_extension_requester not_own_work", 161, "decided on an extension they asked for"),
    ("quiet_period_over_if_system", 116, "closed by the system"),
    ("informed_if_required", 4, "closed by time though"),
    ("reopen_window_over", 92, "reopenable until"),
    ("not_party", 2, "is a party and took"),
    ("assignee_eligible", 1, "is a party and was given it"),
    ("target_unconflicted", 45, "is a party and took"),
)
MANY = 150
"""How many walks are tried if that one leads elsewhere by now."""


def without(rules: str) -> Rulebook:
    """The bank's rulebook with some rules left out of all its rows."""
    known = bank()
    rows = tuple(
        attrs.evolve(row, rules=tuple(use for use in row.rules if use.rule not in rules.split()))
        for row in known.workflow.rows
    )
    return attrs.evolve(known, workflow=attrs.evolve(known.workflow, rows=rows))


def walked(seed: int) -> Plan:
    """A long walk of two tickets."""
    return Plan("CN", 0, ("complaint", "enquiry"), seed, 60)


@pytest.mark.parametrize(("rule", "seed", "said"), FAULTS)
def test_a_rule_that_is_missing_is_noticed(rule: str, seed: int, said: str) -> None:
    """Some walk is found wrong without the rule, for the right reason."""
    rules = without(rule)
    heard = []
    for number in (seed, *range(MANY)):
        try:
            check_walk(walked(number), rules)
        except AssertionError as wrong:
            heard.append(str(wrong))
            if said in heard[-1]:
                return
    pytest.fail(f"{rule} is not missed; heard: {heard}")
