"""会办 and 会诊: other departments and experts."""

from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from workorder.ticket.commands.base import Command, takes


@frozen
class OpenSubtask(Command):
    """发起会办: ask another department."""

    action: ClassVar[str] = "open_subtask"

    department: str = field(metadata=takes("code", required=True))
    question: str = field(metadata=takes(required=True))
    due: datetime | None = field(default=None, metadata=takes("instant"))
    """Until when, with a time zone; as the settings say, if not given."""


@frozen
class FinishSubtask(Command):
    """会办完成: answer for one's department."""

    action: ClassVar[str] = "finish_subtask"

    answer: str = field(metadata=takes(required=True))
    subtask: str | None = field(default=None, metadata=takes("code"))
    """Which one, if the department has several."""


@frozen
class CancelSubtask(Command):
    """撤销会办: the answer is not needed any more; say why."""

    action: ClassVar[str] = "cancel_subtask"

    subtask: str | None = field(default=None, metadata=takes("code"))
    reason: str | None = field(default=None, metadata=takes())


@frozen
class ConvenePanel(Command):
    """发起会诊: ask a panel of experts."""

    action: ClassVar[str] = "convene_panel"

    members: tuple[str, ...] = field(metadata=takes("codes", required=True))
    question: str = field(metadata=takes(required=True))
    due: datetime | None = field(default=None, metadata=takes("instant"))
    """Until when, with a time zone; as the settings say, if not given."""


@frozen
class GiveOpinion(Command):
    """会诊意见: say what one thinks, as a member of the panel."""

    action: ClassVar[str] = "give_opinion"

    opinion: str = field(metadata=takes(required=True))


@frozen
class ConcludePanel(Command):
    """会诊结论: sum the panel up; it is over."""

    action: ClassVar[str] = "conclude_panel"

    conclusion: str = field(metadata=takes(required=True))
