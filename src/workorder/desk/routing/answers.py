"""What the desk answers when it looks for somebody."""

from attrs import frozen

from workorder.assign import AssignmentDecision
from workorder.desk.answers import Done
from workorder.errors import WorkorderError
from workorder.texts import ENGLISH
from workorder.ticket import Ticket


@frozen
class Routed:
    """What became of a ticket for which somebody was looked for.

    Attributes:
        ticket: the ticket as it stands now.
        decision: who was chosen, and why; every reason, if nobody was.
        done: what was written; ``None`` where nothing was: nobody can have it, which was known.
    """

    ticket: Ticket
    decision: AssignmentDecision
    done: Done | None

    @property
    def to(self) -> str | None:
        """Who was chosen."""
        return self.decision.chosen


@frozen
class Kept:
    """A ticket that stays where it is, because what was to become of it was refused.

    Attributes:
        ticket_id: the ticket.
        cause: why.
    """

    ticket_id: str
    cause: WorkorderError

    @property
    def code(self) -> str:
        """What kind of reason: that of the refusal, or of the error."""
        return self.cause.code

    def text(self, language: str = ENGLISH) -> str:
        """Why, for people."""
        return self.cause.text(language)


@frozen
class Drained:
    """What became of those that wait.

    Attributes:
        routed: the tickets that somebody has now, or is offered, in the order in which they were
            given.
        waiting: those that nobody can have; why, stands on each of them.
        refused: those that must not be given to anybody as they stand.
    """

    routed: tuple[Routed, ...] = ()
    waiting: tuple[str, ...] = ()
    refused: tuple[Kept, ...] = ()


@frozen
class Relieved:
    """What became of somebody's work.

    Attributes:
        moved: the tickets that others have now.
        queued: those that nobody else can have: they wait, since when they always did.
        stays: those that are pinned.
        refused: those that must not be taken from them as they stand.
        waiting: those whose offer was taken back, and that could be offered to nobody, for a reason
            that has nothing to do with who is there: they wait.
    """

    moved: tuple[Routed, ...] = ()
    queued: tuple[Routed, ...] = ()
    stays: tuple[str, ...] = ()
    refused: tuple[Kept, ...] = ()
    waiting: tuple[Kept, ...] = ()


@frozen
class Levelled:
    """What was moved so that all bear alike.

    Attributes:
        moved: the tickets that somebody else has now.
        refused: those that must not be moved as they stand.
    """

    moved: tuple[Routed, ...] = ()
    refused: tuple[Kept, ...] = ()
