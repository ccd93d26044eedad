"""The kinds of durations: what they default to, what they refuse, and that they are values."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, time, timedelta
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from workorder.durations import (
    BillingCycles,
    CalendarDays,
    Dated,
    DueAt,
    Duration,
    Earliest,
    Elapsed,
    Latest,
    Months,
    Weeks,
    Working,
    WorkingDays,
    Years,
)
from workorder.errors import InvalidInput

HOUR = timedelta(hours=1)
DATED: list[Callable[..., Dated]] = [WorkingDays, CalendarDays, Weeks, Months, Years]


def test_a_working_day_ends_at_close_and_every_other_at_midnight() -> None:
    """Civil Code of China, art. 203: close of business where there are business hours."""
    assert WorkingDays(3).at == "close"
    for kind in (CalendarDays, Weeks, Months, Years):
        assert kind(3).at == "end_of_day"
    assert BillingCycles(2, closing_day=25).at == "end_of_day"


@pytest.mark.parametrize("kind", DATED)
def test_nothing_unusual_is_ever_the_default(kind: Callable[..., Dated]) -> None:
    """The first day is not counted, nothing is deemed, nothing rolls, there is no cut-off."""
    made = kind(3)
    assert (made.include_start, made.deemed, made.roll, made.cut_off) == (
        False,
        False,
        "none",
        None,
    )


@pytest.mark.parametrize("kind", [Working, Elapsed])
@pytest.mark.parametrize("amount", [8, 1.5, "8 hours", None])
def test_a_length_is_a_timedelta(kind: Callable[..., Duration], amount: Any) -> None:
    """A bare number has no unit, so it is no length."""
    with pytest.raises(InvalidInput) as caught:
        kind(amount)
    assert caught.value.code == "wrong_type"
    assert caught.value.text() == f"amount: expected a timedelta, found {type(amount).__name__}"


@pytest.mark.parametrize("kind", [Working, Elapsed])
def test_a_length_is_never_negative(kind: Callable[..., Duration]) -> None:
    """A duration points forward; a length of zero is one."""
    assert kind(timedelta(0)) == kind(timedelta(0))
    with pytest.raises(InvalidInput, match="amount: expected a length of zero or more"):
        kind(-timedelta(microseconds=1))


@pytest.mark.parametrize("edge", ["open", "", None, 3])
def test_an_edge_is_one_of_two(edge: Any) -> None:
    """A sum ends at the close or at the next open; anything else is refused with both named."""
    with pytest.raises(InvalidInput, match="close, next_open") as caught:
        Working(HOUR, edge=edge)
    assert caught.value.code == "not_a_choice"
    assert caught.value.facts["name"] == "edge"


@pytest.mark.parametrize("kind", DATED)
@pytest.mark.parametrize("number", [-1, 100_001, 1.0, 1.5, True, "3", None])
def test_a_number_is_whole_and_in_reach(kind: Callable[..., Dated], number: Any) -> None:
    """Counting takes whole numbers from nothing to a hundred thousand, and no truth values."""
    with pytest.raises(InvalidInput, match=r"number: expected a whole number from 0 to 100,000"):
        kind(number)


@pytest.mark.parametrize("kind", DATED)
def test_the_least_and_the_largest_number(kind: Callable[..., Dated]) -> None:
    """Both ends of the range can be made."""
    assert kind(0).number == 0
    assert kind(100_000).number == 100_000


def test_nothing_cannot_count_the_first_day() -> None:
    """Who counts the first day counts at least one."""
    assert WorkingDays(1, include_start=True).number == 1
    with pytest.raises(InvalidInput, match="from 1 to 100,000"):
        WorkingDays(0, include_start=True)


@pytest.mark.parametrize("name", ["include_start", "deemed"])
@pytest.mark.parametrize("value", ["no", "false", 1, None])
def test_switches_are_true_or_false(name: str, value: Any) -> None:
    """The text “no” out of a file must not switch a rule on."""
    rules: dict[str, Any] = {name: value}
    with pytest.raises(InvalidInput, match=name):
        WorkingDays(3, **rules)


@pytest.mark.parametrize("at", ["noon", "", None, 17])
def test_a_day_ends_in_one_of_four_ways(at: Any) -> None:
    """At its close, at 24:00, at the time of the start, or at a time of day."""
    with pytest.raises(InvalidInput) as caught:
        WorkingDays(3, at=at)
    assert caught.value.code == "not_a_choice"
    assert caught.value.facts["choices"] == "close, end_of_day, same_time"


@pytest.mark.parametrize("name", ["at", "cut_off"])
def test_a_time_of_day_has_no_zone(name: str) -> None:
    """The zone is the calendar's; a time that brings its own is refused."""
    rules: dict[str, Any] = {name: time(17, tzinfo=UTC)}
    with pytest.raises(InvalidInput, match=f"{name}: expected a time of day without a zone"):
        CalendarDays(3, **rules)


