"""Settings: the figures of a bank's procedure that rules and windows go by.

They stand apart from the rows, so that a bank changes a limit without touching its workflow.
Durations are typed (:mod:`workorder.durations`) and say what they count.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import field, frozen

from workorder.conditions import ALWAYS, Condition, compile_condition
from workorder.durations import Duration
from workorder.texts import Label, Texts
from workorder.workflow.case import case_value

Pauses = Literal["internal", "where_allowed", "nothing"]
"""Which clocks a hold stops: the bank's own; those whose text allows it, once the customer was
told; none."""

PAUSES: tuple[Pauses, ...] = ("internal", "where_allowed", "nothing")

NO_LIMIT: Literal["no limit"] = "no limit"
"""Said on purpose: time does not end this."""


@frozen
class HoldReason:
    """Why a ticket may wait (挂起原因), with the decisions a bank must have taken about it.

    Attributes:
        name: the stable name.
        labels: what staff call it, per language.
        pauses: which clocks it stops; must be said.
        longest: how long it may last before the ticket goes on by itself, or :data:`NO_LIMIT`;
            must be said.
        resumes_on: actions that end it, besides ``resume``.
        customer_labels: what the customer sees meanwhile (what the state says, if empty).
    """

    name: str
    labels: Texts = {}
    pauses: Pauses | None = None
    longest: Duration | Literal["no limit"] | None = None
    resumes_on: tuple[str, ...] = ()
    customer_labels: Texts = {}

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)


def _compiled(condition: Condition) -> Callable[[Any], bool]:
    return compile_condition(condition, case_value)


@frozen
class Approval:
    """Who must agree to a step: ranks, in order; several make a chain.

    Attributes:
        step: the action that is approved by (``approve``, ``approve_extension``).
        ranks: the least rank of the first, the second… person who agrees; all are different people.
        when: for which cases (by type, ``counts.extensions``, ``fields.amount``…); of several
            approvals of a step the first that applies is taken.
    """

    step: str
    ranks: tuple[int, ...]
    when: Condition = ALWAYS
    applies: Callable[[Any], bool] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", _compiled(self.when))


ANYBODY: tuple[int, ...] = (0,)
"""One approval, by a person of any rank."""


def _copied(own: Mapping[str, Any]) -> Mapping[str, Any]:
    """A copy, so that nobody changes settings through what they made them of."""
    return dict(own)


@frozen(kw_only=True)
class Settings:
    """What a workflow's rules and windows go by. Whatever is left out sets no limit.

    Attributes:
        required_fields: must be filled before a ticket is accepted; ``customer``, ``channel`` and
            fields of the forms.
        types_without_review: ticket types that may be resolved directly.
        types_with_intake_approval: types whose intake somebody else approves before dispatch.
        types_requiring_decision_notice: types that are closed only when the customer was told
            of the decision.
        time_limits: how long a ticket of a type may take, from acceptance.
        auto_close_after: the quiet period: how long after the resolution time closes the ticket.
        reopen_window: how long after closing it may be reopened; then it is archived.
        appeal_window: how long it may be appealed, from when the customer was told of the decision
            (or from closing, if never told).
        longest_extension: how far beyond the running due time an extension may reach.
        urge_min_interval: how long the same person waits before urging again.
        subtask_limit: how long another department has, when nobody says otherwise.
        panel_limit: how long an expert panel has, when nobody says otherwise.
        max_escalation_level: how often a ticket may be escalated.
        max_declines: how often a ticket may be declined (退单) before its dispatch is final.
        hold_reasons: why tickets may wait.
        approvals: who must agree to what.
        rating: the least and the best score.
        retention: how long the sealed values of a ticket of a type are kept, from closing; for
            good, where nothing is said.
        own: a host's own settings, for its own rules.
    """

    required_fields: tuple[str, ...] = ()
    types_without_review: tuple[str, ...] = ()
    types_with_intake_approval: tuple[str, ...] = ()
    types_requiring_decision_notice: tuple[str, ...] = ()
    time_limits: Mapping[str, Duration] = {}
    auto_close_after: Duration | None = None
    reopen_window: Duration | None = None
    appeal_window: Duration | None = None
    longest_extension: Duration | None = None
    urge_min_interval: Duration | None = None
    subtask_limit: Duration | None = None
    panel_limit: Duration | None = None
    max_escalation_level: int | None = None
    max_declines: int | None = None
    hold_reasons: tuple[HoldReason, ...] = ()
    approvals: tuple[Approval, ...] = ()
    rating: tuple[int, int] = (1, 5)
    retention: Mapping[str, Duration] = {}
    own: Mapping[str, Any] = field(factory=dict, converter=_copied)

    def ranks(self, step: str, case: Any) -> tuple[int, ...]:
        """The ranks that must agree to *step* on *case*, in order."""
        for approval in self.approvals:
            if approval.step == step and approval.applies(case):
                return approval.ranks
        return ANYBODY

    def hold_reason(self, name: object) -> HoldReason | None:
        """The hold reason of that name."""
        return next((each for each in self.hold_reasons if each.name == name), None)


NO_SETTINGS = Settings()
"""No limit is set."""
