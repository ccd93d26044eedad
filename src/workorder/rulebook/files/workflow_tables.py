"""Reading the workflow of a rulebook file: states, roles, actions with their rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from workorder.canonical import encode
from workorder.errors import InvalidInput
from workorder.plain import plain
from workorder.rulebook.content import PLAIN
from workorder.rulebook.extension import Extension
from workorder.rulebook.files.converter import frozen_data
from workorder.rulebook.files.parts import read_labels, read_part, tables
from workorder.tables import Table, quoted
from workorder.ticket import Command
from workorder.ticket.commands import BUILT_IN
from workorder.workflow import Action, Argument, Role, Row, State, Use

ROW_KEYS = ("from", "to", "roles", "rules")
"""What a row says; an action with one row says it in its own table."""

_TARGET = "a state, “=” or “@” and the name under which a state is remembered"


def typed_commands(extensions: Iterable[Extension]) -> dict[str, type[Command]]:
    """The commands by action whose arguments no file declares: those that ship, and a host's."""
    typed = (*BUILT_IN, *(each.command for each in extensions))
    return {each.action: each for each in typed}


def read_states(file: Table) -> tuple[State, ...]:
    """The states; where stage or category is wrong, a state that has none."""
    instead = {"stage": "", "category": ""}
    made = (
        read_part(State, table, given={"name": name}, instead=instead)
        for name, table in tables(file, "states")
    )
    return tuple(each for each in made if each is not None)


def read_roles(file: Table) -> tuple[Role, ...]:
    """The roles."""
    made = (read_part(Role, table, given={"name": name}) for name, table in tables(file, "roles"))
    return tuple(each for each in made if each is not None)


def read_actions(
    file: Table, commands: Mapping[str, type[Command]]
) -> tuple[tuple[Action, ...], tuple[Row, ...], Mapping[str, str]]:
    """The actions, their rows, and where the only row of an action stands, if not where usual.

    Args:
        file: the table of the whole file.
        commands: the typed commands by action; their arguments are not written down again.
    """
    actions: list[Action] = []
    rows: list[Row] = []
    moved: dict[str, str] = {}
    for name, table in tables(file, "actions"):
        labels = read_labels(table)
        arguments = _arguments(table, commands.get(name))
        made = _rows(table, name)
        if len(made) == 1 and "rows" in table.data:
            moved |= {f"{table.path}.{key}": f"{table.path}.rows[0].{key}" for key in ROW_KEYS}
        rows += made
        table.finish(ROW_KEYS)
        actions.append(Action(name, arguments, labels))
    return tuple(actions), tuple(rows), moved


def _arguments(table: Table, command: type[Command] | None) -> tuple[Argument, ...]:
    if command is None:
        made = (read_part(Argument, each) for each in table.tables("arguments"))
        return tuple(each for each in made if each is not None)
    if table.any("arguments") is not None:
        found = "arguments of an action that has a typed command"
        table.say("arguments", found, f"nothing: {command.__name__} says what it takes")
    return command.specs()


def _rows(table: Table, action: str) -> list[Row]:
    own = [name for name in ROW_KEYS if name in table.data]
    if "rows" not in table.data:
        table.any("rows")
        return [_row(table, action)] if own else []
    if own:
        table.say("rows", f"rows beside {', '.join(own)}", "all of it in the rows, or no rows")
    made = []
    for each in table.tables("rows"):
        made.append(_row(each, action))
        each.finish()
    return made


def _row(table: Table, action: str) -> Row:
    """A row; where the target is wrong, one that leads nowhere."""
    return Row(
        action,
        table.texts("from") or (),
        table.take("to", str, _TARGET, required=True) or "",
        table.texts("roles") or (),
        _uses(table),
    )


def _uses(table: Table) -> tuple[Use, ...]:
    made = []
    for number, value in enumerate(table.take("rules", list, "a list of rules") or ()):
        use = _use(value)
        if use is None:
            expected = "the name of a rule, or { rule = name, … } with its parameters"
            table.say(f"rules[{number}]", quoted(value), expected)
        elif _plain(table, number, use):
            made.append(use)
    return tuple(made)


def _plain(table: Table, number: int, use: Use) -> bool:
    """Whether the parameters can stand in a rulebook, which has a digest of everything."""
    sound = True
    for name, value in use.parameters.items():
        try:
            encode(plain(value))
        except InvalidInput as error:
            found = str(error.facts.get("found", error.code))
            table.say(f"rules[{number}].{name}", found, PLAIN)
            sound = False
    return sound


def _use(value: Any) -> Use | None:
    if isinstance(value, str):
        return Use(value)
    if isinstance(value, Mapping) and isinstance(value.get("rule"), str):
        given = {name: frozen_data(each) for name, each in value.items() if name != "rule"}
        return Use(value["rule"], given)
    return None
