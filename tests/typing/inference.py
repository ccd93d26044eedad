"""What type checkers infer; nothing here runs, it is only checked."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, assert_type

from workorder import (
    Actor,
    Close,
    MemoryStore,
    PlainCase,
    Refusal,
    ServiceDesk,
    Submit,
    Ticket,
    Workflow,
    basic,
    where,
)
from workorder.conditions import AllOf, AnyOf, Compare, Negation
from workorder.desk.requests import Commit, Find, Load, ReadRecords, Request, Reveal, ask
from workorder.kernel import Context, Decided, decide, evolve, replay
from workorder.storage import (
    Answer,
    Batch,
    Record,
    Snapshot,
    SQLiteStore,
    Stored,
    TicketQuery,
    TicketStore,
)
from workorder.ticket import Event, SealedValue
from workorder.workflow import Case, Option, Permitted, Question, Rule, Unmet, rule


def a_desk_gives_tickets(desk: ServiceDesk, actor: Actor) -> None:
    """Opening and performing give a ticket, options give options."""
    ticket = desk.open("complaint", actor=actor, fields={"title": "Card"})
    assert_type(ticket, Ticket)
    assert_type(desk.perform(ticket.id, Submit(resolution="x"), actor=actor), Ticket)
    assert_type(desk.perform(ticket.id, Close(), actor=actor, command_id="c-1"), Ticket)
    assert_type(desk.options(ticket.id, actor=actor), tuple[Option, ...])
    assert_type(ticket.assignee, str | None)
    assert_type(ticket.version, int)


def answers_have_the_type_of_their_request(
    batch: Batch, query: TicketQuery
) -> Generator[Request[Any], Any, None]:
    """What comes back from ``ask`` is what the request says."""
    assert_type((yield from ask(Load(("T1",)))), Mapping[str, Stored])
    assert_type((yield from ask(Commit(batch))), Answer)
    assert_type((yield from ask(Find(query))), Sequence[Snapshot])
    assert_type((yield from ask(ReadRecords("T1"))), Sequence[Record])
    assert_type((yield from ask(Reveal("T1", ["1.title"]))), Mapping[str, SealedValue])


def decisions_are_one_of_two(ticket: Ticket, context: Context, event: Event) -> None:
    """A decision is decided or refused; evolving gives a ticket; replaying may give none."""
    answer = decide(ticket, Close(), context)
    assert_type(answer, Decided | Refusal)
    if isinstance(answer, Refusal):
        assert_type(answer, Refusal)
        assert_type(answer.unmet, tuple[Unmet, ...])
    else:
        assert_type(answer.events, tuple[Event, ...])
    assert_type(evolve(ticket, event), Ticket)
    assert_type(replay("T1", [event]), Ticket | None)


class Row:
    """A host's own row."""

    type = "complaint"
    state = "resolved"
    assignee: str | None = None
    department: str | None = None
    customer: str | None = None

    def took_part(
        self, person: str, *, roles: object = None, besides: object = (), actions: object = None
    ) -> bool:
        """Whether they did."""
        return bool(person and roles and besides)

    def value(self, name: str) -> object:
        """Nothing else."""
        return name


def hosts_objects_are_cases(workflow: Workflow, ticket: Ticket, actor: Actor) -> None:
    """Tickets, plain cases and a host's own objects are cases without deriving from any."""
    cases: list[Case] = [ticket, PlainCase("resolved"), Row()]
    for case in cases:
        at = ticket.times.last
        verdict = workflow.evaluate(case, "close", actor=actor, at=at)
        assert_type(verdict, Permitted | Refusal)


def stores_satisfy_the_protocol(memory: MemoryStore, sqlite: SQLiteStore) -> list[TicketStore]:
    """The stores that ship are stores."""
    return [memory, sqlite]


def conditions_compose() -> None:
    """Joining and turning round conditions keeps their types."""
    closed = where("state").equals("closed")
    assert_type(closed, Compare)
    assert_type(closed & closed, AllOf)
    assert_type(closed | closed, AnyOf)
    assert_type(~closed, Negation)


@rule("weekday", holds=("", ""), otherwise=("", ""))
def weekday(question: Question) -> bool:
    """A rule made of a function."""
    return question.at.weekday() < 5


assert_type(weekday, Rule)
assert_type(basic().workflow, Workflow)
