"""The kinds of durations, each a frozen value that says what it counts and how."""

from datetime import time, timedelta
from typing import Any, Literal

from attrs import Attribute, field, frozen

from workorder.durations.wording import dated_text, length_text, several_text
from workorder.errors import InvalidInput
from workorder.texts import ENGLISH

At = Literal["close", "end_of_day", "same_time"] | time
"""When the last day ends: at its close of business, at 24:00, at the time of day of the start, or
at a time of day."""

Roll = Literal["none", "forward", "backward"]
"""Where a last day moves that is no working day: nowhere, to the next one, to the one before."""

_LARGEST = 100_000
DEEPEST = 16
"""How many choices may stand inside each other."""


def _length(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, timedelta):
        raise InvalidInput(
            "wrong_type",
            name=attribute.name,
            expected="a timedelta",
            found=type(value).__name__,
        )
    if value < timedelta(0):
        raise InvalidInput(
            "wrong_type", name=attribute.name, expected="a length of zero or more", found=value
        )


def _number(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    least = 1 if getattr(instance, "include_start", False) else 0
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _LARGEST:
        raise InvalidInput(
            "wrong_type",
            name=attribute.name,
            expected=f"a whole number from {least} to {_LARGEST:,}",
            found=repr(value),
        )


def _one_of(*choices: str) -> Any:
    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        if value not in choices:
            raise InvalidInput(
                "not_a_choice", name=attribute.name, found=value, choices=", ".join(choices)
            )

    return check


def _time_of_day(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is None:
        return
    if not isinstance(value, time) or value.tzinfo is not None:
        raise InvalidInput(
            "wrong_type",
            name=attribute.name,
            expected="a time of day without a zone",
            found=value,
        )


def _switch(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, bool):
        raise InvalidInput("wrong_type", name=attribute.name, expected="True or False", found=value)


def _ending(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if isinstance(value, time):
        _time_of_day(instance, attribute, value)
    else:
        _one_of("close", "end_of_day", "same_time")(instance, attribute, value)


@frozen
class Working:
    """A length of open time: ``Working(timedelta(hours=8))`` is eight working hours.

    Attributes:
        amount: how much.
        edge: where a sum ends that is used up exactly at a close: there (the earliest instant at
            which it is used up), or at the ``next_open``.
    """

    amount: timedelta = field(validator=_length)
    edge: Literal["close", "next_open"] = field(
        default="close", kw_only=True, validator=_one_of("close", "next_open")
    )

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        return length_text(self.amount, "working", language, next_open=self.edge == "next_open")

    def __str__(self) -> str:
        return self.text()


@frozen
class Elapsed:
    """A length of time by the clock on the wall, day and night: 24 hours are 24 hours, also over
    a change to summer time.
    """

    amount: timedelta = field(validator=_length)

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        return length_text(self.amount, "elapsed", language)

    def __str__(self) -> str:
        return self.text()


@frozen
class Dated:
    """What all durations in days, weeks, months… have: a number, and the rules of counting.

    Attributes:
        number: how many.
        at: when the last day ends.
        include_start: whether the day of receipt is the first day counted. Nearly every law leaves
            it out (Civil Code of China, art. 201).
        cut_off: a receipt at or after this time of day belongs to the next day. With working
            days it makes banking days: it belongs to the next working day, and so does a receipt
            on a day that is none.
        deemed: whether a receipt on a day that is no working day counts as received on the next
            working day. No rule on complaints in force that we know of says so; it is never the
            default, but comes with a cut-off of working days.
        roll: where the last day moves when it is no working day.
    """

    number: int = field(validator=_number)
    at: At = field(default="end_of_day", kw_only=True, validator=_ending)
    include_start: bool = field(default=False, kw_only=True, validator=_switch)
    cut_off: time | None = field(default=None, kw_only=True, validator=_time_of_day)
    deemed: bool = field(default=False, kw_only=True, validator=_switch)
    roll: Roll = field(
        default="none", kw_only=True, validator=_one_of("none", "forward", "backward")
    )

    def __attrs_post_init__(self) -> None:
        if type(self) is Dated:
            expected = "WorkingDays, CalendarDays, Weeks, Months, Years or BillingCycles"
            raise InvalidInput("wrong_type", name="duration", expected=expected, found="Dated")

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        return dated_text(self, language)

    def __str__(self) -> str:
        return self.text()


@frozen
class WorkingDays(Dated):
    """Working days of the calendar; the last one ends at its close of business unless said
    otherwise.

    ``WorkingDays(3)`` after a receipt on a Saturday is Wednesday: Monday, Tuesday, Wednesday.
    ``WorkingDays(0)`` is the day of receipt, or the first working day after it.
    """

    at: At = field(default="close", kw_only=True, validator=_ending)


@frozen
class CalendarDays(Dated):
    """Days of the week alike; the last one ends at 24:00 unless said otherwise."""


@frozen
class Weeks(Dated):
    """Seven calendar days each."""


@frozen
class Months(Dated):
    """To the same date of a later month, or its last day where there is no such date: 31 January
    and one month is 28 or 29 February (Civil Code of China, art. 202). When the first day counts,
    to the day before that date: a month from and with 15 January ends on 14 February.
    """


@frozen
class Years(Dated):
    """To the same date of a later year; 29 February and one year is 28 February."""


def _day_of_month(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 31:  # noqa: PLR2004
        raise InvalidInput(
            "wrong_type", name=attribute.name, expected="a day of the month, 1 to 31", found=value
        )


@frozen
class BillingCycles(Dated):
    """Complete monthly billing cycles after the one in which the receipt falls.

    What is left of the running cycle is not one of them: “2 complete billing cycles … after
    receiving” (Regulation Z, 1026.13(c)(2)).

    Attributes:
        closing_day: the day of the month on which a cycle ends; in a shorter month, its last day.
    """

    closing_day: int = field(kw_only=True, validator=_day_of_month)


@frozen
class DueAt:
    """At the instant that is given with the case under *name*: some orders carry their limit."""

    name: str = field()

    @name.validator
    def _named(self, _: object, value: object) -> None:
        if not isinstance(value, str) or not value.isidentifier():
            raise InvalidInput("wrong_type", name="name", expected="a field's name", found=value)

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        return several_text("given", (self.name,), language)

    def __str__(self) -> str:
        return self.text()


def _several(_: object, attribute: "Attribute[Any]", value: tuple[object, ...]) -> None:
    if len(value) < 2 or not all(isinstance(each, _KINDS) for each in value):  # noqa: PLR2004
        raise InvalidInput(
            "wrong_type", name=attribute.name, expected="two or more durations", found=value
        )
    if _depth(value) > DEEPEST:
        raise InvalidInput(
            "wrong_type",
            name=attribute.name,
            expected=f"at most {DEEPEST} choices inside each other",
            found="more",
        )


def _depth(of: tuple[object, ...]) -> int:
    return 1 + max((_depth(each.of) for each in of if isinstance(each, _Several)), default=0)


@frozen(init=False)
class _Several:
    of: "tuple[Duration, ...]" = field(validator=_several)

    def __init__(self, *of: "Duration") -> None:
        self.__attrs_init__(of)

    def text(self, language: str = ENGLISH) -> str:
        """For people, in *language*."""
        word = type(self).__name__.lower()
        return several_text(word, tuple(each.text(language) for each in self.of), language)

    def __str__(self) -> str:
        return self.text()


@frozen(init=False)
class Earliest(_Several):
    """Whichever ends first: ``Earliest(BillingCycles(2, closing_day=25), CalendarDays(90))``."""


@frozen(init=False)
class Latest(_Several):
    """Whichever ends last: ``Latest(Elapsed(timedelta(hours=24)), WorkingDays(1))``."""


_KINDS = (Working, Elapsed, Dated, DueAt, _Several)

Duration = Working | Elapsed | Dated | DueAt | Earliest | Latest
"""Any of them."""
