"""Service levels: metrics, policies, ladders and calendars that belong together.

One immutable value; a rulebook has one, and so can a program without tickets. It knows which
target applies to what, and by which calendar that is counted.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from attrs import evolve, field, fields, frozen

from workorder.canonical import digest, encode
from workorder.clocks import Clock, Segment
from workorder.conditions import fields_of
from workorder.errors import ConfigurationError
from workorder.plain import plain
from workorder.sla.clocks.interest import Interest, interest_of
from workorder.sla.clocks.marks import NO_LADDER, Ladder
from workorder.sla.clocks.metric import AT, Metric
from workorder.sla.clocks.moments import View
from workorder.sla.clocks.pieces import Piece, asked_of
from workorder.sla.clocks.policy import OF_DEPARTMENT, AdoptedPack, Policy, Target
from workorder.sla.verbs import Calendar

USUAL = "calendar"
"""What the usual calendar is called in segments."""

TWIN = "#"
"""What stands before the number of a target, where a policy has several that are as long."""

SIGNS = 16
"""Signs of a digest that a segment keeps: they tell versions apart."""


@frozen
class Choice:
    """The target that applies to a metric.

    Attributes:
        policy: where it stands.
        target: the target.
        calendar: the name of the calendar that counts it.
    """

    policy: Policy
    target: Target
    calendar: str


def _in_order(policies: tuple[Policy, ...]) -> tuple[Policy, ...]:
    return tuple(sorted(policies, key=lambda policy: policy.order))


@frozen(kw_only=True, slots=False)
class ServiceLevels:
    """What is promised to whom, by which calendars.

    Attributes:
        metrics: what is measured.
        policies: which tickets get how long; kept in the order in which they are asked.
        calendar: counts where nothing else is said.
        calendars: others, by name.
        calendar_names: how a file refers to them, by name: a ready calendar, or a calendar file.
            The usual one has the empty name. Others must be given together with other calendars.
        departments: the calendar of a department, by its name; the usual one for others.
        ladders: who is told when.
        leading: metrics whose due instant is the ticket's: that of the first which the ticket has.
        packs: the regulation packs that are in force here (:mod:`workorder.sla.regulations`);
            their metrics and policies come to those that are given.

    Raises:
        ConfigurationError: with everything that is wrong (:func:`level_findings`).
    """

    metrics: tuple[Metric, ...]
    policies: tuple[Policy, ...] = field(converter=_in_order)
    calendar: Calendar
    calendars: Mapping[str, Calendar] = {}
    calendar_names: Mapping[str, str] = field(default={}, eq=False, repr=False)
    departments: Mapping[str, str] = {}
    ladders: tuple[Ladder, ...] = ()
    leading: tuple[str, ...] = ()
    packs: tuple[AdoptedPack, ...] = ()

    def __attrs_post_init__(self) -> None:
        from workorder.sla.clocks.findings import level_findings

        found = list(level_findings(self))
        if found:
            raise ConfigurationError(found)

    @cached_property
    def by_name(self) -> Mapping[str, Metric]:
        """The metrics by name, those of the packs among them."""
        return {each.name: each for each in self.measured}

    @cached_property
    def _adopted(self) -> tuple[tuple[Metric, ...], tuple[Policy, ...]]:
        """The metrics and policies of the packs."""
        if not self.packs:
            return (), ()
        from workorder.sla.regulations import adopted  # which reads files; many have no packs

        found = [adopted(each) for each in self.packs]
        metrics = tuple(metric for some, _ in found for metric in some)
        return metrics, tuple(policy for _, some in found for policy in some)

    @cached_property
    def measured(self) -> tuple[Metric, ...]:
        """Everything that is measured: its own metrics and those of the packs."""
        return (*self.metrics, *self._adopted[0])

    @cached_property
    def promised(self) -> tuple[Policy, ...]:
        """Every policy, its own and those of the packs, in the order in which they are asked."""
        return _in_order((*self.policies, *self._adopted[1]))

    @cached_property
    def _ladders(self) -> Mapping[str, Ladder]:
        return {each.name: each for each in self.ladders}

    @cached_property
    def _offers(self) -> Mapping[str, tuple[Policy, ...]]:
        """The policies that have a target for a metric, in their order."""
        return {
            metric.name: tuple(
                policy
                for policy in self.promised
                if any(target.metric == metric.name for target in policy.targets)
            )
            for metric in self.measured
        }

    @cached_property
    def selectors(self) -> Mapping[str, tuple[str, ...]]:
        """For each metric the names that decide which of its targets applies."""
        found = {}
        for name, policies in self._offers.items():
            targets = [each for policy in policies for each in policy.targets]
            own = [each for each in targets if each.metric == name]
            said = [each.when for each in policies] + [each.when for each in own]
            asked = {n for each in said for n in fields_of(each)}
            for instant in {n for each in own for n in asked_of(each.within)}:
                asked |= {instant, f"fields.{instant}"}
            if any(each.calendar == OF_DEPARTMENT for each in own):
                asked.add("department")
            if self.by_name[name].anchor != AT:
                asked.add(self.by_name[name].anchor)
            found[name] = tuple(sorted(asked))
        return found

    @cached_property
    def interests(self) -> tuple[tuple[Metric, Interest], ...]:
        """Every metric with what it waits for."""
        return tuple((each, interest_of(each, self.selectors[each.name])) for each in self.measured)

    @cached_property
    def by_action(self) -> Mapping[str, tuple[str, ...]]:
        """The metrics that wait for an action."""
        found: dict[str, tuple[str, ...]] = {}
        for metric, interest in self.interests:
            for action in sorted(interest.actions or ()):
                found[action] = (*found.get(action, ()), metric.name)
        return found

    @cached_property
    def restless(self) -> tuple[str, ...]:
        """The metrics that may be concerned by any action at all."""
        return tuple(metric.name for metric, each in self.interests if each.actions is None)

    @cached_property
    def level_starts(self) -> tuple[str, ...]:
        """The metrics that start by how things stand alone."""
        return tuple(metric.name for metric, each in self.interests if each.level_start)

    @cached_property
    def statutory(self) -> tuple[str, ...]:
        """The metrics that are owed to the law."""
        return tuple(each.name for each in self.measured if each.statutory)

    @cached_property
    def standing(self) -> tuple[str, ...]:
        """The names of all that stands and is asked for by some metric."""
        return tuple(sorted({name for _, each in self.interests for name in each.names}))

    def ladder(self, metric: str) -> Ladder:
        """The ladder of a metric."""
        known = self.by_name.get(metric)
        return self._ladders.get((known and known.ladder) or "", NO_LADDER)

    def choice(self, metric: str, view: View) -> Choice | None:
        """The target that applies to *metric*; ``None`` where nothing is promised."""
        for policy in self._offers.get(metric, ()):
            target = policy.target(metric, view)
            if target is not None:
                return Choice(policy, target, self.calendar_name(target, view))
        return None

    def calendar_name(self, target: Target, view: View) -> str:
        """The name of the calendar that counts *target*."""
        if target.calendar == OF_DEPARTMENT:
            return self.departments.get(str(view.value("department")), USUAL)
        return target.calendar or USUAL

    def calendar_of(self, name: str) -> Calendar:
        """The calendar of that name, or of a reference that begins with it; the usual one for a
        name that is not known any more.
        """
        return self.calendars.get(name.partition("@")[0], self.calendar)

    def target_of(self, clock: Clock) -> Target | None:
        """The target under which *clock* was promised, as far as it is still there: that of its
        policy with its text.
        """
        ref, _, place = clock.segments[-1].policy.partition(TWIN)
        name = ref.partition("@")[0]
        for policy in self.promised:
            if policy.name == name:
                twins = _twins(policy, clock.metric, clock.target)
                number = int(place) if place.isdecimal() else 1
                return twins[number - 1] if number <= len(twins) else None
        return None

    def calendar_ref(self, name: str, start: datetime, until: datetime) -> str:
        """Name and digest of a calendar, over the dates from *start* to *until*."""
        calendar = self.calendar_of(name)
        years = (calendar.local_date(start).year, calendar.local_date(until).year)
        found = self._digests.get((name, *years))
        if found is None:
            found = calendar.content_digest(*years).rpartition(":")[2][:SIGNS]
            self._digests[name, *years] = found
        return f"{name}@{found}"

    @cached_property
    def _digests(self) -> dict[tuple[str, int, int], str]:
        """Digests that were worked out: a value that is the same whenever it is asked for."""
        return {}

    def policy_ref(self, policy: Policy, metric: str) -> str:
        """Name and digest of what is promised for a metric under a policy."""
        found = self._refs.get((policy.name, metric))
        if found is None:
            said = [policy, self.by_name[metric], self.ladder(metric)]
            own = digest(encode([plain(each) for each in said])).rpartition(":")[2][:SIGNS]
            found = self._refs[policy.name, metric] = f"{policy.name}@{own}"
        return found

    def target_ref(self, choice: Choice) -> str:
        """Name and digest of what is promised; of several targets that are as long, which one."""
        target = choice.target
        ref = self.policy_ref(choice.policy, target.metric)
        twins = _twins(choice.policy, target.metric, target.text)
        return ref if len(twins) == 1 else f"{ref}{TWIN}{twins.index(target) + 1}"

    @cached_property
    def _refs(self) -> dict[tuple[str, str], str]:
        return {}

    def pieces(self, segments: tuple[Segment, ...]) -> list[Piece]:
        """What counts of *segments*, each by its own calendar; the first begins when the clock
        began, and may be empty.
        """
        first = segments[0]
        empty = (evolve(first, end=first.start, runs=True),) if not first.runs else ()
        return [
            Piece(each.start, each.end, self.calendar_of(each.calendar))
            for each in (*empty, *segments)
            if each.runs
        ]

    def __reduce__(self) -> tuple[object, ...]:
        given = {each.name: getattr(self, each.name) for each in fields(type(self))}
        return _again, (type(self), given)


def _twins(policy: Policy, metric: str, text: str) -> list[Target]:
    """The targets of *policy* for *metric* that are as long as *text* says."""
    return [each for each in policy.targets if each.metric == metric and each.text == text]


def _again(kind: type[ServiceLevels], given: dict[str, object]) -> ServiceLevels:
    return kind(**given)  # type: ignore[arg-type]  # what it was made of
