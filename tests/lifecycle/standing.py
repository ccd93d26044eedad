"""A ticket of the bank's rulebook, brought into any state by people who may do so."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import Factory, evolve, frozen

from workorder.desk import Done, ServiceDesk
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore
from workorder.ticket import (
    Accept,
    Approve,
    Cancel,
    Close,
    Command,
    Decline,
    Dispatch,
    Hold,
    InformCustomer,
    MergeInto,
    RejectIntake,
    ReturnIntake,
    Start,
    Submit,
    Ticket,
    Transfer,
)
from workorder.workflow import Actor, Row

MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""Half past nine in Beijing."""

CUSTOMER = Actor("C-1", "customer")
RELATIVE = Actor("C-2", "customer")
BOT = Actor("bot-1", "bot")
LI = Actor("li", "intake", "hotline")
SHEN = Actor("shen", "intake_reviewer", "hotline")
WANG = Actor("wang", "dispatcher", "operations")
ZHANG = Actor("zhang", "handler", "cards")
QIAN = Actor("qian", "handler", "cards")
WU = Actor("wu", "handler", "loans")
HE = Actor("he", "cohandler", "risk")
MEI = Actor("mei", "expert")
SUN = Actor("sun", "reviewer", "cards")
CHEN = Actor("chen", "supervisor", "operations", 20)
TANG = Actor("tang", "executive", "head-office", 40)
GUO = Actor("guo", "quality_reviewer", "quality")
ADMIN = Actor("root", "admin")
TIME = Actor("system", "system")

PEOPLE: Mapping[str, Actor] = {
    next(iter(actor.roles)): actor
    for actor in (
        CUSTOMER,
        BOT,
        LI,
        SHEN,
        WANG,
        ZHANG,
        HE,
        MEI,
        SUN,
        CHEN,
        TANG,
        GUO,
        ADMIN,
        TIME,
    )
}
"""Who acts in each role, unless a case says otherwise."""

Steps = tuple[tuple[Command, Actor], ...]

HANDED_BACK: Steps = (
    (Transfer(to="qian", reason="leave"), WANG),
    (Transfer(to="zhang", reason="back"), WANG),
)
DECLINED: Steps = (*HANDED_BACK, (Decline("not ours"), ZHANG))
"""From work back to the states before it."""

TO_ZHANG: Command = Dispatch(to="zhang", department="cards")
FOR_THE_CUSTOMER: Command = Hold("waiting_for_customer")

DETOURS: Mapping[str, Steps] = {
    "assigned": HANDED_BACK,
    "accepted": DECLINED,
    "registered": (*DECLINED, (ReturnIntake("which card?"), SHEN)),
}


class Clock:
    """The clock on the wall: it stands until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now

    def passes(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)


def bank_with(rows: Callable[[Row], Row] = lambda row: row, **settings: Any) -> Rulebook:
    """The bank's rulebook with other settings, or other rows."""
    known = bank()
    workflow = evolve(
        known.workflow,
        rows=tuple(rows(row) for row in known.workflow.rows),
        settings=evolve(known.workflow.settings, **settings),
    )
    return evolve(known, workflow=workflow)


class World:
    """A desk, its clock, and the ticket that everything is about."""

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        self.clock = Clock()
        self.store = MemoryStore()
        self.desk = ServiceDesk(self.store, rulebook=rulebook or bank(), time=self.clock)
        self.id = ""
        self.other = ""

    @property
    def ticket(self) -> Ticket:
        """The ticket as it is stored."""
        return self.desk.unrestricted().get(self.id)

    def open(self, actor: Actor = LI, **given: Any) -> str:
        """Open a ticket, a complaint of the customer's unless said otherwise."""
        plain: dict[str, Any] = {
            "type": "complaint",
            "customer": CUSTOMER.id,
            "channel": "phone",
            "department": "cards",
            "fields": {"title": "Card swallowed", "category": "atm"},
        }
        return self.desk.open(**{**plain, **given}, actor=actor).id

    def does(self, command: Command, actor: Actor) -> Done:
        """Somebody does something to the ticket; a minute later."""
        self.clock.passes(minutes=1)
        return self.desk.execute(self.id, command, actor=actor)

    def elsewhere(self, command: Command, actor: Actor) -> None:
        """Somebody does something to the other ticket."""
        self.desk.perform(self.other, command, actor=actor)

    def kept(self, ticket_id: str = "") -> tuple[bytes, int]:
        """What the store keeps of it: the bytes of the snapshot, and the number of records."""
        name = ticket_id or self.id
        return self.store.load([name])[name].snapshot.data, len(self.store.records(name))


