"""Reading packs: what a file says, and every mistake with its place."""

from typing import Any

import pytest

from workorder.durations import CalendarDays
from workorder.errors import ConfigurationError, Finding
from workorder.sla.regulations import Pack, pack, pack_from_data, pack_from_toml

PACK = """
name = "xx_rule"
regime = "Nowhere"
calendar = "CN"
labels = { en = "A rule", zh-CN = "规则" }
note = { en = "A note.", zh-CN = "说明。" }
when = { field = "type", eq = "complaint" }
collected = 2026-11-22

[clocks."xx.answer"]
kind = "limit"
duty = "bank"
labels = { en = "Answer", zh-CN = "答复" }
within = "15 calendar days"
counting = { en = "Calendar days.", zh-CN = "自然日。" }
starts = { en = "receipt", zh-CN = "收到" }
citation = "Rule 1"
quote = "within 15 days"
sources = ["https://example.org/rule"]
confidence = "seen"
verified = true
next_review = 2027-05-22
start = { field = "action", eq = "open" }
stop = { field = "action", eq = "reply" }

[[clocks."xx.answer".extensions]]
to = "30 calendar days"
condition = { en = "complex", zh-CN = "复杂" }
approver = { en = "none", zh-CN = "无" }
notice = { en = "told", zh-CN = "告知" }
"""


def changed(old: str, new: str) -> tuple[Finding, ...]:
    """What is wrong when *old* is *new*; nothing is a failure."""
    assert old in PACK
    with pytest.raises(ConfigurationError) as refused:
        pack_from_toml(PACK.replace(old, new), "xx_rule.toml")
    assert {each.file for each in refused.value.findings} == {"xx_rule.toml"}
    return refused.value.findings


def test_file_is_read() -> None:
    """Every key becomes an attribute; a clock without rows stands for itself."""
    found = pack_from_toml(PACK)
    assert isinstance(found, Pack)
    (clock,) = found.clocks
    assert (clock.name, clock.rows) == ("xx.answer", ("xx.answer",))
    assert clock.within == CalendarDays(15)
    assert clock.collected.isoformat() == "2026-11-22"
    assert clock.extensions[0].to == CalendarDays(30)
    assert clock.anchor == "at"
    assert clock.measurable
    assert not clock.repeat
    assert clock.valid_from is clock.valid_to is None


def test_date_of_collection_can_be_the_clocks_own() -> None:
    """A clock that was read on another day says so."""
    own = PACK.replace('duty = "bank"', 'duty = "bank"\ncollected = 2026-12-01')
    assert pack_from_toml(own).clocks[0].collected.isoformat() == "2026-12-01"


