"""Many tasks of one event loop at once, for asynchronous stores."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from workorder.storage import Batch, Committed
from workorder.testing.batches import batch, following, opening
from workorder.testing.check import Chapter
from workorder.testing.trial import Trial

chapter = Chapter("task", "commit", wants="async")

MANY = 20


def _commits(trial: Trial, batches: list[Batch]) -> list[Any]:
    store = trial.store.wrapped.awaited
    calls: list[Callable[[], Awaitable[Any]]] = [
        lambda each=each: store.commit(each)  # type: ignore[misc]
        for each in batches
    ]
    return trial.driver.gather(calls)


@chapter.promise(
    "Of many tasks that change a ticket at one version exactly one gets through.",
    "多个任务在同一版本上更改工单，恰有一个成功。",
)
def exactly_one_gets_through(trial: Trial) -> None:
    """Twenty tasks of one loop."""
    (before,) = trial.begun("T1")
    given = [batch(following(before, command_id=f"c/{number}")) for number in range(MANY)]
    found = Counter(type(each).__name__ for each in _commits(trial, given))
    trial.equal("the answers", dict(found), {"Committed": 1, "Conflict": MANY - 1})
    trial.equal("the version", trial.now("T1").ticket.version, 2)


@chapter.promise(
    "Tasks on different tickets all get through.",
    "不同工单上的任务全部成功。",
)
def different_tickets_all_get_through(trial: Trial) -> None:
    """Twenty openings at once, each of two tickets."""
    given = [batch(opening(f"T{n}"), opening(f"U{n}")) for n in range(MANY)]
    trial.equal("the answers", _commits(trial, given), [Committed()] * MANY)
    ids = [f"{letter}{number}" for letter in "TU" for number in range(MANY)]
    trial.equal("how many tickets", len(trial.store.load(ids)), 2 * MANY)


CHECKS = chapter.checks()
