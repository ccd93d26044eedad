"""The JSON Schema of rulebook files: sound files pass it, planted mistakes do not."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import workorder.rulebook
from tests.rulebook.files import FULL, SMALL
from tests.rulebook.strategies import rulebooks
from tests.rulebook.test_rulebook_file import BLOCK_ROW, BLOCKING, on_weekdays
from workorder.intake import Field
from workorder.rulebook import Rulebook, rulebook_schema, rulebook_to_data
from workorder.ticket.commands import BUILT_IN
from workorder.values import KINDS
from workorder.workflow import STANDARD_RULES, Settings
from workorder.workflow.states import CATEGORIES, STAGES

SCHEMA = rulebook_schema()
CHECKER = Draft202012Validator(SCHEMA)
SHIPPED = sorted(Path(workorder.rulebook.__file__).with_name("shipped").glob("*.toml"))


def wrong(data: object, schema: dict[str, Any] = SCHEMA) -> list[str]:
    """The places at which *data* does not fit the schema."""
    return [each.json_path for each in Draft202012Validator(schema).iter_errors(data)]


def test_it_is_a_schema() -> None:
    """The schema itself is one of the draft it names."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_the_files_that_ship_fit(path: Path) -> None:
    """Every rulebook that ships passes its own schema."""
    assert wrong(tomllib.loads(path.read_text(encoding="utf-8"))) == []


def test_some_ship() -> None:
    """The test above has something to look at."""
    assert {path.stem for path in SHIPPED} >= {"bank", "basic"}


@pytest.mark.parametrize("text", [FULL, SMALL], ids=["full", "small"])
def test_files_of_these_tests_fit(text: str) -> None:
    """A file with every kind of key, and the least of a file, pass."""
    assert wrong(tomllib.loads(text)) == []


@given(rulebooks())
def test_whatever_is_written_fits(book: Rulebook) -> None:
    """The data of any rulebook passes."""
    data = rulebook_to_data(book)
    data["settings"].pop("own", None)  # may hold instants, which JSON does not have
    assert wrong(data) == []


PLANTED: dict[str, tuple[tuple[Any, ...], Any]] = {
    "format": (("format",), 2),
    "an unknown key": (("calender",), "CN"),
    "a calendar": (("calendar",), "China"),
    "a version": (("version",), 1),
    "a stage": (("states", "new", "stage"), "intak"),
    "a category": (("states", "new", "category"), "inital"),
    "a label": (("states", "new", "labels", "en"), 7),
    "a key of a state": (("states", "new", "resolvd"), True),
    "a scope": (("roles", "clerk", "sees"), "mine"),
    "a target": (("actions", "put_aside", "to"), 7),
    "rows beside a row": (("actions", "put_aside", "rows"), [{"to": "=", "roles": []}]),
    "an unknown rule": (("actions", "put_aside", "rules"), ["reason_givn"]),
    "an unknown parameter": (("actions", "put_aside", "rules"), [{"rule": "is_assignee", "x": 1}]),
    "a parameter": (("actions", "put_aside", "rules"), [{"rule": "not_own_work", "besides": 1}]),
    "arguments of a typed command": (("actions", "open", "arguments"), [{"name": "x"}]),
    "an argument without a name": (("actions", "call_back", "arguments"), [{"kind": "code"}]),
    "a kind": (("fields", "title", "kind"), "txt"),
    "a field": (("forms", "enquiry", "fields"), [7]),
    "a field without a name": (("forms", "enquiry", "fields"), [{"kind": "code"}]),
    "a setting": (("settings", "max_decline"), 2),
    "a figure": (("settings", "max_declines"), "2"),
    "a scale": (("settings", "rating"), [1, 2, 3]),
    "a time limit": (("settings", "time_limits", "complaint"), 15),
    "a retention": (("settings", "retention"), {"complaint": 5}),
    "pauses": (("settings", "hold_reasons", "somebody_else", "pauses"), "all"),
    "an approval": (("settings", "approvals"), [{"step": "finish"}]),
    "a condition": (("settings", "approvals", 0, "when"), {"field": "type", "equals": "x"}),
    "a decimal number in a condition": (
        ("settings", "approvals", 0, "when"),
        {"field": "fields.amount", "ge": 1.5},
    ),
    "a decimal number of a host": (("settings", "own", "branches"), [1, {"ratio": 1.5}]),
    "an unknown calendar": (("calendar",), "CNX"),
    "two operators": (("settings", "approvals", 0, "when"), {"field": "type", "eq": "x", "ne": 1}),
}


