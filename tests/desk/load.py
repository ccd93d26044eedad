"""Many workers on one store file: what each asks, and what it was answered."""

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from attrs import frozen

from tests.desk.people import CHEN, LI, WU, open_one
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, WorkorderError
from workorder.storage import SQLiteStore
from workorder.ticket import Close, Command, Comment, Dispatch, Reopen, Start, Submit, Transfer
from workorder.workflow import Actor

TICKETS = 12
SHARED = 150
"""Commands that all workers send, each under one id."""


@frozen
class Heard:
    """What one command was answered.

    Attributes:
        ticket_id: the ticket.
        command_id: its id.
        intent: ``new``, ``repeat``, ``shared``, ``reused``, ``stale`` or ``exact``.
        answer: ``done``, ``repeated``, or the code of a refusal; otherwise the error itself.
        version: the version right after the command.
        seen: the version of the ticket that came with the answer.
        expected: the version that was asked for.
        said: the text that was sent, if there was one.
    """

    ticket_id: str
    command_id: str
    intent: str
    answer: str
    version: int = 0
    seen: int = 0
    expected: int | None = None
    said: str | None = None


def some_command(chance: random.Random, said: str) -> tuple[Command, Actor]:
    """A command somebody might send; many will be refused, for the ticket is elsewhere by then."""
    person = chance.choice((LI, WU, CHEN))
    return chance.choice(
        (
            (Comment(said), person),
            (Comment(said), person),
            (Comment(said), person),
            (Dispatch(chance.choice(("li", "wu")), "cards"), CHEN),
            (Transfer(chance.choice(("li", "wu")), "cards", said), CHEN),
            (Start(), chance.choice((LI, WU))),
            (Submit(said), chance.choice((LI, WU))),
            (Close(), CHEN),
            (Reopen(said), CHEN),
        )
    )


def send(
    desk: ServiceDesk,
    ticket_id: str,
    sent: tuple[Command, Actor],
    command_id: str,
    intent: str,
    expected: int | None = None,
) -> Heard:
    """Send one command and take down the answer."""
    command, actor = sent
    said = command.text if isinstance(command, Comment) else None
    try:
        done = desk.execute(
            ticket_id, command, actor=actor, command_id=command_id, expected_version=expected
        )
    except CommandRefused as refused:
        return Heard(ticket_id, command_id, intent, refused.code, expected=expected)
    except WorkorderError as error:
        return Heard(ticket_id, command_id, intent, repr(error))
    answer = "repeated" if done.repeated else "done"
    seen = done.ticket.version
    return Heard(ticket_id, command_id, intent, answer, done.version, seen, expected, said)


def worker(store: SQLiteStore, ids: list[str], number: int, commands: int) -> list[Heard]:
    """Send *commands* commands, always the same ones for one *number*."""
    chance = random.Random(number)
    desk = ServiceDesk(store, secret=b"one for all workers")
    heard: list[Heard] = []
    sent: list[tuple[str, tuple[Command, Actor], str]] = []
    for turn in range(commands):
        intent = chance.choices(
            ("new", "repeat", "shared", "reused", "stale", "exact"), (60, 12, 12, 4, 6, 6)
        )[0]
        ticket_id = chance.choice(ids)
        command_id = f"w{number}-{turn}"
        asked = some_command(chance, f"{command_id} 说明")
        expected = None
        if intent in {"repeat", "reused"} and sent:
            ticket_id, first, command_id = chance.choice(sent)  # never one that others send
            asked = first if intent == "repeat" else (Comment(f"other {turn}"), CHEN)
        elif intent == "shared":
            one = random.Random(chance.randrange(SHARED))
            ticket_id, command_id = one.choice(ids), f"shared-{one.random()}"
            asked = (Comment(f"shared {command_id}"), one.choice((LI, WU, CHEN)))
        elif intent in {"stale", "exact"}:
            present = desk.unrestricted().get(ticket_id).version
            expected = present - 1 if intent == "stale" else present
        else:
            intent = "new"
        heard.append(send(desk, ticket_id, asked, command_id, intent, expected))
        if intent != "shared":
            sent.append((ticket_id, asked, command_id))
    return heard


def threads(store: SQLiteStore, ids: list[str], first: int, count: int, each: int) -> list[Heard]:
    """Workers in threads of this process."""
    with ThreadPoolExecutor(count) as pool:
        jobs = [pool.submit(worker, store, ids, first + n, each) for n in range(count)]
        return [heard for job in jobs for heard in job.result()]


def process(path: Path, ids: list[str], first: int, count: int, each: int) -> list[Heard]:
    """Workers in threads of a process of their own."""
    with SQLiteStore(path, create=False) as store:
        return threads(store, ids, first, count, each)


def rush(
    store: SQLiteStore, path: Path, processes: int, per_process: int, total: int
) -> list[Heard]:
    """Open the tickets, let all workers loose on them, and give back all answers."""
    desk = ServiceDesk(store, secret=b"one for all workers")
    ids = [open_one(desk, f"open-{number}").id for number in range(TICKETS)]
    each = total // (processes * per_process)
    if processes == 1:
        return threads(store, ids, 0, per_process, each)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(process, path, ids, n * per_process, per_process, each)
            for n in range(processes)
        ]
        return [heard for job in jobs for heard in job.result()]
