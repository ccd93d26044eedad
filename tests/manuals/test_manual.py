"""The operation manual: everything of the rulebook is in it, once, where one looks for it."""

import re
from datetime import timedelta

import attrs
import pytest

from tests.by_limits import by_limits
from tests.manuals.manual_samples import (
    HOSTILE,
    LANGUAGES,
    RULEBOOKS,
    SETTINGS,
    medium,
    medium_workflow,
)
from tests.manuals.markdown_reader import Section, plain, prose, read
from tests.manuals.table_oracle import happenings, shown
from workorder.durations import CalendarDays, Elapsed, WorkingDays
from workorder.manuals import manual, mermaid
from workorder.rulebook import Rulebook, bank
from workorder.workflow import NEW, Approval, Settings
from workorder.workflow.states import STAGES

CASES = [(name, language) for name in RULEBOOKS for language in LANGUAGES]
WORDS = {
    "en": {"who": "Who", "change": "State", "limits": "Limits", "owner": "Owner"},
    "zh-CN": {
        "who": "操作角色",
        "change": "状态变化",
        "limits": "限制与时限",
        "owner": "归口部门",
    },
}


def sections(name: str, language: str) -> list[Section]:
    """The sections of a rulebook's manual."""
    return read(manual(RULEBOOKS[name](), language=language))[0]


def within(found: list[Section], chapter: int, level: int) -> list[Section]:
    """The sections of a chapter that are of a level."""
    return [s for s in found if s.level == level and s.title.startswith(f"{chapter}.")]


def pages(found: list[Section]) -> dict[str, Section]:
    """The page of each action by its name; two pages of one action are an error."""
    listed = [(plain(each.title).split()[-1], each) for each in within(found, 3, 4)]
    assert len(dict(listed)) == len(listed)
    return dict(listed)


def page(rulebook: Rulebook, action: str, language: str = "en") -> Section:
    """The page of one action."""
    return pages(read(manual(rulebook, language=language))[0])[action]


def joined(names: list[str], language: str) -> str:
    """Several names, as the manual lists them."""
    return ("、" if language == "zh-CN" else ", ").join(names)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_action_has_a_page_in_its_stage(name: str, language: str) -> None:
    """Actions of one stage stand in it, those of several apart; each is there once."""
    workflow = RULEBOOKS[name]().workflow
    used = [s for s in STAGES if any(state.stage == s for state in workflow.states)]
    stage = {state.name: state.stage for state in workflow.states}
    found = pages(sections(name, language))
    assert set(found) == {each.name for each in workflow.actions}
    for action, section in found.items():
        rows = [row for row in workflow.rows if row.action == action]
        states = {state for row in rows for state in (row.sources or (row.target,))}
        stages = {stage[state] for state in states}
        number = used.index(stages.pop()) + 1 if len(stages) == 1 else len(used) + 1
        assert section.title.startswith(f"3.{number}.")


@pytest.mark.parametrize(("name", "language"), CASES)
def test_pages_say_who_and_under_which_rules(name: str, language: str) -> None:
    """Row by row: the roles, and the sentence, the name and the refusal of every rule."""
    workflow = RULEBOOKS[name]().workflow
    role = {each.name: shown(each.labels[language]) for each in workflow.roles}
    for action, section in pages(sections(name, language)).items():
        rows = [row for row in workflow.rows if row.action == action]
        who = [plain(each) for each in section.fact(WORDS[language]["who"])]
        assert who == [joined([role[each] for each in row.roles], language) for row in rows]
        assert len(section.fact(WORDS[language]["change"])) == len(rows)
        found = [[plain(line[1]) for line in table[1:]] for table in section.tables()]
        assert found == [[use.rule for use in row.rules] for row in rows if row.rules]
        for table in section.tables():
            for sentence, rule, refusal in (map(plain, line) for line in table[1:]):
                assert sentence.startswith(shown(workflow.rules[rule].holds[language]))
                said = re.sub(r"\{\w+\}", "…", workflow.rules[rule].otherwise[language])
                assert refusal == said


@pytest.mark.parametrize(("name", "language"), CASES)
def test_pages_list_what_must_be_given(name: str, language: str) -> None:
    """Every argument of an action stands on its page, in order, before anything else of a list."""
    workflow = RULEBOOKS[name]().workflow
    found = pages(sections(name, language))
    for action in workflow.actions:
        items = [each for each in found[action.name].items() if not each.startswith("**")]
        listed = [re.findall("`([^`]*)`", each)[0] for each in items[: len(action.arguments)]]
        assert listed == [each.name for each in action.arguments]


