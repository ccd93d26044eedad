"""What the tests of traps share: naming the trap, and writing instants."""

from collections.abc import Callable, Iterator
from datetime import datetime
from types import ModuleType
from typing import Any, TypeVar

Test = TypeVar("Test", bound=Callable[..., None])


def trap(*numbers: int) -> Callable[[Test], Test]:
    """Say which rows of the list of traps a test is about; none: a convention without a row."""

    def note(test: Test) -> Test:
        test.__dict__["traps"] = numbers
        return test

    return note


def named_traps(*modules: ModuleType) -> Iterator[Callable[..., None]]:
    """The tests of some modules that are about traps."""
    for module in modules:
        yield from (each for each in vars(module).values() if numbers_of(each) is not None)


def numbers_of(test: Any) -> tuple[int, ...] | None:
    """The rows a test is about; None for anything that is no test of traps."""
    found = getattr(test, "__dict__", {}).get("traps")
    return found if isinstance(found, tuple) else None


def at(text: str) -> datetime:
    """An instant from ISO text with its offset."""
    return datetime.fromisoformat(text)
