"""The catalogue: every code has its sentences, with the same facts in every language."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import workorder
from workorder import errors
from workorder.errors import WorkorderError
from workorder.refusals import PRECEDENCE
from workorder.rulebook import basic
from workorder.texts import (
    LANGUAGES,
    PROBLEMS,
    REFUSALS,
    Label,
    Texts,
    fill,
    in_language,
    shown,
)
from workorder.workflow import STANDARD_RULES

SOURCE = Path(str(workorder.__file__)).parent


def placeholders(template: str) -> set[str]:
    """The facts a template speaks about."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def sentences() -> Iterator[tuple[str, Texts]]:
    """Every sentence of the library, with a name to find it by."""
    for title, catalogue in (("refusals", REFUSALS), ("problems", PROBLEMS)):
        yield from ((f"{title}.{code}", texts) for code, texts in catalogue.items())
    for kind in WorkorderError.__subclasses__():
        if "sentences" in vars(kind):
            for code, texts in kind.sentences.items():
                yield f"{kind.__name__}.{code}", texts
    for rule in STANDARD_RULES.values():
        yield f"{rule.name}.holds", rule.holds
        yield f"{rule.name}.otherwise", rule.otherwise


def labels() -> Iterator[tuple[str, Texts]]:
    """Every label of the rulebook that ships."""
    book = basic()
    for group in (book.workflow.states, book.workflow.roles, book.workflow.actions):
        yield from ((each.name, each.labels) for each in group)
    yield from ((f"customer {s.name}", s.customer_labels) for s in book.workflow.states)
    for form in book.forms:
        yield form.type, form.labels
        yield from ((f"{form.type}.{each.name}", each.labels) for each in form.fields)


ALL = dict(sentences())


@pytest.mark.parametrize("texts", ALL.values(), ids=ALL)
def test_a_sentence_stands_in_every_language(texts: Texts) -> None:
    """Each sentence is there in each language, and speaks about the same facts in all of them."""
    assert set(texts) == set(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    first, *others = (placeholders(text) for text in texts.values())
    assert all(other == first for other in others)


@pytest.mark.parametrize("texts", ALL.values(), ids=ALL)
def test_a_chinese_sentence_is_chinese(texts: Texts) -> None:
    """The Chinese sentence has Chinese characters and the English one has none."""
    assert any("\u4e00" <= character <= "\u9fff" for character in texts["zh-CN"])
    assert not any("\u4e00" <= character <= "\u9fff" for character in texts["en"])


WESTERN = re.compile(r"[,;:?!()]")


@pytest.mark.parametrize("texts", ALL.values(), ids=ALL)
def test_a_chinese_sentence_has_chinese_punctuation(texts: Texts) -> None:
    """Between Chinese words stand full-width commas, colons and brackets, as in any bank letter."""
    assert WESTERN.findall(texts["zh-CN"]) == []


def test_every_label_is_in_every_language() -> None:
    """States, roles, actions, forms and fields that ship are labelled for every reader."""
    missing = [name for name, texts in labels() if set(texts) != set(LANGUAGES)]
    assert missing == []


def test_every_refusal_has_its_sentence() -> None:
    """The codes that are ranked and the codes that have sentences are the same."""
    assert sorted(PRECEDENCE) == sorted(REFUSALS)
    assert len(set(PRECEDENCE)) == len(PRECEDENCE)


def catalogue_of(name: str) -> Mapping[str, Texts] | None:
    """Where the sentences of an error class, or of ``problem``, stand."""
    if name == "problem":
        return PROBLEMS
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, WorkorderError):
        return kind.sentences
    return None


