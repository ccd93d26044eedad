"""Rulebook files with mistakes: all of them at once, each with line, key, found and expected."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.rulebook.files import SMALL
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import load_rulebook, rulebook_from_data, rulebook_from_toml


def findings(text: str) -> list[Finding]:
    """Everything that is wrong with the text of a rulebook file."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text, "bank.toml")
    return list(refused.value.findings)


def found(text: str) -> list[tuple[str, str]]:
    """Where each mistake stands, as line and key."""
    return [(each.file.removeprefix("bank.toml:"), each.key) for each in findings(text)]


MANY = """
format = 2
name = "bank"
version = 1
calender = "CN"
clock_skew = "5 working minutes"
late_notice = "soon"
labels = "Bank"

[states.new]
stage = "intak"
category = "initial"
labels = { en = "New", zh-CN = 7 }

[states.done]
stage = "conclusion"
category = "closed"
resolvd = true

[roles.clerk]
sees = "departement"

[roles]
chief = "all"

[actions.open]
to = "new"
roles = ["clerk"]
arguments = [{ name = "x" }]

[actions.finish]
from = ["neww"]
to = "done"
roles = ["clark"]
rules = ["reason_givn", 5, { rule = "not_own_work", beside = ["open"], besides = [1.5] }]

[actions.call_back]
arguments = [
  { name = "number", kind = "cod" },
  { kind = "text" },
]
[[actions.call_back.rows]]
from = ["new"]
to = "="
roles = ["clerk"]
[[actions.call_back.rows]]
from = ["done"]
to = 5
roles = ["clerk"]

[actions.change]
from = ["new"]
rows = [{ from = ["new"], to = "=", roles = ["clerk"] }]

[fields.title]
kind = "text"
limt = 5
searchable = true

[fields.size]
kind = "code"
sensitive = true
searchable = true
limit = 0

[forms.complaint]
fields = ["titel", "size", { name = "amount", kind = "number" }, 7]

[settings]
required_fields = ["title", "customr"]
auto_close_after = "7 days"
reopen_window = "30 working days"
types_without_review = ["complant"]
max_decline = 2
max_escalation_level = 99999999999999999999
rating = [5]

[settings.time_limits]
complaint = "15"
complant = "15 elapsed hours"

[settings.hold_reasons.waiting]
pauses = "intern"
longest = "never"

[[settings.approvals]]
step = "finish"
ranks = [1, "2"]
when = { all = [{ field = "type", eqq = 1 }] }
[[settings.approvals]]
step = "finsh"
ranks = []

[settings.own]
ratio = 1.5
"""

MANY_FOUND = """
2 format
4 version
5 calender
6 clock_skew
7 late_notice
8 labels
11 states.new.stage
13 states.new.labels.zh-CN
18 states.done.resolvd
21 roles.clerk.sees
24 roles.chief
29 actions.open.arguments
32 actions.finish.from
34 actions.finish.roles
35 actions.finish.rules[1]
35 actions.finish.rules[2].besides
35 actions.finish.rules.reason_givn
39 actions.call_back.arguments[0].kind
40 actions.call_back.arguments[1].name
48 actions.call_back.rows[1].to
53 actions.change.rows
57 fields.title.limt
64 fields.size.limit
63 fields.size.searchable
67 forms.complaint.fields[0]
67 forms.complaint.fields.amount.kind
67 forms.complaint.fields[3]
70 settings.required_fields
71 settings.auto_close_after
72 settings.reopen_window
72 settings.reopen_window
73 settings.types_without_review
74 settings.max_decline
75 settings.max_escalation_level
76 settings.rating
79 settings.time_limits.complaint
80 settings.time_limits.complant
83 settings.hold_reasons.waiting.pauses
84 settings.hold_reasons.waiting.longest
87 settings.approvals[0].step
88 settings.approvals[0].ranks[1]
89 settings.approvals[0].when.all[0]
91 settings.approvals[1].step
92 settings.approvals[1].ranks
95 settings.own.ratio
"""


def test_every_mistake_of_a_file_is_found_at_once() -> None:
    """One look at the errors is enough to mend the whole file, with the line of each."""
    expected = [line.split(" ") for line in MANY_FOUND.strip().splitlines()]
    assert sorted(found(MANY)) == sorted((line, key) for line, key in expected)


def test_mistakes_come_in_the_order_of_the_file() -> None:
    """Findings are listed from the first line to the last."""
    lines = [int(line) for line, _ in found(MANY)]
    assert lines == sorted(lines)


NEAR = {
    "calender": "calendar",
    "states.new.stage": "intake",
    "states.done.resolvd": "resolved",
    "roles.clerk.sees": "department",
    "actions.finish.from": "new",
    "actions.finish.roles": "clerk",
    "actions.finish.rules.reason_givn": "reason_given or resolution_given",
    "fields.title.limt": "limit",
    "forms.complaint.fields[0]": "title",
    "settings.required_fields": "customer",
    "settings.types_without_review": "complaint",
    "settings.max_decline": "max_declines or max_escalation_level",
    "settings.auto_close_after": "7 working days or 7 calendar days or 168 elapsed hours",
    "settings.hold_reasons.waiting.pauses": "internal",
}


def test_what_was_meant_is_said() -> None:
    """A misspelt key, name or duration is answered with what it is nearest to."""
    said = {each.key: each.expected for each in findings(MANY)}
    assert {key: said[key] for key in NEAR} == NEAR


