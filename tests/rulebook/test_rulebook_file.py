"""Rulebook files say the same as values made in Python, and nothing in them is ever run."""

import unicodedata
from pathlib import Path
from typing import ClassVar

import pytest
from attrs import evolve, field, frozen

from tests.rulebook.files import FULL, SMALL, full
from workorder.errors import ConfigurationError
from workorder.rulebook import (
    Extension,
    Rulebook,
    load_rulebook,
    rulebook_from_data,
    rulebook_from_toml,
)
from workorder.sla import calendar_to_toml, ready
from workorder.tables import read_toml
from workorder.ticket import Command, HostEvent
from workorder.ticket.commands import takes
from workorder.workflow import Argument, Question, Scope, rule


@frozen
class BlockCard(Command):
    """A host's command."""

    action: ClassVar[str] = "block_card"

    card: str = field(metadata=takes("code", required=True))


@frozen
class Blocked(HostEvent):
    """What follows from it."""

    kind: ClassVar[str] = "bank.blocked"


BLOCKING = Extension(BlockCard, (Blocked,), lambda _: ())

BLOCK_ROW = """
[actions.block_card]
from = ["new"]
to = "="
roles = ["clerk"]
"""


@rule("on_weekdays", holds=("it is a weekday", "工作日"), otherwise=("wait", "请稍候"))
def on_weekdays(question: Question) -> bool:
    """A host's rule."""
    return question.at.weekday() < 5


def keys(text: str) -> list[str]:
    """The keys of everything that is wrong with the text of a rulebook file."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text)
    return [each.key for each in refused.value.findings]


def test_a_file_says_the_same_as_python() -> None:
    """Every kind of table and key: the file and the values are one rulebook with one digest."""
    read = rulebook_from_toml(FULL)
    assert read == full()
    assert read.digest == full().digest
    assert read.calendar_name == "CN"
    assert all(isinstance(role.sees, Scope) for role in read.workflow.roles)


def test_what_is_left_out_is_as_usual() -> None:
    """The least a file can say makes a rulebook in which everything else is a default."""
    book = rulebook_from_toml(SMALL)
    plain = Rulebook(name="small", version="1", workflow=book.workflow, forms=book.forms)
    assert book == plain
    assert book.workflow.name == "small"
    assert book.calendar is None
    assert book.forms[0].fields[0].kind == "text"


def test_data_and_text_are_the_same() -> None:
    """Plain data, from TOML or anywhere else, makes the same rulebook."""
    assert rulebook_from_data(read_toml(FULL, "")) == full()


def test_a_file_is_loaded(tmp_path: Path) -> None:
    """By function or by the class, as a path or as text, with or without a byte-order mark."""
    path = tmp_path / "desk.toml"
    path.write_bytes(FULL.encode("utf-8-sig"))
    assert load_rulebook(path) == load_rulebook(str(path)) == Rulebook.load(path) == full()


def test_a_calendar_file_lies_beside(tmp_path: Path) -> None:
    """A calendar may be a file in the folder of the rulebook, wherever the program runs."""
    calendar = ready("GB-SCT", "Mo-Fr 10:00-16:00")
    (tmp_path / "counter.toml").write_text(calendar_to_toml(calendar), encoding="utf-8")
    path = tmp_path / "desk.toml"
    path.write_text(FULL.replace('"CN"', '"counter.toml"'), encoding="utf-8")
    book = load_rulebook(path)
    assert book.calendar == calendar
    assert book.calendar_name == "counter.toml"
    assert book.digest != full().digest


def test_a_ready_calendar_is_named_in_any_letters() -> None:
    """A ready calendar is known in capitals or not."""
    assert rulebook_from_toml(FULL.replace('"CN"', '"cn"')) == full()


def test_typed_commands_say_what_they_take() -> None:
    """The arguments of an action with a typed command come from the command."""
    book = rulebook_from_toml(SMALL + BLOCK_ROW, extensions=[BLOCKING])
    action = next(each for each in book.workflow.actions if each.name == "block_card")
    assert action.arguments == (Argument("card", "code", required=True),)
    assert book.commands["block_card"] is BlockCard
    assert book.extensions == (BLOCKING,)


def test_without_the_extension_an_action_declares_its_own() -> None:
    """The same action without a typed command takes what its table says."""
    said = BLOCK_ROW + 'arguments = [{ name = "card", kind = "code" }]'
    book = rulebook_from_toml(SMALL + said)
    assert book.workflow.actions[-1].arguments == (Argument("card", "code"),)
    with pytest.raises(ConfigurationError, match=r"actions\.block_card\.arguments"):
        rulebook_from_toml(SMALL + said, extensions=[BLOCKING])


def test_a_host_names_its_own_rules() -> None:
    """A file may name rules that the host gives, one after the other or by name."""
    text = SMALL.replace('to = "done"', 'to = "done"\nrules = ["on_weekdays"]')
    for rules in ([on_weekdays], {"on_weekdays": on_weekdays}):
        book = rulebook_from_toml(text, rules=rules)
        assert book.workflow.rules["on_weekdays"] is on_weekdays
        assert "not_own_work" in book.workflow.rules
    assert keys(text) == ["actions.finish.rules.on_weekdays"]


def test_a_host_cannot_replace_a_rule_that_ships() -> None:
    """Four eyes cannot be closed by giving another rule the same name."""
    blind = evolve(on_weekdays, name="not_own_work")
    with pytest.raises(ConfigurationError, match=r"rules \(not_own_work\)"):
        rulebook_from_toml(SMALL, rules=[blind])


def test_text_is_taken_in_normal_form() -> None:
    """A file saved in another normal form says the same: digests compare texts by their bytes."""
    name = "Müller 가나"
    other = unicodedata.normalize("NFD", name)
    assert other != name
    texts = [SMALL.replace('"small"', f'"{each}"') for each in (name, other)]
    assert len({rulebook_from_toml(text).digest for text in texts}) == 1


def test_a_list_in_a_setting_cannot_be_changed() -> None:
    """A host's own settings are read with tuples for lists, at every depth."""
    own = rulebook_from_toml(FULL).workflow.settings.own
    assert own["branches"] == ("hall", {"name": "east", "open": True})


