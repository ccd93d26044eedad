"""``workorder history``, ``options``, ``find``: look into a store."""

import argparse
from typing import Any

from workorder.cli.desks import add_rulebook_option, desk_for, rulebook_in
from workorder.cli.output import print_json, print_table, say, shared

_OPERATORS = ("!=", "<=", ">=", "=", "<", ">")
_NAMES = {"!=": "ne", "<=": "le", ">=": "ge", "=": "eq", "<": "lt", ">": "gt"}


def add(commands: Any) -> None:
    """Declare the commands."""
    history: argparse.ArgumentParser = commands.add_parser(
        "history", parents=[shared()], help="what happened to a ticket"
    )
    options: argparse.ArgumentParser = commands.add_parser(
        "options", parents=[shared()], help="what somebody may do with a ticket, and why not"
    )
    find: argparse.ArgumentParser = commands.add_parser(
        "find",
        parents=[shared()],
        help="tickets by field",
        description="Tickets by field. Without --actor: every ticket of the store.",
    )
    for made in (history, options, find):
        made.add_argument("store", help="SQLite file")
        made.add_argument("--tenant", default="", help="whose store it is")
        made.add_argument("--actor", help="for whom", required=made is options)
        made.add_argument("--role", action="append", default=[], help="in which role (repeat)")
        made.add_argument("--department", help="where they sit")
        add_rulebook_option(made)
    for made in (history, options):
        made.add_argument("ticket", help="its id, or its number in the system it came from")
    find.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="also != < <= > >=; all given must hold (repeat)",
    )
    find.add_argument("--missing", action="append", default=[], metavar="FIELD")
    find.add_argument("--order", action="append", default=[], help="FIELD or FIELD:desc (repeat)")
    find.add_argument("--limit", type=int, default=20)
    find.add_argument("--after", help="the mark of the page before")
    history.set_defaults(run=_history)
    options.set_defaults(run=_options)
    find.set_defaults(run=_find)


def _open(arguments: argparse.Namespace) -> Any:
    from workorder.storage import SQLiteStore

    return SQLiteStore(arguments.store, tenant=arguments.tenant, create=False)


def _actor(arguments: argparse.Namespace) -> Any:
    from workorder.workflow import Actor

    if arguments.actor is None:
        if arguments.role or arguments.department:
            # Without somebody they would be forgotten, and everything be shown.
            from workorder.errors import InvalidInput

            raise InvalidInput("required", name="--actor")
        return None
    return Actor(arguments.actor, frozenset(arguments.role), arguments.department)


def _ticket_id(desk: Any, name: str, actor: Any) -> str:
    """The id of a ticket given by its id or by its number in the system it came from; of those
    *actor* may see, not to tell that there are others.
    """
    from workorder.conditions import where
    from workorder.storage import TicketQuery

    if desk.store.load([name]):
        return name
    query = TicketQuery(where("key").equals(name), limit=1)
    page = desk.unrestricted().find(query) if actor is None else desk.find(query, actor=actor)
    return page.tickets[0].id if page.tickets else name


