"""What is going on with a ticket: its intake, waiting, sub-tasks, panels, approvals."""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from workorder.ticket.sealed import Sealed


@frozen
class OnHold:
    """A ticket that waits (挂起).

    Attributes:
        reason: why; one of the settings' hold reasons.
        before: the state it waits from, and returns to.
        since: since when, in UTC.
        until: when it goes on by itself, in UTC, if it does.
        told: when the customer was first told anything meanwhile, if they were.
    """

    reason: str
    before: str
    since: datetime
    until: datetime | None = None
    told: datetime | None = None


@frozen
class PastHold:
    """A wait that is over.

    Attributes:
        reason: why it waited.
        state: in which state.
        start: from when, in UTC.
        end: until when.
        told: when the customer was first told anything meanwhile, if they were.
    """

    reason: str
    state: str
    start: datetime
    end: datetime
    told: datetime | None = None


@frozen
class Subtask:
    """A question to another department (会办), open until it is answered or cancelled.

    Attributes:
        id: its name within the ticket.
        department: who owes the answer.
        opened_by: who asked.
        due: until when, in UTC.
        overdue: that time has recorded that it is late.
    """

    id: str
    department: str
    opened_by: str
    due: datetime | None = None
    overdue: bool = False


@frozen
class Panel:
    """An expert panel (会诊), open until it is concluded; one owner remains.

    Attributes:
        id: its name within the ticket.
        members: who is asked.
        due: until when, in UTC.
        opinions: who has given one so far.
        overdue: that time has recorded that it is late.
    """

    id: str
    members: tuple[str, ...]
    due: datetime | None = None
    opinions: tuple[str, ...] = ()
    overdue: bool = False


@frozen
class Extension:
    """A longer time limit (延期) that was asked for; it counts once the customer was told.

    Attributes:
        until: the due instant asked for, in UTC.
        requested_by: who asked.
        granted: since when, in UTC, it is granted and waits for the customer to be told.
    """

    until: datetime
    requested_by: str
    granted: datetime | None = None


@frozen
class OpenOffer:
    """An offer to take a ticket (派单邀约), open until it is answered or lapses.

    Attributes:
        to: to whom.
        until: by when they must answer, in UTC.
        home: the department with which the ticket lies again, if they do not take it.
    """

    to: str
    until: datetime
    home: str | None = None


@frozen
class Search:
    """The search for somebody who takes a ticket (派单).

    Attributes:
        offer: the offer that is open.
        declined: who did not take it, or let an offer of it lapse, and when last, in UTC.
        passed: why nobody could have it when somebody was last looked for: how many were passed
            over, by code.
        again: when somebody is looked for again, in UTC, because something else will do by then.
        roams: it came where it is by an offer, and not because somebody sent it there.
    """

    offer: OpenOffer | None = None
    declined: Mapping[str, datetime] = {}
    passed: Mapping[str, int] = {}
    again: datetime | None = None
    roams: bool = False


@frozen
class Work:
    """Everything that is going on with a ticket.

    Attributes:
        intake_approved: its intake was approved, and nothing edited since.
        hold: why it waits, if it does.
        subtasks: those that are open.
        panel: the one that is open.
        extension: the one that is waiting: for a decision, or for the customer to be told.
        approvals: who has agreed to a step so far, in this round.
        resolution: the last resolution (sealed).
        rated: the customer has rated the present resolution.
        legal_holds: matters that it is kept whole for (诉讼保全): nothing may be erased meanwhile.
        erased: all its sealed values were erased, and nothing was done to it since that could have
            brought others.
        waited: waits that are over: clocks that count from earlier leave them out.
        search: the search for somebody who takes it, as long as there is anything to know of it.
    """

    intake_approved: bool = False
    hold: OnHold | None = None
    subtasks: tuple[Subtask, ...] = ()
    panel: Panel | None = None
    extension: Extension | None = None
    approvals: Mapping[str, tuple[str, ...]] = {}
    resolution: Sealed | None = None
    rated: bool = False
    legal_holds: tuple[str, ...] = ()
    erased: bool = False
    waited: tuple[PastHold, ...] = ()
    search: Search | None = None


@frozen
class Windows:
    """Instants that were promised, in UTC; each was reckoned once, by the rulebook in force.

    Attributes:
        due: until when the ticket is to be resolved.
        close_from: when the quiet period ends and time closes it.
        reopen_until: until when it may be reopened.
        archive_from: when time archives it.
        appeal_until: until when it may be appealed.
        urged: who may urge again from when.
        told: what the customer was told about, and when.
    """

    due: datetime | None = None
    close_from: datetime | None = None
    reopen_until: datetime | None = None
    archive_from: datetime | None = None
    appeal_until: datetime | None = None
    urged: Mapping[str, datetime] = {}
    told: Mapping[str, datetime] = {}


@frozen
class Links:
    """Other tickets that this one concerns.

    Attributes:
        merged_into: the ticket that it was merged into.
        before_merge: the state it was merged from, and returns to.
        absorbed: tickets that were merged into it.
        appeal: the ticket that appeals this one.
        appeal_of: the ticket that this one appeals.
    """

    merged_into: str | None = None
    before_merge: str | None = None
    absorbed: tuple[str, ...] = ()
    appeal: str | None = None
    appeal_of: str | None = None


NO_SEARCH = Search()
NO_WORK = Work()
NO_WINDOWS = Windows()
NO_LINKS = Links()