def nothing(_world: World) -> None:
    """Nothing special."""


Happens = Callable[[World], None]


@frozen
class Given:
    """What is special about a ticket before an action.

    Attributes:
        opening: what it is opened with, besides the usual.
        opener: who opens it.
        rulebook: the rules in force, if not the bank's.
        dispatch: how it is dispatched.
        hold: why it waits.
        on: what happens when it first comes into a state on its way.
        then: what happens once it is where the action is taken.
        detour: it was worked on before it came back to a state before work.
    """

    opening: Mapping[str, Any] = Factory(dict)
    opener: Actor = LI
    rulebook: Callable[[], Rulebook] = bank
    dispatch: Command = TO_ZHANG
    hold: Command = FOR_THE_CUSTOMER
    on: Mapping[str, Happens] = Factory(dict)
    then: Happens = nothing
    detour: bool = False


PLAIN = Given()

_BEFORE = {
    "accepted": "registered",
    "assigned": "accepted",
    "in_progress": "assigned",
    "pending": "in_progress",
    "under_review": "in_progress",
    "resolved": "under_review",
    "closed": "resolved",
    "archived": "closed",
    "cancelled": "registered",
    "merged": "registered",
    "rejected": "registered",
}


def standing(state: str, given: Given = PLAIN) -> World:
    """A ticket in *state*."""
    world = World(given.rulebook())
    world.id = world.open(given.opener, **given.opening)
    world.other = world.open()
    _arrived(world, given)
    _bring(world, "in_progress" if given.detour and state in DETOURS else state, given)
    if given.detour:
        for command, actor in DETOURS.get(state, ()):
            world.does(command, actor)
    given.then(world)
    assert world.ticket.state == state
    return world


def _arrived(world: World, given: Given) -> None:
    given.on.get(world.ticket.state, nothing)(world)


def goes_to(world: World, state: str) -> None:
    """The ticket is brought into *state*, as usual."""
    _bring(world, state, PLAIN)


def _bring(world: World, state: str, given: Given) -> None:
    if world.ticket.state == state:
        return
    _bring(world, _BEFORE[state], given)
    for command, actor in _into(world, state, given):
        world.does(command, actor)
    _arrived(world, given)


def _into(world: World, state: str, given: Given) -> Steps:
    """How a ticket comes into *state* from the one before it."""
    match state:
        case "accepted":
            return ((Accept(), LI),)
        case "assigned":
            return ((given.dispatch, WANG),)
        case "in_progress":
            return ((Start(), ZHANG),)
        case "pending":
            return ((given.hold, ZHANG),)
        case "under_review":
            return ((Submit("refunded"), ZHANG),)
        case "resolved":
            return ((Approve(), SUN),)
        case "closed":
            told = "decision" in world.ticket.windows.told
            inform = () if told else ((InformCustomer("decision", "phone"), LI),)
            return (*inform, (Close(), LI))
        case "archived":
            return _time_archives(world)
        case "cancelled":
            return ((Cancel("found it"), LI),)
        case "merged":
            return ((MergeInto(world.other), LI),)
    return ((RejectIntake("not a matter of ours"), LI),)


def _time_archives(world: World) -> Steps:
    world.clock.passes(days=40)
    world.desk.run_due()
    return ()
