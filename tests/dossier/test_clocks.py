"""The section about clocks: picture, cycles, what was revised, and how each clock counts."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from tests.dossier.cases import AT, canonical, scene
from tests.dossier.reading import Page
from tests.dossier.test_account import GAO, LI, START, SUN, ZHAO, Bank
from tests.dossier.test_content import sections
from workorder.cli.demo.scene import Scene
from workorder.clocks import Clocks
from workorder.desk import ServiceDesk
from workorder.dossier import Dossier, Material, dossier, gathered
from workorder.dossier import told as tell
from workorder.dossier.clocks import cycles, granted, inline
from workorder.dossier.style import STYLE
from workorder.errors import StoreError
from workorder.rulebook import Rulebooks, bank, basic
from workorder.storage import MemoryStore, Snapshot
from workorder.ticket import (
    Approve,
    ApproveExtension,
    Hold,
    InformCustomer,
    Reopen,
    RequestExtension,
    Submit,
)
from workorder.workflow import Actor

CUSTOMER = Actor("C-1", "customer")


@pytest.fixture
def desk() -> Bank:
    """A desk with nothing on it."""
    clock = [START]
    return Bank(clock, ServiceDesk(MemoryStore(), rulebook=bank(), time=lambda: clock[0]))


def picture(html: str) -> str:
    """The one picture of a page."""
    (found,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    return str(found)


def accounts(html: str) -> list[str]:
    """The accounts of a page."""
    return [Page(each).shown for each in re.findall(r'<p class="account">.*?</p>', html, re.DOTALL)]


def test_every_clock_has_its_account(english: Dossier, chinese: Dossier, told: Scene) -> None:
    """How each clock counts stands in the page as the desk explains it, in both languages."""
    ledgers = told.desk.timeline(told.ticket.id, actor=GAO).clocks
    assert len(ledgers) == 4
    for html, language in ((english.html, "en"), (chinese.html, "zh-CN")):
        assert accounts(html) == [each.ledger.text(language) for each in ledgers]
    assert "leads the ticket" in accounts(english.html)[0]
    assert "第 1 轮按时完成" in accounts(chinese.html)[2]


def test_cycles_keep_their_verdicts(english: Dossier, chinese: Dossier) -> None:
    """Every cycle of every clock is a row, with what was promised first and what became of it."""
    text = sections(english.html)["clocks"]
    first = "Resolution12026-11-23 09:22:002026-11-23 12:17:002026-11-26 18:00:00"
    assert f"{first}2026-12-23 24:00:0018in time" in text
    second = "Resolution22026-12-02 12:38:002026-12-02 12:52:002026-12-07 18:00:00"
    assert f"{second}2026-12-07 18:00:0023in time" in text
    assert text.count("Taking over12") == text.count("Taking over22") == 1
    assert "按时" in sections(chinese.html)["clocks"]


def test_both_due_instants_of_an_extension(english: Dossier, chinese: Dossier) -> None:
    """What was due before, what is due after, and because of what; for each clock it concerns."""
    text = sections(english.html)["clocks"]
    way = "Decide and tell the complainant2026-12-08 24:00:002026-12-23 24:00:00"
    assert f"142026-11-23 11:35:00{way}Inform the customer" in text
    assert text.count(way) == 2  # revised, and granted
    assert "告知客户" in sections(chinese.html)["clocks"]


def test_an_entry_says_what_was_revised(english: Dossier, chinese: Dossier) -> None:
    """The entry in the trail names the step in words, and both instants of each clock."""
    for html, name in ((english.html, "Due revised"), (chinese.html, "时限调整")):
        (entry,) = re.findall(r'<li id="entry-14">.*?</li>', html, re.DOTALL)
        assert name in Page(entry).shown
        assert "2026-12-08 24:00:00 → 2026-12-23 24:00:00" in Page(entry).shown


def test_a_mark_in_the_trail(desk: Bank) -> None:
    """A mark that was reached is an entry with its clock, its mark and when it was due."""
    ticket = desk.opened()
    desk.wait(2)
    desk.desk.run_due()
    html = desk.html(ticket)
    assert re.search(r"Mark reached.*?First contact.*?75%", Page(html).shown, re.DOTALL)
    assert "计时提醒" in desk.html(ticket, "zh-CN")
    assert '<circle class="reached"' in picture(html)


def test_what_is_late_is_marked(desk: Bank) -> None:
    """A clock whose time is used up is shown as wrong, whether it was noted yet or not."""
    ticket = desk.opened()
    desk.wait(2)
    assert '<span class="wrong">missed, and still open</span>' in desk.html(ticket)
    desk.do(ticket, LI, InformCustomer("progress", "phone"))
    assert '<span class="wrong">late</span>' in desk.html(ticket)


def test_a_pause_is_told(desk: Bank) -> None:
    """On hold, the bank's own clock is paused, and the law's goes on."""
    ticket = desk.opened()
    desk.do(ticket, ZHAO, Hold(reason="waiting_for_customer"))
    text = sections(desk.html(ticket))["clocks"]
    assert re.search(r"Resolution1.*?paused", text)
    assert re.search(r"Decide and tell the complainant1.*?going on", text)


def test_the_picture_is_part_of_the_page(english: Dossier) -> None:
    """It is well-formed, brings no style of its own, names no other place, and every class in it is
    known to the page's style sheet.
    """
    found = picture(english.html)
    root = ET.fromstring(found)
    assert root.find("style") is None
    assert "http" not in found
    assert "style" not in found
    classes = {name for each in root.iter() for name in each.get("class", "").split()}
    assert {"state", "counted", "due"} <= classes
    assert {each for each in classes if not re.search(rf"svg \.{each}[ ,]", STYLE)} == set()
    assert not re.search(r"^(text|\.(sheet|state|mark) \{ (fill|stroke))", STYLE, re.MULTILINE)


def test_a_closed_ticket_is_drawn_to_its_end(told: Scene) -> None:
    """However much later the dossier is made, the picture ends when the ticket did."""
    pages = [
        dossier(told.desk.unrestricted(), told.ticket.id, at=AT + timedelta(days=days)).html
        for days in (0, 1000)
    ]
    assert picture(pages[0]) == picture(pages[1])
    assert "ended Wed 2 Dec 2026 13:06" in picture(pages[0])


def test_a_rulebook_that_is_not_at_hand() -> None:
    """Without the ticket's rulebook cycles, verdicts and due instants still stand there, and the
    page says what is missing.
    """
    made = scene()
    material = gathered(made.desk.store, made.ticket.id)
    for other in (basic(), evolve(bank(), version="other")):
        html = tell(material, Rulebooks(other), at=AT).html
        assert "<svg" not in html
        assert accounts(html) == []
        text = sections(html)["clocks"]
        assert "How the clocks counted cannot be told here" in text
        assert "in time" in text


def test_cycles_and_extensions_are_read_from_the_trail(desk: Bank) -> None:
    """A cycle that is over keeps its extension, though the clock began anew."""
    ticket = desk.opened(type_="request")
    desk.do(ticket, ZHAO, RequestExtension(desk.now + timedelta(days=20), reason="more"))
    desk.do(ticket, GAO, ApproveExtension())
    desk.do(ticket, LI, InformCustomer(subject="extension", channel="phone"))
    desk.do(ticket, ZHAO, Submit(resolution="done"))
    desk.do(ticket, SUN, Approve())
    desk.do(ticket, CUSTOMER, Reopen(reason="not done"))
    happenings = desk.trail(ticket).happenings
    assert happenings[-1].after.clocks["resolution"].extended == ()
    (longer,) = granted(happenings)
    assert longer.metric == "resolution"
    assert longer.extended.before is not None
    assert longer.extended.until - longer.extended.before > timedelta(days=10)
    found = [each.clock for each in cycles(happenings) if each.clock.metric == "resolution"]
    assert [(each.cycle, each.verdict is not None) for each in found] == [(1, True), (2, False)]


def test_inline_takes_out_only_the_sheet() -> None:
    """Everything else of a picture stays."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" role="img">\n<style>a{}</style>\n<g/>\n</svg>\n'
    assert inline(svg) == '<svg role="img">\n<g/>\n</svg>'


