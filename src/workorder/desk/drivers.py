"""Driving operations: put each request to the store, send the answer back.

Both drivers make the same requests in the same order; they differ in ``await``.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from workorder.desk.requests import Operation, Request
from workorder.errors import StoreError
from workorder.storage import Capability

R = TypeVar("R")


def _offered(request: Request[Any], capabilities: Collection[Capability]) -> None:
    if request.needs is not None and request.needs not in capabilities:
        raise StoreError("unsupported", capability=request.needs.value)


def drive(operation: Operation[R], store: Any) -> R:
    """Run *operation* on a synchronous store."""
    answer: Any = None
    try:
        while True:
            request = operation.send(answer)
            _offered(request, store.capabilities)
            answer = request.put(store)
    except StopIteration as done:
        result: R = done.value
        return result
    finally:
        operation.close()


async def drive_async(operation: Operation[R], store: Any) -> R:
    """Run *operation* on an asynchronous store."""
    answer: Any = None
    try:
        while True:
            request = operation.send(answer)
            _offered(request, store.capabilities)
            answer = await request.put(store)
    except StopIteration as done:
        result: R = done.value
        return result
    finally:
        operation.close()
