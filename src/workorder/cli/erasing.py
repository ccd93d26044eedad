"""``workorder erase``, ``hold``, ``subject``, ``erasures``: a ticket's papers."""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workorder.cli.desks import add_rulebook_option, desk_for, rulebook_in
from workorder.cli.output import print_json, print_table, say, shared

_KEPT = 1
"""Something that was to be erased is still there."""


def add(commands: Any) -> None:
    """Declare the commands."""
    erase: argparse.ArgumentParser = commands.add_parser(
        "erase",
        parents=[shared()],
        help="erase what people wrote on a ticket, or whatever was kept long enough",
        description="Erase sealed values for good: those of a ticket, or with --expired those of "
        "every closed ticket that was kept as long as the rulebook says (retention). Records stay "
        "as they are.",
    )
    hold: argparse.ArgumentParser = commands.add_parser(
        "hold",
        parents=[shared()],
        help="keep a ticket whole for a legal case, or no longer",
        description="Place a legal hold on a ticket: nothing of it is erased until that is lifted.",
    )
    subject: argparse.ArgumentParser = commands.add_parser(
        "subject",
        parents=[shared()],
        help="everything that is kept about a customer, one JSON object a line",
        description="Everything that is kept about a customer: a head line, then a line for each "
        "of their tickets. Tickets of others that name them are not among them.",
    )
    erasures: argparse.ArgumentParser = commands.add_parser(
        "erasures",
        parents=[shared()],
        help="list erasures, or do them again after a restore",
        description="List every erasure in the log, to be kept apart from the store and its "
        "backups; or, with --replay, do listed erasures again after a restore.",
    )
    for made in (erase, hold, subject, erasures):
        made.add_argument("store", help="SQLite file")
        made.add_argument("--tenant", default="", help="whose store it is")
        add_rulebook_option(made)
    erase.add_argument("ticket", nargs="?", help="its id; left out with --expired")
    erase.add_argument("--expired", action="store_true", help="all that was kept long enough")
    erase.add_argument(
        "--basis", help="why: request, or the bank's own word; required for a ticket"
    )
    erase.add_argument("--ref", action="append", default=[], help="one value only (repeat)")
    erase.add_argument("--limit", type=int, help="with --expired: at most so many tickets")
    hold.add_argument("ticket", help="its id")
    hold.add_argument("--case", required=True, help="the case that it is kept for")
    hold.add_argument("--lift", action="store_true", help="it is kept for that case no longer")
    for made in (erase, hold):
        made.add_argument("--actor", required=True, help="who is recorded")
        made.add_argument("--department", help="where they sit")
    subject.add_argument("customer", help="the customer's identifier")
    subject.add_argument("--out", type=Path, help="write to a file instead")
    erasures.add_argument("--after", type=int, default=0, metavar="N", help="behind this position")
    erasures.add_argument("--replay", type=Path, metavar="FILE", help="do these again")
    erase.set_defaults(run=_erase)
    hold.set_defaults(run=_hold)
    subject.set_defaults(run=_subject)
    erasures.set_defaults(run=_erasures)


def _open(arguments: argparse.Namespace) -> Any:
    from workorder.storage import SQLiteStore

    return SQLiteStore(arguments.store, tenant=arguments.tenant, create=False)


def _papers(store: Any, arguments: argparse.Namespace) -> Any:
    """Batch work at a desk by the rulebook that is named, or that the tickets were opened under."""
    ticket = getattr(arguments, "ticket", None)
    return desk_for(store, rulebook_in(store, arguments.rulebook, ticket)).unrestricted()


def _actor(arguments: argparse.Namespace) -> Any:
    from workorder.workflow import Actor

    return Actor(arguments.actor, (), arguments.department)


def _erase(arguments: argparse.Namespace) -> int:
    from workorder.errors import InvalidInput

    if arguments.expired:
        for name in ("ticket", "basis"):
            if getattr(arguments, name) is not None:
                found, expected = getattr(arguments, name), "nothing, beside --expired"
                raise InvalidInput("wrong_type", name=name, expected=expected, found=found)
        return _expired(arguments)
    for name in ("ticket", "basis"):
        if getattr(arguments, name) is None:
            raise InvalidInput("required", name=name if name == "ticket" else f"--{name}")
    with _open(arguments) as store:
        ticket = _papers(store, arguments).erase(
            arguments.ticket,
            actor=_actor(arguments),
            basis=arguments.basis,
            refs=arguments.ref,
        )
    lang = arguments.lang
    text = say(
        lang,
        f"erased; {ticket.id} is at version {ticket.version}",
        f"已删除；工单 {ticket.id} 现为第 {ticket.version} 版",
    )
    _told(arguments, {"ticket": ticket.id, "version": ticket.version, "refs": arguments.ref}, text)
    return 0


