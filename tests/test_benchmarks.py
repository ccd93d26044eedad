"""What benchmarks compare with is taught the whole of the bank's rulebook, as it is today."""

from benchmarks.bank_order import Order
from workorder.rulebook import bank


def test_the_object_that_others_guard_answers_every_rule() -> None:
    """Or the comparison would break off the next time somebody asks for it."""
    rules = {use.rule for row in bank().workflow.rows for use in row.rules}
    assert {rule for rule in rules if not callable(getattr(Order, rule, None))} == set()
