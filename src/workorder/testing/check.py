"""A check as a value: what it is called, which promise it looks at, and how."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import frozen

from workorder.storage import Capability
from workorder.testing.trial import Trial
from workorder.texts import CHINESE, ENGLISH, Texts

Want = Literal["reopen", "tenant", "async", "threads"]
"""What else a check needs than a store: a second handle, two tenants, coroutines, a store that may
be used by many threads."""

Run = Callable[[Trial], None]


@frozen
class Check:
    """One promise of a store, and how to see whether it is kept.

    Attributes:
        name: its stable name, ``chapter.what_is_promised``.
        verb: the method whose promise it is.
        promise: the promise, in English and Chinese.
        run: looks at a new store; raises :class:`~workorder.testing.trial.Broken`.
        needs: capabilities without which there is no such promise.
        wants: what else it needs to be looked at.
        cases: values it is tried with, each on a new store.
    """

    name: str
    verb: str
    promise: Texts
    run: Run
    needs: tuple[Capability, ...] = ()
    wants: Want | None = None
    cases: Mapping[str, Any] = {"": None}

    @property
    def chapter(self) -> str:
        """The chapter it belongs to."""
        return self.name.partition(".")[0]


class Chapter:
    """Checks that belong together, in the order in which they are written down.

    Args:
        name: what their names begin with.
        verb: the method, unless a check says otherwise.
        needs: capabilities that all of them need.
        wants: what else all of them need.
    """

    def __init__(self, name: str, verb: str, *needs: Capability, wants: Want | None = None) -> None:
        self._name = name
        self._verb = verb
        self._needs = needs
        self._wants = wants
        self._checks: list[Check] = []

    def promise(
        self,
        english: str,
        chinese: str,
        *,
        verb: str | None = None,
        needs: tuple[Capability, ...] = (),
        wants: Want | None = None,
        cases: Mapping[str, Any] | None = None,
    ) -> Callable[[Run], Run]:
        """Makes a function the check of a promise; its name becomes that of the check."""

        def add(run: Run) -> Run:
            self._checks.append(
                Check(
                    f"{self._name}.{run.__name__}",
                    verb or self._verb,
                    {ENGLISH: english, CHINESE: chinese},
                    run,
                    (*self._needs, *needs),
                    wants or self._wants,
                    cases or {"": None},
                )
            )
            return run

        return add

    def checks(self) -> tuple[Check, ...]:
        """All of them."""
        return tuple(self._checks)