def test_a_name_that_is_left_out() -> None:
    """What must be said and is not has the line of the table that lacks it, if there is one."""
    assert found(SMALL.replace('name = "small"\n', "")) == [("bank.toml", "name")]
    assert found(SMALL.replace('stage = "intake"\n', "")) == [("6", "states.new.stage")]
    assert found(SMALL.replace('to = "done"\n', "")) == [("25", "actions.finish.to")]


def test_an_unknown_calendar() -> None:
    """A calendar is ready, or a file; durations are not blamed for it."""
    limit = '\n[roles.system]\n[settings]\nreopen_window = "3 working days"\n'
    text = SMALL.replace('version = "1"', 'version = "1"\ncalendar = "GB-SCOT"') + limit
    (wrong,) = [each for each in findings(text) if each.key == "calendar"]
    assert (wrong.file, wrong.found) == ("bank.toml:5", "GB-SCOT")
    assert "GB-SCT" in wrong.expected
    assert "settings.reopen_window" not in [key for _, key in found(text)]


def test_mistakes_in_the_calendar_file_name_that_file(tmp_path: Path) -> None:
    """A mistake in the calendar beside the rulebook is told with the calendar's name."""
    (tmp_path / "desk.toml").write_text('zone = "Asia/Shanghi"\nhours = "24/7"\n')
    path = tmp_path / "bank.toml"
    path.write_text(SMALL.replace('"1"', '"1"\ncalendar = "desk.toml"\nextra = 1'), "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_rulebook(path)
    places = {(each.file, each.key) for each in refused.value.findings}
    assert places == {(str(tmp_path / "desk.toml"), "zone"), (f"{path}:6", "extra")}


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """No file, no text and no TOML are findings, too; so are tables without end."""
    for name, content in {
        "none.toml": None,
        "picture.toml": b"\x89PNG\xff",
        "broken.toml": b"a = [1,",
        "deep.toml": b"a = " + b"[" * 5000 + b"]" * 5000,
    }.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ConfigurationError) as refused:
            load_rulebook(path)
        assert [(each.file, each.key) for each in refused.value.findings] == [(str(path), "file")]


def test_data_that_is_no_table() -> None:
    """Anything may come from elsewhere: it is refused, not stumbled over."""
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"a": deep}
    values: list[Any] = [7, [], deep]
    for data in values:
        with pytest.raises(ConfigurationError) as refused:
            rulebook_from_data(data)
        assert [each.key for each in refused.value.findings] == ["rulebook"]


WRONG = [7, 1.5, True, "x", [], [[]], {}, {"a": {}}, [{"a": 1}], None]
TABLES = ["states", "roles", "actions", "fields", "forms", "settings"]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("table", TABLES)
def test_any_value_in_any_place(table: str, wrong: Any) -> None:
    """A table, what stands in it, and every key of that may hold anything: it is only a finding."""
    for value in (wrong, {"a": wrong}, {"a": {"b": wrong}}):
        with pytest.raises(ConfigurationError):
            rulebook_from_data({"format": 1, "name": "a", "version": "1", table: value})


def test_every_key_may_hold_anything() -> None:
    """Whatever stands at a key of a sound file is a finding at that key, or is sound as well."""
    sound = {
        ("states", "new"): ["stage", "category", "labels", "customer_labels", "resolved"],
        ("roles", "clerk"): ["sees", "read_only", "labels"],
        ("actions", "finish"): ["from", "to", "roles", "rules", "labels", "rows", "arguments"],
        ("forms", "complaint"): ["fields", "labels"],
        ("settings",): ["required_fields", "time_limits", "rating", "hold_reasons", "approvals"],
    }
    values: list[Any] = [7, 1.5, "x", [7], [[]], [{}], {"a": 7}]
    for path, keys in sound.items():
        for key in keys:
            for wrong in values:
                data = tomllib.loads(SMALL)
                table = data
                for name in path:
                    table = table.setdefault(name, {})
                table[key] = wrong
                with pytest.raises(ConfigurationError) as refused:
                    rulebook_from_data(data)
                place = ".".join((*path, key))
                assert any(each.key.startswith(place) for each in refused.value.findings)


def test_what_follows_from_a_mistake_is_not_said() -> None:
    """A stage that is misspelt is one finding, and no other part is blamed for it."""
    assert found(SMALL.replace('category = "initial"', 'category = "inital"')) == [
        ("8", "states.new.category")
    ]
    assert found(SMALL.replace("required = true", 'kind = "cod"')) == [
        ("33", "forms.complaint.fields.title.kind")
    ]


def test_a_shared_field_is_blamed_once_where_it_stands() -> None:
    """What is wrong with a shared field stands at the field, not at every form that has it."""
    text = SMALL.replace('[{ name = "title", required = true }]', '["title"]')
    text += '[forms.enquiry]\nfields = ["title"]\n[fields.title]\nsearchable = true\n'
    assert found(text) == [("37", "fields.title.searchable")]


def test_the_only_row_of_a_list_is_found_in_the_list() -> None:
    """An action with one row in a list of rows: its mistakes stand there."""
    text = SMALL.replace('from = ["new"]', '[[actions.finish.rows]]\nfrom = ["neww"]')
    assert ("28", "actions.finish.rows[0].from") in found(text)


def test_without_a_file_there_is_no_line() -> None:
    """Text that comes from nowhere has keys only."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(MANY)
    assert {each.file for each in refused.value.findings} == {""}
