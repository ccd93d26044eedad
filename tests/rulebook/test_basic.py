"""The basic rulebook: every row of it allowed and refused."""

from tests.checks import wrong_with_rows
from tests.rulebook.cases import CASES, TABLE
from workorder.rulebook import basic
from workorder.ticket.commands import BUILT_IN
from workorder.workflow import Scope

WORKFLOW = basic().workflow


def test_every_row_permits_what_it_says_and_refuses_everything_else() -> None:
    """Each row, state and role: the good case passes, each rule alone stands in the way."""
    assert wrong_with_rows(WORKFLOW, CASES) == []


def test_the_table_is_the_one_written_down() -> None:
    """Actions, states and roles are those that were agreed on, row for row."""
    written = [
        tuple(tuple(cell.split()) for cell in line.split("|"))
        for line in TABLE.strip().splitlines()
    ]
    found = [((row.action,), row.sources, (row.target,), row.roles) for row in WORKFLOW.rows]
    assert found == written


def test_three_roles_ten_actions_four_stages() -> None:
    """The rulebook is as small as it says, and goes through all four stages."""
    assert len(WORKFLOW.roles) == 3
    assert len(WORKFLOW.actions) == 10
    assert [state.stage for state in WORKFLOW.states] == [
        "intake",
        "dispatch",
        "handling",
        "conclusion",
        "conclusion",
    ]
    assert [state.name for state in WORKFLOW.states if state.ended] == ["closed"]
    assert [state.name for state in WORKFLOW.states if state.resolved] == ["resolved"]


def test_every_action_has_its_command() -> None:
    """Each action has a command that ships, and its arguments; many have more commands."""
    commands = {command.action: command for command in BUILT_IN}
    assert len(WORKFLOW.actions) == 10
    for action in WORKFLOW.actions:
        assert action.arguments == commands[action.name].specs()


def test_who_sees_what() -> None:
    """Handlers see what is theirs or their department's; supervisors and time see everything."""
    assert {role.name: role.sees for role in WORKFLOW.roles} == {
        "handler": Scope.DEPARTMENT,
        "supervisor": Scope.ALL,
        "system": Scope.ALL,
    }


def test_customers_are_told_less() -> None:
    """What the customer sees of a state is never the name of an inner step."""
    shown = {state.name: state.customer_labels["zh-CN"] for state in WORKFLOW.states}
    assert shown["assigned"] == shown["in_progress"] == "处理中"


def test_every_type_asks_for_a_title() -> None:
    """Each ticket type requires a title, seals what people write, and searches the rest."""
    for form in basic().forms:
        required = [each.name for each in form.fields if each.required]
        assert required == ["title"]
        assert all(each.sealed is not each.searchable for each in form.fields if each.limit != 3)


def test_it_is_made_once() -> None:
    """Asking twice gives the same value."""
    assert basic() is basic()
