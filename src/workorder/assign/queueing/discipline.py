"""What a queue discipline is: which of the items that wait comes next."""

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from workorder.assign.items import Item

Key = tuple[Any, ...]

NEVER = datetime.max.replace(tzinfo=UTC)
ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Since when an item waits of which nobody knows."""


class Discipline(Protocol):
    """Which item comes next.

    Attributes:
        name: what people call it.
        by: what it compares, one after the other; the last is always ``id``.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 (said above)

    @property
    def by(self) -> tuple[str, ...]: ...  # noqa: D102

    def head_start(self, least: int, most: int) -> timedelta | None:
        """The bound on starvation: how much later than an item another one may come and still be
        served first, with priorities from *least* to *most*; ``None`` where there is no bound.
        """


@runtime_checkable
class Static(Discipline, Protocol):
    """A discipline whose order does not change as time goes by: a heap keeps it."""

    def key(self, item: Item) -> Key:
        """The least comes first, whenever it is asked."""
