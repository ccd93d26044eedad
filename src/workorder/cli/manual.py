"""``workorder manual``: a rulebook as the people read it who work by it."""

import argparse
from pathlib import Path
from typing import Any

from workorder.cli.output import shared, show_or_write
from workorder.cli.rulebooks import add_rulebook, find_rulebook


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "manual",
        parents=[shared()],
        help="a rulebook as an operation manual, in Markdown",
        description="The operation manual (操作手册) of a rulebook, in Markdown: every step, who "
        "may take it, what must hold, what the figures are.",
    )
    add_rulebook(made)
    made.add_argument(
        "--out", type=Path, metavar="FILE", help="write into this file, not to standard output"
    )
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.manuals import manual

    rulebook = find_rulebook(arguments.rulebook, arguments.extensions)
    show_or_write(manual(rulebook, language=arguments.lang), rulebook, arguments)
    return 0
