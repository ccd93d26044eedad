"""Mapping files: what may stand in them, and every mistake at once with file and key."""

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.conftest import MAPPING
from tests.exchange.logs import IT_DESK, PLAIN, entry, written
from workorder.errors import ConfigurationError
from workorder.exchange import (
    FieldColumn,
    check_log,
    import_log,
    load_mapping,
    mapping_from_data,
    rulebook_of,
    shipped_by_digest,
)
from workorder.exchange.rulebooks import SHIPPED
from workorder.rulebook import basic, it_desk, rulebook_to_toml, shipped_names
from workorder.storage import MemoryStore

WHOLE = """
source = "old desk"
rulebook = "desk.toml"
type = "complaint"
zone = "Asia/Shanghai"
dates = ["%Y-%m-%d %H:%M", "iso"]
missing = ["", "?"]
raw = ["seq"]
names_match = false
unknown_states = "refuse"
unknown_values = "keep"
encoding = "gb18030"
delimiter = ";"

[columns]
key = "number"
state = "state"
at = "at"

[fields]
category = "kind"

[fields.priority]
column = "urgency"
values = { "high" = 1, "low" = 3 }

[states]
"New" = "accepted"

[foreign]
"Waiting" = "open"

[holds]
"New" = "awaiting_user"

[roles]
default = "handler"
guessed = false
by_actor = { "boss" = "supervisor" }

[counters]
handovers = "moves"
others = ["seq"]
"""


def findings(data: Any, file: str = "") -> dict[str, str]:
    """What is wrong with *data*, by key; each finding names the file."""
    with pytest.raises(ConfigurationError) as refused:
        mapping_from_data(data, file).check(basic())
    assert refused.value.code == "configuration"
    assert {each.file for each in refused.value.findings} == {file}
    found = {each.key: f"{each.found} / {each.expected}" for each in refused.value.findings}
    lines = refused.value.text().splitlines()
    assert len(lines) == len(refused.value.findings)
    assert all(not file or line.startswith(f"{file}: ") for line in lines)
    assert len(refused.value.text("zh-CN").splitlines()) == len(lines)
    return found


def changed(*path: str, to: Any) -> dict[str, Any]:
    """The plain mapping with one value in the place of another."""
    data: dict[str, Any] = copy.deepcopy(dict(PLAIN))
    place = data
    for name in path[:-1]:
        place = place.setdefault(name, {})
    place[path[-1]] = to
    return data


def test_everything_a_file_may_say(tmp_path: Path) -> None:
    """A file with every key is read as it stands."""
    path = tmp_path / "mapping.toml"
    path.write_text(WHOLE, encoding="utf-8")
    made = load_mapping(path)
    assert (made.rulebook, made.holds) == ("desk.toml", {"New": "awaiting_user"})
    assert (made.source, made.type, made.zone, made.encoding, made.delimiter) == (
        "old desk",
        "complaint",
        "Asia/Shanghai",
        "gb18030",
        ";",
    )
    assert (made.dates, made.missing, made.raw) == (
        ("%Y-%m-%d %H:%M", "iso"),
        ("", "?"),
        ("seq",),
    )
    assert (made.names_match, made.unknown_states, made.unknown_values) == (False, "refuse", "keep")
    assert made.fields == {
        "category": FieldColumn("kind"),
        "priority": FieldColumn("urgency", {"high": 1, "low": 3}),
    }
    assert (made.roles.default, made.roles.guessed) == ("handler", False)
    assert made.roles.by_actor == {"boss": "supervisor"}
    assert (made.counters.handovers, made.counters.reopens, made.counters.others) == (
        "moves",
        None,
        ("seq",),
    )
    assert made.file == str(path)
    assert made.columns_read() == ("number", "state", "at", "moves", "seq", "kind", "urgency")


def test_what_need_not_be_said() -> None:
    """A few keys are enough: UTC, ISO dates, empty cells for nothing, unknown ones kept."""
    data = {each: PLAIN[each] for each in ("source", "type", "states", "roles")}
    made = mapping_from_data({**data, "columns": {"key": "number", "state": "state", "at": "at"}})
    made.check(basic())
    assert (made.zone, made.dates, made.missing) == ("UTC", ("iso",), ("",))
    assert (made.unknown_states, made.unknown_values, made.names_match) == ("keep", "keep", True)
    assert made.roles.guessed
    assert (made.rulebook, made.holds) == ("basic", {})
    assert rulebook_of(made) is basic()


def test_the_mapping_that_ships() -> None:
    """The mapping under examples fits the rulebook it names and reads no column of the future."""
    made = load_mapping(MAPPING)
    assert rulebook_of(made) is it_desk()
    made.check(it_desk())
    later = {"closed_code", "resolved_by", "resolved_at", "closed_at", "caused_by"}
    assert later.isdisjoint(made.columns_read())


