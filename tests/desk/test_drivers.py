"""Both drivers ask the same, and go by the store's answers."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.people import (
    CHEN,
    FIELDS,
    LI,
    WU,
    ZHAO,
    Counting,
    Ticking,
    a_life,
    a_life_awaited,
    open_one,
)
from workorder.conditions import where
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.errors import CommandRefused, StoreError, UnsupportedQuery, WorkorderError
from workorder.storage import (
    Answer,
    Capability,
    CapacityTaken,
    Conflict,
    Receipt,
    Repeated,
    TicketQuery,
)
from workorder.testing import AwaitedStore, ScriptedStore
from workorder.ticket import Comment, Dispatch, Submit

CONFLICT = Conflict("T1", 9)


def desks(
    script: list[Answer | None],
) -> tuple[ServiceDesk, AsyncServiceDesk, ScriptedStore, ScriptedStore]:
    """A synchronous and an asynchronous desk on stores with the same script."""
    one, other = ScriptedStore(script), ScriptedStore(script)
    return (
        ServiceDesk(one, time=Ticking(), new_entropy=Counting(), new_id=lambda: "fresh"),
        AsyncServiceDesk(
            AwaitedStore(other), time=Ticking(), new_entropy=Counting(), new_id=lambda: "fresh"
        ),
        one,
        other,
    )


def result(ask: Callable[[], object]) -> object:
    """What comes of it: a value, or an error with everything it says."""
    try:
        return ask()
    except WorkorderError as error:
        return type(error), error.code, error.text()


CALLS: dict[str, Callable[[Any, str], Any]] = {
    "perform": lambda desk, one: desk.perform(one, Comment("x"), actor=LI, command_id="k"),
    "repeat": lambda desk, one: desk.execute(
        one, Dispatch("li", "cards", "熟悉情况"), actor=CHEN, command_id="open-1/2"
    ),
    "reused": lambda desk, one: desk.execute(one, Comment("x"), actor=CHEN, command_id="open-1/2"),
    "stale": lambda desk, one: desk.execute(one, Comment("x"), actor=LI, expected_version=2),
    "exact": lambda desk, one: desk.execute(one, Comment("x"), actor=LI, expected_version=6),
    "refused": lambda desk, one: desk.execute(one, Submit("x"), actor=LI),
    "invisible": lambda desk, one: desk.execute(one, Comment("x"), actor=ZHAO),
    "open": lambda desk, _: desk.open("complaint", fields=FIELDS, actor=LI),
    "open again": lambda desk, _: desk.open(
        "complaint", fields=FIELDS, actor=LI, command_id="open-1"
    ),
    "open wrongly": lambda desk, _: desk.open("complaint", actor=LI),
    "get": lambda desk, one: desk.get(one, actor=WU),
    "get nothing": lambda desk, _: desk.get("nowhere", actor=WU),
    "options": lambda desk, one: desk.options(one, actor=LI),
    "explain": lambda desk, one: desk.explain(one, actor=LI),
    "history": lambda desk, one: desk.history(one, actor=CHEN),
    "find": lambda desk, _: desk.find(actor=LI),
    "find wrongly": lambda desk, _: desk.find(TicketQuery(where("x").equals("y")), actor=LI),
    "find by a wrong mark": lambda desk, _: desk.find(actor=LI, after="?"),
    "unrestricted get": lambda desk, one: desk.unrestricted().get(one),
    "unrestricted history": lambda desk, one: desk.unrestricted().history(one),
    "unrestricted find": lambda desk, _: desk.unrestricted().find(TicketQuery(limit=1)),
}
SCRIPTS: dict[str, list[Answer | None]] = {
    "as it is": [],
    "a conflict": [CONFLICT],
    "conflicts": [CONFLICT] * 9,
    "no capacity": [CapacityTaken("li")],
    "repeated": [Repeated("T1", Receipt("k", "another digest", 2, ()))],
}


# A new ticket is never a repeat, so no store says so.
PAIRS = [(c, s) for c in CALLS for s in SCRIPTS if (c, s) != ("open", "repeated")]


@pytest.mark.parametrize(
    ("call", "script"),
    [(CALLS[c], SCRIPTS[s]) for c, s in PAIRS],
    ids=[f"{c}, {s}" for c, s in PAIRS],
)
def test_both_drivers_make_the_same_requests(
    call: Callable[[Any, str], Any], script: list[Answer | None]
) -> None:
    """Request by request, batch by batch, the synchronous and the asynchronous desk ask the
    same and answer the same, whatever the store says.
    """
    plain, awaited, one, other = desks([None] * 6 + script)
    ticket = a_life(plain)
    assert asyncio.run(a_life_awaited(awaited)) == ticket
    here = result(lambda: call(plain, ticket.id))

    async def there() -> object:
        return await call(awaited, ticket.id)

    assert result(lambda: asyncio.run(there())) == here
    assert one.asked == other.asked
    assert len(one.asked) >= 12


@pytest.mark.parametrize("conflicts", [0, 1, 2, 3])
def test_a_conflict_is_decided_again(conflicts: int) -> None:
    """Up to three times more: the ticket is loaded and decided anew, and then the commit stands."""
    store = ScriptedStore([None, *[CONFLICT] * conflicts])
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    store.asked.clear()
    done = desk.execute(ticket.id, Comment("x"), actor=LI)
    assert (done.version, done.repeated) == (2, False)
    assert store.names() == ["load", "commit"] * (conflicts + 1)


def test_conflicts_without_end_are_refused() -> None:
    """After the fourth conflict the desk gives up, says so, and nothing was changed."""
    store = ScriptedStore([None, *[CONFLICT] * 4])
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    store.asked.clear()
    with pytest.raises(CommandRefused) as raised:
        desk.perform(ticket.id, Comment("x"), actor=LI, command_id="k")
    assert raised.value.code == "conflict"
    assert raised.value.refusal.facts["attempts"] == 4
    assert store.names() == ["load", "commit"] * 4
    assert desk.get(ticket.id, actor=LI).version == 1
    assert desk.perform(ticket.id, Comment("x"), actor=LI, command_id="k").version == 2


def test_a_conflict_is_decided_on_the_ticket_as_it_is_then() -> None:
    """Deciding again goes by what others did meanwhile: the command may be refused by now."""

    class Overtaken(ScriptedStore):
        """Before the second commit, somebody else dispatches the ticket."""

        def commit(self, batch: Any) -> Answer:
            if len(self.names()) == 3:
                other = ServiceDesk(self.inner)
                other.perform(batch.changes[0].ticket_id, Dispatch("wu", "cards"), actor=CHEN)
            return super().commit(batch)

    store = Overtaken()
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    with pytest.raises(CommandRefused) as raised:
        desk.perform(ticket.id, Dispatch("li", "cards"), actor=CHEN)
    assert raised.value.code == "wrong_state"
    assert desk.get(ticket.id, actor=CHEN).assignee == "wu"


def test_an_expected_version_is_never_decided_again() -> None:
    """With an expected version a conflict is stale at once, naming the version there is."""
    store = ScriptedStore([None, CONFLICT])
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    store.asked.clear()
    with pytest.raises(CommandRefused) as raised:
        desk.perform(ticket.id, Comment("x"), actor=LI, expected_version=1)
    assert raised.value.code == "stale"
    assert raised.value.refusal.facts == {"version": 9, "expected": 1}
    assert store.names() == ["load", "commit"]


def test_a_repeat_that_shows_only_at_the_commit() -> None:
    """When another worker carried out the same command in between, its answer is given; under
    the same id but another command, the refusal.
    """
    real = ScriptedStore()
    ticket = open_one(ServiceDesk(real))
    first = ServiceDesk(real).execute(ticket.id, Comment("x"), actor=LI, command_id="k")
    receipt = real.inner.load((ticket.id,), ("k",))[ticket.id].receipts["k"]

    class Late(ScriptedStore):
        """A store whose load does not know yet what its commit knows."""

        def load(self, ids: Any, command_ids: Any = ()) -> Any:
            return {name: found for name, found in super().load(ids).items()}  # noqa: C416 (a copy)

    late = Late([Repeated(ticket.id, receipt)] * 2)
    late.inner = real.inner
    again = ServiceDesk(late).execute(ticket.id, Comment("x"), actor=LI, command_id="k")
    assert again.repeated
    assert (again.version, again.events, again.ticket) == (2, first.events, first.ticket)
    assert late.names() == ["load", "commit", "load"]
    with pytest.raises(CommandRefused) as raised:
        ServiceDesk(late).execute(ticket.id, Comment("y"), actor=LI, command_id="k")
    assert raised.value.code == "command_reused"


def test_taken_capacity_is_a_refusal() -> None:
    """When the agent has no room left, the refusal names them and nothing was changed."""
    store = ScriptedStore([None, CapacityTaken("li")])
    desk = ServiceDesk(store)
    ticket = open_one(desk)
    with pytest.raises(CommandRefused) as raised:
        desk.perform(ticket.id, Dispatch("li", "cards"), actor=CHEN)
    assert raised.value.code == "capacity_taken"
    assert "li" in str(raised.value)
    assert desk.get(ticket.id, actor=CHEN).version == 1


@pytest.mark.parametrize(
    ("capability", "ask"),
    [
        (Capability.HISTORY, lambda desk, one: desk.history(one, actor=CHEN)),
        (Capability.QUERY, lambda desk, _: desk.find(actor=CHEN)),
        (Capability.SEALED, lambda desk, one: desk.perform(one, Comment("x"), actor=LI)),
    ],
)
def test_only_what_is_declared_is_asked(
    capability: Capability, ask: Callable[[ServiceDesk, str], object]
) -> None:
    """A store that does not declare a capability is never asked for it: an error names it."""
    full = ScriptedStore()
    ticket = open_one(ServiceDesk(full))
    bare = ScriptedStore(without=[capability])
    bare.inner = full.inner
    with pytest.raises(StoreError) as raised:
        ask(ServiceDesk(bare), ticket.id)
    assert (raised.value.code, raised.value.facts["capability"]) == (
        "unsupported",
        capability.value,
    )
    assert set(bare.names()) <= {"load"}


def test_refused_input_asks_nothing() -> None:
    """A question that cannot be asked does not reach the store."""
    store = ScriptedStore()
    desk = ServiceDesk(store)
    with pytest.raises(UnsupportedQuery):
        desk.find(TicketQuery(limit=0), actor=CHEN)
    with pytest.raises(WorkorderError):
        desk.open("complaint", actor=LI, command_id="")
    assert store.asked == []
