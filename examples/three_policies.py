"""Three policies tried on a quarter of a service desk's incidents, in one table.

    python three_policies.py servicenow_incident_event_log.csv.gz

The log is public: Amaral, Fantinato and Peres, Incident management process enriched event log
(2018), UCI Machine Learning Repository, data set 498, DOI 10.24432/C57S4H, CC BY 4.0.

What is taken from it, and what is assumed:

* An incident comes when it is opened, to the first group that the log names for it. Without a group
  or a person in the whole log nothing is known of how it was handled: it is left out, and counted.
* Its handling is the working time that it spent in somebody's hands: with a person named, New or
  Active. Waiting for users, vendors, problems or evidence does not count, nor does the night. The
  log is written to the minute; what took less takes one. All of it is done by whoever gets it.
* People are in the groups under which the log names them, for at least one in a hundred of the
  group's incidents: a name that stands there while the group has changed already, or the other way
  round, makes nobody a member. This matters more than any policy; `--regular 0` counts every name.
  People work in the hours of incident_calendar.toml.
* How many incidents somebody can hold at once is not in the log. It is taken to be as many as they
  held, at most, in nine tenths of the working time in which they held any.
* What overflows goes to the group to which the log hands on most of what came to the first.
"""

import argparse
import csv
import gzip
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path

from attrs import frozen

from workorder.assign import (
    LEAST_LOAD,
    Agent,
    AssignmentPolicy,
    Item,
    RoutingPlan,
    RoutingStep,
)
from workorder.assign.scorers import Experience, LowUtilization, Weighted
from workorder.assign.selectors import BestScore, PointerRoundRobin
from workorder.simulate import Arrival, RoutingRun, Service, Worked, compared, simulate
from workorder.sla import BusinessCalendar, load_calendar

CALENDAR = Path(__file__).with_name("incident_calendar.toml")
QUARTER = (datetime(2016, 3, 1, tzinfo=UTC), datetime(2016, 6, 1, tzinfo=UTC))
UNKNOWN = "?"
IN_HAND = {"New", "Active"}
NONE, MINUTE, PATIENCE = timedelta(0), timedelta(minutes=1), timedelta(hours=8)

Row = dict[str, str]
Stretch = tuple[str, datetime, datetime]


@frozen
class Incident:
    """What the log says of one incident: who had it in hand from when to when, and the rest."""

    number: str
    opened: datetime
    groups: tuple[str, ...]  # one after the other
    category: str | None
    people: tuple[tuple[str, str], ...]  # (group, person), as they are named together
    named: datetime | None  # when the first person was
    in_hand: tuple[Stretch, ...]
    reassigned: int


def instant(text: str) -> datetime:
    date, clock = text.split(" ")
    day, month, year = date.split("/")
    hour, minute = clock.split(":")
    return datetime(int(year), int(month), int(day), int(hour), int(minute), tzinfo=UTC)


def read(log: Path) -> Iterator[Incident]:
    opening = gzip.open if log.suffix == ".gz" else open
    with opening(log, "rt", encoding="ascii", newline="") as file:
        for number, rows in groupby(csv.DictReader(file), key=lambda row: row["number"]):
            yield incident(number, list(rows))


def incident(number: str, rows: list[Row]) -> Incident:
    opened, last = instant(rows[0]["opened_at"]), datetime.min.replace(tzinfo=UTC)
    at = [last := max(last, opened, instant(row["sys_updated_at"])) for row in rows]
    known = [row["assignment_group"] for row in rows if row["assignment_group"] != UNKNOWN]
    named = [(row, since) for row, since in zip(rows, at, strict=True) if row["assigned_to"] != "?"]
    return Incident(
        number,
        opened,
        tuple(group for group, _ in groupby(known)),
        next((row["category"] for row in rows if row["category"] != UNKNOWN), None),
        tuple((row["assignment_group"], row["assigned_to"]) for row, _ in named),
        named[0][1] if named else None,
        tuple(
            (row["assigned_to"], since, until)
            for row, (since, until) in zip(rows, pairwise(at), strict=False)
            if row["assigned_to"] != UNKNOWN and row["incident_state"] in IN_HAND and since < until
        ),
        int(rows[-1]["reassignment_count"]),
    )


def arrivals(incidents: Iterable[Incident], hours: BusinessCalendar) -> list[Arrival]:
    return [
        Arrival(
            Item(each.number, teams={each.groups[0]}, category=each.category),
            each.opened,
            max(sum((hours.between(a, b) for _, a, b in each.in_hand), NONE), MINUTE),
        )
        for each in incidents
    ]


