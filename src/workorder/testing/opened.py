"""New stores, however a host makes them: plain or awaited, as they are or as context managers."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from threading import Thread
from typing import Any

PATIENCE = 60.0
"""Seconds after which a call that does not come back counts as lost."""


class Driver:
    """One event loop, in a thread of its own, that waits for asynchronous stores.

    The loop is started when something is first waited for.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None

    def wait(self, call: Callable[[], Any]) -> Any:
        """What *call* gives, once it is there; *call* is made on the loop."""
        waiting = asyncio.run_coroutine_threadsafe(_settled(call), self._running())
        try:
            return waiting.result(PATIENCE)
        except TimeoutError as error:
            if waiting.done():
                raise  # the store's own
            waiting.cancel()
            message = f"a call did not come back in {PATIENCE:g} s"
            raise TimeoutError(message) from error

    def settle(self, found: Any) -> Any:
        """*found*, or what it comes to, if it is to be waited for."""
        return self.wait(lambda: found) if isawaitable(found) else found

    def gather(self, calls: list[Callable[[], Awaitable[Any]]]) -> list[Any]:
        """All of *calls* as tasks of the one loop; errors are given back as they are."""

        async def together() -> list[Any]:
            return await asyncio.gather(*(call() for call in calls), return_exceptions=True)

        found: list[Any] = self.wait(together)
        return found

    def close(self) -> None:
        """End the loop."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)
            self._loop.close()
            self._loop = self._thread = None

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = Thread(target=self._loop.run_forever, daemon=True)
            self._thread.start()
        return self._loop


async def _settled(call: Callable[[], Any]) -> Any:
    found = call()
    return await found if isawaitable(found) else found


class Waited:
    """An asynchronous store with a synchronous face: each call is waited for on the loop."""

    def __init__(self, store: Any, driver: Driver) -> None:
        self.awaited = store
        self.driver = driver

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.awaited, name)
        if not callable(found):
            return found
        return lambda *given: self.driver.wait(partial(found, *given))


def opened(made: Any, stack: ExitStack, driver: Driver) -> Any:
    """The store that *made* is or holds, with a synchronous face; *stack* gives it back.

    Raises:
        TypeError: if it is no store.
    """
    made = driver.settle(made)
    if hasattr(made, "__aenter__"):
        manager = made
        made = driver.wait(manager.__aenter__)
        stack.callback(lambda: driver.wait(lambda: manager.__aexit__(None, None, None)))
    elif hasattr(made, "__enter__"):
        made = stack.enter_context(made)
    missing = [
        each for each in ("load", "commit", "capabilities", "tenant") if not hasattr(made, each)
    ]
    if missing:
        message = f"{type(made).__name__} is no store: it has no {', '.join(missing)}"
        raise TypeError(message)
    return Waited(made, driver) if iscoroutinefunction(made.load) else made
