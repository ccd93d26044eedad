"""What a dossier tells: every entry, in both languages, in the zone of the bank."""

import json
import re
from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from tests.desk.routing.team import Team, book
from tests.dossier.cases import AT, data_in, forget, keep, scene
from tests.dossier.reading import Page
from workorder.assign import Agent
from workorder.canonical import encode
from workorder.cli.demo.scene import Scene
from workorder.desk import ServiceDesk
from workorder.dossier import Dossier, dossier, gathered
from workorder.dossier import told as tell
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.rulebook import Rulebooks, basic
from workorder.storage import MemoryStore, Record
from workorder.ticket import Comment, LogContact, OpaqueEvent, Sealed
from workorder.workflow import Actor


def sections(html: str) -> dict[str, str]:
    """The text of each section of a page."""
    parts = re.split(r'<section id="([a-z]+)">', html.split(OPENING_OF_DATA, maxsplit=1)[0])
    return {name: Page(text).shown for name, text in zip(parts[1::2], parts[2::2], strict=True)}


OPENING_OF_DATA = '<script type="application/json"'
SECTIONS = [
    "ticket",
    "fields",
    "promises",
    "clocks",
    "decisions",
    "holds",
    "handovers",
    "customer",
    "keeping",
    "links",
    "figures",
    "trail",
    "rulebooks",
    "checking",
]


def entries(html: str) -> list[str]:
    """The text of each entry of the trail."""
    parts = re.split(r'<li id="entry-\d+">', html.split(OPENING_OF_DATA, maxsplit=1)[0])
    return [Page(each).shown for each in parts[1:]]


def test_it_has_every_section(english: Dossier, chinese: Dossier) -> None:
    """The sections stand in their order, in both languages."""
    assert list(sections(english.html)) == SECTIONS
    assert list(sections(chinese.html)) == SECTIONS


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_entry_is_there(
    language: str, told: Scene, english: Dossier, chinese: Dossier
) -> None:
    """Each entry has who, in which role, when in the zone, what, and from where to where, in the
    words of the rulebook.
    """
    shown = entries((english if language == "en" else chinese).html)
    history = told.desk.unrestricted().history(told.ticket.id)
    assert len(shown) == len(history) == 30
    flow = told.rulebook.workflow
    for text, entry in zip(shown, history, strict=True):
        trace, step = entry.event.trace, entry.event.step
        local = trace.occurred_at + timedelta(hours=8)  # Shanghai has no summer time
        assert f"{local:%Y-%m-%d %H:%M:%S}" in text
        assert trace.actor in text
        assert trace.command_id in text
        assert trace.rulebook[:12] in text
        assert flow.role_labels[step.role].text(language) in text
        assert flow.labels[step.to_state].text(language) in text
        assert flow.labels[step.from_state].text(language) in text
        if step.action in flow.action_labels:
            assert flow.action_labels[step.action].text(language) in text
        assert "revise_due" not in text
        for value in entry.texts.values():
            assert value is None or value in text


def test_the_ticket_is_told(english: Dossier, chinese: Dossier) -> None:
    """Whose it is, its type, where it stands and since when."""
    text = sections(english.html)["ticket"]
    for said in ("C-10023", "chen.hao", "Complaint", "Closed, since 2026-12-02 13:06:00"):
        assert said in text
    assert "Tenantbank" in text
    assert "case-9" in text
    assert "case-7" not in text
    assert json.loads(b64decode(english.data["snapshot"]))["head"] in text
    assert "已结案（自 2026-12-02 13:06:00 起）" in sections(chinese.html)["ticket"]


