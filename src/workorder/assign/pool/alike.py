"""Decisions that are alike: by the same policy, in the same way, about one item after the other."""

from datetime import datetime

from workorder.assign.decision import AssignmentDecision


class Alike:
    """Decisions like a first one, but for the item, the instant and who is chosen.

    A decision has many attributes, and to set each anew takes longer than to find who is chosen. So
    they are taken over all at once.

    Args:
        first: what the others are like.
    """

    def __init__(self, first: AssignmentDecision) -> None:
        self.first = first
        self._facts = dict(vars(first))

    def about(self, item: str, at: datetime, chosen: str | None) -> AssignmentDecision:
        """The one about *item*."""
        made = AssignmentDecision.__new__(AssignmentDecision)
        facts = vars(made)
        facts |= self._facts
        facts["item"] = item
        facts["at"] = at
        facts["chosen"] = chosen
        return made