@pytest.mark.parametrize(("path", "value"), PLANTED.values(), ids=PLANTED)
def test_a_planted_mistake_does_not_fit(path: tuple[Any, ...], value: object) -> None:
    """Each mistake alone is noticed, in the table in which it stands."""
    data: Any = copy.deepcopy(tomllib.loads(FULL))
    table = data
    for name in path[:-1]:
        table = table[name]
    table[path[-1]] = value
    (place, *more) = wrong(data)
    assert not more
    table_path = "$" + "".join(
        f"[{each}]" if isinstance(each, int) else f".{each}" for each in path
    )
    assert table_path.startswith(place) or place.startswith(table_path)


@pytest.mark.parametrize("name", ["CN", "cn", "gb-Sct", "counter.toml", "COUNTER.TOML"])
def test_calendars_in_any_letters(name: str) -> None:
    """What the loader takes in small and capital letters, the schema takes as well."""
    data = tomllib.loads(FULL)
    data["calendar"] = name
    assert wrong(data) == []


@pytest.mark.parametrize("name", ["format", "name", "version", "states", "actions", "forms"])
def test_what_must_be_there(name: str) -> None:
    """A file without one of these does not fit."""
    data = tomllib.loads(FULL)
    del data[name]
    assert wrong(data) == ["$"]


def test_words_come_from_the_tables_of_the_library() -> None:
    """What may be chosen is what the library knows, and every attribute is there."""
    parts = SCHEMA["$defs"]
    assert parts["state"]["properties"]["stage"]["enum"] == list(STAGES)
    assert parts["state"]["properties"]["category"]["enum"] == list(CATEGORIES)
    assert parts["field"]["properties"]["kind"]["enum"] == list(KINDS)
    assert parts["rule"]["anyOf"][0]["enum"] == list(STANDARD_RULES)
    assert set(parts["settings"]["properties"]) == {each.name for each in attrs.fields(Settings)}
    assert set(parts["field"]["properties"]) == {each.name for each in attrs.fields(Field)}
    typed = SCHEMA["properties"]["actions"]["properties"]
    assert set(typed) == {each.action for each in BUILT_IN}


def test_everything_is_described() -> None:
    """An editor has something to show for each key of each table."""
    for name in (
        "state",
        "role",
        "argument",
        "row",
        "field",
        "hold_reason",
        "approval",
        "settings",
    ):
        for key, each in SCHEMA["$defs"][name]["properties"].items():
            assert each["description"], (name, key)
    for key, each in SCHEMA["properties"].items():
        if key in {"clock_skew", "late_notice", "calendar", "text_limit"}:
            assert each["description"], key


def test_a_host_adds_its_own() -> None:
    """Rules and commands that a host gives are known to its schema, and only to that."""
    text = SMALL.replace('to = "done"', 'to = "done"\nrules = ["on_weekdays"]') + BLOCK_ROW
    data = tomllib.loads(text)
    own = rulebook_schema(rules=[on_weekdays], extensions=[BLOCKING])
    assert wrong(data, own) == []
    assert wrong(data) == ["$.actions.finish.rules[0]"]
    data["actions"]["block_card"]["arguments"] = [{"name": "card"}]
    assert wrong(data, own) == ["$.actions.block_card"]