def forged(place: int, **changes: object) -> Material:
    """A story in one record of which somebody changed the clock that leads."""
    made = scene()
    material = gathered(made.desk.store, made.ticket.id)
    said = json.loads(material.records[place].data)
    said["body"]["clocks"]["cn.nfra.decision"].update(changes)
    records = list(material.records)
    records[place] = evolve(records[place], data=canonical(said))
    return evolve(material, records=tuple(records))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "asleep"},
        {"segments": []},
        {"segments": [{"start": "yesterday", "calendar": "x", "policy": "x"}]},
        {"segments": 7},
        {"metric": {"a": 1}},
        {"metric": "resolution"},
        {"target": None},
        {"verdicts": [[]]},
    ],
)
def test_a_clock_that_cannot_be_read(changes: dict[str, object]) -> None:
    """A record whose clocks are damaged is named, like one that cannot be read at all."""
    material = forged(0, **changes)
    with pytest.raises(StoreError) as error:
        tell(material, Rulebooks(bank()), at=AT)
    assert (error.value.code, error.value.facts["sequence"]) == ("unreadable_record", 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"target": "99999 working days"},
        {"target": "until the cows come home"},
        {"due": "9999-12-31T23:59:59.999999Z"},
        {"promised": "0001-01-01T00:00:00.000000Z"},
        {"metric": "cn.nfra.decision", "cycle": 77, "verdicts": []},
    ],
)
@pytest.mark.parametrize("place", [0, 18])
def test_a_clock_that_makes_no_sense(place: int, changes: dict[str, object]) -> None:
    """A clock that was altered is shown as the record has it, and the chain gives it away."""
    material = forged(place, **changes)
    for language in ("en", "zh-CN"):
        found = tell(material, Rulebooks(bank()), at=AT, language=language)
        assert any("names another record before it" in each for each in found.findings)
        assert Page(found.html).faults == []


def test_clocks_of_a_snapshot() -> None:
    """What the ticket says of its clocks, and the records do not, is found; readable or not."""
    made = scene()
    material = gathered(made.desk.store, made.ticket.id)
    ticket = material.snapshot.ticket
    decided = evolve(ticket.clocks["cn.nfra.decision"], target="30 calendar days")
    for clocks in (
        Clocks({**ticket.clocks, "cn.nfra.decision": decided}),
        Clocks(data={name: {} for name in ticket.clocks}),
    ):
        snapshot = Snapshot(evolve(ticket, clocks=clocks), head=material.snapshot.head)
        found = tell(evolve(material, snapshot=snapshot), Rulebooks(bank()), at=AT)
        assert "snapshot: clocks differs from what the records make of it" in found.findings
