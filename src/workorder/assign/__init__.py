"""Assignment: who gets a piece of work, and why this one and nobody else.

This package stands alone; it needs no ticket and no desk::

    from workorder.assign import Agent, Item, choose

    decision = choose(agents, Item("T-1", skills={"cards": 2}), now=now)
    decision.chosen, decision.text()

Everything goes one way. **Filters** say who can have an item at all
(:mod:`~workorder.assign.filters`); all of them are asked about everybody, so that every reason is
known. **Scorers** say how good a choice each of the others is (:mod:`~workorder.assign.scorers`). A
**selector** puts them in order, by a written chain of comparisons that ends with the id
(:mod:`~workorder.assign.selectors`). A **policy** is these three together
(:mod:`~workorder.assign.policy`), and the **decision** says what they found: who was chosen, who
would have been next with which scores, and every reason against everybody else
(:mod:`~workorder.assign.decision`). It is plain data (:mod:`~workorder.assign.wire`), is told in
English and Chinese (:mod:`~workorder.assign.telling`), and can be taken again, under its own
policy or another (:mod:`~workorder.assign.replaying`).

A **plan** says what is asked of them the longer an item has waited: lower levels, other teams
(:mod:`~workorder.assign.plan`).

Agents and items are values (:mod:`~workorder.assign.agents`, :mod:`~workorder.assign.items`): how
somebody stands at one instant, and what the work takes. A decision is a proposal. It changes
nothing; whoever carries it out says so in the agents of the next question.

Where thousands of agents are routed by one process, a pool (:mod:`~workorder.assign.pool`) makes
the same choices in microseconds. Which tickets ask for what is said as data by a routing
(:mod:`~workorder.assign.routing`).

What holds everywhere: the order in which agents are given makes no difference; nothing is drawn but
from a seed that comes in, and is kept; nobody gets what they may not have, whoever asks for it;
what cannot be asked (a host's rule that raises, a score that is no number) lets nobody through, and
the decision says so.

What does not belong here: lists of people, presence of phones, tickets, locks. Nothing here reads a
clock.
"""

from workorder.assign.agents import Agent, Hours, Presence
from workorder.assign.choosing import LEAST_LOAD, Override, choose
from workorder.assign.context import Context
from workorder.assign.decision import AssignmentDecision, Detail, Ranked
from workorder.assign.items import Item
from workorder.assign.plan import Planned, RoutingPlan, RoutingStep, check_plan, overflowing
from workorder.assign.policy import USUAL, AssignmentPolicy
from workorder.assign.rejections import Rejection
from workorder.assign.replaying import Difference, replay, what_if
from workorder.assign.wire import (
    agent_data,
    agent_from_data,
    decision_data,
    decision_from_data,
    item_data,
    item_from_data,
)

__all__ = [
    "LEAST_LOAD",
    "USUAL",
    "Agent",
    "AssignmentDecision",
    "AssignmentPolicy",
    "Context",
    "Detail",
    "Difference",
    "Hours",
    "Item",
    "Override",
    "Planned",
    "Presence",
    "Ranked",
    "Rejection",
    "RoutingPlan",
    "RoutingStep",
    "agent_data",
    "agent_from_data",
    "check_plan",
    "choose",
    "decision_data",
    "decision_from_data",
    "item_data",
    "item_from_data",
    "overflowing",
    "replay",
    "what_if",
]
