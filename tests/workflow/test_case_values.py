"""What rules ask a case by name: all of it is documented, and no answer makes a rule raise."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from scripts import reference_pages
from tests.builders import accepted
from tests.checks import name_of
from tests.workflow.rule_cases import Asked
from tests.workflow.test_standard_rules import FAILS, HOLDS
from workorder.conditions import fields_of
from workorder.refusals import Unmet
from workorder.texts import LANGUAGES
from workorder.ticket.values import VALUES
from workorder.workflow import STANDARD_RULES, Case, PlainCase, Settings
from workorder.workflow.standard_rules import ANSWERS, answer_to

SITUATIONS = [*HOLDS.values(), *FAILS.values()]
GROUPS = ("fields", "counts", "times", "approvals")
HOST_ALONE = {"form_problems"}
"""What no ticket answers: the desk asks the form itself."""


class Recording:
    """A case that answers as another one does, and remembers what it was asked by name."""

    def __init__(self, case: Case, names: set[str]) -> None:
        self._case = case
        self._names = names

    def __getattr__(self, name: str) -> Any:
        return getattr(self._case, name)

    def value(self, name: str) -> object:
        """Remember the name."""
        self._names.add(name)
        return self._case.value(name)


class Reading(dict[str, object]):
    """Arguments that remember which of them were read."""

    def __init__(self, given: Mapping[str, object]) -> None:
        super().__init__(given)
        self.read: set[str] = set()

    def get(self, name: str, default: object = None) -> object:
        """Remember the name."""
        self.read.add(name)
        return super().get(name, default)


def names_asked(rule: str) -> set[str]:
    """Every name *rule* itself asks for in any situation; not what conditions of settings ask."""
    names: set[str] = set()
    for asked in SITUATIONS:
        if asked.rule == rule:
            found: set[str] = set()
            related = {key: Recording(case, found) for key, case in asked.related.items()}
            evolve(asked, case=Recording(asked.case, found), related=related).answer()
            conditions = (fields_of(each.when) for each in asked.settings.approvals)
            names |= found - frozenset().union(*conditions)
    return names


ASKED = {rule: names_asked(rule) for rule in STANDARD_RULES}
"""Per rule, the names it asks for."""


def test_every_name_a_rule_asks_for_is_documented() -> None:
    """A rule that asks a case for a new name fails here until the name is explained."""
    unknown = {name for names in ASKED.values() for name in names if answer_to(name) is None}
    assert unknown == set()


def test_every_name_a_ticket_answers_is_documented() -> None:
    """A ticket and the documentation know the same names, besides groups and a host's own."""
    plain = {each.name for each in ANSWERS if "." not in each.name}
    assert plain == set(VALUES) | HOST_ALONE
    grouped = {each.name.partition(".")[0] for each in ANSWERS if "." in each.name}
    assert grouped == set(GROUPS)


def test_a_ticket_answers_the_counts_that_rules_ask_for() -> None:
    """A name of a group that is documented by itself is one that tickets have."""
    ticket = accepted()
    single = [each.name for each in ANSWERS if "." in each.name and "…" not in each.name]
    assert single == ["counts.declines", "counts.escalations"]
    assert [ticket.value(name) for name in single] == [0, 0]


def test_no_documented_name_is_shadowed() -> None:
    """Each entry is the first to explain its own name, so none is unreachable."""
    for each in ANSWERS:
        assert answer_to(each.name.replace("…", "x")) is each
    assert answer_to("weather") is None
    assert answer_to("counts") is None


@pytest.mark.parametrize("rule", STANDARD_RULES)
def test_the_page_says_which_rule_asks_for_what(rule: str) -> None:
    """What the reference prints beside a rule is what the rule asks for in these situations."""
    printed = {answer_to(name) for name in reference_pages.asked_by(STANDARD_RULES[rule])}
    assert printed == {answer_to(name) for name in ASKED[rule]}


@pytest.mark.parametrize("rule", STANDARD_RULES)
def test_a_rule_reads_only_the_arguments_it_names(rule: str) -> None:
    """What a rule reads of the arguments, it names as needed: otherwise it is asked too early."""
    read: set[str] = set()
    for asked in SITUATIONS:
        if asked.rule == rule:
            arguments = Reading(asked.arguments)
            evolve(asked, arguments=arguments).answer()
            read |= arguments.read
    # The one rule that also has something to say before a sub-task is named.
    own = {"subtask"} if rule == "subtask_open_in_own_dept" else set[str]()
    assert read == set(STANDARD_RULES[rule].needs) | own


