"""Business time and nothing else: no ticket, no desk, no store.

A bank's calendar, a due date with the count behind it, a due date that may still move, and a list
of next year's days that settles it. The list is invented: yours comes from the notice.
"""

import tempfile
from datetime import date, datetime
from zoneinfo import ZoneInfo

from attrs import evolve

from workorder.sla import (
    BusinessCalendar,
    CountryHolidays,
    Hours,
    ListedHolidays,
    SuccessiveHolidays,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
arranged = CountryHolidays("CN", confirmed_through=date(2026, 12, 31))
counter = BusinessCalendar(
    "Asia/Shanghai",
    "Mo-Fr 09:00-12:00,13:30-18:00",
    arranged,
    dates={date(2026, 2, 14): Hours("09:00-12:00", "before the Spring Festival")},
)
before_the_break = counter.day(date(2026, 2, 14))
(morning,) = before_the_break.windows
print(f"14 February: until {morning.close:%H:%M}, {before_the_break.reason.text()}")
print()

received = datetime(2026, 9, 30, 16, 30, tzinfo=SHANGHAI)
due = counter.due(received, "3 working days")
print(due.ledger.text())
print()
print(due.ledger.text("zh-CN"))
print()
with tempfile.NamedTemporaryFile("w", suffix=".svg", delete=False, encoding="utf-8") as picture:
    picture.write(due.ledger.svg("zh-CN"))
print(f"The same as a picture: {picture.name}")

late = datetime(2026, 12, 30, 16, 30, tzinfo=SHANGHAI)
print(f"Today's answer:  {counter.due(late, '3 working days').text()}")

notice = ListedHolidays.of(
    holidays=[date(2027, 1, day) for day in (1, 2, 3, 4)],
    workdays=[date(2027, 1, 9)],
    name="New Year's Day",
    published_from=date(2027, 1, 1),
    published_through=date(2027, 12, 31),
)
informed = evolve(counter, holidays=SuccessiveHolidays([arranged, notice]))
print(f"With the notice: {informed.due(late, '3 working days').text()}")
