"""Every action of the bank's workflow, from every state, in every role: carried out, or refused."""

from collections.abc import Iterable

import pytest
from attrs import evolve

from tests.lifecycle.cases import CASES, NEVER, key
from tests.lifecycle.situations import Case, made
from tests.lifecycle.standing import LI, PEOPLE, PLAIN, ZHANG, Given, World, standing
from workorder.desk import Done
from workorder.errors import CommandRefused
from workorder.refusals import Refusal
from workorder.rulebook import bank
from workorder.ticket import (
    Command,
    CustomerReply,
    Escalated,
    Event,
    Hold,
    MarkReached,
    MergeInto,
    Open,
    Resume,
    Unmerge,
)
from workorder.workflow import SAME, Actor, Row

WORKFLOW = bank().workflow
STATES = tuple(state.name for state in WORKFLOW.states)
ROLES = tuple(role.name for role in WORKFLOW.roles)
ACTIONS = tuple(action.name for action in WORKFLOW.actions if action.name != "open")
ROW_OF = {key(row): row for row in WORKFLOW.rows}

USES = [
    pytest.param(row, source, role, id=f"{row.action}-{source}-{role}-{row.target}")
    for row in WORKFLOW.rows
    for source in row.sources
    for role in row.roles
    if (row.action, source, role) not in NEVER
]
BACK = {"@before_hold": "in_progress", "@before_merge": "registered"}
"""Where a ticket of these tests was held or merged from, unless said otherwise."""


def rows_of(action: str, state: str | None = None) -> list[Row]:
    """The rows of an action, in one state."""
    rows = [row for row in WORKFLOW.rows if row.action == action]
    return [row for row in rows if state is None or state in row.sources]


def case_of(action: str) -> Case:
    """A case of the action."""
    return CASES[key(rows_of(action)[0])]


def refusal(world: World, command: Command, actor: Actor) -> Refusal:
    """Why it is refused; nothing is changed by that."""
    before = world.kept(), world.kept(world.other)
    with pytest.raises(CommandRefused) as refused:
        world.desk.perform(world.id, command, actor=actor)
    assert (world.kept(), world.kept(world.other)) == before
    return refused.value.refusal


def sees_everything(roles: Iterable[str]) -> Actor:
    """Somebody with these roles who sees every ticket."""
    return Actor("visitor", {*roles, "auditor"}, "cards", 40)


def by_time(world: World, days: int) -> None:
    """Time does what is due after so many days."""
    world.clock.passes(days=days)
    world.desk.run_due()


def carried_out(world: World, row: Row, role: str) -> Done | None:
    """The action is taken; no answer, when time takes it."""
    case = CASES[key(row)]
    if role in case.by_time:
        by_time(world, case.by_time[role])
        return None
    return world.does(made(case.wish, world), case.by.get(role, PEOPLE[role]))


def brought(world: World, records: int) -> tuple[tuple[Event, ...], Event]:
    """What was written since there were so many *records*: marks that clocks reached, with the
    escalations that follow from them, and the one event that is none.
    """
    new = [each.event for each in world.desk.unrestricted().history(world.id)[records:]]
    marks = tuple(each for each in new if isinstance(each, MarkReached | Escalated))
    others = [each for each in new if each not in marks]
    if not others:  # escalating is an action as well
        marks, others = (), new
    (last,) = others
    return marks, last


@pytest.mark.parametrize(("row", "source", "role"), USES)
def test_carried_out(row: Row, source: str, role: str) -> None:
    """The action is carried out in this role from this state, moves the ticket as its row says,
    and leaves its event, its role and one version more.
    """
    case = CASES[key(row)]
    world = standing(source, case.given_by.get(role, case.given))
    before, (_, records) = world.ticket, world.kept()
    done = carried_out(world, row, role)
    after = world.ticket
    target = source if row.target == SAME else BACK.get(row.target, row.target)
    assert after.state == target
    assert after.version == before.version + 1
    marks, last = brought(world, records)
    step = last.step
    assert (last.kind, last.trace.version) == (case.kind, after.version)
    assert (step.action, step.role, step.from_state) == (row.action, role, source)
    assert (step.to_state, after.took_part(last.trace.actor, actions=(row.action,))) == (
        target,
        True,
    )
    if role not in case.by_time:  # on the way, time also notes marks of clocks
        assert marks == ()
    if done is not None:  # clocks are the bank's: a customer is not answered with them
        seen = evolve(last, clocks={}) if role == "customer" else last
        assert (done.version, done.events) == (after.version, (seen,))


