"""Items: what is to be given to somebody, and what that asks of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import field, frozen

from workorder.assign.values import (
    NO_NAMES,
    NOTHING,
    Names,
    are_levels,
    is_count,
    is_named,
    maybe_instant,
    names,
    wrong,
)


def _when(given: Mapping[str, datetime]) -> Mapping[str, datetime]:
    return {name: at for name, each in given.items() if (at := maybe_instant(each)) is not None}


def _is_estimate(_: object, attribute: Any, value: object) -> None:
    if value is not None and (not isinstance(value, timedelta) or value < timedelta(0)):
        raise wrong(attribute.name, "a length of time", value)


@frozen(kw_only=True)
class Item:
    """Work for somebody: a ticket, a call, whatever a host routes.

    Attributes:
        id: which it is.
        category: what it is about; experience is counted by it.
        teams: who may have it: an agent of any of them; anybody, if none is named.
        skills: what it takes, and at which level at least.
        language: in which language; any, if it is not said.
        channel: how it came in (``phone``, ``chat``); agents can have limits by channel.
        units: how much of an agent's capacity it takes.
        priority: 1 is the most urgent, as on tickets.
        enqueued: since when it has waited; kept when it is put back, declined or handed on by a
            bot.
        asked: since when the customer has wanted a person; ``None`` when they began with one.
        due: by when it is due.
        estimate: how long it takes to deal with.
        customer: whose it is.
        subjects: whom it is about; none of them deals with it.
        involved: who had a part in it that rules them out now (who handled what is appealed).
        preferred: who should have it if they can, by why (``relationship_manager``,
            ``last_agent``): a policy says in which order they are tried.
        declined: who declined it, or let an offer of it lapse, and when last.
        attributes: whatever else a host wants to know of it.

    Raises:
        InvalidInput: for what it cannot be; it names the attribute.
    """

    id: str = field(validator=is_named, kw_only=False)
    category: str | None = None
    teams: Names = field(default=NO_NAMES, converter=names)
    skills: Mapping[str, int] = field(default=NOTHING, validator=are_levels, hash=False)
    language: str | None = None
    channel: str | None = None
    units: int = field(default=1, validator=is_count)
    priority: int = field(default=3, validator=is_count)
    enqueued: datetime | None = field(default=None, converter=maybe_instant)
    asked: datetime | None = field(default=None, converter=maybe_instant)
    due: datetime | None = field(default=None, converter=maybe_instant)
    estimate: timedelta | None = field(default=None, validator=_is_estimate)
    customer: str | None = None
    subjects: Names = field(default=NO_NAMES, converter=names)
    involved: Names = field(default=NO_NAMES, converter=names)
    preferred: Mapping[str, str] = field(default=NOTHING, hash=False)
    declined: Mapping[str, datetime] = field(default=NOTHING, converter=_when, hash=False)
    attributes: Mapping[str, Any] = field(default=NOTHING, hash=False)