CLOCK = "clocks.xx.answer"
MISTAKES = [
    ('name = "xx_rule"', 'name = "XX Rule"', "name"),
    ('name = "xx_rule"', "", "name"),
    ('regime = "Nowhere"', "regime = 7", "regime"),
    ('calendar = "CN"', 'calendar = "ZZ"', "calendar"),
    ('calendar = "CN"', 'calender = "CN"', "calender"),
    ('"A rule", zh-CN = "规则" }', '"A rule" }', "labels.zh-CN"),
    ('zh-CN = "规则" }', 'zh-CN = "规则", fr = "règle" }', "labels.fr"),
    ('when = { field = "type", eq = "complaint" }', 'when = { field = "type" }', "when"),
    ('when = { field = "type", eq = "complaint" }', "", "when"),
    ("collected = 2026-11-22", "", f"{CLOCK}.collected"),
    ("collected = 2026-11-22", 'collected = "2026-11-22"', "collected"),
    ('kind = "limit"', 'kind = "limits"', f"{CLOCK}.kind"),
    ('duty = "bank"', 'duty = "banks"', f"{CLOCK}.duty"),
    ('duty = "bank"', 'duty = "consumer"', f"{CLOCK}.start"),
    ('kind = "limit"', 'kind = "pause"', f"{CLOCK}.within"),
    ("15 calendar days", "15 days", f"{CLOCK}.within"),
    ('within = "15 calendar days"', "", f"{CLOCK}.extensions"),
    ('counting = { en = "Calendar days.", zh-CN = "自然日。" }', "", f"{CLOCK}.counting"),
    ('starts = { en = "receipt", zh-CN = "收到" }', "", f"{CLOCK}.starts"),
    ('citation = "Rule 1"', "", f"{CLOCK}.citation"),
    ('quote = "within 15 days"', 'quote = ""', f"{CLOCK}.quote"),
    ('sources = ["https://example.org/rule"]', "sources = []", f"{CLOCK}.sources"),
    ('sources = ["https://example.org/rule"]', "", f"{CLOCK}.sources"),
    ('confidence = "seen"', 'confidence = "sure"', f"{CLOCK}.confidence"),
    ('confidence = "seen"', 'confidence = "secondary"', f"{CLOCK}.verified"),
    ("verified = true", 'verified = "yes"', f"{CLOCK}.verified"),
    ("next_review = 2027-05-22", "", f"{CLOCK}.next_review"),
    ("next_review = 2027-05-22", "next_review = 2026-11-22", f"{CLOCK}.next_review"),
    (
        "verified = true",
        "verified = true\nvalid_from = 2026-01-02\nvalid_to = 2026-01-01",
        f"{CLOCK}.valid_to",
    ),
    ('eq = "reply" }', 'equals = "reply" }', f"{CLOCK}.stop"),
    ('stop = { field = "action", eq = "reply" }', "", f"{CLOCK}.stop"),
    ('start = { field = "action", eq = "open" }', "", f"{CLOCK}.stop"),
    ('start = { field = "action", eq = "open" }', "start = { all = 3 }", f"{CLOCK}.start.all"),
    ('duty = "bank"', 'duty = "bank"\nper_case = "order due"', f"{CLOCK}.per_case"),
    ('duty = "bank"', 'duty = "bank"\nrows = []', f"{CLOCK}.rows"),
    ('duty = "bank"', 'duty = "bank"\npriority = 1', f"{CLOCK}.priority"),
    ("30 calendar days", "30 days", f"{CLOCK}.extensions[0].to"),
    ('notice = { en = "told", zh-CN = "告知" }', "", f"{CLOCK}.extensions[0].notice"),
    ('"无" }', '"无" }\nby = "us"', f"{CLOCK}.extensions[0].by"),
    ('[clocks."xx.answer"]', '[clocks."Answer"]', "clocks.Answer"),
]


@pytest.mark.parametrize(
    ("old", "new", "key"), MISTAKES, ids=[each[1] or each[0] for each in MISTAKES]
)
def test_mistake_is_found_where_it_stands(old: str, new: str, key: str) -> None:
    """Each mistake is a finding with the file and the key."""
    assert key in [each.key for each in changed(old, new)]


def test_all_mistakes_are_found_at_once() -> None:
    """Three mistakes are three findings."""
    text = PACK.replace('"CN"', '"ZZ"').replace("15 calendar", "15").replace("Rule 1", "")
    with pytest.raises(ConfigurationError) as refused:
        pack_from_toml(text)
    keys = {each.key for each in refused.value.findings}
    assert keys == {"calendar", f"{CLOCK}.within", f"{CLOCK}.citation"}


def test_bare_days_are_explained() -> None:
    """A period without a unit is told what could be meant."""
    (found,) = changed("15 calendar days", "15 days")
    assert "15 working days" in found.expected


def test_row_belongs_to_one_clock() -> None:
    """Two clocks cannot stand for the same row."""
    second = PACK[PACK.index("[clocks") :].replace("xx.answer", "xx.other")
    second = second.replace('kind = "limit"', 'kind = "limit"\nrows = ["xx.answer"]')
    with pytest.raises(ConfigurationError) as refused:
        pack_from_toml(PACK + second)
    assert [each.key for each in refused.value.findings] == ["clocks.xx.other.rows"]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ([], "pack"),
        ({"clocks": {}}, "clocks"),
        ({"clocks": {"a.b": 3}}, "clocks.a.b"),
        ({"clocks": 3}, "clocks"),
        ({"labels": 3}, "labels"),
    ],
)
def test_other_data_is_refused(data: Any, key: str) -> None:
    """What is no pack at all is a finding, not an exception of Python."""
    with pytest.raises(ConfigurationError) as refused:
        pack_from_data(data)
    assert key in [each.key for each in refused.value.findings]


def test_text_that_is_no_toml_names_its_line() -> None:
    """A file that cannot be read says where."""
    with pytest.raises(ConfigurationError, match="line 2"):
        pack_from_toml("name = 1\nregime = =\n", "x.toml")


def test_pack_is_read_once() -> None:
    """The same value each time."""
    assert pack("cn_nfra_2020") is pack("cn_nfra_2020")