class Answering:
    """A case that gives one and the same answer to every name."""

    type = "complaint"
    state = "in_progress"
    assignee = None
    department = None
    customer = None

    def __init__(self, answer: object) -> None:
        self._answer = answer

    def took_part(
        self,
        person: str,
        *,
        roles: Collection[str] | None = None,
        besides: Collection[str] = (),
        actions: Collection[str] | None = None,
    ) -> bool:
        """Nobody did anything."""
        return False

    def value(self, name: str) -> object:
        """The same for all."""
        return self._answer


STRICT = Settings(
    required_fields=("title", "customer", "channel"),
    types_with_intake_approval=("complaint",),
    types_requiring_decision_notice=("complaint",),
    max_escalation_level=0,
    max_declines=0,
)
"""Settings under which every rule that may look at the case does."""

ARGUMENTS: list[Mapping[str, object]] = [
    {},
    {
        "to": "li",
        "members": ("li",),
        "target": "x",
        "subtask": "x",
        "score": 3,
        "reason": "x",
        "resolution": "x",
        "subject": "decision",
        "channel": "phone",
    },
    {name: ["x"] for name in ("to", "members", "target", "subtask", "score", "reason")},
]
ANYTHING: list[object] = [
    None,
    "",
    "x",
    "li",
    b"li",
    0,
    5,
    float("nan"),
    True,
    False,
    (),
    ("li",),
    [],
    ["x", ["y"], None],
    {"x"},
    {},
    {"li": "x", "x": 5, 5: None},
    {"li": datetime(2026, 9, 30)},
    datetime(2026, 9, 30),
    object(),
    len,
]


def questions(case: Case) -> Iterator[Asked]:
    """Every rule, asked about *case* in each role that rules tell apart, with several arguments."""
    for rule in STANDARD_RULES:
        for role in ("handler", "customer", "system"):
            for arguments in ARGUMENTS:
                yield Asked(
                    rule=rule,
                    case=case,
                    role=role,
                    arguments=arguments,
                    settings=STRICT,
                    related={"x": case},
                )


@pytest.mark.parametrize("answer", ANYTHING, ids=name_of)
def test_no_answer_of_a_case_makes_a_rule_raise(answer: object) -> None:
    """Whatever a host's case answers, every rule says true, false or a reason that reads well."""
    for asked in questions(Answering(answer)):
        said = asked.answer()
        assert isinstance(said, bool | Unmet), asked
        if isinstance(said, Unmet):
            assert all(said.text(language) for language in LANGUAGES)


UNGIVEN = {
    "required_fields_complete",
    "intake_approved_if_required",
    "informed_if_required",
    "subtask_open",
    "subtask_open_in_own_dept",
    "panel_open",
    "is_panel_member",
    "extension_open",
    "quiet_period_over_if_system",
    "waiting_for_customer",
    "review_not_required",
    "further_approval_needed",
    "own_ticket",
    "own_ticket_if_customer",
    "is_assignee",
    "in_own_department",
    "own_if_handler",
    "offered",
    "offered_to_self",
    "target_other_and_open",
    "same_customer",
}
"""Permissions: rules that do not hold on a case that knows nothing."""

HERE_ALONE = {"panel_members", "extension", "appeal", "appeal_of", "form_problems"}
"""Names of which the rules ask only whether there is an answer."""


def not_met(case: Case) -> set[str]:
    """The rules that fail for some role on *case*, with sound arguments."""
    return {
        asked.rule
        for asked in questions(case)
        if asked.arguments is ARGUMENTS[1] and asked.answer() is not True
    }


def test_a_case_that_knows_nothing() -> None:
    """Without any value limits are unset, and exactly these permissions are not given."""
    assert not_met(PlainCase("in_progress", "complaint")) == UNGIVEN


@pytest.mark.parametrize("answer", [object(), 2.5, len, b"x"], ids=["object", "float", "len", "b"])
@pytest.mark.parametrize(
    "name", sorted(set().union(*ASKED.values()) - HERE_ALONE - {"fields.title", "channel"})
)
def test_an_answer_of_a_wrong_type_is_no_answer(name: str, answer: object) -> None:
    """What is not what the documentation says, neither forbids nor permits anything."""
    case = PlainCase("in_progress", "complaint", values={name: answer})
    assert not_met(case) == UNGIVEN
