"""Commands: typed wishes that know their arguments."""

from typing import Any, ClassVar

import pytest
from attrs import field, frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from tests.ticket.command_examples import LIFECYCLE
from workorder.ticket import (
    Action,
    Close,
    Command,
    Comment,
    Dispatch,
    Open,
    Reopen,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
    takes,
)
from workorder.ticket.commands import BUILT_IN
from workorder.workflow import Argument

EXAMPLES: list[tuple[Command, str, dict[str, object]]] = [
    (Open("complaint"), "open", {"type": "complaint", "subjects": ()}),
    (
        Open("complaint", "C-1", "phone", ("zhao",), "hall", {"title": "Card"}),
        "open",
        {
            "type": "complaint",
            "customer": "C-1",
            "channel": "phone",
            "subjects": ("zhao",),
            "department": "hall",
        },
    ),
    (Dispatch(), "dispatch", {}),
    (Dispatch(to="li", reason="cards"), "dispatch", {"to": "li", "reason": "cards"}),
    (Transfer(department="loans"), "transfer", {"department": "loans"}),
    (Start(), "start", {}),
    (Comment("called"), "comment", {"text": "called"}),
    (Submit(resolution="done"), "submit", {"resolution": "done"}),
    (ReturnForRework(reason="no proof"), "return_for_rework", {"reason": "no proof"}),
    (Close(), "close", {}),
    (Reopen(reason=""), "reopen", {"reason": ""}),
    (Action("call_back", {"number": "1", "note": None}), "call_back", {"number": "1"}),
    *LIFECYCLE,
]


@pytest.mark.parametrize(("command", "action", "arguments"), EXAMPLES)
def test_arguments_are_what_was_given(
    command: Command, action: str, arguments: dict[str, object]
) -> None:
    """A command names its action; arguments left out, or null, are missing."""
    assert command.action == action
    assert command.arguments() == arguments


def test_every_command_is_shown() -> None:
    """A command that ships without an example here fails."""
    assert {type(command) for command, _, _ in EXAMPLES} == {*BUILT_IN, Action}
    assert {command.action for command in BUILT_IN} == {
        action for _, action, _ in EXAMPLES if action != "call_back"
    }


def test_specs_follow_the_class() -> None:
    """The workflow's arguments of an action are the fields of its command, in their order."""
    assert Transfer.specs() == (
        Argument("to", "code"),
        Argument("department", "code"),
        Argument("reason"),
    )
    assert Comment.specs() == (Argument("text", required=True),)
    assert Start.specs() == ()
    assert [spec.name for spec in Open.specs()] == [
        "type",
        "customer",
        "channel",
        "subjects",
        "department",
    ]


@frozen
class BlockCard(Command):
    """A host's own command."""

    action: ClassVar[str] = "block_card"

    card: str = field(metadata=takes("code", required=True, sensitive=True, limit=19))
    how: str = field(default="phone", metadata=takes("code", choices=("phone", "app")))
    internal: int = 0


def test_a_hosts_own_command_declares_its_arguments() -> None:
    """Fields declared by ``takes`` are arguments, with all they declare; others are not."""
    assert BlockCard.specs() == (
        Argument("card", "code", required=True, sensitive=True, limit=19),
        Argument("how", "code", choices=("phone", "app")),
    )
    assert BlockCard("6222", internal=7).arguments() == {"card": "6222", "how": "phone"}


def test_normal_form() -> None:
    """Texts are taken in in form C with plain line ends, at any depth; lists become tuples."""
    fields: dict[str, Any] = {"e\u0301": ["a\r\nb", {"x": "e\u0301"}], "amount": 5, "none": None}
    command = Open("complaint", "e\u0301", fields=fields, subjects=("e\u0301",)).normal()
    assert command == Open(
        "complaint",
        "é",
        fields={"é": ("a\nb", {"x": "é"}), "amount": 5, "none": None},
        subjects=("é",),
    )
    assert Action("call", {"note": "\r"}).normal() == Action("call", {"note": "\n"})


def test_what_is_normal_already_stays_itself() -> None:
    """A command in normal form is given back as the same object."""
    for command in (Submit(resolution="已退款"), Start(), Open("complaint", fields={"a": "b"})):
        assert command.normal() is command


@given(st.text(st.characters(codec="utf-8")), st.dictionaries(st.text(max_size=3), st.text()))
def test_normal_form_is_stable(text: str, given_: dict[str, str]) -> None:
    """Law: taking the normal form twice is taking it once."""
    for command in (Submit(resolution=text), Action("call", given_)):
        assert command.normal().normal() == command.normal()


def test_names_of_fields_that_are_no_text_are_left_alone() -> None:
    """Wrong types are not this step's to judge: they come through for the form to refuse."""
    fields: dict[Any, Any] = {5: "a\r"}
    normal: Any = Open("complaint", fields=fields).normal().fields
    assert normal == {5: "a\n"}


def test_commands_are_frozen() -> None:
    """A command is a value: nobody changes it on its way."""
    command = Submit(resolution="done")
    with pytest.raises(FrozenInstanceError):
        command.resolution = "other"  # type: ignore[misc]  # on purpose
    assert hash(Submit(resolution="done")) == hash(command)
