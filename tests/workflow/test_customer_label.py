"""What the customer sees of a ticket that ended while it was on hold."""

import pytest

from workorder.rulebook import bank
from workorder.workflow import PlainCase

ENDINGS = (("cancelled", "已撤销"), ("merged", "已合并"))


@pytest.mark.parametrize(("state", "label"), ENDINGS)
def test_a_hold_says_nothing_once_the_ticket_ended(state: str, label: str) -> None:
    """A ticket that was cancelled or merged while on hold is shown as that, not as waiting."""
    workflow = bank().workflow
    case = PlainCase(state, values={"hold_reason": "waiting_for_customer"})
    assert workflow.customer_label(case).text("zh-CN") == label
