"""The scene: one ticket at one desk, and the people around it."""

from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from workorder.cli.demo.telling import Story
from workorder.desk import ServiceDesk
from workorder.rulebook import bank
from workorder.sla import BusinessCalendar
from workorder.sla.telling import moment_text
from workorder.storage import TicketStore
from workorder.ticket import Command, Ticket
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.desk.routing import Directory

CUSTOMER = Actor("C-10023", "customer")
LI = Actor("li.na", "intake", "hotline")
WANG = Actor("wang.fang", "dispatcher", "hotline")
ZHANG = Actor("zhang.wei", "handler", "cards")
ZHAO = Actor("zhao.min", "handler", "channels")
HE = Actor("he.jun", "cohandler", "branch")
SUN = Actor("sun.li", "reviewer", "channels")
MA = Actor("ma.ying", "supervisor", "channels", 5)
GAO = Actor("gao.lei", "supervisor", "channels", 20)


class Scene:
    """One ticket, as it stands after each step.

    Attributes:
        story: who tells.
        desk: where it is worked on.
        rulebook: the rules in force.
        ticket: the ticket, once it was opened.
    """

    ticket: Ticket

    def __init__(self, story: Story, store: TicketStore, people: "Directory | None" = None) -> None:
        ids = count(1)
        self.story = story
        self.rulebook = bank()
        self.desk = ServiceDesk(
            store,
            rulebook=self.rulebook,
            people=people,
            time=story.now,
            # A story is the same every time it is told; a desk in use leaves these two alone.
            new_id=lambda: f"command-{next(ids)}",
            new_entropy=lambda: b"a story needs no secrets",
        )

    def do(self, actor: Actor, *commands: Command) -> Ticket:
        """*actor* does one thing after the other."""
        for command in commands:
            self.ticket = self.desk.perform(self.ticket.id, command, actor=actor)
        return self.ticket

    def refused(self, english: str, chinese: str, actor: Actor, command: Command) -> None:
        """*actor* tries what must not work."""
        self.story.refused(english, chinese, lambda: self.do(actor, command))

    def state(self, *, customer: bool = False) -> str:
        """What staff call the present state, or what the customer sees."""
        workflow = self.rulebook.workflow
        if customer:
            return workflow.customer_label(self.ticket).text(self.story.lang)
        return workflow.labels[self.ticket.state].text(self.story.lang)

    @property
    def calendar(self) -> BusinessCalendar:
        """What the rulebook counts by."""
        calendar = self.rulebook.calendar
        if not isinstance(calendar, BusinessCalendar):
            raise TypeError(calendar)
        return calendar

    def moment(self, instant: datetime | None) -> str:
        """An instant on the wall of the bank; midnight belongs to the day that ends."""
        if instant is None:
            raise RuntimeError("the story has no such instant")
        local = instant.astimezone(self.calendar.timezone)
        day = self.calendar.local_date(local - datetime.resolution)
        return moment_text(local, day, self.story.lang)