def at_once(stretches: Iterable[Stretch], hours: BusinessCalendar) -> int:
    """How many somebody held at most, in nine tenths of the time in which they held any."""
    changes = sorted(
        change for _, a, b in stretches for change in ((a, 1), (b, -1)) if hours.between(a, b)
    )
    holding, worked = 0, Counter[int]()
    for (since, by), (until, _) in pairwise(changes):
        holding += by
        if holding and since < until:
            worked[holding] += hours.between(since, until) // MINUTE
    nine_tenths, so_far = 0.9 * worked.total(), 0
    for number in sorted(worked):
        so_far += worked[number]
        if so_far >= nine_tenths:
            return max(number, 1)
    return 1


def by_person(incidents: Iterable[Incident]) -> dict[str, list[Stretch]]:
    found = defaultdict(list)
    for each in incidents:
        for stretch in each.in_hand:
            found[stretch[0]].append(stretch)
    return found


def people(incidents: list[Incident], hours: BusinessCalendar, regular: float) -> list[Agent]:
    """Who is in which groups, and how much they can hold."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    size = Counter[str]()
    for each in incidents:
        together = {(group, person) for group, person in each.people if group != UNKNOWN}
        size.update({group for group, _ in together})
        for group, person in together:
            named[person][group] += 1
    held = by_person(incidents)
    found = []
    for name, counted in named.items():
        teams = {group for group, number in counted.items() if number >= regular * size[group]}
        capacity = at_once(held[name], hours)
        if teams:
            found.append(Agent(name, teams=frozenset(teams), capacity=capacity, hours=hours))
    return found


def overflow(incidents: Iterable[Incident]) -> dict[str, RoutingPlan]:
    """From each group, after some hours, to the one to which it hands on most."""
    handed_on: dict[str, Counter[str]] = defaultdict(Counter)
    for each in incidents:
        for group in each.groups[1:]:
            if group != each.groups[0]:
                handed_on[each.groups[0]][group] += 1
    return {
        group: RoutingPlan(group, (RoutingStep(after=PATIENCE, teams={to}),))
        for group, counted in handed_on.items()
        for to in [min(counted, key=lambda name: (-counted[name], name))]
    }


def as_it_was(
    incidents: list[Incident], agents: list[Agent], hours: BusinessCalendar, end: datetime
) -> RoutingRun:
    """What the log says of the same incidents: who was named first, and who had what in hand."""
    begin = min(each.opened for each in incidents)
    services = tuple(
        Service(
            item=each.number,
            came=each.opened,
            began=each.named if each.named and each.named <= end else None,
            hand_overs=each.reassigned,
        )
        for each in incidents
    )
    held, worked = by_person(incidents), []
    taken = Counter(name for each in incidents for name in {who for who, _, _ in each.in_hand})
    for agent in agents:
        spans = sorted((max(a, begin), min(b, end)) for _, a, b in held[agent.id] if a < end)
        busy, until = NONE, begin
        for a, b in spans:
            busy += hours.between(max(a, until), max(b, until))
            until = max(until, b)
        worked.append(
            Worked(
                agent=agent.id,
                items=taken[agent.id],
                capacity=agent.capacity,
                busy=busy,
                held=sum((hours.between(a, b) for a, b in spans), NONE),
                available=hours.between(begin, end),
            )
        )
    return RoutingRun("as it was", begin, end, services, tuple(worked), hours)


def main(log: Path, begin: datetime, end: datetime, regular: float) -> None:
    started = time.perf_counter()
    hours = load_calendar(CALENDAR)
    there = [each for each in read(log) if begin <= each.opened < end]
    incidents = [each for each in there if each.groups and each.named]
    agents = people(incidents, hours, regular)
    coming, plans = arrivals(incidents, hours), overflow(incidents)
    known = time.perf_counter()
    print(
        f"{len(incidents):,} incidents from {begin:%d %b %Y} to {end:%d %b %Y}; "
        f"{len(there) - len(incidents):,} without a group or a person are left out.\n"
        f"{len(agents):,} people can hold {sum(each.capacity for each in agents):,} at once. "
        "Waiting is counted in working hours.\n"
    )
    knowing = AssignmentPolicy(
        "experience, overflow",
        scorers=(Weighted(Experience(20), 2), LowUtilization()),
        selector=BestScore(),
    )
    in_turn = AssignmentPolicy("in turn", selector=PointerRoundRobin())
    runs = [as_it_was(incidents, agents, hours, end)]
    for policy, going in ((LEAST_LOAD, None), (knowing, plans), (in_turn, None)):
        run = simulate(coming, agents, policy=policy, plans=going, until=end, waiting_in=hours)
        runs.append(run)
    print(compared(runs).text())
    print(f"\nRead in {known - started:.1f} s, tried in {time.perf_counter() - known:.1f} s.")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Three policies on the public incident log.")
    asked.add_argument("log", type=Path)
    asked.add_argument("--from", dest="begin", type=day, default=QUARTER[0])
    asked.add_argument("--until", dest="end", type=day, default=QUARTER[1])
    asked.add_argument("--regular", type=float, default=0.01)
    main(**vars(asked.parse_args()))
