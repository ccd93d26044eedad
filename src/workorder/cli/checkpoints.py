"""``workorder checkpoint``: one digest over the whole log of a store, to be kept elsewhere."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workorder.cli.output import ProgressLine, print_json, say, shared, write_file

_NOT_GROWN = 1


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "checkpoint",
        parents=[shared()],
        help="one digest over the whole log, to be kept elsewhere",
        description="Read the log of a store once, and make a checkpoint of it by this machine's "
        "clock. Keep it where those who keep the store cannot reach it; `workorder verify "
        "--against` compares the store with it.",
    )
    made.add_argument("store", help="SQLite file")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument("--out", type=Path, metavar="FILE", help="write the checkpoint here")
    made.add_argument(
        "--since", type=Path, metavar="FILE", help="an earlier checkpoint: prove that it stands"
    )
    made.add_argument("--quiet", action="store_true", help="no progress")
    made.set_defaults(run=run)


def read_checkpoint(path: Path, option: str) -> Any:
    """The checkpoint in a file: by itself, or as ``checkpoint`` of what ``--json`` said.

    Raises:
        InvalidInput: when the file cannot be read, or is no JSON; when ``--json`` said that the log
            no longer begins with the checkpoint before.
        ConfigurationError: when it is no checkpoint, with everything that is wrong with it.
    """
    from workorder.errors import InvalidInput
    from workorder.storage import Checkpoint

    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        expected = "a file with a checkpoint"
        found = str(error) if isinstance(error, OSError) else "no JSON"
        raise InvalidInput("wrong_type", name=option, expected=expected, found=found) from None
    if isinstance(said, dict) and "root" not in said and "checkpoint" in said:
        if said.get("grown") is False:
            expected = "a checkpoint that begins with the one before it"
            raise InvalidInput("wrong_type", name=option, expected=expected, found="one that fails")
        said = said["checkpoint"]
    return Checkpoint.from_data(said, str(path))


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.storage import SQLiteStore, take_checkpoint

    before = None if arguments.since is None else read_checkpoint(arguments.since, "--since")
    progress = ProgressLine(quiet=arguments.quiet)
    with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
        try:
            now = datetime.now(UTC)
            algorithm = {} if before is None else {"algorithm": before.algorithm}
            made = take_checkpoint(
                store, now, **algorithm, progress=lambda done: progress("read", done)
            )
            proof = None if before is None else _proof(store, before, made)
        finally:
            progress.close()
    grown = before is None or (proof is not None and proof.holds())
    if arguments.out is not None and grown:
        write_file(arguments.out, made.data().decode() + "\n", "--out")
    if arguments.json:
        print_json(
            {
                "checkpoint": made.as_data(),
                "grown": None if before is None else grown,
                "proof": None if proof is None else proof.as_data(),
            }
        )
    else:
        _show(made, before, arguments, grown=grown)
    return 0 if grown else _NOT_GROWN


def _proof(store: Any, before: Any, made: Any) -> Any:
    """The proof that *before* still stands; ``None``, where the log is shorter than it was."""
    from workorder.storage import prove_growth

    return prove_growth(store, before, made) if before.size <= made.size else None


def _show(made: Any, before: Any, arguments: argparse.Namespace, *, grown: bool) -> None:
    lang = arguments.lang
    if not grown:
        print(
            say(
                lang,
                f"the log no longer begins with the {before.size:,} records of the checkpoint of "
                f"{before.at:%Y-%m-%d %H:%M} UTC: no checkpoint was written",
                f"日志开头已不是检查点（{before.at:%Y-%m-%d %H:%M} UTC）的 {before.size:,} "
                "条记录，未写出检查点",
            )
        )
        return
    if arguments.out is None:
        print(made.data().decode())
        return
    added = "" if before is None else _added(made.size - before.size, lang)
    colon = say(lang, ": ", "：")
    size = say(lang, f"{made.size:,} records", f"{made.size:,} 条记录")
    print(f"{arguments.out}{colon}{size}, {made.root}{added}")


def _added(number: int, lang: str) -> str:
    return say(
        lang,
        f"; all of the earlier checkpoint stands, {number:,} were added",
        f"；此前检查点的记录均在，新增 {number:,} 条",
    )
