"""Terms: what of a policy can be answered beforehand, and what cannot."""

from collections.abc import Sequence
from typing import Any, TypeVar

from attrs import frozen

from workorder.assign.agents import Presence
from workorder.assign.filters import (
    ApartFromInvolved,
    AtWork,
    Experienced,
    Filter,
    HasCapacity,
    HasSkills,
    InTeam,
    NoConflict,
    NotDeclined,
    NotTooManyLately,
    Own,
    Present,
    Speaks,
)
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.selectors import (
    LeastLoad,
    LeastRecentlyAssigned,
    LeastUtilization,
    LongestIdle,
    MostSpare,
    Selector,
)

Indexed = LeastLoad | LeastUtilization | MostSpare | LeastRecentlyAssigned | LongestIdle
"""Selectors whose key never falls when somebody is given something."""

_INDEXED = (LeastLoad, LeastUtilization, MostSpare, LeastRecentlyAssigned, LongestIdle)
_GRADED = (LeastLoad, LeastUtilization, MostSpare)
_NAMING = (NoConflict, ApartFromInvolved, NotDeclined)
_LASTING = (InTeam, HasSkills, Speaks)
_ALONE = (*_NAMING, *_LASTING, Present, HasCapacity, AtWork, Experienced, NotTooManyLately, Own)


@frozen
class Terms:
    """What a policy asks, by how it can be answered.

    Attributes:
        selector: the selector, where shortlists can be kept in its order; else ``None``.
        graded: whether the first thing that it compares is the same for many.
        lasting: filters whose answer hardly ever changes.
        skills: whether skills are among them.
        teams: whether teams are.
        languages: whether languages are.
        states: which presences will do; ``None`` where any will.
        room: whether room is asked for.
        naming: filters that reject whom the item names, in one way or another.
        hours: whether hours of work are asked for.
        experience: the filter by experience.
        lately: the filter by what somebody was given lately.
        by_load: whether load decides, and nothing is asked for but room and presence.
        alone: whether each filter judges each agent alone, so that who cannot pass need not be
            asked at all. A host's filter that is given everybody may compare them.
    """

    selector: Indexed | None
    graded: bool
    lasting: tuple[Filter, ...]
    skills: bool
    teams: bool
    languages: bool
    states: frozenset[Presence] | None
    room: bool
    naming: tuple[Filter, ...]
    hours: bool
    experience: Experienced | None
    lately: NotTooManyLately | None
    by_load: bool
    alone: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether anything is asked that depends on the matter or the hour."""
        return bool(self.naming) or self.hours or bool(self.experience or self.lately)

    def lets(self, presence: Presence) -> bool:
        """Whether somebody passes who is in that state."""
        return self.states is None or presence in self.states


def terms(policy: AssignmentPolicy) -> Terms:
    """The terms of *policy*. Known are the very kinds that ship: a subclass may do anything."""
    filters = policy.filters
    known = {type(each) for each in filters}
    alone = known <= set(_ALONE)
    in_order = alone and Own not in known and not policy.scorers
    present = _one(Present, filters)
    by_load = in_order and not policy.affinity and type(policy.selector) is LeastLoad
    by_load = by_load and known <= {Present, HasCapacity}
    return Terms(
        selector=_indexed(policy.selector) if in_order else None,
        graded=isinstance(policy.selector, _GRADED),
        lasting=tuple(each for each in filters if type(each) in _LASTING),
        skills=HasSkills in known,
        teams=InTeam in known,
        languages=Speaks in known,
        states=None if present is None else present.states,
        room=HasCapacity in known,
        naming=tuple(each for each in filters if type(each) in _NAMING),
        hours=AtWork in known,
        experience=_one(Experienced, filters),
        lately=_one(NotTooManyLately, filters),
        by_load=by_load,
        alone=alone,
    )


def _indexed(selector: Selector) -> Indexed | None:
    return selector if isinstance(selector, _INDEXED) and type(selector) in _INDEXED else None


_T = TypeVar("_T")


def _one(kind: type[_T], filters: Sequence[Any]) -> _T | None:
    return next((each for each in filters if type(each) is kind), None)
