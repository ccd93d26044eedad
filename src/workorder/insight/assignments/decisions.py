"""Decisions that a store keeps, and what becomes of them when they are taken again."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from workorder.assign import (
    AssignmentDecision,
    AssignmentPolicy,
    Difference,
    decision_from_data,
    replay,
)
from workorder.assign.replaying import same
from workorder.insight.summary import Progress, log_of
from workorder.rulebook import Rulebook
from workorder.storage import Codec, FullStore, TicketStore


@frozen
class KeptDecision:
    """A decision in a ticket's history.

    Attributes:
        ticket_id: the ticket.
        event: the type of the event in which it stands: assigned, offered, transferred, or that
            nobody could have it.
        decision: the decision.
    """

    ticket_id: str
    event: str
    decision: AssignmentDecision


def decisions_of(
    store: TicketStore | FullStore,
    codec: Codec | None = None,
    *,
    progress: Progress = lambda _done: None,
) -> Iterator[KeptDecision]:
    """The decisions that *store* keeps, in the order of its log, one by one.

    Raises:
        StoreError: ``unsupported`` when the store keeps no history.
        InvalidInput: for a decision that cannot be read.
    """
    for ticket_id, event in log_of(store, codec or Codec(), progress):
        said = getattr(event, "decision", None)
        if isinstance(said, Mapping):
            yield KeptDecision(ticket_id, event.kind, decision_from_data(said))


@frozen
class Replay:
    """What became of decisions that were taken again.

    Attributes:
        total: how many there are.
        same: how many come out the same; under another policy: with the same person.
        differences: those that come out otherwise.
        unknown: those whose own policy is not at hand: name and digest, and how many.
        brief: how many did not keep what they were taken of.
    """

    total: int
    same: int
    differences: tuple[Difference, ...]
    unknown: Mapping[str, int]
    brief: int


def policies_in(rulebooks: Iterable[Rulebook]) -> Mapping[str, AssignmentPolicy]:
    """The policies of *rulebooks*, by digest."""
    return {
        policy.digest: policy
        for each in rulebooks
        if each.routing is not None
        for policy in each.routing.policies.values()
    }


def replayed(
    decisions: Iterable[AssignmentDecision],
    known: Mapping[str, AssignmentPolicy],
    other: AssignmentPolicy | None = None,
) -> Replay:
    """Take *decisions* again.

    Args:
        decisions: as they were kept.
        known: policies, by digest: each decision is taken again under its own.
        other: one policy for all of them, instead: a what-if. How one decision would have changed
            what the next one finds is for a simulation.
    """
    total = alike = brief = 0
    differences: list[Difference] = []
    unknown: dict[str, int] = {}
    for each in decisions:
        total += 1
        policy = other if other is not None else known.get(each.digest)
        if each.asked is None:
            brief += 1
        elif policy is None:
            name = f"{each.policy} {each.digest[:12]}"
            unknown[name] = unknown.get(name, 0) + 1
        else:
            again = replay(each, policy)
            if again.chosen == each.chosen if other is not None else same(again, each):
                alike += 1
            else:
                differences.append(Difference(each, again))
    return Replay(total, alike, tuple(differences), unknown, brief)
