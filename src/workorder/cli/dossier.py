"""``workorder dossier``: everything about one ticket in one file, that checks itself."""

import argparse
from pathlib import Path
from typing import Any

from workorder.cli.checkpoints import read_checkpoint
from workorder.cli.desks import add_rulebook_option, desk_for, rulebook_in
from workorder.cli.output import ProgressLine, print_json, say, shared, write_file

_WRONG = 1
_READ_FROM = "-"


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "dossier",
        parents=[shared()],
        help="everything about one ticket in one file, that an examiner checks alone",
        description="Write one page with everything about a ticket: readable without any program, "
        "and with the exact bytes in it, so that it can be checked without this one. It shows all "
        "that people wrote: it is for those who may see every ticket.",
    )
    made.add_argument("store", nargs="?", help="SQLite file")
    made.add_argument("ticket", nargs="?", help="its id, or its number where it came from")
    made.add_argument("--tenant", default="", help="whose store it is")
    add_rulebook_option(made)
    made.add_argument("--out", type=Path, metavar="FILE", help="write it there; TICKET.html if not")
    made.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="prove that it is part of this checkpoint"
    )
    made.add_argument("--without-texts", action="store_true", help="leave out what people wrote")
    made.add_argument(
        "--verifier",
        type=Path,
        nargs="?",
        const=Path(_READ_FROM),
        metavar="FILE",
        help="the program that checks dossiers, instead of a dossier; shown, or written to FILE",
    )
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run, misused=made.error)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.verifier is not None:
        return _verifier(arguments)
    if arguments.store is None or arguments.ticket is None:
        arguments.misused("STORE and TICKET are required (or --verifier)")
    from workorder.desk.preparing import system_time
    from workorder.dossier import dossier
    from workorder.storage import SQLiteStore

    path: Path | None = arguments.checkpoint
    checkpoint = None if path is None else read_checkpoint(path, "--checkpoint")
    progress = ProgressLine(quiet=arguments.quiet)
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        desk = desk_for(store, rulebook_in(store, arguments.rulebook, arguments.ticket))
        try:
            found = dossier(
                desk.unrestricted(),
                _ticket_id(desk, arguments.ticket),
                at=system_time(),
                checkpoint=checkpoint,
                language=arguments.lang,
                texts=not arguments.without_texts,
                progress=lambda done: progress("read", done),
            )
        finally:
            progress.close()
    out: Path = arguments.out or Path(f"{found.ticket_id}.html")
    write_file(out, found.html, "--out")
    _tell(found, out, arguments)
    return _WRONG if found.findings else 0


def _ticket_id(desk: Any, name: str) -> str:
    """The id of a ticket given by its id or by its number in the system it came from."""
    from workorder.conditions import where
    from workorder.storage import TicketQuery

    if desk.store.load([name]):
        return name
    page = desk.unrestricted().find(TicketQuery(where("key").equals(name), limit=1))
    return page.tickets[0].id if page.tickets else name


def _verifier(arguments: argparse.Namespace) -> int:
    from workorder.dossier import verifier_source

    source = verifier_source()
    out: Path = arguments.verifier
    if str(out) != _READ_FROM:
        write_file(out, source, "--verifier")
    if arguments.json:
        print_json({"verifier": source} if str(out) == _READ_FROM else {"out": str(out)})
    else:
        print(source.rstrip() if str(out) == _READ_FROM else out)
    return 0


def _tell(found: Any, out: Path, arguments: argparse.Namespace) -> None:
    entries = len(found.data["records"])
    if arguments.json:
        said = {"ticket": found.ticket_id, "out": str(out), "entries": entries}
        print_json({**said, "findings": list(found.findings)})
        return
    lang = arguments.lang
    holds = say(lang, "all of it holds", "核验全部成立")
    wrong = say(lang, "SOMETHING IS WRONG WITH IT:", "核验有误：")
    told = say(lang, f"{out}: {entries} entries", f"{out}：共 {entries} 条记录")
    print(f"{told}{say(lang, '; ', '；')}{wrong if found.findings else holds}")
    for sentence in found.findings:
        print(f"    {sentence}")
