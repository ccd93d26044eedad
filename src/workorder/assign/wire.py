"""Decisions as plain data and back: what an event keeps, and what a host stores in a column.

What is as usual is left out. Scores stand as whole millionths, instants as UTC text, lengths of
time as microseconds: there are no fractions, so that a digest of it is the same everywhere. Of
hours there stands what they said at that instant.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

import attrs
from attrs import frozen

from workorder.assign.agents import Agent
from workorder.assign.decision import AssignmentDecision
from workorder.assign.items import Item
from workorder.assign.rejections import Rejection
from workorder.errors import InvalidInput
from workorder.instants import instant_text, read_instant

MILLIONTHS = 1_000_000
_MICRO = timedelta(microseconds=1)


@frozen
class HoursThen:
    """What somebody's hours said at one instant: all that is kept of them."""

    open: bool
    until: datetime | None = None

    def is_open(self, instant: datetime, /) -> bool:  # noqa: ARG002 (as Hours says)
        """What was said then, of whatever instant."""
        return self.open

    def next_close(self, instant: datetime, /) -> datetime:
        """What was said then."""
        return instant if self.until is None else self.until


class _Form(NamedTuple):
    """How a part is written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _open_value(value: Any) -> Any:
    """Host's values: numbers that are not whole stand as text, and say so."""
    if isinstance(value, float):
        return {"number": repr(value)}
    if isinstance(value, Mapping):
        return {"table": {str(name): _open_value(each) for name, each in value.items()}}
    if isinstance(value, list | tuple | frozenset | set):
        items = sorted(value) if isinstance(value, frozenset | set) else value
        return [_open_value(each) for each in items]
    return value


def _closed_value(data: Any) -> Any:
    if isinstance(data, Mapping):
        if "number" in data:
            return float(data["number"])
        return {name: _closed_value(each) for name, each in data["table"].items()}
    return tuple(_closed_value(each) for each in data) if isinstance(data, list) else data


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    return str(value) if isinstance(value, timedelta) else _open_value(value)


_SAME = _Form(dict, dict)
_PLAIN = _Form(_same, _same)
_NAMES = _Form(sorted, frozenset)
_INSTANT = _Form(instant_text, read_instant)
_INSTANTS = _Form(
    lambda each: [instant_text(at) for at in each], lambda data: [read_instant(at) for at in data]
)
_WHEN = _Form(
    lambda each: {name: instant_text(at) for name, at in each.items()},
    lambda data: {name: read_instant(at) for name, at in data.items()},
)
_LENGTH = _Form(lambda length: length // _MICRO, lambda number: number * _MICRO)
_OPEN = _Form(
    lambda each: {name: _open_value(value) for name, value in each.items()},
    lambda data: {name: _closed_value(value) for name, value in data.items()},
)
_LIST = _Form(list, tuple)
_SCORES = _Form(
    lambda column: [round(score * MILLIONTHS) for score in column],
    lambda data: tuple(number / MILLIONTHS for number in data),
)


def _reasons_data(reasons: tuple[Rejection, ...]) -> list[dict[str, Any]]:
    made = []
    for each in reasons:
        said: dict[str, Any] = {"code": each.code}
        if each.facts:
            said["facts"] = _facts(each.facts)
        if each.texts:
            said["texts"] = dict(each.texts)
        made.append(said)
    return made


def _reasons(data: list[Mapping[str, Any]]) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(each["code"], _OPEN.read(each.get("facts", {})), each.get("texts", {}))
        for each in data
    )


_REJECTIONS = _Form(
    lambda each: {name: _reasons_data(reasons) for name, reasons in each.items()},
    lambda data: {name: _reasons(reasons) for name, reasons in data.items()},
)
_PARTS = _Form(
    lambda each: {name: _SCORES.write(column) for name, column in each.items()},
    lambda data: {name: _SCORES.read(column) for name, column in data.items()},
)

