"""会办 and 会诊: what other departments and experts were asked and said."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from workorder.ticket.events.base import Event
from workorder.ticket.sealed import Sealed


@frozen
class SubtaskOpened(Event):
    """发起会办: another department was asked."""

    kind: ClassVar[str] = "ticket.subtask_opened"

    subtask: str
    department: str
    question: Sealed
    due: datetime | None = None


@frozen
class SubtaskFinished(Event):
    """会办完成: it answered."""

    kind: ClassVar[str] = "ticket.subtask_finished"

    subtask: str
    answer: Sealed


@frozen
class SubtaskCancelled(Event):
    """撤销会办: the answer is not needed any more."""

    kind: ClassVar[str] = "ticket.subtask_cancelled"

    subtask: str
    reason: Sealed


@frozen
class PanelConvened(Event):
    """发起会诊: a panel of experts was asked."""

    kind: ClassVar[str] = "ticket.panel_convened"

    panel: str
    members: tuple[str, ...]
    question: Sealed
    due: datetime | None = None


@frozen
class OpinionGiven(Event):
    """会诊意见: a member said what they think."""

    kind: ClassVar[str] = "ticket.opinion_given"

    opinion: Sealed


@frozen
class PanelConcluded(Event):
    """会诊结论: the panel was summed up."""

    kind: ClassVar[str] = "ticket.panel_concluded"

    conclusion: Sealed
