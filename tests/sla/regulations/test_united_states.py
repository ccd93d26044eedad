"""The clocks of the United States: every period with a due date counted by hand.

Business days are those of the Reserve Banks, and whole ones: they end at 24:00.
"""

import pytest

from tests.sla.regulations.second_opinion import Row, answer, apart, periods, receipts
from workorder.sla import ready

PERIODS = periods("us_reg_e", "us_reg_z", "us_cfpb")

ROWS = [
    # Fri 26 June | Mon 29 (1), 30 (2), 1 July (3), 2 (4), Fri 3 (5: Reserve Banks are open),
    # Mon 6 (6), 7 (7), 8 (8), 9 (9), Fri 10 (10).
    Row("us.rege.determine", "US-FED", "2026-06-26T16:40-04:00", "2026-07-10 24:00"),
    # The same where federal offices decide: Fri 3 July is no working day, so Mon 13 (10).
    Row("us.rege.determine", "US", "2026-06-26T16:40-04:00", "2026-07-13 24:00"),
    # From the same notice: 30 June is 4, 31 July is 35, 10 August is 45.
    Row("us.rege.determine+1", "US-FED", "2026-06-26T16:40-04:00", "2026-08-10 24:00"),
    # 31 August is 66, 24 September is 90.
    Row("us.rege.determine+2", "US-FED", "2026-06-26T16:40-04:00", "2026-09-24 24:00"),
    # Fri 20 November, half an hour before midnight, is still Friday | 30 November is 10,
    # 31 December is 41, 4 January is 45.
    Row("us.rege.investigate45", "US-FED", "2026-11-20T23:30-05:00", "2027-01-04 24:00"),
    # 31 January is 72, 18 February is 90.
    Row("us.rege.investigate45+1", "US-FED", "2026-11-20T23:30-05:00", "2027-02-18 24:00"),
    # Fri 20 | 23 (1), 24 (2), 25 (3), 26 Thanksgiving -, 27 (4), 30 (5), 1-4 December (6-9),
    # 7-11 (10-14), 14-18 (15-19), Mon 21 (20).
    Row("us.rege.new_account20", "US-FED", "2026-11-20T23:30-05:00", "2026-12-21 24:00"),
    # 31 December is 16, 31 January is 47, 29 February (leap) is 76, 14 March is 90.
    Row("us.rege.new_account20+1", "US-FED", "2027-12-15T09:00-05:00", "2028-03-14 24:00"),
    # Fri 20 | 23 (1), 24 (2), 25 (3), 26 -, 27 (4), 30 (5), 1-4 December (6-9), Mon 7 (10).
    Row("us.rege.provisional_credit", "US-FED", "2026-11-20T16:40-05:00", "2026-12-07 24:00"),
    # Thu 31 December | Fri 1 January -, Mon 4 (1), Tue 5 (2).
    Row("us.rege.provisional_notice", "US-FED", "2026-12-31T10:00-05:00", "2027-01-05 24:00"),
    # Thu 2 July | Fri 3 (1).
    Row("us.rege.correct", "US-FED", "2026-07-02T12:00-04:00", "2026-07-03 24:00"),
    # Thu 2 July | Fri 3 - (4 July observed), Mon 6 (1).
    Row("us.rege.correct", "US", "2026-07-02T12:00-04:00", "2026-07-06 24:00"),
    # Thu 24 December | Fri 25 -, Mon 28 (1), 29 (2), Wed 30 (3).
    Row("us.rege.report", "US-FED", "2026-12-24T12:00-05:00", "2026-12-30 24:00"),
    # Thu 24 | 28 (1), 29 (2), 30 (3), 31 (4), Fri 1 January -, Mon 4 (5).
    Row("us.rege.honor_items", "US-FED", "2026-12-24T12:00-05:00", "2027-01-04 24:00"),
    # 31 January is 30, 29 February (leap) is 59, 1 March is 60.
    Row("us.rege.consumer_notice", "US-FED", "2028-01-01T12:00-05:00", "2028-03-01 24:00"),
    # Tue 10 November | 11 Veterans Day -, 12 (1), 13 (2), 16-20 (3-7), 23 (8), 24 (9), 25 (10).
    Row("us.rege.written_confirmation", "US-FED", "2026-11-10T08:00-05:00", "2026-11-25 24:00"),
    # Sat 5 September | Sun 6 -, Labor Day 7 -, Tue 8 (1), Wed 9 (2).
    Row("us.rege.loss_report", "US-FED", "2026-09-05T08:00-04:00", "2026-09-09 24:00"),
    # 31 October is 31, 30 November is 61, 29 December is 90.
    Row("us.rege.remittance90", "US-FED", "2026-09-30T08:00-04:00", "2026-12-29 24:00"),
    # There is no 29 February 2026.
    Row("us.rege.retention", "US-FED", "2024-02-29T08:00-05:00", "2026-02-28 24:00"),
    # 31 December is 16, 14 January is 30.
    Row("us.regz.ack", "US-FED", "2026-12-15T08:00-05:00", "2027-01-14 24:00"),
    # The running cycle ends on 30 September; 31 October (first), 30 November (second: day 81).
    Row("us.regz.resolve", "US-FED", "2026-09-10T08:00-04:00", "2026-11-30 24:00"),
    # Running until 31 October; 30 November, 31 December would be day 91, so day 90: 31 October is
    # 30, 30 November is 60, 30 December is 90.
    Row("us.regz.resolve", "US-FED", "2026-10-01T08:00-04:00", "2026-12-30 24:00"),
    # 31 January is 31, 28 February is 59, 1 March is 60.
    Row("us.regz.consumer_notice", "US-FED", "2026-12-31T08:00-05:00", "2027-03-01 24:00"),
    # 31 December is 11, 4 January is 15.
    Row("us.cfpb.respond", "US-FED", "2026-12-20T08:00-05:00", "2027-01-04 24:00"),
    # 31 January is 42, 18 February is 60.
    Row("us.cfpb.respond+1", "US-FED", "2026-12-20T08:00-05:00", "2027-02-18 24:00"),
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


@pytest.mark.parametrize("period", PERIODS)
def test_a_second_opinion(period: str) -> None:
    """From many receipts, every period ends where plain counting of dates ends it."""
    for received in receipts("US-FED"):
        due = ready("US-FED").due(received, PERIODS[period])
        assert due.instant == apart(PERIODS[period], "US-FED", received), received


def test_a_notice_outside_business_hours_is_received() -> None:
    """A notice at 23:30 counts from the same day as one at noon; one at 00:00 from the next."""
    fed, period = ready("US-FED"), PERIODS["us.rege.determine"]
    noon, late = (Row("", "US-FED", f"2026-11-20T{at}-05:00", "") for at in ("12:00", "23:30"))
    assert fed.due(noon.start, period).instant == fed.due(late.start, period).instant
    # Mon 23 at 00:00 | 24 (1), 25 (2), 27 (3), 30 (4), 1-4 December (5-8), 7 (9), Tue 8 (10).
    monday = Row("us.rege.determine", "US-FED", "2026-11-23T00:00-05:00", "2026-12-08 24:00")
    assert answer(monday, PERIODS).text() == monday.due
