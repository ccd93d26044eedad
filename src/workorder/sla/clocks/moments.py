"""Moments: what happened at an instant, and how things stand after it.

A metric's conditions ask by name. What a ticket answers is said in
:mod:`workorder.kernel.moments`; a host without tickets says what it likes::

    Moment.of(at, action="reply", by="agent", state="open")
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from attrs import field, frozen

from workorder.instants import aware


class View(Protocol):
    """Anything that answers by name."""

    def value(self, name: str) -> object:
        """What is known under *name*; ``None`` for what is not."""


def instant_in(view: View, name: str) -> datetime | None:
    """The instant *name* that a ticket brings: a fact of that name, or one of its fields."""
    value = view.value(name)
    if value is None:
        value = view.value(f"fields.{name}")
    return value.astimezone(UTC) if isinstance(value, datetime) else None


@frozen
class Facts:
    """A view of plain values."""

    values: Mapping[str, object] = {}

    def value(self, name: str) -> object:
        """What is known under *name*."""
        return self.values.get(name)


@frozen
class Wait:
    """A stretch of the past during which the ticket waited.

    Attributes:
        start: from when, in UTC.
        end: until when.
        view: how things stood meanwhile.
    """

    start: datetime
    end: datetime
    view: View


def _aware(at: datetime) -> datetime:
    return aware(at, "at")


@frozen
class Moment:
    """What happened at one instant.

    Attributes:
        at: the instant, in UTC.
        views: for each thing that happened (all of one commit are one moment), what it was and how
            things stand after all of them.
        number: the number of the event, for the trace.
        before: how things stood; ``None`` at the beginning.
        extension: the due instant that is granted with it, if one is.
        waits: stretches that are over, for clocks that count from before now.
        effective: when what happened took effect, if that was earlier than it was taken down: a
            customer who was told at ten was told at ten, though it was noted in the evening.
        narrowed: leaves of some names those that may have another value than before; for whoever
            can tell without asking for each.
    """

    at: datetime = field(converter=_aware)
    views: tuple[View, ...]
    number: int = 0
    before: View | None = None
    extension: datetime | None = None
    waits: Iterable[Wait] = ()
    effective: datetime | None = None
    narrowed: Callable[[Iterable[str]], Iterable[str]] | None = None

    @classmethod
    def of(cls, at: datetime, **facts: object) -> "Moment":
        """A moment at which one thing happened; facts with a dot in their name go by ``__``.

        >>> from datetime import UTC
        >>> moment = Moment.of(datetime(2026, 9, 30, tzinfo=UTC), fields__priority=1)
        >>> moment.now.value("fields.priority")
        1
        """
        return cls(at, (Facts({name.replace("__", "."): it for name, it in facts.items()}),))

    def changed_among(self, names: Iterable[str]) -> frozenset[str] | None:
        """Those of *names* that have another value than before; ``None`` when that is not known,
        because nothing was before.
        """
        if self.before is None:
            return None
        return frozenset(self._changed(names))

    @property
    def now(self) -> View:
        """How things stand after it."""
        return self.views[-1]

    def holds(self, test: Any) -> bool:
        """Whether a compiled condition is true of anything that happened."""
        views = self.views
        if len(views) == 1:
            return bool(test(views[0]))
        return any(test(view) for view in views)

    def changed(self, names: Iterable[str]) -> bool:
        """Whether any of *names* has another value than before."""
        return self.before is None or any(True for _ in self._changed(names))

    def _changed(self, names: Iterable[str]) -> Iterator[str]:
        before, now = self.before, self.now
        assert before is not None  # noqa: S101 (the callers have looked)
        for name in names if self.narrowed is None else self.narrowed(names):
            if before.value(name) != now.value(name):
                yield name
