"""Mistakes in files of service levels: all of them at once, each with its line and key."""

from pathlib import Path

import pytest

from tests.rulebook.level_samples import ALONE, BOOK, TABLES
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import load_service_levels, rulebook_from_toml, service_levels_from_toml


def findings(text: str) -> list[Finding]:
    """Everything that is wrong with the text of a rulebook file."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text, "bank.toml")
    return list(refused.value.findings)


def alone(text: str) -> list[Finding]:
    """Everything that is wrong with the text of a file of service levels."""
    with pytest.raises(ConfigurationError) as refused:
        service_levels_from_toml(text, "levels.toml")
    return list(refused.value.findings)


def told(text: str) -> list[Finding]:
    """Whatever is wrong with the text of a file of service levels, if anything is."""
    try:
        service_levels_from_toml(text, "levels.toml")
    except ConfigurationError as error:
        return list(error.findings)
    return []


MANY = """
format = 1
calendar = "CN"
leading = ["anser"]
ladder = "usual"

[calendars]
london = "GB-EGN"
paris = 7

[departments]
cards = "londn"
loans = 3

[ladders.usual]
labels = "Usual"
marks = [
  { at = "75 percent" },
  { tell = ["assignee"] },
  "90%",
  { at = "100%", tell = ["boss"], levl = 1 },
  { at = "4000 working days after" },
]

[metrics.answer]
start = { field = "action", eqq = "open" }
stop = { any = [] }
pause = "always"
resume = { field = "by", eq = "customer" }
on_reopen = "restrat"
repeat = 1
ladder = "usul"

[metrics.handover]
stop = { field = "state", eq = "done" }

[policies.complaint]
order = "first"
when = { field = "type" }
targets = [
  { metric = "answr", within = "2 working hours" },
  { metric = "answer", within = "2 wrking hours", calendar = "lndon" },
  { metric = "answer", within = "3 working hours", extends_to = ["1 working day", 5, "soon"] },
  7,
  { within = "1 working day" },
]

[policies.request]
targets = "none"

[policies.enquiry]

[packs.cn_nfra_2021]

