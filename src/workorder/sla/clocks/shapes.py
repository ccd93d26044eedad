"""Shapes of a timeline, as SVG."""

from datetime import datetime

from workorder.sla.clocks.axis import Axis
from workorder.sla.drawing import escape
from workorder.sla.telling import columns

BAR = 16
"""How tall a bar is."""

LETTER, BOLD = 6.4, 7.2
"""How wide a letter is at most, in a plain text and in a bold one."""


def bar(kind: str, axis: Axis, start: datetime, end: datetime, top: float, tall: float) -> str:
    """A box between two instants; one that has no length is still seen."""
    x = axis.x(start)
    width = max(axis.x(end) - x, 1.0)
    return f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{tall}"/>'


def dot(kind: str, x: float, y: float) -> str:
    """A mark."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y}" r="4"/>'


def diamond(x: float, y: float) -> str:
    """A breach."""
    corners = ((x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
    return f'<polygon class="breach" points="{points}"/>'


def upright(kind: str, x: float, top: float, bottom: float) -> str:
    """A line from above to below."""
    return f'<line class="{kind}" x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}"/>'


def text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    """Some words."""
    known = f' class="{kind}"' if kind else ""
    return f'<text{known} x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'


def cut(said: str, most: int) -> str:
    """*said* in at most so many columns."""
    if columns(said) <= most:
        return said
    while said and columns(said) >= most:
        said = said[:-1]
    return f"{said}…"
