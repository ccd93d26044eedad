"""The places whose packs are judged, as plain data for the second opinion.

Nothing of the library is imported. Holidays that fall on Monday to Friday are typed in, from 2026
into the spring of 2027; a receipt after October reaches no further here.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from tests.sla.days_oracle import Rules, due
from tests.sla.oracle import Plain, Week

NINE_TO_FIVE: Week = tuple(((540, 1020),) if day < 5 else () for day in range(7))
NINE_TO_SIX: Week = tuple(((540, 1080),) if day < 5 else () for day in range(7))


def _on(year: int, *days: str) -> list[date]:
    return [date.fromisoformat(f"{year}-{day}") for day in days]


def _through(first: str, last: str) -> list[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _place(zone: str, week: Week, closed: Iterable[date], worked: Iterable[date] = ()) -> Plain:
    source = dict.fromkeys(closed, "holiday") | dict.fromkeys(worked, "workday")
    return Plain(zone, week, source=source)


_GREAT_BRITAIN = _on(2026, "01-01", "04-03", "05-04", "05-25", "12-25", "12-28")

PLACES = {
    # The whole breaks of 2026, and the weekends that are worked instead.
    "CN": _place(
        "Asia/Shanghai",
        NINE_TO_SIX,
        [
            *_through("2026-01-01", "2026-01-03"),
            *_through("2026-02-15", "2026-02-23"),
            *_through("2026-04-04", "2026-04-06"),
            *_through("2026-05-01", "2026-05-05"),
            *_through("2026-06-19", "2026-06-21"),
            *_through("2026-09-25", "2026-09-27"),
            *_through("2026-10-01", "2026-10-07"),
        ],
        _on(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
    "HK": _place("Asia/Hong_Kong", NINE_TO_FIVE, []),  # its clocks count calendar days
    "TW": _place("Asia/Taipei", NINE_TO_FIVE, []),  # likewise
    "SG": _place(
        "Asia/Singapore",
        NINE_TO_FIVE,
        [
            *_on(2026, "01-01", "02-17", "02-18", "04-03", "05-01", "05-27", "06-01", "08-10"),
            *_on(2026, "11-09", "12-25"),
            *_on(2027, "01-01", "02-08"),
        ],
    ),
    "GB-ENG": _place(
        "Europe/London",
        NINE_TO_FIVE,
        [*_GREAT_BRITAIN, *_on(2026, "04-06", "08-31"), *_on(2027, "01-01")],
    ),
    "GB-SCT": _place(
        "Europe/London",
        NINE_TO_FIVE,
        [*_GREAT_BRITAIN, *_on(2026, "01-02", "06-15", "08-03", "11-30")],
    ),
    "EU-TARGET": _place(
        "Europe/Berlin",
        NINE_TO_FIVE,
        [*_on(2026, "01-01", "04-03", "04-06", "05-01", "12-25"), *_on(2027, "01-01")],
    ),
    # Good Friday is no public holiday in Ireland.
    "IE": _place(
        "Europe/Dublin",
        NINE_TO_FIVE,
        [
            *_on(2026, "01-01", "02-02", "03-17", "04-06", "05-04", "06-01", "08-03", "10-26"),
            *_on(2026, "12-25"),
            *_on(2027, "01-01", "02-01"),
        ],
    ),
}


def counted_apart(place: Plain, start: int, rules: Rules) -> int:
    """The due minute."""
    return due(place, place, start, rules)[1]
