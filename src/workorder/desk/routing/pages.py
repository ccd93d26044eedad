"""All tickets that a condition is for, read page by page."""

from workorder.conditions import Condition
from workorder.desk.requests import Find, Operation, ask
from workorder.storage import Sort, TicketQuery, order_values
from workorder.storage.query import PAGE_LIMIT
from workorder.ticket import Ticket

_OLDEST = (Sort("opened"),)


def every(condition: Condition, most: int | None = None) -> Operation[list[Ticket]]:
    """The tickets that *condition* is for, those opened first at the front; at most *most*.

    Raises:
        StoreError: ``unsupported`` when the store does not answer queries.
    """
    found: list[Ticket] = []
    after: tuple[object, ...] | None = None
    while most is None or len(found) < most:
        size = PAGE_LIMIT if most is None else min(PAGE_LIMIT, most - len(found))
        page = yield from ask(Find(TicketQuery(condition, _OLDEST, size, after)))
        found += [each.ticket for each in page]
        if len(page) < size:
            break
        after = order_values(found[-1], _OLDEST)
    return found
