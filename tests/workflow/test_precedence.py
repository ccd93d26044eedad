"""Several refusals at once: the first of the documented order is the one given."""

from datetime import UTC, datetime

import pytest

from workorder.refusals import PRECEDENCE, Refusal
from workorder.rulebook import basic
from workorder.workflow import Actor, PlainCase

NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
STRANGER = Actor("x", "teller")


@pytest.mark.parametrize(
    ("state", "action", "also"),
    [
        ("assigned", "no_such_action", "unknown_role"),
        ("nowhere", "start", "unknown_role"),
        ("closed", "start", "unknown_role"),
        ("nowhere", "no_such_action", "unknown_state"),
    ],
)
def test_a_refusal_keeps_to_the_order_of_precedence(state: str, action: str, also: str) -> None:
    """Where two codes are true of a situation, none that comes later is given."""
    verdict = basic().workflow.evaluate(PlainCase(state), action, actor=STRANGER, at=NOON)
    assert isinstance(verdict, Refusal)
    assert PRECEDENCE.index(verdict.code) <= PRECEDENCE.index(also)
