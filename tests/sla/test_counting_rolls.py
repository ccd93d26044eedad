"""Last days on holidays, and which days are working days where; each counted by hand.

2026: 25 September, 9 and 30 October are Fridays; 1 August is a Saturday.
"""

from datetime import date, datetime

import pytest

from tests.sla.desks import (
    CANADA,
    CHINA,
    ENGLAND,
    FEDERAL_OFFICE,
    INDIA,
    NEW_SOUTH_WALES,
    RESERVE_BANK,
    SCOTLAND,
    TORONTO,
    VICTORIA,
    Case,
)
from workorder.sla import Note

CASES = {
    # --- the last day on a holiday ---
    # China, 15 days from 10 September: 11 (1) ... 25 (15), Mid-Autumn Festival; not moved.
    "no roll": Case(
        CHINA, "2026-09-10T14:00+08:00", "15 calendar days", "2026-09-25", "2026-09-26T00:00+08:00"
    ),
    # Fri 25, Sat 26, Sun 27 are the break: Mon 28 (Civil Code, art. 203).
    "roll forward": Case(
        CHINA,
        "2026-09-10T14:00+08:00",
        "15 calendar days, rolling forward",
        "2026-09-28",
        "2026-09-29T00:00+08:00",
    ),
    # Fri 25 is closed: Thu 24.
    "roll backward": Case(
        CHINA,
        "2026-09-10T14:00+08:00",
        "15 calendar days, rolling backward",
        "2026-09-24",
        "2026-09-25T00:00+08:00",
    ),
    # 30 days: 20 until 30 September, 10 October (30): a Saturday that is worked, no roll.
    "roll forward onto a substituted Saturday": Case(
        CHINA,
        "2026-09-10T14:00+08:00",
        "30 calendar days, rolling forward",
        "2026-10-10",
        "2026-10-11T00:00+08:00",
    ),
    # 60 days: 20 until 30 September, 51 until 31 October, 9 November (60), a Monday.
    "China, sixty days": Case(
        CHINA, "2026-09-10T14:00+08:00", "60 calendar days", "2026-11-09", "2026-11-10T00:00+08:00"
    ),
    # Canada, 56 days are eight weeks: Sat 1 August to Sat 26 September, which is not moved.
    "Canada, on a Saturday": Case(
        TORONTO,
        "2026-08-01T10:00-04:00",
        "56 calendar days, rolling forward",
        "2026-09-26",
        "2026-09-27T00:00-04:00",
        CANADA,
    ),
    # Sun 2 August to Sun 27 September: Mon 28.
    "Canada, on a Sunday": Case(
        TORONTO,
        "2026-08-02T10:00-04:00",
        "56 calendar days, rolling forward",
        "2026-09-28",
        "2026-09-29T00:00-04:00",
        CANADA,
    ),
    # Wed 5 August to Wed 30 September, a listed holiday: Thu 1 October.
    "Canada, on a listed holiday": Case(
        TORONTO,
        "2026-08-05T10:00-04:00",
        "56 calendar days, rolling forward",
        "2026-10-01",
        "2026-10-02T00:00-04:00",
        CANADA,
    ),
    # --- which days are working days, place by place ---
    # Wed 30 September | 1 to 7 October -, Thu 8 (1), Fri 9 (2), Sat 10 (3, substituted).
    "China, over the National Day break": Case(
        CHINA, "2026-09-30T16:30+08:00", "3 working days", "2026-10-10", "2026-10-10T18:00+08:00"
    ),
    # Thu 1 | Fri 2 (1), Sat 3 (2), the first Saturday.
    "India, first Saturday": Case(
        INDIA, "2026-10-01T11:00+05:30", "2 working days", "2026-10-03", "2026-10-03T16:00+05:30"
    ),
    # Thu 8 | Fri 9 (1), Sat 10 - (second), Sun 11 -, Mon 12 (2).
    "India, second Saturday": Case(
        INDIA, "2026-10-08T11:00+05:30", "2 working days", "2026-10-12", "2026-10-12T16:00+05:30"
    ),
    # Thu 15 | Fri 16 (1), Sat 17 (2), the third.
    "India, third Saturday": Case(
        INDIA, "2026-10-15T11:00+05:30", "2 working days", "2026-10-17", "2026-10-17T16:00+05:30"
    ),
    # Thu 29 | Fri 30 (1), Sat 31 (2), the fifth.
    "India, fifth Saturday": Case(
        INDIA, "2026-10-29T11:00+05:30", "2 working days", "2026-10-31", "2026-10-31T16:00+05:30"
    ),
    # Thu 24 September | Fri 25 - (before the Grand Final), Mon 28 (1).
    "Victoria": Case(
        VICTORIA, "2026-09-24T10:00+10:00", "1 working day", "2026-09-28", "2026-09-28T17:00+10:00"
    ),
    # Thu 24 September | Fri 25 (1).
    "New South Wales": Case(
        NEW_SOUTH_WALES,
        "2026-09-24T10:00+10:00",
        "1 working day",
        "2026-09-25",
        "2026-09-25T17:00+10:00",
    ),
    # Fri 27 November | Mon 30 - (St Andrew's Day), Tue 1 December (1).
    "Scotland, St Andrew's Day": Case(
        SCOTLAND, "2026-11-27T10:00Z", "1 working day", "2026-12-01", "2026-12-01T17:00Z"
    ),
    # Fri 27 November | Mon 30 (1).
    "England, 30 November": Case(
        ENGLAND, "2026-11-27T10:00Z", "1 working day", "2026-11-30", "2026-11-30T17:00Z"
    ),
    # Fri 31 July | Mon 3 August - (Scotland's summer holiday), Tue 4 (1).
    "Scotland, 3 August": Case(
        SCOTLAND, "2026-07-31T10:00+01:00", "1 working day", "2026-08-04", "2026-08-04T17:00+01:00"
    ),
    # Fri 28 August | Mon 31 - (England's summer holiday), Tue 1 September (1).
    "England, 31 August": Case(
        ENGLAND, "2026-08-28T10:00+01:00", "1 working day", "2026-09-01", "2026-09-01T17:00+01:00"
    ),
    # Thu 2 July | Fri 3 (1): Reserve Banks are open.
    "Reserve Bank before 4 July": Case(
        RESERVE_BANK,
        "2026-07-02T10:00-04:00",
        "1 working day",
        "2026-07-03",
        "2026-07-03T17:00-04:00",
    ),
    # Thu 2 July | Fri 3 -, Mon 6 (1).
    "federal office before 4 July": Case(
        FEDERAL_OFFICE,
        "2026-07-02T10:00-04:00",
        "1 working day",
        "2026-07-06",
        "2026-07-06T17:00-04:00",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_due_date_is_the_one_counted_by_hand(case: Case) -> None:
    """The last day and the due instant are those of the comment."""
    due = case.answer()
    assert due.last_day == date.fromisoformat(case.last_day)
    assert due.instant == datetime.fromisoformat(case.due)
    assert not due.provisional


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_second_opinion_agrees(case: Case) -> None:
    """What is counted apart from the library, date by date, is the same."""
    expected = date.fromisoformat(case.last_day), datetime.fromisoformat(case.due)
    assert case.second_opinion() == expected


@pytest.mark.parametrize(
    ("title", "working_day"),
    [
        ("no roll", date(2026, 9, 24)),
        ("roll forward", date(2026, 9, 28)),
        ("roll backward", date(2026, 9, 24)),
        ("roll forward onto a substituted Saturday", date(2026, 10, 10)),
        ("China, sixty days", date(2026, 11, 9)),
        ("Canada, on a Saturday", date(2026, 9, 25)),
    ],
)
def test_the_last_working_day_before_is_always_shown(title: str, working_day: date) -> None:
    """Whoever has to act on a working day sees the last one there is, rolled or not."""
    assert CASES[title].answer().last_working_day == working_day


@pytest.mark.parametrize(
    ("title", "rolled"),
    [
        ("no roll", False),
        ("roll forward", True),
        ("roll backward", True),
        ("roll forward onto a substituted Saturday", False),
        ("Canada, on a Saturday", False),
        ("Canada, on a Sunday", True),
    ],
)
def test_a_roll_is_noted(title: str, *, rolled: bool) -> None:
    """A due date says whether its last day was moved, and keeps the day that was counted."""
    due = CASES[title].answer()
    assert (Note.ROLLED in due.notes) is rolled
    assert due.days is not None
    assert (due.days.counted != due.days.last) is rolled
