"""What an evaluation answers: permitted, or what stands in the way; and options beforehand."""

from typing import Literal

from attrs import frozen

from workorder.refusals import Refusal, Unmet
from workorder.texts import Label
from workorder.workflow.actions import Step
from workorder.workflow.rules import Rule


@frozen
class Permitted:
    """The action may be taken; :attr:`step` is what it will be recorded as."""

    step: Step

    def __bool__(self) -> Literal[True]:
        """A permit is true, so that ``if verdict:`` reads as it should."""
        return True

    @property
    def to_state(self) -> str:
        """The state afterwards."""
        return self.step.to_state

    @property
    def role(self) -> str:
        """The role that carried it."""
        return self.step.role


@frozen
class Check:
    """One rule, asked beforehand.

    Attributes:
        rule: the rule.
        unmet: why it does not hold, or ``None``.
        needs: the arguments without which it cannot be judged yet.
    """

    rule: Rule
    unmet: Unmet | None = None
    needs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, false, or ``None`` while arguments are missing."""
        return None if self.needs else self.unmet is None


@frozen
class Option:
    """One action, seen from one person's chair.

    Attributes:
        action: the action with its labels.
        permitted: what would happen, if it may be taken (as far as known without arguments).
        refusal: why not, otherwise.
        needs: arguments whose rules are judged only when they are given.
        checks: every rule asked and how it answered.
    """

    action: Label
    permitted: Permitted | None
    refusal: Refusal | None
    needs: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing known stands in the way."""
        return self.permitted is not None
