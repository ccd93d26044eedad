"""Cases and actors."""

from typing import Any

import pytest

from workorder.errors import InvalidInput
from workorder.workflow import ASSIGNEE, Actor, Deeds, PlainCase, took_part

DEEDS: Deeds = {
    "li": {"handler": ("open", "start"), ASSIGNEE: ("dispatch",)},
    "boss": {"supervisor": ("comment",)},
    "ghost": {"handler": ()},
}


@pytest.mark.parametrize(
    ("person", "roles", "besides", "answer"),
    [
        ("li", None, (), True),
        ("li", ("handler",), (), True),
        ("li", ("handler",), ("open",), True),
        ("li", ("handler",), ("open", "start"), False),
        ("li", (ASSIGNEE,), ("open", "start"), True),
        ("li", ("supervisor",), (), False),
        ("boss", None, (), True),
        ("boss", None, ("comment",), False),
        ("boss", (), (), False),
        ("ghost", None, (), False),
        ("nobody", None, (), False),
    ],
)
def test_taking_part(
    person: str, roles: tuple[str, ...] | None, besides: tuple[str, ...], answer: bool
) -> None:
    """Who took part is found by person and role, leaving out actions that do not count."""
    assert took_part(DEEDS, person, roles, besides) is answer
    case = PlainCase("resolved", deeds=DEEDS)
    assert case.took_part(person, roles=roles, besides=besides) is answer


def test_a_plain_case_answers_by_name() -> None:
    """What a rule asks for by name comes out of the row; anything else is missing."""
    case = PlainCase("accepted", values={"subjects": ("zhao",)})
    assert case.value("subjects") == ("zhao",)
    assert case.value("amount") is None


def test_one_role_may_be_plain_text() -> None:
    """A role given as text is one role, not a set of its letters; several stay several."""
    assert Actor("li", "handler").roles == frozenset({"handler"})
    assert Actor("li", ["handler", "handler", "expert"]).roles == frozenset({"handler", "expert"})


def test_an_actor_may_hold_no_role() -> None:
    """Somebody without a role is still somebody; the workflow refuses them by name."""
    assert Actor("li", ()).roles == frozenset()


@pytest.mark.parametrize("identity", ["", "  ", None, 7, b"li"])
def test_an_actor_is_named(identity: object) -> None:
    """Blank names and names that are no text are refused, naming the argument."""
    with pytest.raises(InvalidInput) as refused:
        Actor(identity, "handler")  # type: ignore[arg-type]  # on purpose
    assert refused.value.code in {"blank", "wrong_type"}
    assert refused.value.facts["name"] == "actor.id"


def test_roles_are_text() -> None:
    """A role that is no text is refused, naming the argument."""
    with pytest.raises(InvalidInput) as refused:
        Actor("li", ["handler", 5])  # type: ignore[list-item]  # on purpose
    assert refused.value.facts["name"] == "actor.roles"


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "li\x00"},
        {"id": "li\nwang"},
        {"id": "\ud800"},
        {"id": "x" * 201},
        {"department": 5},
        {"department": "cards\x00"},
        {"roles": None},
        {"roles": [["handler"]]},
    ],
)
def test_who_acts_stands_in_every_record(changes: dict[str, Any]) -> None:
    """What cannot stand in a record is refused when the actor is made, by the part's name."""
    with pytest.raises(InvalidInput) as refused:
        Actor(**{"id": "li", "roles": "handler", **changes})
    assert refused.value.facts["name"] == f"actor.{next(iter(changes))}"
