"""``workorder import``: bring in another system's log."""

import argparse
from pathlib import Path
from typing import Any

from workorder.cli.output import ProgressLine, print_json, print_table, say, shared

_ANSWERS = {
    "allowed": ("allowed", "允许"),
    "refused": ("refused", "不允许"),
    "refused_on_guessed_roles": (
        "refused, if the guessed roles are right",
        "若角色推测无误则不允许",
    ),
    "refused_on_unmatched_names": (
        "refused, unless the assignee acted",
        "仅处理人本人操作时允许，否则不允许",
    ),
    "undecidable": ("cannot be judged", "无法判断"),
}
SHOWN = 12


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "import",
        parents=[shared()],
        help="bring in a CSV log of another system",
        description="Bring in a CSV log (plain or gzip). Running it again adds nothing; "
        "after an interruption it goes on where it was.",
    )
    made.add_argument("file", help="the log")
    made.add_argument("--mapping", required=True, help="TOML file: what columns and words mean")
    made.add_argument(
        "--rulebook", metavar="NAME|FILE", help="instead of the one that the mapping names"
    )
    made.add_argument("--store", required=True, help="SQLite file; made if missing")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--secret",
        metavar="FILE",
        help="file with the key of the digests of rows; the same for every run on a store",
    )
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.cli.rulebooks import find_rulebook
    from workorder.exchange import check_log, import_log, load_mapping, rulebook_of
    from workorder.storage import SQLiteStore

    mapping = load_mapping(arguments.mapping)
    named = arguments.rulebook
    rulebook = find_rulebook(named) if named is not None else rulebook_of(mapping)
    secret = _secret(arguments.secret)
    progress = ProgressLine(quiet=arguments.quiet)
    try:
        # A file that cannot be read leaves no store behind.
        rows = check_log(arguments.file, mapping, rulebook=rulebook, progress=progress)
        with SQLiteStore(arguments.store, tenant=arguments.tenant) as store:
            report = import_log(
                arguments.file,
                mapping,
                store,
                rulebook=rulebook,
                progress=progress,
                checked=rows,
                secret=secret,
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
            f"{report.rows:,} entries of {report.tickets:,} tickets: {report.added:,} brought in, "
            f"{report.known:,} there already, {report.skipped:,} left out",
            f"共 {report.tickets:,} 张工单 {report.rows:,} 条记录：导入 {report.added:,} 条，"
            f"已存在 {report.known:,} 条，略过 {report.skipped:,} 条",
        )
    )
    _oddities(report, lang)
    _conformance(report, lang)
    return 0


def _secret(file: str | None) -> bytes:
    from workorder.errors import SourceError

    try:
        return Path(file).read_bytes().strip() if file is not None else b""
    except OSError as error:
        raise SourceError("unreadable", file=file, reason=error.strerror or str(error)) from error


def _oddities(report: Any, lang: str) -> None:
    from workorder.exchange import NOTES

    rows = [
        (number, NOTES[kind][lang != "en"], ", ".join(keys))
        for kind, (number, keys) in sorted(report.oddities.items(), key=lambda each: -each[1][0])
    ]
    if rows:
        columns = (say(lang, "entries", "条数"), say(lang, "what", "异常"), say(lang, "e.g.", "例"))
        print_table(say(lang, "Oddities", "异常记录"), columns, rows)


def _conformance(report: Any, lang: str) -> None:
    kinds = report.conformance.kinds()
    if not kinds:
        return
    totals = report.conformance.totals()
    print_table(
        say(lang, "Held against the rules", "与规则对照"),
        (say(lang, "steps", "步数"), say(lang, "answer", "结论")),
        [(number, _ANSWERS[answer][lang != "en"]) for answer, number in totals.items()],
    )
    refused = [each for each in kinds if each[0].answer != "allowed"]
    print_table(
        say(
            lang,
            f"The {SHOWN} most frequent that are not allowed",
            f"最常见的 {SHOWN} 类不允许的步骤",
        ),
        (
            say(lang, "steps", "步数"),
            say(lang, "from", "原状态"),
            say(lang, "to", "新状态"),
            say(lang, "step", "步骤"),
            say(lang, "answer", "结论"),
            say(lang, "why", "原因"),
        ),
        [
            (
                count.number,
                kind.before,
                kind.after,
                kind.step,
                _ANSWERS[kind.answer][lang != "en"],
                ", ".join(kind.rules) or kind.code,
            )
            for kind, count in refused[:SHOWN]
        ],
    )
