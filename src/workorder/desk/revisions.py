"""What a run that reckons due instants again did, or would do: values."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from workorder.clocks import Clock
from workorder.errors import WorkorderError
from workorder.instants import instant_text
from workorder.refusals import Refusal, Unmet
from workorder.texts import ENGLISH

if TYPE_CHECKING:
    from workorder.sla.clocks import ClockLedger, ServiceLevels


@frozen
class DueMoved:
    """A due instant that became another, and why it is either.

    Attributes:
        clock: the metric of the clock.
        old: when it was due.
        new: when it is due now.
        before: the clock as it was.
        after: the clock as it is.
        levels_before: what counted it then, as far as that is at hand.
        levels_after: what counts it now.
    """

    clock: str
    old: datetime
    new: datetime
    before: Clock
    after: Clock
    levels_before: "ServiceLevels" = field(eq=False, repr=False)
    levels_after: "ServiceLevels" = field(eq=False, repr=False)

    @property
    def ledger_before(self) -> "ClockLedger":
        """The account of the clock at its old due instant, by the dates of then; made when asked
        for.
        """
        return _account(self.before, self.old, self.levels_before)

    @property
    def ledger_after(self) -> "ClockLedger":
        """Its account at the new one, by the dates of now; made when asked for."""
        return _account(self.after, self.new, self.levels_after)

    def as_data(self, language: str = ENGLISH, *, ledgers: bool = False) -> dict[str, Any]:
        """The change as plain data, with both accounts if asked for."""
        said = {"clock": self.clock, "old": instant_text(self.old), "new": instant_text(self.new)}
        if not ledgers:
            return said
        before, after = (each.as_data(language) for each in (self.ledger_before, self.ledger_after))
        return {**said, "ledger_before": before, "ledger_after": after}


def _account(clock: Clock, at: datetime, levels: "ServiceLevels") -> "ClockLedger":
    from workorder.sla.clocks import account

    return account(clock, at, levels)


@frozen
class Revision:
    """A ticket of which something is due at another instant.

    Attributes:
        ticket_id: the ticket.
        changes: every clock that is.
    """

    ticket_id: str
    changes: tuple[DueMoved, ...]


@frozen
class Unrevised:
    """A ticket that could not be done.

    Attributes:
        ticket_id: the ticket.
        cause: why: its rulebook is not at hand, time is stuck on it, somebody was busy with it, or
            what cannot be reckoned.
    """

    ticket_id: str
    cause: Refusal | Unmet | WorkorderError

    def text(self, language: str = ENGLISH) -> str:
        """Why, for people."""
        return self.cause.text(language)


@frozen
class RevisionRun:
    """What a run did, or would do.

    Attributes:
        looked_at: how many tickets were looked at.
        revised: those of which something is due at another instant.
        confirmed: those that are due as before, of which something is no longer provisional, or is
            warned of at another instant.
        left: those that could not be done.
        next: the last one that was looked at, for a run to go on behind it; ``None`` when all were.
        by_earlier: how many go by another rulebook than the one in force, and were reckoned by the
            dates which that one has.
    """

    looked_at: int = 0
    revised: tuple[Revision, ...] = ()
    confirmed: tuple[str, ...] = ()
    left: tuple[Unrevised, ...] = ()
    next: str | None = None
    by_earlier: int = 0

    def as_data(self, language: str = ENGLISH, *, ledgers: bool = False) -> dict[str, Any]:
        """The run as plain data, with the accounts of every change if asked for."""
        return {
            "looked_at": self.looked_at,
            "revised": [
                {
                    "ticket": each.ticket_id,
                    "changes": [one.as_data(language, ledgers=ledgers) for one in each.changes],
                }
                for each in self.revised
            ],
            "confirmed": list(self.confirmed),
            "left": [
                {"ticket": each.ticket_id, "code": each.cause.code, "reason": each.text(language)}
                for each in self.left
            ],
            "next": self.next,
            "by_earlier": self.by_earlier,
        }
