"""``workorder load``: bring an export into a store."""

import argparse
from collections.abc import Iterable
from itertools import chain
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, event_types


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "load",
        parents=[shared()],
        help="bring an export into a store",
        description="Bring what `workorder export` wrote into a store. Running it again adds "
        "nothing; after an interruption it goes on where it was.",
    )
    made.add_argument("file", help="the export, plain or gzip; - for standard input")
    made.add_argument("store", help="SQLite file; made if missing")
    made.add_argument("--tenant", default="", help="whose store it is")
    add_extensions(made)
    made.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="WHAT",
        help="leave out: sealed, outbox, unopened (sealed values that are not what was sealed), "
        "checks (whether tickets come out as they were) (repeat)",
    )
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.errors import StoreError
    from workorder.exchange.transfer import opened_lines, read_head

    file, tenant = arguments.file, arguments.tenant
    progress = ProgressLine(quiet=arguments.quiet)
    try:
        with opened_lines(file) as lines:
            first = next(lines, b"")
            found = read_head(first, file).tenant
            # What is no export, or another tenant's, leaves no store behind.
            if found != tenant:
                raise StoreError("other_tenant", path=file, found=found, expected=tenant)
            report = _load(chain([first], lines), arguments, progress)
    finally:
        progress.close()
    if arguments.json:
        print_json(report.as_data())
        return 0
    lang = arguments.lang
    print(
        say(
            lang,
            f"{report.records:,} records of {report.tickets:,} tickets: {report.added:,} brought "
            f"in, {report.known:,} there already; {report.sealed:,} sealed values, "
            f"{report.messages:,} messages\nroot {report.root}",
            f"共 {report.tickets:,} 张工单 {report.records:,} 条记录：导入 {report.added:,} 条，"
            f"已存在 {report.known:,} 条；封存内容 {report.sealed:,} 项，"
            f"消息 {report.messages:,} 条\n根摘要 {report.root}",
        )
    )
    if report.unopened:
        print_table(
            say(
                lang,
                f"{report.unopened_count:,} sealed values left out: not what was sealed",
                f"略过与封存时不符的内容 {report.unopened_count:,} 项",
            ),
            (say(lang, "ticket", "工单"), say(lang, "reference", "引用")),
            report.unopened,
        )
    return 0


def _load(lines: Iterable[bytes], arguments: argparse.Namespace, progress: Any) -> Any:
    from workorder.exchange.transfer import load_store
    from workorder.storage import Codec, SQLiteStore

    codec = Codec(event_types(arguments.extensions), tenant=arguments.tenant)
    with SQLiteStore(arguments.store, tenant=arguments.tenant) as store:
        return load_store(
            lines,
            store,
            codec=codec,
            file=arguments.file,
            without=arguments.without,
            progress=progress,
        )
