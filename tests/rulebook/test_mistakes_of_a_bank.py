"""Mistakes that a bank's engineer makes in a rulebook file: each is found, where it stands."""

import pytest

from workorder.cli.rulebooks import rulebook_file
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import rulebook_from_toml

FILE = rulebook_file("bank")
BANK = FILE.read_text(encoding="utf-8")

CALL_BACK = """
[actions.call_back]
labels = { en = "Call back", zh-CN = "回拨" }
from = ["in_progress"]
to = "="
roles = ["handler"]
"""


def findings(old: str, new: str) -> list[Finding]:
    """Everything that is wrong with the bank's file when *new* stands for *old*."""
    assert old in BANK
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(BANK.replace(old, new, 1), "bank.toml", folder=FILE.parent)
    return list(refused.value.findings)


def added(text: str) -> list[Finding]:
    """Everything that is wrong with the bank's file when *text* stands at its end."""
    last = BANK.splitlines()[-1]
    return findings(f"{last}\n", f"{last}\n{text}")


def test_a_misspelt_table_is_told_with_its_line() -> None:
    """A table that stands in the file only as part of longer names has a line, too."""
    (found,) = findings("[settings.hold_reasons.", "[setings.hold_reasons.")
    line = BANK[: BANK.index("[settings.hold_reasons.")].count("\n") + 1
    assert (found.file, found.key, found.expected) == (f"bank.toml:{line}", "setings", "settings")


def test_a_field_that_a_form_names_twice_is_told_where_the_form_stands() -> None:
    """The mistake is in the form, not in the field that forms share."""
    (found,) = findings('"amount", "currency"]', '"amount", "currency", "title"]')
    assert found.key == "forms.dispute.fields.title"
    line = BANK[: BANK.index('"amount", "currency"]')].count("\n") + 1
    assert found.file == f"bank.toml:{line}"


@pytest.mark.parametrize("limit", [0, -5])
def test_an_argument_takes_at_least_one_character(limit: int) -> None:
    """A limit of none is no limit: as for fields, it is a mistake."""
    (found,) = added(f'{CALL_BACK}arguments = [{{ name = "number", limit = {limit} }}]\n')
    assert found.key == "actions.call_back.arguments.number.limit"


def test_what_people_fill_in_has_a_name() -> None:
    """Types, fields and arguments without a name could never be given."""
    assert added('[forms.""]\nfields = ["title", "category"]\n')[0].key == "forms"
    assert findings('"amount", "currency"]', '{ name = "" }]')[0].key == "forms.dispute.fields"
    (found,) = added(f'{CALL_BACK}arguments = [{{ name = "" }}]\n')
    assert found.key == "actions.call_back.arguments"
