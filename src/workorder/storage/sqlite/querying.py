"""Queries as SQL: conditions with two-valued logic, orders with missing values last."""

import json
from collections.abc import Mapping
from datetime import datetime

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation
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
    "due": "json_extract(snapshot, '$.windows.due')",
    "erased": "coalesce(json_extract(snapshot, '$.work.erased'), 0)",
}
_ALWAYS = frozenset({"id", "type", "state", "opened"})
"""Columns that are never empty."""

_TABLES = {
    "people": ("workorder_people", "person"),
    "asked": ("workorder_asked", "department"),
}
_SIGNS = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def _expression(field: str) -> str:
    known = _COLUMNS.get(field)
    if known is not None:
        return known
    # An instant in a form's field stands in the snapshot as {"instant": text}, a sealed value as
    # another object, which no query may see.
    whole = f"json_extract(snapshot, {_path(field)})"
    instant = f"json_extract(snapshot, {_path(field, '.instant')})"
    return f"CASE {_type(field)} WHEN 'object' THEN {instant} ELSE {whole} END"


def _type(field: str) -> str:
    return f"json_type(snapshot, {_path(field)})"


def _same_kind(field: str, value: object) -> str:
    """That a form's field holds the kind of *value*: rulebooks may have changed it since."""
    if field in _COLUMNS:
        return "1"
    if isinstance(value, bool):
        return f"{_type(field)} IN ('true', 'false')"
    if isinstance(value, int):
        return f"{_type(field)} = 'integer'"
    if isinstance(value, datetime):
        return f"{_type(field)} = 'object'"
    return f"{_type(field)} = 'text'"


def _path(field: str, inside: str = "") -> str:
    """Where a form's field stands in the snapshot, as an SQL text."""
    name = field.removeprefix("fields.").replace("'", "''")
    return f"'$.fields.\"{name}\"{inside}'"


def _parameter(value: object) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    return int(value) if isinstance(value, bool) else value


def condition_sql(condition: Condition, parameters: list[object]) -> str:
    """The SQL of *condition*; its values are appended to *parameters*. Never null."""
    match condition:
        case AllOf(parts):
            return _joined([condition_sql(part, parameters) for part in parts], "AND", "1")
        case AnyOf(parts):
            return _joined([condition_sql(part, parameters) for part in parts], "OR", "0")
        case Negation(part):
            return f"NOT {condition_sql(part, parameters)}"
        case Compare(field, operator, value):
            return _comparison(field, operator, value, parameters)


def _joined(parts: list[str], word: str, none: str) -> str:
    """*parts* joined as a balanced tree: SQLite limits how deep an expression may be."""
    if not parts:
        return none
    while len(parts) > 1:
        pairs = [parts[n : n + 2] for n in range(0, len(parts), 2)]
        parts = [f"({f' {word} '.join(pair)})" if len(pair) > 1 else pair[0] for pair in pairs]
    return parts[0]


def _comparison(field: str, operator: str, value: object, parameters: list[object]) -> str:
    if field in _TABLES:
        table, column = _TABLES[field]
        if operator == "missing":
            return f"(number NOT IN (SELECT ticket FROM {table}))"
        parameters.append(value)
        return f"(number IN (SELECT ticket FROM {table} WHERE {column} = ?))"
    if operator == "contains":
        parameters.append(value)
        values = f"json_each(snapshot, {_path(field)})"
        return f"(? IN (SELECT value FROM {values} WHERE json_each.key IS NOT NULL))"
    expression = _expression(field)
    if operator == "missing":
        return f"({expression} IS NULL)"
    if operator == "in" and isinstance(value, tuple):
        parameters.append(json.dumps([_parameter(each) for each in value]))
        kinds = " OR ".join(sorted({_same_kind(field, each) for each in value})) or "0"
        among = f"{expression} IN (SELECT value FROM json_each(?))"
        return f"({expression} IS NOT NULL AND ({kinds}) AND {among})"
    parameters.append(_parameter(value))
    kind = _same_kind(field, value)
    if operator == "ne":
        return f"({expression} IS NOT NULL AND NOT ({kind} AND {expression} = ?))"
    return f"({expression} IS NOT NULL AND {kind} AND {expression} {_SIGNS[operator]} ?)"


def find_sql(query: TicketQuery) -> tuple[str, list[object]]:
    """The statement that answers *query*, with its parameters."""
    parameters: list[object] = []
    where = condition_sql(query.where, parameters)
    if query.after is not None:
        where += f" AND {_after(query.order, query.after, parameters)}"
    keys = []
    for sort in query.order:
        expression = _expression(sort.field)
        if sort.field not in _ALWAYS:  # an index serves only keys that can do without
            keys.append(f"{expression} IS NULL")
        keys.append(f"{expression}{' DESC' if sort.descending else ''}")
    parameters.append(query.limit)
    order = ", ".join([*keys, "id"])
    statement = (
        "SELECT CAST(snapshot AS BLOB) FROM workorder_tickets"
        f" WHERE {where} ORDER BY {order} LIMIT ?"
    )
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
