"""Questions to a store: a condition over searchable fields, an order, a page.

The meaning is fixed, so that every store gives the same answer: text orders by code point,
missing values come last in either direction, ties are broken by id. What a store cannot
answer exactly is :class:`~workorder.errors.UnsupportedQuery`, never a different answer.
"""

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from workorder.conditions import (
    ALWAYS,
    DEPTH_LIMIT,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Negation,
)
from workorder.errors import InvalidInput, UnsupportedQuery
from workorder.instants import instant_text
from workorder.ticket import Sealed, Ticket

SEARCHABLE: Mapping[str, str] = {
    "id": "code",
    "type": "code",
    "state": "code",
    "assignee": "code",
    "department": "code",
    "customer": "code",
    "channel": "code",
    "opened_by": "code",
    "source": "code",
    "key": "code",
    "people": "codes",
    "asked": "codes",
    "opened": "instant",
    "last": "instant",
    "state_since": "instant",
    "resolved": "instant",
    "closed": "instant",
    "due": "instant",
    "erased": "flag",
}
"""The fields every store answers for, with their kinds; forms add ``fields.<name>``."""

PAGE_LIMIT = 1_000
_ORDERED = {"lt", "le", "gt", "ge"}
_PYTHON: Mapping[str, type] = {
    "code": str,
    "integer": int,
    "flag": bool,
    "instant": datetime,
    "text": str,
}


@frozen
class Sort:
    """One key of an order."""

    field: str
    descending: bool = False


def _sorts(value: object) -> tuple[Sort, ...]:
    given = tuple(value) if isinstance(value, tuple | list) else (value,)
    for each in given:
        if not isinstance(each, str | Sort):
            found = type(each).__name__
            raise InvalidInput("wrong_type", name="order", expected="names of fields", found=found)
    return tuple(
        each if isinstance(each, Sort) else Sort(each.lstrip("-"), each.startswith("-"))
        for each in given
    )


@frozen
class TicketQuery:
    """Which tickets, in which order, how many.

    Attributes:
        where: the condition; every ticket, if not given.
        order: keys, as :class:`Sort` or as names (``"-opened"`` is descending).
        limit: how many on a page, at most :data:`PAGE_LIMIT`.
        after: the last ticket of the page before: its values of the keys, and its id.

    >>> TicketQuery(order=("-opened", "customer")).order
    (Sort(field='opened', descending=True), Sort(field='customer', descending=False))
    """

    where: Condition = ALWAYS
    order: tuple[Sort, ...] = field(default=(Sort("opened"),), converter=_sorts)
    limit: int = 50
    after: tuple[object, ...] | None = None

    def check_shape(self) -> None:
        """Refuse what no store could answer, as far as a store can tell that is asked directly:
        names nobody knows, values no record can hold, conditions nested too deeply.

        Raises:
            UnsupportedQuery: naming the field.
        """
        # One more than a page: how a desk learns whether there is another.
        _check_limit(self.limit, PAGE_LIMIT + 1)
        _check_depth(self.where, DEPTH_LIMIT)
        _check_shape(self.where)
        for sort in self.order:
            _check_name(sort.field)

    def check(self, fields: Mapping[str, str] = SEARCHABLE) -> None:
        """Refuse what no store could answer exactly.

        Raises:
            UnsupportedQuery: naming the field.
        """
        _check_limit(self.limit, PAGE_LIMIT)
        _check_depth(self.where, DEPTH_LIMIT)
        _check(self.where, fields)
        for sort in self.order:
            kind = _kind(sort.field, fields)
            if kind == "codes":
                raise UnsupportedQuery(
                    "wrong_operator", field=sort.field, kind=kind, operator="order", value="-"
                )


def _check_name(name: str) -> None:
    group, _, rest = name.partition(".")
    if name not in SEARCHABLE and not (group == "fields" and rest and '"' not in rest):
        raise UnsupportedQuery("unknown_field", field=name, known=(*SEARCHABLE, "fields.…"))


def _check_limit(limit: object, most: int) -> None:
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= most:
        raise UnsupportedQuery("bad_limit", found=limit, limit=PAGE_LIMIT)


def _check_depth(condition: object, depth: int) -> None:
    if depth == 0:
        raise UnsupportedQuery("too_deep", limit=DEPTH_LIMIT)
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                _check_depth(part, depth - 1)
        case Negation(part):
            _check_depth(part, depth - 1)
        case Compare():
            pass
        case _:
            found = type(condition).__name__
            raise InvalidInput("wrong_type", name="where", expected="a condition", found=found)


def _check_shape(condition: Condition) -> None:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                _check_shape(part)
        case Negation(part):
            _check_shape(part)
        case Compare(name, operator, value):
            _check_name(name)
            kind = SEARCHABLE.get(name)
            values = value if isinstance(value, tuple) else (value,)
            fits = kind is None or _fits(kind, operator, value)
            if not fits or not all(map(_holdable, values)):
                raise UnsupportedQuery(
                    "wrong_operator",
                    field=name,
                    kind=kind or "value",
                    operator=operator,
                    value=repr(value)[:60],
                )


def _holdable(value: object) -> bool:
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    if isinstance(value, str) and not value.isascii():
        return not any("\ud800" <= each <= "\udfff" for each in value)
    return True


def _kind(name: str, fields: Mapping[str, str]) -> str:
    kind = fields.get(name)
    if kind is None:
        raise UnsupportedQuery("unknown_field", field=name, known=tuple(fields))
    return kind


def _check(condition: Condition, fields: Mapping[str, str]) -> None:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                _check(part, fields)
        case Negation(part):
            _check(part, fields)
        case Compare(name, operator, value):
            kind = _kind(name, fields)
            if not _fits(kind, operator, value):
                raise UnsupportedQuery(
                    "wrong_operator", field=name, kind=kind, operator=operator, value=repr(value)
                )


def _fits(kind: str, operator: str, value: object) -> bool:
    if operator == "missing":
        return True
    if kind == "codes":
        return operator == "contains" and isinstance(value, str)
    if operator == "contains":
        return False
    if kind == "flag" and operator in _ORDERED:
        return False
    values = value if operator == "in" and isinstance(value, tuple) else (value,)
    return all(
        isinstance(each, _PYTHON[kind]) and (kind == "flag" or not isinstance(each, bool))
        for each in values
    )


def searched(ticket: Ticket, name: str) -> object:
    """The value of a searchable field of *ticket*, as queries compare it."""
    _group, _, field_name = name.partition(".")
    if field_name:
        value = ticket.fields.get(field_name)
        return None if isinstance(value, Sealed) else value
    match name:
        case "id" | "type" | "state" | "assignee" | "department" | "customer":
            found: object = getattr(ticket, name)
        case "channel" | "opened_by" | "source" | "key":
            found = getattr(ticket.origin, name)
        case "people":
            found = tuple(ticket.deeds) or None
        case "asked":
            found = ticket.value("asked") or None
        case "due":
            found = ticket.windows.due
        case "erased":
            found = ticket.work.erased
        case _:
            found = getattr(ticket.times, name, None)
    return found


def order_values(ticket: Ticket, order: tuple[Sort, ...]) -> tuple[object, ...]:
    """Where *ticket* stands in *order*: its values of the keys, then its id; instants as text."""
    values = [searched(ticket, sort.field) for sort in order]
    return (*(instant_text(v) if isinstance(v, datetime) else v for v in values), ticket.id)
