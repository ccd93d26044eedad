"""``workorder export``: write a store down, for another one to take."""

import argparse
import os
import sys
from contextlib import redirect_stdout
from typing import Any

from workorder.cli.output import ProgressLine, print_json, say, shared


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "export",
        parents=[shared()],
        help="write a store down, for another one to take",
        description="Write all of a store down as JSON lines, which `workorder load` brings into "
        "any other store. Others may go on working meanwhile.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument(
        "file",
        nargs="?",
        default="-",
        help="where to; packed with gzip if it ends in .gz; - for standard output (default)",
    )
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.exchange.transfer import export_store, opened_output
    from workorder.storage import SQLiteStore

    _refuse_the_store_itself(arguments.store, arguments.file)
    progress = ProgressLine(quiet=arguments.quiet)
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        try:
            with opened_output(arguments.file) as out:
                report = export_store(store, out.write, progress=progress)
        finally:
            progress.close()
    if arguments.file != "-":
        _show(report, arguments)
        return 0
    with redirect_stdout(sys.stderr):  # nothing but the export belongs on standard output
        _show(report, arguments)
    return 0


def _refuse_the_store_itself(store: str, file: str) -> None:
    """An export in the place of the store, or of what SQLite keeps beside it, destroys it."""
    from workorder.errors import InvalidInput

    if file != "-" and os.path.realpath(file) in {
        os.path.realpath(f"{store}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")
    }:
        raise InvalidInput("wrong_type", name="file", expected="not the store", found=file)


def _show(report: Any, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(report.as_data())
        return
    print(
        say(
            arguments.lang,
            f"{report.tickets:,} tickets, {report.records:,} records, {report.sealed:,} sealed "
            f"values, {report.messages:,} pending messages\nroot {report.root}",
            f"工单 {report.tickets:,} 张，记录 {report.records:,} 条，"
            f"封存内容 {report.sealed:,} 项，待发消息 {report.messages:,} 条\n根摘要 {report.root}",
        )
    )
