"""The clocks of Australia, India, Canada and Brazil: every period counted by hand."""

from datetime import UTC, datetime

import pytest

from tests.sla.regulations.second_opinion import Row, answer, apart, periods, receipts
from workorder.durations import Latest
from workorder.sla import ready
from workorder.sla.regulations import pack

PACKS = ("au_rg271", "in_rbi", "ca_bank_act", "br_ouvidoria")
PERIODS = periods(*PACKS)

ROWS = [
    # --- Australia ---
    # Sat 3 October 10:00 | 24 hours end on Sun 4 at 11:00, because clocks went forward; one
    # business day: Mon 5 Labour Day -, Tue 6 (1). The later of both.
    Row("au.rg271.ack", "AU-NSW", "2026-10-03T10:00+10:00", "2026-10-06 24:00"),
    # Thu 24 September | New South Wales: Fri 25 (1).
    Row("au.rg271.ack", "AU-NSW", "2026-09-24T10:00+10:00", "2026-09-25 24:00"),
    # Thu 24 September | Victoria: Fri 25 -, Mon 28 (1).
    Row("au.rg271.ack", "AU-VIC", "2026-09-24T10:00+10:00", "2026-09-28 24:00"),
    # 30 September is 25, 5 October is 30: Labour Day, and nothing moves it.
    Row("au.rg271.final", "AU-NSW", "2026-09-05T10:00+10:00", "2026-10-05 24:00"),
    # 31 December is 11, 10 January is 21: a Sunday.
    Row("au.rg271.credit21", "AU-NSW", "2026-12-20T10:00+11:00", "2027-01-10 24:00"),
    # 31 January is 11, 29 February (leap) is 40, 5 March is 45.
    Row("au.rg271.super45", "AU-NSW", "2028-01-20T10:00+11:00", "2028-03-05 24:00"),
    # Mon 21 September | 22 (1), 23 (2), 24 (3), Fri 25 (4), Mon 28 (5).
    Row("au.rg271.five_bd", "AU-NSW", "2026-09-21T10:00+10:00", "2026-09-28 24:00"),
    # In Victoria Fri 25 is none: Mon 28 (4), Tue 29 (5).
    Row("au.rg271.five_bd", "AU-VIC", "2026-09-21T10:00+10:00", "2026-09-29 24:00"),
    # Thu 24 December | Fri 25 -, Mon 28 - in place of Saturday, 29 (1), 30 (2), 31 (3),
    # Fri 1 January -, Mon 4 (4), Tue 5 (5).
    Row("au.rg271.five_bd", "AU-NSW", "2026-12-24T10:00+11:00", "2027-01-05 24:00"),
    # --- India ---
    # 30 November is 15, 15 December is 30.
    Row("in.rbi.final", "IN-MH", "2026-11-15T10:00+05:30", "2026-12-15 24:00"),
    # 31 December is 11, 9 January is 20: a second Saturday, and nothing moves it.
    Row("in.rbi.io_escalate", "IN-MH", "2026-12-20T10:00+05:30", "2027-01-09 24:00"),
    # T is Thu 1 October | 2 (1), 3 (2), 4 (3), 5 (4), 6 (5): dates of the calendar.
    Row("in.tat.t5", "IN-MH", "2026-10-01T22:00+05:30", "2026-10-06 24:00"),
    # T + 1 is 2 October, though it is a holiday.
    Row("in.tat.t1", "IN-MH", "2026-10-01T22:00+05:30", "2026-10-02 24:00"),
    # Fri 25 September | Sat 26 - (fourth), 28 (1), 29 (2), 30 (3), 1 October (4), Fri 2 -,
    # Sat 3 (5: first), 5 (6), 6 (7), 7 (8), 8 (9), Fri 9 (10), at the close.
    Row("in.rbi.shadow_reversal", "IN-MH", "2026-09-25T10:00+05:30", "2026-10-09 17:00"),
    # 31 October is 31, 30 November is 61, 29 December is 90.
    Row("in.rbi.unauth90", "IN-MH", "2026-09-30T10:00+05:30", "2026-12-29 24:00"),
    # --- Canada ---
    # Sat 12 September | 30 September is 18, 31 October is 49, 7 November is 56: a Saturday, stays.
    Row("ca.bankact.deal", "CA-ROLL", "2026-09-12T10:00-04:00", "2026-11-07 24:00"),
    # Sun 13 | Sunday 8 November is 56, so Mon 9.
    Row("ca.bankact.deal", "CA-ROLL", "2026-09-13T10:00-04:00", "2026-11-09 24:00"),
    # Wed 16 | Wed 11 November is 56, Remembrance Day, so Thu 12.
    Row("ca.bankact.deal", "CA-ROLL", "2026-09-16T10:00-04:00", "2026-11-12 24:00"),
    # There is no 29 February 2035.
    Row("ca.bankact.retention", "CA-ROLL", "2028-02-29T10:00-05:00", "2035-02-28 24:00"),
    # 30 September | 31 October is 31, 29 November is 60: a Sunday, so Mon 30.
    Row("ca.bankact.quarterly", "CA-ROLL", "2026-09-30T23:59-04:00", "2026-11-30 24:00"),
    # 31 December | 31 January is 31, 28 February is 59, Mon 1 March is 60.
    Row("ca.bankact.quarterly", "CA-ROLL", "2026-12-31T10:00-05:00", "2027-03-01 24:00"),
    # 30 November is 29, 31 December is 60, 31 January is 91, 28 February is 119, 1 March is 120.
    Row("ca.ecb.final", "CA-ROLL", "2026-11-01T10:00-05:00", "2027-03-01 24:00"),
    # --- Brazil ---
    # Fri 6 February | 9-13 (1-5), Carnival 16 - and 17 -, Wed 18 (6), 19 (7), 20 (8), 23 (9),
    # Tue 24 (10), at the close.
    Row("br.cmn4860.ouvidoria", "BR", "2026-02-06T10:00-03:00", "2026-02-24 17:00"),
    # Mon 21 December | 22 (1), 23 (2), 24 (3), 25 -, 28-31 (4-7), 1 January -,
    # 4 (8), 5 (9), Wed 6 (10).
    Row("br.bcb.rdr", "BR", "2026-12-21T10:00-03:00", "2027-01-06 17:00"),
    # 7 (11), 8 (12), 11-15 (13-17), 18 (18), 19 (19), Wed 20 (20).
    Row("br.bcb.rdr+1", "BR", "2026-12-21T10:00-03:00", "2027-01-20 17:00"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.period} {row.code} {row.received}")
def test_counted_by_hand(row: Row) -> None:
    """Each period ends at the instant that was counted by hand, and the second opinion agrees."""
    due = answer(row, PERIODS)
    assert due.text() == row.due
    assert due.instant == row.instant
    assert apart(PERIODS[row.period], row.code, row.start) == row.instant


def test_every_period_was_counted() -> None:
    """No clock with a period, and no extension, is without a due date counted by hand."""
    assert {row.period for row in ROWS} == set(PERIODS)


_CALENDARS = [(name, pack(name).calendar) for name in PACKS] + [("au_rg271", "AU-VIC")]


@pytest.mark.parametrize(("name", "code"), _CALENDARS)
def test_a_second_opinion(name: str, code: str) -> None:
    """From many receipts, every period ends where plain counting of dates ends it."""
    for period, duration in periods(name).items():
        for received in receipts(code):
            due = ready(code).due(received, duration)
            assert due.instant == apart(duration, code, received), (period, received)


def test_twenty_four_hours_over_the_change_of_clocks() -> None:
    """24 elapsed hours from Saturday 10:00 in Sydney end on Sunday at 11:00 on the wall."""
    within = PERIODS["au.rg271.ack"]
    assert isinstance(within, Latest)
    due = ready("AU-NSW").due(datetime.fromisoformat("2026-10-03T10:00+10:00"), within.of[0])
    assert due.text() == "2026-10-04 11:00"
    assert due.instant == datetime(2026, 10, 4, 0, tzinfo=UTC)


def test_a_saturday_moves_by_a_calendar_that_is_closed_on_saturdays() -> None:
    """Why the note asks for CA-ROLL: by another calendar the 56 days would end two days late."""
    saturday = Row("ca.bankact.deal", "CA", "2026-09-12T10:00-04:00", "")
    assert answer(saturday, PERIODS).text() == "2026-11-09 24:00"
    assert "CA-ROLL" in pack("ca_bank_act").note["en"]
