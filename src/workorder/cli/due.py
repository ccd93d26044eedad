"""``workorder run-due``: let time act on every ticket of a store that is due."""

import argparse
from collections import Counter
from collections.abc import Callable
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, find_rulebook

_STUCK = 1
ROUND = 200
"""How many tickets are done before progress is told."""


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "run-due",
        parents=[shared()],
        help="let time act: close, archive, end holds, record what is overdue",
        description="Let time act on every ticket that is due by this machine's clock: close "
        "after the quiet period, archive, end holds, record what is overdue. Several may run it "
        "at once, and as often as they like: nothing happens twice.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--rulebook",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="what tickets go by that were not opened under one that ships; required if the last "
        "was not (repeat: the one in force first)",
    )
    add_extensions(made)
    made.add_argument("--limit", type=count, help="at most so many tickets, stuck ones aside")
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def count(text: str) -> int:
    """A number of tickets: one or more."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text}: one or more")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.desk import ServiceDesk
    from workorder.desk.preparing import system_time
    from workorder.rulebook import bank, basic, it_desk
    from workorder.storage import SQLiteStore

    given = [find_rulebook(each, arguments.extensions) for each in arguments.rulebook]
    shipped = (bank(), basic(), it_desk())
    progress = ProgressLine(quiet=arguments.quiet)
    # One instant for all rounds: a ticket that is stuck, and lent for a while, comes up once.
    began = system_time()
    try:
        with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
            rulebook = given[0] if given else _by_default(store, shipped)
            _refuse_without_time(rulebook)
            earlier = (*given[1:], *shipped)
            desk = ServiceDesk(store, rulebook=rulebook, earlier=earlier, time=lambda: began)
            done = _rounds(desk.run_due, arguments.limit, progress)
    finally:
        progress.close()
    if arguments.json:
        print_json(done.as_data(arguments.lang))
    else:
        _show(done, rulebook.workflow, arguments.lang)
    return _STUCK if done.stuck else 0


def _by_default(store: Any, shipped: tuple[Any, ...]) -> Any:
    """The bank's rulebook, unless the store's last ticket was opened under one of the host's own:
    by another than that, what was promised would be refused, and given up for good.
    """
    from workorder.errors import InvalidInput
    from workorder.storage import Sort, TicketQuery

    last = store.find(TicketQuery(order=(Sort("opened", descending=True),), limit=1))
    known = {each.digest for each in shipped}
    if any(each.ticket.origin.rulebook not in known for each in last):
        raise InvalidInput("required", name="--rulebook")
    return shipped[0]


def _refuse_without_time(rulebook: Any) -> None:
    """By a rulebook in which time may do nothing, every timer would be given up for good."""
    from workorder.errors import InvalidInput
    from workorder.kernel import SYSTEM

    if not SYSTEM.roles <= set(rulebook.workflow.role_by_name):
        (role,) = SYSTEM.roles
        expected = f"a rulebook with the role “{role}”"
        raise InvalidInput("wrong_type", name="--rulebook", expected=expected, found=rulebook.name)


def _rounds(run_due: Callable[[int], Any], limit: int | None, progress: ProgressLine) -> Any:
    """All rounds together; whoever interrupts loses only the one that is under way."""
    from workorder.desk import DueRun

    whole = DueRun(0, 0, {})
    handled = 0  # stuck ones use up no limit
    over = False
    while not over:
        size = ROUND if limit is None else min(ROUND, limit - handled)
        one = run_due(size)
        whole = DueRun(
            whole.claimed + one.claimed,
            whole.tickets + one.tickets,
            dict(sorted((Counter(whole.fired) + Counter(one.fired)).items())),
            whole.lapsed + one.lapsed,
            whole.stuck + one.stuck,
        )
        done = one.claimed - len(one.stuck)
        handled += done
        over = done < size or (limit is not None and handled >= limit)
        progress("tickets", whole.claimed, whole.claimed if over else None)
    return whole


def _show(done: Any, workflow: Any, lang: str) -> None:
    from workorder.instants import instant_text

    labels = workflow.action_labels
    print(
        say(
            lang,
            f"{done.claimed:,} tickets were due; something happened on {done.tickets:,}",
            f"到期工单 {done.claimed:,} 张，其中 {done.tickets:,} 张已由系统处理",
        )
    )
    if done.fired:
        print_table(
            say(lang, "What time did", "系统已执行"),
            (say(lang, "times", "次数"), say(lang, "action", "操作")),
            [(number, _label(labels, action, lang)) for action, number in done.fired.items()],
        )
    if done.lapsed:
        print_table(
            say(lang, "What it was refused, and does not try again", "未获允许、不再重试"),
            (
                say(lang, "ticket", "工单"),
                say(lang, "action", "操作"),
                say(lang, "due (UTC)", "到期（UTC）"),
                say(lang, "why", "原因"),
            ),
            [
                (
                    each.ticket_id,
                    _label(labels, each.timer.action, lang),
                    instant_text(each.timer.at)[:19].replace("T", " "),
                    _why(each.refusal, lang),
                )
                for each in done.lapsed
            ],
        )
    if done.stuck:
        print_table(
            say(lang, "Stuck: they stay due", "无法处理，仍为到期"),
            (say(lang, "ticket", "工单"), say(lang, "why", "原因")),
            [(each.ticket_id, each.text(lang)) for each in done.stuck],
        )


def _label(labels: Any, name: str, lang: str) -> str:
    from workorder.clocks import STEP_LABELS
    from workorder.texts import in_language

    if name in STEP_LABELS:
        return in_language(STEP_LABELS[name], lang)
    return str(labels[name].text(lang)) if name in labels else name


def _why(refusal: Any, lang: str) -> str:
    """What stood in the way, in one line."""
    unmet = [each.text(lang) for each in refusal.unmet]
    return say(lang, "; ", "；").join(unmet) or str(refusal.text(lang)).splitlines()[0]
