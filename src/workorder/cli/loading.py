"""``workorder load``: bring an export into a store."""

import argparse
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
    from workorder.exchange.transfer import load_store, opened_lines, read_head
    from workorder.storage import Codec, SQLiteStore

    file, tenant = arguments.file, arguments.tenant
    codec = Codec(event_types(arguments.extensions), tenant=tenant)
    if file != "-":  # a file that is no export leaves no store behind
        with opened_lines(file) as lines:
            read_head(next(lines, b""), file)
    progress = ProgressLine(quiet=arguments.quiet)
    try:
        with opened_lines(file) as lines, SQLiteStore(arguments.store, tenant=tenant) as store:
            report = load_store(
                lines,
                store,
                codec=codec,
                file=file,
                without=arguments.without,
                progress=progress,
            )
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
