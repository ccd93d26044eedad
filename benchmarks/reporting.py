"""Lines of the report: what was measured, beside what, against which target."""

import platform
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from os import cpu_count
from textwrap import wrap

import attrs
from attrs import frozen

WIDTH = 100

UNITS = {
    "/s": ("{:,.0f}/s", False),
    "us": ("{:,.1f} us", True),
    "ns": ("{:,.0f} ns", True),
    "ms": ("{:,.0f} ms", True),
    "B": ("{:,.0f} B", True),
    "%": ("{:.0f} %", False),
    "x": ("x {:,.0f}", False),
    "lost": ("{:.1f} %", True),
    "times": ("x {:.2f}", True),
}
"""How a figure is written, and whether less of it is better."""


@frozen
class Peer:
    """Another library (or bare Python) doing the nearest thing.

    Attributes:
        name: what it is.
        value: its figure, in the unit of the line.
        ratio: how many times as fast (or, for bytes, as small) we are; the median of the rounds.
        least: the same in our worst round.
        lacks: what it does not do that our figure includes.
    """

    name: str
    value: float
    ratio: float
    least: float
    lacks: str


@frozen
class Line:
    """One measurement.

    Attributes:
        section: which part of the report it belongs to.
        name: what was measured.
        value: our figure.
        unit: one of :data:`UNITS`.
        target: what it should be, if that was ever said.
        peers: others, measured in the same rounds.
        note: what to know when reading it.
    """

    section: str
    name: str
    value: float
    unit: str
    target: float | None = None
    peers: tuple[Peer, ...] = ()
    note: str = ""

    @property
    def verdict(self) -> str:
        """Met, missed, or nothing where there is no target."""
        if self.target is None:
            return ""
        _, less_is_better = UNITS[self.unit]
        met = self.value <= self.target if less_is_better else self.value >= self.target
        return "met" if met else "missed"


def written(value: float, unit: str) -> str:
    """A figure with its unit."""
    return UNITS[unit][0].format(value)


def table(lines: Sequence[Line]) -> str:
    """The whole report as plain text."""
    made: list[str] = []
    section = ""
    for line in lines:
        if line.section != section:
            section = line.section
            made += ["", section, "=" * len(section), ""]
        elif line.peers or line.note:
            made.append("")
        made += _line(line)
    return "\n".join(made)


def _line(line: Line) -> Iterable[str]:
    target = f"target {written(line.target, line.unit)}" if line.target is not None else ""
    head = f"{line.name:<50} {written(line.value, line.unit):>13}"
    yield f"{head}   {target:<19} {line.verdict}".rstrip()
    for peer in line.peers:
        ratio = f"x {_short(peer.ratio)} (least {_short(peer.least)})"
        yield f"  beside {peer.name:<41} {written(peer.value, line.unit):>13}   {ratio}"
        yield from _wrapped(f"it lacks: {peer.lacks}")
    if line.note:
        yield from _wrapped(line.note)


def _short(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}"


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def machine() -> dict[str, object]:
    """What the figures were measured on; without it they say little."""
    libraries = (
        "attrs",
        "cattrs",
        "transitions",
        "python-statemachine",
        "automat",
        "holidays",
        "numpy",
        "pandas",
        "businesstimedelta",
        "business-duration",
    )
    return {
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cpu_count(),
        "libraries": {name: version(name) for name in libraries},
    }


def as_data(lines: Sequence[Line], *, quick: bool, seconds: float) -> dict[str, object]:
    """The whole report as plain data, for ``--json``."""
    return {
        "machine": machine(),
        "quick": quick,
        "seconds": round(seconds, 1),
        "lines": [{**attrs.asdict(line), "verdict": line.verdict} for line in lines],
    }
