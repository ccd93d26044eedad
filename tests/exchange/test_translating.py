"""What rows say: instants, states, values, roles, and what is odd about them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.logs import brought, entries, entry, mapping, odd, ticket
from workorder.errors import SourceError
from workorder.exchange import NOTES
from workorder.storage import FullStore

FORMS: dict[str, tuple[str, dict[str, Any], str]] = {
    "iso, in UTC": ("2026-03-29T01:00:00Z", {"dates": ["iso"]}, "2026-03-29 01:00"),
    "iso, with an offset": ("2026-03-29T01:00+08:00", {"dates": ["iso"]}, "2026-03-28 17:00"),
    "iso, an offset beats the zone": (
        "2026-03-29T01:00+08:00",
        {"dates": ["iso"], "zone": "Europe/Berlin"},
        "2026-03-28 17:00",
    ),
    "iso, by the zone": (
        "2026-03-29 01:00",
        {"dates": ["iso"], "zone": "Asia/Shanghai"},
        "2026-03-28 17:00",
    ),
    "iso, a day": ("2026-03-29", {"dates": ["iso"], "zone": "Asia/Shanghai"}, "2026-03-28 16:00"),
    "day first": ("4/3/2026 9:05", {"dates": ["%d/%m/%Y %H:%M"]}, "2026-03-04 09:05"),
    "month first": ("4/3/2026 9:05", {"dates": ["%m/%d/%Y %H:%M"]}, "2026-04-03 09:05"),
    "the second format": (
        "4/3/2026",
        {"dates": ["%d/%m/%Y %H:%M", "%d/%m/%Y"]},
        "2026-03-04 00:00",
    ),
    "the first that fits": (
        "1/2/2026",
        {"dates": ["%d/%m/%Y", "%m/%d/%Y"]},
        "2026-02-01 00:00",
    ),
    "an offset in a format": (
        "29.03.2026 01:00 +0800",
        {"dates": ["%d.%m.%Y %H:%M %z"]},
        "2026-03-28 17:00",
    ),
    "winter": (
        "2026-01-15 12:00",
        {"dates": ["iso"], "zone": "Europe/Berlin"},
        "2026-01-15 11:00",
    ),
    "summer": (
        "2026-07-15 12:00",
        {"dates": ["iso"], "zone": "Europe/Berlin"},
        "2026-07-15 10:00",
    ),
    "an hour that was left out": (
        "2026-03-29 02:30",
        {"dates": ["iso"], "zone": "Europe/Berlin"},
        "2026-03-29 01:30",
    ),
    "an hour that came twice": (
        "2026-10-25 02:30",
        {"dates": ["iso"], "zone": "Europe/Berlin"},
        "2026-10-25 00:30",
    ),
    "summer time in China": (
        "1988-07-15 12:00",
        {"dates": ["iso"], "zone": "Asia/Shanghai"},
        "1988-07-15 03:00",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_instants(form: str, memory: FullStore, tmp_path: Path) -> None:
    """An instant is read by format and zone; of an hour that came twice, it is the first one."""
    cell, changes, expected = FORMS[form]
    brought(tmp_path, memory, [{**entry("C1", "New", 0), "at": cell}], mapping(**changes))
    (only,) = entries(memory, "C1")
    assert only.trace.occurred_at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_unknown_states_are_kept(memory: FullStore, tmp_path: Path) -> None:
    """A state nobody mapped stays under its own name, open, and is counted with examples."""
    rows = [
        entry(key, state, minute)
        for key in ("C1", "C2", "C3", "C4")
        for minute, state in enumerate(("New", "-100", "-100", "Closed"))
    ]
    report = brought(tmp_path, memory, [*rows, entry("C5", "-100", 0)])
    assert report.oddities["unknown_state"] == (9, ("C1", "C2", "C3"))
    strange = entries(memory, "C1")[1]
    assert (strange.state, strange.step.to_state, strange.step.category) == ("-100", "-100", "open")
    assert strange.notes == ("unknown_state",)
    assert ticket(memory, "C5").state == "-100"
    assert ticket(memory, "C5").times.closed is None


def test_unknown_states_are_refused_on_demand(memory: FullStore, tmp_path: Path) -> None:
    """With ``unknown_states = "refuse"`` the file is not brought in, and the cell is named."""
    rows = [entry("C1", "New", 0), entry("C1", "-100", 5)]
    with pytest.raises(SourceError) as failed:
        brought(tmp_path, memory, rows, mapping(unknown_states="refuse"))
    assert (failed.value.code, failed.value.facts["line"]) == ("wrong_value", 3)
    assert "-100" in failed.value.text()
    assert memory.log() == ()


def test_an_unknown_state_never_passes_for_one_of_ours(memory: FullStore, tmp_path: Path) -> None:
    """A state that is not mapped but bears the name of one of ours is refused, not taken for it."""
    with pytest.raises(SourceError) as failed:
        brought(tmp_path, memory, [entry("C1", "closed", 0)])
    assert (failed.value.facts["column"], failed.value.facts["line"]) == ("state", 2)


def test_foreign_states(memory: FullStore, tmp_path: Path) -> None:
    """A state without counterpart stays, with its category, and is nothing odd."""
    plan = mapping(foreign={"Waiting": "open", "Withdrawn": "final"})
    rows = [entry("C1", "New", 0), entry("C1", "Waiting", 5), entry("C1", "Withdrawn", 10)]
    assert odd(brought(tmp_path, memory, rows, plan)) == {}
    found = ticket(memory, "C1")
    assert (found.state, found.times.closed) == ("Withdrawn", found.times.last)
    assert [each.step.category for each in entries(memory, "C1")] == ["initial", "open", "final"]


def test_several_states_for_one_of_ours(memory: FullStore, tmp_path: Path) -> None:
    """Two words may mean the same state; each entry keeps the word that stood in the log."""
    plan = mapping(states={"New": "accepted", "Active": "in_progress", "Working": "in_progress"})
    rows = [entry("C1", "New", 0), entry("C1", "Active", 5), entry("C1", "Working", 9)]
    brought(tmp_path, memory, rows, plan)
    assert [each.state for each in entries(memory, "C1")] == ["New", "Active", "Working"]
    found = ticket(memory, "C1")
    assert found.state == "in_progress"
    assert found.times.state_since == datetime(2026, 3, 1, 0, 5, tzinfo=UTC)


LEVELS = {"priority": {"column": "urgency", "values": {"1 - High": 1, "2 - Low": 2}}}


def test_values_are_translated(memory: FullStore, tmp_path: Path) -> None:
    """A table of values turns words into what the field holds; other cells are counted."""
    plan = mapping(fields=LEVELS)
    rows = [
        entry("C1", "New", 0, urgency="1 - High"),
        entry("C1", "Active", 5, urgency="3 - Odd"),
        entry("C1", "Solved", 9, urgency="2 - Low"),
        entry("C1", "Closed", 10, urgency=""),
    ]
    assert odd(brought(tmp_path, memory, rows, plan)) == {"unknown_value": 1}
    assert [dict(each.fields) for each in entries(memory, "C1")] == [
        {"priority": 1},
        {"priority": None},
        {"priority": 2},
        {"priority": None},
    ]


def test_unknown_values_are_refused_on_demand(memory: FullStore, tmp_path: Path) -> None:
    """With ``unknown_values = "refuse"`` the file is not brought in, and the cell is named."""
    plan = mapping(fields=LEVELS, unknown_values="refuse")
    with pytest.raises(SourceError) as failed:
        brought(tmp_path, memory, [entry("C1", "New", 0, urgency="3 - Odd")], plan)
    assert (failed.value.facts["line"], failed.value.facts["column"]) == (2, "urgency")


def test_fields_keep_only_what_changed(memory: FullStore, tmp_path: Path) -> None:
    """The first entry has all fields, missing ones too; later ones have those that are other."""
    rows = [
        entry("C1", "New", 0, kind="atm", urgency="2"),
        entry("C1", "Active", 5, kind="atm", urgency="2"),
        entry("C1", "Solved", 6, kind="card", urgency="2"),
        entry("C1", "Closed", 7, kind="", urgency="-3"),
    ]
    brought(tmp_path, memory, rows)
    assert [dict(each.fields) for each in entries(memory, "C1")] == [
        {"category": "atm", "product": None, "priority": 2},
        {},
        {"category": "card"},
        {"category": None, "priority": -3},
    ]
    assert ticket(memory, "C1").fields == {"category": None, "product": None, "priority": -3}


def test_unfit_values_are_counted(memory: FullStore, tmp_path: Path) -> None:
    """What a field cannot hold is left out and counted; the entry itself is brought in."""
    rows = [
        entry("C1", "New", 0, kind="x" * 201),
        entry("C2", "New", 0, urgency="soon"),
        entry("C3", "New", 0, kind="a\x07b"),
        entry("C4", "New", 0, urgency=str(2**63)),
    ]
    report = brought(tmp_path, memory, rows)
    assert report.oddities["unfit_value"] == (4, ("C1", "C2", "C3"))
    assert all(ticket(memory, f"C{n}").fields["category"] is None for n in range(1, 5))


def test_words_for_nothing(memory: FullStore, tmp_path: Path) -> None:
    """Cells that mean "not known" are nothing, in whichever column they stand."""
    nothing = ("by", "owner", "team", "client", "via", "opened", "live", "kind", "moves", "seq")
    row = entry("C1", "New", 0) | dict.fromkeys(nothing, "?")
    assert odd(brought(tmp_path, memory, [row], mapping(missing=["?", ""]))) == {}
    (only,) = entries(memory, "C1")
    assert (only.trace.actor, only.assignee, only.department, only.customer) == (
        "",
        None,
        None,
        None,
    )
    assert only.opened_at == only.trace.occurred_at
    assert only.raw == {"seq": "?"}
    assert ticket(memory, "C1").deeds == {}


def test_roles_by_actor(memory: FullStore, tmp_path: Path) -> None:
    """People whose role is known have it; everybody else has the default."""
    plan = mapping(roles={"default": "handler", "by_actor": {"boss": "supervisor"}})
    rows = [entry("C1", "New", 0, by="li"), entry("C1", "Given", 5, by="boss")]
    brought(tmp_path, memory, rows, plan)
    assert [each.step.role for each in entries(memory, "C1")] == ["handler", "supervisor"]
    assert ticket(memory, "C1").deeds == {
        "li": {"handler": ("import",)},
        "boss": {"supervisor": ("import",)},
    }


ODD: dict[str, tuple[list[dict[str, str]], dict[str, int]]] = {
    "nothing": (
        [
            entry("C1", "New", 5, opened="2026-03-01 00:00", moves="0", back="0", live="true"),
            entry("C1", "Solved", 6, team="cards", moves="1", back="0", live="yes"),
            entry("C1", "Active", 6, team="cards", moves="1", back="1", live="1"),
            entry("C1", "Closed", 9, team="cards", moves="1", back="1", live="FALSE"),
        ],
        {},
    ),
    "earlier than opened": (
        [entry("C1", "New", 5, opened="2026-03-01 00:06"), entry("C1", "Given", 7)],
        {"before_opened": 1},
    ),
    "time runs back": (
        [entry("C1", "New", 5), entry("C1", "Given", 9), entry("C1", "Active", 8)],
        {"time_back": 1, "time_raised": 1},
    ),
    "a counter falls": (
        [
            entry("C1", "New", 5, seq="4", moves="2", back="1"),
            entry("C1", "Given", 6, seq="3", moves="1", back="0"),
        ],
        {"counter_back": 1},
    ),
    "a handover nobody sees": (
        [
            entry("C1", "New", 5, team="hall", moves="0"),
            entry("C1", "New", 6, team="hall", moves="1"),
            entry("C1", "New", 7, team="", moves="2"),
            entry("C1", "New", 8, team="", moves="3"),
        ],
        {"handover_unseen": 2},
    ),
    "a reopening nobody sees": (
        [entry("C1", "New", 5, back="0"), entry("C1", "Active", 6, back="1")],
        {"reopen_unseen": 1},
    ),
    "closed and active": (
        [entry("C1", "Closed", 5, live="true"), entry("C1", "Closed", 6, live="false")],
        {"flag_disagrees": 1},
    ),
    "open and not active": ([entry("C1", "Solved", 5, live="n")], {"flag_disagrees": 1}),
    "a flag that says nothing": ([entry("C1", "Closed", 5, live="perhaps")], {}),
}


@pytest.mark.parametrize("kind", ODD)
def test_oddities(kind: str, memory: FullStore, tmp_path: Path) -> None:
    """Each oddity is counted once for its entry, stands in its event, and has its two sentences."""
    rows, expected = ODD[kind]
    report = brought(tmp_path, memory, rows)
    noted = [note for each in entries(memory, "C1") for note in each.notes]
    assert {note: noted.count(note) for note in noted} == expected
    assert odd(report) == expected
    assert expected.keys() <= NOTES.keys()


def test_every_oddity_has_sentences() -> None:
    """Every kind of oddity is told in English and in Chinese, no two alike."""
    assert all(english.isascii() and not chinese.isascii() for english, chinese in NOTES.values())
    assert len(set(NOTES.values())) == len(NOTES)
