"""The real log through the command line: every figure of its description, and an oracle's."""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.conftest import MAPPING, Brought, answer
from tests.exchange.servicenow import closings, measured, moved, resumptions, tickets
from workorder.kernel import evolve
from workorder.storage import Codec, FullStore, SQLiteStore, TicketQuery
from workorder.ticket import Imported, Ticket

STATES = {
    "Active": 38_716,
    "New": 36_407,
    "Resolved": 25_751,
    "Closed": 24_985,
    "Awaiting User Info": 14_642,
    "Awaiting Vendor": 707,
    "Awaiting Problem": 461,
    "Awaiting Evidence": 38,
    "-100": 5,
}
WAITING = {
    "Awaiting User Info": "awaiting_user",
    "Awaiting Vendor": "awaiting_vendor",
    "Awaiting Problem": "awaiting_problem",
    "Awaiting Evidence": "awaiting_evidence",
}
FIRST = {
    "New": 16_397,
    "Active": 6_503,
    "Resolved": 1_819,
    "Awaiting User Info": 193,
    "Awaiting Problem": 6,
}
# Rows: from; columns: to.
TRANSITIONS = """
                    New   Active Awaiting_User_Info Awaiting_Vendor Awaiting_Problem Awaiting_Evidence Resolved Closed -100
(start)             16397 6503   193                0               6                0                 1819     0      0
New                 20010 7936   1944               81              75               2                 6347     11     1
Active              0     22728  3629               160             146              3                 12048    1      1
Awaiting_User_Info  0     1140   8790               21              25               8                 4657     1      0
Awaiting_Vendor     0     42     26                 438             1                9                 191      0      0
Awaiting_Problem    0     36     57                 3               208              2                 155      0      0
Awaiting_Evidence   0     2      1                  4               0                14                17       0      0
Resolved            0     317    2                  0               0                0                 515      24917  0
Closed              0     12     0                  0               0                0                 0        55     0
-100                0     0      0                  0               0                0                 2        0      3
"""  # noqa: E501 (a table)

# What the description of the data says. Counted by the library's own words.
ODDITIES = {
    "before_opened": 5,
    "closed_again": 57,
    "closed_without_resolution": 13,
    "counter_back": 4,
    "flag_disagrees": 1,
    "handover_unseen": 93,
    "same_instant": 14_118,
    "time_back": 1,
    "unknown_state": 5,
}


def table(text: str) -> dict[str, dict[str, int]]:
    """A table of transitions, without its zeros."""
    head, *body = (line.split() for line in text.strip().splitlines())
    names = [name.replace("_", " ") for name in head]
    return {
        name.replace("_", " "): {
            to: int(number) for to, number in zip(names, numbers, strict=True) if number != "0"
        }
        for name, *numbers in body
    }


def test_totals(servicenow: Brought) -> None:
    """All tickets and all entries are in, and none was known before or left out."""
    report, summary = servicenow.report, servicenow.summary
    assert (report["rows"], report["tickets"]) == (141_712, 24_918)
    assert (report["added"], report["known"], report["skipped"]) == (141_712, 0, 0)
    assert (summary["tickets"], summary["records"], summary["records_imported"]) == (
        24_918,
        141_712,
        141_712,
    )


def test_states(servicenow: Brought) -> None:
    """Entries by state, first and last states are those of the description, unmapped ones too."""
    summary = servicenow.summary
    assert summary["entries_by_state"] == STATES
    assert summary["first_state"] == FIRST
    assert summary["last_state"] == {"Closed": 24_918}
    assert summary["state_names"] == dict.fromkeys(WAITING, "pending") | {
        "New": "new",
        "Active": "in_progress",
        "Resolved": "resolved",
        "Closed": "closed",
        "-100": "-100",
    }


def test_transitions(servicenow: Brought) -> None:
    """The whole table of transitions is that of the description."""
    assert servicenow.summary["transitions"] == table(TRANSITIONS)


def test_reopenings_and_handovers(servicenow: Brought) -> None:
    """Reopenings and handovers come to the sums of the description."""
    assert servicenow.summary["reopens"] == 331
    assert servicenow.summary["handovers"] == 23_321


def test_oddities(servicenow: Brought) -> None:
    """Every oddity of the description is counted, and nothing that it does not have."""
    found = {kind: each["count"] for kind, each in servicenow.summary["oddities"].items()}
    raised = found.pop("time_raised")
    assert found == ODDITIES
    assert raised == 2  # the row that goes back, and the one behind it, still earlier than before
    examples = servicenow.summary["oddities"]
    assert examples["time_back"]["examples"] == ["INC0000137"]
    assert examples["flag_disagrees"]["examples"] == ["INC0018594"]
    assert examples["unknown_state"]["examples"] == ["INC0028089", "INC0030413"]
    assert examples["counter_back"]["examples"] == ["INC0000130", "INC0000134", "INC0000135"]


