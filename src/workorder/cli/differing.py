"""``workorder diff``: what a rulebook says otherwise than another, and what becomes of tickets."""

import argparse
from collections import Counter
from typing import Any

from workorder.cli.due import count
from workorder.cli.output import print_json, print_table, say, shared
from workorder.cli.rulebooks import add_extensions, find_rulebook

_REFUSED = 1


def add(commands: Any) -> None:
    """Declare the command."""
    made: argparse.ArgumentParser = commands.add_parser(
        "diff",
        parents=[shared()],
        help="what a rulebook says otherwise than another, and what becomes of tickets",
        description="Every change from one rulebook to another, by the key where it stands. With "
        "--store also what would become of every ticket in flight: safe, needs a map, or blocked, "
        "with every reason. Nothing is changed.",
    )
    made.add_argument("old", help="bank, basic, it_desk, or a .toml file")
    made.add_argument("new", help="the same")
    add_extensions(made)
    made.add_argument("--store", help="SQLite file with tickets that go by the old one")
    made.add_argument("--tenant", default="", help="whose store it is")
    made.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="the state that stands for an old one (repeat)",
    )
    made.add_argument("--limit", type=count, default=20, help="list at most so many tickets")
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from workorder.errors import InvalidInput
    from workorder.rulebook import diff

    states = _states(arguments.map)
    if states and arguments.store is None:
        raise InvalidInput("required", name="--store")
    old = find_rulebook(arguments.old, arguments.extensions)
    new = find_rulebook(arguments.new, arguments.extensions)
    found = diff(old, new)
    asked = None if arguments.store is None else _Asked(arguments, old, new, states)
    if arguments.json:
        names = {"old": _named(old), "new": _named(new)}
        tickets = {} if asked is None else {"tickets": asked.as_data()}
        print_json({**names, "changes": found.as_data(), **tickets})
    else:
        _show(found, old, new, arguments.lang)
        if asked is not None:
            asked.show()
    return _REFUSED if asked is not None and asked.held_back else 0


def _states(given: list[str]) -> dict[str, str]:
    from workorder.errors import InvalidInput

    states = {}
    for each in given:
        old, sign, new = each.partition("=")
        if not (old and sign and new):
            raise InvalidInput("wrong_type", name="--map", expected="OLD=NEW", found=each)
        states[old.strip()] = new.strip()
    return states


def _named(rulebook: Any) -> dict[str, str]:
    return {each: getattr(rulebook, each) for each in ("name", "version", "digest")}


def _show(found: Any, old: Any, new: Any, lang: str) -> None:
    if not found:
        print(say(lang, "Both say the same.", "两份规则手册内容相同。"))
        return
    count = len(found.changes)
    head = f"{old.name} {old.version} → {new.name} {new.version}"
    print(say(lang, f"{head}: {count} change{'s' * (count != 1)}", f"{head}：{count} 项变更"))
    for each in found.changes:
        print(f"  {each.text(lang)}")


class _Asked:
    """What would become of the tickets of a store."""

    def __init__(
        self, arguments: argparse.Namespace, old: Any, new: Any, states: dict[str, str]
    ) -> None:
        from workorder.desk import ServiceDesk
        from workorder.rulebook import Plan
        from workorder.storage import SQLiteStore

        self.lang: str = arguments.lang
        self.counts = Counter({"safe": 0, "needs_map": 0, "blocked": 0, "there": 0})
        self.listed: list[Any] = []
        with SQLiteStore(arguments.store, tenant=arguments.tenant, create=False) as store:
            desk = ServiceDesk(store, rulebook=new, earlier=(old,))
            for each in desk.unrestricted().verdicts(Plan(states)):
                self.counts["there" if each.there else each.verdict] += 1
                if not each.safe and len(self.listed) < arguments.limit:
                    self.listed.append(each)

    @property
    def held_back(self) -> int:
        """How many tickets cannot be moved as it stands."""
        return self.counts["needs_map"] + self.counts["blocked"]

    def as_data(self) -> dict[str, Any]:
        """The answer as plain data."""
        return {**self.counts, "listed": [each.as_data(self.lang) for each in self.listed]}

    def show(self) -> None:
        """The answer for people."""
        lang = self.lang
        words = {
            "safe": say(lang, "safe", "可以迁移"),
            "needs_map": say(lang, "need a map", "需指定对应状态"),
            "blocked": say(lang, "blocked", "不能迁移"),
            "there": say(lang, "go by it already", "已依据新版"),
        }
        title = say(lang, "Tickets in flight", "在办工单")
        print_table(title, tuple(words.values()), [tuple(self.counts[each] for each in words)])
        for each in self.listed:
            print(each.text(lang))
        left = self.held_back - len(self.listed)
        if left:
            print(say(lang, f"and {left} more: --limit", f"另有 {left} 张：--limit"))