HOSTILE = (
    "__import__('pathlib').Path('hacked').touch()",
    "{0.__class__.__mro__}",
    "${PATH}",
    "!!python/object/apply:os.system [id]",
    "lambda question: True",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_file_is_run(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks like code is a text like any other, or a name that is not known."""
    monkeypatch.chdir(tmp_path)
    as_name = SMALL.replace('"small"', f'"{text}"')
    assert rulebook_from_toml(as_name).name == text
    as_rule = SMALL.replace('to = "done"', f'to = "done"\nrules = ["{text}"]')
    assert keys(as_rule) == [f"actions.finish.rules.{text}"]
    window = f'\n[settings]\nreopen_window = "{text}"\n'
    assert keys(SMALL + window) == ["settings.reopen_window"]
    condition = f'\n[[settings.approvals]]\nstep = "finish"\nranks = [1]\nwhen = "{text}"\n'
    asking = '{ rule = "approval_rank_sufficient", step = "finish" }'
    ranked = SMALL.replace('to = "done"', f'to = "done"\nrules = [{asking}]')
    assert keys(ranked + condition) == ["settings.approvals[0].when"]
    assert keys(SMALL.replace("[states.new]", f'calendar = "{text}"\n\n[states.new]')) == [
        "calendar"
    ]
    assert not list(tmp_path.iterdir())


def test_a_label_is_shown_as_it_stands() -> None:
    """A label with the signs of a template shows them."""
    book = rulebook_from_toml(SMALL.replace('"Finish"', '"{0.__class__} {action}"'))
    assert book.workflow.actions[1].label.text("en") == "{0.__class__} {action}"