def _history(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        rulebook = rulebook_in(store, arguments.rulebook, arguments.ticket)
        desk = desk_for(store, rulebook)
        actor = _actor(arguments)
        ticket_id = _ticket_id(desk, arguments.ticket, actor)
        if actor is None:
            entries = desk.unrestricted().history(ticket_id)
        else:
            entries = desk.history(ticket_id, actor=actor)
    rows = [entry.as_data() for entry in entries]
    if arguments.json:
        print_json({"ticket": ticket_id, "entries": rows})
        return 0
    lang = arguments.lang
    workflow = rulebook.workflow if rulebook is not None else None
    print_table(
        say(lang, f"Ticket {ticket_id}", f"工单 {ticket_id}"),
        (
            "#",
            say(lang, "when (UTC)", "时间（UTC）"),
            say(lang, "who", "人员"),
            say(lang, "as", "角色"),
            say(lang, "did", "操作"),
            say(lang, "state", "状态"),
            say(lang, "said", "内容"),
        ),
        [
            (
                row["sequence"],
                row["at"][:19].replace("T", " "),
                row["actor"] or "-",
                _label(workflow, "role_labels", row["role"], lang),
                _label(workflow, "action_labels", row["action"], lang),
                _label(workflow, "labels", row["state"], lang),
                _said(row["said"]),
            )
            for row in rows
        ],
    )
    return 0


_KNOWN = ("type", "source", "key", "row", "state", "opened_at", "resolved", "source_at", "raw")
_SHOWN = ("assignee", "department", "customer", "channel", "fields", "arguments", "notes")


def _said(said: dict[str, Any]) -> str:
    """What was said in an entry, in one line: texts, who has it, fields, oddities."""
    parts = []
    for name, value in said.items():
        if isinstance(value, dict):
            parts += [f"{key}: {each}" for key, each in value.items() if name in _SHOWN]
        elif isinstance(value, list | tuple):
            parts.append(f"{name}: {', '.join(map(str, value))}")
        elif name in _SHOWN or name not in _KNOWN:
            parts.append(f"{name}: {value}")
    return "; ".join(parts)


def _label(workflow: Any, kind: str, name: str, lang: str) -> str:
    """The label of a name; the bare name, if the workflow does not know it, or nobody knows which
    workflow it was.
    """
    labels = getattr(workflow, kind, {})
    return labels[name].text(lang) if name in labels else name


def _options(arguments: argparse.Namespace) -> int:
    with _open(arguments) as store:
        desk = desk_for(store, rulebook_in(store, arguments.rulebook, arguments.ticket))
        actor = _actor(arguments)
        explanation = desk.explain(_ticket_id(desk, arguments.ticket, actor), actor=actor)
    if arguments.json:
        print_json(explanation.as_data(arguments.lang))
    else:
        print(explanation.text(arguments.lang))
    return 0


_HEADINGS = ("编号", "来源号", "类型", "状态", "处理人", "部门", "客户", "登记时间")


def _find(arguments: argparse.Namespace) -> int:
    from workorder.conditions import AllOf, where
    from workorder.instants import instant_text
    from workorder.storage import TicketQuery

    with _open(arguments) as store:
        desk = desk_for(store, rulebook_in(store, arguments.rulebook))
        kinds = desk.searchable()
        conditions = [_condition(text, kinds) for text in arguments.where]
        conditions += [where(name).is_missing() for name in arguments.missing]
        query = TicketQuery(AllOf(tuple(conditions)), _order(arguments.order), arguments.limit)
        actor = _actor(arguments)
        if actor is None:
            page = desk.unrestricted().find(query, after=arguments.after)
        else:
            page = desk.find(query, actor=actor, after=arguments.after)
    columns = ("id", "key", "type", "state", "assignee", "department", "customer", "opened")
    rows = [
        (
            ticket.id,
            ticket.origin.key,
            ticket.type,
            ticket.state,
            ticket.assignee,
            ticket.department,
            ticket.customer,
            instant_text(ticket.times.opened),
        )
        for ticket in page.tickets
    ]
    if arguments.json:
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        print_json({"tickets": found, "next": page.next})
        return 0
    lang = arguments.lang
    shown = [(*row[:-1], str(row[-1])[:16].replace("T", " ")) for row in rows]
    headings = columns if lang == "en" else _HEADINGS
    print_table(say(lang, "Tickets", "工单"), headings, shown)
    if page.next is not None:
        print(say(lang, f"more: --after {page.next}", f"下一页：--after {page.next}"))
    return 0


def _order(given: list[str]) -> tuple[Any, ...]:
    """Read ``FIELD`` and ``FIELD:desc``."""
    from workorder.storage import Sort

    return tuple(
        Sort(each.removesuffix(":desc"), each.endswith(":desc")) for each in given or ["opened"]
    )


def _condition(text: str, kinds: Any) -> Any:
    """Read ``FIELD=VALUE`` as a comparison, the value in the field's kind."""
    from workorder.conditions import Compare
    from workorder.errors import InvalidInput
    from workorder.instants import read_instant

    for position in range(len(text)):
        operator = next((each for each in _OPERATORS if text.startswith(each, position)), None)
        if operator is None:
            continue
        field, value = text[:position].strip(), text[position + len(operator) :].strip()
        kind = kinds.get(field)
        try:
            if kind == "integer":
                return Compare(field, _NAMES[operator], int(value))
            if kind == "instant":
                return Compare(field, _NAMES[operator], read_instant(value))
        except ValueError as error:
            raise InvalidInput("wrong_type", name=field, expected=kind, found=value) from error
        if kind == "flag":
            return Compare(field, _NAMES[operator], value.lower() in {"true", "yes", "1"})
        if kind == "codes" and operator in {"=", "!="}:
            among = Compare(field, "contains", value)
            return among if operator == "=" else ~among
        return Compare(field, _NAMES[operator], value)
    raise InvalidInput("wrong_type", name="--where", expected="FIELD=VALUE", found=text)
