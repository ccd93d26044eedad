"""A workflow without any finding, and ways to change one thing about it."""

from datetime import timedelta
from typing import Any

from attrs import evolve

from workorder.durations import Elapsed
from workorder.workflow import (
    SAME,
    STANDARD_RULES,
    Action,
    Argument,
    Definition,
    HoldReason,
    Question,
    Role,
    Row,
    Settings,
    State,
    Use,
    Workflow,
    rule,
)


def called(name: str) -> dict[str, str]:
    """A label in both languages."""
    return {"en": name, "zh-CN": f"某{name}"}


@rule("sized", holds=("", ""), otherwise=("", ""), least=int, names=tuple, besides_roles=tuple)
def sized(
    question: Question, least: int = 0, names: tuple[str, ...] = (), besides_roles: object = ()
) -> bool:
    """A rule with parameters."""
    return least > len(names)


@rule("quiet", holds=("", ""), otherwise=("", ""), setting=str, states=tuple, step=str)
def quiet(question: Question, setting: str = "", states: object = (), step: str = "") -> bool:
    """A rule whose parameters name a setting, states and an action."""
    return True


def action(name: str) -> Action:
    """An action with labels."""
    return Action(name, labels=called(name))


def state(name: str, category: Any = "open", stage: Any = "handling") -> State:
    """A state with labels."""
    return State(name, stage, category, called(name))


WAITING = HoldReason(
    "waiting",
    called("waiting"),
    pauses="internal",
    longest=Elapsed(timedelta(hours=72)),
    resumes_on=("answer",),
)

EVERYBODY = ("clerk", "chief")
OWN: dict[str, Any] = {"window": 5}

SOUND = Definition(
    name="sound",
    states=(
        state("new", "initial", "intake"),
        state("working"),
        state("pending"),
        state("done", "closed", "conclusion"),
        state("archived", "final", "conclusion"),
        state("merged", "final", "conclusion"),
    ),
    roles=(
        Role("clerk", labels=called("clerk")),
        Role("chief", labels=called("chief")),
        Role("auditor", labels=called("auditor"), read_only=True),
    ),
    actions=tuple(
        action(name)
        for name in (
            "open",
            "start",
            "note",
            "hold",
            "resume",
            "answer",
            "finish",
            "reopen",
            "archive",
            "merge",
            "unmerge",
        )
    ),
    rows=(
        Row("open", (), "new", EVERYBODY),
        Row("start", "new", "working", "clerk", (Use("sized", {"least": 1}),)),
        Row("note", ("new", "working", "archived"), SAME, EVERYBODY),
        Row("hold", ("new", "working"), "pending", "clerk", ("reason_given",)),
        Row("resume", "pending", "@before_hold", EVERYBODY),
        Row("answer", "pending", "@before_hold", EVERYBODY),
        Row("finish", "working", "done", "clerk", ("reason_given", "is_assignee")),
        Row("finish", "working", "archived", "clerk", ("is_assignee", "resolution_given")),
        Row("reopen", "done", "working", "chief"),
        Row("archive", "done", "archived", "chief"),
        Row("merge", ("new", "working", "pending"), "merged", "chief"),
        Row("unmerge", "merged", "@before_merge", "chief"),
    ),
    rules={**STANDARD_RULES, "sized": sized, "quiet": quiet},
    settings=Settings(hold_reasons=(WAITING,), own=OWN),
)
"""A workflow without any finding: holding, merging, archiving, a role that only reads."""


def changed(**changes: Any) -> Definition:
    """The sound definition with other parts."""
    return evolve(SOUND, **changes)


def more(*rows: Row) -> Definition:
    """The sound definition with more rows, and the actions they need."""
    known = {each.name for each in SOUND.actions}
    added = tuple(action(row.action) for row in rows if row.action not in known)
    return changed(rows=(*SOUND.rows, *rows), actions=(*SOUND.actions, *added))


def row(name: str, position: int = 0, **changes: Any) -> Definition:
    """The sound definition with one row changed: the n-th of an action."""
    at = [n for n, each in enumerate(SOUND.rows) if each.action == name][position]
    rows = list(SOUND.rows)
    rows[at] = evolve(rows[at], **changes)
    return changed(rows=tuple(rows))


def without(*actions: str) -> Definition:
    """The sound definition without some actions."""
    return changed(
        actions=tuple(each for each in SOUND.actions if each.name not in actions),
        rows=tuple(each for each in SOUND.rows if each.action not in actions),
    )


def states(*added: State, **changes: Any) -> Definition:
    """The sound definition with more states, or with one state changed (by name)."""
    known = (evolve(each, **changes.get(each.name, {})) for each in SOUND.states)
    return changed(states=(*known, *added))


def settings(**changes: Any) -> Definition:
    """The sound definition with other settings."""
    return changed(settings=evolve(SOUND.settings, **changes))


def using(name: str, **parameters: object) -> Definition:
    """The sound definition with a rule on its note."""
    return row("note", rules=(Use(name, parameters),))


def undecided(**changes: Any) -> Definition:
    """The sound definition with another hold reason."""
    return settings(hold_reasons=(evolve(WAITING, **changes),))


def taking(*arguments: Argument) -> Definition:
    """The sound definition with arguments of its note."""
    return changed(
        actions=tuple(
            evolve(each, arguments=arguments) if each.name == "note" else each
            for each in SOUND.actions
        )
    )


def made(definition: Definition) -> Workflow:
    """A workflow of the parts of a definition."""
    names = ("name", "states", "roles", "actions", "rows", "rules", "settings", "text_limit")
    return Workflow(**{name: getattr(definition, name) for name in names})
