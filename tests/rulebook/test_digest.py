"""The digest of a rulebook: the same for the same rules, another for any other."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import attrs
import pytest
from attrs import evolve, frozen

from workorder.canonical import digest, encode
from workorder.intake import Field
from workorder.rulebook import Extension, Rulebook, basic
from workorder.ticket import Command, HostEvent
from workorder.workflow import Action, Argument, Role, Row, Scope, State, Use, Workflow

BASIC = basic()


def with_workflow(**changes: Any) -> Rulebook:
    """The basic rulebook with parts of its workflow replaced."""
    return evolve(BASIC, workflow=evolve(BASIC.workflow, **changes))


def replaced(items: tuple[Any, ...], position: int, **changes: Any) -> tuple[Any, ...]:
    """*items* with one of them changed."""
    return (*items[:position], evolve(items[position], **changes), *items[position + 1 :])


def with_one(part: str, position: int, **changes: Any) -> Rulebook:
    """The basic rulebook with one state, role, action or row changed."""
    return with_workflow(**{part: replaced(getattr(BASIC.workflow, part), position, **changes)})


@frozen
class Block(Command):
    """A host's command."""

    action: ClassVar[str] = "comment"


@frozen
class Blocked(HostEvent):
    """A host's event."""

    kind: ClassVar[str] = "bank.blocked"


NAMES = {"en": "Other", "zh-CN": "其他"}
FORM = BASIC.forms[0]

CHANGED: dict[str, Rulebook] = {
    "name": evolve(BASIC, name="other"),
    "version": evolve(BASIC, version="2"),
    "clock_skew": evolve(BASIC, clock_skew=timedelta(minutes=4)),
    "forms: order": evolve(BASIC, forms=(*BASIC.forms[1:], FORM)),
    "forms: one less": evolve(BASIC, forms=BASIC.forms[1:]),
    "form: type": evolve(BASIC, forms=replaced(BASIC.forms, 0, type="praise")),
    "form: labels": evolve(BASIC, forms=replaced(BASIC.forms, 0, labels=NAMES)),
    **{
        f"field: {name}": evolve(
            BASIC,
            forms=replaced(BASIC.forms, 0, fields=replaced(FORM.fields, 0, **{name: value})),
        )
        for name, value in {
            "name": "heading",
            "kind": "code",
            "required": False,
            "sensitive": False,
            "limit": 201,
            "choices": ("a", "b"),
            "labels": NAMES,
        }.items()
    },
    "field: searchable": evolve(
        BASIC,
        forms=replaced(BASIC.forms, 0, fields=replaced(FORM.fields, 2, searchable=False)),
    ),
    "workflow: name": with_workflow(name="other"),
    "workflow: text_limit": with_workflow(text_limit=5),
    "workflow: settings": with_workflow(settings={"window": 5}),
    "workflow: another setting": with_workflow(settings={"window": timedelta(hours=5)}),
    "state: name": with_workflow(
        states=(*BASIC.workflow.states, State("held", "handling", "open")),
        rows=(*BASIC.workflow.rows, Row("comment", "held", "=", "handler"),
              Row("submit", "assigned", "held", "handler")),
    ),
    "state: stage": with_one("states", 1, stage="handling"),
    "state: category": with_one("states", 4, category="final"),
    "state: labels": with_one("states", 1, labels=NAMES),
    "state: customer_labels": with_one("states", 1, customer_labels=NAMES),
    "role: sees": with_one("roles", 0, sees=Scope.OWN),
    "role: labels": with_one("roles", 0, labels=NAMES),
    "role: read_only": with_one("roles", 0, read_only=True),
    "role: one more": with_workflow(roles=(*BASIC.workflow.roles, Role("auditor"))),
    "action: arguments": with_one("actions", 3, arguments=(Argument("note"),)),
    "action: labels": with_one("actions", 3, labels=NAMES),
    "row: sources": with_one("rows", 4, sources="accepted"),
    "row: target": with_one("rows", 6, target="assigned"),
    "row: roles": with_one("rows", 3, roles=("handler", "supervisor")),
    "row: rules": with_one("rows", 7, rules=()),
    "row: parameters": with_one("rows", 7, rules=(Use("not_own_work", {"besides": ()}),)),
    "extensions": evolve(BASIC, extensions=(Extension(Block, (Blocked,), lambda _: ()),)),
}  # fmt: skip


def test_every_change_changes_the_digest() -> None:
    """No two of these rulebooks share a digest, and none has that of the basic one."""
    digests = {name: book.digest for name, book in CHANGED.items()}
    assert BASIC.digest not in digests.values()
    assert len(set(digests.values())) == len(digests)


def parts() -> Iterator[str]:
    """Every attribute of every value a rulebook is made of."""
    for title, kind in (
        ("form", type(FORM)),
        ("field", Field),
        ("state", State),
        ("role", Role),
        ("action", Action),
        ("row", Row),
        ("workflow", Workflow),
    ):
        for each in attrs.fields(kind):
            if each.init and each.eq:
                yield f"{title}: {each.name}"


COVERED_ELSEWHERE = {
    "role: name",
    "action: name",
    "row: action",
    "form: fields",
    "workflow: states",
    "workflow: roles",
    "workflow: actions",
    "workflow: rows",
}
"""Changed together with what they hold, or through a name that other parts use."""


@pytest.mark.parametrize("part", sorted(set(parts()) - COVERED_ELSEWHERE))
def test_no_part_is_forgotten(part: str) -> None:
    """An attribute that is added to a rulebook's values and not shown to count fails here."""
    assert part in CHANGED


def test_the_digest_is_of_the_data() -> None:
    """The digest is that of the canonical bytes of the data, which anybody can compute."""
    assert BASIC.digest == digest(encode(BASIC.as_data()))


def test_equal_rulebooks_have_equal_digests() -> None:
    """Made again from equal parts, a rulebook has the same digest; so has its copy."""
    again = Rulebook(name="basic", version="1", workflow=BASIC.workflow, forms=BASIC.forms)
    assert again.digest == BASIC.digest
    assert again == BASIC


def test_the_digest_is_the_same_in_every_process() -> None:
    """Another interpreter with another hash seed finds the same digest."""
    done = subprocess.run(
        [sys.executable, "-c", "from workorder import basic; print(basic().digest)"],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert done.stdout.strip() == BASIC.digest


def test_functions_are_not_in_the_data() -> None:
    """A rule stands in the data by name: the function behind it may move."""
    rules = dict(BASIC.workflow.rules)
    rules["is_assignee"] = evolve(rules["is_assignee"], test=lambda _: True)
    assert with_workflow(rules=rules).digest == BASIC.digest


def test_settings_of_every_shape() -> None:
    """Sets, lists, durations and nested tables have one plain form, whatever their order."""
    one = with_workflow(settings={"a": {"x": [1, (2,)]}, "b": {"p", "q"}, "c": frozenset("rs")})
    two = with_workflow(settings={"c": ["r", "s"], "b": ("p", "q"), "a": {"x": ([1, [2]])}})
    other = with_workflow(settings={"c": ["r", "s"], "b": ("q", "p"), "a": {"x": [1, [2]]}})
    assert one.as_data()["workflow"]["settings"]["a"] == {"x": [1, [2]]}
    assert one.digest == two.digest
    assert one.digest != other.digest
