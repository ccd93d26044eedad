"""What is wrong with service levels: found when they are made, all of it at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from workorder.conditions import AllOf, Negation
from workorder.durations import DueAt, Duration, Elapsed, Working
from workorder.errors import Finding, InvalidInput, one_of
from workorder.satisfiable import overlapping, satisfiable
from workorder.sla.clocks.dues import before_due, in_open_hours
from workorder.sla.clocks.levels import USUAL
from workorder.sla.clocks.marks import (
    BREACH,
    MANAGER,
    RECIPIENTS,
    ROLE,
    Ladder,
    Offset,
    Share,
    read_mark,
)
from workorder.sla.clocks.metric import CHANGES, CONDITIONS, REOPENINGS, Metric, happens
from workorder.sla.clocks.pieces import Piece, measured, reached
from workorder.sla.clocks.policy import OF_DEPARTMENT, Policy, Target
from workorder.sla.verbs import Calendar

if TYPE_CHECKING:
    from workorder.sla.clocks.levels import ServiceLevels


def level_findings(levels: "ServiceLevels") -> Iterator[Finding]:
    """Everything wrong with *levels*, each with the key where it stands."""
    yield from _twice("metrics", (each.name for each in levels.measured))
    yield from _twice("policies", (each.name for each in levels.promised))
    yield from _twice("ladders", (each.name for each in levels.ladders))
    for ladder in levels.ladders:
        yield from _ladder(ladder, levels.calendar)
    ladders = [each.name for each in levels.ladders]
    for metric in levels.measured:
        yield from _metric(metric, ladders)
    metrics = [each.name for each in levels.measured]
    for policy in levels.promised:
        yield from _policy(policy, metrics, levels)
    yield from _beyond(levels)
    yield from _of_packs(levels)
    yield from _unordered(levels)
    yield from _unused(levels)
    for name in levels.leading:
        if name not in metrics:
            yield Finding("leading", name, one_of(metrics, name))
    for department, name in levels.departments.items():
        if name not in levels.calendars:
            known = one_of(levels.calendars, name) if levels.calendars else "a name of calendars"
            yield Finding(f"departments.{department}", name, known)
    for name in levels.calendars:
        if "@" in name or not name:
            yield Finding(f"calendars.{name}", repr(name), "a name without “@”")
        elif name == USUAL:
            found = f"“{name}”, which is what the usual calendar is called"
            yield Finding(f"calendars.{name}", found, "another name")


def _twice(key: str, names: Iterable[str]) -> Iterator[Finding]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Finding(f"{key}.{name}", "the name twice", "one of a name")
        elif not name or set(name) & set("@/"):
            yield Finding(key, repr(name), "a name without “@” and “/”")


def _ladder(ladder: Ladder, calendar: Calendar) -> Iterator[Finding]:
    for number, mark in enumerate(ladder.marks):
        key = f"ladders.{ladder.name}.marks[{number}]"
        try:
            place = read_mark(mark.at)
        except InvalidInput as error:
            yield Finding(f"{key}.at", repr(mark.at), str(error.facts["expected"]))
            continue
        if isinstance(place, Offset) and not _in_reach(place.amount, calendar):
            expected = f"an offset within the calendar's {_years(calendar)}"
            yield Finding(f"{key}.at", mark.at, expected)
        for who in mark.tell:
            if who not in RECIPIENTS and not (who.startswith(ROLE) and len(who) > len(ROLE)):
                yield Finding(f"{key}.tell", who, one_of([*RECIPIENTS, "role.…"], who))
        if MANAGER in mark.tell and mark.level < 1:
            yield Finding(f"{key}.level", str(mark.level), "1 or more: whose manager")
        if mark.at == BREACH and mark.open_hours:
            expected = "false: a breach is noted when it happens"
            yield Finding(f"{key}.open_hours", "true", expected)
        if not satisfiable(mark.when):
            yield Finding(f"{key}.when", "what never holds", "a condition that can hold")
    places = Counter(mark.at.removesuffix(" due") for mark in ladder.marks)
    for name, count in places.items():
        if count > 1:
            yield Finding(f"ladders.{ladder.name}.marks", f"{name} {count} times", "one of each")


def _years(calendar: Calendar) -> str:
    return f"horizon of {calendar.epoch.horizon_years} years"


_FROM = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""From where it is tried whether something lies in reach; any day would do."""


