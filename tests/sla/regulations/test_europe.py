"""Due dates under the packs of the United Kingdom, the European Union and Ireland, by hand.

2026: Good Friday is 3 April, Christmas Day a Friday; summer time lasts from 29 March to 25 October.
"""

from datetime import datetime

import pytest

from tests.sla.days_oracle import Rules
from tests.sla.regulations.due_cases import Period, titled, working

LAST = "2026-12-31"

PERIODS = {
    # Thu 24 December | Fri 25 -, Sat, Sun -, Mon 28 - (Boxing Day, moved), 29 (1), 30 (2), 31 (3).
    "UK, summary resolution": Period(
        "uk_disp",
        "uk.disp.src",
        working(3),
        "2026-12-24T12:00+00:00",
        "2026-12-31T17:00+00:00",
        until=LAST,
    ),
    # Sat 28 March | Mon 30 (1), Tue 31 (2), Wed 1 April (3): not deemed received on Monday; summer
    # time began on Sunday.
    "UK, summary resolution, received on a Saturday": Period(
        "uk_disp",
        "uk.disp.src",
        working(3),
        "2026-03-28T10:00+00:00",
        "2026-04-01T17:00+01:00",
        until=LAST,
    ),
    # Fri 27 November | Mon 30 (1), Tue 1 December (2), Wed 2 (3).
    "England, summary resolution": Period(
        "uk_disp",
        "uk.disp.src",
        working(3),
        "2026-11-27T10:00+00:00",
        "2026-12-02T17:00+00:00",
        until=LAST,
    ),
    # Fri 27 November | Mon 30 - (St Andrew), Tue 1 December (1), 2 (2), 3 (3).
    "Scotland, summary resolution": Period(
        "uk_disp",
        "uk.disp.src",
        working(3),
        "2026-11-27T10:00+00:00",
        "2026-12-03T17:00+00:00",
        place="GB-SCT",
    ),
    # Tue 15 September, eight weeks: Tue 10 November; summer time ended on 25 October.
    "UK, eight weeks": Period(
        "uk_disp",
        "uk.disp.final",
        Rules("weeks", 8, "end_of_day"),
        "2026-09-15T10:00+01:00",
        "2026-11-11T00:00+00:00",
        until=LAST,
    ),
    # Thu 10 December | 11 (1), 14 to 18 (6), 21 to 24 (10), 25 -, 28 -, 29 to 31 (13), 1 January -,
    # Mon 4 (14), Tue 5 (15).
    "UK, payment services": Period(
        "uk_disp",
        "uk.disp.psd.final",
        working(15),
        "2026-12-10T10:00+00:00",
        "2027-01-05T17:00+00:00",
        until=LAST,
    ),
    # Fri 25 September | seven whole weeks from Mon 28: Fri 13 November (35). The same count is the
    # example of a long stop that the rule on push payment scams was found with.
    "UK, payment services, longest": Period(
        "uk_disp",
        "uk.disp.psd.final",
        working(35),
        "2026-09-25T10:00+01:00",
        "2026-11-13T17:00+00:00",
        step=1,
        until=LAST,
    ),
    # 31 August: February 2027 ends on the 28th.
    "UK, to the ombudsman": Period(
        "uk_disp",
        "uk.disp.fos",
        Rules("months", 6, "end_of_day"),
        "2026-08-31T10:00+01:00",
        "2027-03-01T00:00+00:00",
        until=LAST,
    ),
    # Thu 2 April | Fri 3 - (Good Friday), Sat, Sun -, Mon 6 - (Easter), Tue 7 (1).
    "UK, unauthorised transaction": Period(
        "uk_disp",
        "uk.psr2017.reg76",
        working(1),
        "2026-04-02T23:59+01:00",
        "2026-04-07T17:00+01:00",
        until=LAST,
    ),
    # Fri 22 May | Mon 25 - (bank holiday), 26 (1) to 29 (4), Mon 1 June (5).
    "UK, push payment scam": Period(
        "uk_disp",
        "uk.psr.app_scam",
        working(5),
        "2026-05-22T16:00+01:00",
        "2026-06-01T17:00+01:00",
        until=LAST,
    ),
    # Mon 23 March | 24 to 27 (4), 30 to 2 April (8), 3 -, 6 -, 7 to 10 (12), 13, 14, 15 (15);
    # summer time began on 29 March.
    "EU, reply": Period(
        "eu_psd2",
        "eu.psd2.101.reply",
        working(15),
        "2026-03-23T10:00+01:00",
        "2026-04-15T17:00+02:00",
        until=LAST,
    ),
    # Tue 1 December | 2 to 4 (3), 7 to 11 (8), 14 to 18 (13), 21 to 24 (17), 25 -, 28 to 31 (21),
    # 1 January -, 4 to 8 (26), 11 to 15 (31), 18 (32), 19 (33), 20 (34), 21 (35).
    "EU, reply, longest": Period(
        "eu_psd2",
        "eu.psd2.101.reply",
        working(35),
        "2026-12-01T10:00+01:00",
        "2027-01-21T17:00+01:00",
        step=1,
        until=LAST,
    ),
    # Thu 30 April | Fri 1 May -, Mon 4 (1).
    "EU, unauthorised transaction": Period(
        "eu_psd2",
        "eu.psd2.73.refund",
        working(1),
        "2026-04-30T18:00+02:00",
        "2026-05-04T17:00+02:00",
        until=LAST,
    ),
    # Thu 22 October | 23 (1), Mon 26 - (October holiday), 27 (2), 28 (3), 29 (4), 30 (5); summer
    # time ended on 25 October.
    "Ireland, acknowledgement": Period(
        "ie_cpc",
        "ie.cpc.ack",
        working(5),
        "2026-10-22T10:00+01:00",
        "2026-10-30T17:00+00:00",
    ),
    # Mon 2 March | 3 to 6 (4), 9 to 13 (9), 16 (10), 17 - (St Patrick), 18 to 20 (13), 23 to 27
    # (18), 30 (19), 31 (20).
    "Ireland, update": Period(
        "ie_cpc",
        "ie.cpc.update",
        working(20),
        "2026-03-02T10:00+00:00",
        "2026-03-31T17:00+01:00",
    ),
    # Fri 27 March | 30 to 3 April (5, Good Friday is open), 6 -, 7 to 10 (9), 13 to 17 (14), 20 to
    # 24 (19), 27 to 1 May (24), 4 -, 5 to 8 (28), 11 to 15 (33), 18 to 22 (38), 25 (39), 26 (40).
    "Ireland, resolution": Period(
        "ie_cpc",
        "ie.cpc.final",
        working(40),
        "2026-03-27T10:00+00:00",
        "2026-05-26T17:00+01:00",
    ),
    # Fri 31 July | Mon 3 August - (August holiday), 4 (1) to 7 (4), Mon 10 (5).
    "Ireland, outcome": Period(
        "ie_cpc",
        "ie.cpc.outcome",
        working(5),
        "2026-07-31T17:30+01:00",
        "2026-08-10T17:00+01:00",
    ),
}


@pytest.mark.parametrize("period", PERIODS.values(), ids=titled(PERIODS))
def test_due_date_in_europe_is_the_one_counted_by_hand(period: Period) -> None:
    """The due instant is that of the comment."""
    start = datetime.fromisoformat(period.received)
    assert period.answer(start) == datetime.fromisoformat(period.due)


@pytest.mark.parametrize("period", PERIODS.values(), ids=titled(PERIODS))
def test_second_opinion_agrees_in_europe(period: Period) -> None:
    """What is counted apart from the library is the same, for receipts on awkward days too."""
    for start in period.receipts():
        assert period.answer(start) == period.apart(start), start
