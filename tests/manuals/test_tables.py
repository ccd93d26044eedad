"""Tables in Markdown: complete, even, and safe from what labels contain."""

import attrs
import pytest

from tests.manuals.manual_samples import LANGUAGES, RULEBOOKS, medium
from tests.manuals.markdown_reader import Section, plain, read
from tests.manuals.table_oracle import shown, targets
from workorder.manuals import tables
from workorder.workflow import NEW, Settings

HEADINGS = {
    "en": ["States", "Roles", "Actions", "Settings", "Forms"],
    "zh-CN": ["状态", "角色", "操作", "参数", "表单"],
}
CASES = [(name, language) for name in RULEBOOKS for language in LANGUAGES]


def chapters(name: str, language: str) -> list[Section]:
    """The sections of a rulebook's tables."""
    return read(tables(RULEBOOKS[name](), language=language))[0]


def column(section: Section, at: int, number: int = 0) -> list[str]:
    """A column of one of its tables, as a reader sees it."""
    return [plain(row[at]) for row in section.tables()[number][1:]]


def joined(names: list[str], language: str) -> str:
    """Several names, as a table lists them."""
    return ("、" if language == "zh-CN" else ", ").join(names)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_each_part_has_its_table(name: str, language: str) -> None:
    """Five headings in order, and under the last one for each form; every table is even."""
    rulebook = RULEBOOKS[name]()
    found = chapters(name, language)
    assert [each.title for each in found if each.level == 2] == HEADINGS[language]
    assert len(found) == 5 + len(rulebook.forms)
    assert all(each.tables() for each in found if each.title != HEADINGS[language][-1])


@pytest.mark.parametrize(("name", "language"), CASES)
def test_states_and_roles_stand_once(name: str, language: str) -> None:
    """Every state and every role has one line, with its label and its name."""
    workflow = RULEBOOKS[name]().workflow
    states, roles, *_ = chapters(name, language)
    expected = {each.name: shown(each.labels[language]) for each in workflow.states}
    assert dict(zip(column(states, 1), column(states, 0), strict=True)) == expected
    assert len(column(states, 1)) == len(workflow.states)
    expected = {each.name: shown(each.labels[language]) for each in workflow.roles}
    assert dict(zip(column(roles, 1), column(roles, 0), strict=True)) == expected
    assert len(column(roles, 1)) == len(workflow.roles)
    seen = dict(zip(column(roles, 1), column(roles, 2), strict=True))
    assert len({seen[each.name] for each in workflow.roles}) == len(
        {each.sees for each in workflow.roles}
    )


@pytest.mark.parametrize(("name", "language"), CASES)
def test_actions_are_the_rows(name: str, language: str) -> None:
    """A line for each row: from where, to where, who, and a sentence for each rule."""
    workflow = RULEBOOKS[name]().workflow
    section = chapters(name, language)[2]
    state = {each.name: shown(each.labels[language]) for each in workflow.states}
    state[NEW] = "未登记" if language == "zh-CN" else "not open yet"
    role = {each.name: shown(each.labels[language]) for each in workflow.roles}
    rows = [
        (action, row)
        for action in workflow.actions
        for row in workflow.rows
        if row.action == action.name
    ]
    found = section.tables()[0][1:]
    assert len(found) == len(rows)
    for (action, row), line in zip(rows, found, strict=True):
        title, source, target, who, rules = map(plain, line)
        assert title == f"{shown(action.labels[language])} {action.name}"
        assert source == joined([state[each] for each in row.sources or (NEW,)], language)
        assert who == joined([role[each] for each in row.roles], language)
        if row.target == "=":
            assert target in {"(stays)", "（不变）"}
        else:
            led = {to for each in row.sources or (NEW,) for to in targets(workflow, row, each)}
            assert all(state[each] in target for each in led)
        for use in row.rules:
            assert shown(workflow.rules[use.rule].holds[language]) in rules
        assert row.rules or rules == "–"


@pytest.mark.parametrize(("name", "language"), CASES)
def test_settings_are_all_there(name: str, language: str) -> None:
    """Every setting has one line, those that set no limit as well."""
    section = chapters(name, language)[3]
    assert column(section, 1) == [each.name for each in attrs.fields(Settings)]
    assert all(column(section, 2))


def test_what_settings_say() -> None:
    """Values stand in the reader's words: labels, durations, conditions, ranks."""
    section = chapters("medium", "en")[3]
    said = dict(zip(column(section, 1), column(section, 2), strict=True))
    assert said == {
        "required_fields": "Title, channel",
        "types_without_review": "Gift",
        "types_with_intake_approval": "none",
        "types_requiring_decision_notice": "none",
        "time_limits": "Loan: 9 working days; Gift: 11 calendar days",
        "auto_close_after": "no limit",
        "reopen_window": "no limit",
        "appeal_window": "no limit",
        "longest_extension": "no limit",
        "urge_min_interval": "35 elapsed minutes",
        "subtask_limit": "no limit",
        "panel_limit": "no limit",
        "max_escalation_level": "no limit",
        "max_declines": "4",
        "hold_reasons": "Paper missing, In court",
        "approvals": "Approve 20 → 30 (fields.amount ≥ 100 and type = loan), Approve 10",
        "rating": "2–6",
        "retention": "Loan: 7 years; Gift: 13 months",
        "own": '{"window": 5}',
    }
    holds = section.tables()[1][1:]
    assert [list(map(plain, row)) for row in holds] == [
        [
            "Paper missing missing_paper",
            "Send us your papers",
            "the bank's own",
            "13 calendar days",
            "Resume, Take on, time running out",
        ],
        [
            "In court court",
            "what the state says",
            "those whose text allows it, once the customer was told",
            "no limit",
            "Resume",
        ],
    ]
    approvals = section.tables()[2][1:]
    assert [list(map(plain, row)) for row in approvals] == [
        ["Approve", "20 → 30", "fields.amount ≥ 100 and type = loan"],
        ["Approve", "10", "in every case"],
    ]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_forms_have_their_fields(name: str, language: str) -> None:
    """Each form has its own heading, and a line for each field in order."""
    rulebook = RULEBOOKS[name]()
    found = chapters(name, language)[5:]
    assert len(found) == len(rulebook.forms)
    for form, section in zip(rulebook.forms, found, strict=True):
        assert plain(section.title).endswith(form.type)
        assert column(section, 1) == [each.name for each in form.fields]
        yes = "是" if language == "zh-CN" else "yes"
        assert [each == yes for each in column(section, 3)] == [f.required for f in form.fields]
        assert [each == yes for each in column(section, 5)] == [f.searchable for f in form.fields]
        assert [each == yes for each in column(section, 6)] == [f.sealed for f in form.fields]


def test_what_limits_say() -> None:
    """A limit is that of the field, of its kind, or its choices."""
    loan, gift = chapters("medium", "en")[5:]
    assert column(loan, 4) == ["77 characters", "–"]
    assert column(gift, 4) == ["20000 characters", "one of: red, blue"]


def test_the_same_rulebook_gives_the_same_tables() -> None:
    """Equal rulebooks give equal text, and the language is English unless said otherwise."""
    assert tables(medium()) == tables(medium(), language="en")
    assert tables(medium()) != tables(medium(), language="zh-CN")