def _in_reach(duration: Duration, calendar: Calendar) -> bool:
    """Whether *duration* from an ordinary day ends within the calendar's horizon."""
    if isinstance(duration, DueAt) or _asks(duration):
        return True
    try:
        due = calendar.due(_FROM, duration).instant
    except InvalidInput as error:
        return error.code not in {"beyond_horizon", "outside_years"}
    return due <= _FROM + timedelta(days=366 * calendar.epoch.horizon_years)


def _asks(duration: Duration) -> bool:
    return isinstance(duration, DueAt) or any(_asks(each) for each in getattr(duration, "of", ()))


def _metric(metric: Metric, ladders: list[str]) -> Iterator[Finding]:
    key = f"metrics.{metric.name}"
    for name in ("start", "stop"):
        if not satisfiable(getattr(metric, name)):
            yield Finding(f"{key}.{name}", "what never holds", "a condition that can hold")
    for name in CONDITIONS:
        condition = getattr(metric, name)
        said = condition is not None and condition != _NEVER
        if said and name not in {"start", "stop"} and not satisfiable(condition):
            yield Finding(f"{key}.{name}", "what never holds", "a condition that can hold")
    if metric.resume is not None and metric.pause == _NEVER:
        yield Finding(f"{key}.resume", "an end of pauses, and no pause", "pause beside it")
    yield from _moments(metric, key)
    if metric.on_reopen not in REOPENINGS:
        yield Finding(f"{key}.on_reopen", metric.on_reopen, one_of(REOPENINGS, metric.on_reopen))
    if metric.on_change not in CHANGES:
        yield Finding(f"{key}.on_change", metric.on_change, one_of(CHANGES, metric.on_change))
    if metric.ladder is not None and metric.ladder not in ladders:
        expected = one_of(ladders, metric.ladder) if ladders else "a ladder of ladders"
        yield Finding(f"{key}.ladder", metric.ladder, expected)


def _moments(metric: Metric, key: str) -> Iterator[Finding]:
    """Conditions that must name what happens: as long as things stood so, they would hold again
    and again.
    """
    if metric.resume is None and metric.pause != _NEVER and happens(metric.pause):
        found = "what happens, and nothing that ends the pause"
        yield Finding(f"{key}.pause", found, "resume beside it, or a condition on how things stand")
    asked = ["reset", "reopen", *(() if metric.resume is None else ("pause", "resume"))]
    for name in asked:
        condition = getattr(metric, name)
        if condition != _NEVER and not happens(condition):
            found = "a condition on how things stand alone"
            yield Finding(f"{key}.{name}", found, "one that names what happens, such as an action")


_NEVER = Metric(name="", start=AllOf(()), stop=AllOf(())).pause


def _policy(policy: Policy, metrics: list[str], levels: "ServiceLevels") -> Iterator[Finding]:
    key = f"policies.{policy.name}"
    if not policy.targets:
        yield Finding(f"{key}.targets", "none", "at least one target")
    if not satisfiable(policy.when):
        yield Finding(f"{key}.when", "what never holds", "a condition that can hold")
    if happens(policy.when):
        yield Finding(f"{key}.when", _AT_ONCE, _STANDING)
    for number, target in enumerate(policy.targets):
        place = f"{key}.targets[{number}]"
        if happens(target.when):
            yield Finding(f"{place}.when", _AT_ONCE, _STANDING)
        if target.metric not in metrics:
            yield Finding(f"{place}.metric", target.metric, one_of(metrics, target.metric))
        yield from _calendar(target, place, levels)
        yield from _dead(target, place, levels)
        yield from _shrinking(target, place)
        # One that asks for an instant leaves the tickets that bring none.
        earlier = [
            each.when
            for each in policy.targets[:number]
            if each.metric == target.metric and not each.asked
        ]
        if not satisfiable(AllOf((policy.when, target.when, *map(Negation, earlier)))):
            found = "a target that is never reached: its condition cannot hold"
            if earlier:
                found += " where those before it do not"
            yield Finding(f"{place}.when", found, "a condition that leaves it something")


