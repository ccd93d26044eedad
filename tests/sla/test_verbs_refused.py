"""What the verbs refuse: every argument that is no instant, no date, no amount, by its name."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar, Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
FRIDAY = date(2026, 9, 18)


def desk() -> BusinessCalendar:
    """A counter in Shanghai."""
    return BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-12:00,13:00-17:00")


def local(day: int, hour: int) -> datetime:
    """An instant of September 2026 by the clocks of Shanghai."""
    return datetime(2026, 9, day, hour, tzinfo=SHANGHAI)


INSTANTS: list[tuple[str, Callable[[Calendar, Any], object]]] = [
    ("start", lambda cal, it: cal.add(it, HOUR)),
    ("end", lambda cal, it: cal.subtract(it, HOUR)),
    ("start", lambda cal, it: cal.between(it, local(17, 9))),
    ("end", lambda cal, it: cal.between(local(17, 9), it)),
    ("at", lambda cal, it: cal.is_open(it)),
    ("at", lambda cal, it: cal.next_open(it)),
    ("at", lambda cal, it: cal.next_close(it)),
    ("at", lambda cal, it: cal.prev_close(it)),
    ("at", lambda cal, it: cal.local_date(it)),
    ("start", lambda cal, it: cal.windows(it, local(17, 9))),
    ("end", lambda cal, it: cal.windows(local(17, 9), it)),
    ("start", lambda cal, it: cal.due(it, "1 working day")),
    ("start", lambda cal, it: cal.explain(it, until=local(17, 9))),
    ("until", lambda cal, it: cal.explain(local(17, 9), until=it)),
]


@pytest.mark.parametrize(("name", "ask"), INSTANTS)
def test_naive_datetimes_are_refused_by_name(
    name: str, ask: Callable[[Calendar, Any], object]
) -> None:
    """Every verb says which argument has no time zone."""
    with pytest.raises(InvalidInput) as caught:
        ask(desk(), datetime(2026, 9, 17, 9))
    assert (caught.value.code, caught.value.facts["name"]) == ("naive_datetime", name)


@pytest.mark.parametrize("wrong", ["2026-09-17", date(2026, 9, 17), 0, HOUR])
@pytest.mark.parametrize(("name", "ask"), INSTANTS)
def test_other_things_are_no_instants(
    name: str, ask: Callable[[Calendar, Any], object], wrong: Any
) -> None:
    """Every verb says which argument is no datetime, and what it is instead."""
    with pytest.raises(InvalidInput) as caught:
        ask(desk(), wrong)
    assert caught.value.code == "wrong_type"
    assert caught.value.facts["name"] == name
    assert caught.value.facts["found"] == type(wrong).__name__


@pytest.mark.parametrize("amount", [8, 1.5, "8 hours", None])
def test_an_amount_is_a_timedelta(amount: Any) -> None:
    """The error points to ``due`` for days, which are no length of time."""
    for ask in (desk().add, desk().subtract):
        with pytest.raises(InvalidInput, match=r"amount: expected a timedelta \(for days use due"):
            ask(local(17, 9), amount)


@pytest.mark.parametrize("wrong", [local(17, 9), "2026-09-17", 739_000, None])
def test_an_instant_is_no_date(wrong: Any) -> None:
    """Which date an instant has depends on the zone: the error names ``local_date``."""
    asks: list[Callable[[Calendar], object]] = [
        lambda cal: cal.is_working_day(wrong),
        lambda cal: cal.add_days(wrong, 1),
        lambda cal: cal.days_between(wrong, FRIDAY),
        lambda cal: cal.days_between(FRIDAY, wrong),
        lambda cal: cal.day(wrong),
        lambda cal: cal.reason(wrong),
    ]
    for ask in asks:
        with pytest.raises(InvalidInput, match=r"expected a date \(of an instant: local_date"):
            ask(desk())


@pytest.mark.parametrize("number", [1.0, True, "1", None])
def test_working_days_are_counted_in_whole_numbers(number: Any) -> None:
    """Neither floats nor truth values count days."""
    with pytest.raises(InvalidInput, match="number: expected a whole number"):
        desk().add_days(FRIDAY, number)


def test_what_is_explained_is_one_thing() -> None:
    """A duration, or the time until another instant: not both, and not neither."""
    start = local(17, 9)
    assert desk().explain(start, "1 working day").unit == "days"
    assert desk().explain(start, until=local(17, 10)).unit == "time"
    with pytest.raises(InvalidInput, match="either a duration or until=…, found neither"):
        desk().explain(start)
    with pytest.raises(InvalidInput, match="either a duration or until=…, found both"):
        desk().explain(start, "1 working day", until=start)
