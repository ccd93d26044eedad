"""A deadline over a holiday, and the month around it."""

from datetime import datetime
from typing import Any

from workorder.cli.demo.telling import Story
from workorder.sla import BusinessCalendar
from workorder.sla.month import month_of


def tell(story: Story) -> dict[str, Any]:
    """Three working days from the eve of the National Day on; the ledger as plain data."""
    counter = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", "CN")
    received = datetime(2026, 9, 30, 16, 30, tzinfo=counter.timezone)
    due = counter.due(received, "3 working days")
    story.tell(
        "Another complaint had come in on 30 September at 16:30, due in three working days. "
        "Until when, and why?",
        "另一张投诉于 9 月 30 日 16:30 收到，期限三个工作日。何时到期，为什么？",
        due=due.instant.isoformat(),
    )
    story.show(due.ledger.text(story.lang))
    story.tell("October, as the notice has it:", "按放假安排，十月是这样的：")
    # The dates that differ from the week stand in the ledger already.
    weeks, _, _ = month_of(counter, 2026, 10).text(story.lang).rpartition("\n\n")
    story.show(weeks)
    return due.ledger.as_data(story.lang)