_AGENT = {
    "teams": _NAMES,
    "skills": _SAME,
    "languages": _NAMES,
    "capacity": _PLAIN,
    "limits": _SAME,
    "load": _PLAIN,
    "held": _SAME,
    "presence": _PLAIN,
    "presence_since": _INSTANT,
    "since": _INSTANT,
    "assigned": _INSTANTS,
    "idle_since": _INSTANT,
    "done": _SAME,
    "weight": _PLAIN,
    "rank": _PLAIN,
    "conflicts": _NAMES,
    "attributes": _OPEN,
}
_ITEM = {
    "category": _PLAIN,
    "teams": _NAMES,
    "skills": _SAME,
    "language": _PLAIN,
    "channel": _PLAIN,
    "units": _PLAIN,
    "priority": _PLAIN,
    "enqueued": _INSTANT,
    "asked": _INSTANT,
    "due": _INSTANT,
    "estimate": _LENGTH,
    "customer": _PLAIN,
    "subjects": _NAMES,
    "involved": _NAMES,
    "preferred": _SAME,
    "declined": _WHEN,
    "attributes": _OPEN,
}
_DECISION = {
    "step": _PLAIN,
    "seed": _PLAIN,
    "turn": _SAME,
    "detail": _PLAIN,
    "ranking": _LIST,
    "totals": _SCORES,
    "parts": _PARTS,
    "counted": _SAME,
    "rejections": _REJECTIONS,
    "named": _PLAIN,
    "reason": _PLAIN,
    "turned": _SAME,
}


class _Shape:
    """How values of a class are written: what is as usual is left out.

    A decision of full detail writes everybody who was asked, so this is done often: all attributes
    are taken at once, and most are the very object that they are by default.
    """

    def __init__(self, kind: type, forms: Mapping[str, _Form]) -> None:
        usual = {each.name: each.default for each in attrs.fields(kind)}
        self._parts = attrgetter(*forms)
        self._forms = [(name, form.write, usual[name]) for name, form in forms.items()]

    def written(self, value: Any) -> dict[str, Any]:
        """What is not as usual."""
        return {
            name: write(part)
            for (name, write, usual), part in zip(self._forms, self._parts(value), strict=True)
            if part is not usual and part != usual
        }


_AGENTS = _Shape(Agent, _AGENT)
_ITEMS = _Shape(Item, _ITEM)
_DECISIONS = _Shape(AssignmentDecision, _DECISION)


def _read(data: Mapping[str, Any], forms: Mapping[str, _Form]) -> dict[str, Any]:
    return {name: form.read(data[name]) for name, form in forms.items() if name in data}


def agent_data(agent: Agent, at: datetime) -> dict[str, Any]:
    """*agent* as plain data; of their hours, what they say *at* that instant."""
    said = {"id": agent.id, **_AGENTS.written(agent)}
    if agent.hours is not None:
        here = agent.hours.is_open(at)
        said["hours"] = {"open": here}
        if here:
            said["hours"]["until"] = instant_text(agent.hours.next_close(at))
    return said


def agent_from_data(data: Mapping[str, Any]) -> Agent:
    """Read :func:`agent_data` back.

    Raises:
        InvalidInput: for what is no agent.
    """
    hours = data.get("hours")
    until = None if hours is None else hours.get("until")
    then = None if hours is None else HoursThen(hours["open"], until and read_instant(until))
    return Agent(data["id"], hours=then, **_read(data, _AGENT))


def item_data(item: Item) -> dict[str, Any]:
    """*item* as plain data."""
    return {"id": item.id, **_ITEMS.written(item)}


def item_from_data(data: Mapping[str, Any]) -> Item:
    """Read :func:`item_data` back.

    Raises:
        InvalidInput: for what is no item.
    """
    return Item(data["id"], **_read(data, _ITEM))


def decision_data(decision: AssignmentDecision) -> dict[str, Any]:
    """*decision* as plain data: names, whole numbers, texts, lists and tables of them."""
    said: dict[str, Any] = {
        "item": decision.item,
        "at": instant_text(decision.at),
        "policy": decision.policy,
        "digest": decision.digest,
        "chosen": decision.chosen,
        "by": decision.by,
        **_DECISIONS.written(decision),
    }
    if decision.asked is not None:
        said["asked"] = item_data(decision.asked)
    if decision.candidates:
        said["candidates"] = [agent_data(each, decision.at) for each in decision.candidates]
    return said


def decision_from_data(data: Mapping[str, Any]) -> AssignmentDecision:
    """Read :func:`decision_data` back.

    Raises:
        InvalidInput: for what is no decision; it says what is wrong with it.
    """
    try:
        asked = data.get("asked")
        return AssignmentDecision(
            item=data["item"],
            at=read_instant(data["at"]),
            policy=data["policy"],
            digest=data["digest"],
            chosen=data["chosen"],
            by=data["by"],
            asked=None if asked is None else item_from_data(asked),
            candidates=tuple(agent_from_data(each) for each in data.get("candidates", ())),
            **_read(data, _DECISION),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InvalidInput):
            raise
        reason = f"{type(error).__name__}: {error}"
        raise InvalidInput(
            "wrong_type", name="decision", expected="a decision", found=reason
        ) from error