[packs.cn_nfra_2020]
calendar = "londo"
clocks = ["nfra.decision"]
"""

FOUND = """
4 leading anser
5 ladder an unknown key
8 calendars.london GB-EGN
9 calendars.paris 7
12 departments.cards londn
13 departments.loans 3
16 ladders.usual.labels “Usual”
18 ladders.usual.marks[0].at '75 percent'
19 ladders.usual.marks[1].at nothing
20 ladders.usual.marks[2] “90%”
21 ladders.usual.marks[3].levl an unknown key
21 ladders.usual.marks[3].tell boss
22 ladders.usual.marks[4].at 4000 working days after
26 metrics.answer.start
27 metrics.answer.stop what never holds
28 metrics.answer.pause text
30 metrics.answer.on_reopen restrat
31 metrics.answer.repeat 1
32 metrics.answer.ladder usul
34 metrics.handover.start nothing
38 policies.complaint.order “first”
39 policies.complaint.when
41 policies.complaint.targets[0].metric answr
42 policies.complaint.targets[1].within “2 wrking hours”
42 policies.complaint.targets[1].calendar lndon
43 policies.complaint.targets[2].extends_to[1] 5
43 policies.complaint.targets[2].extends_to[2] “soon”
44 policies.complaint.targets[3] 7
45 policies.complaint.targets[4].metric nothing
49 policies.request.targets “none”
51 policies.enquiry.targets none
53 packs.cn_nfra_2021 cn_nfra_2021
57 packs.cn_nfra_2020.clocks nfra.decision
"""


def lines(found: list[Finding]) -> list[str]:
    """Line, key and what was found; conditions that were found are long."""
    return [
        f"{each.file.rpartition(':')[2]} {each.key}"
        + (f" {each.found}" if not each.found.startswith("{") else "")
        for each in found
    ]


def test_every_mistake_of_a_file_is_found_at_once() -> None:
    """One misspelt word hides no other, and what follows from it is not told."""
    assert lines(alone(MANY)) == FOUND.strip().splitlines()


def test_the_same_in_a_rulebook() -> None:
    """In a rulebook the keys begin with the name of the table, and the lines are its own."""
    text = BOOK + TABLES.replace('within = "2 working hours"', 'within = "soon"')
    (found,) = findings(text)
    line = text.splitlines().index(next(each for each in text.splitlines() if '"soon"' in each))
    assert found.file == f"bank.toml:{line + 1}"
    assert found.key == "sla.policies.complaint.targets[0].within"
    assert found.found == "“soon”"


def test_promises_need_a_calendar() -> None:
    """Nothing can be counted without one: told once, beside what else is wrong."""
    without = BOOK.replace('calendar = "CN"\n', "") + TABLES
    (found,) = findings(without)
    assert (found.key, found.found) == ("sla", "targets without a calendar")
    assert found.file == f"bank.toml:{without.splitlines().index('[sla]') + 1}"
    (found,) = alone(ALONE.replace('calendar = "CN"\n', "", 1))
    assert (found.key, found.found) == ("calendar", "targets without a calendar")
    two = findings(without.replace('within = "2 working hours"', 'within = "soon"'))
    assert [each.key for each in two] == ["sla", "sla.policies.complaint.targets[0].within"]


def test_a_calendar_that_cannot_be_read_is_told_once() -> None:
    """What it would count is not found fault with; what else is wrong is."""
    (found,) = findings(BOOK.replace('"CN"', '"CNN"') + TABLES)
    assert found.key == "calendar"
    both = findings(
        (BOOK + TABLES).replace('"CN"', '"CNN"').replace('ladder = "usual"', 'ladder = "?"')
    )
    assert {each.key for each in both} == {
        "calendar",
        "sla.metrics.answer.ladder",
        "sla.packs.cn_nfra_2020.ladder",
    }


def test_a_calendar_file_that_is_not_there(tmp_path: Path) -> None:
    """Who names it and where it was looked for are said."""
    path = tmp_path / "levels.toml"
    path.write_text(ALONE.replace('"GB-ENG"', '"london.toml"'), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_service_levels(path)
    (found,) = refused.value.findings
    assert (found.file, found.key) == (f"{path}:7", "calendars.london")
    assert str(tmp_path / "london.toml") in found.found


def test_mistakes_of_packs_stand_where_they_are_adopted() -> None:
    """A calendar, ladder or condition of a pack is a key of its table, not of its metrics."""
    for old, new, key in (
        ('ecision"]\ncalendar = "london"', 'ecision"]\ncalendar = "lndon"', "calendar"),
        ('"london"\nladder = "usual"', '"london"\nladder = "usul"', "ladder"),
        (
            'when = { field = "type", eq = "complaint" }\nclocks',
            "when = { any = [] }\nclocks",
            "when",
        ),
    ):
        assert old in ALONE
        found = alone(ALONE.replace(old, new))
        assert [each.key for each in found] == [f"packs.cn_nfra_2020.{key}"], new


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("format = 1\ncalendar = ", "file"),
        ("format = 2\ncalendar = 'CN'", "format"),
        ("calendar = 'CN'", "format"),
        ("format = 1\ncalendar = 'CN'\nsla = 5", "sla"),
        ("format = 1\ncalendar = 'CN'\nmetrics = 5", "metrics"),
        ("format = 1\ncalendar = 'CN'\nmetrics.answer = 5", "metrics.answer"),
        ("format = 1\ncalendar = 'CN'\npolicies.a.targets = [[]]", "policies.a.targets[0]"),
    ],
)
def test_files_that_are_none(text: str, key: str) -> None:
    """Whatever stands there, it is told by its key."""
    assert key in [each.key for each in alone(text)]


def test_whatever_stands_there_is_no_crash() -> None:
    """Every value of the sample, replaced by another kind of value, is a mistake that is told."""
    for number, line in enumerate(ALONE.splitlines()):
        name, equals, _ = line.partition(" = ")
        if not equals or name.startswith((" ", "#", "{")) or line.endswith("["):
            continue
        for other in ("5", "true", '""', "[]", "[{}]", "{ a = 1 }", '[["x"]]', "1979-05-27", "0.5"):
            text = "\n".join(
                f"{name} = {other}" if place == number else each
                for place, each in enumerate(ALONE.splitlines())
            )
            assert all(each.file and each.expected for each in told(text)), text
