"""The clocks of a ticket, kept as they were read: each becomes a value when it is asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from workorder.clocks.values import Clock
from workorder.clocks.wire import clock_data, clock_from_data
from workorder.errors import InvalidInput


class Clocks(Mapping[str, Clock]):
    """Clocks by metric; a value like any mapping, equal to every mapping of the same clocks.

    Args:
        made: clocks as values.
        data: clocks as plain data; one that is there as a value, too, is the same.
    """

    __slots__ = ("_data", "_made")

    def __init__(
        self, made: Mapping[str, Clock] | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        self._made: dict[str, Clock] = dict(made or {})
        self._data: dict[str, Any] = dict(data or {})

    @classmethod
    def written(cls, made: Mapping[str, Clock]) -> "Clocks":
        """Clocks as values and as data, which the record and the snapshot share."""
        return cls(made, {name: clock_data(clock) for name, clock in made.items()})

    def __getitem__(self, name: str) -> Clock:
        found = self._made.get(name)
        if found is None:
            data = self._data[name]
            try:
                found = self._made[name] = clock_from_data(data)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                reason = f"{type(error).__name__}: {error}"
                raise InvalidInput(
                    "wrong_type", name=f"clocks.{name}", expected="a clock", found=reason
                ) from error
        return found

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._made.keys() | self._data.keys())

    def __len__(self) -> int:
        return len(self._made.keys() | self._data.keys()) if self._made else len(self._data)

    def __bool__(self) -> bool:
        return bool(self._made or self._data)

    def __contains__(self, name: object) -> bool:
        return name in self._made or name in self._data

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Clocks):  # most are asked whether they are none: nothing is read
            if self is other:
                return True
            if not (self and other):
                return bool(self) == bool(other)
        if not isinstance(other, Mapping):
            return NotImplemented
        return len(self) == len(other) and super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]  # as of any mapping

    def __repr__(self) -> str:
        return repr(dict(self))

    def state_of(self, name: str) -> str | None:
        """The state of a clock, without reading all of it; ``None`` where there is none."""
        made = self._made.get(name)
        if made is not None:
            return made.state
        data = self._data.get(name)
        if data is None:
            return None
        state = data.get("state") if isinstance(data, dict) else None
        return state if isinstance(state, str) else self[name].state

    def with_changed(self, changed: Mapping[str, Clock]) -> "Clocks":
        """The same with those of *changed* in place of their own."""
        other = changed if isinstance(changed, Clocks) else Clocks(changed)
        made = {**self._made, **other._made}  # noqa: SLF001 (another one of the same class)
        data = {**self._data, **other._data}  # noqa: SLF001
        for name in other._made.keys() - other._data.keys():  # noqa: SLF001
            data.pop(name, None)
        for name in other._data.keys() - other._made.keys():  # noqa: SLF001
            made.pop(name, None)
        return Clocks(made, data)

    def as_data(self) -> dict[str, Any]:
        """All of them as plain data; each is written once."""
        for name, clock in self._made.items():
            if name not in self._data:
                self._data[name] = clock_data(clock)
        return self._data


NO_CLOCKS = Clocks()
"""A ticket of which nothing is measured."""


def state_of(clocks: Mapping[str, Clock], name: str) -> str | None:
    """The state of a clock, whatever mapping it stands in; ``None`` where there is none."""
    if isinstance(clocks, Clocks):
        return clocks.state_of(name)
    return clocks[name].state if name in clocks else None


def as_data(clocks: Mapping[str, Clock]) -> dict[str, Any]:
    """Clocks as plain data, whatever mapping they stand in."""
    if isinstance(clocks, Clocks):
        return clocks.as_data()
    return {name: clock_data(clock) for name, clock in clocks.items()}