def _expired(arguments: argparse.Namespace) -> int:
    from workorder.errors import InvalidInput

    with _open(arguments) as store:
        rulebook = rulebook_in(store, arguments.rulebook)
        if rulebook is None:  # by another one's word, nothing or too much would be erased
            raise InvalidInput("required", name="--rulebook")
        desk = desk_for(store, rulebook).unrestricted()
        done = desk.erase_expired(actor=_actor(arguments), limit=arguments.limit)
    lang = arguments.lang
    if arguments.json:
        print_json(done.as_data(lang))
    else:
        print(
            say(
                lang,
                f"{len(done.erased):,} tickets were erased; {len(done.kept):,} were kept",
                f"已删除 {len(done.erased):,} 张工单的敏感内容，保留 {len(done.kept):,} 张",
            )
        )
        if done.kept:
            print_table(
                say(lang, "Kept all the same", "到期仍保留"),
                (say(lang, "ticket", "工单"), say(lang, "why", "原因")),
                [(each.ticket_id, each.text(lang)) for each in done.kept],
            )
    return 0


def _hold(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        papers = _papers(store, arguments)
        act = papers.lift_legal_hold if arguments.lift else papers.place_legal_hold
        ticket = act(arguments.ticket, arguments.case, actor=_actor(arguments))
    holds = list(ticket.work.legal_holds)
    lang = arguments.lang
    text = say(
        lang,
        f"{ticket.id} is kept for: {', '.join(holds) or 'nothing'}",
        f"工单 {ticket.id} 的保全案件：{'、'.join(holds) or '无'}",
    )
    data = {"ticket": ticket.id, "version": ticket.version, "legal_holds": holds}
    _told(arguments, data, text)
    return 0


def _told(arguments: argparse.Namespace, data: dict[str, Any], text: str) -> None:
    if arguments.json:
        print_json(data)
    else:
        print(text)


def _subject(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        lines = _papers(store, arguments).export_subject(arguments.customer)
        tickets = _written(lines, arguments.out) - 1
    if arguments.out is not None:
        text = say(
            arguments.lang,
            f"{arguments.out}: {tickets:,} tickets",
            f"{arguments.out}：工单 {tickets:,} 张",
        )
        _told(arguments, {"out": str(arguments.out), "tickets": tickets}, text)
    return 0


def _written(lines: Iterable[dict[str, Any]], out: Path | None) -> int:
    """Write each line, to a file or to standard output; how many there were."""
    from workorder.errors import InvalidInput

    number = 0
    if out is None:
        for line in lines:
            print(json.dumps(line, ensure_ascii=False))
            number += 1
        return number
    try:
        with out.open("w", encoding="utf-8") as file:
            for line in lines:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                number += 1
    except OSError as error:
        raise InvalidInput(
            "wrong_type", name="--out", expected="a file that can be written", found=str(error)
        ) from None
    return number


def _erasures(arguments: argparse.Namespace) -> int:
    if arguments.replay is not None:
        return _replay(arguments)
    with _open(arguments) as store:
        found = _papers(store, arguments).erasures(after=arguments.after)
        _written((each.as_data() for each in found), None)
    return 0


def _replay(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        told = _papers(store, arguments).replay_erasures(_lines(arguments.replay))
    lang = arguments.lang
    open_ones = [each for each in told if not each.settled]
    if arguments.json:
        print_json({"replayed": [each.as_data(lang) for each in told], "open": len(open_ones)})
    else:
        print_table(
            say(lang, "Erasures done again", "重新执行的删除"),
            (
                say(lang, "ticket", "工单"),
                say(lang, "outcome", "结果"),
                say(lang, "why", "原因"),
            ),
            [
                (
                    each.erasure.ticket_id,
                    say(lang, *_OUTCOMES[each.outcome]),
                    None if each.refusal is None else each.refusal.text(lang),
                )
                for each in told
            ],
        )
    return _KEPT if open_ones else 0


_OUTCOMES = {
    "erased": ("erased", "已删除"),
    "again": ("erased again", "已再次删除"),
    "already": ("nothing left", "已无内容"),
    "not_found": ("no such ticket", "工单不存在"),
    "refused": ("refused", "被拒绝"),
    "still_there": ("still there", "仍然存在"),
}


def _lines(path: Path) -> Iterator[str]:
    from workorder.errors import InvalidInput

    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeError) as error:
        raise InvalidInput(
            "wrong_type", name="--replay", expected="a file that can be read", found=str(error)
        ) from None
