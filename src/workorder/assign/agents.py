"""Agents: the people who can be given work, as they stand at one instant.

An agent is a value: what somebody can do (skills, languages, teams), how much they may have at
once, and how they stand (present or not, what they hold). Whoever knows these things says so for
each decision; the library keeps no list of people.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Protocol, get_args

from attrs import Attribute, field, frozen

from workorder.assign.values import (
    NO_NAMES,
    NOTHING,
    Names,
    are_counts,
    are_levels,
    instants,
    is_count,
    is_named,
    is_positive,
    maybe_instant,
    names,
    wrong,
)

Presence = Literal["online", "busy", "away", "offline"]
PRESENCES: tuple[Presence, ...] = get_args(Presence)


class Hours(Protocol):
    """When somebody works: a business calendar is such a thing, and so is a roster."""

    def is_open(self, instant: datetime, /) -> bool:
        """Whether they work at *instant*."""

    def next_close(self, instant: datetime, /) -> datetime:
        """When the time that they work at *instant*, or the next such time, ends."""


def _is_presence(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value not in PRESENCES:
        raise wrong(attribute.name, f"one of {', '.join(PRESENCES)}", value)


@frozen(kw_only=True)
class Agent:
    """Somebody who can be given work.

    Attributes:
        id: who it is.
        teams: where they work.
        skills: what they can do, and how well (1 to 5).
        languages: what they speak (``zh``, ``en``, ``yue``).
        capacity: how many units of work they may hold at once.
        limits: how many items of a channel they may hold at once, whatever the units.
        load: how many units they hold now; an open offer counts.
        held: how many items of each channel they hold now.
        presence: whether they can be given something now.
        presence_since: since when they have been in that presence.
        hours: when they work; always, if it is not said.
        since: since when they do this work.
        assigned: when they were given something lately, the latest last.
        idle_since: since when they have had nothing to do; ``None`` while they have.
        done: how many items of each category they have dealt with.
        weight: their share under weighted round robin.
        rank: their rank; more is higher.
        conflicts: customers and colleagues in whose matters they must not act.
        attributes: whatever else a host wants to know of them.

    Raises:
        InvalidInput: for a negative capacity, a level that does not exist, a naive datetime…; it
            names the attribute.

    >>> Agent("li", skills={"cards": 3}, capacity=4, load=1).spare
    3
    """

    id: str = field(validator=is_named, kw_only=False)
    teams: Names = field(default=NO_NAMES, converter=names)
    skills: Mapping[str, int] = field(default=NOTHING, validator=are_levels, hash=False)
    languages: Names = field(default=NO_NAMES, converter=names)
    capacity: int = field(default=1, validator=is_count)
    limits: Mapping[str, int] = field(default=NOTHING, validator=are_counts, hash=False)
    load: int = field(default=0, validator=is_count)
    held: Mapping[str, int] = field(default=NOTHING, validator=are_counts, hash=False)
    presence: Presence = field(default="online", validator=_is_presence)
    presence_since: datetime | None = field(default=None, converter=maybe_instant)
    hours: Hours | None = field(default=None, hash=False)
    since: datetime | None = field(default=None, converter=maybe_instant)
    assigned: tuple[datetime, ...] = field(default=(), converter=instants)
    idle_since: datetime | None = field(default=None, converter=maybe_instant)
    done: Mapping[str, int] = field(default=NOTHING, validator=are_counts, hash=False)
    weight: int = field(default=1, validator=is_positive)
    rank: int = field(default=0, validator=is_count)
    conflicts: Names = field(default=NO_NAMES, converter=names)
    attributes: Mapping[str, Any] = field(default=NOTHING, hash=False)

    @property
    def spare(self) -> int:
        """How many units more they may hold; less than 0 when they hold too much."""
        return self.capacity - self.load

    @property
    def last_assigned(self) -> datetime | None:
        """When they were last given something."""
        return self.assigned[-1] if self.assigned else None
