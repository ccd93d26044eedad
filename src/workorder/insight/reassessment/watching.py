"""Which moments can move a clock at all: remembered by what the conditions ask for.

Most of what happens to a ticket moves none of its clocks, and the same few facts come again and
again. What all conditions say of them is worked out once, and only a moment at which something can
follow is folded.
"""

from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from workorder.clocks import Clock
from workorder.conditions import fields_of
from workorder.kernel.moments import TicketView, reader_of
from workorder.sla.clocks import Metric, ServiceLevels
from workorder.sla.clocks.metric import CONDITIONS

Key = tuple[object, ...]

MOST = 20_000
"""So many different facts are remembered; instants among them would make more and more."""

OF_EVENTS = frozenset({"action", "event", "by", "role", "category", "resolved"})
"""Facts that may differ although the ticket is the same."""


@frozen
class Signs:
    """What the conditions of a metric say of a moment.

    Attributes:
        starts, stops, resets, cancels, reopens, pauses, resumes: whether each holds of anything
            that happened.
        paused: whether the condition to pause holds of how things stand after it.
    """

    starts: bool
    stops: bool
    resets: bool
    cancels: bool
    reopens: bool
    pauses: bool
    resumes: bool
    paused: bool


def asked(levels: ServiceLevels) -> Iterator[str]:
    """The names that the conditions and targets of *levels* ask for."""
    yield from _choosing(levels)
    yield from _conditions(levels)


def _choosing(levels: ServiceLevels) -> Iterator[str]:
    for metric in levels.measured:
        yield from levels.selectors[metric.name]


def _conditions(levels: ServiceLevels) -> Iterator[str]:
    for metric in levels.measured:
        for name in CONDITIONS:
            condition = getattr(metric, name)
            if condition is not None:
                yield from fields_of(condition)


class Watch:
    """What the conditions of some service levels say, remembered.

    Args:
        levels: whose conditions.
    """

    def __init__(self, levels: ServiceLevels) -> None:
        self._metrics = levels.measured
        self._readers = [reader_of(name) for name in sorted(set(_conditions(levels)))]
        choosing = sorted(set(_choosing(levels)))
        self._choosers = [reader_of(name) for name in choosing]
        place = {name: number for number, name in enumerate(choosing)}
        self._chosen = [
            tuple(place[name] for name in levels.selectors[each.name]) for each in self._metrics
        ]
        self._steady = not any(name in OF_EVENTS or name.startswith("event.") for name in choosing)
        self._known: dict[Key, tuple[Signs, ...]] = {}

    def signs(self, view: TicketView) -> tuple[Signs, ...]:
        """What each metric's conditions say of *view*."""
        facts = _facts(self._readers, view)
        try:
            known = self._known.get(facts)
        except TypeError:  # something that cannot be remembered
            return self._read(view)
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[facts] = self._read(view)
        return known

    def _read(self, view: TicketView) -> tuple[Signs, ...]:
        return tuple(
            Signs(
                each.starts(view),
                each.stops(view),
                each.resets(view),
                each.cancels(view),
                each.reopens(view),
                each.pauses(view),
                each.resumes(view),
                each.pauses(view),
            )
            for each in self._metrics
        )

    def together(self, views: Sequence[TicketView]) -> tuple[Key, tuple[Signs, ...]]:
        """What targets are chosen by after one moment, and what each metric's conditions say of
        it.
        """
        choice = _facts(self._choosers, views[-1])
        last = self.signs(views[-1])
        if len(views) == 1:
            return choice, last
        every = [last, *(self.signs(each) for each in views[:-1])]
        return choice, tuple(_any(some) for some in zip(*every, strict=True))

    def chosen_anew(self, number: int, before: Key | None, choice: Key) -> bool:
        """Whether another target may apply to the metric at *number* than did *before*."""
        if before is None or not self._steady:
            return True
        if before == choice:  # as it mostly is
            return False
        return any(before[place] != choice[place] for place in self._chosen[number])


def _facts(readers: Sequence[Callable[[TicketView], object]], view: TicketView) -> Key:
    """What *view* answers to *readers*; of numbers and the like, with their type."""
    found = [read(view) for read in readers]
    return tuple(
        [each if each is None or type(each) is str else (type(each), each) for each in found]
    )


def _any(several: tuple[Signs, ...]) -> Signs:
    last = several[0]
    return Signs(
        any(each.starts for each in several),
        any(each.stops for each in several),
        any(each.resets for each in several),
        any(each.cancels for each in several),
        any(each.reopens for each in several),
        any(each.pauses for each in several),
        any(each.resumes for each in several),
        last.paused,
    )


def quiet(clock: Clock | None, metric: Metric, signs: Signs, *, anew: bool) -> bool:
    """Whether nothing can happen to *clock*.

    Args:
        clock: as it stands; ``None`` where there is none yet.
        metric: what it measures.
        signs: what its conditions say of the moment.
        anew: whether another target may apply.
    """
    if clock is None:
        return not signs.starts
    if not clock.active:
        return not signs.reopens and not (metric.repeat and signs.starts)
    if anew or signs.cancels or signs.stops or signs.resets:
        return False
    runs = clock.state == "running"
    if metric.resume is None:
        return signs.paused != runs
    return (signs.resumes or not signs.pauses) if runs else not signs.resumes
