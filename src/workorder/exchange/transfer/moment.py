"""One moment of a store that others write to: where its log ended, and what was pending then."""

from collections.abc import Sequence
from typing import Any

from workorder.storage import Capability, Message, TicketStore

_PAGE = 1_000
_TRIES = 10


def moment(store: TicketStore) -> tuple[int, Sequence[Message]]:
    """The last position of the log, between two commits, and the messages pending then.

    Where writers never pause, messages may be among them of commits that came just after. None is
    missing but those that were taken off meanwhile.
    """
    end = last_position(store)
    messages: Sequence[Message] = ()
    for _try in range(_TRIES):
        if Capability.OUTBOX in store.capabilities:
            messages = all_pending(store)
        was, end = end, last_position(store, end)
        if was == end:
            break
    return end, messages


def last_position(store: Any, known: int = 0) -> int:
    """The last position of the log, which is *known* at least; it takes ``O(log n)`` questions."""
    step = 1
    while store.log(known + step, 1):
        step *= 2
    low, high = known + step // 2, known + step
    while high - low > 1:
        middle = (low + high) // 2
        if store.log(middle, 1):
            low = middle
        else:
            high = middle
    # Others may have written meanwhile. A page that is not full was read up to the end, as of one
    # moment, and commits are there whole or not at all.
    end = low
    while True:
        page = store.log(end, _PAGE)
        end = page[-1][0] if page else end
        if len(page) < _PAGE:
            return end


def all_pending(store: Any) -> Sequence[Message]:
    """Every message that is pending."""
    limit = _PAGE
    while True:
        found = store.pending(limit)
        if len(found) < limit:
            return tuple(message for _, message in found)
        limit *= 8
