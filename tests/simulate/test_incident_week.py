"""A week of the public incident log, as the example reads it, looked at from outside."""

import runpy
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from workorder.assign import Agent, AssignmentPolicy
from workorder.assign.selectors import PointerRoundRobin
from workorder.simulate import Arrival, RoutingRun, simulate
from workorder.sla import load_calendar

ROOT = Path(__file__).resolve().parents[2]
LOG = "servicenow_incident_event_log.csv.gz"
MONDAY, SUNDAY = datetime(2016, 3, 7, tzinfo=UTC), datetime(2016, 3, 14, tzinfo=UTC)
WEEK = 2_073
"""Incidents that were opened in it, counted from the file alone."""
KNOWN = 1_786
"""Those of them with a group and a person in any row, counted in the same way."""

HOURS = load_calendar(ROOT / "examples" / "incident_calendar.toml")
IN_TURN = AssignmentPolicy("in turn", selector=PointerRoundRobin())


@pytest.fixture(scope="module")
def example(shared_data: Path) -> dict[str, Any]:
    """What the example defines, and the incidents of the week."""
    defined = runpy.run_path(str(ROOT / "examples" / "three_policies.py"))
    read = [each for each in defined["read"](shared_data / LOG) if MONDAY <= each.opened < SUNDAY]
    return {**defined, "there": read}


@pytest.fixture(scope="module")
def incidents(example: dict[str, Any]) -> list[Any]:
    """Those of which a group and a person are known."""
    return [each for each in example["there"] if each.groups and each.named]


@pytest.fixture(scope="module")
def people(example: dict[str, Any], incidents: list[Any]) -> list[Agent]:
    """Who is in which groups."""
    found: list[Agent] = example["people"](incidents, HOURS, 0.01)
    return found


@pytest.fixture(scope="module")
def coming(example: dict[str, Any], incidents: list[Any]) -> list[Arrival]:
    """The incidents, as they come."""
    found: list[Arrival] = example["arrivals"](incidents, HOURS)
    return found


def test_the_week_is_read_as_it_stands(example: dict[str, Any], incidents: list[Any]) -> None:
    """As many as the file has by a count of its cells; what is missing is left out."""
    assert len(example["there"]) == WEEK
    assert len(incidents) == KNOWN
    assert all(each.opened <= each.named for each in incidents)


@pytest.mark.parametrize("planned", [False, True])
def test_what_holds_of_the_week(
    example: dict[str, Any],
    incidents: list[Any],
    people: list[Agent],
    coming: list[Arrival],
    planned: bool,
) -> None:
    """Everything is served by somebody of its group, or of the one it overflows to, at work, who
    has room; and takes as long as it takes.
    """
    plans = example["overflow"](incidents) if planned else None
    run = simulate(coming, people, policy=IN_TURN, plans=plans)
    who, of = {each.id: each for each in people}, {each.item.id: each for each in coming}
    assert len(run.services) == len(coming)
    assert run.never == 0
    changes: list[tuple[datetime, int, str]] = []
    for each in run.services:
        assert each.began is not None
        assert each.ended is not None
        agent, arrival = who[str(each.agent)], of[each.item]
        assert each.began >= arrival.at
        assert HOURS.is_open(each.began)
        assert HOURS.between(each.began, each.ended) == arrival.handling
        assert each.hand_overs == arrival.item.teams.isdisjoint(agent.teams)
        changes += [(each.began, 1, agent.id), (each.ended, -1, agent.id)]
    holds = Counter[str]()
    for _, by, name in sorted(changes, key=lambda change: change[:2]):
        holds[name] += by
        assert holds[name] <= who[name].capacity
    assert (run.hand_overs > 0) == planned


def test_the_same_whatever_order_it_is_given_in(people: list[Agent], coming: list[Arrival]) -> None:
    """Arrivals and people the other way round."""

    def run(there: list[Agent], work: list[Arrival]) -> RoutingRun:
        return simulate(work, there, until=SUNDAY, waiting_in=HOURS)

    first = run(people, coming)
    assert run(people[::-1], coming[::-1]) == first
    assert timedelta(0) < first.mean_wait < first.wait(100)
