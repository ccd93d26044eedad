"""The catalogues, and the small parts that everything is put together from."""

import re
from collections.abc import Mapping
from string import Formatter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workorder.conditions import NEVER, AllOf, Condition, where
from workorder.manuals.argument_words import ARGUMENTS
from workorder.manuals.glossary import TERMS
from workorder.manuals.identifiers import identifiers, one_line
from workorder.manuals.measure import in_lines, shortened, width
from workorder.manuals.phrases import PHRASES
from workorder.manuals.prose import PROSE
from workorder.manuals.sentences import condition_text
from workorder.manuals.setting_words import CONCERNS, LIMITS, SETTINGS
from workorder.texts import Texts
from workorder.ticket.commands import BUILT_IN
from workorder.values import KINDS
from workorder.workflow import Scope, Settings
from workorder.workflow.settings import PAUSES
from workorder.workflow.states import CATEGORIES, STAGES

CATALOGUES: dict[str, Mapping[str, Texts]] = {
    "phrases": PHRASES,
    "prose": PROSE,
    "settings": SETTINGS,
    "limits": LIMITS,
    "arguments": ARGUMENTS,
}


def holes(template: str) -> set[str]:
    """The names that a template is filled with."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogues_speak_both_languages(name: str) -> None:
    """Every entry has both languages with the same facts; Chinese signs are full-width."""
    for key, texts in CATALOGUES[name].items():
        assert set(texts) == {"en", "zh-CN"}, key
        assert holes(texts["en"]) == holes(texts["zh-CN"]), key
        assert not re.search("[\u4e00-\u9fff] ?[,;:!?()]|[,;!?()] ?[\u4e00-\u9fff]", texts["zh-CN"])
        assert not re.search("[\u3000-\u9fff\uff00-\uffef]", texts["en"]), key


def test_terms_are_all_different() -> None:
    """No term is explained twice, in either language."""
    assert len({each.english for each in TERMS}) == len(TERMS)
    assert len({each.chinese for each in TERMS}) == len(TERMS)


def test_nothing_of_the_library_is_without_a_word() -> None:
    """Settings, kinds, stages, categories, scopes, pauses and usual arguments have words."""
    assert list(SETTINGS) == [each.name for each in attrs.fields(Settings)]
    keys = [f"kind.{each}" for each in KINDS]
    keys += [f"stage.{each}" for each in STAGES] + [f"category.{each}" for each in CATEGORIES]
    keys += [f"scope.{each.value}" for each in Scope] + [f"pauses.{each}" for each in PAUSES]
    assert set(keys) <= set(PHRASES)
    given_to = {spec.name for command in BUILT_IN for spec in command.specs()}
    assert given_to <= set(ARGUMENTS)


def test_every_limit_concerns_an_action() -> None:
    """Each sentence about a setting stands on some page, and pages ask for no other."""
    asked = {name for names in CONCERNS.values() for name in names}
    assert asked == set(LIMITS)
    assert set(LIMITS) | {"approvals", "own"} == set(SETTINGS)
    assert set(CONCERNS) <= {command.action for command in BUILT_IN}


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        (where("a").at_least(1), "`a` ≥ 1", "`a` ≥ 1"),
        (where("a").below(1), "`a` &lt; 1", "`a` &lt; 1"),
        (where("a").one_of(["x", "y"]), "`a` ∈ `x`, `y`", "`a` ∈ `x`、`y`"),
        (where("a").contains("x"), "`a` contains `x`", "`a` 包含 `x`"),
        (where("a").is_missing(), "`a` is missing", "`a` 为空"),
        (~where("a").equals(True), "not (`a` = yes)", "非（`a` = 是）"),
        (AllOf(()), "in every case", "任何情况"),
        (NEVER, "in no case", "任何情况均不"),
        (
            where("a").equals(1) & (where("b").equals(2) | where("c").differs(3)),
            "`a` = 1 and (`b` = 2 or `c` ≠ 3)",
            "`a` = 1 且 （`b` = 2 或 `c` ≠ 3）",
        ),
        (AllOf((where("a").at_most(1),)), "`a` ≤ 1", "`a` ≤ 1"),
    ],
)
def test_conditions_in_words(condition: Condition, english: str, chinese: str) -> None:
    """Every kind of condition can be said in both languages."""
    assert condition_text(condition, "en") == english
    assert condition_text(condition, "zh-CN") == chinese


@given(st.lists(st.text(max_size=5), unique=True, max_size=6))
def test_identifiers_are_plain_and_different(names: list[str]) -> None:
    """Any names become as many identifiers, all of letters, digits and underscores."""
    found = identifiers(names)
    assert list(found) == names
    assert len(set(found.values())) == len(names)
    assert all(re.fullmatch("[a-z][A-Za-z0-9_]*", each) for each in found.values())


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    """What cannot be seen is gone, the rest is there in order."""
    found = one_line(text)
    assert found.isprintable()
    assert found.split() == "".join(c if c.isprintable() else " " for c in text).split()


@given(st.text(max_size=40), st.integers(8, 20), st.integers(30, 200), st.integers(1, 3))
def test_texts_are_fitted(text: str, size: int, room: int, most: int) -> None:
    """A shortened text, and each line of a broken one, has room; what fits is left as it is."""
    cut = shortened(text, size, room)
    assert width(cut, size) <= room
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert (cut == text) == (width(text, size) <= room)
    lines = in_lines(text, size, room, most)
    assert len(lines) <= most
    assert all(width(line, size) <= room for line in lines)


def test_lines_break_where_they_may() -> None:
    """English breaks at blanks, Chinese anywhere; nothing is lost where there is room."""
    assert in_lines("Return for rework", 10, 80, 3) == ("Return for", "rework")
    assert in_lines("复核退回处理", 10, 40, 2) == ("复核退回", "处理")
    assert in_lines("复核退回处理中", 10, 40, 1) == ("复核退…",)
