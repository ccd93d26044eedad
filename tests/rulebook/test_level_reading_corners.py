"""Files of service levels that ended in a traceback, or that were read without a word."""

from pathlib import Path

import pytest

from tests.rulebook.level_samples import BOOK
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import rulebook_from_toml, service_levels_from_toml

SMALL = """
format = 1
calendar = "CN"

[calendars]
london = "GB-ENG"

[ladders.usual]
marks = [{ at = "75%", tell = ["assignee"] }, { at = "1 working day after", tell = ["manager"] }]

[metrics.answer]
start = { field = "action", eq = "open" }
stop = { field = "action", eq = "reply" }
ladder = "usual"
extendable = true

[policies.everybody]
targets = [
  { metric = "answer", within = "200 working days", calendar = "london", extends_to = ["300 working days"] },
]
"""  # noqa: E501 (a table in a list stands on one line)

WITHIN = """
[sla.metrics.answer]
start = { field = "action", eq = "open" }
stop = { field = "state", eq = "done" }

[sla.policies.everybody]
when = WHEN
targets = [{ metric = "answer", within = "2 working hours" }]
"""
"""As a rulebook has it, with a condition to be filled in."""


def told(old: str, new: str) -> list[Finding]:
    """What is said of the file with *new* for *old*."""
    assert SMALL.count(old) == 1, old
    with pytest.raises(ConfigurationError) as refused:
        service_levels_from_toml(SMALL.replace(old, new), "own.toml", folder=Path())
    return list(refused.value.findings)


def test_the_sample_is_right() -> None:
    """Nothing is wrong with it as it stands."""
    assert service_levels_from_toml(SMALL).metrics


def test_calendars_that_are_no_table() -> None:
    """That alone is told, not what was to be counted by them."""
    (found,) = told('[calendars]\nlondon = "GB-ENG"', 'calendars = "CN"')
    assert (found.file, found.key, found.expected) == ("own.toml:5", "calendars", "a table")


def test_a_path_that_no_file_has() -> None:
    """A null character is a mistake in the name of the file."""
    (found,) = told('"GB-ENG"', '"a\\u0000.toml"')
    assert found.key == "calendars.london"
    assert "which is not there" in found.found


def test_a_calendar_called_as_the_usual_one() -> None:
    """It would count everything that the usual one counts."""
    (found,) = told('london = "GB-ENG"', 'london = "GB-ENG"\ncalendar = "GB-ENG"')
    assert found.key == "calendars.calendar"


@pytest.mark.parametrize("at", ["075%", "0100%", "１００%", "75%\\n", "1 working day before\\n"])
def test_marks_written_otherwise(at: str) -> None:
    """A share has one way to be written: “0100%” would be no breach, and be reached never."""
    (found,) = told('at = "75%"', f'at = "{at}"')
    assert found.key == "ladders.usual.marks[0].at"


def test_one_mark_in_two_words() -> None:
    """“after due” is “after”."""
    (found,) = told('at = "75%"', 'at = "1 working day after due"')
    assert (found.key, found.expected) == ("ladders.usual.marks", "one of each")


def test_a_share_beyond_the_horizon() -> None:
    """Time would be stuck on whatever missed its target; a share that can be reached is fine."""
    (found,) = told('at = "75%"', 'at = "9999%"')
    assert found.key == "ladders.usual.marks[0].at"
    assert "200 working days" in found.found
    assert service_levels_from_toml(SMALL.replace('"75%"', '"300%"')).ladders


def test_an_extension_that_takes_time_away() -> None:
    """The whole may not be less after an extension than before it; what is counted by other means
    is not compared.
    """
    (found,) = told('["300 working days"]', '["100 working days"]')
    assert found.key == "policies.everybody.targets[0].extends_to[0]"
    (found,) = told('["300 working days"]', '["300 working days", "250 working days"]')
    assert found.key == "policies.everybody.targets[0].extends_to[1]"
    other = SMALL.replace('["300 working days"]', '["100 calendar days"]')
    assert service_levels_from_toml(other).policies


