"""Due dates under the packs of China, Hong Kong, Singapore and Taiwan, each counted by hand.

2026: 25 September and 9 October are Fridays, 7 August is a Friday, 11 December is a Friday.
"""

from datetime import datetime, timedelta

import pytest

from tests.sla.days_oracle import Rules
from tests.sla.regulations.due_cases import Period, calendar, titled, working

PERIODS = {
    # 25 September: 26 (1) ... 30 September (5), 10 October (15), a Saturday that is worked.
    "China, decision": Period(
        "cn_nfra_2020",
        "cn.nfra.decision",
        calendar(15),
        "2026-09-25T16:00+08:00",
        "2026-10-11T00:00+08:00",
        until="2026-12-31",
    ),
    # 15 December: 16 until 31 December (16), 14 January (30).
    "China, decision, complex, over the turn of the year": Period(
        "cn_nfra_2020",
        "cn.nfra.decision",
        calendar(30),
        "2026-12-15T09:00+08:00",
        "2027-01-15T00:00+08:00",
        step=1,
        until="2026-12-31",
    ),
    # 1 January: 2 until 31 January (30), 28 February (58), 2 March (60): all of it from receipt.
    "China, decision, extended": Period(
        "cn_nfra_2020",
        "cn.nfra.decision",
        calendar(60),
        "2026-01-01T23:59+08:00",
        "2026-03-03T00:00+08:00",
        step=2,
        until="2026-12-31",
    ),
    # 1 February 2028: 2 until 29 February (28) in a leap year, 2 March (30).
    "China, the complainant asks for a review": Period(
        "cn_nfra_2020",
        "cn.nfra.review.apply",
        calendar(30),
        "2028-02-01T10:00+08:00",
        "2028-03-03T00:00+08:00",
        until="2026-12-31",
    ),
    # 13 February: 14 (1) ... 28 February (15); the Spring Festival counts like any other days.
    "China, forwarded by the central bank": Period(
        "cn_pbc_2020",
        "cn.pbc.reply",
        calendar(15),
        "2026-02-13T17:00+08:00",
        "2026-03-01T00:00+08:00",
        until="2026-12-31",
    ),
    # 31 December 2027: 1 until 31 January (31), 29 February 2028 (60).
    "China, forwarded by the central bank, extended": Period(
        "cn_pbc_2020",
        "cn.pbc.reply",
        calendar(60),
        "2027-12-31T10:00+08:00",
        "2028-03-01T00:00+08:00",
        step=1,
        until="2026-12-31",
    ),
    # 30 December 22:30: 31 (24), 1 January (48), 2 January 22:30 (72 hours).
    "China, a leak is reported": Period(
        "cn_pbc_2020",
        "cn.pbc.breach.report",
        timedelta(hours=72),
        "2026-12-30T22:30+08:00",
        "2027-01-02T22:30+08:00",
        until="2026-12-31",
    ),
    # 29 February 2024: 2027 has no such date, 28 February.
    "China, records": Period(
        "cn_pbc_2020",
        "cn.pbc.retention",
        Rules("years", 3, "end_of_day"),
        "2024-02-29T10:00+08:00",
        "2027-03-01T00:00+08:00",
        until="2026-12-31",
    ),
    # Thu 24 September | Fri 25 - Sun 27 -, Mon 28 (1), 29 (2), 30 (3), 1 to 7 October -,
    # Thu 8 (4), Fri 9 (5).
    "China, an order of the hotline": Period(
        "cn_12345",
        "cn.12345.weifang.reply",
        working(5),
        "2026-09-24T15:00+08:00",
        "2026-10-09T18:00+08:00",
    ),
    # 28 December: 29 (1), 30 (2), 31 (3), 4 January (7).
    "Hong Kong, acknowledgement": Period(
        "hk_ic4",
        "hk.ic4.ack",
        calendar(7),
        "2026-12-28T09:00+08:00",
        "2027-01-05T00:00+08:00",
        until="2026-12-31",
    ),
    # 31 January: 28 February (28), 2 March (30).
    "Hong Kong, final response": Period(
        "hk_ic4",
        "hk.ic4.final",
        calendar(30),
        "2026-01-31T09:00+08:00",
        "2026-03-03T00:00+08:00",
        until="2026-12-31",
    ),
    # 20 November: 30 November (10), 31 December (41), 19 January (60).
    "Hong Kong, final response, complicated": Period(
        "hk_ic4",
        "hk.ic4.final",
        calendar(60),
        "2026-11-20T09:00+08:00",
        "2027-01-20T00:00+08:00",
        step=1,
        until="2026-12-31",
    ),
    # Fri 7 August | Sat, Sun -, Mon 10 - (National Day, moved), Tue 11 (1), Wed 12 (2).
    "Singapore, acknowledgement": Period(
        "sg_fachr",
        "sg.fachr.ack",
        working(2),
        "2026-08-07T10:00+08:00",
        "2026-08-12T17:00+08:00",
        until="2026-12-31",
    ),
    # Fri 11 December | 14 to 18 (5), 21 to 24 (9), 25 -, 28 to 31 (13), 1 January -, 4 to 8 (18),
    # 11 (19), 12 (20).
    "Singapore, final response": Period(
        "sg_fachr",
        "sg.fachr.final",
        working(20),
        "2026-12-11T10:00+08:00",
        "2027-01-12T17:00+08:00",
        until="2026-12-31",
    ),
    # 29 February 2028: 2033 has no such date, 28 February.
    "Singapore, records": Period(
        "sg_fachr",
        "sg.fachr.retention",
        Rules("years", 5, "end_of_day"),
        "2028-02-29T10:00+08:00",
        "2033-03-01T00:00+08:00",
        until="2026-12-31",
    ),
    # 31 January 2028: 29 February (29) in a leap year, 1 March (30).
    "Taiwan, reply": Period(
        "tw_fcpa",
        "tw.fcpa.handle",
        calendar(30),
        "2028-01-31T10:00+08:00",
        "2028-03-02T00:00+08:00",
        until="2026-12-31",
    ),
    # 31 December: 31 January (31), 28 February (59), 1 March (60).
    "Taiwan, the consumer goes to the ombudsman": Period(
        "tw_fcpa",
        "tw.fcpa.refer",
        calendar(60),
        "2026-12-31T10:00+08:00",
        "2027-03-02T00:00+08:00",
        until="2026-12-31",
    ),
}


@pytest.mark.parametrize("period", PERIODS.values(), ids=titled(PERIODS))
def test_due_date_is_the_one_counted_by_hand(period: Period) -> None:
    """The due instant is that of the comment."""
    start = datetime.fromisoformat(period.received)
    assert period.answer(start) == datetime.fromisoformat(period.due)


@pytest.mark.parametrize("period", PERIODS.values(), ids=titled(PERIODS))
def test_second_opinion_agrees(period: Period) -> None:
    """What is counted apart from the library is the same, for receipts on awkward days too."""
    for start in period.receipts():
        assert period.answer(start) == period.apart(start), start
