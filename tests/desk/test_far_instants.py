"""Instants at either end of the calendar: refused in words, like any other."""

from datetime import UTC, datetime

import pytest

from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused
from workorder.rulebook import bank
from workorder.ticket import Accept, Hold
from workorder.workflow import Actor


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_refusal_that_names_the_last_instant_can_be_read(language: str) -> None:
    """The year 9999 in UTC is the year 10000 in Beijing: the refusal says it as it stands."""
    teller = Actor("li", "intake")
    desk = ServiceDesk(rulebook=bank(), time=lambda: datetime(2026, 9, 30, 4, tzinfo=UTC))
    fields = {"title": "Card", "category": "atm"}
    ticket = desk.open("complaint", customer="C-1", channel="phone", fields=fields, actor=teller)
    desk.perform(ticket.id, Accept(), actor=teller)
    until = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    with pytest.raises(CommandRefused) as caught:
        desk.perform(ticket.id, Hold("waiting_for_customer", until=until), actor=teller)
    assert "9999-12-31" in caught.value.text(language)
