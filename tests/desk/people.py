"""Who works at the desk of the tests, and the life of one ticket."""

from datetime import UTC, datetime, timedelta

from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.ticket import Close, Command, Comment, Dispatch, Start, Submit, Ticket
from workorder.workflow import Actor

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LI = Actor("li", "handler", "cards")
WU = Actor("wu", "handler", "cards")
ZHAO = Actor("zhao", "handler", "loans")
CHEN = Actor("chen", "supervisor", "hq")
BOTH = Actor("qian", ("handler", "supervisor"), "cards")
FIELDS = {"title": "卡片丢失", "description": "昨天在地铁上丢了", "priority": 1}

LIFE: tuple[tuple[Command, Actor], ...] = (
    (Dispatch("li", "cards", "熟悉情况"), CHEN),
    (Start(), LI),
    (Comment("已联系客户 💳"), LI),
    (Submit("已换卡"), LI),
    (Close(), CHEN),
)


class Ticking:
    """A clock that goes on by a second each time it is read."""

    def __init__(self, now: datetime = AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The next instant."""
        self.now += timedelta(seconds=1)
        return self.now


class Counting:
    """Gives bytes, the same ones in every run."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self) -> bytes:
        """The next ones."""
        self.number += 1
        return self.number.to_bytes(16, "big")


def open_one(desk: ServiceDesk, command_id: str = "open-1", actor: Actor = LI) -> Ticket:
    """A complaint of customer C-10023 about Sun."""
    return desk.open(
        "complaint",
        customer="C-10023",
        channel="phone",
        subjects=("sun",),
        department="cards",
        fields=FIELDS,
        actor=actor,
        command_id=command_id,
    )


def a_life(desk: ServiceDesk, command_id: str = "open-1") -> Ticket:
    """A complaint from opening to closing."""
    ticket = open_one(desk, command_id)
    for number, (command, actor) in enumerate(LIFE, 2):
        ticket = desk.perform(ticket.id, command, actor=actor, command_id=f"{command_id}/{number}")
    return ticket


async def a_life_awaited(desk: AsyncServiceDesk, command_id: str = "open-1") -> Ticket:
    """The same at an asynchronous desk."""
    ticket = await desk.open(
        "complaint",
        customer="C-10023",
        channel="phone",
        subjects=("sun",),
        department="cards",
        fields=FIELDS,
        actor=LI,
        command_id=command_id,
    )
    for number, (command, actor) in enumerate(LIFE, 2):
        identity = f"{command_id}/{number}"
        ticket = await desk.perform(ticket.id, command, actor=actor, command_id=identity)
    return ticket
