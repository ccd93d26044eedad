"""Driving operations: put each request to the store, send the answer back.

Both drivers make the same requests in the same order; they differ in ``await``.
"""

from collections.abc import Collection
from inspect import isawaitable
from typing import Any, TypeVar

from workorder.desk.requests import Operation, Request
from workorder.errors import InvalidInput, StoreError
from workorder.storage import Capability

R = TypeVar("R")


def _host(request: Request[Any], store: Any, people: Any) -> Any:
    """Who answers *request*: the store, or the directory of people.

    Raises:
        StoreError: ``unsupported`` when the store does not offer it.
        InvalidInput: ``required`` when the desk was given no directory.
    """
    if request.of_people:
        if people is None:
            raise InvalidInput("required", name="people (a directory: who can be given work)")
        return people
    capabilities: Collection[Capability] = store.capabilities
    if request.needs is not None and request.needs not in capabilities:
        raise StoreError("unsupported", capability=request.needs.value)
    return store


def drive(operation: Operation[R], store: Any, people: Any = None) -> R:
    """Run *operation* on a synchronous store, and a directory of people, if it asks for any."""
    answer: Any = None
    try:
        while True:
            request = operation.send(answer)
            answer = request.put(_host(request, store, people))
    except StopIteration as done:
        result: R = done.value
        return result
    finally:
        operation.close()


async def drive_async(operation: Operation[R], store: Any, people: Any = None) -> R:
    """Run *operation* on an asynchronous store and directory; either may also answer at once."""
    answer: Any = None
    try:
        while True:
            request = operation.send(answer)
            answer = request.put(_host(request, store, people))
            if isawaitable(answer):
                answer = await answer
    except StopIteration as done:
        result: R = done.value
        return result
    finally:
        operation.close()
