"""Bad arguments of verbs are refused by an error that names the argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from workorder.durations import BillingCycles, Earliest, Elapsed, Working, WorkingDays, parse
from workorder.errors import InvalidInput
from workorder.sla import BusinessCalendar

DESK = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00")
RECEIVED = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 10:00 in Shanghai, a Monday
NAIVE = datetime(2026, 3, 2, 10)
DAY = date(2026, 3, 2)
HOUR = timedelta(hours=1)

Ask = Callable[[Any], object]


def refusal(ask: Callable[[], object]) -> InvalidInput:
    """The error of a question."""
    with pytest.raises(InvalidInput) as caught:
        ask()
    for language in ("en", "zh-CN"):
        assert caught.value.text(language)
    return caught.value


# Every argument that is an instant, and its name.
INSTANTS: dict[str, tuple[Ask, str]] = {
    "add": (lambda bad: DESK.add(bad, HOUR), "start"),
    "subtract": (lambda bad: DESK.subtract(bad, HOUR), "end"),
    "between, start": (lambda bad: DESK.between(bad, RECEIVED), "start"),
    "between, end": (lambda bad: DESK.between(RECEIVED, bad), "end"),
    "is_open": (DESK.is_open, "at"),
    "next_open": (DESK.next_open, "at"),
    "next_close": (DESK.next_close, "at"),
    "prev_close": (DESK.prev_close, "at"),
    "windows, start": (lambda bad: [*DESK.windows(bad, RECEIVED)], "start"),
    "windows, end": (lambda bad: [*DESK.windows(RECEIVED, bad)], "end"),
    "local_date": (DESK.local_date, "at"),
    "due, working time": (lambda bad: DESK.due(bad, "1 working hour"), "start"),
    "due, elapsed time": (lambda bad: DESK.due(bad, "1 elapsed hour"), "start"),
    "due, working days": (lambda bad: DESK.due(bad, "1 working day"), "start"),
    "due, given": (
        lambda bad: DESK.due(RECEIVED, "at promised", given={"promised": bad}),
        "promised",
    ),
    "explain, a duration": (lambda bad: DESK.explain(bad, "1 working day"), "start"),
    "explain, start": (lambda bad: DESK.explain(bad, until=RECEIVED), "start"),
    "explain, until": (lambda bad: DESK.explain(RECEIVED, until=bad), "until"),
}
OF_INSTANTS = pytest.mark.parametrize(("ask", "name"), INSTANTS.values(), ids=INSTANTS)


@OF_INSTANTS
def test_naive_datetimes_are_refused(ask: Ask, name: str) -> None:
    """A datetime without a zone is refused by every verb, by the name of the argument."""
    error = refusal(lambda: ask(NAIVE))
    assert (error.code, error.facts["name"]) == ("naive_datetime", name)


# None stands for "no until", so it is left to explain itself.
@pytest.mark.parametrize(
    "bad", [DAY, "2026-03-02T10:00+08:00", 1_772_416_800, 1_772_416_800.0, True, HOUR]
)
@OF_INSTANTS
def test_what_is_no_datetime_is_refused(ask: Ask, name: str, bad: Any) -> None:
    """A date, text, a number or a length where an instant is expected is named."""
    error = refusal(lambda: ask(bad))
    assert (error.code, error.facts["name"]) == ("wrong_type", name)


class Nothing:
    """What a missing time leaves after subtraction: nothing that can be counted."""

    def __floordiv__(self, other: object) -> float:
        return float("nan")


class NoTime(datetime):
    """A missing time as pandas has it: a datetime by name that has neither offset nor length."""

    def __sub__(self, other: object) -> Any:
        return Nothing()

    def utcoffset(self) -> Any:
        """Refuses, as pandas.NaT does."""
        raise ValueError("NaTType does not support utcoffset")


@OF_INSTANTS
def test_a_missing_time_is_refused(ask: Ask, name: str) -> None:
    """A datetime of another make that holds no time is refused like anything else that is none."""
    error = refusal(lambda: ask(NoTime(2026, 3, 2)))
    assert (error.code, error.facts["name"]) == ("wrong_type", name)


def test_the_missing_time_of_pandas_is_refused() -> None:
    """pandas.NaT is refused by every verb, by the name of the argument."""
    pandas: Any = pytest.importorskip("pandas", reason="pandas is not installed: no NaT to give")
    wrong = {}
    for title, (ask, name) in INSTANTS.items():
        try:
            ask(pandas.NaT)
        except InvalidInput as error:
            said = error.code, error.facts["name"]
        except ValueError as error:
            said = "ValueError", str(error)
        else:
            said = "nothing", ""
        if said != ("wrong_type", name):
            wrong[title] = said
    assert wrong == {}


DATES: dict[str, tuple[Ask, str]] = {
    "is_working_day": (DESK.is_working_day, "day"),
    "add_days": (lambda bad: DESK.add_days(bad, 1), "day"),
    "add_days, nothing": (lambda bad: DESK.add_days(bad, 0), "day"),
    "days_between, start": (lambda bad: DESK.days_between(bad, DAY), "start"),
    "days_between, end": (lambda bad: DESK.days_between(DAY, bad), "end"),
    "day": (DESK.day, "day"),
    "reason": (DESK.reason, "day"),
}


@pytest.mark.parametrize("bad", [RECEIVED, NAIVE, "2026-03-02", 20260302, True, None, HOUR])
@pytest.mark.parametrize(("ask", "name"), DATES.values(), ids=DATES)
def test_what_is_no_date_is_refused(ask: Ask, name: str, bad: Any) -> None:
    """A datetime where a date is expected is refused: whose date would it be?"""
    error = refusal(lambda: ask(bad))
    assert (error.code, error.facts["name"]) == ("wrong_type", name)


AMOUNTS: dict[str, tuple[Ask, str]] = {
    "add": (lambda bad: DESK.add(RECEIVED, bad), "amount"),
    "subtract": (lambda bad: DESK.subtract(RECEIVED, bad), "amount"),
    "Working": (Working, "amount"),
    "Elapsed": (Elapsed, "amount"),
}


@pytest.mark.parametrize("bad", [8, 8.0, True, None, "8 hours", time(8), DAY])
@pytest.mark.parametrize(("ask", "name"), AMOUNTS.values(), ids=AMOUNTS)
def test_what_is_no_length_is_refused(ask: Ask, name: str, bad: Any) -> None:
    """A number has no unit: lengths are timedeltas."""
    error = refusal(lambda: ask(bad))
    assert (error.code, error.facts["name"]) == ("wrong_type", name)


NUMBERS: dict[str, tuple[Ask, str]] = {
    "add_days": (lambda bad: DESK.add_days(DAY, bad), "number"),
    "WorkingDays": (WorkingDays, "number"),
    "BillingCycles": (lambda bad: BillingCycles(bad, closing_day=25), "number"),
    "closing_day": (lambda bad: BillingCycles(1, closing_day=bad), "closing_day"),
    "epoch, start": (lambda bad: DESK.epoch.add(bad, 1), "start"),
    "epoch, amount": (lambda bad: DESK.epoch.add(0, bad), "amount"),
    "epoch, between": (lambda bad: DESK.epoch.between(0, bad), "end"),
}


@pytest.mark.parametrize("bad", [1.0, True, None, "1", HOUR, float("nan")])
@pytest.mark.parametrize(("ask", "name"), NUMBERS.values(), ids=NUMBERS)
def test_what_is_no_whole_number_is_refused(ask: Ask, name: str, bad: Any) -> None:
    """Neither a float nor a truth is a number of days, cycles or microseconds."""
    error = refusal(lambda: ask(bad))
    assert (error.code, error.facts["name"]) == ("wrong_type", name)


NEGATIVE: dict[str, Callable[[], object]] = {
    "working time": lambda: Working(-HOUR),
    "elapsed time": lambda: Elapsed(-HOUR),
    "working days": lambda: WorkingDays(-1),
    "the first of no days": lambda: WorkingDays(0, include_start=True),
    "closing day 0": lambda: BillingCycles(1, closing_day=0),
    "closing day 32": lambda: BillingCycles(1, closing_day=32),
    "too many": lambda: WorkingDays(100_001),
}


@pytest.mark.parametrize("make", NEGATIVE.values(), ids=NEGATIVE)
def test_a_duration_below_zero_is_refused(make: Callable[[], object]) -> None:
    """Durations are lengths: only the verbs go backwards."""
    assert refusal(make).code == "wrong_type"


RULES: dict[str, tuple[Callable[[], object], str]] = {
    "at noon": (lambda: WorkingDays(1, at="noon"), "not_a_choice"),  # type: ignore[arg-type]
    "at a time of a zone": (lambda: WorkingDays(1, at=time(9, tzinfo=UTC)), "wrong_type"),
    "cut-off as text": (
        lambda: WorkingDays(1, cut_off="16:30"),  # type: ignore[arg-type]
        "wrong_type",
    ),
    "rolling next": (lambda: WorkingDays(1, roll="next"), "not_a_choice"),  # type: ignore[arg-type]
    "text for a switch": (
        lambda: WorkingDays(1, include_start="no"),  # type: ignore[arg-type]
        "wrong_type",
    ),
    "text for another": (
        lambda: WorkingDays(1, deemed="no"),  # type: ignore[arg-type]
        "wrong_type",
    ),
    "earliest of one": (lambda: Earliest(WorkingDays(1)), "wrong_type"),
    "no such edge": (lambda: Working(HOUR, edge="open"), "not_a_choice"),  # type: ignore[arg-type]
    "the edge of subtracting": (
        lambda: DESK.add(RECEIVED, HOUR, edge="open"),  # type: ignore[arg-type]
        "not_a_choice",
    ),
    "the edge of adding": (
        lambda: DESK.subtract(RECEIVED, HOUR, edge="next_open"),  # type: ignore[arg-type]
        "not_a_choice",
    ),
    "a length for a duration": (
        lambda: DESK.due(RECEIVED, HOUR),  # type: ignore[arg-type]
        "wrong_type",
    ),
    "a number for a duration": (
        lambda: DESK.due(RECEIVED, 3),  # type: ignore[arg-type]
        "wrong_type",
    ),
    "an instant not given": (lambda: DESK.due(RECEIVED, "at promised"), "not_given"),
    "nothing to explain": (lambda: DESK.explain(RECEIVED), "wrong_type"),
    "two things to explain": (
        lambda: DESK.explain(RECEIVED, "1 working day", until=RECEIVED),
        "wrong_type",
    ),
}


@pytest.mark.parametrize(("make", "code"), RULES.values(), ids=RULES)
def test_a_rule_of_counting_that_does_not_exist_is_refused(
    make: Callable[[], object], code: str
) -> None:
    """Whatever is not one of the written rules is an error, never the nearest rule."""
    assert refusal(make).code == code


@pytest.mark.parametrize(
    "text", ["3 days", "24 hours", "3", "8h", "3d", "3 天", "2 小时", "1 minute"]
)
def test_a_duration_without_a_unit_is_refused(text: str) -> None:
    """“3 days” could be three things; the error names them and guesses none."""
    error = refusal(lambda: DESK.due(RECEIVED, text))
    assert error.code == "duration_without_unit"
    assert error.facts["found"] == text
    could = error.facts["could"]
    assert isinstance(could, tuple)
    assert len(could) >= 2


@pytest.mark.parametrize(
    ("text", "proposed"), [("3 days", "72 elapsed hours"), ("1 day", "24 elapsed hours")]
)
def test_what_is_proposed_is_meant(text: str, proposed: str) -> None:
    """Where days could be elapsed time, they are 24 hours each, and the proposal can be read."""
    could: Any = refusal(lambda: parse(text)).facts["could"]
    assert proposed in could
    assert all(parse(each) for each in could)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "three working days",
        "-1 working days",
        "1.5 working days",
        "T+",
        "1 month 2 days",
        "3 working days by 25:00",
        "3 working days, cut-off 24:00",
        "1 billing cycle",
        "3 working hours, rolling forward",
        "3 working days, rolling sideways",
    ],
)
def test_text_that_is_no_duration_is_refused(text: str) -> None:
    """Text that cannot be read is refused, and nothing of it is taken."""
    assert refusal(lambda: DESK.due(RECEIVED, text)).code in {"not_a_duration", "wrong_type"}
