"""Clocks as plain data and back: small enough for a column, and quick, for every commit pays it.

Instants are UTC text; what is as usual is left out. Records, snapshots and a host's own column have
the same form. Written by hand for speed: a law of the tests holds it against the classes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workorder.clocks.values import CLOCK_STATES, Clock, Extended, Segment, Verdict
from workorder.instants import instant_text, read_instant


def clock_data(clock: Clock) -> dict[str, Any]:
    """*clock* as plain data."""
    said: dict[str, Any] = {
        "metric": clock.metric,
        "state": clock.state,
        "target": clock.target,
        "segments": [_segment_data(each) for each in clock.segments],
    }
    for name in _INSTANTS:
        instant = getattr(clock, name)
        if instant is not None:
            said[name] = instant_text(instant)
    if clock.cycle != 1:
        said["cycle"] = clock.cycle
    if clock.mark is not None:
        said["mark"] = clock.mark
    if clock.fired:
        said["fired"] = list(clock.fired)
    if clock.leads:
        said["leads"] = True
    if clock.provisional:
        said["provisional"] = True
    if clock.verdicts:
        said["verdicts"] = [_verdict_data(each) for each in clock.verdicts]
    if clock.extended:
        said["extended"] = [_extended_data(each) for each in clock.extended]
    if clock.given:
        said["given"] = {name: instant_text(at) for name, at in clock.given.items()}
    return said


_INSTANTS = ("due", "promised", "ceiling", "breached", "detected", "mark_at", "marked")


def _segment_data(segment: Segment) -> dict[str, Any]:
    said: dict[str, Any] = {
        "start": instant_text(segment.start),
        "calendar": segment.calendar,
        "policy": segment.policy,
    }
    if segment.end is not None:
        said["end"] = instant_text(segment.end)
    if not segment.runs:
        said["runs"] = False
    if segment.cause:
        said["cause"] = segment.cause
    return said


def _extended_data(extended: Extended) -> dict[str, Any]:
    said = {"until": instant_text(extended.until), "at": instant_text(extended.at)}
    if extended.before is not None:
        said["before"] = instant_text(extended.before)
    return said


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    said: dict[str, Any] = {
        "cycle": verdict.cycle,
        "started": instant_text(verdict.started),
        "ended": instant_text(verdict.ended),
        "met": verdict.met,
    }
    for name in ("due", "promised", "breached", "detected"):
        instant = getattr(verdict, name)
        if instant is not None:
            said[name] = instant_text(instant)
    if verdict.provisional:
        said["provisional"] = True
    return said


# --- and back -------------------------------------------------------------------------------


def clock_from_data(data: Mapping[str, Any]) -> Clock:
    """Read :func:`clock_data` back.

    Raises:
        ValueError: for a state that no clock has, or no segments.
        KeyError: for something that is missing.
    """
    get = data.get
    state = data["state"]
    segments = data["segments"]
    if state not in CLOCK_STATES or not segments:
        raise ValueError(state)
    return Clock(
        data["metric"],
        state,
        data["target"],
        tuple(map(_segment, segments)),
        get("cycle", 1),
        _instant(get("due")),
        _instant(get("promised")),
        get("provisional", False),
        _instant(get("ceiling")),
        {name: read_instant(at) for name, at in get("given", _NOTHING).items()},
        tuple(map(_extended, get("extended", ()))),
        _instant(get("breached")),
        _instant(get("detected")),
        get("mark"),
        _instant(get("mark_at")),
        tuple(get("fired", ())),
        _instant(get("marked")),
        tuple(map(_verdict, get("verdicts", ()))),
        get("leads", False),
    )


_NOTHING: Mapping[str, str] = {}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else read_instant(text)


def _segment(data: Mapping[str, Any]) -> Segment:
    get = data.get
    return Segment(
        read_instant(data["start"]),
        data["calendar"],
        data["policy"],
        _instant(get("end")),
        get("runs", True),
        get("cause", 0),
    )


def _extended(data: Mapping[str, Any]) -> Extended:
    return Extended(
        read_instant(data["until"]), read_instant(data["at"]), _instant(data.get("before"))
    )


def _verdict(data: Mapping[str, Any]) -> Verdict:
    get: Callable[..., Any] = data.get
    return Verdict(
        data["cycle"],
        read_instant(data["started"]),
        read_instant(data["ended"]),
        data["met"],
        _instant(get("due")),
        _instant(get("promised")),
        _instant(get("breached")),
        _instant(get("detected")),
        get("provisional", False),
    )