def test_what_arguments_say() -> None:
    """An argument says its kind, its limit, whether it is needed and whether it is sealed."""
    found = pages(sections("medium", "en"))
    assert found["open"].items()[2] == "ticket type `type` (code, 200 characters, required)"
    assert found["hold"].items()[2] == (
        "`reason` (text, 500 characters, asked for by a rule below, kept sealed)"
    )
    assert found["call"].items()[2:] == [
        "`outcome` (code, one of: `reached`, `busy`, may be left out)",
        "`people` (several codes, 1000 codes of 7 characters, may be left out)",
        "`count` (whole number, may be left out)",
    ]
    assert found["approve"].items()[0] == "`note` (text, 20000 characters, may be left out)"
    assert "**To be given**: nothing" in found["take"].lines


def test_what_refuses() -> None:
    """A page says in which other states, for whom else and why an action is refused."""
    found = pages(sections("medium", "en"))
    assert found["take"].fact("Refused") == [
        "in the states Closed, Working, Being checked, Void; to every other role."
    ]
    (opening,) = found["open"].fact("Refused")
    assert opening.split("; ") == [
        "on a ticket that is open already",
        "to every other role",
        "while something that must be given is missing or cannot be used.",
    ]
    (finishing,) = found["finish"].fact("Refused")
    assert finishing.split("; ") == [
        "in the states New, Closed, Waiting, Being checked, Void",
        "to every other role",
        "while something that must be given is missing or cannot be used",
        "while one of the rules is not met.",
    ]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_matrices_are_the_rows(name: str, language: str) -> None:
    """For every role, action and state the matrix says whether it may, and where that leads."""
    workflow = RULEBOOKS[name]().workflow
    state = {each.name: shown(each.labels[language]) for each in workflow.states}
    state[NEW] = "未登记" if language == "zh-CN" else "not open yet"
    action = {each.name: shown(each.labels[language]) for each in workflow.actions}
    found = within(sections(name, language), 5, 3)
    assert [plain(each.title).split()[-1] for each in found] == [r.name for r in workflow.roles]
    for role, section in zip(workflow.roles, found, strict=True):
        expected: dict[tuple[str, str], set[str]] = {}
        for who, what, source, target in happenings(workflow):
            if who == role.name:
                sign = "●" if source == target else state[target]
                expected.setdefault((action[what], state[source]), set()).add(sign)
        said: dict[tuple[str, str], set[str]] = {}
        for heads, *rows in section.tables():
            for what, *marks in (list(map(plain, row)) for row in rows):
                for source, mark in zip(map(plain, heads[1:]), marks, strict=True):
                    stays, arrow, led = mark.partition("→ ")
                    signs = {"●"} if stays.strip() == "●" else set()
                    if arrow:
                        signs |= set(led.split("、" if language == "zh-CN" else ", "))
                    assert bool(signs) == (mark != "–")
                    if signs:
                        said[what, source] = signs
        if name == "hostile":  # labels hold what separates them
            assert said.keys() == expected.keys()
        else:
            assert said == expected


def test_a_role_that_takes_no_action_says_so() -> None:
    """A reader has no matrix, and a sentence in its place."""
    (reader,) = (s for s in within(sections("medium", "en"), 5, 3) if "`reader`" in s.title)
    assert not reader.tables()
    assert "This role reads and takes no action, on purpose." in reader.lines


@pytest.mark.parametrize(("name", "language"), CASES)
def test_settings_and_forms_are_in_it(name: str, language: str) -> None:
    """Every setting is named in its chapter, every field of every form in the other."""
    rulebook = RULEBOOKS[name]()
    found = sections(name, language)
    (chapter,) = (each for each in found if each.title.startswith("4. "))
    named = [plain(row[1]) for row in chapter.tables()[0][1:]]
    assert named == [each.name for each in attrs.fields(Settings)]
    forms = within(found, 6, 3)
    listed = [[plain(row[1]) for row in each.tables()[0][1:]] for each in forms]
    assert listed == [[each.name for each in form.fields] for form in rulebook.forms]
    reasons = [each.name for each in rulebook.workflow.settings.hold_reasons]
    holds = [each for each in within(found, 4, 3) if each.title.endswith(("hold", "挂起原因"))]
    rows = [row for each in holds for row in each.tables()[0][1:]]
    assert [plain(row[0]).split()[-1] for row in rows] == reasons


