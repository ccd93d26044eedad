"""Queries as SQL: conditions with two-valued logic, orders with missing values last."""

from collections.abc import Mapping
from datetime import datetime

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
from workorder.errors import UnsupportedQuery
from workorder.instants import instant_text
from workorder.storage.query import Sort, TicketQuery

_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "type": "type",
    "state": "state",
    "assignee": "assignee",
    "department": "department",
    "customer": "customer",
    "opened": "opened",
    "channel": "json_extract(snapshot, '$.origin.channel')",
    "opened_by": "json_extract(snapshot, '$.origin.opened_by')",
    "source": "json_extract(snapshot, '$.origin.source')",
    "key": "json_extract(snapshot, '$.origin.key')",
    "last": "json_extract(snapshot, '$.times.last')",
    "state_since": "json_extract(snapshot, '$.times.state_since')",
    "resolved": "json_extract(snapshot, '$.times.resolved')",
    "closed": "json_extract(snapshot, '$.times.closed')",
}
_SIGNS = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def _expression(field: str) -> str:
    known = _COLUMNS.get(field)
    if known is not None:
        return known
    group, _, name = field.partition(".")
    if group != "fields" or not name or '"' in name:
        raise UnsupportedQuery("unknown_field", field=field, known=(*_COLUMNS, "fields.…"))
    path = name.replace("'", "''")
    # An instant in a form's field stands in the snapshot as {"instant": text}.
    whole = f"json_extract(snapshot, '$.fields.\"{path}\"')"
    inner = f"json_extract(snapshot, '$.fields.\"{path}\".instant')"
    return f"coalesce({inner}, {whole})"


def _parameter(value: object) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    return int(value) if isinstance(value, bool) else value


def condition_sql(condition: Condition, parameters: list[object]) -> str:
    """The SQL of *condition*; its values are appended to *parameters*. Never null."""
    match condition:
        case AllOf(parts):
            joined = " AND ".join(condition_sql(part, parameters) for part in parts)
            return f"({joined})" if parts else "1"
        case AnyOf(parts):
            joined = " OR ".join(condition_sql(part, parameters) for part in parts)
            return f"({joined})" if parts else "0"
        case Negation(part):
            return f"NOT {condition_sql(part, parameters)}"
        case Compare(field, operator, value):
            return _comparison(field, operator, value, parameters)


def _comparison(field: str, operator: str, value: object, parameters: list[object]) -> str:
    if field == "people":
        if operator == "missing":
            return "(number NOT IN (SELECT ticket FROM people))"
        parameters.append(value)
        return "(number IN (SELECT ticket FROM people WHERE person = ?))"
    expression = _expression(field)
    if operator == "missing":
        return f"({expression} IS NULL)"
    if operator == "in" and isinstance(value, tuple):
        parameters.extend(_parameter(each) for each in value)
        marks = ", ".join("?" * len(value))
        return f"({expression} IS NOT NULL AND {expression} IN ({marks}))"
    parameters.append(_parameter(value))
    return f"({expression} IS NOT NULL AND {expression} {_SIGNS[operator]} ?)"


def find_sql(query: TicketQuery) -> tuple[str, list[object]]:
    """The statement that answers *query*, with its parameters."""
    parameters: list[object] = []
    where = condition_sql(query.where, parameters)
    if query.after is not None:
        where += f" AND {_after(query.order, query.after, parameters)}"
    keys = []
    for sort in query.order:
        expression = _expression(sort.field)
        keys += [f"{expression} IS NULL", f"{expression}{' DESC' if sort.descending else ''}"]
    parameters.append(query.limit)
    order = ", ".join([*keys, "id"])
    statement = f"SELECT snapshot FROM tickets WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
    return statement, parameters


def _after(order: tuple[Sort, ...], after: tuple[object, ...], parameters: list[object]) -> str:
    """Everything behind *after*: later in some key, equal in all keys before that one."""
    alternatives = []
    for position in range(len(order) + 1):
        parts = []
        for sort, value in zip(order[:position], after, strict=False):
            parts.append(f"{_expression(sort.field)} IS ?")
            parameters.append(_parameter(value))
        value = after[position]
        if position == len(order):
            parts.append("id > ?")
            parameters.append(value)
        elif value is None:
            continue_with = "0"  # nothing of this key comes behind a missing value
            parts.append(continue_with)
        else:
            expression = _expression(order[position].field)
            sign = "<" if order[position].descending else ">"
            parts.append(f"({expression} IS NULL OR {expression} {sign} ?)")
            parameters.append(_parameter(value))
        alternatives.append("(" + " AND ".join(parts) + ")")
    return "(" + " OR ".join(alternatives) + ")"