STRUCTURE: list[tuple[dict[str, Any], dict[str, str]]] = [
    (changed("sorce", to="x"), {"sorce": "an unknown key / source"}),
    (changed("columns", "actr", to="x"), {"columns.actr": "an unknown key / actor or at"}),
    (changed("roles", "by_role", to={}), {"roles.by_role": "an unknown key / by_actor"}),
    (changed("counters", "other", to=[]), {"counters.other": "an unknown key / others"}),
    (changed("fields", "title", to=5), {"fields.title": "5 / a table"}),
    (
        changed("fields", "title", to={"colum": "x"}),
        {
            "fields.title.colum": "an unknown key / column",
            "fields.title.column": "nothing / text",
        },
    ),
    (
        changed("fields", "title", to={"column": "x", "values": {"a": 1.5}}),
        {"fields.title.values.a": "1.5 / text or a whole number or true or false"},
    ),
    (changed("file", to="x"), {"file": "an unknown key / fields"}),
    (changed("source", to=5), {"source": "5 / text"}),
    (changed("dates", to="iso"), {"dates": "'iso' / a list of texts"}),
    (changed("missing", to=[1]), {"missing": "[1] / a list of texts"}),
    (changed("names_match", to="yes"), {"names_match": "'yes' / true or false"}),
    (changed("roles", "guessed", to=1), {"roles.guessed": "1 / true or false"}),
    (changed("columns", to="x"), {"columns": "'x' / a table"}),
    (changed("fields", to=["x"]), {"fields": "['x'] / a table"}),
    (changed("states", to="x"), {"states": "'x' / a table"}),
    (changed("states", "New", to=1), {"states.New": "1 / text"}),
    (changed("holds", to="x"), {"holds": "'x' / a table"}),
    (changed("holds", "New", to=1), {"holds.New": "1 / text"}),
    (changed("rulebook", to=1), {"rulebook": "1 / text"}),
    (changed("foreign", "Waiting", to=1), {"foreign.Waiting": "1 / text"}),
    (
        {},
        {
            "source": "nothing / text",
            "type": "nothing / text",
            "columns": "nothing / a table",
            "states": "nothing / a table",
            "roles": "nothing / a table",
        },
    ),
    (
        changed("columns", to={"actor": "by"}),
        {f"columns.{each}": "nothing / text" for each in ("key", "state", "at")},
    ),
]


@pytest.mark.parametrize(("data", "expected"), STRUCTURE, ids=lambda value: "+".join(value)[:40])
def test_structure(data: dict[str, Any], expected: dict[str, str]) -> None:
    """Unknown keys, wrong kinds and missing keys are found, each with its place."""
    found = findings(data, "desk.toml")
    assert found.keys() == expected.keys()
    for key, said in expected.items():
        assert found[key].replace("one of ", "").startswith(said.split(" / ", maxsplit=1)[0])
        assert said.split(" / ")[1] in found[key]


MEANING: list[tuple[dict[str, Any], str, str]] = [
    (changed("source", to="  "), "source", "nothing"),
    (changed("type", to="complain"), "type", "complaint"),
    (changed("states", "New", to="acepted"), "states.New", "accepted"),
    (changed("foreign", "Waiting", to="opn"), "foreign.Waiting", "open"),
    (changed("foreign", "New", to="open"), "foreign.New", "one of the two"),
    (changed("foreign", "closed", to="closed"), "foreign.closed", "[states]"),
    (changed("fields", "categry", to="kind"), "fields.categry", "category"),
    (changed("zone", to="Asia/Beijing"), "zone", "Asia/Shanghai"),
    (changed("zone", to="../etc"), "zone", "Asia/Shanghai"),
    (changed("zone", to=""), "zone", "Asia/Shanghai"),
    (changed("encoding", to="klingon"), "encoding", "gb18030"),
    (changed("encoding", to="utf-16"), "encoding", "utf-8"),
    (changed("encoding", to="undefined"), "encoding", "utf-8"),
    (changed("encoding", to="\x00"), "encoding", "utf-8"),
    (changed("delimiter", to=""), "delimiter", "one character"),
    (changed("delimiter", to="::"), "delimiter", "one character"),
    (changed("dates", to=[]), "dates", "iso"),
    (changed("unknown_states", to="drop"), "unknown_states", "keep"),
    (changed("unknown_values", to="drop"), "unknown_values", "refuse"),
]


@pytest.mark.parametrize(("data", "key", "said"), MEANING, ids=lambda value: str(value)[:30])
def test_meaning(data: dict[str, Any], key: str, said: str) -> None:
    """What no rulebook, zone table or codec knows is found, with what was meant or would do."""
    found = findings(data, "desk.toml")
    assert list(found) == [key]
    assert said in found[key]


