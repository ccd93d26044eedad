"""Offers: work that is held out to somebody, who takes it, declines it, or lets it lapse.

An offer ends once. While it is open it takes room: :func:`holding` counts it. It is open before its
end, not at it. Whoever answers too late, or an offer that is not theirs, is refused, with a code
and a sentence; nothing is changed by that. Who declined, or let it lapse, is noted on the item
(:func:`passed_on`), so that a filter can let them cool down, and the item keeps its place: it has
waited as long.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import attrs
from attrs import field, frozen

from workorder.assign.agents import Agent
from workorder.assign.items import Item
from workorder.assign.values import NOTHING, is_count, is_named, maybe_instant, wrong
from workorder.instants import aware
from workorder.texts import CHINESE, ENGLISH, Label, Texts, fill

OfferState = Literal["offered", "accepted", "declined", "timed_out", "withdrawn"]


def _instant(given: datetime) -> datetime:
    return aware(given, "instant")


@frozen(kw_only=True)
class Offer:
    """Work that is held out to somebody.

    Attributes:
        item: which item.
        agent: to whom.
        at: since when.
        until: by when they must answer.
        units: how much room it takes while it is open.
        channel: the item's channel, for limits by channel.
        state: how it stands; all but ``offered`` are final.
        ended: when it ended.
        reason: why it was declined or withdrawn.
    """

    item: str = field(validator=is_named)
    agent: str = field(validator=is_named)
    at: datetime = field(converter=_instant)
    until: datetime = field(converter=_instant)
    units: int = field(default=1, validator=is_count)
    channel: str | None = None
    state: OfferState = "offered"
    ended: datetime | None = field(default=None, converter=maybe_instant)
    reason: str | None = None

    def open_at(self, instant: datetime) -> bool:
        """Whether it can still be taken at *instant*."""
        return self.state == "offered" and instant < self.until


_STATES = {
    name: Label(name, {ENGLISH: name, CHINESE: chinese})
    for name, chinese in (
        ("accepted", "已接受"),
        ("declined", "已拒绝"),
        ("withdrawn", "已撤回"),
    )
}
_SENTENCES: Mapping[str, Texts] = {
    "too_late": {
        ENGLISH: "the offer of {item} lapsed at {until}",
        CHINESE: "{item} 的派单邀约已于 {until} 失效",
    },
    "ended": {
        ENGLISH: "the offer of {item} was {state} at {ended}",
        CHINESE: "{item} 的派单邀约已于 {ended} 结束（{state}）",
    },
    "not_theirs": {
        ENGLISH: "{item} was offered to {agent}",
        CHINESE: "{item} 的派单邀约对象为 {agent}",
    },
}


@frozen
class OfferRefusal:
    """Why an answer to an offer is refused; nothing was changed.

    Attributes:
        code: ``too_late``, ``ended`` or ``not_theirs``.
        facts: what the sentence speaks about.
    """

    code: Literal["too_late", "ended", "not_theirs"]
    facts: Mapping[str, object] = field(default=NOTHING, hash=False)

    def text(self, language: str = ENGLISH) -> str:
        """The sentence for people, in *language*."""
        return fill(_SENTENCES[self.code], self.facts, language)


def offer(item: Item, agent: Agent, *, at: datetime, within: timedelta) -> Offer:
    """*item* held out to *agent* from *at* on, for as long as *within*.

    Raises:
        InvalidInput: for no time at all, or a naive instant.
    """
    if within <= timedelta(0):
        raise wrong("within", "a length of time, more than none", within)
    begun = _instant(at)
    return Offer(
        item=item.id,
        agent=agent.id,
        at=begun,
        until=begun + within,
        units=item.units,
        channel=item.channel,
    )


def accept(made: Offer, agent: str, *, at: datetime) -> Offer | OfferRefusal:
    """*agent* takes it."""
    return _ended(made, "accepted", agent, at)


def decline(made: Offer, agent: str, *, at: datetime, reason: str) -> Offer | OfferRefusal:
    """*agent* does not take it, and says why.

    Raises:
        InvalidInput: without a reason.
    """
    if not reason.strip():
        raise wrong("reason", "a text that is not empty", reason)
    return _ended(made, "declined", agent, at, reason)


def withdraw(made: Offer, *, at: datetime, reason: str) -> Offer | OfferRefusal:
    """It is taken back: the customer gave up, somebody claimed it, a supervisor decided.

    Raises:
        InvalidInput: without a reason.
    """
    if not reason.strip():
        raise wrong("reason", "a text that is not empty", reason)
    return _ended(made, "withdrawn", made.agent, at, reason)


def lapsed(made: Offer, *, at: datetime) -> Offer:
    """The offer after time has passed: ended at its own end, whenever somebody looks."""
    if made.state == "offered" and _instant(at) >= made.until:
        return attrs.evolve(made, state="timed_out", ended=made.until)
    return made


def _ended(
    made: Offer, state: OfferState, agent: str, at: datetime, reason: str | None = None
) -> Offer | OfferRefusal:
    when = max(_instant(at), made.at)
    if agent != made.agent:
        return OfferRefusal("not_theirs", {"item": made.item, "agent": made.agent})
    if made.state == state and made.reason == reason:
        return made  # said twice
    if made.state not in {"offered", "timed_out"}:
        facts = {"item": made.item, "state": _STATES[made.state], "ended": made.ended}
        return OfferRefusal("ended", facts)
    if not made.open_at(when):
        return OfferRefusal("too_late", {"item": made.item, "until": made.until})
    return attrs.evolve(made, state=state, ended=when, reason=reason)


def passed_on(item: Item, made: Offer) -> Item:
    """*item* after an offer of it ended without being taken: who had it is noted, where it was
    theirs to answer; it keeps its place.
    """
    if made.state not in {"declined", "timed_out"} or made.ended is None:
        return item
    return attrs.evolve(item, declined={**item.declined, made.agent: made.ended})


def holding(agent: Agent, offers: Iterable[Offer], *, at: datetime) -> Agent:
    """*agent*, with the offers that are open to them at *at* counted as what they hold."""
    now = _instant(at)
    mine = [each for each in offers if each.agent == agent.id and each.open_at(now)]
    if not mine:
        return agent
    held = dict(agent.held)
    for each in mine:
        if each.channel is not None:
            held[each.channel] = held.get(each.channel, 0) + 1
    return attrs.evolve(agent, load=agent.load + sum(each.units for each in mine), held=held)
