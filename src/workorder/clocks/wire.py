"""Clocks as plain data and back: small enough for a column, and quick, for every commit pays it.

Instants are UTC text; what is as usual is left out. Records, snapshots and a host's own column have
the same form. Written by hand for speed: a law of the tests holds it against the classes.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from workorder.clocks.values import CLOCK_STATES, Clock, Extended, Segment, Verdict
from workorder.instants import instant_text, read_instant


def clock_data(clock: Clock) -> dict[str, Any]:
    """*clock* as plain data."""
    due, segments = clock.due, clock.segments
    said: dict[str, Any] = {
        "metric": clock.metric,
        "state": clock.state,
        "target": clock.target,
        "segments": _segments_data(segments),
    }
    if due is not None:
        said["due"] = instant_text(due)
    if clock.promised != due:
        said["promised"] = _text(clock.promised)
    _say_instants(clock, said)
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
        said["verdicts"] = [_verdict_data(each, clock) for each in clock.verdicts]
    if clock.extended:
        said["extended"] = [_extended_data(each) for each in clock.extended]
    if clock.given:
        said["given"] = {name: instant_text(at) for name, at in clock.given.items()}
    return said


def _say_instants(clock: Clock, said: dict[str, Any]) -> None:
    for name in _SELDOM:
        instant = getattr(clock, name)
        if instant is not None:
            said[name] = instant_text(instant)


_SELDOM = ("ceiling", "breached", "detected", "mark_at", "marked")


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def _segments_data(segments: tuple[Segment, ...]) -> list[dict[str, Any]]:
    """What is as in the segment before is left out; it begins where that one ended."""
    made = []
    end: datetime | None = None
    calendar = policy = ""
    for segment in segments:
        said: dict[str, Any] = {}
        if segment.start != end:
            said["start"] = instant_text(segment.start)
        if segment.calendar != calendar:
            said["calendar"] = calendar = segment.calendar
        if segment.policy != policy:
            said["policy"] = policy = segment.policy
        end = segment.end
        if end is not None:
            said["end"] = instant_text(end)
        if not segment.runs:
            said["runs"] = False
        if segment.cause:
            said["cause"] = segment.cause
        made.append(said)
    return made


def _extended_data(extended: Extended) -> dict[str, Any]:
    said = {"until": instant_text(extended.until), "at": instant_text(extended.at)}
    if extended.before is not None:
        said["before"] = instant_text(extended.before)
    return said


def _verdict_data(verdict: Verdict, clock: Clock) -> dict[str, Any]:
    """The verdict on the present cycle says what the clock does not say already."""
    said: dict[str, Any] = {"cycle": verdict.cycle, "met": verdict.met}
    of = clock if verdict.cycle == clock.cycle else None
    if of is None or verdict.started != of.segments[0].start:
        said["started"] = instant_text(verdict.started)
    if of is None or verdict.ended != of.segments[-1].end:
        said["ended"] = instant_text(verdict.ended)
    if verdict.due != (of.due if of is not None else None):
        said["due"] = _text(verdict.due)
    if verdict.promised != (of.promised if of is not None else verdict.due):
        said["promised"] = _text(verdict.promised)
    if verdict.breached != (of.breached if of is not None else None):
        said["breached"] = _text(verdict.breached)
    if verdict.detected != (of.detected if of is not None else None):
        said["detected"] = _text(verdict.detected)
    if verdict.provisional != (of is not None and of.provisional):
        said["provisional"] = verdict.provisional
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
    if state not in CLOCK_STATES or not data["segments"]:
        raise ValueError(state)
    segments = tuple(_segments(data["segments"]))
    cycle, due, provisional = get("cycle", 1), _instant(get("due")), get("provisional", False)
    promised = _instant(data["promised"]) if "promised" in data else due
    breached, detected = _instant(get("breached")), _instant(get("detected"))
    verdicts: tuple[Verdict, ...] = ()
    if "verdicts" in data:
        first, last = segments[0].start, segments[-1].end
        present = _Said(cycle, first, last, due, promised, breached, detected, provisional)
        verdicts = tuple(_verdict(each, present) for each in data["verdicts"])
    return Clock(
        data["metric"],
        state,
        data["target"],
        segments,
        cycle,
        due,
        promised,
        provisional,
        _instant(get("ceiling")),
        {name: read_instant(at) for name, at in get("given", _NOTHING).items()},
        tuple(map(_extended, get("extended", ()))),
        breached,
        detected,
        get("mark"),
        _instant(get("mark_at")),
        tuple(get("fired", ())),
        _instant(get("marked")),
        verdicts,
        get("leads", False),
    )


_NOTHING: Mapping[str, str] = {}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else read_instant(text)


def _segments(data: list[Mapping[str, Any]]) -> Iterator[Segment]:
    end: datetime | None = None
    calendar: str | None = None
    policy: str | None = None
    for each in data:
        get = each.get
        start = end if end is not None and "start" not in each else read_instant(each["start"])
        calendar = get("calendar", calendar)
        policy = get("policy", policy)
        if calendar is None or policy is None:
            raise KeyError("calendar" if calendar is None else "policy")
        end = _instant(get("end"))
        yield Segment(start, calendar, policy, end, get("runs", True), get("cause", 0))


def _extended(data: Mapping[str, Any]) -> Extended:
    return Extended(
        read_instant(data["until"]), read_instant(data["at"]), _instant(data.get("before"))
    )


class _Said(NamedTuple):
    """What a clock says of its present cycle."""

    cycle: int
    started: datetime
    ended: datetime | None
    due: datetime | None
    promised: datetime | None
    breached: datetime | None
    detected: datetime | None
    provisional: bool


def _verdict(data: Mapping[str, Any], present: _Said) -> Verdict:
    """A verdict; what that on the *present* cycle does not say, the clock does."""
    get = data.get
    cycle = data["cycle"]
    if cycle != present.cycle:
        due = _instant(get("due"))
        return Verdict(
            cycle,
            read_instant(data["started"]),
            read_instant(data["ended"]),
            data["met"],
            due,
            _instant(data["promised"]) if "promised" in data else due,
            _instant(get("breached")),
            _instant(get("detected")),
            get("provisional", False),
        )
    ended = read_instant(data["ended"]) if "ended" in data else present.ended
    if ended is None:
        raise KeyError("ended")
    return Verdict(
        cycle,
        read_instant(data["started"]) if "started" in data else present.started,
        ended,
        data["met"],
        _instant(data["due"]) if "due" in data else present.due,
        _instant(data["promised"]) if "promised" in data else present.promised,
        _instant(data["breached"]) if "breached" in data else present.breached,
        _instant(data["detected"]) if "detected" in data else present.detected,
        get("provisional", present.provisional),
    )
