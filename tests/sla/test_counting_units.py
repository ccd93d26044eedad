"""Units and several clocks at once, each due date counted by hand."""

from datetime import date, datetime, timedelta

import pytest

from tests.sla.desks import CHINA, DESK, ENGLAND, FEDERAL_OFFICE, NEW_SOUTH_WALES, Case
from workorder.durations import BillingCycles, CalendarDays, Earliest
from workorder.sla import Note

CASES = {
    # --- weeks, months, years ---
    # Wed 4 March, 11 (1), 18 (2).
    "weeks": Case(DESK, "2026-03-04T10:00Z", "2 weeks", "2026-03-18", "2026-03-19T00:00Z"),
    # 10 March (1) is the first day of the week that ends on the 16th.
    "a week counting the first day": Case(
        DESK,
        "2026-03-10T10:00Z",
        "1 week, counting the first day",
        "2026-03-16",
        "2026-03-17T00:00Z",
    ),
    # 15 March, 15 April (1), 15 May (2).
    "months": Case(DESK, "2026-03-15T10:00Z", "2 months", "2026-05-15", "2026-05-16T00:00Z"),
    # 31 January; February 2026 has 28 days (Civil Code of China, art. 202).
    "a month from 31 January": Case(
        DESK, "2026-01-31T10:00Z", "1 month", "2026-02-28", "2026-03-01T00:00Z"
    ),
    # February 2028 has 29.
    "a month from 31 January, leap year": Case(
        DESK, "2028-01-31T10:00Z", "1 month", "2028-02-29", "2028-03-01T00:00Z"
    ),
    # 31 January, (28 February,) 31 March: clipped once at the end, not on the way.
    "two months from 31 January": Case(
        DESK, "2026-01-31T10:00Z", "2 months", "2026-03-31", "2026-04-01T00:00Z"
    ),
    # 28 February and one month is the 28th, not the last day of March.
    "a month from 28 February": Case(
        DESK, "2026-02-28T10:00Z", "1 month", "2026-03-28", "2026-03-29T00:00Z"
    ),
    # 29 February 2028; February 2029 has 28 days.
    "a year from 29 February": Case(
        DESK, "2028-02-29T10:00Z", "1 year", "2029-02-28", "2029-03-01T00:00Z"
    ),
    # 29 February 2028, and four years on there is one again.
    "four years from 29 February": Case(
        DESK, "2028-02-29T10:00Z", "4 years", "2032-02-29", "2032-03-01T00:00Z"
    ),
    # --- China: from the day of receipt, not counted, Thu 10 September 2026 ---
    # 11 September (1) to 25 September (15).
    "15 days": Case(
        CHINA, "2026-09-10T14:00+08:00", "15 calendar days", "2026-09-25", "2026-09-26T00:00+08:00"
    ),
    # 30 September is (20), 10 October (30).
    "30 days": Case(
        CHINA, "2026-09-10T14:00+08:00", "30 calendar days", "2026-10-10", "2026-10-11T00:00+08:00"
    ),
    # 31 October is (51), 9 November (60).
    "60 days": Case(
        CHINA, "2026-09-10T14:00+08:00", "60 calendar days", "2026-11-09", "2026-11-10T00:00+08:00"
    ),
    # --- billing cycles: what is left of the running one is not counted ---
    # 10 March is in the cycle to 25 March | to 25 April (1), to 25 May (2).
    "receipt in mid-cycle": Case(
        DESK,
        "2026-03-10T10:00Z",
        "2 billing cycles, closing on day 25",
        "2026-05-25",
        "2026-05-26T00:00Z",
    ),
    # 25 March is the last day of the cycle to 25 March | 25 April (1), 25 May (2).
    "receipt on the closing day": Case(
        DESK,
        "2026-03-25T10:00Z",
        "2 billing cycles, closing on day 25",
        "2026-05-25",
        "2026-05-26T00:00Z",
    ),
    # 26 March is the first day of the cycle to 25 April | 25 May (1), 25 June (2).
    "receipt on the day after the closing day": Case(
        DESK,
        "2026-03-26T10:00Z",
        "2 billing cycles, closing on day 25",
        "2026-06-25",
        "2026-06-26T00:00Z",
    ),
    # 10 February is in the cycle to 28 February | 31 March (1), 30 April (2).
    "closing on the last day of the month": Case(
        DESK,
        "2026-02-10T10:00Z",
        "2 billing cycles, closing on day 31",
        "2026-04-30",
        "2026-05-01T00:00Z",
    ),
    # --- many days ---
    # UK, payment fraud: Fri 25 September | 28 Sep - 2 Oct (5), 5 - 9 (10), 12 - 16 (15),
    # 19 - 23 (20), 26 - 30 (25), 2 - 6 Nov (30), 9 - 13 (35); clocks went back on 25 October.
    "UK, thirty-five business days": Case(
        ENGLAND, "2026-09-25T11:00+01:00", "35 working days", "2026-11-13", "2026-11-13T17:00Z"
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


def test_a_clipped_month_says_so() -> None:
    """Where the month has no such date, the note says that its last day was taken."""
    clipped = {title for title, case in CASES.items() if Note.CLIPPED in case.answer().notes}
    assert clipped == {
        "a month from 31 January",
        "a month from 31 January, leap year",
        "a year from 29 February",
    }


# --- hours ----------------------------------------------------------------------------------


def test_elapsed_hours_run_day_and_night() -> None:
    """72 hours from Wednesday 16:30, over the National Day break: Saturday 16:30."""
    # 30 September 16:30, 1 October (24), 2 October (48), 3 October 16:30 (72).
    due = CHINA.calendar.due(datetime.fromisoformat("2026-09-30T16:30+08:00"), "72 elapsed hours")
    assert due.instant == datetime.fromisoformat("2026-10-03T16:30+08:00")
    assert due.last_working_day == date(2026, 9, 30)


def test_working_hours_are_counted_in_windows() -> None:
    """8 working hours from Wednesday 16:30, over the same break: Thursday the 8th, 15:30."""
    # 30 September 16:30-18:00 (1.5); 1 to 7 October closed; 8 October 09:00-15:30 (8).
    due = CHINA.calendar.due(datetime.fromisoformat("2026-09-30T16:30+08:00"), "8 working hours")
    assert due.instant == datetime.fromisoformat("2026-10-08T15:30+08:00")


def test_a_day_of_24_hours_over_the_change_of_clocks() -> None:
    """24 elapsed hours from Saturday 10:00 in Sydney, 3 October 2026, end on Sunday at 11:00."""
    # On Sunday 02:00 becomes 03:00: 10:00 to 02:00 are 16 hours, 03:00 to 11:00 are 8.
    due = NEW_SOUTH_WALES.calendar.due(
        datetime.fromisoformat("2026-10-03T10:00+10:00"), "24 elapsed hours"
    )
    assert due.instant.isoformat() == "2026-10-04T11:00:00+11:00"
    # A calendar day at the same time is 10:00, an hour less.
    same = NEW_SOUTH_WALES.calendar.due(
        datetime.fromisoformat("2026-10-03T10:00+10:00"), "1 calendar day at the same time"
    )
    assert same.instant.isoformat() == "2026-10-04T10:00:00+11:00"
    assert due.instant - same.instant == timedelta(hours=1)


# --- the earliest or latest of two ----------------------------------------------------------

TWO_CYCLES_OR_90_DAYS = Earliest(BillingCycles(2, closing_day=25), CalendarDays(90))


@pytest.mark.parametrize(
    ("received", "last_day", "kind"),
    [
        # In the cycle to 25 January | 25 February (1), 25 March (2).
        # 90 days: 31 January (21), 28 February (49), 31 March (80), 10 April (90).
        ("2026-01-10T10:00-05:00", date(2026, 3, 25), BillingCycles),
        # In the cycle to 25 July | 25 August (1), 25 September (2).
        # 90 days: 30 June (4), 31 July (35), 31 August (66), 24 September (90).
        ("2026-06-26T10:00-04:00", date(2026, 9, 24), CalendarDays),
    ],
)
def test_regulation_z_is_two_cycles_but_at_most_90_days(
    received: str, last_day: date, kind: type
) -> None:
    """Regulation Z, 1026.13(c)(2): two complete billing cycles, in no event later than 90 days."""
    due = FEDERAL_OFFICE.calendar.due(datetime.fromisoformat(received), TWO_CYCLES_OR_90_DAYS)
    assert due.last_day == last_day
    assert [type(part.duration) for part in due.parts if part.instant == due.instant] == [kind]


@pytest.mark.parametrize(
    ("which", "due"),
    [
        # Fri 16:00 and 24 hours: Sat 16:00. One working day: Sat -, Sun -, Mon 7 (1), 17:00.
        ("earliest", "2026-09-05T16:00+10:00"),
        ("latest", "2026-09-07T17:00+10:00"),
    ],
)
def test_24_hours_or_one_business_day(which: str, due: str) -> None:
    """RG 271: an acknowledgement within 24 hours or one business day, read either way."""
    made = NEW_SOUTH_WALES.calendar.due(
        datetime.fromisoformat("2026-09-04T16:00+10:00"),
        f"the {which} of [24 elapsed hours; 1 working day]",
    )
    assert made.instant == datetime.fromisoformat(due)


# --- several clocks from one start ----------------------------------------------------------


def test_several_clocks_run_from_the_same_receipt() -> None:
    """Regulation E: 10 business days for credit and 45 or 90 calendar days, all from the notice."""
    notice = datetime.fromisoformat("2026-03-05T15:00-05:00")
    clocks = ("10 working days", "45 calendar days", "90 calendar days")
    assert [FEDERAL_OFFICE.calendar.due(notice, clock).last_day for clock in clocks] == [
        # Thu 5 March | 6 (1), 9 - 13 (6), 16 - 19 (10).
        date(2026, 3, 19),
        # 31 March (26), 19 April (45), a Sunday: not moved.
        date(2026, 4, 19),
        # 30 April (56), 31 May (87), 3 June (90).
        date(2026, 6, 3),
    ]


def test_an_order_may_carry_its_own_limit() -> None:
    """Where the order itself prints the limit, the due instant is the one that is given."""
    received = datetime.fromisoformat("2026-09-30T16:30+08:00")
    promised = datetime.fromisoformat("2026-10-09T12:00+08:00")
    due = CHINA.calendar.due(received, "at promised_at", given={"promised_at": promised})
    assert (due.instant, due.last_day) == (promised, date(2026, 10, 9))
