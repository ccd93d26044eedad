"""What the rules say to steps that happened elsewhere, and the three kinds of doubt."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.logs import IT_DESK, brought, entry, mapping
from workorder.exchange import Kind, mapping_from_data
from workorder.storage import FullStore

Answer = tuple[str, str, tuple[str, ...]]

ALLOWED: Answer = ("allowed", "", ())
NO_STEP: Answer = ("refused", "no_such_step", ())
UNDECIDABLE: Answer = ("undecidable", "unknown_state", ())
ON_ROLES = "refused_on_guessed_roles"
ON_NAMES = "refused_on_unmatched_names"

SURE = {"roles": {"default": "handler", "guessed": False, "by_actor": {"boss": "supervisor"}}}
GUESSED = {"roles": {"default": "handler"}}
OTHER_NAMES = {"names_match": False}

GIVEN = [entry("C1", "New", 0, by="boss"), entry("C1", "Given", 1, by="boss", owner="li")]
STARTED = [*GIVEN, entry("C1", "Active", 2, by="li", owner="li")]
SOLVED = [*STARTED, entry("C1", "Solved", 3, by="li", owner="li")]
CLOSED = [*SOLVED, entry("C1", "Closed", 4, by="boss", owner="li")]


def step(state: str, by: str, owner: str = "li", team: str = "") -> dict[str, str]:
    """The entry that is asked about."""
    return entry("C1", state, 9, by=by, owner=owner, team=team)


CASES: Mapping[str, tuple[list[dict[str, str]], dict[str, str], Mapping[str, Any], Answer]] = {
    "open": ([], step("New", "li"), SURE, ALLOWED),
    "open in a later state": ([], step("Active", "li"), SURE, NO_STEP),
    "open in an unknown state": ([], step("-100", "li"), SURE, UNDECIDABLE),
    "dispatch": (GIVEN[:1], step("Given", "boss"), SURE, ALLOWED),
    "start one's own": (GIVEN, step("Active", "li"), SURE, ALLOWED),
    "start another's": (
        GIVEN,
        step("Active", "wang"),
        SURE,
        ("refused", "rules", ("is_assignee",)),
    ),
    "start another's, whatever the role": (
        GIVEN,
        step("Active", "wang"),
        GUESSED,
        ("refused", "rules", ("is_assignee",)),
    ),
    "start, by another name": (
        GIVEN,
        step("Active", "user 7"),
        {**GUESSED, **OTHER_NAMES},
        (ON_NAMES, "rules", ("is_assignee",)),
    ),
    "start, by another name, in a known role": (
        GIVEN,
        step("Active", "user 7"),
        {**SURE, **OTHER_NAMES},
        (ON_NAMES, "rules", ("is_assignee",)),
    ),
    "start what nobody has": (
        [entry("C1", "Given", 0, by="boss")],
        step("Active", "user 7"),
        {**GUESSED, **OTHER_NAMES},
        ("refused", "rules", ("is_assignee",)),
    ),
    "start as a supervisor": (
        GIVEN,
        step("Active", "boss"),
        SURE,
        ("refused", "not_permitted", ()),
    ),
    "submit one's own": (STARTED, step("Solved", "li"), SURE, ALLOWED),
    "close another's": (SOLVED, step("Closed", "boss"), SURE, ALLOWED),
    "close one's own": (
        SOLVED,
        step("Closed", "li"),
        SURE,
        ("refused", "rules", ("not_own_work",)),
    ),
    "close one's own, by a guess": (
        SOLVED,
        step("Closed", "li"),
        GUESSED,
        ("refused", "rules", ("not_own_work",)),
    ),
    "close what one touched, by a guess": (
        [*SOLVED, step("Solved", "wang")],
        step("Closed", "wang"),
        GUESSED,
        (ON_ROLES, "rules", ("not_own_work",)),
    ),
    "close what one touched": (
        [*SOLVED, step("Solved", "wang")],
        step("Closed", "wang"),
        SURE,
        ("refused", "rules", ("not_own_work",)),
    ),
    "reopen as a supervisor": (CLOSED, step("Active", "boss"), SURE, ALLOWED),
    "reopen as a handler": (
        CLOSED,
        step("Active", "li"),
        SURE,
        ("refused", "not_permitted", ()),
    ),
    "reopen, by a guess": (CLOSED, step("Active", "li"), GUESSED, (ON_ROLES, "not_permitted", ())),
    "skip a state": (GIVEN, step("Solved", "li"), SURE, NO_STEP),
    "go back": (STARTED, step("New", "li"), SURE, NO_STEP),
    "out of an unknown state": (
        [*GIVEN, step("-100", "li")],
        step("Active", "li"),
        SURE,
        UNDECIDABLE,
    ),
    "out of a foreign state": (
        [*GIVEN, step("Waiting", "li")],
        step("Active", "li"),
        {**SURE, "foreign": {"Waiting": "open"}},
        UNDECIDABLE,
    ),
    "into an unknown state": (GIVEN, step("-100", "li"), SURE, UNDECIDABLE),
    "pass on one's own": (GIVEN, step("Given", "li", "wang"), SURE, ALLOWED),
    "pass on another's": (
        GIVEN,
        step("Given", "wang", "wang"),
        SURE,
        ("refused", "rules", ("own_if_handler",)),
    ),
    "pass on another's, by a guess": (
        GIVEN,
        step("Given", "wang", "wang"),
        GUESSED,
        (ON_ROLES, "rules", ("own_if_handler",)),
    ),
    "pass on to a department": (GIVEN, step("Given", "li", "li", "cards"), SURE, ALLOWED),
    "pass on while working": (STARTED, step("Active", "li", "wang"), SURE, NO_STEP),
    "by nobody known": (
        SOLVED,
        step("Closed", ""),
        SURE,
        ALLOWED,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_rules_say(name: str, memory: FullStore, tmp_path: Path) -> None:
    """The last step gets its answer, with the code of the refusal and the rules not met."""
    before, last, changes, expected = CASES[name]
    if before:
        brought(tmp_path, memory, before, mapping(**changes))
    report = brought(tmp_path, memory, [*before, last], mapping(**changes))
    ((kind, count),) = report.conformance.kinds()
    assert (kind.answer, kind.code, kind.rules) == expected
    assert (kind.before, kind.after) == (
        before[-1]["state"] if before else "(start)",
        last["state"],
    )
    assert (count.number, count.examples) == (1, ("C1",))
    assert report.conformance.totals()[expected[0]] == 1


def test_which_step_it_was(memory: FullStore, tmp_path: Path) -> None:
    """Openings, moves and handovers are told apart."""
    rows = [*GIVEN, entry("C1", "Given", 2, by="li", owner="wang")]
    kinds = [kind for kind, _ in brought(tmp_path, memory, rows).conformance.kinds()]
    assert {(each.before, each.after): each.step for each in kinds} == {
        ("(start)", "New"): "open",
        ("New", "Given"): "move",
        ("Given", "Given"): "handover",
    }


def test_edits_are_no_steps(memory: FullStore, tmp_path: Path) -> None:
    """An entry by which neither the state nor the assignment changes is not judged."""
    rows = [*GIVEN, entry("C1", "Given", 2, by="anybody", owner="li", kind="atm", urgency="2")]
    report = brought(tmp_path, memory, rows)
    assert sum(report.conformance.totals().values()) == 2
    assert report.added == 3


def test_kinds_are_counted_with_examples(memory: FullStore, tmp_path: Path) -> None:
    """The most frequent kind comes first, with the numbers of its first three tickets."""
    rows = [entry(f"C{number}", state, 0) for number in range(5) for state in ("New", "Closed")]
    report = brought(tmp_path, memory, [*rows, entry("C9", "Closed", 0)])
    data = report.conformance.as_data()
    assert [each["count"] for each in data["kinds"]] == [5, 5, 1]
    assert {each["examples"][0] for each in data["kinds"][:2]} == {"C0"}
    assert data["kinds"][0]["examples"] == ["C0", "C1", "C2"]
    assert data["steps"] == {
        "allowed": 5,
        "refused": 6,
        "refused_on_guessed_roles": 0,
        "refused_on_unmatched_names": 0,
        "undecidable": 0,
    }


def test_only_new_steps_are_judged(memory: FullStore, tmp_path: Path) -> None:
    """A run judges what it brings in: all at first, nothing when all is known."""
    assert sum(brought(tmp_path, memory, CLOSED).conformance.totals().values()) == 5
    assert brought(tmp_path, memory, CLOSED).conformance.kinds() == []


def test_the_same_kinds_in_one_run_and_in_two(memory: FullStore, tmp_path: Path) -> None:
    """Where two words of the log mean one state, a later run names the one that stood there."""
    states = {"New": "accepted", "Active": "in_progress", "Working": "in_progress"}
    plan = mapping(states=states)
    rows = [entry("C1", "New", 0), entry("C1", "Working", 1), entry("C1", "New", 2)]
    brought(tmp_path, memory, rows[:2], plan)
    ((kind, _),) = brought(tmp_path, memory, rows, plan).conformance.kinds()
    assert kind == Kind("Working", "New", "move", "refused", "no_such_step")


WORKED = [
    entry("C1", "New", 0, by="li"),
    entry("C1", "Given", 1, by="boss", owner="li"),
    entry("C1", "Active", 2, by="li", owner="li"),
]
WAITING = [*WORKED, entry("C1", "Caller", 3, by="li", owner="li")]
RESOLVED = [*WORKED, entry("C1", "Solved", 3, by="li", owner="li")]
UNTOLD: Answer = ("undecidable", "no_way_back", ())
FIVE_DAYS = 120 * 60

AT_THE_DESK: Mapping[str, tuple[list[dict[str, str]], dict[str, str], Answer]] = {
    "wait": (WORKED, entry("C1", "Caller", 9, by="li", owner="li"), ALLOWED),
    "wait with another's": (
        WORKED,
        entry("C1", "Caller", 9, by="wang", owner="li"),
        ("refused", "rules", ("is_assignee",)),
    ),
    "go on": (WAITING, entry("C1", "Active", 9, by="li", owner="li"), ALLOWED),
    "go on elsewhere": (WAITING, entry("C1", "Given", 9, by="li", owner="li"), NO_STEP),
    "go on, the beginning unseen": (
        [entry("C1", "Caller", 0, owner="li")],
        entry("C1", "Active", 9, by="li", owner="li"),
        UNTOLD,
    ),
    "go on, the reason unknown": (
        [*WORKED, entry("C1", "Parked", 3, owner="li")],
        entry("C1", "Active", 9, by="li", owner="li"),
        UNTOLD,
    ),
    "go on from a state nobody waits from": (
        [entry("C1", "Solved", 0, owner="li"), entry("C1", "Caller", 1, owner="li")],
        entry("C1", "Active", 9, by="li", owner="li"),
        NO_STEP,
    ),
    "solve while waiting": (WAITING, entry("C1", "Solved", 9, by="li", owner="li"), ALLOWED),
    "wait for another reason": (
        WAITING,
        entry("C1", "Vendor", 9, by="li", owner="li"),
        NO_STEP,
    ),
    "pass on while waiting": (WAITING, entry("C1", "Caller", 9, by="li", owner="wang"), ALLOWED),
    "go on with the first state after two reasons": (
        [*WAITING, entry("C1", "Vendor", 4, by="li", owner="li")],
        entry("C1", "Active", 9, by="li", owner="li"),
        ALLOWED,
    ),
    "close by time": (RESOLVED, entry("C1", "Closed", 3 + FIVE_DAYS, by="clock"), ALLOWED),
    "close by time too early": (
        RESOLVED,
        entry("C1", "Closed", 2 + FIVE_DAYS, by="clock"),
        ("refused", "rules", ("quiet_period_over_if_system",)),
    ),
    "close by time, resolved again meanwhile": (
        [*RESOLVED, entry("C1", "Active", 4, by="li"), entry("C1", "Solved", 5, by="li")],
        entry("C1", "Closed", 4 + FIVE_DAYS, by="clock"),
        ("refused", "rules", ("quiet_period_over_if_system",)),
    ),
}


@pytest.mark.parametrize("name", AT_THE_DESK)
def test_waiting_and_time(name: str, memory: FullStore, tmp_path: Path) -> None:
    """Steps back go to where the ticket came from; time closes only after the quiet period."""
    before, last, expected = AT_THE_DESK[name]
    plan = mapping_from_data(IT_DESK)
    brought(tmp_path, memory, before, plan)
    ((kind, _),) = brought(tmp_path, memory, [*before, last], plan).conformance.kinds()
    assert (kind.answer, kind.code, kind.rules) == expected
    assert (kind.before, kind.after) == (before[-1]["state"], last["state"])


def test_the_word_for_a_reason_in_a_later_run(memory: FullStore, tmp_path: Path) -> None:
    """Where several words mean one state, the reason tells which one stood there."""
    plan = mapping_from_data(IT_DESK)
    brought(tmp_path, memory, [*WORKED, entry("C1", "Vendor", 3, owner="li")], plan)
    later = [entry("C1", "Active", 9, by="li", owner="li")]
    ((kind, _),) = brought(tmp_path, memory, later, plan).conformance.kinds()
    assert (kind.before, kind.after, kind.answer) == ("Vendor", "Active", "allowed")
