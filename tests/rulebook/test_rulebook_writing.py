"""Rulebooks written down: reading gives back the same, and people can read it, too."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from tests.rulebook.files import FULL, SMALL, full
from tests.rulebook.strategies import rulebooks
from tests.rulebook.test_rulebook_file import BLOCK_ROW, BLOCKING
from workorder.cli.rulebooks import rulebook_file
from workorder.errors import ConfigurationError
from workorder.intake import Field, Form
from workorder.rulebook import (
    Rulebook,
    bank,
    basic,
    it_desk,
    load_rulebook,
    rulebook_from_data,
    rulebook_from_toml,
    rulebook_to_data,
    rulebook_to_toml,
)
from workorder.sla import calendar_to_toml, ready
from workorder.workflow import Settings

FOLDER = rulebook_file("bank").parent
SHIPPED = {"bank": bank(), "basic": basic(), "it_desk": it_desk(), "full": full()}


def unsayable(rulebook: Rulebook) -> list[tuple[str, str]]:
    """What a file cannot say of *rulebook*: key and found."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_to_toml(rulebook)
    return [(each.key, each.found) for each in refused.value.findings]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_written_is_read_back(name: str) -> None:
    """Text and data of a rulebook make an equal one, with the same digests."""
    book = SHIPPED[name]
    for again in (
        rulebook_from_toml(rulebook_to_toml(book), folder=FOLDER),
        rulebook_from_data(rulebook_to_data(book), folder=FOLDER),
    ):
        assert again == book
        assert (again.digest, again.digests) == (book.digest, book.digests)


def test_its_calendars_may_be_handed_over() -> None:
    """Where no files lie beside the text, its calendars are given by their names in it."""
    book = SHIPPED["bank"]
    assert book.sla is not None
    centre = {"calendars/service_centre.toml": book.sla.calendars["service_centre"]}
    assert rulebook_from_toml(rulebook_to_toml(book), calendars=centre) == book


@given(rulebooks())
def test_every_rulebook_is_read_back(book: Rulebook) -> None:
    """Whatever its names, labels, settings, conditions and durations: nothing is lost or added."""
    text = rulebook_to_toml(book)
    again = rulebook_from_toml(text)
    assert again == book
    assert again.digest == book.digest
    assert tomllib.loads(text) == rulebook_to_data(again)


def test_writing_is_settled_by_one_writing() -> None:
    """What is read from a written file is written the same again."""
    text = rulebook_to_toml(full())
    assert rulebook_to_toml(rulebook_from_toml(text)) == text


def test_it_reads_well() -> None:
    """One table for each action, labels on a line, lists of fields spread, defaults left out."""
    text = rulebook_to_toml(full())
    assert (
        """
[actions.put_aside]
from = ["new"]
to = "waiting"
roles = ["clerk", "chief"]

[actions.go_on]
"""
        in text
    )
    assert (
        """
[[actions.finish.rows]]
from = ["new"]
to = "done"
roles = ["clerk"]
rules = ["is_assignee", { rule = "not_own_work", besides = ["open"] }, """
        in text
    )
    assert '[states.new]\nstage = "intake"\ncategory = "initial"\nlabels = { en = "New", ' in text
    assert '\n[states.waiting]\nstage = "handling"\ncategory = "open"\n\n' in text
    assert '\n[settings.time_limits]\ncomplaint = "15 working days, by 17:00"\n' in text
    assert '\n  { name = "amount", kind = "integer", searchable = true },\n' in text
    assert '[forms.enquiry]\nfields = ["title"]\n' in text
    assert "\n[fields.title]\n" in text
    assert "reopen_window" not in text
    assert "\n[states]\n" not in text


