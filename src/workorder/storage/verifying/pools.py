"""Sharing the work among processes, each with a store of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import Any

from workorder.storage.records import Codec
from workorder.storage.verifying.reports import Tally

_told: list[tuple[Callable[[], Any], Any]] = []
"""Of a worker: how to open its store, and the work."""

_opened: list[tuple[Any, Codec | None, int]] = []
"""Of a worker: its store, what reads its records, how many damages it keeps."""


def _begin(reopen: Callable[[], Any], work: Any) -> None:
    _told[:] = [(reopen, work)]


def _open() -> None:
    from workorder.storage.verifying.tickets import codec_for

    ((reopen, work),) = _told
    store = reopen()
    codec = codec_for(store, work.host_events, replay=work.replay)
    _opened[:] = [(store, codec, work.limit)]


def _verify(share: Any) -> Tally:
    from workorder.storage.verifying.stores import verify_share

    if not _opened:  # here, and not as the process begins: what is wrong with it is to be told
        _open()
    ((store, codec, limit),) = _opened
    return verify_share(store, share, codec, limit)


def _inspect() -> Tally:
    from workorder.storage.verifying.stores import inspected

    if not _opened:
        _open()
    ((store, _, limit),) = _opened
    return inspected(store, limit)


def in_processes(
    shares: Iterator[Any], work: Any, reopen: Callable[[], Any], workers: int
) -> Iterator[Tally]:
    """What each share gave, in the order of the shares, and then what only the file can show, which
    one of them looks at meanwhile. Only few are under way at a time.

    Processes are started anew, not forked: a fork would take connections along.
    """
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (reopen, work)) as pool:
        aside = pool.submit(_inspect)
        waiting: list[Future[Tally]] = []
        for share in shares:
            waiting.append(pool.submit(_verify, share))
            if len(waiting) > 2 * workers:
                wait(waiting[:1], return_when=FIRST_COMPLETED)
                yield waiting.pop(0).result()
        for each in (*waiting, aside):
            yield each.result()
