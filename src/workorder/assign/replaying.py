"""Replaying: a decision is taken again, under its own policy or another one."""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from workorder.assign.choosing import Override, choose
from workorder.assign.decision import OVERRIDE, AssignmentDecision
from workorder.assign.policy import AssignmentPolicy
from workorder.assign.wire import decision_data
from workorder.errors import InvalidInput


@frozen
class Difference:
    """A decision that comes out otherwise.

    Attributes:
        before: as it was taken.
        after: as it comes out now.
    """

    before: AssignmentDecision
    after: AssignmentDecision

    @property
    def text(self) -> str:
        """One line: which item, who had it, who gets it now."""
        return f"{self.before.item}: {self.before.chosen} → {self.after.chosen}"


def replay(decision: AssignmentDecision, policy: AssignmentPolicy) -> AssignmentDecision:
    """*decision* taken again, of what it was taken of.

    Under the policy it was taken under it comes out the same; under another one this is a what-if.

    Args:
        decision: one of full detail.
        policy: how it is decided this time.

    Raises:
        InvalidInput: ``wrong_type`` for a decision of less detail: what it was taken of was not
            kept.
    """
    if decision.asked is None:
        raise InvalidInput(
            "wrong_type", name="decision", expected="one of full detail", found=decision.detail
        )
    named = None  # what was asked is what the plan asked for at that step
    if decision.by == OVERRIDE and decision.named is not None:
        named = Override(decision.named, decision.reason or "")
    again = choose(
        decision.candidates,
        decision.asked,
        now=decision.at,
        policy=policy,
        seed=decision.seed,
        turn=decision.turned,
        override=named,
    )
    return evolve(again, step=decision.step)


def same(one: AssignmentDecision, other: AssignmentDecision) -> bool:
    """Whether two decisions say the same, to the millionth of a score."""
    return decision_data(one) == decision_data(other)


def what_if(
    decisions: Iterable[AssignmentDecision], policy: AssignmentPolicy
) -> Iterator[Difference]:
    """Those of *decisions* that come out with somebody else under *policy*, one by one.

    Each is taken of what it was taken of: how one decision would have changed the load of the next
    is for a simulation.
    """
    for each in decisions:
        again = replay(each, policy)
        if again.chosen != each.chosen:
            yield Difference(each, again)
