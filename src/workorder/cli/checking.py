"""``workorder check``: everything that is wrong with a rulebook, or what it has."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workorder.cli.output import print_json, print_table, say, shared
from workorder.cli.rulebooks import add_rulebook, find_rulebook, rulebook_file

_BAD = 3
_COUNTS = {
    "states": "个状态",
    "roles": "个角色",
    "actions": "个操作",
    "rows": "条流转",
    "rules": "条规则",
    "types": "种工单类型",
}


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "check",
        parents=[shared()],
        help="what is wrong with a rulebook, all of it at once",
        description="Every mistake in a rulebook, each with file, line, key, what was found and "
        "what was expected; of one without mistakes, what is worth a look, and its figures.",
    )
    add_rulebook(made)
    made.add_argument("--strict", action="store_true", help="warnings count as mistakes")
    made.add_argument("--paths", action="store_true", help="a shortest way to every state")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.errors import ConfigurationError

    path = rulebook_file(arguments.rulebook)
    try:
        rulebook = find_rulebook(arguments.rulebook, arguments.extensions)
        found = _warnings(rulebook, path)
    except ConfigurationError as error:
        rulebook, found = None, list(error.findings)
    bad = any(arguments.strict or each.severity == "error" for each in found)
    if arguments.json:
        print_json(_data(rulebook, found, paths=arguments.paths))
    else:
        _show(rulebook, found, arguments)
    return _BAD if bad else 0


def _warnings(rulebook: Any, path: Path) -> list[Any]:
    """What is worth a look, each with its line, in the order of the file."""
    from attrs import evolve

    from workorder.rulebook.files.lines import key_lines, line_of
    from workorder.rulebook.findings import rulebook_warnings
    from workorder.tables import read_text

    found = rulebook_warnings(rulebook)
    lines = key_lines(read_text(path)) if found else {}
    placed = [evolve(each, key=_in_file(each.key, lines)) for each in found]
    numbered = [(line_of(each.key, lines) or 0, each) for each in placed]
    return [
        evolve(each, file=f"{path}:{line}" if line else str(path))
        for line, each in sorted(numbered, key=lambda pair: pair[0])
    ]


def _in_file(key: str, lines: Mapping[str, int]) -> str:
    """*key* where the file has it: a field of a form may stand among the fields of all."""
    form, dot, field = key.partition(".fields.")
    shared = f"fields.{field}"
    there = bool(dot) and form.startswith("forms.") and shared.partition(".labels")[0] in lines
    return shared if there else key


def _show(rulebook: Any, found: list[Any], arguments: argparse.Namespace) -> None:
    lang = arguments.lang
    for each in found:
        print(" ".join(each.text(lang).splitlines()))
    if rulebook is None:
        print(say(lang, f"Mistakes: {len(found)}.", f"错误：{len(found)} 项。"))
        return
    if arguments.paths:
        _show_paths(rulebook.workflow, lang)
    between, colon = say(lang, ", ", "，"), say(lang, ": ", "：")
    counts = between.join(
        f"{number} {say(lang, name, _COUNTS[name])}" for name, number in _counts(rulebook).items()
    )
    print(f"{rulebook.name} {rulebook.version}{colon}{counts}")
    print(f"{say(lang, 'digest', '摘要')}{colon}{rulebook.digest}")
    if found:
        print(say(lang, f"Warnings: {len(found)}.", f"警告：{len(found)} 项。"))


def _show_paths(workflow: Any, lang: str) -> None:
    from workorder.workflow.paths import shortest_paths

    print_table(
        say(lang, "A shortest way to every state, rules aside", "到达各状态的最短路径（不计规则）"),
        (say(lang, "state", "状态"), say(lang, "steps", "步数"), say(lang, "by", "路径")),
        [
            (
                workflow.labels[state].text(lang),
                len(path),
                " → ".join(workflow.action_labels[step.action].text(lang) for step in path),
            )
            for state, path in shortest_paths(workflow).items()
        ],
    )


def _counts(rulebook: Any) -> dict[str, int]:
    workflow = rulebook.workflow
    return {
        "states": len(workflow.states),
        "roles": len(workflow.roles),
        "actions": len(workflow.actions),
        "rows": len(workflow.rows),
        "rules": len({use.rule for row in workflow.rows for use in row.rules}),
        "types": len(rulebook.forms),
    }


def _data(rulebook: Any, found: list[Any], *, paths: bool) -> dict[str, Any]:
    from attrs import asdict

    data: dict[str, Any] = {"findings": [asdict(each) for each in found], "rulebook": None}
    if rulebook is None:
        return data
    data["rulebook"] = {
        "name": rulebook.name,
        "version": rulebook.version,
        "digest": rulebook.digest,
        **_counts(rulebook),
    }
    if paths:
        from workorder.workflow.paths import shortest_paths

        data["paths"] = {
            state: [
                {"action": s.action, "role": s.role, "from": s.from_state, "to": s.to_state}
                for s in path
            ]
            for state, path in shortest_paths(rulebook.workflow).items()
        }
    return data