@pytest.mark.parametrize(("action", "state", "role"), NEVER, ids="-".join)
def test_never(action: str, state: str, role: str) -> None:
    """A use of a row that cannot come about is refused for the reason that is written down."""
    assert any(role in row.roles for row in rows_of(action, state))
    case = case_of(action)
    given = Given() if state == "under_review" else case.given
    world = standing(state, given)
    found = refusal(world, made(case.wish, world), case.by.get(role, PEOPLE[role]))
    assert (found.code, *(each.name for each in found.unmet)) == NEVER[action, state, role]


@pytest.mark.parametrize(
    ("action", "state"),
    [(action, state) for action in ACTIONS for state in STATES if not rows_of(action, state)],
)
def test_wrong_state(action: str, state: str) -> None:
    """In a state that no row of the action names, it is refused to everybody who may take it
    elsewhere, and the refusal says where that is.
    """
    world = standing(state)
    rows = rows_of(action)
    actor = sees_everything(role for row in rows for role in row.roles)
    found = refusal(world, made(case_of(action).wish, world), actor)
    sources = dict.fromkeys(source for row in rows for source in row.sources)
    assert found.code == "wrong_state"
    assert found.facts["states"] == tuple(WORKFLOW.state_by_name[each].label for each in sources)


@pytest.mark.parametrize(
    ("action", "state"),
    [(action, state) for action in ACTIONS for state in STATES if rows_of(action, state)],
)
def test_not_permitted(action: str, state: str) -> None:
    """Nobody in a role that no row of the action names may take it, whatever they see."""
    world = standing(state)
    allowed = {role for row in rows_of(action, state) for role in row.roles}
    wish = made(case_of(action).wish, world)
    for role in ROLES:
        if role not in allowed:
            assert refusal(world, wish, sees_everything((role,))).code == "not_permitted", role
    assert refusal(world, wish, sees_everything({*ROLES} - allowed)).code == "not_permitted"


def opening() -> Open:
    """The command of the case."""
    wish = CASES["open", "registered"].wish
    assert isinstance(wish, Open)
    return wish


@pytest.mark.parametrize("role", ROLES)
def test_opened(role: str) -> None:
    """A ticket is opened by those whom the row names, and by nobody else."""
    world, command = World(), opening()
    given = {"customer": command.customer, "channel": command.channel, "fields": command.fields}
    (row,) = rows_of("open")
    if role in row.roles:
        world.id = world.desk.open(command.type, actor=PEOPLE[role], **given).id  # type: ignore[arg-type]
        (entry,) = world.desk.unrestricted().history(world.id)
        assert (entry.event.kind, entry.event.step.role) == (CASES[key(row)].kind, role)
        assert (world.ticket.state, world.ticket.version) == (row.target, 1)
        return
    with pytest.raises(CommandRefused) as refused:
        world.desk.open(command.type, actor=sees_everything((role,)), **given)  # type: ignore[arg-type]
    assert refused.value.code == "not_permitted"
    assert world.desk.unrestricted().find().tickets == ()


def test_opened_with_a_bad_form() -> None:
    """A form that does not accept what was entered says so field by field, and nothing is kept."""
    world = World()
    with pytest.raises(CommandRefused) as refused:
        world.desk.open("complaint", actor=LI, fields={"amount": 5, "priority": "high"})
    assert refused.value.code == "invalid_arguments"
    assert {each.name for each in refused.value.refusal.unmet} == {"amount", "priority", "title"}
    assert world.desk.unrestricted().find().tickets == ()


@pytest.mark.parametrize("before", rows_of("hold")[0].sources)
@pytest.mark.parametrize("ends", [Resume(), CustomerReply("here it is")], ids=["resume", "reply"])
def test_back_from_hold(before: str, ends: Command) -> None:
    """From every state that a ticket is held from, it goes back there."""
    world = standing(before)
    world.does(Hold("waiting_for_customer"), ZHANG if before == "in_progress" else LI)
    assert world.ticket.state == "pending"
    world.does(ends, LI if before == "accepted" else PEOPLE["intake"])
    assert (world.ticket.state, world.ticket.work.hold) == (before, None)


@pytest.mark.parametrize("before", rows_of("merge_into")[0].sources)
def test_back_from_a_merger(before: str) -> None:
    """From every state that a ticket is merged from, it goes back there as it was."""
    world = standing(before, PLAIN)
    was = world.ticket
    world.does(MergeInto(world.other), LI)
    assert world.ticket.state == "merged"
    world.does(Unmerge("another matter"), PEOPLE["supervisor"])
    now = world.ticket
    assert (now.state, now.work, now.windows, now.links) == (
        before,
        was.work,
        was.windows,
        was.links,
    )
    assert now.assignment == was.assignment