def test_promises_are_judged(english: Dossier) -> None:
    """Each promise has what became of it: replaced, kept, lapsed, to come."""
    text = sections(english.html)["promises"]
    decide = "Due by: Decide and tell the complainant"
    assert f"{decide}2026-12-08 24:00:001replaced with entry 14" in text
    # Told, not resolved: the work was done with entry 18.
    assert f"{decide}2026-12-23 24:00:0014kept, 2026-11-23 12:24:00 (entry 19)" in text
    assert text.count(decide) == 2  # when it was reopened, the customer had been told
    assert "Answer to sub-task S72026-11-25 18:00:007kept" in text
    assert "May be appealed until2026-12-23 24:00:0019lapsed with entry 21" in text
    assert "Archived from2027-01-02 00:00:0025still to come" in text


def test_decisions_are_told(english: Dossier) -> None:
    """Who judged what, with the rank that was needed and the reasons given."""
    text = sections(english.html)["decisions"]
    assert "gao.lei, Supervisor, channels (rank 20)Approve extension" in text
    assert "sun.li, Reviewer, channelsReturn for reworkreasonWhich fee?" in text
    assert "system, System timerClose" in text


def test_holds_and_hand_overs_are_told(english: Dossier, chinese: Dossier) -> None:
    """Why it waited and how long; who it was given to, and who gave it back."""
    assert (
        "Waiting for the customer2026-11-23 10:39:002026-11-23 10:46:007 min"
        in (sections(english.html)["holds"])
    )
    assert "7 分" in sections(chinese.html)["holds"]
    text = sections(english.html)["handovers"]
    assert text.index("zhang.wei") < text.index("Decline") < text.index("zhao.min")


def test_papers_are_told(english: Dossier, chinese: Dossier) -> None:
    """Legal holds, what was erased, and at the text itself since when it is gone."""
    text = sections(english.html)["keeping"]
    assert "4.reason" in text
    assert text.count("case-7") == 2
    gone = "erased on 2026-12-20 12:30:00 (entry 27)"
    assert gone in entries(english.html)[3]
    assert gone in sections(english.html)["handovers"]
    assert "已于 2026-12-20 12:30:00 删除（第 27 条记录）" in entries(chinese.html)[3]
    assert "The machines are run by Channels" not in english.html


def test_figures_are_told(english: Dossier) -> None:
    """How often and how long it was in each state, and how much of it the bank was open."""
    text = sections(english.html)["figures"]
    assert "Under review335 min35 min" in text
    assert "Resolved27 d 11 h 57 min50 h 57 min" in text
    assert "Closed219 d 12 h 2 min125 h 32 min" in text


def test_the_rulebook_is_named(told: Scene, english: Dossier) -> None:
    """By which rulebook each entry went, with its digest in full."""
    text = sections(english.html)["rulebooks"]
    assert text.endswith(f"bank11–30{told.rulebook.digest}")


def test_names_without_a_rulebook() -> None:
    """Where its rulebook is not at hand, names that another one has are shown as there, which is
    said, and the others as they were recorded.
    """
    made = scene()
    material = gathered(made.desk.store, made.ticket.id)
    found = tell(material, Rulebooks(basic()), at=AT)
    assert (
        "not at hand; its names are shown as “basic” has them"
        in (sections(found.html)["rulebooks"])
    )
    assert "panel_expert" not in found.html
    assert "Instants are shown in UTC" in found.html
    assert "under_review → In progress" in entries(found.html)[15]
    assert found.findings == ()


def test_texts_hold_what_they_were(english: Dossier, chinese: Dossier) -> None:
    """Each text is marked as the one that was recorded."""
    assert "ATM kept my card, Chen Hao did not help ✓ as recorded then" in entries(english.html)[0]
    assert "✓ 与当时记录一致" in entries(chinese.html)[0]


def test_without_texts(told: Scene) -> None:
    """Left out, texts are nowhere in the file; the entries and the digests are."""
    made = dossier(told.desk.unrestricted(), told.ticket.id, at=AT, texts=False)
    assert made.data["sealed"] == {}
    assert made.data["texts"] is False
    assert made.findings == ()
    for text in ("ATM kept my card", "Which fee?"):
        assert text not in made.html
    assert "left out of this file" in entries(made.html)[0]
    assert len(entries(made.html)) == 30


