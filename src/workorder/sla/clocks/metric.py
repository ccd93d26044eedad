"""Metrics: what a clock measures, said as data.

A metric is a handful of conditions. Each is asked about a *moment*: what happened at an instant
(``action``, ``by``, ``event.…``: true of that moment alone) and how things stand after it
(``state``, ``hold_reason``, ``fields.…``: true until they change). Of several that hold at one
instant the first of cancel, stop, reset, pause, start is served: an answer that comes together
with a hold is an answer.
"""

from collections.abc import Callable
from typing import Any, Literal

from attrs import field, frozen

from workorder.conditions import NEVER, Condition, compile_condition, fields_of
from workorder.texts import Label, Texts

Reopening = Literal["resume", "restart", "keep"]
Change = Literal["keep_elapsed", "restart", "retroactive"]

REOPENINGS: tuple[Reopening, ...] = ("resume", "restart", "keep")
CHANGES: tuple[Change, ...] = ("keep_elapsed", "restart", "retroactive")

AT = "at"
"""The anchor of a clock that counts from the moment at which it starts."""

OPENED = "times.opened"
"""From when a clock counts whose anchor is not there."""

EDGES = frozenset({"action", "event", "by", "role"})
OF_EVENT = "event."
"""Names of what happens; all others are of how things stand."""

Test = Callable[[Any], bool]


def stands(name: str) -> bool:
    """Whether *name* is of how things stand."""
    return name not in EDGES and not name.startswith(OF_EVENT)


def happens(condition: Condition) -> bool:
    """Whether *condition* asks for anything that happens; else it is true while things stand so."""
    return not all(stands(name) for name in fields_of(condition))


def _get(view: Any, name: str) -> object:
    return view.value(name)


def compiled(condition: Condition) -> Test:
    """A predicate over what answers ``value(name)``."""
    return compile_condition(condition, _get)


@frozen(kw_only=True, slots=False)
class Metric:
    """What a clock measures.

    Attributes:
        name: the stable name.
        start: when it begins.
        stop: when what it waits for has come.
        pause: it does not count while this holds, unless *resume* is given: then from when this
            happens until that does.
        resume: ends a pause; something that happens.
        reset: begins again from nothing; something that happens.
        cancel: it does not matter any more; no verdict.
        reopen: takes up a finished cycle again (and a cancelled one, as if it had never been);
            something that happens.
        repeat: whether it starts again after it was finished.
        anchor: from when it counts: ``at`` (the moment it starts), or the name of an instant
            (``times.opened``, ``fields.received_at``); where that is missing, the opening.
        on_reopen: ``resume`` goes on with what was used, ``restart`` begins from nothing, ``keep``
            leaves the verdict.
        on_change: when another target applies meanwhile: ``keep_elapsed`` goes on with what was
            used, ``restart`` begins from nothing, ``retroactive`` counts again from the start as if
            the new policy had always applied.
        extendable: whether a granted extension moves it.
        statutory: it is owed to the law: no internal target ends later.
        ladder: the name of the ladder of its marks; only the breach, if it has none.
        labels: what people call it, per language.
    """

    name: str
    start: Condition
    stop: Condition
    pause: Condition = NEVER
    resume: Condition | None = None
    reset: Condition = NEVER
    cancel: Condition = NEVER
    reopen: Condition = NEVER
    repeat: bool = False
    anchor: str = AT
    on_reopen: Reopening = "resume"
    on_change: Change = "keep_elapsed"
    extendable: bool = False
    statutory: bool = False
    ladder: str | None = None
    labels: Texts = field(default={}, hash=False)
    starts: Test = field(init=False, eq=False, repr=False)
    stops: Test = field(init=False, eq=False, repr=False)
    pauses: Test = field(init=False, eq=False, repr=False)
    resumes: Test = field(init=False, eq=False, repr=False)
    resets: Test = field(init=False, eq=False, repr=False)
    cancels: Test = field(init=False, eq=False, repr=False)
    reopens: Test = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        put = object.__setattr__
        for name in ("start", "stop", "pause", "resume", "reset", "cancel", "reopen"):
            condition = getattr(self, name)
            known = NEVER if condition is None else condition
            put(self, _TESTS[name], compiled(known))

    @property
    def stands_stopped(self) -> bool:
        """Whether it is stopped by how things stand alone: while they do, it does not run."""
        return not happens(self.stop)

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)


_TESTS = {
    "start": "starts",
    "stop": "stops",
    "pause": "pauses",
    "resume": "resumes",
    "reset": "resets",
    "cancel": "cancels",
    "reopen": "reopens",
}

CONDITIONS = tuple(_TESTS)
"""The names of a metric's conditions."""
