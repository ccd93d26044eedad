"""Faults planted in workflows: each is found, where it stands, and nothing else is."""

from collections.abc import Callable

import pytest

from tests.planted.faulty_workflows import FAULTS, Fault
from tests.planted.sound_workflow import SOUND, changed, made, undecided, without
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import Rulebook, bank, basic, it_desk
from workorder.workflow import Definition, Row, check, definition_warnings


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(fault: Fault) -> None:
    """Exactly this fault is found, with its consequences, under the keys of the file."""
    found = check(fault.definition)
    assert sorted(each.key for each in found) == sorted(fault.keys), found
    first = next(each for each in found if fault.found in each.found)
    assert (first.key, first.severity) == (fault.keys[0], fault.severity)
    assert all(each.expected for each in found)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_errors_keep_a_workflow_from_being_made(fault: Fault) -> None:
    """An error is raised with every other error; a warning is not, and can be asked for."""
    found = check(fault.definition)
    errors = [each for each in found if each.severity == "error"]
    assert definition_warnings(fault.definition) == tuple(x for x in found if x not in errors)
    if errors:
        with pytest.raises(ConfigurationError) as refused:
            made(fault.definition)
        assert list(refused.value.findings) == errors
    else:
        assert check(made(fault.definition)) == found


def test_the_sound_workflow_is_sound() -> None:
    """What the faults are planted in has no finding, so each finding is of its fault."""
    assert check(SOUND) == ()


@pytest.mark.parametrize("book", [basic, bank, it_desk])
def test_shipped_workflows_are_without_fault(book: Callable[[], Rulebook]) -> None:
    """The rulebooks that ship have no errors and no warnings."""
    assert check(book().workflow) == ()


def test_hold_reasons_without_a_hold_need_no_decisions() -> None:
    """Where no row puts a ticket on hold, a hold reason need not say what it stops."""
    settings = undecided(pauses=None, longest=None, resumes_on=("note",)).settings
    assert check(changed(settings=settings))
    plain = without("hold", "resume", "answer")
    kept = tuple(state for state in plain.states if state.name != "pending")
    rows = tuple(
        Row("merge", ("new", "working"), "merged", "chief") if row.action == "merge" else row
        for row in plain.rows
    )
    held = Definition(
        name="none",
        states=kept,
        roles=plain.roles,
        actions=plain.actions,
        rows=rows,
        rules=plain.rules,
        settings=settings,
    )
    assert check(held) == ()


def test_faults_of_different_kinds_are_found_together() -> None:
    """Faults that do not hide each other are all told at once."""
    found = check(
        changed(
            roles=(*SOUND.roles, FAULTS["a role that may do nothing"].definition.roles[-1]),
            settings=FAULTS["a rating upside down"].definition.settings,
            rows=(*SOUND.rows, Row("note", "nwoo", "=", "cheif", ("reason_givn",))),
        )
    )
    assert [each.key for each in found] == [
        "actions.note.rows[1].from",
        "actions.note.rows[1].roles",
        "actions.note.rows[1].rules.reason_givn",
        "settings.rating",
        "roles.guest",
    ]


def test_a_warning_says_that_it_is_one() -> None:
    """In text a warning begins with that word, in either language; an error does not."""
    warning = Finding("roles.guest", "nothing", "a row", severity="warning")
    assert warning.text() == "warning: roles.guest: found nothing, expected a row"
    assert warning.text("zh-CN") == "警告：roles.guest：实为 nothing，应为 a row"
    assert Finding("a", "b", "c", "d.toml").text() == "d.toml: a: found b, expected c"
