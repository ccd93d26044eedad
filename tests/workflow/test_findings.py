"""What is wrong with a workflow is found when it is made, all at once."""

from typing import Any

import pytest

from tests.builders import workflow
from workorder.errors import ConfigurationError
from workorder.workflow import Action, Argument, Question, Role, Row, State, Use, rule

WAYS = workflow().rows
NEW, DONE = workflow().states
OPEN, NOTE, FINISH = workflow().actions


def found(**changes: Any) -> list[tuple[str, str, str]]:
    """Everything found in the small workflow with *changes*: key, found, expected."""
    with pytest.raises(ConfigurationError) as refused:
        workflow(**changes)
    return [(each.key, each.found, each.expected) for each in refused.value.findings]


@rule("sized", holds=("", ""), otherwise=("", ""), least=int, names=tuple)
def sized(question: Question, least: int = 0, names: tuple[str, ...] = ()) -> bool:
    """A rule with parameters."""
    return least > len(names)


LATE = State("late", "handling", "closed")

FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "a state twice": (
        {"states": (NEW, DONE, DONE)},
        [("states.done", "2 times", "once")],
    ),
    "a role twice": (
        {"roles": (Role("clerk"), Role("chief"), Role("clerk"), Role("clerk"))},
        [("roles.clerk", "3 times", "once")],
    ),
    "an action twice": (
        {"actions": (OPEN, NOTE, FINISH, NOTE)},
        [("actions.note", "2 times", "once")],
    ),
    "a role without a name": (
        {"roles": (Role("clerk"), Role("chief"), Role(""))},
        [("roles", "an empty name", "a name")],
    ),
    "an unknown stage": (
        {"states": (NEW, State("done", "handlign", "closed"))},  # type: ignore[arg-type]
        [("states.done.stage", "handlign", "handling")],
    ),
    "an unknown category": (
        {"states": (State("new", "intake", "x"), DONE)},  # type: ignore[arg-type]
        [
            ("states.new.category", "x", "one of initial, open, closed, final"),
            ("states", "initial states: none", "exactly one initial state"),
        ],
    ),
    "no initial state": (
        {"states": (State("new", "intake", "open"), DONE)},
        [("states", "initial states: none", "exactly one initial state")],
    ),
    "two initial states": (
        {
            "states": (NEW, DONE, State("late", "intake", "initial")),
            "rows": (*WAYS, Row("note", "done", "late", "clerk", ("is_assignee",)),
                     Row("finish", "late", "done", "clerk")),
        },
        [("states", "initial states: new, late", "exactly one initial state")],
    ),
    "an action without a row": (
        {"actions": (OPEN, NOTE, FINISH, Action("archive"))},
        [("actions.archive", "no row", "at least one row")],
    ),
    "an argument of an unknown kind": (
        {"actions": (OPEN, NOTE, Action("finish", (Argument("at", "instnat"),)))},  # type: ignore[arg-type]
        [("actions.finish.arguments.at.kind", "instnat", "instant")],
    ),
    "an unknown action": (
        {"rows": (*WAYS, Row("finsh", "new", "done", "clerk"))},
        [("actions.finsh", "the action finsh", "finish")],
    ),
    "an unknown source": (
        {"rows": (*WAYS, Row("note", ("nwe", "done"), "=", "clerk"))},
        [("actions.note.rows[1].from", "nwe", "new")],
    ),
    "an unknown target": (
        {"rows": (*WAYS, Row("finish", "new", "dnoe", "clerk"))},
        [("actions.finish.rows[1].to", "dnoe", "done")],
    ),
    "opening into nothing": (
        {"rows": (*WAYS, Row("open", (), "=", "clerk"))},
        [("actions.open.rows[1].to", "=", "a state to open in")],
    ),
    "no role": (
        {"rows": (*WAYS, Row("note", "new", "=", ()))},
        [("actions.note.rows[1].roles", "none", "one of clerk, chief")],
    ),
    "an unknown role": (
        {"rows": (*WAYS, Row("note", "new", "=", ("clerk", "cheif")))},
        [("actions.note.rows[1].roles", "cheif", "chief")],
    ),
    "an unknown rule": (
        {"rows": (*WAYS, Row("note", "new", "=", "clerk", ("reason_givn",)))},
        [
            (
                "actions.note.rows[1].rules.reason_givn",
                "an unknown rule",
                "reason_given or resolution_given",
            )
        ],
    ),
    "an unknown parameter": (
        {
            "rules": {"sized": sized},
            "rows": (*WAYS, Row("note", "new", "=", "clerk", (Use("sized", {"most": 1}),))),
        },
        [("actions.note.rows[1].rules.sized.most", "an unknown parameter", "least, names")],
    ),
    "a parameter where none is taken": (
        {"rows": (*WAYS, Row("note", "new", "=", "clerk", (Use("is_assignee", {"x": 1}),)))},
        [("actions.note.rows[1].rules.is_assignee.x", "an unknown parameter", "no parameter")],
    ),
    "a parameter of a wrong type": (
        {
            "rules": {"sized": sized},
            "rows": (*WAYS, Row("note", "new", "=", "clerk", (Use("sized", {"least": "5"}),))),
        },
        [("actions.note.rows[1].rules.sized.least", "“5”", "a whole number")],
    ),
    "no way to open": (
        {"actions": (NOTE, FINISH), "rows": WAYS[1:]},
        [("rows", "no row without sources", "a row that opens a ticket")],
    ),
    "a state nobody reaches": (
        {"states": (NEW, DONE, LATE)},
        [("states.late", "no way into it", "a row that leads there")],
    ),
    "a circle nobody enters": (
        {
            "states": (NEW, DONE, LATE, State("later", "handling", "closed")),
            "rows": (
                *WAYS,
                Row("note", "late", "later", "clerk"),
                Row("note", "later", "late", "clerk"),
            ),
        },
        [
            ("states.late", "no way into it", "a row that leads there"),
            ("states.later", "no way into it", "a row that leads there"),
        ],
    ),
    "two targets that nothing tells apart": (
        {"rows": (*WAYS, Row("finish", "new", "new", "chief"))},
        [("actions.finish.rows[1].to", "two targets from new for chief: done, new",
          "a rule that tells them apart")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(changes: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """This one fault is found, with the key where it stands and what was expected instead."""
    assert found(**changes) == expected


def test_several_faults_are_found_at_once() -> None:
    """Faults of every part are listed together, each with its own key."""
    keys = [
        key
        for key, _, _ in found(
            states=(NEW, DONE, DONE, State("late", "handling", "x")),  # type: ignore[arg-type]
            actions=(OPEN, NOTE, FINISH, Action("archive")),
            rows=(
                *WAYS,
                Row("note", ("nwe", "dnoe"), "lost", ("cheif",), ("nothing", Use("is_assignee"))),
                Row("fly", "new", "done", ()),
            ),
        )
    ]
    assert keys == [
        "states.done",
        "states.late.category",
        "actions.archive",
        "actions.note.rows[1].from",
        "actions.note.rows[1].from",
        "actions.note.rows[1].to",
        "actions.note.rows[1].roles",
        "actions.fly",
        "actions.fly.roles",
        "actions.note.rows[1].rules.nothing",
    ]


def test_findings_are_told_in_both_languages() -> None:
    """The error lists every finding on a line of its own, in English and in Chinese."""
    with pytest.raises(ConfigurationError) as refused:
        workflow(states=(NEW, DONE, LATE), roles=(Role("clerk"), Role("chief"), Role("clerk")))
    assert str(refused.value).splitlines() == [
        "roles.clerk: found 2 times, expected once",
        "states.late: found no way into it, expected a row that leads there",
    ]
    assert refused.value.text("zh-CN").splitlines() == [
        "roles.clerk：实为 2 times，应为 once",
        "states.late：实为 no way into it，应为 a row that leads there",
    ]


def test_sound_workflows_are_made() -> None:
    """Rows of one action may lead apart when rules, roles or states tell them apart."""
    made = workflow(
        rows=(
            *WAYS[:2],
            Row("finish", "new", "done", "clerk", ("is_assignee",)),
            Row("finish", "new", "new", "clerk", ("reason_given",)),
            Row("finish", "new", "done", "chief"),
            Row("finish", "done", "new", "chief"),
        )
    )
    assert len(made.rows) == 6
