"""Runs as tables, in English and Chinese."""

from collections.abc import Iterable
from datetime import timedelta

from attrs import frozen

from workorder.instants import instant_text
from workorder.simulate.result import RoutingRun
from workorder.sla.telling import columns, length_text
from workorder.texts import CHINESE, ENGLISH, Texts, in_language

_WORDS: dict[str, Texts] = {
    "compared": {ENGLISH: "Compared", CHINESE: "对比"},
    "people": {ENGLISH: "People", CHINESE: "人员"},
    "policy": {ENGLISH: "policy", CHINESE: "策略"},
    "items": {ENGLISH: "items", CHINESE: "件数"},
    "never": {ENGLISH: "never served", CHINESE: "始终无人受理"},
    "mean_wait": {ENGLISH: "mean wait", CHINESE: "平均等待"},
    "median_wait": {ENGLISH: "median", CHINESE: "中位数"},
    "wait_95": {ENGLISH: "95 %", CHINESE: "95%"},
    "longest_wait": {ENGLISH: "longest", CHINESE: "最长"},
    "utilisation": {ENGLISH: "utilisation %", CHINESE: "利用率 %"},
    "least": {ENGLISH: "least", CHINESE: "最低"},
    "most": {ENGLISH: "most", CHINESE: "最高"},
    "hand_overs": {ENGLISH: "hand-overs", CHINESE: "转派"},
    "jain": {ENGLISH: "Jain", CHINESE: "Jain 指数"},
    "gini": {ENGLISH: "Gini", CHINESE: "基尼系数"},
    "agent": {ENGLISH: "agent", CHINESE: "人员"},
    "capacity": {ENGLISH: "capacity", CHINESE: "容量"},
    "busy": {ENGLISH: "busy", CHINESE: "在办时长"},
    "available": {ENGLISH: "at work", CHINESE: "工作时长"},
}

_RUN = (
    "policy",
    "items",
    "never",
    "mean_wait",
    "median_wait",
    "wait_95",
    "longest_wait",
    "utilisation",
    "least",
    "most",
    "hand_overs",
    "jain",
    "gini",
)
_PERSON = ("agent", "items", "capacity", "busy", "available", "utilisation")


@frozen
class Table:
    """A table.

    Attributes:
        title: what it shows.
        columns: what its columns are called.
        rows: its cells, as text.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """In plain columns, the first to the left and the others to the right."""
        wide = [
            max(columns(each) for each in column)
            for column in zip(self.columns, *self.rows, strict=True)
        ]
        lines = [self.title]
        for row in (self.columns, tuple("-" * each for each in wide), *self.rows):
            first, *others = (
                (cell, " " * (room - columns(cell))) for cell, room in zip(row, wide, strict=True)
            )
            padded = [first[0] + first[1], *(room + cell for cell, room in others)]
            lines.append("  ".join(padded).rstrip())
        return "\n".join(lines)


def compared(runs: Iterable[RoutingRun], language: str = ENGLISH) -> Table:
    """Several runs of the same arrivals, a row each."""
    rows = tuple(_figures(each, language) for each in runs)
    return Table(_word("compared", language), _words(_RUN, language), rows)


def told(run: RoutingRun, language: str) -> str:
    """One run: its figures, and how much everybody had to do."""
    span = " – ".join(instant_text(at)[:16].replace("T", " ") for at in (run.begin, run.end))
    figures = Table(f"{span} UTC", _words(_RUN, language), (_figures(run, language),))
    people = Table(
        _word("people", language),
        _words(_PERSON, language),
        tuple(
            (
                each.agent,
                f"{each.items:,}",
                str(each.capacity),
                _length(each.busy, language),
                _length(each.available, language),
                _percent(each.utilisation),
            )
            for each in run.people
        ),
    )
    return f"{figures.text()}\n\n{people.text()}\n"


def _figures(run: RoutingRun, language: str) -> tuple[str, ...]:
    found = run.fairness
    waits = (run.mean_wait, run.wait(50), run.wait(95), run.wait(100))
    return (
        run.name,
        f"{len(run.services):,}",
        f"{run.never:,}",
        *(_length(each, language) for each in waits),
        *(_percent(each) for each in (run.utilisation, found.least, found.most)),
        f"{run.hand_overs:,}",
        f"{found.jain:.3f}",
        f"{found.gini:.3f}",
    )


def _word(name: str, language: str) -> str:
    return in_language(_WORDS[name], language)


def _words(names: Iterable[str], language: str) -> tuple[str, ...]:
    return tuple(_word(each, language) for each in names)


def _percent(part: float) -> str:
    return f"{100 * part:.1f}"


_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
_HOUR = timedelta(hours=1)


def _length(amount: timedelta, language: str) -> str:
    """To the minute; to the second where it is less than an hour."""
    step = _MINUTE if amount >= _HOUR else _SECOND
    return length_text((amount + step / 2) // step * step, language)
