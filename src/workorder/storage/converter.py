"""Tickets and events to plain data and back: the one converter both encodings share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cattrs import Converter

from workorder.clocks import Clock, Clocks
from workorder.clocks.kept import as_data
from workorder.instants import instant_text, read_instant
from workorder.ticket import FieldValue, Sealed, Timer
from workorder.ticket.events.routing import DecisionData
from workorder.workflow import Deeds


def field_data(value: FieldValue) -> Any:
    """One field value as plain data; instants and sealed values are marked as what they are."""
    if isinstance(value, Sealed):
        return {"commitment": value.commitment, "sealed": value.ref}
    if isinstance(value, datetime):
        return {"instant": instant_text(value)}
    return list(value) if isinstance(value, tuple) else value


def field_value(data: Any, _kind: object = None) -> FieldValue:
    """Read :func:`field_data` back."""
    if isinstance(data, dict):
        if "sealed" in data:
            return sealed_value(data)
        return read_instant(data["instant"])
    if isinstance(data, list):
        return tuple(data)
    value: FieldValue = data
    return value


def sealed_value(data: Any, _kind: object = None) -> Sealed:
    """Read a sealed value back."""
    return Sealed(data["sealed"], data["commitment"])


def deeds_value(data: Any, _kind: object = None) -> Deeds:
    """Read who did what; as plain data it is what it is, for JSON writes tuples as lists."""
    return {
        person: {role: tuple(actions) for role, actions in roles.items()}
        for person, roles in data.items()
    }


def timer_data(timer: Timer) -> dict[str, Any]:
    """One timer as plain data; written by hand, for every commit writes several. Where its id says
    nothing else, as with the marks of clocks, it is left out.
    """
    said: dict[str, Any] = {"at": instant_text(timer.at), "action": timer.action}
    if timer.about is not None:
        said["about"] = timer.about
    if timer.id != _plain_id(timer.action, timer.about):
        said["id"] = timer.id
    return said


def _plain_id(action: str, about: str | None) -> str:
    return f"time.{action}.{about}"


def timer_value(data: Any, _kind: object = None) -> Timer:
    """Read a timer back."""
    action, about = data["action"], data.get("about")
    identity = data["id"] if "id" in data else _plain_id(action, about)
    return Timer(identity, read_instant(data["at"]), action, about)


def make_converter() -> Converter:
    """A converter for trusted data: quick, defaults left out, instants as UTC text."""
    converter = Converter(detailed_validation=False, omit_if_default=True)
    converter.register_unstructure_hook(datetime, instant_text)
    converter.register_structure_hook(datetime, lambda text, _kind: read_instant(text))
    converter.register_unstructure_hook(Sealed, field_data)
    converter.register_structure_hook(Sealed, sealed_value)
    converter.register_unstructure_hook_func(lambda kind: kind == FieldValue, field_data)
    converter.register_structure_hook_func(lambda kind: kind == FieldValue, field_value)
    converter.register_unstructure_hook_func(lambda kind: kind == Deeds, lambda deeds: deeds)
    converter.register_structure_hook_func(lambda kind: kind == Deeds, deeds_value)
    converter.register_unstructure_hook(Timer, timer_data)
    converter.register_structure_hook(Timer, timer_value)
    converter.register_unstructure_hook_func(lambda kind: kind == Mapping[str, Clock], as_data)
    converter.register_structure_hook_func(
        lambda kind: kind == Mapping[str, Clock], lambda data, _kind: Clocks(data=data)
    )
    decision = {DecisionData, DecisionData | None}
    converter.register_unstructure_hook_func(decision.__contains__, lambda data: data)
    converter.register_structure_hook_func(decision.__contains__, lambda data, _kind: data)
    converter.register_structure_hook_func(lambda kind: kind == str | None, lambda text, _: text)
    return converter


CONVERTER = make_converter()
