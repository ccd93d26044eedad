"""``workorder workload``: what everybody holds, and what waits for somebody."""

import argparse
from typing import Any

from workorder.cli.output import print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, find_rulebook


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "workload",
        parents=[shared()],
        help="what everybody holds, and what waits for somebody",
        description="What everybody holds, in tickets and in units of their room, how evenly that "
        "is spread, and what waits for somebody. Nothing is written.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="one that tickets go by, beside those that ship (repeat)",
    )
    add_extensions(made)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.insight.assignments import workload
    from workorder.rulebook import Rulebooks, bank, basic, it_desk
    from workorder.storage import SQLiteStore

    own = [find_rulebook(each, arguments.extensions) for each in arguments.rulebook]
    every = (*own, bank(), basic(), it_desk())
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        found = workload(store, Rulebooks(every[0], every[1:]))
    if arguments.json:
        print_json(found.as_data())
    else:
        _show(found, arguments.lang)
    return 0


def _show(found: Any, lang: str) -> None:
    if found.people:
        columns = (
            say(lang, "who", "经办人"),
            say(lang, "tickets", "工单"),
            say(lang, "units", "占用"),
            say(lang, "offered", "邀约中"),
            say(lang, "oldest (UTC)", "最早（UTC）"),
        )
        rows = [
            (
                each.agent,
                each.tickets,
                each.units,
                each.offered,
                None if each.oldest is None else f"{each.oldest:%Y-%m-%d %H:%M}",
            )
            for each in found.people
        ]
        print_table(say(lang, "What everybody holds", "各经办人工作量"), columns, rows)
        print(
            say(
                lang,
                f"Jain {found.jain:.3f}, Gini {found.gini:.3f} (1 and 0: all hold the same)",
                f"Jain 指数 {found.jain:.3f}，基尼系数 {found.gini:.3f}（1 与 0 表示完全均匀）",
            )
        )
    else:
        print(say(lang, "Nobody holds anything.", "没有在办工单。"))
    wrong = [each for each in found.people if each.miscounted]
    if wrong:
        print(
            say(
                lang,
                "The store has counted otherwise (work from before it counted, or brought in): "
                + ", ".join(f"{each.agent} {each.counted}" for each in wrong),
                "存储中的计数与此不同（启用计数前的工单或导入的工单）："
                + "、".join(f"{each.agent} {each.counted}" for each in wrong),
            )
        )
    if found.waiting:
        heads = (say(lang, "department", "部门"), say(lang, "waiting", "待派"))
        several = [(name or None, number) for name, number in found.waiting.items()]
        print_table(say(lang, "Waiting for somebody", "待分派工单"), heads, several)
