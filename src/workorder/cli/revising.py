"""``workorder revise-dues``: after a holiday notice, reckon again when tickets are due."""

import argparse
from collections.abc import Iterator
from typing import Any

from workorder.cli.due import count
from workorder.cli.output import ProgressLine, print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions

_LEFT = 1
"""Some tickets could not be done."""


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "revise-dues",
        parents=[shared()],
        help="after a holiday notice: reckon again when tickets are due",
        description="Reckon every running clock again, after dates have become official: by the "
        "calendars that each ticket's rulebook knows by now, or by others in their place. Several "
        "may run it at once, and as often as they like: nothing happens twice.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--calendar",
        action="append",
        default=[],
        metavar="[NAME=]CODE|FILE",
        help="a ready calendar or a calendar file, for the rulebooks' own of that name; without "
        "a name for the usual one (repeat)",
    )
    made.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="what tickets go by that were not opened under a rulebook that ships (repeat: the "
        "one in force first)",
    )
    add_extensions(made)
    made.add_argument("--actor", default="system", help="who is recorded; the system by itself")
    made.add_argument("--department", help="where they sit")
    made.add_argument("--dry-run", action="store_true", help="write nothing")
    made.add_argument("--ledgers", action="store_true", help="both accounts of every change")
    made.add_argument("--limit", type=count, help="change at most so many tickets")
    made.add_argument("--after", metavar="TICKET", help="go on behind this ticket")
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.storage import SQLiteStore
    from workorder.workflow import Actor

    calendars = dict(_calendars(arguments.calendar))
    progress = ProgressLine(quiet=arguments.quiet)
    try:
        with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
            desk = _desk(store, arguments)
            done = desk.unrestricted().revise_dues(
                actor=Actor(arguments.actor, (), arguments.department),
                calendars=calendars,
                dry_run=arguments.dry_run,
                limit=arguments.limit,
                after=arguments.after,
                progress=progress,
            )
    finally:
        progress.close()
    if arguments.json:
        data = done.as_data(arguments.lang, ledgers=arguments.ledgers)
        print_json({"dry_run": arguments.dry_run, **data})
    else:
        _show(done, arguments)
    return _LEFT if done.left else 0


def _desk(store: Any, arguments: argparse.Namespace) -> Any:
    """A desk that knows the rulebooks that are named, and all those that ship."""
    from workorder.cli.desks import rulebook_in
    from workorder.cli.rulebooks import find_rulebook
    from workorder.desk import ServiceDesk
    from workorder.rulebook import bank, basic, it_desk

    named = [find_rulebook(each, arguments.extensions) for each in arguments.rulebook]
    current = named[0] if named else rulebook_in(store, None)
    return ServiceDesk(
        store, rulebook=current or bank(), earlier=(*named[1:], bank(), basic(), it_desk())
    )


def _calendars(given: list[str]) -> Iterator[tuple[str, Any]]:
    """Calendars by the names that they stand for."""
    from workorder.errors import InvalidInput
    from workorder.sla.clocks.levels import USUAL
    from workorder.sla.ready import find_calendar

    seen: set[str] = set()
    for each in given:
        name, equals, place = each.partition("=")
        name, place = (name, place) if equals else (USUAL, each)
        if name in seen:
            expected = f"one calendar for “{name}”"
            raise InvalidInput("wrong_type", name="--calendar", expected=expected, found=each)
        seen.add(name)
        yield name, find_calendar(place)


def _show(done: Any, arguments: argparse.Namespace) -> None:
    lang = arguments.lang
    print(_headline(done, lang, dry=arguments.dry_run))
    if done.by_earlier and len(arguments.rulebook) > 1 and not arguments.calendar:
        print(
            say(
                lang,
                f"{done.by_earlier:,} of them go by an earlier rulebook, and were reckoned by its "
                "dates: move them to the one in force first, or give its calendar (--calendar)",
                f"其中 {done.by_earlier:,} 张仍依据早期规则手册，按其日历计算；"
                "请先迁移至现行规则手册，或以 --calendar 指定日历",
            )
        )
    if done.revised:
        print_table(
            say(lang, "Due at another instant", "时限变更"),
            (
                say(lang, "ticket", "工单"),
                say(lang, "clock", "计时"),
                say(lang, "was due", "原时限"),
                "→",
                say(lang, "is due", "现时限"),
                say(lang, "zone", "时区"),
            ),
            [_row(each.ticket_id, move, lang) for each in done.revised for move in each.changes],
        )
    if arguments.ledgers:
        for each in done.revised:
            for move in each.changes:
                _show_ledgers(each.ticket_id, move, lang)
    if done.left:
        print_table(
            say(lang, "Could not be done", "未能处理"),
            (say(lang, "ticket", "工单"), say(lang, "why", "原因")),
            [(each.ticket_id, each.text(lang)) for each in done.left],
        )
    if done.next is not None:
        print(
            say(
                lang,
                f"There are more: go on with --after {done.next}",
                f"尚有工单未处理，可用 --after {done.next} 继续",
            )
        )


def _headline(done: Any, lang: str, *, dry: bool) -> str:
    looked_at, revised, confirmed = done.looked_at, len(done.revised), len(done.confirmed)
    if dry:
        return say(
            lang,
            f"{looked_at:,} tickets were looked at; {revised:,} would be due at another instant, "
            f"{confirmed:,} would be confirmed; nothing was written",
            f"共检查工单 {looked_at:,} 张，其中 {revised:,} 张的时限将变更，"
            f"{confirmed:,} 张将予以确认；未写入任何内容",
        )
    return say(
        lang,
        f"{looked_at:,} tickets were looked at; {revised:,} are due at another instant, "
        f"{confirmed:,} were confirmed",
        f"共检查工单 {looked_at:,} 张，其中 {revised:,} 张的时限已变更，{confirmed:,} 张已确认",
    )


def _row(ticket_id: str, move: Any, lang: str) -> tuple[str, ...]:
    """One change, in the zone of the calendar that counts it."""
    from workorder.sla.clocks.telling import told_instant

    after = move.ledger_after
    old, new = (told_instant(each, after.calendar, lang) for each in (move.old, move.new))
    label = after.reading.label.text(lang)
    return ticket_id, label, old, "→", new, str(after.calendar.timezone)


def _show_ledgers(ticket_id: str, move: Any, lang: str) -> None:
    for word, ledger in (
        (say(lang, "before", "变更前"), move.ledger_before),
        (say(lang, "after", "变更后"), move.ledger_after),
    ):
        print(f"\n{ticket_id} · {word}\n{ledger.text(lang)}")
