"""Service levels in files: in a rulebook and on their own, read, written, and wrong."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given

from tests.rulebook.files import SMALL
from tests.rulebook.level_samples import ALONE, BOOK, TABLES, levels
from tests.rulebook.strategies import service_levels
from workorder.errors import ConfigurationError
from workorder.rulebook import (
    Rulebook,
    basic,
    load_rulebook,
    load_service_levels,
    rulebook_from_toml,
    rulebook_schema,
    rulebook_to_toml,
    rulebook_warnings,
    service_levels_from_toml,
    service_levels_schema,
    service_levels_to_toml,
)
from workorder.rulebook.files.level_files import service_levels_from_data
from workorder.sla import BusinessCalendar, calendar_to_toml, ready
from workorder.sla.clocks import AdoptedPack, Ladder, Mark, Metric, Policy, ServiceLevels, Target

DESK = 'zone = "Asia/Shanghai"\nhours = "Mo-Fr 08:00-20:00"\n'


def book() -> Rulebook:
    """The rulebook whose file has service levels with every key."""
    return rulebook_from_toml(BOOK + TABLES)


def test_a_rulebook_file_says_the_same_as_values() -> None:
    """Every key of every table is read; what is read by Python and by file is equal."""
    assert book().sla == levels()
    assert book() == evolve(rulebook_from_toml(BOOK), sla=levels())
    assert book().digest == evolve(rulebook_from_toml(BOOK), sla=levels()).digest
    assert {each.key for each in rulebook_warnings(book())} == {
        "sla.packs.cn_nfra_2020.cn.nfra.decision"  # nobody is told anything here
    }


def test_a_file_of_their_own_says_the_same() -> None:
    """The tables without their prefix, and the usual calendar beside them."""
    assert service_levels_from_toml(ALONE) == levels()


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (ServiceLevels, ()),
        (Metric, ("metrics", "answer")),
        (Policy, ("policies", "complaint")),
        (Target, ("policies", "complaint", "targets")),
        (Ladder, ("ladders", "usual")),
        (Mark, ("ladders", "usual", "marks")),
        (AdoptedPack, ("packs", "cn_nfra_2020")),
    ],
)
def test_the_samples_lack_no_key(kind: type, table: tuple[str, ...]) -> None:
    """Each attribute of each class stands in the sample file, so that none is forgotten."""
    found: Any = tomllib.loads(ALONE)
    for name in table:
        found = found[name]
    said = {key for each in found for key in each} if isinstance(found, list) else {*found}
    if kind is Metric:  # the one whose pauses have an end of their own
        said |= {*tomllib.loads(ALONE)["metrics"]["handover"]}
    known = {each.name for each in fields(kind) if each.init} - {"name", "calendar_names"}
    ours = {"unverified"}  # a pack whose clocks are verified is not taken on purpose
    assert known - said <= ours
    assert said - known <= {"format"}


def test_a_rulebook_file_does_for_service_levels(tmp_path: Path) -> None:
    """Its calendar and its promises are taken; rules of a host need not be known."""
    path = tmp_path / "bank.toml"
    text = BOOK.replace('to = "done"', 'to = "done"\nrules = ["our_own_rule"]') + TABLES
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        load_rulebook(path)
    assert load_service_levels(path) == levels()


def test_a_rulebook_without_promises_is_none() -> None:
    """A rulebook file that says nothing of them is told what is missing."""
    with pytest.raises(ConfigurationError) as refused:
        service_levels_from_toml(BOOK)
    assert [(each.key, each.found) for each in refused.value.findings] == [("sla", "nothing")]


def test_calendar_files_lie_beside(tmp_path: Path) -> None:
    """A calendar by name is read from a file in the same folder, and is written by its name."""
    (tmp_path / "desk.toml").write_text(calendar_to_toml(_desk()), encoding="utf-8")
    text = ALONE.replace('"GB-ENG"', '"desk.toml"').replace('"CN"', '"desk.toml"')
    (tmp_path / "levels.toml").write_text(text, encoding="utf-8")
    made = load_service_levels(tmp_path / "levels.toml")
    assert made.calendars["london"] == made.calendar == _desk()
    written = service_levels_to_toml(made)
    assert tomllib.loads(written)["calendar"] == "desk.toml"
    assert tomllib.loads(written)["calendars"] == {"london": "desk.toml"}
    assert service_levels_from_toml(written, folder=tmp_path) == made


def test_a_calendar_may_be_handed_over() -> None:
    """A host that keeps its calendars elsewhere gives them by the names that the text has."""
    text = ALONE.replace('"GB-ENG"', '"desk.toml"').replace('"CN"', '"desk.toml"')
    made = service_levels_from_toml(text, calendars={"desk.toml": _desk()})
    assert made.calendars["london"] == made.calendar == _desk()
    with pytest.raises(ConfigurationError):
        service_levels_from_toml(text, calendars={"other.toml": _desk()})


def _desk() -> BusinessCalendar:
    return BusinessCalendar("Asia/Shanghai", "Mo-Fr 08:00-20:00")


def test_calendars_that_no_file_can_name() -> None:
    """Whoever wants to write them down is told where their names stand."""
    made = evolve(levels(), calendars={"london": _desk()})
    with pytest.raises(ConfigurationError) as refused:
        service_levels_to_toml(made)
    assert [each.key for each in refused.value.findings] == ["calendars.london"]
    with pytest.raises(ConfigurationError) as refused:
        rulebook_to_toml(evolve(book(), sla=made))
    assert [each.key for each in refused.value.findings] == ["sla.calendars.london"]
    with pytest.raises(ConfigurationError) as refused:
        service_levels_to_toml(evolve(levels(), calendar=_desk()))
    assert [each.key for each in refused.value.findings] == ["calendar"]


def test_the_name_of_a_calendar_is_no_part_of_it() -> None:
    """How a file calls a calendar changes neither equality nor digest."""
    other = evolve(levels(), calendar_names={"london": "gb-eng"})
    assert other == levels()
    assert evolve(book(), sla=other).digest == book().digest
    assert 'london = "gb-eng"' in service_levels_to_toml(other)


def test_what_is_written_is_read_back() -> None:
    """Nothing is lost, lists of tables among it; and writing again gives the same text."""
    text = rulebook_to_toml(book())
    again = rulebook_from_toml(text)
    assert again == book()
    assert again.digests == book().digests
    assert rulebook_to_toml(again) == text
    alone = service_levels_to_toml(levels())
    assert service_levels_from_toml(alone) == levels()
    assert service_levels_to_toml(service_levels_from_toml(alone)) == alone


@given(service_levels())
def test_all_service_levels_are_read_back(made: ServiceLevels) -> None:
    """Whatever they promise, of whatever names, conditions and durations."""
    text = service_levels_to_toml(made)
    assert service_levels_from_toml(text) == made
    assert service_levels_from_data(tomllib.loads(text)) == made


def test_it_reads_well() -> None:
    """Targets and marks stand one on a line, conditions and labels on one; no defaults."""
    text = service_levels_to_toml(levels())
    assert (
        """