def test_missing_takes_no_false() -> None:
    """What it may be is said, and no sentence inside a sentence."""
    (found,) = told(
        'stop = { field = "action", eq = "reply" }',
        'stop = { field = "assignee", missing = false }',
    )
    assert (found.key, found.expected) == ("metrics.answer.stop", "true")


@pytest.mark.parametrize(
    ("field", "operator", "values"),
    [
        ("type", "eq", '["complaint"]'),
        ("type", "ne", '["complaint"]'),
        ("action", "eq", '["finish"]'),
        ("state", "eq", '["done"]'),
        ("resolved", "eq", "[true]"),
        ("fields.amount", "gt", "[100]"),
    ],
)
def test_a_list_is_compared_by_in(field: str, operator: str, values: str) -> None:
    """Nothing that has one value is equal to a list: the condition would be false for ever, or
    true.
    """
    condition = f"{{ field = '{field}', {operator} = {values} }}"
    wrong = BOOK + WITHIN.replace("WHEN", condition)
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(wrong, "bank.toml")
    found = [each.expected[:4] for each in refused.value.findings if each.key.endswith(".when")]
    assert "“in”" in found


def test_no_time_at_all() -> None:
    """It would be missed at birth; the same day is another matter."""
    (found,) = told("200 working days", "0 working hours")
    assert (found.key, found.expected) == (
        "policies.everybody.targets[0].within",
        "more than no time",
    )
    assert service_levels_from_toml(SMALL.replace("200 working days", "0 working days")).metrics


def test_extensions_of_what_is_never_extended() -> None:
    """They could do nothing, and the error says what would make them."""
    (found,) = told("extendable = true\n", "")
    assert (found.key, found.expected) == (
        "policies.everybody.targets[0].extends_to",
        "extendable = true in metrics.answer",
    )


def test_a_pack_that_is_not_there_is_told_once() -> None:
    """That its clock should lead is no mistake of its own."""
    leading = 'leading = ["cn.nfra.decision"]\n[calendars]'
    pack = '\n[packs.cn_nfra]\nwhen = { field = "type", eq = "complaint" }\n'
    text = SMALL.replace("[calendars]", leading) + pack
    with pytest.raises(ConfigurationError) as refused:
        service_levels_from_toml(text, "own.toml", folder=Path())
    assert [each.key for each in refused.value.findings] == ["packs.cn_nfra"]


def test_a_calendar_that_a_pack_could_not_take() -> None:
    """What is recommended is not refused afterwards."""
    pack = (
        '\n[packs.cn_nfra_2020]\nwhen = { field = "type", eq = "complaint" }\n'
        'clocks = ["cn.nfra.decision"]\ncalendar = "CN"\n'
    )
    with pytest.raises(ConfigurationError) as refused:
        service_levels_from_toml(SMALL + pack, "own.toml", folder=Path())
    (found,) = refused.value.findings
    assert (found.key, found.expected) == ("packs.cn_nfra_2020.calendar", "one of london")


def test_a_pause_that_nothing_ends() -> None:
    """It would be there for one moment, or for ever."""
    (found,) = told(
        "extendable = true", 'extendable = true\npause = { field = "action", eq = "hold" }'
    )
    assert found.key == "metrics.answer.pause"
    assert found.expected.startswith("resume beside it")


@pytest.mark.parametrize("where", ["policies.everybody.when", "policies.everybody.targets[0].when"])
def test_what_applies_is_no_matter_of_one_moment(where: str) -> None:
    """With the next thing that happens it would apply no more, and the clock be cancelled."""
    condition = '{ field = "action", eq = "open" }'
    if "targets" in where:
        found = told(
            'within = "200 working days"', f'when = {condition}, within = "200 working days"'
        )
    else:
        found = told("targets = [", f"when = {condition}\ntargets = [")
    assert [each.key for each in found] == [where]
