"""Ids of tickets and digests of commands: the same for the same, different for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.commands import asked, commands, unfit
from workorder.desk import derived_id
from workorder.desk.identity import checked_id, command_digest
from workorder.errors import InvalidInput
from workorder.ticket import Command, Comment, Open
from workorder.workflow import Actor

LI = Actor("li", "handler")
parts = st.lists(st.text(max_size=5), min_size=1, max_size=3)


@given(st.text(max_size=5), parts)
def test_ids_are_short_and_plain(tenant: str, given_parts: list[str]) -> None:
    """An id has 24 small letters and digits, the same ones every time."""
    made = derived_id(tenant, *given_parts)
    assert len(made) == 24
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert derived_id(tenant, *given_parts) == made


def test_tenants_have_ids_of_their_own() -> None:
    """The same command id opens different tickets for different tenants."""
    assert derived_id("甲银行", "open", "1") != derived_id("乙银行", "open", "1")
    assert derived_id("a", "open", "b") != derived_id("a", "openb")


@given(commands.filter(lambda command: not unfit(asked(command))), st.sampled_from(["a", "b"]))
def test_the_same_command_has_the_same_digest(command: Command, command_id: str) -> None:
    """A digest is a matter of what is asked, by whom, of which ticket, under which id and key."""
    plain = command.normal()
    made = command_digest(b"k", "T1", command_id, plain, LI)
    assert made == command_digest(b"k", "T1", command_id, command.normal(), LI)
    others = {
        command_digest(b"other", "T1", command_id, plain, LI),
        command_digest(b"k", "T2", command_id, plain, LI),
        command_digest(b"k", "T1", "c", plain, LI),
        command_digest(b"k", "T1", command_id, plain, Actor("wu", "handler")),
        command_digest(b"k", "T1", command_id, Open("elsewhere"), LI),
    }
    assert made not in others
    assert len(others) == 5


@given(commands, commands)
def test_different_commands_have_different_digests(one: Command, other: Command) -> None:
    """Two commands have one digest exactly when they ask for the same."""
    if unfit(asked(one)) or unfit(asked(other)):
        return
    equal = repr(sorted(asked(one).items(), key=repr)) == repr(
        sorted(asked(other).items(), key=repr)
    )
    digests = [command_digest(b"", "T1", "c", each.normal(), LI) for each in (one, other)]
    assert (digests[0] == digests[1]) == equal


def test_a_digest_gives_nothing_away() -> None:
    """Without the key nobody can try out what was asked."""
    made = command_digest(b"key", "T1", "c", Comment("6222 0000 0000 0000"), LI)
    assert made != command_digest(b"", "T1", "c", Comment("6222 0000 0000 0000"), LI)
    assert len(made) == 64


@pytest.mark.parametrize("value", ["", " ", "\t", "a\nb", "a\x00", "\ud800", "x" * 201, 5, None])
def test_ids_that_are_none(value: object) -> None:
    """Blank, over-long, with control characters or no text at all: refused by name."""
    with pytest.raises(InvalidInput) as refused:
        checked_id(value, "command_id")  # type: ignore[arg-type]  # what is tested
    assert "command_id" in str(refused.value)


@pytest.mark.parametrize("value", ["a", "呼叫-4711", "x" * 200])
def test_ids_that_are_fine(value: str) -> None:
    """Anything readable up to the limit is an id."""
    assert checked_id(value, "command_id") == value
