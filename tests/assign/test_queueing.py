"""Queue disciplines: who comes next, and how long at most somebody is overtaken."""

from datetime import timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.assign.people import NOON
from workorder.assign import Item
from workorder.assign.queueing import (
    FIFO,
    ClassSlopes,
    EarliestDeadline,
    Key,
    LeastSlack,
    LinearAgeing,
    MaxWait,
    PriorityFIFO,
    WaitingLine,
    lined_up,
)
from workorder.errors import InvalidInput

MINUTE = timedelta(minutes=1)
SLOPES = ClassSlopes({1: 4, 2: 2, 4: 1})
DISCIPLINES = (
    FIFO(),
    PriorityFIFO(),
    LinearAgeing(10 * MINUTE),
    EarliestDeadline(),
    LeastSlack(),
    SLOPES,
    MaxWait(30 * MINUTE),
)
minutes = st.integers(0, 60).map(lambda number: number * MINUTE)
items = st.lists(
    st.builds(
        Item,
        st.integers(0, 99).map(lambda number: f"T{number:02}"),
        priority=st.integers(1, 5),
        enqueued=minutes.map(lambda waited: NOON - waited),
        due=st.none() | minutes.map(lambda left: NOON + left),
        estimate=st.none() | minutes,
    ),
    max_size=9,
    unique_by=lambda each: each.id,
)
disciplines = st.sampled_from(DISCIPLINES)


class Marked(FIFO):
    """A host's own: by priority; what is marked comes after what is not, by its mark."""

    def key(self, item: Item) -> Key:
        """Two parts where there is a mark, one where there is none."""
        mark = item.attributes.get("mark")
        return (item.priority,) if mark is None else (item.priority, mark)


def waiting(name: str, ago: int, priority: int = 3, **more: object) -> Item:
    """An item that came so many minutes ago."""
    return Item(name, priority=priority, enqueued=NOON - ago * MINUTE, **more)  # type: ignore[arg-type]


LINE = (
    waiting("old", 25, 4, due=NOON + 50 * MINUTE, estimate=45 * MINUTE),
    waiting("urgent", 1, 1),
    waiting("usual", 12, 3, due=NOON + 20 * MINUTE),
    waiting("new", 2, 3, due=NOON + 10 * MINUTE),
)


@pytest.mark.parametrize(
    ("discipline", "order"),
    [
        (FIFO(), ["old", "usual", "new", "urgent"]),
        (PriorityFIFO(), ["urgent", "usual", "new", "old"]),
        (LinearAgeing(10 * MINUTE), ["urgent", "old", "usual", "new"]),
        (EarliestDeadline(), ["new", "usual", "old", "urgent"]),
        (LeastSlack(), ["old", "new", "usual", "urgent"]),
        (SLOPES, ["old", "usual", "urgent", "new"]),
        (MaxWait(20 * MINUTE), ["old", "urgent", "usual", "new"]),
        (MaxWait(30 * MINUTE), ["urgent", "usual", "new", "old"]),
    ],
    ids=lambda each: getattr(each, "name", ""),
)
def test_who_comes_next(discipline: object, order: list[str]) -> None:
    """By what its name says."""
    assert [each.id for each in lined_up(LINE, discipline, NOON)] == order  # type: ignore[arg-type]
    assert discipline.by[-1] == "id"  # type: ignore[attr-defined]


