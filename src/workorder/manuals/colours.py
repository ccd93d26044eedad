"""Colours of the categories: light grounds with dark letters on them, whatever lies around."""

from collections.abc import Mapping

from workorder.workflow.states import Category

GROUND: Mapping[Category, str] = {
    "initial": "#d6e6f7",
    "open": "#fdf3d1",
    "closed": "#d5ecda",
    "final": "#e1e4e8",
}
"""What a state of a category is filled with."""

INK = "#1f2933"
"""Letters and borders on such a ground."""

BETWEEN = "#6e7781"
"""Lines and letters that stand on the page itself, which may be light or dark."""
