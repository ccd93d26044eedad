"""What follows when some clocks of a ticket changed: due instants, what the law caps, who leads.

Internal targets end no later than statutory ones, and one clock leads. Only what has to be is
reckoned again, and only what has to be is even looked at: a promise stands.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from workorder.clocks import Clock
from workorder.clocks import changed as set_to
from workorder.sla.clocks.dues import dued
from workorder.sla.clocks.levels import ServiceLevels

Clocks = Mapping[str, Clock]


@frozen
class Revised:
    """A due instant that became another one while the clock went on.

    Attributes:
        clock: the metric of the clock.
        old: when it was due.
        new: when it is due now.
    """

    clock: str
    old: datetime
    new: datetime


@frozen
class Advanced:
    """What a moment did to the clocks of a ticket.

    Attributes:
        changed: the clocks that stand otherwise than before, by metric.
        revised: due instants that became others.
    """

    changed: Clocks = {}
    revised: tuple[Revised, ...] = ()


NOTHING = Advanced()


def settled(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> Advanced:
    """*changed*, and what follows for the others: internal targets end no later than statutory
    ones, and one clock leads.
    """
    if _reckons(clocks, changed, levels):
        _due_again(clocks, changed, levels)
    if any(name in levels.leading for name in changed):
        _lead(clocks, changed, levels)
    same = [name for name, clock in changed.items() if clocks.get(name) == clock]
    for name in same:
        del changed[name]
    return Advanced(changed, _revised(clocks, changed))


def _due_again(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> None:
    """Reckon what has to be: first the clocks of the law, then what they may cut short. Others are
    not even looked at.
    """
    law = [name for name in levels.statutory if name in clocks or name in changed]
    for name in law:
        clock = changed.get(name)
        if clock is not None and clock.state == "running" and moved(clocks.get(name), clock):
            changed[name] = dued(clock, levels, None)
    before = _cap([clocks[name] for name in law if name in clocks])
    cap = _cap([changed[name] if name in changed else clocks[name] for name in law])
    for name in [*changed] if cap == before else [*changed, *(clocks.keys() - changed.keys())]:
        clock = changed[name] if name in changed else clocks[name]
        if name in law or clock.state != "running":
            continue
        if cap != before or moved(clocks.get(name), clock):
            changed[name] = dued(clock, levels, cap)


def reckoned(clocks: Clocks, levels: ServiceLevels) -> Advanced:
    """Every running clock reckoned again, by the dates that *levels* knows now: first those that
    the law asks for, which the others may not outlast. A metric that is no more is left alone.
    """
    after = {**clocks}
    for statutory in (True, False):
        law = [after[name] for name in levels.statutory if name in after]
        cap = None if statutory else _cap(law)
        for name in clocks.keys() & levels.by_name.keys():
            if _statutory(name, levels) == statutory:
                after[name] = dued(after[name], levels, cap)
    changed = {name: after[name] for name in clocks if after[name] != clocks[name]}
    return Advanced(changed, _revised(clocks, changed))


def _revised(clocks: Clocks, changed: Clocks) -> tuple[Revised, ...]:
    """The due instants of *changed* that are others than those of *clocks*."""
    return tuple(
        Revised(name, old.due, new.due)
        for name, new in changed.items()
        for old in (clocks.get(name),)
        if old is not None
        and old.state == new.state == "running"
        and old.cycle == new.cycle
        and old.due is not None
        and new.due is not None
        and old.due != new.due
    )


def moved(old: Clock | None, new: Clock) -> bool:
    """Whether anything changed by which a due instant is reckoned; a promise stands until then."""
    return old is None or any(getattr(old, name) != getattr(new, name) for name in _RECKONED)


_RECKONED = ("state", "segments", "target", "cycle", "given", "ceiling", "extended")


def _reckons(clocks: Clocks, changed: Clocks, levels: ServiceLevels) -> bool:
    """Whether any due instant may become another: of a clock that runs on otherwise, or because
    the law's clock does.
    """
    return any(
        (clock.state == "running" and moved(clocks.get(name), clock)) or _statutory(name, levels)
        for name, clock in changed.items()
    )


def _cap(law: Iterable[Clock]) -> datetime | None:
    """The earliest due instant of clocks that are owed to the law."""
    dues = [each.due for each in law if each.state == "running" and each.due is not None]
    return min(dues, default=None)


def _statutory(name: str, levels: ServiceLevels) -> bool:
    metric = levels.by_name.get(name)
    return metric is not None and metric.statutory


def _lead(clocks: Clocks, changed: dict[str, Clock], levels: ServiceLevels) -> None:
    """Let the first of the leading metrics lead that the ticket has a clock for."""
    known = {
        name: changed[name] if name in changed else clocks[name]
        for name in levels.leading
        if name in changed or name in clocks
    }
    first = next((name for name, clock in known.items() if clock.state != "cancelled"), None)
    for name, clock in known.items():
        if clock.leads != (name == first):
            changed[name] = set_to(clock, leads=name == first)
