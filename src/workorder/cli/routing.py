"""``workorder route``: why a ticket went to whom it did, and all decisions taken again."""

import argparse
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, event_types, find_rulebook

_DIFFERS = 1


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "route",
        parents=[shared()],
        help="why tickets went to whom they did; the same decisions under another policy",
        description="explain: every decision about one ticket, with every reason. replay: every "
        "decision of a store taken again; under its own policy each must come out the same, under "
        "another one (--policy) those are listed that go to somebody else. Nothing is written.",
    )
    made.add_argument(
        "what", choices=("explain", "replay"), metavar="what", help="explain or replay"
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument(
        "ticket", nargs="?", help="explain: its id, or its number in the system it came from"
    )
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--policy", metavar="FILE", help="replay: of one policy, or a rulebook file with [routing]"
    )
    made.add_argument(
        "--name", help="replay: which policy of a rulebook file; the first, if not given"
    )
    made.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="replay: one that tickets were routed by, beside those that ship (repeat)",
    )
    made.add_argument(
        "--limit", type=int, default=20, metavar="N", help="replay: list so many (20)"
    )
    add_extensions(made)
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run, misused=made.error)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if (arguments.ticket is None) == (arguments.what == "explain"):
        arguments.misused("explain takes STORE and TICKET, replay takes STORE alone")
    return explain(arguments) if arguments.what == "explain" else replay(arguments)


def explain(arguments: argparse.Namespace) -> int:
    """Show the decisions about a ticket."""
    from workorder.assign import decision_data, decision_from_data
    from workorder.cli.desks import stored_ticket
    from workorder.errors import CommandRefused
    from workorder.refusals import Refusal
    from workorder.storage import Codec, SQLiteStore

    codec = Codec(event_types(arguments.extensions), tenant=arguments.tenant)
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        ticket = stored_ticket(store, arguments.ticket)
        if ticket is None:
            facts = {"ticket": arguments.ticket, "actor": "-"}
            raise CommandRefused(Refusal("not_found", facts=facts))
        events = [codec.decode(record) for record in store.records(ticket.id)]
    found = [
        (event.trace.occurred_at, decision_from_data(said))
        for event in events
        if (said := getattr(event, "decision", None)) is not None
    ]
    lang = arguments.lang
    if arguments.json:
        print_json({"ticket": ticket.id, "decisions": [decision_data(each[1]) for each in found]})
        return 0
    if not found:
        print(
            say(
                lang,
                f"{ticket.id}: nobody was looked for; it is with {ticket.assignee or 'nobody'}",
                f"{ticket.id}：未经路由分派；当前经办人：{ticket.assignee or '无'}",
            )
        )
    for number, (at, decision) in enumerate(found):
        print(f"{'' if number == 0 else chr(10)}{at:%Y-%m-%d %H:%M:%S} UTC")
        print(decision.text(lang))
    return 0


def replay(arguments: argparse.Namespace) -> int:
    """Take every decision again."""
    from workorder.insight.assignments import decisions_of, replayed
    from workorder.insight.assignments.decisions import policies_in
    from workorder.rulebook import bank, basic, it_desk, load_policy
    from workorder.storage import Codec, SQLiteStore

    other = None
    if arguments.policy is not None:
        other = load_policy(arguments.policy, name=arguments.name)
    own = [find_rulebook(each, arguments.extensions) for each in arguments.rulebook]
    codec = Codec(event_types(arguments.extensions), tenant=arguments.tenant)
    progress = ProgressLine(quiet=arguments.quiet)
    known = policies_in((*own, bank(), basic(), it_desk()))
    try:
        with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
            kept = decisions_of(store, codec, progress=lambda done: progress("read", done))
            found = replayed((each.decision for each in kept), known, other)
    finally:
        progress.close()
    if arguments.json:
        print_json(_data(found))
    else:
        _show(found, other, arguments)
    return _DIFFERS if other is None and found.differences else 0


def _data(found: Any) -> dict[str, Any]:
    return {
        "total": found.total,
        "same": found.same,
        "differences": [
            {
                "item": each.before.item,
                "at": each.before.at,
                "before": each.before.chosen,
                "after": each.after.chosen,
            }
            for each in found.differences
        ],
        "unknown": dict(found.unknown),
        "brief": found.brief,
    }


def _show(found: Any, other: Any, arguments: argparse.Namespace) -> None:
    lang, number = arguments.lang, len(found.differences)
    own = say(lang, "each under its own policy", "各按原策略")
    under = own if other is None else say(lang, f"under “{other.name}”", f"按策略“{other.name}”")
    print(
        say(
            lang,
            f"{found.total:,} decisions taken again, {under}: {found.same:,} the same, "
            f"{number:,} not",
            f"重新判定 {found.total:,} 次分派（{under}）：一致 {found.same:,}，不一致 {number:,}",
        )
    )
    for name, count in found.unknown.items():
        print(
            say(
                lang,
                f"{count:,} by a policy that is not at hand: {name} (give --rulebook)",
                f"{count:,} 次所用策略未提供：{name}（请用 --rulebook 指定）",
            )
        )
    if found.brief:
        print(
            say(
                lang,
                f"{found.brief:,} did not keep what they were taken of",
                f"{found.brief:,} 次未保留判定依据",
            )
        )
    if found.differences:
        columns = (
            say(lang, "ticket", "工单"),
            say(lang, "at (UTC)", "时间（UTC）"),
            say(lang, "went to", "原派"),
            say(lang, "would go to", "改派"),
        )
        rows = [
            (
                each.before.item,
                f"{each.before.at:%Y-%m-%d %H:%M}",
                each.before.chosen,
                each.after.chosen,
            )
            for each in found.differences[: arguments.limit]
        ]
        print_table(say(lang, "Otherwise", "不一致"), columns, rows)
