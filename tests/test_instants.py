"""Instants: aware datetimes in UTC, and their one text form."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.errors import InvalidInput
from workorder.instants import aware, instant_text, read_instant

BEIJING = timezone(timedelta(hours=8))
zones = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=zones)


@given(instants)
def test_an_instant_stays_the_same_in_utc(value: datetime) -> None:
    """Law: the zone changes, the instant does not; doing it twice changes nothing."""
    found = aware(value, "at")
    assert found == value
    assert found.tzinfo is UTC
    assert aware(found, "at") is found


@given(instants)
def test_text_is_read_back(value: datetime) -> None:
    """Law: reading what was written gives the instant back, in UTC."""
    found = read_instant(instant_text(value))
    assert found == value
    assert found.tzinfo is UTC


@given(instants, instants)
def test_texts_sort_as_instants_do(one: datetime, other: datetime) -> None:
    """Law: comparing texts is comparing instants, so stores may index the text."""
    assert (instant_text(one) < instant_text(other)) is (one < other)


def test_the_text_form() -> None:
    """Always UTC, always microseconds, always ``Z``."""
    noon = datetime(2026, 9, 30, 12, 0, tzinfo=BEIJING)
    assert instant_text(noon) == "2026-09-30T04:00:00.000000Z"
    assert instant_text(noon.astimezone(UTC)) == "2026-09-30T04:00:00.000000Z"


@pytest.mark.parametrize(
    "text", ["2026-09-30T12:00:00+08:00", "2026-09-30T04:00:00Z", "2026-09-30T04:00:00+00:00"]
)
def test_other_offsets_are_read(text: str) -> None:
    """Any ISO 8601 text with an offset is understood."""
    assert read_instant(text) == datetime(2026, 9, 30, 4, 0, tzinfo=UTC)
    assert read_instant(text).tzinfo is UTC


def test_clocks_set_back_are_told_apart() -> None:
    """The hour that a zone has twice is two different instants."""
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=0)
    second = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)
    assert aware(second, "at") - aware(first, "at") == timedelta(hours=1)


@pytest.mark.parametrize("read", [lambda value: aware(value, "at"), instant_text])
def test_naive_datetimes_are_refused(read: object) -> None:
    """Without a zone nobody knows which instant is meant."""
    assert callable(read)
    with pytest.raises(InvalidInput) as refused:
        read(datetime(2026, 9, 30, 12, 0))
    assert refused.value.code == "naive_datetime"


def test_a_text_without_offset_is_refused() -> None:
    """The same for texts."""
    with pytest.raises(InvalidInput) as refused:
        read_instant("2026-09-30T12:00:00")
    assert refused.value.code == "naive_datetime"


@pytest.mark.parametrize("value", ["2026-09-30", 1_790_000_000, None, date(2026, 9, 30)])
def test_other_types_are_refused(value: object) -> None:
    """Texts, numbers and dates are no instants; the argument and both types are named."""
    with pytest.raises(InvalidInput) as refused:
        aware(value, "closed_at")  # type: ignore[arg-type]  # on purpose
    assert refused.value.code == "wrong_type"
    assert refused.value.facts == {
        "name": "closed_at",
        "expected": "a datetime",
        "found": type(value).__name__,
    }


@pytest.mark.parametrize(
    "value",
    [
        datetime(1, 1, 1, tzinfo=BEIJING),
        datetime(9999, 12, 31, 23, 0, tzinfo=timezone(timedelta(hours=-8))),
    ],
)
def test_instants_beyond_the_calendar_are_refused(value: datetime) -> None:
    """An instant that has no UTC datetime is refused by name, like every other wrong value."""
    with pytest.raises(InvalidInput) as refused:
        aware(value, "at")
    assert refused.value.facts["name"] == "at"
