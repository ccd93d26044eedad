"""One calendar among many threads."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random
from threading import Barrier

import pytest

from workorder.sla import BusinessCalendar, Calendar, EpochCalendar
from workorder.sla.track import Track

THREADS, ROUNDS = 8, 6


@pytest.fixture
def eager_switching() -> Iterator[None]:
    """Threads take turns as often as the interpreter can manage."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def fresh() -> BusinessCalendar:
    """A calendar that was never asked anything."""
    return BusinessCalendar("Europe/London", "Mo-Fr 09:00-12:30,13:30-17:00; Su 22:00-02:00", "GB")


def answers(desk: Calendar, seed: int) -> list[object]:
    """What *desk* says to some questions about years in an order of its own."""
    drawn = Random(seed)
    said: list[object] = []
    for _ in range(12):
        begin = datetime(drawn.randint(2001, 2040), drawn.randint(1, 12), 15, 10, tzinfo=UTC)
        end = begin + timedelta(days=drawn.randint(1, 900))
        amount = timedelta(minutes=drawn.randint(1, 60_000))
        said += [
            desk.between(begin, end),
            desk.add(begin, amount),
            desk.subtract(begin, amount),
            desk.add_days(begin.date(), 40),
            desk.days_between(begin.date(), end.date()),
            sum(1 for _ in desk.windows(begin, begin + timedelta(days=40))),
            desk.day(date(begin.year, 12, 25)),
        ]
    return said


@pytest.mark.usefixtures("eager_switching")
def test_many_threads_agree_with_one() -> None:
    """Threads that ask one fresh calendar about different years get what a lone twin is told."""
    expected = [answers(fresh(), seed) for seed in range(THREADS)]
    for _ in range(ROUNDS):
        desk, together = fresh(), Barrier(THREADS)

        def ask(seed: int, desk: Calendar = desk, together: Barrier = together) -> list[object]:
            together.wait()
            return answers(desk, seed)

        with ThreadPoolExecutor(THREADS) as pool:
            assert [*pool.map(ask, range(THREADS))] == expected


class Interrupted(EpochCalendar):
    """After every look at the windows, another thread puts its own line of them in place."""

    others: Track | None = None

    def track(self, instant: int, longer: Track | None = None) -> Track:
        """The line asked for; in its place stands another now."""
        found = super().track(instant, longer)
        self._track = self.others
        return found

    def track_of_day(self, day: int, longer: Track | None = None) -> Track:
        """The same, by date."""
        found = super().track_of_day(day, longer)
        self._track = self.others
        return found


@pytest.mark.parametrize("others", [None, 2023, 2029])
def test_a_line_put_in_place_by_another_thread_changes_no_answer(others: int | None) -> None:
    """The worst moment to be interrupted is between two instants of one question."""
    desk, twin = fresh(), fresh()
    known = (desk.epoch.known[0], desk.epoch.known[1])
    put = Interrupted(desk.epoch.year, horizon_years=10, known=known, refuses=False)
    if others is not None:
        put.others = EpochCalendar(
            desk.epoch.year, horizon_years=10, known=known, refuses=False
        ).track_of_day(date(others, 6, 1).toordinal())
    object.__setattr__(desk, "_epoch", put)
    begin, end = datetime(2025, 12, 1, 10, tzinfo=UTC), datetime(2026, 2, 2, 10, tzinfo=UTC)
    assert desk.add(begin, timedelta(hours=900)) == twin.add(begin, timedelta(hours=900))
    assert desk.subtract(end, timedelta(hours=900)) == twin.subtract(end, timedelta(hours=900))
    assert desk.add_days(begin.date(), 300) == twin.add_days(begin.date(), 300)
    assert desk.between(begin, end) == twin.between(begin, end)
    assert [*desk.windows(begin, end)] == [*twin.windows(begin, end)]
    assert desk.days_between(begin.date(), end.date()) == twin.days_between(
        begin.date(), end.date()
    )
    assert desk.explain(begin, until=end) == twin.explain(begin, until=end)
    assert desk.due(begin, "60 working days").ledger == twin.due(begin, "60 working days").ledger
