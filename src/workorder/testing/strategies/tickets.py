"""Tickets as they may stand, with anything in every part of them."""

from datetime import UTC
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workorder.testing.strategies.values import codes, fields, instants, sealed
from workorder.ticket import (
    Assignment,
    Counts,
    Extension,
    Links,
    OnHold,
    OpenOffer,
    Origin,
    Panel,
    Parties,
    Revision,
    Search,
    Subtask,
    Ticket,
    Timer,
    Times,
    Windows,
    Work,
)

_few = st.lists(codes(12), max_size=2).map(tuple)
_maybe = st.none() | codes(12)


def _moments() -> SearchStrategy[Any]:
    return instants().map(lambda at: at.astimezone(UTC))


def _mapping(values: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.dictionaries(codes(12), values, max_size=2)


def _work() -> SearchStrategy[Work]:
    moments = _moments()
    maybe_at = st.none() | moments
    panel = st.builds(Panel, codes(12), _few, maybe_at, _few, st.booleans())
    tasks = st.builds(Subtask, codes(12), codes(12), codes(12), maybe_at, st.booleans())
    return st.builds(
        Work,
        intake_approved=st.booleans(),
        hold=st.none() | st.builds(OnHold, codes(12), codes(12), moments, maybe_at),
        subtasks=st.lists(tasks, max_size=2).map(tuple),
        panel=st.none() | panel,
        extension=st.none() | st.builds(Extension, moments, codes(12), maybe_at),
        approvals=_mapping(_few),
        resolution=st.none() | sealed(),
        rated=st.booleans(),
        legal_holds=_few,
        search=st.none() | _searches(),
    )


def _searches() -> SearchStrategy[Search]:
    moments = _moments()
    return st.builds(
        Search,
        offer=st.none() | st.builds(OpenOffer, codes(12), moments),
        declined=_mapping(moments),
        passed=_mapping(st.integers(1, 9)),
        again=st.none() | moments,
    )


def _windows() -> SearchStrategy[Windows]:
    maybe_at = st.none() | _moments()
    names = ("due", "close_from", "reopen_until", "archive_from", "appeal_until")
    told = {name: _mapping(_moments()) for name in ("urged", "told")}
    return st.builds(Windows, **dict.fromkeys(names, maybe_at), **told)


def tickets(
    ids: SearchStrategy[str] | None = None, values: SearchStrategy[Any] | None = None
) -> SearchStrategy[Ticket]:
    """Tickets with these ids and fields, and anything for the rest. Sound as values; no history
    need lead to one.
    """
    moments = _moments()
    maybe_at = st.none() | moments
    deeds = _mapping(_mapping(st.lists(codes(12), min_size=1, max_size=2).map(tuple)))
    counts = st.builds(Counts, *[st.integers(0, 3)] * len(attrs.fields(Counts)))
    times = st.builds(Times, moments, moments, moments, maybe_at, maybe_at, maybe_at)
    timers = st.builds(Timer, codes(12), moments, codes(12), _maybe)
    return st.builds(
        Ticket,
        id=codes() if ids is None else ids,
        type=codes(12),
        state=codes(12),
        revision=st.builds(Revision, st.integers(1, 9), st.integers(1, 9)),
        origin=st.builds(Origin, codes(12), codes(12), _maybe, _maybe, _maybe, _few),
        parties=st.builds(Parties, _maybe, _few, _few),
        assignment=st.builds(Assignment, _maybe, _maybe),
        times=times,
        counts=counts,
        fields=fields() if values is None else values,
        deeds=deeds,
        work=_work(),
        windows=_windows(),
        links=st.builds(Links, _maybe, _maybe, _few, _maybe, _maybe),
        timers=st.lists(timers, max_size=2).map(tuple),
        kinds=_few,
    )
