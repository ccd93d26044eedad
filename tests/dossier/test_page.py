"""The page of a dossier: well-formed, alone in the world, and never taken over by what it shows."""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.people import AT as OPENED
from tests.desk.people import Counting
from tests.dossier.cases import AT, CLOSING, OPENING, VERIFIER, data_in
from tests.dossier.reading import Page
from workorder.desk import ServiceDesk
from workorder.dossier import Dossier, dossier, verifier_source
from workorder.dossier.data import embedded
from workorder.dossier.markup import Markup, escaped, joined, tag
from workorder.storage import MemoryStore
from workorder.ticket import Comment, Dispatch
from workorder.workflow import Actor

BOSS = Actor("boss", "supervisor", "hq")
LATER = OPENED + timedelta(days=1)

NASTY = (
    "</script><script>alert(1)</script>",
    "<!-- --!> <![CDATA[ ]]> <?php ?>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</bdi></dd></dl></main></body></html>",
    "<style>body{display:none}</style>",
    "&lt;b&gt; &amp; &#60; &nbsp",
    "\u202eright to left\u202c \u2066isolated",
    '<script type="application/json" id="workorder-dossier">{}</script>',
    "工单 💳 e\u0301\u0323",
    "{at} {entry} %s {0!r}",
    "\\u003c/script\\u003e \\ \\\\",
)


def with_text(text: str, *, language: str = "en") -> Dossier:
    """The dossier of a ticket in which people wrote *text* wherever they can."""
    desk = ServiceDesk(MemoryStore(), time=lambda: OPENED, new_entropy=Counting())
    ticket = desk.open(
        "complaint", customer="C-1", fields={"title": text}, actor=BOSS, command_id="one"
    )
    for command in (Comment(text), Dispatch("li", "cards", text)):
        desk.perform(ticket.id, command, actor=BOSS)
    return dossier(desk.unrestricted(), ticket.id, at=LATER, language=language)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_page_is_well_formed(language: str, english: Dossier, chinese: Dossier) -> None:
    """Every element is closed in its turn, ids are there once, and links inside lead somewhere."""
    page = Page((english if language == "en" else chinese).html)
    assert page.faults == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    inside = {each[1:] for each in page.values("href") if each.startswith("#")}
    assert inside
    assert inside <= set(ids)
    assert ("lang", language) in page.attributes


def test_the_page_loads_nothing(english: Dossier) -> None:
    """Nothing in it names another file or another machine, and its policy forbids all of it."""
    page = Page(english.html)
    assert set(page.names).isdisjoint({"link", "img", "iframe", "object", "embed", "form", "base"})
    assert "src" not in dict(page.attributes)
    assert all(each.startswith(("#", "data:text/x-python;")) for each in page.values("href"))
    assert not re.search(r"https?://|url\(|@import|//[a-z]", english.html.split("<pre>")[0])
    (policy,) = [each for each in page.values("content") if "default-src" in each]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not [key for key, _ in page.attributes if key.startswith("on") or key == "style"]


def test_the_policy_admits_the_style_sheet(english: Dossier) -> None:
    """The one style sheet is the one whose digest stands in the policy."""
    style = english.html.split("<style>")[1].split("</style>")[0]
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"sha256-{digest}" in english.html


def test_the_only_script_is_data(english: Dossier) -> None:
    """One script element, of a type that no browser runs."""
    page = Page(english.html)
    assert page.names.count("script") == 1
    assert page.values("type") == ["application/json"]


def test_the_program_is_in_the_page(english: Dossier) -> None:
    """The verifier stands in the page to be read, and behind a link to be saved, as it ships."""
    shipped = VERIFIER.read_text(encoding="utf-8")
    assert verifier_source() == shipped
    assert escaped(shipped) in english.html
    (link,) = [each for each in Page(english.html).values("href") if each.startswith("data:")]
    assert b64decode(link.partition("base64,")[2]).decode() == shipped
    assert hashlib.sha256(shipped.encode()).hexdigest() in english.html
    assert "verify_dossier.py" in Page(english.html).values("download")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_shown(text: str) -> None:
    """Whatever people wrote is shown as they wrote it, wherever it belongs, and is no markup."""
    made = with_text(text)
    kept = next(iter(made.data["sealed"].values()))["value"]
    page, plain = Page(made.html), Page(with_text("plain").html)
    assert page.faults == []
    assert page.names == plain.names
    assert page.lines.count(kept) == 5  # its form; opening, note and hand-over; hand-overs
    assert data_in(made.html) == made.data
    assert made.findings == ()
    assert Page(with_text(text, language="zh-CN").html).faults == []


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1).map(
        str.strip
    )
)
def test_any_text_is_shown(text: str) -> None:
    """Any text leaves the page as it is built."""
    made = with_text(text or "x")
    page = Page(made.html)
    assert page.faults == []
    assert page.names == Page(with_text("plain").html).names
    assert made.findings == ()


def test_what_cannot_be_shown_has_a_sign() -> None:
    """Control characters and half characters never reach the page; signs stand for them."""
    assert escaped("a\x00\x1b\x7f\x85\ud800b\n") == "a␀␛␡��b\n"


def test_data_end_no_element_and_no_line() -> None:
    """Embedded data are ASCII without signs of markup, and read back as they were."""
    said = {"a": "</script><!--<script>&\u2028\u2029工单\ud800", "b": ["]]>"]}
    text = embedded(said)
    inside = text.removeprefix(OPENING).removesuffix(CLOSING)
    assert inside.isascii()
    assert not set(inside) & set("<>&")
    assert json.loads(inside) == said


def test_markup_escapes_once() -> None:
    """Text is escaped where it is put in; markup is not escaped again."""
    inner = tag("b", "<")
    assert inner == "<b>&lt;</b>"
    assert tag("p", inner, "&", attributes={"title": '"'}) == (
        '<p title="&quot;"><b>&lt;</b>&amp;</p>'
    )
    assert joined([inner, "<"], "<") == "<b>&lt;</b>&lt;&lt;"
    assert isinstance(inner, Markup)


def test_the_same_twice(told_html: str, english: Dossier) -> None:
    """A dossier of the same moment is the same, byte for byte."""
    assert told_html == english.html
    assert english.data["made"]["at"] == AT.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
