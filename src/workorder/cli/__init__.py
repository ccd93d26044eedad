"""``workorder`` on the command line: look, bring in, check, count, show; for people and scripts.

Tables for people (prettier with the extra ``cli``), ``--json`` for programs, progress of long
work on standard error, ``--lang zh-CN`` for Chinese. Exit codes: 0 done, 1 refused or not
found, 2 wrong usage, 3 bad input (a file, a mapping, a query), 4 trouble with a store.

Each command is a module of the same shape: ``add(commands)`` declares it, ``run(arguments)``
does it. Heavy imports happen in ``run``.
"""

import argparse
import sys
from collections.abc import Sequence

from workorder.cli import (
    asking,
    checking,
    checkpoints,
    deadline,
    demo,
    diagram,
    differing,
    dossier,
    due,
    erasing,
    exporting,
    importing,
    loading,
    manual,
    month,
    reassessing,
    revising,
    routing,
    schema,
    summary,
    verifying,
    workload,
)
from workorder.cli.output import print_json, speak_plainly

OK = 0
REFUSED = 1
USAGE = 2
BAD_INPUT = 3
STORE_TROUBLE = 4

COMMANDS = (
    demo,
    importing,
    summary,
    reassessing,
    routing,
    workload,
    asking,
    due,
    revising,
    erasing,
    dossier,
    exporting,
    loading,
    verifying,
    checkpoints,
    checking,
    differing,
    diagram,
    manual,
    schema,
    deadline,
    month,
)
"""The modules of the commands, in the order in which help lists them."""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from workorder import __version__

    made = argparse.ArgumentParser(
        prog="workorder",
        description="Customer-service work orders (工单): rules, deadlines, history, figures.",
        epilog="Exit codes: 0 done, 1 refused or not found, 2 usage, 3 bad input, 4 store trouble.",
    )
    made.add_argument("--version", action="version", version=f"workorder {__version__}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        module.add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is returned, not raised."""
    speak_plainly()
    given = parser().parse_args(arguments)
    from workorder.errors import CommandRefused, StoreError, WorkorderError

    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except WorkorderError as error:
        if given.json:
            said: dict[str, dict[str, object]] = {
                "error": {"code": error.code, "text": error.text(given.lang)}
            }
            if isinstance(error, CommandRefused):
                said["error"] |= error.refusal.as_data(given.lang)
            print_json(said)
        else:
            print(error.text(given.lang), file=sys.stderr)
        if isinstance(error, CommandRefused):
            return REFUSED
        return STORE_TROUBLE if isinstance(error, StoreError) else BAD_INPUT
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`).
        sys.stderr.close()
        return OK
    except KeyboardInterrupt:
        print("interrupted; what was committed stands", file=sys.stderr)
        return 130
    else:
        return code
