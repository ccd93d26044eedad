"""Another policy over a small history: what a count by hand says."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import attrs
import pytest

from tests.exchange.logs import entry
from tests.insight.reassessed import MARCH, WORK, by_key, history, levels, minutes, resolution
from workorder.conditions import ALWAYS, where
from workorder.errors import InvalidInput
from workorder.insight import Histories, histories_of, reassess
from workorder.rulebook import it_desk
from workorder.sla.clocks import Metric
from workorder.storage import MemoryStore

MONDAY = 24 * 60  # the second of March, 2026
HOUR = 60

ROWS = [
    # in time: five hours on Monday, two of them waiting
    entry("C1", "New", MONDAY + 8 * HOUR, urgency="1", team="hall"),
    entry("C1", "Caller", MONDAY + 9 * HOUR, urgency="1", team="hall"),
    entry("C1", "Active", MONDAY + 11 * HOUR, urgency="1", team="cards"),
    entry("C1", "Solved", MONDAY + 13 * HOUR, urgency="1", team="cards"),
    # late by one minute: from Monday 17:00 to Tuesday 11:01
    entry("C2", "New", MONDAY + 17 * HOUR, urgency="1", team="hall"),
    entry("C2", "Solved", MONDAY + 35 * HOUR + 1, urgency="1", team="hall"),
    # exactly at its due instant, another priority: eight hours
    entry("C3", "New", MONDAY + 8 * HOUR, urgency="2", team="hall"),
    entry("C3", "Solved", MONDAY + 16 * HOUR, urgency="2", team="hall"),
    # used up to the last minute at the close, and solved at night: late, and nothing over
    entry("C4", "New", MONDAY + 14 * HOUR, urgency="1", team="hall"),
    entry("C4", "Solved", MONDAY + 20 * HOUR, urgency="1", team="hall"),
    # never solved; waits since before its time was used up
    entry("C5", "New", MONDAY + 8 * HOUR, urgency="1", team="cards"),
    entry("C5", "Vendor", MONDAY + 9 * HOUR, urgency="1", team="cards"),
    # never solved, and nobody did anything
    entry("C6", "New", 30 * 1440 + 9 * HOUR, urgency="2", team="hall"),
]

LEVELS = levels(resolution(), within={1: "4 working hours", None: "8 working hours"})


@pytest.fixture
def rows(tmp_path: Path) -> Histories:
    """The histories of :data:`ROWS`."""
    return history(tmp_path, ROWS)


@pytest.mark.parametrize("how", ["scalar", "bulk"])
def test_counted_by_hand(rows: Histories, how: str) -> None:
    """Results, due instants, what was used and what was over, one by one."""
    until = minutes(31 * 1440 + 12 * HOUR)  # Wednesday, the first of April, noon
    found = reassess(rows, LEVELS, until=until, how=how)  # type: ignore[arg-type]  # one of them
    hours = {key: timedelta(hours=each) for key, each in (("C1", 3), ("C3", 8), ("C4", 4))}
    c1 = by_key(found, "C1")
    assert (c1.result, c1.used, c1.over) == ("met", hours["C1"], timedelta(0))
    assert c1.due == minutes(MONDAY + 14 * HOUR)
    c2 = by_key(found, "C2")
    assert (c2.result, c2.over) == ("missed", timedelta(minutes=1))
    assert c2.due == minutes(MONDAY + 35 * HOUR)
    c3 = by_key(found, "C3")
    assert (c3.result, c3.used, c3.due) == ("met", hours["C3"], c3.ended)
    c4 = by_key(found, "C4")
    assert (c4.result, c4.used, c4.over) == ("missed", hours["C4"], timedelta(0))
    assert c4.due == minutes(MONDAY + 18 * HOUR)
    c5 = by_key(found, "C5")
    assert (c5.result, c5.due, c5.used, c5.ended) == ("paused", None, timedelta(hours=1), None)
    c6 = by_key(found, "C6")  # opened on Tuesday the 31st at nine, ten hours a day
    assert (c6.result, c6.used, c6.over) == ("overdue", timedelta(hours=13), timedelta(hours=5))
    assert found.tickets == 6


def test_what_comes_later_is_left_out(rows: Histories) -> None:
    """Nothing after *until* is looked at: tickets that were not there yet have no clocks."""
    found = reassess(rows, LEVELS, until=minutes(MONDAY + 10 * HOUR))
    results = {each.ticket.origin.key: each.result for each in found.outcomes}
    assert results == {"C1": "paused", "C3": "running", "C5": "paused"}


def test_compliance(rows: Histories) -> None:
    """Counted by anything, as the ticket was when the cycle ended; the share is of those whose
    outcome is known.
    """
    found = reassess(rows, LEVELS, until=minutes(31 * 1440 + 12 * HOUR))
    (whole,) = found.compliance()
    assert whole.counts == {
        "met": 2,
        "missed": 2,
        "overdue": 1,
        "running": 0,
        "paused": 1,
        "cancelled": 0,
    }
    assert (whole.total, whole.late, whole.share) == (6, 3, 0.4)

    def shares(by: str) -> list[tuple[object, int, float | None]]:
        return [(each.value, each.total, each.share) for each in found.compliance(by)]

    assert shares("priority") == [(1, 4, 1 / 3), (2, 2, 0.5)]
    assert shares("department") == [("cards", 2, 1.0), ("hall", 4, 0.25)]
    assert shares("month") == [("2026-03", 5, 0.4), (None, 1, None)]
    assert shares("type") == [("incident", 6, 0.4)]
    assert shares("nonsense") == [(None, 6, 0.4)]
    assert found.compliance(metric="other") == ()


def test_the_month_is_that_of_the_calendar(tmp_path: Path) -> None:
    """What is due at 18:00 on the last of March in London's winter is due in April in Shanghai."""
    from workorder.sla import BusinessCalendar

    rows = [entry("C1", "New", 30 * 1440 + 17 * HOUR), entry("C1", "Solved", 30 * 1440 + 20 * HOUR)]
    shanghai = BusinessCalendar("Asia/Shanghai", "24/7")
    for calendar, month in ((LEVELS.calendar, "2026-03"), (shanghai, "2026-04")):
        told = levels(resolution(), within="1 working hour", calendar=calendar)
        found = reassess(history(tmp_path, rows), told, until=minutes(50 * 1440))
        assert [each.value for each in found.compliance("month")] == [month]


