"""``workorder diagram``: a rulebook's workflow as a picture."""

import argparse
from pathlib import Path
from typing import Any

from workorder.cli.output import shared, show_or_write
from workorder.cli.rulebooks import add_rulebook, find_rulebook

FORMATS = ("mermaid", "dot", "svg")


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "diagram",
        parents=[shared()],
        help="a rulebook's workflow as a picture",
        description="The states of a rulebook and the moves between them: as text for Mermaid or "
        "Graphviz, or as an SVG of who moves a ticket from where to where.",
    )
    add_rulebook(made)
    made.add_argument("--format", choices=FORMATS, default="mermaid", help="mermaid, dot or svg")
    made.add_argument(
        "--out", type=Path, metavar="FILE", help="write into this file, not to standard output"
    )
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.manuals import dot, mermaid, swimlane

    rulebook = find_rulebook(arguments.rulebook, arguments.extensions)
    draw = {"mermaid": mermaid, "dot": dot, "svg": swimlane}[arguments.format]
    picture = draw(rulebook.workflow, language=arguments.lang)
    show_or_write(picture, rulebook, arguments, format=arguments.format)
    return 0