def test_the_report_names_the_same_oddities(servicenow: Brought) -> None:
    """What the import noticed is what its events say, in number and example."""
    noticed = servicenow.report["oddities"]
    told = servicenow.summary["oddities"]
    over_the_log = {"same_instant", "closed_again", "closed_without_resolution"}
    assert {kind: told[kind] for kind in told if kind not in over_the_log} == noticed


@pytest.fixture(scope="session")
def oracle(servicenow: Brought) -> dict[str, Any]:
    """What a program that knows nothing of the library computes from the file."""
    return measured(servicenow.log)


@pytest.mark.parametrize(
    "figure",
    [
        "minutes_in_state",
        "opened_to_resolved",
        "opened_to_closed",
        "missing",
        "without_assignee",
        "changed",
    ],
)
def test_oracle(figure: str, servicenow: Brought, oracle: dict[str, Any]) -> None:
    """Durations (count, sum, median), gaps and changes agree with an independent computation."""
    assert servicenow.summary[figure] == oracle[figure]


def test_figures_of_the_description(servicenow: Brought) -> None:
    """Gaps, changes and counts that the description states stand in the summary."""
    summary = servicenow.summary
    assert summary["missing"] == {
        "assignee": 27_496,
        "department": 14_213,
        "customer": 29,
        "fields.category": 78,
        "fields.subcategory": 111,
    }
    assert summary["without_assignee"]["Active"] == 8_450
    assert summary["changed"]["fields.priority"] == 383
    assert summary["opened_to_resolved"]["count"] == 24_918 - 13
    assert summary["opened_to_closed"]["count"] == 24_918


def test_every_step_is_judged(servicenow: Brought) -> None:
    """All openings and changes of state are judged, by kind, and the kinds add up."""
    conformance = servicenow.report["conformance"]
    by_step = dict.fromkeys(("open", "move", "handover"), 0)
    for kind in conformance["kinds"]:
        by_step[kind["step"]] += kind["count"]
    assert by_step["open"] == 24_918
    assert by_step["move"] == 64_033
    assert sum(conformance["steps"].values()) == sum(by_step.values())
    seen = {(each["from"], each["to"]) for each in conformance["kinds"]}
    assert seen <= {(a, b) for a, to in table(TRANSITIONS).items() for b in to}
    undecided = {each["code"] for each in conformance["kinds"] if each["answer"] == "undecidable"}
    assert undecided == {"unknown_state", "no_way_back"}


def test_how_much_the_rulebook_allows(servicenow: Brought) -> None:
    """The figures that the documentation states."""
    assert servicenow.report["conformance"]["steps"] == {
        "allowed": 64_500,
        "refused": 23_097,
        "refused_on_guessed_roles": 250,
        "refused_on_unmatched_names": 23_660,
        "undecidable": 64,
    }


def test_why_it_refuses_the_rest(servicenow: Brought) -> None:
    """Four things make nearly all of it, with the figures that the documentation states."""
    refused: Counter[str] = Counter()
    for kind in servicenow.report["conformance"]["kinds"]:
        if kind["answer"] == "refused":
            if kind["rules"]:
                habit = " ".join(kind["rules"])
            elif kind["step"] == "open":
                habit = "first seen later"
            elif kind["from"] == kind["to"] == "New":
                habit = "passed on while new"
            elif kind["from"] in WAITING and kind["to"] == "Active":
                habit = "begun after a wait"
            else:
                habit = "others"
            refused[habit] += kind["count"]
    assert refused == {
        "passed on while new": 10_895,
        "first seen later": 24_918 - FIRST["New"],
        "is_assignee": 3_018,
        "begun after a wait": 407,
        "others": 256,
    }


def answers(servicenow: Brought, before: Collection[str], after: str) -> dict[tuple[str, str], int]:
    """How often each answer and code was given to moves out of *before* to *after*."""
    found: Counter[tuple[str, str]] = Counter()
    for kind in servicenow.report["conformance"]["kinds"]:
        if kind["from"] in before and kind["to"] == after and kind["step"] == "move":
            found[kind["answer"], kind["code"]] += kind["count"]
    return dict(found)