def calls() -> Iterator[tuple[str, str, str, set[str] | None]]:
    """Every error made with a code spelt out: place, maker, code, facts (unknown if unpacked)."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            code = node.args[1 if node.func.id == "problem" else 0 :][:1]
            if catalogue_of(node.func.id) is None or not code:
                continue
            if isinstance(code[0], ast.Constant) and isinstance(code[0].value, str):
                facts = {keyword.arg for keyword in node.keywords}
                known = None if None in facts else {str(fact) for fact in facts}
                yield (
                    f"{path.relative_to(SOURCE)}:{node.lineno}",
                    node.func.id,
                    code[0].value,
                    known,
                )


def test_every_error_raised_has_its_sentence_and_its_facts() -> None:
    """Wherever an error is made, its code has a sentence, and all facts of it are given."""
    wrong: list[str] = []
    seen = 0
    for place, maker, code, facts in calls():
        seen += 1
        texts = (catalogue_of(maker) or {}).get(code)
        if texts is None:
            wrong.append(f"{place}: {maker} has no sentence for {code}")
        elif facts is not None:
            given = facts | ({"name"} if maker == "problem" else set())
            wanted = set().union(*(placeholders(text) for text in texts.values()))
            if not wanted <= given:
                wrong.append(f"{place}: {code} lacks {sorted(wanted - given)}")
    assert wrong == []
    assert seen > 30


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ({"en": "close", "zh-CN": "结案"}, "zh-CN", "结案"),
        ({"en": "close", "zh-CN": "结案"}, "en", "close"),
        ({"en": "close", "zh-CN": "结案"}, "zh-Hant", "结案"),
        ({"en": "close", "zh-CN": "结案"}, "en-GB", "close"),
        ({"en": "close"}, "de", "close"),
        ({"zh-CN": "结案"}, "de", "-"),
        ({}, "en", "-"),
    ],
)
def test_picking_a_language(texts: Texts, language: str, found: str) -> None:
    """The language itself, else another region of it, else English, else the fallback."""
    assert in_language(texts, language, "-") == found


CLOSE = Label("close", {"en": "Close", "zh-CN": "结案"})


@pytest.mark.parametrize(
    ("fact", "english", "chinese"),
    [
        (CLOSE, "Close", "结案"),
        (Label("close"), "close", "close"),
        ((CLOSE, CLOSE), "Close, Close", "结案、结案"),
        (["b", "a"], "b, a", "b、a"),
        (frozenset({"b", "a"}), "a, b", "a、b"),
        ({"b", "a"}, "a, b", "a、b"),
        ((), "none", "无"),
        (None, "none", "无"),
        (5, "5", "5"),
        (datetime(2026, 9, 30, 4, 0, 5, 7, tzinfo=UTC), *["2026-09-30 04:00:05+00:00"] * 2),
    ],
)
def test_showing_a_fact(fact: object, english: str, chinese: str) -> None:
    """Labels, lists, instants and nothing are shown as a reader of each language expects."""
    assert shown(fact, "en") == english
    assert shown(fact, "zh-CN") == chinese


def test_filling_a_template() -> None:
    """Facts take their places; one that is missing shows as a question mark, never as an error."""
    texts = {"en": "{action} by {actor}", "zh-CN": "{actor} {action}"}
    assert fill(texts, {"action": CLOSE, "actor": "li"}, "zh-CN") == "li 结案"
    assert fill(texts, {"action": CLOSE}) == "Close by ?"
    assert fill({}, {"action": CLOSE}) == ""


def test_facts_are_not_templates() -> None:
    """What people typed is shown as they typed it: braces in a fact mean nothing."""
    assert fill({"en": "{name}"}, {"name": "{actor.__class__}"}) == "{actor.__class__}"


def test_a_label_is_its_name_to_programs() -> None:
    """A label prints as its stable name."""
    assert str(CLOSE) == "close"


SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 12, 23, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "at", "zone", "said"),
    [
        ("until", MIDNIGHT, SHANGHAI, "2026-12-23 24:00"),
        ("due", MIDNIGHT, SHANGHAI, "2026-12-23 24:00"),
        ("limit", MIDNIGHT, SHANGHAI, "2026-12-23 24:00"),
        ("at", MIDNIGHT, SHANGHAI, "2026-12-24 00:00"),
        ("until", MIDNIGHT + timedelta(hours=8, minutes=30), SHANGHAI, "2026-12-24 08:30"),
        ("until", MIDNIGHT + timedelta(seconds=1), SHANGHAI, "2026-12-24 00:00"),
        ("until", MIDNIGHT, ZoneInfo("Africa/Cairo"), "2026-12-23 18:00"),
        ("until", datetime(2026, 12, 24), SHANGHAI, "2026-12-24 00:00:00"),
        ("until", MIDNIGHT, None, "2026-12-23 16:00:00+00:00"),
    ],
)
def test_an_instant_on_the_wall(name: str, at: datetime, zone: tzinfo | None, said: str) -> None:
    """In a zone an instant is the wall's; an end at midnight belongs to the day that it ends."""
    assert fill({"en": f"<{{{name}}}>"}, {name: at}, "en", zone) == f"<{said}>"


def test_an_instant_that_no_wall_shows() -> None:
    """At either end of the calendar there is no such hour over there: it is shown as it is."""
    last = datetime.max.replace(tzinfo=UTC)
    assert fill({"en": "{until}"}, {"until": last}, "en", SHANGHAI).endswith("+00:00")
