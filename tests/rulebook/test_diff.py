"""The difference of two rulebooks: every change by its key, and nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from tests.rulebook.editions import edition
from tests.rulebook.strategies import rulebooks
from tests.rulebook.test_digest import CHANGED
from workorder.durations import CalendarDays
from workorder.intake import Field
from workorder.rulebook import Change, Rulebook, bank, basic, diff, it_desk
from workorder.workflow import Action, Argument, Role, Row, Scope, Use

FLOW = bank().workflow
FORM = bank().forms[0]


def found(new: Rulebook, old: Rulebook | None = None) -> list[tuple[str, str]]:
    """Kinds and keys of all changes."""
    return [(each.kind, each.key) for each in diff(old or bank(), new).changes]


def with_row(action: str, **parts: Any) -> Rulebook:
    """The bank's rulebook with another row of *action*."""
    rows = tuple(evolve(row, **parts) if row.action == action else row for row in FLOW.rows)
    return evolve(bank(), workflow=evolve(FLOW, rows=rows))


@pytest.mark.parametrize("rulebook", [bank(), basic(), it_desk()], ids=lambda each: each.name)
def test_equal_rulebooks_do_not_differ(rulebook: Rulebook) -> None:
    """Of a rulebook and its equal there is nothing to say."""
    assert not diff(rulebook, evolve(rulebook))
    assert diff(rulebook, evolve(rulebook)).text() == ""


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_changes_the_digest_is_a_change(name: str) -> None:
    """Everything the digest covers is seen, and from the other side the other way round."""
    changed = CHANGED[name]
    there = diff(basic(), changed)
    assert there
    assert diff(changed, basic()) == there.mirrored()


@settings(max_examples=60)
@given(old=rulebooks(), new=rulebooks())
def test_mirrored(old: Rulebook, new: Rulebook) -> None:
    """There is a change exactly where two digests differ, and the way back mirrors the way there;
    a key is named once for what is there and once for the order.
    """
    there = diff(old, new)
    assert bool(there) == (old.digest != new.digest)
    assert diff(new, old) == there.mirrored()
    assert there.mirrored().mirrored() == there
    keys = [each.key for each in there.changes]
    assert len(set(keys)) == len(keys)
    json.dumps(there.as_data())


def test_keys_are_those_of_the_file() -> None:
    """A change stands where a file has it: states, roles, actions, forms, settings."""
    card = Field("card", "code", searchable=True)
    states = tuple(
        evolve(each, stage="dispatch") if each.name == "accepted" else each for each in FLOW.states
    )
    new = evolve(
        bank(),
        clock_skew=timedelta(minutes=7),
        forms=(evolve(FORM, fields=(*FORM.fields, card)), *bank().forms[1:]),
        workflow=evolve(
            FLOW,
            states=states,
            roles=(*FLOW.roles, Role("guest", Scope.OWN, read_only=True)),
            actions=(*FLOW.actions, Action("call_back", (Argument("number", "code"),))),
            rows=(*FLOW.rows, Row("call_back", "accepted", "=", "intake")),
            settings=evolve(FLOW.settings, auto_close_after=None, max_declines=9),
        ),
    )
    assert found(new) == [
        ("changed", "clock_skew"),
        ("changed", "states.accepted.stage"),
        ("added", "roles.guest"),
        ("added", "actions.call_back"),
        ("added", f"forms.{FORM.type}.fields.card"),
        ("removed", "settings.auto_close_after"),
        ("changed", "settings.max_declines"),
    ]


def test_rows_and_rules_of_one_row() -> None:
    """The only row of an action stands in the action; its rules by name, with parameters."""
    hold = next(row for row in FLOW.rows if row.action == "hold")
    assert found(with_row("hold", sources=("accepted", "in_progress", "assigned"))) == [
        ("changed", "actions.hold.from")
    ]
    assert found(with_row("hold", rules=hold.rules[1:])) == [
        ("removed", "actions.hold.rules.own_if_handler")
    ]
    assert found(with_row("hold", rules=hold.rules[::-1])) == [("changed", "actions.hold.rules")]
    limited = Use("not_own_work", {"besides": ("open",)})
    other = Use("not_own_work", {"besides": ("close",)})
    before = with_row("hold", rules=(*hold.rules, limited))
    after = with_row("hold", rules=(*hold.rules, other))
    assert diff(before, after).changes == (
        Change("changed", "actions.hold.rules.not_own_work.besides", ["open"], ["close"]),
    )


def test_several_rows() -> None:
    """Where either side has several, rows stand by their place."""
    more = evolve(FLOW, rows=(*FLOW.rows, Row("hold", "assigned", "pending", "dispatcher")))
    assert found(evolve(bank(), workflow=more)) == [
        ("added", "actions.hold.rows[1]"),
        ("added", "rows"),  # that they stand apart is said, too
    ]


def test_a_name_that_means_something_elsewhere() -> None:
    """A host's own setting called rows or rules is a setting like any other."""
    new = edition(version="1", of=bank(), settings={"own": {"rows": 5, "rules": "x"}})
    assert found(new) == [("added", "settings.own.rows"), ("added", "settings.own.rules")]


def test_names_in_another_order() -> None:
    """Names in another order are one change, with both orders."""
    first, second, *rest = FLOW.states
    turned = evolve(bank(), workflow=evolve(FLOW, states=(second, first, *rest)))
    (only,) = diff(bank(), turned).changes
    assert (only.kind, only.key) == ("changed", "states")
    assert only.old[:2] == [first.name, second.name] == only.new[1::-1]


def test_a_renamed_state() -> None:
    """A state with another name is one gone and one more, and every row that names it."""
    told = diff(bank(), edition(names={"pending": "waiting"}))
    assert [(each.kind, each.key) for each in told.under("states").changes] == [
        ("removed", "states.pending"),
        ("added", "states.waiting"),
    ]
    assert ("changed", "actions.hold.to") in [(each.kind, each.key) for each in told.changes]


def test_texts() -> None:
    """Changes are told in both languages: values as a file writes them, labels in words."""
    longer = edition(settings={"reopen_window": CalendarDays(9)}, names={"pending": "waiting"})
    told = diff(bank(), longer)
    (window,) = told.under("settings.reopen_window").changes
    before = bank().workflow.settings.reopen_window
    assert window.text() == f"changed settings.reopen_window: {before} → 9 calendar days"
    assert window.text("zh-CN") == f"变更 settings.reopen_window：{before} → 9 calendar days"
    gone, added = told.under("states").changes
    assert gone.text().startswith("removed states.pending: stage = handling, category = open")
    assert "labels = On hold" in gone.text()
    assert added.text("zh-CN").startswith("新增 states.waiting：")
    assert "labels = 挂起" in added.text("zh-CN")