@pytest.mark.parametrize(
    ("roles", "key"),
    [
        ({"default": "handlr"}, "roles.default"),
        ({"default": "handler", "by_actor": {"boss": "chief"}}, "roles.by_actor.boss"),
    ],
)
def test_unknown_roles(roles: dict[str, Any], key: str) -> None:
    """An unknown role is found under the key it stands at."""
    assert list(findings(changed("roles", to=roles))) == [key]


def test_all_findings_at_once() -> None:
    """Several mistakes are told together, those of structure and those of meaning each at once."""
    data = changed("zone", to="Mars/Olympus") | {"type": "complain", "encoding": "klingon"}
    assert set(findings(data)) == {"zone", "type", "encoding"}
    assert set(findings(data | {"sorce": "x", "raw": 5, "columns": []})) == {
        "sorce",
        "raw",
        "columns",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'source = "old desk', "end of document"),
        (b"source = old desk\n", "line 1"),
        (b"a = 1\na = 2\n", "line 2"),
        ("source = '张'".encode("gb18030"), "utf-8"),
    ],
)
def test_no_toml(content: bytes, said: str, tmp_path: Path) -> None:
    """A file that is no TOML is refused with its name and where it goes wrong."""
    path = tmp_path / "mapping.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as refused:
        load_mapping(path)
    (finding,) = refused.value.findings
    assert (finding.key, finding.file) == ("file", str(path))
    assert said in finding.found


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_no_mapping_file(kind: str, tmp_path: Path) -> None:
    """A mapping that is not there, or is a folder, is refused with its name."""
    path = tmp_path if kind == "folder" else tmp_path / "none.toml"
    with pytest.raises(ConfigurationError) as refused:
        load_mapping(path)
    assert refused.value.findings[0].file == str(path)


def test_a_mapping_is_checked_before_the_file(tmp_path: Path) -> None:
    """A mapping that does not fit is refused even if there is no file to read."""
    with pytest.raises(ConfigurationError):
        check_log(tmp_path / "none.csv", mapping_from_data(changed("type", to="complain")))


@pytest.mark.parametrize(
    ("theirs", "reason", "said"),
    [
        ("Waiting", "awaiting_user", "not under states"),
        ("Caller", "awaiting_usr", "awaiting_user"),
        ("Active", "awaiting_user", "a word for pending"),
    ],
)
def test_reasons_of_waiting(theirs: str, reason: str, said: str) -> None:
    """A reason must be one of the settings', for a word that means a state to return from."""
    data = {**IT_DESK, "holds": {theirs: reason}}
    with pytest.raises(ConfigurationError) as refused:
        mapping_from_data(data, "desk.toml").check(it_desk())
    (finding,) = refused.value.findings
    assert (finding.key, finding.file) == (f"holds.{theirs}", "desk.toml")
    assert said in finding.text()


def test_a_rulebook_without_waiting() -> None:
    """Where tickets never wait, both are found: the state to wait in, and the reason."""
    found = findings(changed("holds", "New", to="lunch"))
    assert list(found) == ["holds.New"]
    with pytest.raises(ConfigurationError) as refused:
        mapping_from_data(changed("holds", "New", to="lunch")).check(basic())
    assert [each.expected for each in refused.value.findings] == [
        "nothing",
        "a rulebook with hold reasons",
    ]


def test_rulebooks_that_ship() -> None:
    """Each of them can be named, and is known by its digest again."""
    assert set(SHIPPED) == set(shipped_names())
    for name in SHIPPED:
        named = rulebook_of(mapping_from_data({**PLAIN, "rulebook": name}))
        assert named.name == name
        assert shipped_by_digest(named.digest) is named
    assert shipped_by_digest("none of them") is None


def test_a_rulebook_beside_the_mapping(tmp_path: Path) -> None:
    """A file is looked for beside the mapping, and its words are those that count."""
    (tmp_path / "own.toml").write_text(
        rulebook_to_toml(it_desk()).replace('name = "it_desk"', 'name = "own"', 1),
        encoding="utf-8",
    )
    plan = mapping_from_data({**IT_DESK, "rulebook": "own.toml"}, str(tmp_path / "desk.toml"))
    own = rulebook_of(plan)
    assert own.name == "own"
    assert shipped_by_digest(own.digest) is None
    store = MemoryStore()
    assert import_log(written(tmp_path, [entry("C1", "New", 0)]), plan, store).added == 1
    ((_, record),) = store.log()
    assert own.digest in str(record)


def test_a_rulebook_nobody_knows(tmp_path: Path) -> None:
    """A name that none has, and a file that is not there, are refused with what was meant."""
    for name, said in (("it-desk", "it_desk"), ("none.toml", str(tmp_path / "none.toml"))):
        plan = mapping_from_data({**IT_DESK, "rulebook": name}, str(tmp_path / "desk.toml"))
        with pytest.raises(ConfigurationError) as refused:
            check_log(tmp_path / "none.csv", plan)
        assert said in refused.value.text()
