"""Draw the pictures of who gets work, and in which order it waits, from the library's own answers.

Nothing in them is typed but who there is and when work came. Started by hand after a change; a test
compares the pictures with what this program would draw.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attrs import evolve

from scripts.convention_pictures import FOLDER, dot, line, rect, sheet, text
from workorder.assign import Agent, AssignmentPolicy, Item, choose
from workorder.assign.fairness import Fairness, fairness
from workorder.assign.moves import levelled
from workorder.assign.queueing import (
    FIFO,
    AnyDiscipline,
    ClassSlopes,
    LinearAgeing,
    MaxWait,
    PriorityFIFO,
    lined_up,
)
from workorder.assign.selectors import SmoothWeightedRoundRobin

# --- what is asked --------------------------------------------------------------------------

NINE = datetime(2026, 9, 30, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MOST, LEAST = 1, 5
AGEING = LinearAgeing(10 * MINUTE)
SLOPES = ClassSlopes({1: 4, 3: 2, 5: 1})
LAST = 60
"""How many minutes are drawn."""


def came(minute: int, priority: int) -> Item:
    """Something that waits since that minute."""
    return Item(f"{priority} at {minute}", priority=priority, enqueued=NINE + minute * MINUTE)


LINE = (came(0, 5), came(15, 3), came(30, 1))
TOO_LATE = came(45, 1)


def aged(item: Item, minute: int) -> float:
    """How urgent *item* is by then, in levels: what it gained by waiting, less its priority."""
    key: datetime = AGEING.key(item)[0]
    return (NINE + minute * MINUTE - key) / AGEING.level


def gained(item: Item, minute: int) -> float:
    """How much *item* has gained by then at the rate of its priority, in minutes."""
    gain: float = -SLOPES.rank(item, NINE + minute * MINUTE)[0] / 60
    return gain


def turned(items: Sequence[Item], discipline: AnyDiscipline) -> list[tuple[int, Item]]:
    """The minutes at which somebody overtakes, and who."""
    found = []
    for minute in range(LAST):
        before, after = (
            [each.id for each in lined_up(items, discipline, NINE + at * MINUTE)]
            for at in (minute, minute + 1)
        )
        found += [
            (minute, item)
            for item in items
            for _ in range(before.index(item.id) - after.index(item.id))
            if item.enqueued is not None and item.enqueued < NINE + minute * MINUTE
        ]
    return found


# --- the pictures ---------------------------------------------------------------------------

WIDE, TALL, TOP = 300, 220, 46


def queue_ageing() -> str:
    """Lines of one slope, and lines of a slope for each priority."""
    parts = [
        *_panel(50, "one slope: LinearAgeing", (*LINE, TOO_LATE), aged, AGEING),
        *_panel(470, "a slope for each priority: ClassSlopes", LINE, gained, SLOPES),
    ]
    return sheet("Lines of one slope never cross; others do.", 880, TOP + TALL + 40, parts)


def _panel(
    left: float,
    title: str,
    items: Sequence[Item],
    height: Callable[[Item, int], float],
    discipline: AnyDiscipline,
) -> list[str]:
    starts = {each: int(each.id.split()[-1]) for each in items}
    low = min(height(each, start) for each, start in starts.items())
    high = max(height(each, LAST) for each in items)

    def x(minute: float) -> float:
        return left + WIDE * minute / LAST

    def y(value: float) -> float:
        return TOP + TALL * (1 - (value - low) / (high - low))

    parts = [text(left, 24, title, "head")]
    for minute in range(0, LAST + 1, 15):
        parts.append(line("grid", x(minute), TOP, x(minute), TOP + TALL))
        parts.append(text(x(minute), TOP + TALL + 18, f"{minute} min", "quiet", "middle"))
    for item, start in starts.items():
        begun, ended = height(item, start), height(item, LAST)
        parts.append(line("axis", x(start), y(begun), x(LAST), y(ended)))
        parts.append(text(x(LAST) + 8, y(ended) + 4, f"priority {item.priority}"))
    for minute, item in turned(items, discipline):
        parts.append(dot("due", x(minute), y(height(item, minute))))
    return parts


def head_start() -> str:
    """For how long after an item of the last priority others are served before it all the same."""
    several: Sequence[tuple[str, AnyDiscipline]] = (
        ("FIFO", FIFO()),
        ("MaxWait, 30 minutes", MaxWait(30 * MINUTE)),
        ("LinearAgeing, 10 minutes a level", AGEING),
        ("PriorityFIFO", PriorityFIFO()),
    )
    left, wide, tall = 240, 480, 44
    parts = []
    for minute in range(0, LAST + 1, 10):
        where = left + wide * minute / LAST
        parts.append(line("grid", where, 28, where, 34 + tall * len(several)))
        parts.append(text(where, 20, f"{minute} min", "quiet", "middle"))
    for number, (label, discipline) in enumerate(several):
        top = 38 + tall * number
        parts.append(text(8, top + 17, label))
        bound = discipline.head_start(MOST, LEAST)
        if bound is None:
            parts.append(rect("provisional", left, top, wide + 20, 26))
            parts.append(text(left + wide + 30, top + 17, "no end", "said"))
            continue
        until = left + wide * (bound / MINUTE) / LAST
        parts.append(rect("open", left, top, until - left, 26))
        said = f"{bound // MINUTE} min" if bound else "nobody"
        parts.append(text(until + 8, top + 17, said, "said"))
        for priority in range(MOST + 1, LEAST):
            step = discipline.head_start(priority, LEAST)
            if step is not None and step < bound:
                at = left + wide * (step / MINUTE) / LAST
                parts.append(line("axis", at, top, at, top + 26))
    title = "How long after an item of priority 5 others may come and still go first."
    return sheet(title, left + wide + 100, 44 + tall * len(several), parts)


TURNS = {"a": 5, "b": 1, "c": 1}
COLOURS = {"a": "open", "b": "counted", "c": "provisional"}


def smooth_turns() -> str:
    """Two rounds of 5, 1 and 1: in bursts, and smoothly."""
    agents = [Agent(name, weight=weight) for name, weight in TURNS.items()]
    policy = AssignmentPolicy("in turn", selector=SmoothWeightedRoundRobin())
    turn: Mapping[str, object] = {}
    smooth = []
    for number in range(2 * sum(TURNS.values())):
        decision = choose(agents, Item(f"T{number}"), now=NINE, policy=policy, turn=turn)
        turn = decision.turn
        smooth.append(decision.chosen or "")
    bursts = 2 * [name for name, weight in TURNS.items() for _ in range(weight)]
    left, cell = 100, 38
    parts = []
    for row, (label, order) in enumerate((("in bursts", bursts), ("smooth", smooth))):
        top = 14 + 46 * row
        parts.append(text(8, top + 21, label))
        for number, name in enumerate(order):
            x = left + cell * number
            parts.append(rect(COLOURS[name], x, top, cell - 4, 32))
            kind = "on" if COLOURS[name] == "counted" else ""
            parts.append(text(x + cell / 2 - 2, top + 21, name, kind, "middle"))
    half = left + cell * sum(TURNS.values()) - 2
    parts.append(line("mark", half, 8, half, 100))
    return sheet("Two rounds with weights 5, 1 and 1.", left + cell * len(smooth) + 12, 108, parts)


HELD = {"li": (4, 4), "gao": (4, 8), "sun": (1, 6), "wu": (5, 5), "he": (0, 4)}


def levelling() -> str:
    """What everybody bears before and after the moves."""
    before = [Agent(name, load=load, capacity=most) for name, (load, most) in HELD.items()]
    work = {each.id: [Item(f"{each.id}-{n}") for n in range(each.load)] for each in before}
    held = {each.id: each.load for each in before}
    for move in levelled(work, before, now=NINE):
        held[move.source] -= 1
        held[move.to] += 1
    after = [evolve(each, load=held[each.id]) for each in before]
    parts = [
        *_bars(60, "before", before, fairness(before)),
        *_bars(460, "after", after, fairness(after)),
    ]
    return sheet("Utilisation before and after levelling.", 800, 236, parts)


def _bars(left: float, title: str, agents: Sequence[Agent], found: Fairness) -> list[str]:
    wide, tall = 250, 32
    bottom = 34 + tall * len(agents)
    parts = [text(left, 22, title, "head")]
    for number, each in enumerate(agents):
        top = 34 + tall * number
        parts.append(text(left - 8, top + 17, each.id, "", "end"))
        parts.append(rect("closed", left, top, wide, 24))
        if each.load:
            parts.append(rect("counted", left, top, wide * each.load / each.capacity, 24))
        parts.append(text(left + wide + 8, top + 17, f"{each.load}/{each.capacity}", "quiet"))
    for part in (found.least, found.most):
        x = left + wide * part
        parts.append(line("dashed", x, 28, x, bottom))
    parts.append(text(left, bottom + 22, f"Jain {found.jain:.3f}, Gini {found.gini:.3f}", "said"))
    return parts


PICTURES: dict[str, Callable[[], str]] = {
    make.__name__.replace("_", "-"): make
    for make in (queue_ageing, head_start, smooth_turns, levelling)
}


def pictures() -> dict[Path, str]:
    """Every picture and where it lies."""
    return {FOLDER / f"{name}.svg": make() for name, make in PICTURES.items()}


def main() -> None:
    """Write the pictures."""
    for path, drawn in pictures().items():
        path.write_text(drawn, encoding="utf-8")
        print(f"written: {path.name}")


if __name__ == "__main__":
    main()