def test_the_worst_and_why(rows: Histories) -> None:
    """The longest over comes first; its account adds up to what was used."""
    found = reassess(rows, LEVELS, until=minutes(31 * 1440 + 12 * HOUR))
    worst = found.worst(2)
    assert [each.ticket.origin.key for each in worst] == ["C6", "C2"]
    assert len(found.worst(100)) == 3
    assert found.worst(0) == ()
    for each in found.worst(100):
        assert found.account(each).total == each.used
    why = found.account(worst[1])
    assert [row.counted for row in why.rows if row.counted] == [
        timedelta(hours=1),
        timedelta(hours=3, minutes=1),
    ]


def test_days_are_counted_as_days(rows: Histories) -> None:
    """Targets in days are judged one by one, and measured in days that have ended."""
    told = levels(resolution(pause=where("state").equals("nowhere")), within="1 working day")
    found = reassess(rows, told, until=minutes(31 * 1440 + 12 * HOUR))
    assert found.at_once == 0
    c2, c5 = by_key(found, "C2"), by_key(found, "C5")
    assert (c2.result, c2.used, c2.over) == ("met", 0, 0)
    assert (c5.result, c5.used, c5.over) == ("overdue", 21, 20)  # Tuesday 3 to Tuesday 31 March
    assert [each.ticket.origin.key for each in found.worst(1)] == ["C5"]
    assert "20 working days" in found.text(by=(), worst=1)
    assert "20 个工作日" in found.text("zh-CN", by=(), worst=1)


def test_reopened_and_again(tmp_path: Path) -> None:
    """Each cycle has an outcome of its own, as long as it was then."""
    rows = [
        entry("C1", "New", MONDAY + 8 * HOUR),
        entry("C1", "Solved", MONDAY + 10 * HOUR),
        entry("C1", "Active", MONDAY + 12 * HOUR),
        entry("C1", "Solved", MONDAY + 17 * HOUR),
    ]
    until = minutes(10 * 1440)
    cases = {"resume": [2, 7], "restart": [2, 5], "keep": [2]}
    for way, used in cases.items():
        told = levels(resolution(reopen=WORK, on_reopen=way), within="6 working hours")
        found = reassess(history(tmp_path, rows), told, until=until)
        assert [each.used for each in found.outcomes] == [timedelta(hours=n) for n in used]
        assert [each.cycle for each in found.outcomes] == [*range(1, len(used) + 1)]
    over = [each.over for each in found.outcomes]
    assert over == [timedelta(0)]


def test_a_repeat_that_begins_at_once(tmp_path: Path) -> None:
    """A cycle that ends in the moment in which the next one begins is counted, too."""
    rows = [entry("C1", "New", MONDAY + 8 * HOUR + n * 30) for n in range(3)]
    entered = where("action").equals("import")
    often = Metric(name="resolution", start=ALWAYS, stop=entered, repeat=True)
    told = levels(often, within="20 elapsed minutes")
    found = reassess(history(tmp_path, rows), told, until=minutes(10 * 1440))
    assert [each.result for each in found.outcomes] == ["missed", "missed", "overdue"]
    assert [each.used for each in found.outcomes][:2] == [timedelta(minutes=30)] * 2
    assert all(found.account(each).total == each.used for each in found.outcomes[-1:])


