"""Events of every type, and their records: by the types of their attributes."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from workorder.clocks import CLOCK_STATES, Clock, Extended, Segment, Verdict
from workorder.storage import Codec, Record
from workorder.testing.strategies.values import (
    codes,
    field_values,
    fields,
    instants,
    integers,
    sealed,
    texts,
)
from workorder.ticket import Event, Fields, FieldValue, Sealed, Trace
from workorder.ticket.events import BUILT_IN
from workorder.ticket.events.routing import DecisionData
from workorder.workflow import Deeds, Step
from workorder.workflow.states import Category


def _moments() -> SearchStrategy[datetime]:
    return instants().map(lambda at: at.astimezone(UTC))


_PLAIN: Mapping[Any, Callable[[], SearchStrategy[Any]]] = {
    str: texts,
    int: integers,
    bool: st.booleans,
    datetime: _moments,
    Sealed: sealed,
    Fields: fields,
    FieldValue: field_values,
    DecisionData: lambda: st.dictionaries(
        codes(12), texts() | integers() | st.lists(texts(), max_size=2), max_size=3
    ),
    Deeds: lambda: st.dictionaries(
        codes(12), st.dictionaries(codes(12), _several(codes(12)), max_size=2), max_size=2
    ),
}


def _several(values: SearchStrategy[Any]) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


def _of_type(kind: Any) -> SearchStrategy[Any]:
    """Values of an attribute's type."""
    known = _PLAIN.get(kind)
    if known is not None:
        return known()
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in {Union, UnionType}:
        return st.one_of([st.none() if part is type(None) else _of_type(part) for part in parts])
    if origin is tuple:
        return _several(_of_type(parts[0]))
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(_of_type(parts[0]), _of_type(parts[1]), max_size=3)
    if attrs.has(kind):
        specs = attrs.fields(attrs.resolve_types(kind))
        return st.builds(kind, **{each.name: _of_type(each.type) for each in specs})
    if kind is Any:
        return texts() | integers() | st.none()
    message = f"no values are known for {kind}"
    raise TypeError(message)


@st.composite
def _traces(draw: DrawFn) -> Trace:
    at = draw(_moments())
    return Trace(
        actor=draw(codes(12)),
        department=draw(st.none() | codes(12)),
        version=draw(st.integers(1, 9)),
        occurred_at=at,
        recorded_at=draw(st.just(at) | _moments()),
        command_id=draw(codes()),
        rulebook=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        rank=draw(st.sampled_from([0, 10, 30])),
    )


@st.composite
def _clocks(draw: DrawFn) -> Clock:
    """Any clock, though none that a life need have led to; the instants in it are two."""
    one, other = draw(_moments()), draw(_moments())
    instants_ = st.sampled_from([one, other])
    perhaps = st.none() | instants_
    segment = st.builds(Segment, instants_, codes(12), codes(12), perhaps, st.booleans())
    verdict = st.builds(Verdict, st.integers(1, 9), instants_, instants_, st.booleans(), perhaps)
    return draw(
        st.builds(
            Clock,
            metric=codes(12),
            state=st.sampled_from(CLOCK_STATES),
            target=texts(),
            segments=st.lists(segment, min_size=1, max_size=2).map(tuple),
            cycle=st.integers(1, 9),
            due=perhaps,
            given=st.just({}) | st.dictionaries(codes(12), instants_, max_size=1),
            extended=_several(st.builds(Extended, instants_, instants_, perhaps)),
            mark=st.none() | codes(12),
            mark_at=perhaps,
            verdicts=_several(verdict),
            leads=st.booleans(),
        )
    )


_CATEGORIES: tuple[Category, ...] = get_args(Category)


@st.composite
def _steps(draw: DrawFn) -> Step:
    category = draw(st.sampled_from(_CATEGORIES))
    return Step(
        action=draw(codes(12)),
        role=draw(codes(12)),
        from_state=draw(st.just("") | codes(12)),
        to_state=draw(codes(12)),
        category=category,
        resolved=draw(st.booleans()),
    )


def events_of(kind: type[Event]) -> SearchStrategy[Event]:
    """Events of one type, one that ships or a host's own: any values of the types that its
    attributes have.

    Raises:
        TypeError: for an attribute of a type that records do not keep.
    """
    own = {
        each.name: _of_type(each.type)
        for each in attrs.fields(attrs.resolve_types(kind))
        if each.name not in {"trace", "step", "promises", "clocks", "written"}
    }
    promises: SearchStrategy[Mapping[str, datetime]] = st.just({}) | st.dictionaries(
        st.sampled_from(["due", "close_from", "reopen_until"]), _moments(), max_size=2
    )
    clocks: SearchStrategy[Mapping[str, Clock]] = st.just({}) | _clocks().map(
        lambda clock: {clock.metric: clock}
    )
    return st.builds(kind, _traces(), _steps(), promises=promises, clocks=clocks, **own)


def events(kinds: Collection[type[Event]] = ()) -> SearchStrategy[Event]:
    """Events of any of *kinds*; of every type that ships, if none are given."""
    chosen = tuple(kinds) or tuple(BUILT_IN.values())
    return st.sampled_from(chosen).flatmap(events_of)


@st.composite
def records(draw: DrawFn, tenant: str = "", ticket_id: str = "T1", length: int = 4) -> list[Record]:
    """The records of one ticket, chained as they are in a store. The events are random: no ticket
    need have lived so.
    """
    codec = Codec(tenant=tenant)
    made: list[Record] = []
    head = ""
    for number in range(1, draw(st.integers(1, length)) + 1):
        event = draw(events())
        event = attrs.evolve(event, trace=attrs.evolve(event.trace, version=number))
        record = codec.encode(ticket_id, number, event, head)
        head = codec.head(record)
        made.append(record)
    return made
