"""Reading a routing: the tables of ``[routing]``."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from attrs import field, frozen

from workorder.assign.plan import RoutingPlan, RoutingStep, overflowing
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.queueing import Discipline, PriorityFIFO
from workorder.assign.routing import Need, Route, Routing
from workorder.assign.shipped import Part
from workorder.assign.values import NOTHING, is_length, is_positive
from workorder.conditions import NEVER
from workorder.errors import Finding, InvalidInput
from workorder.rulebook.files.mistakes import within
from workorder.rulebook.files.named_parts import Shelves, shelves
from workorder.rulebook.files.parts import hints, read_part, read_value, usual
from workorder.rulebook.files.policy_tables import read_policy
from workorder.rulebook.files.reading import ROUTING
from workorder.tables import Table, quoted


@frozen(kw_only=True)
class Overflow:
    """Where the work of a team goes on that it cannot take.

    Attributes:
        to: to which team besides.
        after: after how long in this one.
    """

    to: str
    after: timedelta = field(validator=is_length)


@frozen(kw_only=True)
class RoutingTables:
    """What the tables of a routing say, as far as they can be read.

    The attributes are those of a :class:`~workorder.assign.routing.Routing`.
    """

    waiting: tuple[str, ...]
    busy: tuple[str, ...]
    stays: tuple[str, ...] = ()
    policies: Mapping[str, AssignmentPolicy]
    plans: Mapping[str, RoutingPlan]
    routes: tuple[Route, ...]
    needs: tuple[Need, ...]
    discipline: Discipline
    reads: Mapping[str, str] = NOTHING
    preferred: Mapping[str, str] = NOTHING
    grace: timedelta = field(default=usual(Routing, "grace"), validator=is_length)
    reach: int = field(default=usual(Routing, "reach"), validator=is_positive)

    def made(self) -> Routing:
        """The routing, of which nothing was found to be wrong."""
        return Routing(**{name: getattr(self, name) for name in hints(Routing)})

    def follows(self, found: Finding, wrong: Iterable[Finding]) -> bool:
        """Whether *found* may follow from what is *wrong* in the file, which it names."""
        keys = [each.key for each in wrong]
        _, _, place = found.key.partition(".")
        said = place.rpartition(".")[2]
        if said in {"plan", "policy"}:
            return any(each in keys for each in _NAMED_BY[said])
        around = _NAMED_BY.get(said, _NAMED_BY.get(place.partition(".")[0], ()))
        return any(within(key, each) for key in keys for each in around)


_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "policy": ("routing.policies",),
    "plan": ("routing.plans", "routing.overflow"),
    "affinity": ("routing.preferred",),
    "without": ("routing.needs", "routing.routes"),
    "waiting": ("states",),
    "busy": ("states",),
    "stays": ("states",),
    "reads": ("fields", "forms"),
    "preferred": ("fields", "forms"),
}
"""Where that stands which these keys name."""


def read_routing(file: Table, parts: Iterable[Part] = ()) -> RoutingTables:
    """The routing of a rulebook file; what is wrong is noted.

    Args:
        file: which has one.
        parts: the host's own, which it may name.
    """
    value = file.take(ROUTING, dict)
    table = Table(value or {}, ROUTING, file.wrong)
    known = shelves(parts, table.wrong)
    given: dict[str, Any] = {
        "policies": read_policies(table, known),
        "plans": {**_plans(table), **_overflow(table)},
        "routes": tuple(_routes(table)),
        "needs": tuple(_needs(table)),
        "discipline": _discipline(table, known),
    }
    if value is None:  # which is said already
        table = Table({}, ROUTING, [])
    made = read_part(RoutingTables, table, given=given, instead={"waiting": (), "busy": ()})
    assert made is not None  # noqa: S101 (what must be there has something instead)
    return made


def read_policies(table: Table, known: Shelves) -> Mapping[str, AssignmentPolicy]:
    """The policies of a routing, by name."""
    if "policies" not in table.data:
        table.any("policies")
        made: Mapping[str, AssignmentPolicy] = usual(Routing, "policies")
        return made
    return {name: read_policy(each, known, name) for name, each in _named(table, "policies")}


def _named(parent: Table, name: str) -> Iterator[tuple[str, Table]]:
    """The tables of a table by their names, of which each must have one; where something else
    stands than a table, that is noted, and an empty one stands for it.
    """
    value = parent.take(name, dict) or {}
    for each, inside in value.items():
        key = f"{parent.key(name)}.{each}"
        if not each:
            parent.say(f"{name}.", "an empty name", "a name")
        elif isinstance(inside, Mapping):
            yield each, Table(inside, key, parent.wrong)
        else:
            parent.say(f"{name}.{each}", quoted(inside), "a table")
            yield each, Table({}, key, [])


def _plans(parent: Table) -> dict[str, RoutingPlan]:
    return {name: _plan(name, each) for name, each in _named(parent, "plans")}


def _plan(name: str, table: Table) -> RoutingPlan:
    """A plan; one of which a step is wrong has none."""
    begun = len(table.wrong)
    steps: list[RoutingStep] = []
    for place, each in enumerate(table.tables("steps")):
        found = len(table.wrong)
        step = read_part(RoutingStep, each)
        if step is None or len(table.wrong) > found:
            continue
        if steps and step.after <= steps[-1].after and len(steps) == place:
            said = quoted(each.data.get("after", "nothing"))
            each.say("after", said, "more than in the step before: they begin in order")
        steps.append(step)
    said = read_value(table, "name", str, name)
    table.finish()
    return RoutingPlan(said, tuple(steps) if len(table.wrong) == begun else ())


def _overflow(parent: Table) -> dict[str, RoutingPlan]:
    """A plan for each team that overflows, by its name; where one is wrong another stands."""
    said: dict[str, Overflow] = {}
    plans: dict[str, RoutingPlan] = {}
    taken = parent.data.get("plans")
    for team, table in _named(parent, "overflow"):
        plans[team] = RoutingPlan(team, (RoutingStep(any_language=True),))
        begun = len(table.wrong)
        made = read_part(Overflow, table)
        if made is not None and len(table.wrong) == begun:
            said[team] = made
        if isinstance(taken, Mapping) and team in taken:
            found = f"{team}, as a plan is called already"
            parent.say(f"overflow.{team}", found, "a plan, or a team that overflows")
    to = {team: each.to for team, each in said.items()}
    after = {team: each.after for team, each in said.items()}
    told: set[str] = set()
    for team in said:
        try:
            plans[team] = overflowing(team, to, after)
        except InvalidInput as error:
            way = str(error.facts["found"]).strip("'")
            if way.endswith(f" {team}") and team not in told:  # told once, where it begins
                parent.say(f"overflow.{team}.to", way, "teams that do not come round")
                told.update(way.split(" → "))
    return plans


def _routes(parent: Table) -> Iterator[Route]:
    """The routes in their order; one whose condition is wrong is for nothing."""
    for name, table in _named(parent, "routes"):
        made = read_part(Route, table, given={"name": name}, instead=_never(table))
        if made is not None:
            yield made


def _needs(parent: Table) -> Iterator[Need]:
    """The needs; where one is wrong another stands, so that each keeps its place."""
    for number, value in enumerate(parent.take("needs", list, "a list of tables") or ()):
        key = f"{parent.key('needs')}[{number}]"
        made = None
        if isinstance(value, Mapping):
            table = Table(value, key, parent.wrong)
            made = read_part(Need, table, instead={"skills": {}, **_never(table)})
        else:
            parent.wrong.append(Finding(key, quoted(value), "a table"))
        yield made or Need(skills={})


def _discipline(table: Table, known: Shelves) -> Discipline:
    value = table.any("discipline")
    made: Discipline | None = None
    if "discipline" in table.data:
        made = known.disciplines.read(value, table.key("discipline"), table.wrong)
    return PriorityFIFO() if made is None else made


def _never(table: Table) -> Mapping[str, Any]:
    """What stands for a ``when`` that is wrong: what is for nothing."""
    return {"when": NEVER} if "when" in table.data else {}
