"""Events: what happened to a ticket. Facts only; nothing here decides anything.

Every event carries a :class:`Trace` (who, when, as part of which command, under which
rulebook) and a :class:`~workorder.workflow.Step` (which action, in which role, from which
state to which). The rest is its own. What a rule decided stands in the event, so a trail
means the same for ever, whatever the rulebook says later.

Each type has a name in a namespace and a schema number. A host's own event derives from
:class:`HostEvent` and says how it changes the ticket.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import field, frozen

from workorder.clocks import NO_CLOCKS, Clock
from workorder.ticket.ticket import Ticket
from workorder.workflow import Step


@frozen
class Trace:
    """Who did it, when, as part of which command, under which rulebook.

    Attributes:
        actor: who acted.
        department: where they sat.
        version: the ticket's version after the batch this event belongs to.
        occurred_at: when it happened, in UTC.
        recorded_at: when it was taken down, in UTC.
        command_id: the command that asked for it.
        rulebook: digest of the rulebook that allowed it.
        rank: their rank, for approvals that need one.
    """

    actor: str
    department: str | None
    version: int
    occurred_at: datetime
    recorded_at: datetime
    command_id: str
    rulebook: str
    rank: int = 0


@frozen
class Event:
    """Something that happened.

    Attributes:
        trace: who, when, as part of which command, under which rulebook.
        step: which action, in which role, from which state to which.
        promises: instants reckoned by the rulebook in force and promised with this event, by the
            name of the window (:class:`~workorder.ticket.Windows`).
        clocks: SLA clocks as they stand after it, those that it changed, by metric.
        written: the schema number it is recorded with, where that is an earlier one.
    """

    kind: ClassVar[str] = ""
    schema: ClassVar[int] = 1
    shared: ClassVar[bool] = False
    """Whether it is between the bank and the customer: read by roles that read what is shared."""
    shared_parts: ClassVar[tuple[str, ...]] = ()
    """The attributes that they read of it; everything else is the bank's own."""
    own_parts: ClassVar[tuple[str, ...]] = ()
    """Those that they read besides, where one of them did it."""

    trace: Trace
    step: Step
    promises: Mapping[str, datetime] = field(default={}, kw_only=True)
    clocks: Mapping[str, Clock] = field(default=NO_CLOCKS, kw_only=True)
    written: int = field(default=0, kw_only=True, eq=False, repr=False)

    @property
    def signature(self) -> str:
        """Type and schema number it is recorded with, in one word."""
        return f"{self.kind}/{self.written or self.schema}"

    def open_to(self, *, outside: bool) -> bool:  # noqa: ARG002 (some events ask)
        """Whether somebody who reads what is shared reads this; *outside*: one of them did it."""
        return self.shared


@frozen
class HostEvent(Event):
    """Base of a host's own events; give it a ``kind`` in your namespace (``bank.…``).

    Nothing of it is shared with customers, unless it says ``shared = True``, and which of its
    attributes in ``shared_parts``; give the others a default.

    When its body gets another shape, give it the next ``schema`` and say in ``upcasters`` how
    earlier bodies are lifted (:class:`workorder.storage.Upcaster`).
    """

    upcasters: ClassVar[tuple[Any, ...]] = ()

    def evolve(self, ticket: Ticket) -> Ticket:
        """The ticket after this event (state, times and participation are already done)."""
        return ticket


@frozen
class OpaqueEvent(Event):
    """An event of a type or schema this version does not know: kept, shown, never guessed.

    Attributes:
        type: the name it was recorded under.
        number: the schema number it was recorded with.
        record: everything that was recorded.
    """

    kind: ClassVar[str] = "ticket.opaque"

    type: str
    number: int
    record: Mapping[str, Any]

    @property
    def signature(self) -> str:
        """Type and schema number it was recorded with, in one word."""
        return f"{self.type}/{self.number}"
