"""Roles and scopes: what may be seen, in hand and in a query."""

from collections.abc import Mapping

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import assigned
from workorder.conditions import compile_condition
from workorder.storage.query import searched
from workorder.ticket import Assignment, Parties, Ticket
from workorder.workflow import ASSIGNEE, Actor, PlainCase, Role, Scope, may_see, visible

ROLES = {
    "agent": Role("agent", Scope.OWN),
    "lead": Role("lead", Scope.DEPARTMENT),
    "auditor": Role("auditor", Scope.ALL, read_only=True),
}
SOMEBODYS = PlainCase("assigned", department="cards", customer="C-1")

people = st.sampled_from(["li", "wang", "C-1"])
departments = st.sampled_from(["cards", "loans"])


def seen_both_ways(ticket: Ticket, actor: Actor, roles: Mapping[str, Role]) -> tuple[bool, bool]:
    """Whether *actor* sees the ticket in hand, and whether a store finds it for them."""
    matches = compile_condition(visible(actor, roles), searched)
    return may_see(ticket, actor, roles), matches(ticket)


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """Tickets with any people, departments and customers."""
    parts = st.dictionaries(st.sampled_from(["handler", ASSIGNEE]), st.just(("start",)), min_size=1)
    return evolve(
        assigned(),
        parties=Parties(draw(st.none() | people)),
        assignment=Assignment(None, draw(st.none() | departments)),
        deeds=draw(st.dictionaries(people, parts)),
    )


@given(
    ticket=tickets(),
    person=people,
    held=st.sets(st.sampled_from([*ROLES, "unheard of"])),
    department=st.none() | departments,
)
def test_what_is_seen_in_hand_is_what_a_query_finds(
    ticket: Ticket, person: str, held: set[str], department: str | None
) -> None:
    """Law: ``may_see`` agrees with ``visible``, compiled over the searched fields."""
    in_hand, found = seen_both_ways(ticket, Actor(person, held, department), ROLES)
    assert in_hand is found


@pytest.mark.parametrize(
    ("actor", "case", "answer"),
    [
        (Actor("li", "agent"), SOMEBODYS, False),
        (Actor("li", "agent", "cards"), SOMEBODYS, False),
        (Actor("C-1", "agent"), SOMEBODYS, True),
        (Actor("li", "agent"), PlainCase("new", deeds={"li": {"agent": ("open",)}}), True),
        (Actor("li", "lead", "cards"), SOMEBODYS, True),
        (Actor("li", "lead", "loans"), SOMEBODYS, False),
        (Actor("li", "lead"), PlainCase("new"), False),
        (Actor("li", "auditor"), SOMEBODYS, True),
        (Actor("li", ["agent", "auditor"]), SOMEBODYS, True),
        (Actor("C-1", "unheard of", "cards"), SOMEBODYS, False),
        (Actor("C-1", ()), SOMEBODYS, False),
    ],
)
def test_scopes(actor: Actor, case: PlainCase, answer: bool) -> None:
    """Own, department and all see what their names say; no known role sees nothing."""
    assert may_see(case, actor, ROLES) is answer


def test_a_role_is_labelled() -> None:
    """A role is shown by its label in the reader's language, and by its name without one."""
    role = Role("lead", labels={"zh-CN": "组长"})
    assert role.label.text("zh-CN") == "组长"
    assert Role("lead").label.text("zh-CN") == "lead"