def changed(desk: ServiceDesk, ticket_id: str, change: str) -> Dossier:
    """The dossier of a ticket in whose store a text was changed or lost behind the desk's back."""
    store = desk.store
    assert isinstance(store, MemoryStore)
    ref = "1.title"
    kept = store._sealed[ticket_id]
    if change == "lost":
        del kept[ref]
    else:
        kept[ref] = kept[ref].__class__(ticket_id, ref, kept[ref].salt, "All is well")
    return dossier(desk.unrestricted(), ticket_id, at=AT)


@pytest.mark.parametrize(
    ("change", "mark", "finding"),
    [
        ("lost", "✗ missing, and no entry says why", "missing, and no record says"),
        ("changed", "All is well ✗ not what was recorded then", "not the one that the records"),
    ],
)
def test_texts_that_were_tampered_with(change: str, mark: str, finding: str) -> None:
    """A text that is not the one of then, or lost, is marked and found when the file is made."""
    made = scene()
    found = changed(made.desk, made.ticket.id, change)
    assert mark in entries(found.html)[0]
    (sentence,) = found.findings
    assert finding in sentence


def test_an_erasure_of_everything() -> None:
    """Everything erased: every text says since when, and what is written after it stays."""
    made = scene()
    keep(made.desk, made.ticket.id, forget())
    later = ServiceDesk(made.desk.store, rulebook=made.rulebook, time=lambda: AT)
    chen = Actor("chen", "supervisor", "channels")
    later.perform(made.ticket.id, LogContact("reached", note="kept"), actor=chen)
    found = dossier(later.unrestricted(), made.ticket.id, at=AT)
    assert found.findings == ()
    assert [each["value"] for each in found.data["sealed"].values()] == ["kept"]
    assert "erased on" in entries(found.html)[0]
    assert "kept ✓" in entries(found.html)[-1]


def test_an_event_of_another_version() -> None:
    """An event that is not known here is shown as it was recorded, and sound."""
    made = scene()
    store = made.desk.store
    assert isinstance(store, MemoryStore)
    material = gathered(store, made.ticket.id)
    last = material.records[-1]
    said = json.loads(last.data)
    said |= {"kind": "bank.surprise", "body": {"<b>": "later"}}
    strange = Record(last.ticket_id, last.sequence, last.version, encode(said))
    store._records[made.ticket.id][-1] = strange
    found = dossier(made.desk.unrestricted(), made.ticket.id, at=AT)
    assert '{"<b>":"later"}' in entries(found.html)[-1]
    assert "bank.surprise/1" in entries(found.html)[-1]
    assert any("head is" in each for each in found.findings)  # it was put in behind our back
    assert OpaqueEvent.kind == "ticket.opaque"


def test_the_data(english: Dossier, told: Scene) -> None:
    """The data hold the exact bytes: records, snapshot, sealed values with their salts."""
    data = data_in(english.html)
    assert data == english.data
    assert list(data) == [
        "format",
        "made",
        "tenant",
        "ticket",
        "records",
        "snapshot",
        "texts",
        "sealed",
        "page",
    ]
    material = gathered(told.desk.store, told.ticket.id)
    assert [b64decode(each) for each in data["records"]] == [
        record.data for record in material.records
    ]
    assert b64decode(data["snapshot"]) == material.snapshot.data
    assert {ref: b64decode(each["salt"]) for ref, each in data["sealed"].items()} == {
        ref: each.salt for ref, each in material.sealed.items()
    }
    assert data["made"]["by"].startswith("workorder ")


def test_it_leaves_no_trace(told: Scene) -> None:
    """Making a dossier changes nothing on the ticket."""
    before = told.desk.unrestricted().get(told.ticket.id)
    dossier(told.desk.unrestricted(), told.ticket.id, at=AT)
    assert told.desk.unrestricted().get(told.ticket.id) == before