def test_instants_that_run_back(tmp_path: Path) -> None:
    """An entry that comes late counts when the one before it did; none is shorter than nothing."""
    rows = [
        entry("C1", "New", MONDAY + 9 * HOUR),
        entry("C1", "Caller", MONDAY + 11 * HOUR),
        entry("C1", "Active", MONDAY + 10 * HOUR),  # an hour before it waited
        entry("C1", "Solved", MONDAY + 12 * HOUR),
    ]
    for how in ("scalar", "bulk"):
        found = reassess(
            history(tmp_path, rows),
            LEVELS,
            until=minutes(10 * 1440),
            how=how,
        )
        assert by_key(found, "C1").used == timedelta(hours=3)


def test_with_a_rulebook_more_is_known(tmp_path: Path) -> None:
    """What a hold reason stops is said by the rulebook; without it nobody knows, and time runs."""
    rows = [
        entry("C1", "New", MONDAY + 8 * HOUR),
        entry("C1", "Caller", MONDAY + 9 * HOUR),
        entry("C1", "Solved", MONDAY + 12 * HOUR),
    ]
    rulebook = it_desk()
    reason = rulebook.workflow.settings.hold_reason("awaiting_user")
    assert reason is not None
    pause = where("pauses").equals(reason.pauses)
    told = levels(resolution(pause=pause))
    histories = history(tmp_path, rows)
    until = minutes(10 * 1440)
    known = by_key(reassess(histories, told, rulebooks=[rulebook], until=until), "C1")
    unknown = by_key(reassess(histories, told, until=until), "C1")
    assert (known.used, unknown.used) == (timedelta(hours=1), timedelta(hours=4))


def test_a_store_or_its_histories(tmp_path: Path) -> None:
    """Both are the same; progress is told either way."""
    store = MemoryStore()
    histories = history(tmp_path, ROWS, store)
    done: list[int] = []
    direct = reassess(store, LEVELS, until=minutes(50 * 1440), progress=done.append)
    assert direct == reassess(histories_of(store), LEVELS, until=minutes(50 * 1440))
    assert [each.result for each in direct.outcomes]
    assert done == [6]
    assert list(histories) == list(direct.histories)


def test_as_data_and_as_text(rows: Histories) -> None:
    """Plain data, and tables in both languages."""
    found = reassess(rows, LEVELS, until=minutes(31 * 1440 + 12 * HOUR))
    data = found.as_data(by=("priority",), worst=1)
    assert (data["tickets"], data["clocks"], len(data["compliance"])) == (6, 6, 3)
    assert data["compliance"][0]["met"] == 2
    assert data["worst"][0]["key"] == "C6"
    assert data["worst"][0]["over"] == 5 * 3600
    assert data["worst"][0]["account"]["rows"]
    english, chinese = found.text(), found.text("zh-CN")
    assert "By priority" in english
    assert "6 tickets, 6 clocks" in english
    assert "按优先级" in chinese
    assert "工单 6 张，时限 6 项" in chinese
    assert found.text(metric="other").startswith("6 tickets, 0 clocks")


def test_rulebooks_that_are_not_at_hand(rows: Histories) -> None:
    """They are named, with how many tickets were decided by them: these may look late."""
    found = reassess(rows, LEVELS, until=minutes(0))
    ((digest, tickets),) = found.unknown.items()
    assert tickets == len(rows)
    assert (
        f"6 tickets were decided by a rulebook that was not given ({digest[:12]}…)"
        in (found.text().splitlines()[1])
    )
    assert f"6 张工单所依据的规则手册（{digest[:12]}…）未提供" in found.text("zh-CN")
    known = reassess(rows, LEVELS, until=minutes(0), rulebooks=[it_desk()])
    assert known.unknown == {}


def test_what_is_refused(rows: Histories, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instants without a zone, ways that there are not, bulk where it does not apply."""
    until = minutes(0)
    with pytest.raises(InvalidInput, match="until"):
        reassess(rows, LEVELS, until=datetime(2026, 1, 1))
    with pytest.raises(InvalidInput, match="how"):
        reassess(rows, LEVELS, until=until, how="fast")  # type: ignore[arg-type]  # the mistake
    days = levels(resolution(), within="2 working days")
    with pytest.raises(InvalidInput, match="lengths"):
        reassess(rows, days, until=until, how="bulk")
    law = levels(attrs.evolve(resolution(), statutory=True))
    with pytest.raises(InvalidInput, match="lengths"):
        reassess(rows, law, until=until, how="bulk")
    asks = levels(resolution(pause=where("due").above(MARCH)))
    with pytest.raises(InvalidInput, match="lengths"):
        reassess(rows, asks, until=until, how="bulk")
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(InvalidInput, match="NumPy"):
        reassess(rows, LEVELS, until=until, how="bulk")
    assert reassess(rows, LEVELS, until=until).at_once == 0
