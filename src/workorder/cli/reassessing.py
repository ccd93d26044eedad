"""``workorder reassess``: every clock of a store, recomputed under a policy."""

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, event_types, find_rulebook


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "reassess",
        parents=[shared()],
        help="every clock of a store, recomputed under any policy",
        description="Read the history of a store once, and reckon every clock again, as it would "
        "have been under the service levels of a file. Nothing is written into the store.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--policy",
        required=True,
        metavar="FILE",
        help="a file of service levels, or a rulebook file with [sla]",
    )
    made.add_argument(
        "--calendar", metavar="CODE|FILE", help="counts instead of the file's usual calendar"
    )
    made.add_argument("--until", metavar="INSTANT", help="up to when; now, if not given")
    made.add_argument(
        "--by",
        type=_names,
        default=("priority", "type", "department", "month"),
        metavar="NAME,…",
        help="what to count by: month, or any name of a ticket or its fields "
        "(priority,type,department,month); empty for all together only",
    )
    made.add_argument(
        "--worst", type=_count, default=5, metavar="N", help="explain so many of the latest (5)"
    )
    made.add_argument("--metric", metavar="NAME", help="only this one")
    made.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="one that tickets were decided by, beside those that ship (repeat)",
    )
    add_extensions(made)
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _count(text: str) -> int:
    """A number of cases: none or more."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text}: none or more")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from attrs import evolve

    from workorder.desk.preparing import system_time
    from workorder.insight import histories_of, reassess
    from workorder.rulebook import bank, basic, it_desk, load_service_levels
    from workorder.sla import find_calendar
    from workorder.storage import Codec, SQLiteStore

    levels = load_service_levels(arguments.policy)
    if arguments.calendar is not None:
        levels = evolve(levels, calendar=find_calendar(arguments.calendar))
    _known(arguments.metric, levels)
    until = _instant(arguments.until) if arguments.until is not None else system_time()
    own = [find_rulebook(each, arguments.extensions) for each in arguments.rulebook]
    own += _of_policy(arguments)
    codec = Codec(event_types(arguments.extensions), tenant=arguments.tenant)
    progress = ProgressLine(quiet=arguments.quiet)
    try:
        with (
            _uncollected(),
            SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store,
        ):
            histories = histories_of(store, codec, progress=lambda done: progress("read", done))
            total = len(histories)
            found = reassess(
                histories,
                levels,
                rulebooks=(*own, bank(), basic(), it_desk()),
                until=until,
                progress=lambda done: progress("reassess", done, total),
            )
    finally:
        progress.close()
    if arguments.json:
        asked = {"by": arguments.by, "worst": arguments.worst, "metric": arguments.metric}
        print_json(found.as_data(arguments.lang, **asked))
    else:
        _show(found, arguments)
    return 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Histories stay until the end, and nothing here goes in circles: looking for garbage among
    them again and again takes a third of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _instant(text: str) -> Any:
    from workorder.errors import InvalidInput
    from workorder.instants import read_instant

    try:
        return read_instant(text)
    except InvalidInput:
        expected = "an instant with its offset, such as 2026-11-30T18:00+08:00"
        raise InvalidInput("wrong_type", name="--until", expected=expected, found=text) from None


def _of_policy(arguments: argparse.Namespace) -> list[Any]:
    """The rulebook in which the policy stands, if it does: tickets may have been decided by it."""
    from workorder.errors import ConfigurationError, InvalidInput

    try:
        return [find_rulebook(arguments.policy, arguments.extensions)]
    except (ConfigurationError, InvalidInput):
        return []


def _known(metric: str | None, levels: Any) -> None:
    """A metric that is not measured would count nothing, and look as if all were well."""
    from workorder.errors import InvalidInput

    if metric is not None and metric not in levels.by_name:
        choices = tuple(levels.by_name)
        raise InvalidInput("not_a_choice", name="--metric", found=metric, choices=choices)


def _show(found: Any, arguments: argparse.Namespace) -> None:
    from workorder.insight.reassessment.telling import headline, tables, worst_table

    lang, metric = arguments.lang, arguments.metric
    print(headline(found, lang, metric))
    for name in arguments.by:
        rows = found.compliance(name, metric=metric)
        if rows and all(each.value is None for each in rows):
            print(
                say(lang, f"Note: no ticket has “{name}”", f"注意：没有工单含有“{name}”"),
                file=sys.stderr,
            )
    for each in tables(found, lang, by=arguments.by, metric=metric):
        print_table(each.title, each.columns, each.rows)
    worst = found.worst(arguments.worst, metric=metric)
    if not worst:
        return
    table = worst_table(found, worst, lang)
    print_table(table.title, table.columns, table.rows)
    for outcome in worst:
        named = outcome.ticket.origin.key or outcome.ticket.id
        print(f"\n{say(lang, 'Ticket', '工单')} {named}")
        print(found.account(outcome).text(lang))