[policies.everything]
labels = { en = "Everything", zh-CN = "全部" }
targets = [
  { metric = "handover", within = "24 elapsed hours" },
]
"""
        in text
    )
    assert '\n[metrics.handover]\nlabels = { en = "Handover", zh-CN = "移交" }\nstart = { ' in text
    assert "on_change" not in text.partition("[metrics.handover]")[2].partition("[policies")[0]


def test_no_import_without_promises() -> None:
    """A rulebook that promises nothing loads nothing that counts."""
    program = (
        "import sys; from workorder.rulebook import rulebook_from_toml;"
        f"rulebook_from_toml({SMALL!r});"
        "print([m for m in sys.modules if m.startswith('workorder.sla')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


# --- digests ------------------------------------------------------------------------------------


def test_without_promises_the_digest_is_that_of_before() -> None:
    """A rulebook that has none says nothing of it: neither as data nor among its digests."""
    assert "sla" not in basic().as_data()
    assert set(basic().digests) == {"workflow", "forms", "settings", "calendar", "routing"}


CHANGES: dict[str, tuple[str, str]] = {
    "sla.leading": ('leading = ["answer", ', 'leading = ["handover", '),
    "sla.calendars.london.holidays.subdivision": ('"GB-ENG"', '"GB-SCT"'),
    "sla.departments.London desk": ('"London desk" = "london"', ""),
    "sla.ladders.usual.marks[0].at": ('at = "75%"', 'at = "80%"'),
    "sla.ladders.usual.marks[2].escalates": ("escalates = true", "escalates = false"),
    "sla.metrics.answer.repeat": ("repeat = true", "repeat = false"),
    "sla.metrics.answer.start.eq": ('eq = "open" }', 'eq = "put_aside" }'),
    "sla.policies.complaint.order": ("order = 20", "order = 30"),
    "sla.policies.complaint.targets[0].within": ('"2 working hours"', '"3 working hours"'),
    "sla.policies.everything.targets[0].within": ('"24 elapsed hours"', '"48 elapsed hours"'),
    "sla.packs.cn_nfra_2020.ladder": (
        'calendar = "london"\nladder = "usual"',
        'calendar = "london"',
    ),
    "sla.packs.cn_nfra_2020": (TABLES[TABLES.index("[sla.packs") :], ""),
    "sla.metrics.handover.labels.en": ('en = "Handover"', 'en = "Passing on"'),
}


@pytest.mark.parametrize("key", CHANGES)
def test_every_part_is_covered_and_shows_by_its_key(key: str) -> None:
    """What changes shows in the digest of ``sla`` and in no other, and in the difference."""
    old, new = CHANGES[key]
    assert TABLES.count(old) == 1
    text = TABLES.replace(old, new)
    if "packs" in key:
        text = text.replace(', "cn.nfra.decision"]\n\n[sla.cal', "]\n\n[sla.cal")
    other = rulebook_from_toml(BOOK + text)
    before, after = book().digests, other.digests
    assert {name for name in after if before[name] != after[name]} == {"sla"}
    changed = {each.key for each in _difference(other)}
    assert key in changed or any(each.startswith(key) for each in changed), changed


def _difference(other: Rulebook) -> tuple[Any, ...]:
    from workorder.rulebook import diff

    return diff(book(), other).changes


def test_promises_that_come_and_go() -> None:
    """All of it shows by its keys when a rulebook gets its first promises, and loses them."""
    from workorder.rulebook import diff

    plain = rulebook_from_toml(BOOK)
    there = diff(plain, book())
    assert [each.key for each in there.changes] == [
        "sla.leading",
        "sla.calendars.london",
        "sla.departments.London desk",
        "sla.ladders.usual",
        "sla.metrics.answer",
        "sla.metrics.handover",
        "sla.policies.complaint",
        "sla.policies.everything",
        "sla.packs.cn_nfra_2020",
    ]
    assert diff(book(), plain) == there.mirrored()


# --- schemas ------------------------------------------------------------------------------------


def test_schemas_know_them() -> None:
    """Both files pass their schemas, and a misspelt key does not."""
    from jsonschema import Draft202012Validator

    whole, alone = rulebook_schema(), service_levels_schema()
    Draft202012Validator.check_schema(alone)
    assert not [*Draft202012Validator(whole).iter_errors(tomllib.loads(BOOK + TABLES))]
    assert not [*Draft202012Validator(alone).iter_errors(tomllib.loads(ALONE))]
    for old, new in (
        ("ladder =", "lader ="),
        ("within =", "wthin ="),
        ("at = ", "att = "),
        ("clocks =", "clock ="),
        ('"restart"', '"restrat"'),
    ):
        text = ALONE.replace(old, new)
        assert [*Draft202012Validator(alone).iter_errors(tomllib.loads(text))], new


@given(service_levels())
def test_whatever_is_written_fits(made: ServiceLevels) -> None:
    """The data of any service levels passes."""
    from jsonschema import Draft202012Validator

    data = tomllib.loads(service_levels_to_toml(made))
    found = Draft202012Validator(service_levels_schema()).iter_errors(data)
    assert [each.json_path for each in found] == []


def test_ready_calendars_need_no_name() -> None:
    """A calendar that ships is written by its code, whoever made it."""
    assert tomllib.loads(service_levels_to_toml(levels()))["calendar"] == "CN"
    assert levels().calendar == ready("CN")
