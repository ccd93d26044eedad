"""All at once or one by one: the same outcomes, whatever happened."""

import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.logs import entry
from tests.insight.reassessed import (
    DONE,
    WAITS,
    WEEKDAYS,
    WORK,
    entered,
    everything,
    history,
    levels,
    minutes,
    resolution,
)
from workorder.conditions import ALWAYS, NEVER, AnyOf, Condition, where
from workorder.insight import reassess
from workorder.rulebook import it_desk
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import Ladder, Mark, Metric, ServiceLevels

STATES = ("New", "Given", "Active", "Caller", "Vendor", "Solved", "Closed")
LENGTHS = (
    "30 working minutes",
    "1 working hour",
    "9 working hours, edge next open",
    "10 working hours",
    "45 working hours",
    "40 elapsed minutes",
    "26 elapsed hours",
)
# Half hours, so that much falls on the opening, the close, the due instant and on itself.
_steps = st.sampled_from((0, 0, 30, 60, 90, 540, 600, 1440, 2880, -30))


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, str]]:
    """Some tickets' entries, each from some instant on."""
    rows = []
    for number in range(draw(st.integers(1, 3))):
        at = 1440 + draw(st.integers(0, 40)) * 30
        opened = at - draw(st.sampled_from((0, 0, 30, 600)))
        for _ in range(draw(st.integers(1, 8))):
            rows.append(
                entry(
                    f"C{number}",
                    draw(st.sampled_from(STATES)),
                    at,
                    urgency=draw(st.sampled_from("1112")),
                    team=draw(st.sampled_from(("hall", "hall", "cards"))),
                    opened=_text(opened),
                )
            )
            at = max(at + draw(_steps), 0)
    return rows


def _text(minute: int) -> str:
    return minutes(minute).strftime("%Y-%m-%d %H:%M")


_lengths = st.sampled_from(LENGTHS)
STARTS: tuple[Condition, ...] = (ALWAYS, where("state").equals("assigned"))
STOPS: tuple[Condition, ...] = (DONE, AnyOf((WAITS, DONE)))


@st.composite
def policies(draw: st.DrawFn) -> ServiceLevels:
    """Two metrics of every kind, with targets that are lengths."""
    first: dict[str, Any] = {
        "reopen": draw(st.sampled_from((NEVER, WORK))),
        "on_reopen": draw(st.sampled_from(("resume", "restart", "keep"))),
        "cancel": draw(st.sampled_from((NEVER, NEVER, where("state").equals("new")))),
        "reset": draw(st.sampled_from((NEVER, NEVER, entered("assigned")))),
        "anchor": draw(st.sampled_from(("at", "times.opened"))),
        "on_change": draw(st.sampled_from(("keep_elapsed", "restart", "retroactive"))),
        "ladder": draw(st.sampled_from((None, "usual"))),
    }
    if draw(st.booleans()):  # a pause that goes on until something happens
        first |= {"pause": entered("pending"), "resume": entered("in_progress")}
    second = Metric(
        name="first_response",
        start=draw(st.sampled_from(STARTS)),
        stop=draw(st.sampled_from(STOPS)),
        repeat=draw(st.booleans()),
    )
    within: dict[int | None, str] = {None: draw(_lengths)}
    if draw(st.booleans()):
        within = {1: draw(_lengths), **within}
    ladder = Ladder("usual", (Mark("50%"), Mark("1 working hour before"), Mark("150%")))
    calendar = draw(st.sampled_from((WEEKDAYS, BusinessCalendar("Asia/Shanghai", "24/7"))))
    return levels(resolution(**first), second, within=within, calendar=calendar, ladders=(ladder,))


@given(rows=logs(), told=policies(), until=st.integers(0, 400), known=st.booleans())
def test_both_ways_agree(
    rows: list[dict[str, str]], told: ServiceLevels, until: int, known: bool
) -> None:
    """Every outcome of every ticket is the same in all that it says, with a rulebook or without,
    wherever the history is cut off.
    """
    with tempfile.TemporaryDirectory() as folder:
        histories = history(Path(folder), rows)
    asked: dict[str, Any] = {
        "until": minutes(1440 + until * 30),
        "rulebooks": [it_desk()] if known else None,
    }
    scalar = reassess(histories, told, how="scalar", **asked)
    bulk = reassess(histories, told, how="bulk", **asked)
    assert everything(bulk) == everything(scalar)
    for each in bulk.outcomes:
        if each.result != "cancelled":
            assert bulk.account(each).total == each.used


def test_most_tickets_are_done_at_once(tmp_path: Path) -> None:
    """A life of starting, waiting, going on and ending needs no other way; another target does."""
    lives = [
        [("New", "1"), ("Caller", "1"), ("Active", "1"), ("Solved", "1")],
        [("New", "1"), ("Active", "2"), ("Solved", "2")],
        [("New", "1"), ("Solved", "1"), ("Active", "1"), ("Solved", "1")],
    ]
    rows = [
        entry(f"C{number}", state, 1440 + 500 + 60 * place, urgency=urgency)
        for number, life in enumerate(lives)
        for place, (state, urgency) in enumerate(life)
    ]
    told = levels(resolution(reopen=WORK), within={1: "2 working hours", None: "4 working hours"})
    found = reassess(history(tmp_path, rows), told, until=minutes(9 * 1440), how="bulk")
    assert (found.at_once, found.tickets) == (1, 3)


def test_more_cycles_than_are_reckoned_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some thousand are reckoned at a time, and come out in the order in which they began."""
    monkeypatch.setattr("workorder.insight.reassessment.assessing.TOGETHER", 2)
    rows = [
        entry(f"C{number}", state, 1440 + 600 + number * 7 + place * 300)
        for number in range(7)
        for place, state in enumerate(("New", "Caller", "Active", "Solved"))
    ]
    histories = history(tmp_path, rows)
    told = levels(resolution(), within="9 working hours")
    found = reassess(histories, told, until=minutes(9 * 1440), how="bulk")
    assert found.at_once == 7
    assert [each.ticket.id for each in found.outcomes] == list(histories)
    assert everything(found) == everything(
        reassess(histories, told, until=minutes(9 * 1440), how="scalar")
    )
    instants = [each.started for each in found.outcomes]
    assert {b - a for a, b in pairwise(instants)} == {timedelta(minutes=7)}