def test_a_field_of_one_form_stands_in_it() -> None:
    """Only fields that mean the same in several forms stand apart; others by that name do not."""
    one = Field("size", "integer")
    forms = (
        Form("a", (one, Field("only"))),
        Form("b", (Field("size", "flag"),)),
        Form("c", (one,)),
    )
    data = rulebook_to_data(evolve(basic(), forms=forms, routing=None))
    assert data["fields"] == {"size": {"kind": "integer"}}
    assert [form["fields"] for form in data["forms"].values()] == [
        ["size", {"name": "only"}],
        [{"name": "size", "kind": "flag"}],
        ["size"],
    ]


def test_a_host_reads_its_own_back() -> None:
    """Typed commands are named by their action, and given again when reading."""
    book = rulebook_from_toml(SMALL + BLOCK_ROW, extensions=[BLOCKING])
    text = rulebook_to_toml(book)
    assert "arguments" not in text
    assert rulebook_from_toml(text, extensions=[BLOCKING]) == book


class TestCalendars:
    """How the calendar of a rulebook is written down."""

    def test_a_ready_one_is_found_by_its_content(self) -> None:
        """A calendar that is a ready one needs no name."""
        book = evolve(basic(), calendar=ready("GB-SCT"))
        assert rulebook_to_data(book)["calendar"] == "GB-SCT"

    def test_a_name_that_fits_no_longer_is_not_written(self) -> None:
        """The calendar counts, not what an earlier one was called."""
        book = evolve(full(), calendar_name="CN", calendar=ready("GB-SCT"))
        assert rulebook_to_data(book)["calendar"] == "GB-SCT"

    def test_a_file_is_named_again(self, tmp_path: Path) -> None:
        """A calendar that was read from a file is written as the name of that file."""
        calendar = ready("CN", "Mo-Fr 10:00-16:00")
        (tmp_path / "counter.toml").write_text(calendar_to_toml(calendar), encoding="utf-8")
        path = tmp_path / "desk.toml"
        path.write_text(FULL.replace('"CN"', '"counter.toml"'), encoding="utf-8")
        book = load_rulebook(path)
        path.write_text(rulebook_to_toml(book), encoding="utf-8")
        assert load_rulebook(path) == book

    def test_another_one_is_refused(self) -> None:
        """A calendar that no file can refer to is said, and so is the rest."""
        own = ready("CN", "Mo-Fr 10:00-16:00")
        said: Any = {"since": timedelta(hours=1)}
        workflow = evolve(basic().workflow, settings=Settings(own=said))
        found = unsayable(evolve(basic(), workflow=workflow, calendar=own))
        assert [key for key, _ in found] == ["settings.own.since", "calendar"]


UNSAYABLE: dict[str, tuple[Any, str]] = {
    "a length": ({"a": timedelta(hours=1)}, "settings.own.a"),
    "nothing": ({"a": None}, "settings.own.a"),
    "a set": ({"a": frozenset("ab")}, "settings.own.a"),
    "inside": ({"a": ({"b": None},)}, "settings.own.a[0].b"),
}


@pytest.mark.parametrize(("own", "key"), UNSAYABLE.values(), ids=UNSAYABLE)
def test_what_a_file_cannot_say_is_refused(own: Any, key: str) -> None:
    """A host's own settings that would not be read back the same are named."""
    book = evolve(basic(), workflow=evolve(basic().workflow, settings=Settings(own=own)))
    assert [each for each, _ in unsayable(book)] == [key]


def test_rows_out_of_order_are_refused() -> None:
    """A file has the rows of each action together: another order would not be read back."""
    rows = basic().workflow.rows
    book = evolve(basic(), workflow=evolve(basic().workflow, rows=(*rows[1:], rows[0])))
    assert [key for key, _ in unsayable(book)] == ["rows"]


def test_other_arguments_than_the_commands_are_refused() -> None:
    """A file leaves the arguments of typed commands to them, so they must be theirs."""
    actions = tuple(
        evolve(each, arguments=()) if each.name == "open" else each
        for each in basic().workflow.actions
    )
    book = evolve(basic(), workflow=evolve(basic().workflow, actions=actions))
    assert [key for key, _ in unsayable(book)] == ["actions.open.arguments"]
