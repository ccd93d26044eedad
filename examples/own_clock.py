"""An SLA clock in a table you already have: one JSON value in one column.

The host's program says when the clock starts, waits, goes on, changes hands and stops. Between two
requests it is text in a row. It counts by the calendar of the desk that has the complaint, reports
each mark once, and says how it came to its answer. The holidays are invented: yours come from the
notice.

Nothing of this library's tickets, events or storage is loaded.
"""

import sqlite3
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workorder.sla import BusinessCalendar, ListedHolidays
from workorder.sla.clocks import SlaClock

SHANGHAI = ZoneInfo("Asia/Shanghai")
autumn = ListedHolidays.of(
    holidays=[date(2026, 10, day) for day in range(1, 8)],
    workdays=[date(2026, 10, 10)],
    name="autumn holiday",
    published_through=date(2026, 12, 31),
)
DESKS = {
    "counter": BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:30-18:00", autumn),
    "hotline": BusinessCalendar("Asia/Shanghai", "Mo-Su 08:00-22:00"),
}
db = sqlite3.connect(":memory:", isolation_level=None)
db.execute("CREATE TABLE complaint (number INTEGER PRIMARY KEY, desks TEXT, clock TEXT, due TEXT)")


def write(number: int, desks: list[str], clock: SlaClock) -> None:
    due = clock.due and clock.due.astimezone(SHANGHAI).isoformat(" ", "minutes")
    row = (number, ",".join(desks), clock.to_json(), due)
    db.execute("REPLACE INTO complaint VALUES (?, ?, ?, ?)", row)
    print(f"{number} at the {desks[-1]}: {clock.state}, due {due}")


def read(number: int) -> tuple[list[str], SlaClock]:
    row = db.execute("SELECT desks, clock FROM complaint WHERE number = ?", (number,))
    names, text = row.fetchone()
    *before, here = desks = names.split(",")
    earlier = {f"earlier-{place}": DESKS[name] for place, name in enumerate(before, 1)}
    return desks, SlaClock.from_json(text, DESKS[here], earlier=earlier)


def tell(number: int, now: datetime) -> None:
    """What a job does every minute: report what was reached since it last looked."""
    desks, clock = read(number)
    clock, reached = clock.marks_until(now)
    for mark, instant in reached:
        print(f"{number}: {mark} reached {instant.astimezone(SHANGHAI):%d %b %H:%M}")
    if reached:
        write(number, desks, clock)


received = datetime(2026, 9, 29, 15, tzinfo=SHANGHAI)
marks = ("50%", "1 working hour before")
write(
    4711,
    ["counter"],
    SlaClock.start("answer", "8 working hours", DESKS["counter"], at=received, marks=marks),
)

asked = datetime(2026, 9, 30, 11, tzinfo=SHANGHAI)
tell(4711, asked)
desks, clock = read(4711)
write(4711, desks, clock.pause(at=asked))

answered = datetime(2026, 10, 8, 10, tzinfo=SHANGHAI)
desks, clock = read(4711)
write(4711, desks, clock.resume(at=answered))

evening = datetime(2026, 10, 8, 11, tzinfo=SHANGHAI)
desks, clock = read(4711)
write(4711, [*desks, "hotline"], clock.hand_over(DESKS["hotline"], at=evening))

replied = datetime(2026, 10, 8, 13, 30, tzinfo=SHANGHAI)
tell(4711, replied)
tell(4711, replied)  # nothing is reported twice
desks, clock = read(4711)
clock = clock.stop(at=replied)
write(4711, desks, clock)
print(f"late: {clock.read(replied).breached}")
print()
print(clock.explain(replied).text())
print()
print(clock.explain(replied).text("zh-CN"))
db.close()
