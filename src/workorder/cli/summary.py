"""``workorder summary``: a store in figures."""

import argparse
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "summary",
        parents=[shared()],
        help="a store in figures",
        description="Read the log of a store once, and count.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.insight import summarise
    from workorder.storage import SQLiteStore

    progress = ProgressLine(quiet=arguments.quiet)
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        try:
            summary = summarise(store, progress=lambda done: progress("read", done))
        finally:
            progress.close()
    data = summary.as_data()
    if arguments.json:
        print_json(data)
    else:
        _tables(data, arguments.lang)
    return 0


def _tables(data: dict[str, Any], lang: str) -> None:
    print(
        say(
            lang,
            f"{data['tickets']:,} tickets, {data['records']:,} entries "
            f"({data['records_imported']:,} imported), {data['handovers']:,} handovers, "
            f"{data['reopens']:,} reopenings",
            f"工单 {data['tickets']:,} 张，记录 {data['records']:,} 条"
            f"（导入 {data['records_imported']:,} 条），转派 {data['handovers']:,} 次，"
            f"重新打开 {data['reopens']:,} 次",
        )
    )
    minutes = data["minutes_in_state"]
    print_table(
        say(lang, "States", "状态"),
        (
            say(lang, "state", "状态"),
            say(lang, "entries", "记录"),
            say(lang, "first in", "首个"),
            say(lang, "last in", "末个"),
            say(lang, "stays", "停留次数"),
            say(lang, "median minutes", "停留中位数（分）"),
        ),
        [
            (
                state,
                number,
                data["first_state"].get(state, 0),
                data["last_state"].get(state, 0),
                minutes.get(state, {}).get("count", 0),
                minutes.get(state, {}).get("median"),
            )
            for state, number in data["entries_by_state"].items()
        ],
    )
    print_table(
        say(lang, "Durations in minutes", "用时（分钟）"),
        ("", say(lang, "tickets", "工单"), say(lang, "sum", "合计"), say(lang, "median", "中位数")),
        [
            (say(lang, *words), each["count"], each["sum"], each["median"])
            for words, each in (
                (("opened to resolved", "登记至办结"), data["opened_to_resolved"]),
                (("opened to closed", "登记至结案"), data["opened_to_closed"]),
            )
        ],
    )
    if data["oddities"]:
        print_table(
            say(lang, "Oddities", "异常"),
            (say(lang, "kind", "种类"), say(lang, "count", "数量"), say(lang, "e.g.", "例")),
            [
                (kind, each["count"], ", ".join(each["examples"]))
                for kind, each in data["oddities"].items()
            ],
        )