_AT_ONCE = "what happens, which is true for one moment only"
_STANDING = "a condition on how things stand: what applies is looked for again and again"


def _calendar(target: Target, place: str, levels: "ServiceLevels") -> Iterator[Finding]:
    name = target.calendar
    if name not in {None, OF_DEPARTMENT} and name not in levels.calendars:
        own = any(target.metric == each.name for each in levels.metrics)
        known = [*levels.calendars, *([OF_DEPARTMENT] if own else [])]
        if not known:
            yield Finding(f"{place}.calendar", str(name), "one of calendars, which has none")
            return
        yield Finding(f"{place}.calendar", str(name), one_of(known, str(name)))
        return
    calendar = levels.calendar if name is None else levels.calendars.get(name, levels.calendar)
    for part, duration in (("within", target.within), *_steps(target)):
        if not _in_reach(duration, calendar):
            expected = f"a length within the calendar's {_years(calendar)}"
            yield Finding(f"{place}.{part}", str(duration), expected)


def _dead(target: Target, place: str, levels: "ServiceLevels") -> Iterator[Finding]:
    """What could not do anything: no time at all, extensions of what is never extended."""
    if isinstance(target.within, Working | Elapsed) and not target.within.amount:
        yield Finding(f"{place}.within", str(target.within), "more than no time")
    metric = levels.by_name.get(target.metric)
    if target.extends_to and metric is not None and not metric.extendable:
        found = f"extensions of {target.metric}, which is not extendable"
        yield Finding(f"{place}.extends_to", found, f"extendable = true in metrics.{target.metric}")


def _shrinking(target: Target, place: str) -> Iterator[Finding]:
    """Extensions after which less is allowed than before; only like is compared with like."""
    steps = [("within", target.within), *_steps(target)]
    for (_, one), (part, other) in pairwise(steps):
        size, before = _size(other), _size(one)
        if type(one) is type(other) and size is not None and before is not None and size < before:
            yield Finding(f"{place}.{part}", str(other), f"no less than the {one} before it")


def _size(duration: Duration) -> Any:
    """What can be compared between durations of one kind."""
    return getattr(duration, "amount", getattr(duration, "number", None))


def _of_packs(levels: "ServiceLevels") -> Iterator[Finding]:
    """Clocks of packs that would be lengthened: only the pack says how long one may take, and no
    hand-over to another department changes who counts it.
    """
    own = {each.name for each in levels.metrics}
    packed = {each.name for each in levels.measured} - own
    for policy in levels.policies:
        for number, target in enumerate(policy.targets):
            if target.metric in packed:
                key = f"policies.{policy.name}.targets[{number}].metric"
                found = f"{target.metric}, which a pack promises"
                yield Finding(key, found, "a metric of your own: no policy changes the law's")
    for pack in levels.packs:
        if pack.calendar == OF_DEPARTMENT:
            expected = one_of(levels.calendars, "") if levels.calendars else "a name of calendars"
            yield Finding(f"packs.{pack.name}.calendar", OF_DEPARTMENT, expected)


def _steps(target: Target) -> Iterator[tuple[str, Duration]]:
    for number, each in enumerate(target.extends_to):
        yield f"extends_to[{number}]", each


