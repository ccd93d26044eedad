"""An answer near New Year is the same whatever was asked before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from workorder.sla import BusinessCalendar, Hours

HOUR = timedelta(hours=1)
MORNING = datetime(2026, 1, 2, 10, tzinfo=UTC)

QUESTIONS: dict[str, tuple[Callable[[BusinessCalendar], datetime], datetime]] = {
    # Thursday 31 December: 22:00 to 06:00 on New Year's Day, whose own window 00:30 to 01:00 lies
    # inside it; nothing else until Friday 2 January, 22:00.
    "the close before": (
        lambda desk: desk.prev_close(MORNING),
        datetime(2026, 1, 1, 6, tzinfo=UTC),
    ),
    "an hour before": (
        lambda desk: desk.subtract(MORNING, HOUR),
        datetime(2026, 1, 1, 5, tzinfo=UTC),
    ),
    "half an hour before": (
        lambda desk: desk.add(MORNING, -HOUR / 2),
        datetime(2026, 1, 1, 5, 30, tzinfo=UTC),
    ),
    "the hour after": (lambda desk: desk.add(MORNING, HOUR), datetime(2026, 1, 2, 23, tzinfo=UTC)),
}


def desk() -> BusinessCalendar:
    """Open at night, with a window of its own on New Year's Day."""
    special = {date(2026, 1, 1): Hours("00:30-01:00", "one counter")}
    return BusinessCalendar("UTC", "Mo-Su 22:00-06:00", dates=special)


@pytest.mark.parametrize("asked_before", [(), (2025,), (2027,), (2025, 2027)])
@pytest.mark.parametrize(("ask", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_an_answer_does_not_depend_on_earlier_questions(
    ask: Callable[[BusinessCalendar], datetime], answer: datetime, asked_before: tuple[int, ...]
) -> None:
    """The night of 31 December is known on 2 January, also to a calendar that was just made."""
    calendar = desk()
    for year in asked_before:
        calendar.is_open(datetime(year, 6, 1, tzinfo=UTC))
    assert ask(calendar) == answer