LIMITED = Settings(
    required_fields=("title",),
    types_without_review=("enquiry",),
    types_with_intake_approval=("dispute",),
    types_requiring_decision_notice=("request",),
    time_limits={"complaint": WorkingDays(17)},
    auto_close_after=CalendarDays(8),
    reopen_window=CalendarDays(31),
    appeal_window=CalendarDays(41),
    urge_min_interval=Elapsed(timedelta(minutes=51)),
    subtask_limit=WorkingDays(6),
    panel_limit=WorkingDays(5),
    longest_extension=CalendarDays(21),
    max_escalation_level=71,
    max_declines=81,
    hold_reasons=bank().workflow.settings.hold_reasons,
    approvals=(Approval("approve", (91, 92)),),
    rating=(2, 9),
)


def limited() -> Rulebook:
    """The bank's rulebook in its small form, with figures of its own."""
    known = by_limits()
    return attrs.evolve(known, workflow=attrs.evolve(known.workflow, settings=LIMITED))


@pytest.mark.parametrize(
    ("action", "english", "chinese"),
    [
        ("accept", ["Title", "Complaint: 17 working days"], ["标题", "投诉：17 个工作日"]),
        ("approve_intake", ["Dispute"], ["争议"]),
        ("dispatch", ["Dispute"], ["争议"]),
        ("transfer", ["Dispute"], ["争议"]),
        ("decline", ["81 times"], ["81 次"]),
        ("hold", ["Waiting for the customer"], ["待客户补件"]),
        ("customer_reply", ["Waiting for the customer"], ["待客户补件"]),
        ("open_subtask", ["6 working days"], ["6 个工作日内"]),
        ("convene_panel", ["5 working days"], ["5 个工作日内"]),
        ("submit", ["Enquiry"], ["咨询"]),
        ("resolve", ["Enquiry"], ["咨询"]),
        ("inform_customer", ["Request"], ["申请"]),
        ("urge", ["51 elapsed minutes"], ["51 个连续分钟"]),
        ("escalate", ["level 71"], ["第 71 级"]),
        ("close", ["8 calendar days", "Request"], ["8 个自然日", "申请"]),
        ("reopen", ["31 calendar days"], ["31 个自然日内"]),
        (
            "archive",
            ["31 calendar days", "41 calendar days"],
            ["31 个自然日内", "41 个自然日内"],
        ),
        ("request_extension", ["21 calendar days"], ["21 个自然日"]),
        ("appeal", ["41 calendar days"], ["41 个自然日内"]),
        ("rate", ["2–9"], ["2–9"]),
        ("approve", ["91 → 92"], ["91 → 92"]),
        ("comment", [], []),
    ],
)
def test_limits_stand_where_they_apply(action: str, english: list[str], chinese: list[str]) -> None:
    """Each figure of the settings is a sentence on the pages of the actions it limits."""
    for language, expected in (("en", english), ("zh-CN", chinese)):
        section = page(limited(), action, language)
        head = f"**{WORDS[language]['limits']}**"
        starts = [n for n, line in enumerate(section.lines) if line.startswith(head)]
        assert len(starts) == bool(expected)
        if expected:
            said = [line for line in section.lines[starts[0] + 1 :] if line.startswith("- ")]
            assert len(said) == len(expected)
            assert all(part in line for part, line in zip(expected, said, strict=True))


def test_what_sets_no_limit_is_not_said() -> None:
    """A workflow without limits has none on any page."""
    workflow = medium_workflow(settings=Settings())
    rulebook = attrs.evolve(medium(), workflow=workflow)
    assert "**Limits**" not in manual(rulebook)
    assert "**Limits**" in manual(medium())


def test_a_limit_of_none_is_a_limit() -> None:
    """A figure of zero is said: nobody may decline at all."""
    settings = attrs.evolve(SETTINGS, max_declines=0)
    rulebook = attrs.evolve(medium(), workflow=medium_workflow(settings=settings))
    assert any("0 times" in item for item in page(rulebook, "decline").items())


def test_approvals_are_told_in_order() -> None:
    """A chain names its ranks and its case; what applies otherwise is said to be for the rest."""
    chain, rest = page(medium(), "approve").items()[-2:]
    assert chain.endswith("somebody else: 20 → 30 (`fields.amount` ≥ 100 and `type` = `loan`).")
    assert rest == "Who agrees has the rank 10 or above (in every other case)."
    (only,) = [item for item in page(limited(), "approve").items() if "91" in item]
    assert only.endswith("91 → 92 (in every case).")