def test_no_such_ticket(told: Scene) -> None:
    """A ticket that is not there is refused as everywhere."""
    with pytest.raises(CommandRefused) as refused:
        dossier(told.desk.unrestricted(), "nothing", at=AT)
    assert refused.value.code == "not_found"


def test_a_store_without_history() -> None:
    """A store that keeps no records has nothing to show."""
    desk = ServiceDesk(MemoryStore(history=False))
    ticket = desk.open("enquiry", actor=Actor("li", "handler"), fields={"title": "x"})
    with pytest.raises(StoreError) as error:
        dossier(desk.unrestricted(), ticket.id, at=AT)
    assert error.value.code == "unsupported"


def test_an_instant_without_a_zone(told: Scene) -> None:
    """The instant must say its zone."""
    with pytest.raises(InvalidInput) as error:
        dossier(told.desk.unrestricted(), told.ticket.id, at=datetime(2026, 12, 20))
    assert error.value.code == "naive_datetime"


class Restless(MemoryStore):
    """A store in which somebody else writes whenever the records were read."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ServiceDesk(self)
        self.left = 0

    def records(
        self, ticket_id: str, after: int = 0, limit: int | None = None
    ) -> tuple[Record, ...]:
        """The records, and one more afterwards."""
        found = tuple(super().records(ticket_id, after, limit))
        if self.left:
            self.left -= 1
            boss = Actor("boss", "supervisor")
            self.desk.perform(ticket_id, Comment("meanwhile"), actor=boss)
        return found


@pytest.mark.parametrize(("writes", "sound"), [(1, True), (4, True), (5, False)])
def test_a_ticket_that_changes_meanwhile(writes: int, sound: bool) -> None:
    """What is in a dossier is of one moment; where there is none, it is refused."""
    store = Restless()
    ticket = store.desk.open("enquiry", actor=Actor("li", "handler"), fields={"title": "x"})
    store.left = writes
    if not sound:
        with pytest.raises(CommandRefused) as refused:
            dossier(store.desk.unrestricted(), ticket.id, at=datetime.now(UTC))
        assert refused.value.code == "conflict"
        return
    found = dossier(store.desk.unrestricted(), ticket.id, at=datetime.now(UTC))
    assert found.findings == ()
    assert len(found.data["records"]) == writes + 1


def test_sealed_values_are_known_by_reference(told: Scene) -> None:
    """Fields that are sealed stand in the ticket by reference; the dossier shows the text."""
    title = told.desk.unrestricted().get(told.ticket.id).fields["title"]
    assert isinstance(title, Sealed)
    assert title.ref == "1.title"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "goes to li: least_load, policy “usual”\nCould have it:\n  1. li\nPassed over:\n"),
        ("zh-CN", "分派给 li：least_load，策略“usual”\n符合条件：\n  1. li\n未选原因：\n"),
    ],
)
def test_why_somebody_was_given_it_is_told(language: str, shown: str) -> None:
    """In words, with every reason against everybody else."""
    team = Team([Agent("li", teams={"cards"}), Agent("wu", teams={"cards"}, presence="away")])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    html = dossier(team.desk.unrestricted(), ticket.id, at=AT, language=language).html
    assert shown in entries(html)[-1]
    assert shown in sections(html)["handovers"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"chosen":"li"', b'"whosen":"li"'), (b'"by":"least_load"', b'"by":5')],
)
def test_what_is_no_decision_is_shown_as_it_stands(old: bytes, new: bytes) -> None:
    """Somebody was at the store: a dossier shows what is there, and says that it is wrong."""
    team = Team([Agent("li", teams={"cards"})])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    material = gathered(team.desk.store, ticket.id)
    *before, last = material.records
    forged = evolve(last, data=last.data.replace(old, new))
    found = tell(evolve(material, records=(*before, forged)), Rulebooks(book()), at=AT)
    assert new.decode() in entries(found.html)[-1]
    assert found.findings
