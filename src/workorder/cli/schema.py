"""``workorder schema``: what may stand in a rulebook file, for editors."""

import argparse
from typing import Any

from workorder.cli.output import print_json, shared


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "schema",
        parents=[shared()],
        help="the JSON Schema of rulebook files, for editors",
        description="The JSON Schema (draft 2020-12) of rulebook files. It is JSON anyway, with "
        "or without --json.",
    )
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 (every command is given them)
    """Do it."""
    from workorder.rulebook import rulebook_schema

    print_json(rulebook_schema())
    return 0