def test_accepting_as_it_is_opened() -> None:
    """Where nothing accepts a ticket, opening it says how long it may take."""
    limits = SETTINGS.time_limits
    assert any("9 working days" in item for item in page(medium(), "open").items())
    assert set(limits) == {"loan", "gift"}


def test_owners_are_named() -> None:
    """Who answers for an action stands on its page, on no other, and nowhere unless given."""
    text = manual(medium(), owner_of={"take": "Loans *desk*", "nothing": "nobody"})
    found = pages(read(text)[0])
    owners = {name: each.fact("Owner") for name, each in found.items() if each.fact("Owner")}
    assert {name: list(map(plain, each)) for name, each in owners.items()} == {
        "take": ["Loans *desk*"]
    }
    assert "**Owner**" not in manual(medium())


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_first_page_says_which_rulebook(name: str, language: str) -> None:
    """Title, version and digest are those of the rulebook."""
    rulebook = RULEBOOKS[name]()
    title = sections(name, language)[0]
    label = shown(rulebook.labels.get(language, rulebook.name))
    assert label in plain(title.title)
    facts = [plain(each) for each in title.items()]
    assert any(each.endswith(rulebook.digest) for each in facts)
    assert any(each.endswith(shown(rulebook.version)) for each in facts)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_figure_is_the_diagram(name: str, language: str) -> None:
    """The one block of code is the Mermaid diagram of the workflow."""
    rulebook = RULEBOOKS[name]()
    _, blocks = read(manual(rulebook, language=language))
    assert blocks == [mermaid(rulebook.workflow, language=language).rstrip("\n")]


@pytest.mark.parametrize(("name", "language"), CASES)
def test_headings_are_numbered(name: str, language: str) -> None:
    """Numbers of headings count up without a gap, level by level; every table is even."""
    count: list[int] = []
    for section in sections(name, language)[1:]:
        section.tables()
        numbers = [int(each) for each in section.title.split()[0].rstrip(".").split(".")]
        assert len(numbers) == section.level - 1
        count = [*count[: len(numbers)], *[0] * (len(numbers) - len(count))]
        count[-1] += 1
        assert numbers == count


@pytest.mark.parametrize("name", ["basic", "bank", "it_desk", "medium"])
def test_chinese_manuals_are_chinese(name: str) -> None:
    """Apart from names as code there are no two English words in a row, and no half-width signs."""
    text = manual(RULEBOOKS[name](), language="zh-CN")
    for line in prose(text):
        assert not re.search("[A-Za-z]+ [A-Za-z]+", line), line
        assert not re.search("[\u4e00-\u9fff] ?[,;:!?()]|[,;!?()] ?[\u4e00-\u9fff]", line), line


@pytest.mark.parametrize("name", ["basic", "bank", "it_desk", "medium"])
def test_english_manuals_are_english(name: str) -> None:
    """Chinese stands in the glossary only, beside the English term."""
    text = manual(RULEBOOKS[name]())
    before, _, glossary = text.partition("## 7. Glossary")
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", before)
    assert re.search("[\u4e00-\u9fff]", glossary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_has_what_is_used(language: str) -> None:
    """Terms of actions and settings that a rulebook lacks are left out; the bank's are there."""
    terms = {
        name: {plain(row[0]) for row in sections(name, language)[-1].tables()[0][1:]}
        for name in ("basic", "bank")
    }
    assert terms["basic"] < terms["bank"]
    asked = {"en": {"sub-task", "appeal", "ticket"}, "zh-CN": {"会办", "申请核查", "工单"}}
    assert asked[language] <= terms["bank"]


def test_bold_ends_before_its_colon() -> None:
    """Bold that ends with a sign would not end before a letter."""
    for language in LANGUAGES:
        assert not re.search(r"[:：]\*\*", manual(bank(), language=language))


def test_hostile_labels_stay_labels() -> None:
    """Nothing of a label is markup, and all that can be seen of it is there."""
    text = manual(RULEBOOKS["hostile"](), owner_of={"take": HOSTILE})
    assert "<script" not in text
    assert sum(line.startswith("```") for line in text.splitlines()) == 2
    for section in read(text)[0]:
        plain(section.title)
        for line in section.lines:
            if line and not line.startswith("|"):
                plain(line)
    found = pages(sections("hostile", "en"))
    assert all(shown(HOSTILE) in plain(each.title) for each in found.values())


def test_the_same_rulebook_gives_the_same_manual() -> None:
    """Equal rulebooks give equal manuals; English is what nobody need say."""
    assert manual(medium()) == manual(medium(), language="en")
    assert manual(medium(), language="zh") == manual(medium(), language="zh-CN")