@pytest.mark.parametrize("cut_off", ["17:00", 17, HOUR])
def test_a_cut_off_is_a_time(cut_off: Any) -> None:
    """A text is no time of day."""
    with pytest.raises(InvalidInput, match="cut_off: expected a time of day"):
        CalendarDays(3, cut_off=cut_off)


@pytest.mark.parametrize("roll", ["up", "Forward", None, True])
def test_a_roll_is_one_of_three(roll: Any) -> None:
    """Nowhere, forward or backward."""
    with pytest.raises(InvalidInput, match="none, forward, backward"):
        CalendarDays(3, roll=roll)


@pytest.mark.parametrize("day", [0, 32, -1, True, "5", None, 5.0])
def test_a_billing_cycle_closes_on_a_day_of_the_month(day: Any) -> None:
    """1 to 31; in a shorter month its last day is meant."""
    assert BillingCycles(1, closing_day=31).closing_day == 31
    with pytest.raises(InvalidInput, match="closing_day: expected a day of the month, 1 to 31"):
        BillingCycles(1, closing_day=day)


@pytest.mark.parametrize("name", ["", "a b", "1st", "a.b", "a\n", 3, None])
def test_a_given_instant_has_a_name(name: Any) -> None:
    """The name is that of a field, so that its text can be read back."""
    with pytest.raises(InvalidInput, match="name: expected a field's name"):
        DueAt(name)


@pytest.mark.parametrize("kind", [Earliest, Latest])
@pytest.mark.parametrize("of", [(), (Months(1),), (Months(1), "2 weeks"), (Months(1), None)])
def test_a_choice_is_among_two_or_more(kind: Callable[..., Duration], of: Any) -> None:
    """One alone is no choice, and text is no duration."""
    with pytest.raises(InvalidInput, match="of: expected two or more durations"):
        kind(*of)


def test_the_common_ground_is_no_duration_by_itself() -> None:
    """What all dated kinds share has no unit: making one alone, or showing it, is refused."""
    with pytest.raises(InvalidInput):
        str(Dated(3))


EACH: list[Duration] = [
    Working(HOUR, edge="next_open"),
    Elapsed(HOUR),
    WorkingDays(3, at=time(17), cut_off=time(16)),
    CalendarDays(3, include_start=True),
    Weeks(1, deemed=True),
    Months(1, roll="forward"),
    Years(1),
    BillingCycles(2, closing_day=25),
    DueAt("promised_at"),
    Earliest(Months(1), Latest(Weeks(1), DueAt("promised_at"))),
]


@pytest.mark.parametrize("duration", EACH, ids=str)
def test_durations_are_values(duration: Duration) -> None:
    """Copies and pickles are equal and hash alike; no two of different kinds are equal."""
    for other in (copy.deepcopy(duration), pickle.loads(pickle.dumps(duration))):
        assert other == duration
        assert hash(other) == hash(duration)
    assert sum(other == duration for other in EACH) == 1
    name = next(iter(type(duration).__attrs_attrs__)).name
    with pytest.raises(FrozenInstanceError):
        setattr(duration, name, None)


def test_kinds_with_the_same_number_differ() -> None:
    """Three weeks, months and years are three different things, also in a set."""
    assert len({kind(3) for kind in DATED}) == len(DATED)
    assert len({Earliest(Months(1), Weeks(4)), Latest(Months(1), Weeks(4))}) == 2
