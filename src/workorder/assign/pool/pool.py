"""The pool of agents, as its users see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import attrs

from workorder.assign.agents import Agent
from workorder.assign.choosing import LEAST_LOAD, Override, choose
from workorder.assign.context import Context
from workorder.assign.decision import AFFINITY, AssignmentDecision, Detail
from workorder.assign.items import Item
from workorder.assign.plan import RoutingPlan
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.pool.alike import Alike
from workorder.assign.pool.columns import Columns
from workorder.assign.pool.doubts import doubt_of
from workorder.assign.pool.handful import Handful
from workorder.assign.pool.ladder import Ladder
from workorder.assign.pool.register import Register
from workorder.assign.pool.shortlists import Shortlists
from workorder.assign.pool.terms import terms
from workorder.assign.selectors import LeastLoad
from workorder.assign.selectors.keyed import NEVER
from workorder.assign.values import NOTHING, wrong
from workorder.errors import InvalidInput, one_of
from workorder.instants import aware


class AgentPool:
    """Agents who change all the time, and quick decisions about them.

    It chooses whom :func:`~workorder.assign.choose` would choose among the same agents. Where the
    policy has no scorers, no filter of a host's own, and a selector that compares how agents stand
    (``LeastLoad``, ``LeastUtilization``, ``MostSpare``, ``LeastRecentlyAssigned``,
    ``LongestIdle``), that takes O(log n); elsewhere those are asked who could match, which is
    quicker than asking everybody where few do.

    It belongs to one thread, and must not be changed by what is called from within a decision.

    Args:
        agents: who there is, as they stand; each once.
        policy: how it is decided.
        recent: how many of the instants of :attr:`Agent.assigned` are kept, the latest ones, of
            those who are given something here: one is what selectors and scorers look at. As many
            as ``NotTooManyLately`` asks for are kept in any case; a filter or scorer of yours that
            looks further back needs more.

    Raises:
        InvalidInput: for two agents with one id, or a *recent* that is no number.

    >>> from datetime import UTC, datetime
    >>> noon = datetime(2026, 9, 30, 12, tzinfo=UTC)
    >>> pool = AgentPool([Agent("li", capacity=2), Agent("gao", capacity=2)])
    >>> item = Item("T1")
    >>> pool.choose(item, now=noon).chosen
    'gao'
    >>> pool.reserve("gao", item, noon)
    >>> pool.choose(Item("T2"), now=noon).chosen
    'li'
    >>> pool.release("gao", item, noon)
    >>> pool["gao"].idle_since == noon
    True
    """

    def __init__(
        self,
        agents: Iterable[Agent],
        policy: AssignmentPolicy = LEAST_LOAD,
        *,
        recent: int = 1,
    ) -> None:
        if type(recent) is not int or recent < 1:
            raise wrong("recent", "a whole number, 1 or more", recent)
        self.policy = policy
        self._terms = terms(policy)
        lately = self._terms.lately
        self._recent = recent if lately is None else max(recent, lately.most)
        self._everybody: dict[str, Columns] = {}
        self._register = Register(self._terms)
        self._ladder = Ladder(LeastLoad().key)
        self._shortlists: Shortlists | None = None
        if self._terms.selector is not None:
            self._shortlists = Shortlists(
                self._terms.selector, self._terms, self._everybody, self._register, self._ladder
            )
        self._number = 0
        self._plain = not self._terms.is_doubtful and not policy.affinity
        self._alike = Alike(
            AssignmentDecision(
                item="",
                at=NEVER,
                policy=policy.name,
                digest=policy.digest,
                chosen=None,
                by=policy.selector.name,
                detail="chosen",
            )
        )
        for each in agents:
            self.add(each)

    @property
    def agents(self) -> tuple[Agent, ...]:
        """Everybody, as they stand now, in the order in which they came."""
        return tuple([each.value() for each in self._everybody.values()])

    def __len__(self) -> int:
        return len(self._everybody)

    def __contains__(self, agent_id: object) -> bool:
        return agent_id in self._everybody

    def __getitem__(self, agent_id: str) -> Agent:
        """The agent, as they stand now.

        Raises:
            InvalidInput: when nobody has that id.
        """
        return self._one(agent_id).value()

    def choose(
        self,
        item: Item,
        *,
        now: datetime,
        seed: int | None = None,
        turn: Mapping[str, Any] = NOTHING,
        plan: RoutingPlan | None = None,
        override: Override | None = None,
        detail: Detail = "chosen",
    ) -> AssignmentDecision:
        """Who should get *item*. The same decision as that of :func:`~workorder.assign.choose`,
        whose arguments these are, among :attr:`agents`.

        With more *detail*, and for an *override*, everybody is asked as there: reasons against
        everybody take as long as everybody is many.

        Raises:
            InvalidInput: as :func:`~workorder.assign.choose`.
        """
        ladder = self._ladder
        if (  # the usual question: there is nothing to find out before
            ladder.units == item.units
            and detail == "chosen"
            and override is None
            and plan is None
            and seed is None
            and (item.channel is None or not self._register.is_limited(item.channel))
        ):
            if type(now) is not datetime or now.tzinfo is not UTC:
                now = aware(now, "now")
            one = ladder.first()
            if one is None:
                return attrs.evolve(self._alike.about(item.id, now, None), turn=turn)
            return self._alike.about(item.id, now, one.id)
        shortlists, whole = self._shortlists, detail != "chosen" or override is not None
        if whole or shortlists is None:
            return choose(
                self.agents if whole else self._like(item, now, plan),
                item,
                now=now,
                policy=self.policy,
                seed=seed,
                turn=turn,
                plan=plan,
                override=override,
                detail=detail,
            )
        at = aware(now, "now") if seed is None else Context(now, seed).now
        asked, step = item, 0
        if plan is not None:
            planned = plan.at(item, at)
            asked, step = planned.item, planned.step
        shortlist = shortlists.of(asked, at)
        by = None
        if self._plain:
            one = shortlist.first()
        else:
            one, by = self._first(asked, at, shortlist)
        if one is not None and by is None and seed is None and not step:
            return self._alike.about(item.id, at, one.id)
        usual = self._alike.first
        return AssignmentDecision(
            item=item.id,
            at=at,
            policy=usual.policy,
            digest=usual.digest,
            chosen=None if one is None else one.id,
            by=usual.by if by is None else by,
            step=step,
            seed=seed,
            turn=NOTHING if one is not None and by is None else turn,
            detail="chosen",
        )

    def reserve(self, agent_id: str, item: Item, now: datetime) -> None:
        """That one was given *item* at *now*.

        It says what happened, and refuses nothing: somebody who was named, or whom another program
        gave something, may hold more than they should.

        Raises:
            InvalidInput: when nobody has that id; for a naive instant.
        """
        try:
            one = self._everybody[agent_id]
        except KeyError:
            raise self._unknown(agent_id) from None
        if type(now) is not datetime or now.tzinfo is not UTC:
            now = aware(now, "now")
        one.give(item.units, item.channel, now)

    def release(self, agent_id: str, item: Item, now: datetime) -> None:
        """*item* is no longer that one's since *now*: done, taken back, given to somebody else.

        Raises:
            InvalidInput: when nobody has that id, or they do not hold so much, or nothing of the
                item's channel; for a naive instant.
        """
        try:
            one = self._everybody[agent_id]
        except KeyError:
            raise self._unknown(agent_id) from None
        if type(now) is not datetime or now.tzinfo is not UTC:
            now = aware(now, "now")
        one.take(item.units, item.channel, now)

    def update(self, agent: Agent) -> None:
        """The agent of that id stands as *agent* says, whatever was counted here.

        ``pool.update(attrs.evolve(pool["li"], presence="away"))`` changes one thing.

        Raises:
            InvalidInput: when nobody has that id.
        """
        one = self._one(agent.id)
        before = one.agent
        if all(getattr(before, name) == getattr(agent, name) for name in _LASTING) and (
            before.hours is agent.hours
        ):
            self._stand(one, agent)
            return
        self._strike(one)
        self._stand(one, agent)
        self._enter(one)

    def add(self, agent: Agent) -> None:
        """Somebody comes.

        Raises:
            InvalidInput: when somebody has that id.
        """
        if agent.id in self._everybody:
            raise wrong("agents", "each agent once", agent.id)
        self._number += 1
        one = self._everybody[agent.id] = Columns(agent, self._number, self._recent, self._ladder)
        self._stand(one, agent)
        self._enter(one)

    def remove(self, agent_id: str) -> Agent:
        """Somebody goes; returned as they stood.

        Raises:
            InvalidInput: when nobody has that id.
        """
        one = self._one(agent_id)
        self._strike(one)
        del self._everybody[agent_id]
        return one.value()

    def _first(
        self, item: Item, now: datetime, shortlist: Handful
    ) -> tuple[Columns | None, str | None]:
        """Who is tried first, if they can, and why they are; else who comes first."""
        doubt = None
        if self._terms.is_doubtful:
            try:
                doubt = doubt_of(item, now, self._terms, self._everybody, self._register)
            except Exception:  # noqa: BLE001 (hours of a host's may raise anything)
                return None, None  # a filter that raises lets nobody through
        for why in self.policy.affinity:
            one = shortlist.find(item.preferred.get(why))
            if one is not None and (doubt is None or not doubt(one)):
                return one, AFFINITY + why
        one = shortlist.first() if doubt is None else shortlist.first_without(doubt)
        return one, None

    def _like(self, item: Item, now: datetime, plan: RoutingPlan | None) -> Sequence[Agent]:
        """Some among whom are all who can have *item*, in their order."""
        if not self._terms.alone:
            return self.agents
        asked = item if plan is None else plan.at(item, aware(now, "now")).item
        some = self._register.like(asked)
        if some is None:
            return self.agents
        # Whom a filter could fail to be asked about is asked about: then nobody gets it.
        some.update(self._register.hours().values())
        some.update(self._everybody[name] for name in asked.declined if name in self._everybody)
        return [each.value() for each in sorted(some, key=_NUMBER)]

    def _stand(self, one: Columns, agent: Agent) -> None:
        one.stand(agent, passes=self._terms.lets(agent.presence), counts=self._terms.room)

    def _enter(self, one: Columns) -> None:
        self._register.enter(one)
        if self._shortlists is not None:
            self._shortlists.add(one)

    def _strike(self, one: Columns) -> None:
        self._register.strike(one)
        if self._shortlists is not None:
            self._shortlists.remove(one)
        one.leave()

    def _one(self, agent_id: str) -> Columns:
        try:
            return self._everybody[agent_id]
        except KeyError:
            raise self._unknown(agent_id) from None

    def _unknown(self, agent_id: str) -> InvalidInput:
        return wrong("agent", one_of(sorted(self._everybody), agent_id), agent_id)


_LASTING = ("skills", "teams", "languages", "conflicts", "limits")
_NUMBER = attrgetter("number")