def _beyond(levels: "ServiceLevels") -> Iterator[Finding]:
    """Marks at a share of more than all the time that lie beyond a calendar's horizon: nothing
    would happen to a ticket any more that has missed such a target.
    """
    for ladder in levels.ladders:
        names = [each.name for each in levels.measured if each.ladder == ladder.name]
        targets = [
            each for policy in levels.promised for each in policy.targets if each.metric in names
        ]
        for number, mark in enumerate(ladder.marks):
            percent = _percent(mark.at)
            for target in targets if percent > _WHOLE else ():
                calendar = levels.calendar_of(target.calendar or USUAL)
                if _in_reach(target.within, calendar) and not _reached(
                    target.within, percent, calendar
                ):
                    found = f"{mark.at} of “{target.within}” for {target.metric}"
                    expected = f"a share within the calendar's {_years(calendar)}"
                    yield Finding(f"ladders.{ladder.name}.marks[{number}].at", found, expected)
                    break


def never_reached(levels: "ServiceLevels") -> Iterator[Finding]:
    """Warnings of marks before due that lie at or before the start of every clock that has them."""
    for ladder in levels.ladders:
        names = [each.name for each in levels.measured if each.ladder == ladder.name]
        targets = [
            each for policy in levels.promised for each in policy.targets if each.metric in names
        ]
        for number, mark in enumerate(ladder.marks):
            place = read_mark(mark.at)
            if not isinstance(place, Offset) or place.side != "before" or not targets:
                continue
            if all(_too_early(place.amount, each, levels) for each in targets):
                key = f"ladders.{ladder.name}.marks[{number}].at"
                found = f"{mark.at}, which no clock with this ladder is long enough for"
                yield Finding(key, found, "less than the time there is", severity="warning")


def _too_early(amount: Duration, target: Target, levels: "ServiceLevels") -> bool:
    if _asks(target.within):
        return False
    calendar = levels.calendar_of(target.calendar or USUAL)
    try:
        due = calendar.due(_FROM, target.within).instant
        return before_due(due, amount, calendar) <= _FROM
    except InvalidInput:
        return False


_WHOLE = 100


def _percent(at: str) -> int:
    try:
        place = read_mark(at)
    except InvalidInput:  # told where marks are
        return 0
    return place.percent if isinstance(place, Share) else 0


def _reached(duration: Duration, percent: int, calendar: Calendar) -> bool:
    """Whether so much of *duration* from an ordinary day ends within the calendar's horizon."""
    if _asks(duration):
        return True
    working = in_open_hours(duration)
    pieces = [Piece(_FROM, None, calendar)]
    try:
        total = measured(pieces, calendar.due(_FROM, duration).instant, working=working)
        instant = reached(pieces, total * percent // _WHOLE, working=working)
    except (InvalidInput, OverflowError):
        return False
    return instant <= _FROM + timedelta(days=366 * calendar.epoch.horizon_years)


def _unordered(levels: "ServiceLevels") -> Iterator[Finding]:
    """Two policies that may both apply, and nothing says which is asked first."""
    for one, other in combinations(levels.promised, 2):
        if one.order != other.order or one.name == other.name:
            continue
        shared = {each.metric for each in one.targets} & {each.metric for each in other.targets}
        if shared and overlapping(one.when, other.when):
            found = (
                f"{other.order}, as policies.{one.name} has, which may apply to the same tickets"
            )
            expected = f"another number for one of them: both have targets for {min(shared)}"
            yield Finding(f"policies.{other.name}.order", found, expected)


def _unused(levels: "ServiceLevels") -> Iterator[Finding]:
    """Metrics for which nothing is promised."""
    promised = {target.metric for policy in levels.promised for target in policy.targets}
    for metric in levels.measured:
        if metric.name not in promised:
            expected = "a target in some policy"
            yield Finding(f"metrics.{metric.name}", "a metric without any target", expected)
