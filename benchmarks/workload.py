"""Many tickets, and a long line of commands on them: the same ones in every run."""

import random
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.people import (
    BOSS,
    COMMENT,
    FIELDS,
    LI,
    RETURN,
    SUBMIT,
    TELLER,
    TO_WORK,
    counting,
    ticking,
)
from workorder import ServiceDesk, Ticket
from workorder.storage import TicketStore
from workorder.ticket import Command
from workorder.workflow import Actor

CIRCLE: tuple[tuple[Command, Actor], ...] = ((COMMENT, LI), (SUBMIT, LI), (RETURN, BOSS))
"""What is done to a ticket in turn; two of three change its state, all three seal a text."""


class Workload:
    """A desk over *store*, with everything that comes from outside fixed beforehand.

    Args:
        store: where the tickets are.
        tickets: how many there are.
        day: which instants, ids and order of tickets.
    """

    def __init__(self, store: TicketStore, tickets: int, day: int = 0) -> None:
        self.desk = ServiceDesk(
            store,
            time=ticking(day),
            secret=b"a secret of the benchmark, 32 by",
            new_id=counting(day),
            new_entropy=lambda: b"sixteen bytes ok",
        )
        self.ids: Sequence[str] = ()
        self._tickets = tickets
        self._picks = self._in_order(random.Random(day))

    def populate(self) -> None:
        """Open the tickets and bring them to work: three commands each."""
        ids = []
        for number in range(self._tickets):
            ticket = self.desk.open(
                "complaint",
                customer=f"C-{number:05d}",
                channel="phone",
                department="hall",
                fields=FIELDS,
                actor=TELLER,
            )
            ids.append(ticket.id)
            for command, actor in TO_WORK:
                self.desk.perform(ticket.id, command, actor=actor)
        self.ids = ids

    def carry_out(self, number: int) -> None:
        """The next *number* commands."""
        perform = self.desk.perform
        for ticket_id, command, actor in self.next(number):
            perform(ticket_id, command, actor=actor)

    def next(self, number: int) -> list[tuple[str, Command, Actor]]:
        """The next *number* commands, without carrying them out."""
        return [
            (self.ids[index], *CIRCLE[turn % len(CIRCLE)])
            for index, turn in islice(self._picks, number)
        ]

    def _in_order(self, chance: random.Random) -> Iterator[tuple[int, int]]:
        turns = [0] * self._tickets
        while True:
            index = chance.randrange(self._tickets)
            yield index, turns[index]
            turns[index] += 1

    def all(self) -> list[Ticket]:
        """Every ticket as it stands."""
        unrestricted = self.desk.unrestricted()
        return [unrestricted.get(ticket_id) for ticket_id in self.ids]