def test_waiting_tickets_go_back_to_where_they_were(servicenow: Brought) -> None:
    """Going on is allowed to the state the ticket waited from, refused to another, and cannot be
    judged where the log begins with the waiting.
    """
    came_from = resumptions(servicenow.log)
    untold = came_from.pop("(start)")
    back = came_from.pop("Active")
    assert answers(servicenow, WAITING, "Active") == {
        ("allowed", ""): back,
        ("refused", "no_such_step"): sum(came_from.values()),
        ("undecidable", "no_way_back"): untold,
    }


def test_the_timer_closes_after_the_quiet_period(servicenow: Brought) -> None:
    """Nobody but the log's own timer closes most tickets, never before five days have passed; of
    everybody else only the role is in doubt.
    """
    by_timer, early, by_people = closings(servicenow.log)
    assert (by_timer, early, by_people) == (24_667, 0, 250)
    assert answers(servicenow, {"Resolved"}, "Closed") == {
        ("allowed", ""): by_timer,
        ("refused_on_guessed_roles", "not_permitted"): by_people,
    }


def test_reasons_of_waiting_are_kept(servicenow: Brought) -> None:
    """Every entry in one of the four waiting states says why, and no other does."""
    codec = Codec()
    found: Counter[tuple[str, str | None]] = Counter()
    with SQLiteStore(servicenow.store, create=False) as store:
        position = 0
        while page := store.log(position, 10_000):
            for position, record in page:  # noqa: B007 (the last one is where to go on)
                event = codec.decode(record)
                assert isinstance(event, Imported)
                found[event.state, event.hold] += 1
    assert found == {(state, WAITING.get(state)): number for state, number in STATES.items()}


def stored(store: FullStore) -> Iterator[Ticket]:
    """Every ticket of a store, page by page."""
    query = TicketQuery(order=("id",), limit=1_000)
    while page := store.find(query):
        yield from (each.ticket for each in page)
        query = TicketQuery(order=("id",), limit=1_000, after=(page[-1].ticket.id,) * 2)


@pytest.fixture(scope="session")
def kept(servicenow: Brought) -> dict[str, Ticket]:
    """Every ticket as the store keeps it, by its id."""
    with SQLiteStore(servicenow.store, create=False) as store:
        return {each.id: each for each in stored(store)}


def test_tickets_carry_the_counters(servicenow: Brought, kept: dict[str, Ticket]) -> None:
    """Reopenings and handovers of each ticket agree with the counters of its last row."""
    rows = tickets(servicenow.log)
    found = {each.origin.key or "": each for each in kept.values()}
    assert found.keys() == rows.keys()
    unseen = 0
    for number, ticket in found.items():
        last = rows[number][-1]
        assert ticket.counts.reopens == int(last["reopen_count"]), number
        assert ticket.counts.handovers == moved(rows[number]), number
        unseen += int(last["reassignment_count"]) - ticket.counts.handovers
        assert (ticket.assignee or "?", ticket.department or "?") == (
            last["assigned_to"],
            last["assignment_group"],
        )
        assert ticket.revision.events == len(rows[number])
    assert unseen == 93


def test_replay_of_all_records(servicenow: Brought, kept: dict[str, Ticket]) -> None:
    """The records of every ticket lead to the ticket that is kept."""
    codec = Codec()
    replayed: dict[str, Ticket] = {}
    with SQLiteStore(servicenow.store, create=False) as store:
        position = 0
        while page := store.log(position, 10_000):
            for position, record in page:  # noqa: B007 (the last one is where to go on)
                key = record.ticket_id
                replayed[key] = evolve(replayed.get(key), codec.decode(record), key)
    assert replayed == kept


def digests(path: Path) -> dict[str, str]:
    """A digest of each table of a store file."""
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = {}
        for (name,) in listed.fetchall():
            digest = hashlib.sha256()
            for row in connection.execute(f"SELECT * FROM {name}"):
                digest.update(repr(row).encode())
            found[name] = digest.hexdigest()
        return found


def test_a_second_import_adds_nothing(servicenow: Brought) -> None:
    """The same file again: every entry is known, and no byte of the store's tables changes."""
    before = digests(servicenow.store)
    again = answer("import", servicenow.log, "--mapping", MAPPING, "--store", servicenow.store)
    assert (again["rows"], again["tickets"]) == (141_712, 24_918)
    assert (again["added"], again["known"], again["skipped"]) == (0, 141_712, 0)
    first = dict(servicenow.report["oddities"])
    del first["time_raised"]  # counted when an entry is brought in, and none was
    assert again["oddities"] == first
    assert digests(servicenow.store) == before
