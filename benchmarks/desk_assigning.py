"""Assignment at the desk: a ticket is taken on and somebody is found, beside a dispatch by hand."""

from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from benchmarks.measuring import Run, in_turns
from benchmarks.reporting import Line, Peer
from workorder.assign import Agent
from workorder.assign.routing import Routing
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore, SQLiteStore, TicketStore
from workorder.ticket import Accept, Dispatch, Ticket
from workorder.workflow import Actor

SECTION = "Assignment"
LI, WANG = Actor("li", "intake", "hotline"), Actor("wang", "dispatcher", "hotline")
LACKS = "finding out who: fifty people, every reason, the decision in the history, their room"


def rules() -> Rulebook:
    """The bank's, without service levels, which both sides would pay for."""
    routing = Routing(waiting=("accepted", "assigned"), busy=("assigned", "in_progress"))
    return evolve(bank(), sla=None, routing=routing)


def people(number: int) -> People:
    """So many with room for all; every fifth is away."""
    return People(
        Agent(
            f"a{each:03}",
            teams={"cards"},
            capacity=10**9,
            presence="online" if each % 5 else "away",
        )
        for each in range(number)
    )


def lines(*, quick: bool) -> list[Line]:
    """Measure."""
    rounds = 3 if quick else 9
    made = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        stores: dict[str, Callable[[str], TicketStore]] = {
            "in memory": lambda _: MemoryStore(),
            "SQLite": lambda name: stack.enter_context(SQLiteStore(folder / f"{name}.db")),
        }
        for name, opened in stores.items():
            made.append(_line(name, opened, rounds))
    return made


def _line(name: str, opened: Callable[[str], TicketStore], rounds: int) -> Line:
    runs: dict[str, Run] = {
        "desk": _cycle(opened("desk"), lambda desk, ticket: desk.assign(ticket.id)),
        "by hand": _cycle(opened("hand"), _dispatched),
        "taken on": _cycle(opened("only"), lambda _desk, _ticket: None),
    }
    taken = in_turns(runs, rounds=rounds, seconds=0.2)
    bare = taken.typical("taken on")
    ours = (taken.typical("desk") - bare) * 1e6
    hand = (taken.typical("by hand") - bare) * 1e6
    peer = Peer(
        "the same, dispatched by hand",
        1 / taken.typical("by hand"),
        *taken.times_as_fast("desk", "by hand"),
        LACKS,
    )
    title = f"a ticket opened, taken on and assigned, of 50 people, {name}"
    note = f"Of that, assigning takes {ours:,.0f} us, and dispatching by hand {hand:,.0f}."
    return Line(SECTION, title, 1 / taken.typical("desk"), "/s", None, (peer,), note)


def _dispatched(desk: ServiceDesk, ticket: Ticket) -> object:
    return desk.perform(ticket.id, Dispatch("a001", "cards"), actor=WANG)


def _cycle(store: TicketStore, given: Callable[[ServiceDesk, Ticket], object]) -> Run:
    """A ticket is opened and taken on; then it is *given* to somebody."""
    desk, numbers = ServiceDesk(store, rulebook=rules(), people=people(50)), count()

    def run(times: int) -> None:
        for _ in range(times):
            ticket = desk.open(
                "complaint",
                customer="C-1",
                channel="phone",
                department="cards",
                fields={"title": "card", "category": "atm"},
                actor=LI,
                command_id=f"open-{next(numbers)}",
            )
            given(desk, desk.perform(ticket.id, Accept(), actor=LI))

    return run