def rank(discipline: object, item: Item) -> object:
    """Where it stands now, reckoned by hand."""
    since = item.enqueued
    assert since is not None
    far = NOON + 9999 * MINUTE
    due = item.due or far
    slack = due if item.due is None else due - (item.estimate or timedelta(0))
    waited = Fraction((NOON - since) // timedelta(seconds=1))
    rate = {1: 4, 2: 2}.get(item.priority, 1)
    late = NOON - since >= 30 * MINUTE
    return {
        "fifo": (since,),
        "priority_fifo": (item.priority, since),
        "linear_ageing": (-(waited - 600 * item.priority), since),
        "earliest_deadline": (due, item.priority, since),
        "least_slack": (slack, item.priority, since),
        "class_slopes": (-waited * rate, since),
        "max_wait": (not late, 0 if late else item.priority, since),
    }[discipline.name], item.id  # type: ignore[attr-defined]


@given(items, disciplines, st.randoms(use_true_random=False))
def test_the_line_is_in_order(several: list[Item], discipline: object, chance: object) -> None:
    """However they came in, they come out as reckoned by hand."""
    mixed = [*several]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = lined_up(mixed, discipline, NOON)  # type: ignore[arg-type]
    assert found == sorted(several, key=lambda each: rank(discipline, each))  # type: ignore[arg-type,return-value]


@given(items, disciplines, st.data())
def test_who_leaves_is_not_served(
    several: list[Item], discipline: object, data: st.DataObject
) -> None:
    """Some leave and come back: they stand where they stood, for they have waited as long."""
    line = WaitingLine(discipline)  # type: ignore[arg-type]
    for each in several:
        line.push(each)
    gone = [each for each in several if data.draw(st.booleans())]
    for each in gone:
        assert line.remove(each.id) is each
        assert line.remove(each.id) is None
    back = [each for each in gone if data.draw(st.booleans())]
    for each in back:
        line.push(each)
    left = [each for each in several if each not in gone or each in back]
    assert len(line) == len(left)
    assert {each.id for each in line} == {each.id for each in left}
    assert [line.pop(NOON) for _ in left] == lined_up(left, discipline, NOON)  # type: ignore[arg-type]
    assert line.peek(NOON) is None


@given(items, st.sampled_from([FIFO(), LinearAgeing(7 * MINUTE), MaxWait(30 * MINUTE)]))
def test_nobody_is_overtaken_beyond_the_bound(several: list[Item], discipline: object) -> None:
    """Whoever is served before an item came no later after it than the stated head start."""
    if not several:
        return
    levels = [each.priority for each in several]
    bound = discipline.head_start(min(levels), max(levels))  # type: ignore[attr-defined]
    assert bound is not None
    order = lined_up(several, discipline, NOON)  # type: ignore[arg-type]
    for place, item in enumerate(order):
        for before in order[:place]:
            assert before.enqueued is not None
            assert item.enqueued is not None
            assert before.enqueued <= item.enqueued + bound


def test_where_there_is_no_bound() -> None:
    """By priority alone, what is not urgent may wait for ever: that is said, not hidden."""
    for discipline in (PriorityFIFO(), EarliestDeadline(), LeastSlack(), SLOPES):
        assert discipline.head_start(1, 3) is None
    assert PriorityFIFO().head_start(2, 2) == SLOPES.head_start(2, 2) == timedelta(0)


def test_what_cannot_be() -> None:
    """Twice in one line, nobody to serve, ageing by nothing."""
    line = WaitingLine(FIFO())
    line.push(LINE[0])
    with pytest.raises(InvalidInput, match=r"does not wait yet.*old"):
        line.push(LINE[0])
    line.pop(NOON)
    with pytest.raises(IndexError):
        line.pop(NOON)
    with pytest.raises(InvalidInput, match="level"):
        LinearAgeing(timedelta(0))
    with pytest.raises(InvalidInput, match="slopes"):
        ClassSlopes({})
    with pytest.raises(InvalidInput, match="slopes"):
        ClassSlopes({1: 0})


def test_those_who_left_are_not_kept() -> None:
    """A line through which thousands went is as long as those who wait."""
    line = WaitingLine(FIFO())
    line.push(waiting("first", 99))
    for number in range(1_000):
        line.push(waiting(f"T{number}", 1))
        line.remove(f"T{number}")
    assert len(line) == 1
    assert sum(map(len, line._heaps.values())) < 100
    assert line.pop(NOON).id == "first"


def test_who_comes_back_as_another_value_stands_where_it_stood() -> None:
    """Declined, an item is noted so, and waits on: there is nothing to compare but its place."""
    for discipline in DISCIPLINES:
        line = WaitingLine(discipline)
        for each in LINE:
            line.push(each)
        for number in range(3):
            left = line.remove("usual")
            assert left is not None
            line.push(evolve(left, declined={f"a{number}": NOON}))
        served = [line.pop(NOON) for _ in LINE]
        assert [each.id for each in served] == [
            each.id for each in lined_up(LINE, discipline, NOON)
        ]
        assert {"a2": NOON} in [each.declined for each in served]


def test_who_comes_back_again_and_again_stands_there_once() -> None:
    """Declined by one after the other, it is served once."""
    for discipline in (FIFO(), MaxWait(30 * MINUTE)):
        line = WaitingLine(discipline)
        for each in LINE:
            line.push(each)
        for _ in range(500):
            line.push(line.remove("new") or LINE[0])
        assert sorted(line.pop(NOON).id for _ in LINE) == ["new", "old", "urgent", "usual"]
        assert line.peek(NOON) is None


def test_keys_of_a_host_may_have_as_many_parts_as_they_like() -> None:
    """Each is compared as a whole, and with nothing else."""
    line = WaitingLine(Marked())
    for name, mark in (("d", None), ("b", -1), ("a", -2), ("c", None)):
        line.push(Item(name, attributes={} if mark is None else {"mark": mark}))
    assert [line.pop(NOON).id for _ in range(4)] == ["d", "c", "a", "b"]
