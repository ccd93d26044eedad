"""``workorder verify``: whether what a store keeps is still what was written."""

import argparse
from functools import partial
from os import cpu_count
from pathlib import Path
from typing import Any

from workorder.cli.output import ProgressLine, print_json, shared

_DAMAGED = 1


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "verify",
        parents=[shared()],
        help="whether every record is still what was written",
        description="Verify the trail of every ticket, or of one: records, snapshots, sealed "
        "values, and the file itself. Against a checkpoint that was kept elsewhere, also that no "
        "record of then was rewritten, taken away or put in.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument("--ticket", metavar="ID", help="this ticket only")
    made.add_argument("--against", type=Path, metavar="FILE", help="a checkpoint to compare with")
    made.add_argument(
        "--replay", action="store_true", help="compare each ticket with what its records make of it"
    )
    made.add_argument(
        "--workers",
        type=some,
        metavar="N",
        help="processes to use; by itself one for a small store, and one for each processor",
    )
    made.add_argument(
        "--limit", type=some, default=100, metavar="N", help="damages shown; all are counted"
    )
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def some(text: str) -> int:
    """A number: one or more."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: one or more")
    return number


_SMALL = 5_000
"""Tickets up to which a second process is not worth starting."""


def _workers(store: Any) -> int:
    after = ""
    for _ in range(_SMALL // 1_000):
        page = store.ids(after, 1_000)
        if len(page) < 1_000:  # noqa: PLR2004 (the last page)
            return 1
        after = page[-1]
    return cpu_count() or 1


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.cli.checkpoints import read_checkpoint
    from workorder.errors import InvalidInput
    from workorder.storage import SQLiteStore
    from workorder.storage.verifying import verify_store, verify_ticket

    if arguments.ticket is not None and arguments.against is not None:
        expected = "a whole store: a checkpoint says nothing of one ticket"
        raise InvalidInput("wrong_type", name="--against", expected=expected, found="--ticket")
    against = None if arguments.against is None else read_checkpoint(arguments.against, "--against")
    reopen = partial(SQLiteStore, arguments.store, tenant=arguments.tenant, create=False)
    progress = ProgressLine(quiet=arguments.quiet)
    with reopen() as store:
        if arguments.ticket is not None:
            report = verify_ticket(
                store, arguments.ticket, replay=arguments.replay, limit=arguments.limit
            )
            if not report.tickets and report.sound:
                expected = "a ticket of this store"
                raise InvalidInput(
                    "wrong_type", name="--ticket", expected=expected, found=arguments.ticket
                )
        else:
            try:
                report = verify_store(
                    store,
                    against=against,
                    reopen=reopen,
                    workers=arguments.workers or _workers(store),
                    replay=arguments.replay,
                    limit=arguments.limit,
                    progress=progress,
                )
            finally:
                progress.close()
    if arguments.json:
        print_json(report.as_data(arguments.lang))
    else:
        print(report.text(arguments.lang))
    return 0 if report.sound else _DAMAGED
