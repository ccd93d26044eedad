"""What must not come in, and who must not be let in, at the door of the desk."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve, field, frozen

from tests.checks import name_of
from workorder.canonical import encode
from workorder.conditions import from_data, where
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.errors import (
    CommandRefused,
    ConfigurationError,
    InvalidInput,
    StoreError,
    WorkorderError,
)
from workorder.insight import summarise
from workorder.rulebook import Extension, basic
from workorder.storage import Batch, Change, Mark, MemoryStore, Record, Snapshot, TicketQuery
from workorder.ticket import Close, Command, Comment, Dispatch, HostEvent, Start, Submit, Trace
from workorder.workflow import Actor, Argument, PlainCase, Step

LI, WANG = Actor("li", "handler"), Actor("wang", "supervisor")
FIELDS = {"title": "Charged twice"}


@pytest.mark.parametrize("nobody", [None, "wang", 5, {"id": "wang"}])
def test_nobody_is_not_everybody(nobody: Any) -> None:
    """A host that does not know who asks gets an error, never every ticket."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", fields=FIELDS, actor=WANG)
    asks: list[Callable[[], object]] = [
        lambda: desk.get(ticket.id, actor=nobody),
        lambda: desk.history(ticket.id, actor=nobody),
        lambda: desk.options(ticket.id, actor=nobody),
        lambda: desk.explain(ticket.id, actor=nobody),
        lambda: desk.find(actor=nobody),
        lambda: desk.perform(ticket.id, Start(), actor=nobody),
        lambda: desk.open("complaint", fields=FIELDS, actor=nobody),
    ]
    for ask in asks:
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert refused.value.facts["name"] == "actor"
    assert len(desk.unrestricted().find().tickets) == 1


@pytest.mark.parametrize("text", ["line\n\u0301", "tab\t\u0301", "line\n\u0338end"])
def test_a_mark_after_a_line_end_is_text(text: str) -> None:
    """A combining mark may stand behind a line end; the text is in normal form and is taken."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", fields={"title": text}, actor=WANG)
    desk.perform(ticket.id, Comment(text), actor=WANG)
    assert desk.history(ticket.id, actor=WANG)[1].texts == {"text": text}


def test_errors_do_not_quote_what_was_written() -> None:
    """What cannot be encoded is named by its kind; it may be somebody's secret."""
    with pytest.raises(InvalidInput) as refused:
        encode({"secret": "e\u0301 4711"})
    assert "4711" not in str(refused.value)
    spec = Argument("pin", "code", sensitive=True, choices=("1111", "2222"))
    workflow = basic().workflow
    actions = tuple(
        evolve(action, arguments=(spec,)) if action.name == "start" else action
        for action in workflow.actions
    )
    on = evolve(workflow, actions=actions)
    case = PlainCase("assigned", assignee="li")
    verdict = on.evaluate(case, "start", actor=LI, at=NOON, arguments={"pin": "9876"})
    assert not verdict
    assert "9876" not in verdict.text()
    assert "9876" not in repr(verdict)


def test_command_ids_have_one_form() -> None:
    """A command id typed with separate accents is the same id."""
    desk = ServiceDesk()
    one = desk.open("complaint", fields=FIELDS, actor=WANG, command_id="caf\u00e9")
    two = desk.open("complaint", fields=FIELDS, actor=WANG, command_id="cafe\u0301")
    assert one.id == two.id


def test_other_fields_are_another_command() -> None:
    """Fields in any kind of table are part of what was asked."""
    desk = ServiceDesk()
    given = [MappingProxyType({"title": title}) for title in ("A", "B")]
    desk.open("complaint", fields=given[0], actor=WANG, command_id="c")
    with pytest.raises(CommandRefused) as refused:
        desk.open("complaint", fields=given[1], actor=WANG, command_id="c")
    assert refused.value.code == "command_reused"


def test_every_field_of_a_command_is_an_argument() -> None:
    """A field that nothing would check or tell a repeat by is found when the rulebook is made."""

    @frozen
    class Refund(Command):
        """A command with a note that is no argument."""

        action = "close"
        amount: int = 0
        note: str = field(default="")

    with pytest.raises(ConfigurationError) as refused:
        evolve(basic(), extensions=(Extension(Refund, (), lambda _draft: ()),))
    assert [each.key for each in refused.value.findings] == [
        "extensions.Refund.amount",
        "extensions.Refund.note",
    ]


def test_who_is_complained_of_does_not_judge() -> None:
    """Whoever is named in the complaint, or is the customer, neither closes nor returns it."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", customer="boss", subjects=["wang"], fields=FIELDS, actor=LI)
    desk.perform(ticket.id, Dispatch(to="chen"), actor=LI)
    chen = Actor("chen", "handler")
    desk.perform(ticket.id, Start(), actor=chen)
    desk.perform(ticket.id, Submit("done"), actor=chen)
    for person in ("wang", "boss"):
        with pytest.raises(CommandRefused) as refused:
            desk.perform(ticket.id, Close(), actor=Actor(person, "supervisor"))
        assert [unmet.name for unmet in refused.value.refusal.unmet] == ["not_party"]


NOON = datetime(2026, 9, 30, 4, 0, tzinfo=UTC)


def test_options_know_that_the_clock_is_behind() -> None:
    """With a clock too far behind, nothing is offered, for everything is refused."""
    now = [NOON]
    desk = ServiceDesk(time=lambda: now[0])
    ticket = desk.open("complaint", fields=FIELDS, actor=WANG)
    now[0] = NOON - timedelta(hours=1)
    assert not any(option.allowed for option in desk.options(ticket.id, actor=WANG))
    with pytest.raises(CommandRefused) as refused:
        desk.perform(ticket.id, Comment("x"), actor=WANG)
    assert refused.value.code == "clock_skew"


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk, id_: desk.perform(id_, "close", actor=WANG),
        lambda desk, id_: desk.perform(id_, Close, actor=WANG),
        lambda desk, id_: desk.perform(id_, Close(), actor=WANG, expected_version="1"),
        lambda desk, _id: desk.find(TicketQuery(limit="10"), actor=WANG),  # type: ignore[arg-type]  # on purpose
        lambda desk, _id: desk.find(TicketQuery(where="abc"), actor=WANG),  # type: ignore[arg-type]  # on purpose
        lambda desk, _id: desk.find(TicketQuery(order=(5,)), actor=WANG),
        lambda desk, _id: desk.find(after=5, actor=WANG),
        lambda desk, _id: desk.find(TicketQuery(deep(3_000)), actor=WANG),
        lambda _desk, _id: from_data(deep_data(3_000)),
    ],
    ids=name_of,
)
def test_wrong_types_are_errors_of_ours(ask: Callable[[ServiceDesk, str], object]) -> None:
    """Whatever is handed in where something else belongs, the error has a code."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", fields=FIELDS, actor=WANG)
    with pytest.raises(WorkorderError) as refused:
        ask(desk, ticket.id)
    assert refused.value.code in {"wrong_type", "bad_limit", "bad_cursor", "too_deep"}


def deep(levels: int) -> Any:
    """A condition nested that deeply."""
    condition: Any = where("state").equals("closed")
    for _ in range(levels):
        condition = ~condition
    return condition


def deep_data(levels: int) -> Any:
    """Its data form."""
    data: Any = {"field": "state", "eq": "closed"}
    for _ in range(levels):
        data = {"not": data}
    return data


@frozen
class Paid(HostEvent):
    """A host's event whose facts may be nothing or no."""

    kind = "bank.paid"

    amount: int
    approved: bool


def test_nothing_and_no_are_facts() -> None:
    """A history tells of an amount of nothing and of an answer of no."""
    store = MemoryStore()
    desk = ServiceDesk(
        store, rulebook=evolve(basic(), extensions=(Extension(Close, (Paid,), pay),))
    )
    ticket = desk.open("complaint", fields=FIELDS, actor=LI)
    desk.perform(ticket.id, Dispatch(to="chen"), actor=LI)
    chen = Actor("chen", "handler")
    desk.perform(ticket.id, Start(), actor=chen)
    desk.perform(ticket.id, Submit("done"), actor=chen)
    desk.perform(ticket.id, Close(), actor=WANG)
    said = desk.history(ticket.id, actor=WANG)[-1].as_data()["said"]
    assert said == {"amount": 0, "approved": False}


def pay(draft: Any) -> tuple[Paid, ...]:
    """Closing, as a payment."""
    return (Paid(draft.trace, draft.step, 0, approved=False),)


def test_a_ticket_of_a_later_version_does_not_hide_the_others() -> None:
    """Figures are told although one ticket begins with a step this version does not know."""
    store = MemoryStore()
    desk = ServiceDesk(store)
    desk.open("complaint", fields=FIELDS, actor=WANG)
    trace = Trace("li", None, 1, NOON, NOON, "c", "r")
    step = Step("open", "handler", "", "accepted", "initial")
    header = {
        "format": "draft-9", "ticket": "T9", "sequence": 1, "version": 1, "kind": "ticket.begun",
        "schema": 3, "at": "2026-09-30T04:00:00.000000Z", "actor": trace.actor, "role": step.role,
        "action": step.action, "from": "", "to": "accepted", "category": "initial",
        "command": "c", "rulebook": "r",
    }  # fmt: skip
    record = Record("T9", 1, 1, encode(header))
    ticket = evolve(desk.unrestricted().find().tickets[0], id="T9")
    change = Change("T9", 0, Snapshot(ticket), (record,), (Mark("c", "d"),))
    store.commit(Batch((change,)))
    assert summarise(store).tickets == 2


def test_a_store_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    """When the file of a store vanishes, another thread gets an error and not an empty store."""
    import threading

    from workorder.storage import SQLiteStore

    path = tmp_path / "store.db"
    said: list[str] = []
    with SQLiteStore(path) as store:
        ServiceDesk(store).open("complaint", fields=FIELDS, actor=WANG)
        path.unlink()

        def look() -> None:
            try:
                store.load(["T1"])
            except StoreError as error:
                said.append(error.code)

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert said == ["no_such_file"]
    assert not path.exists()


def test_a_closed_store_is_not_called_damaged(tmp_path: Path) -> None:
    """Only a file that is damaged is called so; everything else must not send for a backup."""
    from workorder.storage import SQLiteStore

    with SQLiteStore(tmp_path / "store.db") as store:
        connection = store._connections.get()
        connection.close()
        with pytest.raises(StoreError) as refused:
            store.load(["T1"])
    assert refused.value.code == "unavailable"


def test_an_asynchronous_store_may_be_named_as_such() -> None:
    """A wrapped store whose methods only return awaitables is driven when it is said to be one."""
    import asyncio

    inner = MemoryStore()

    class Wrapped:
        """Looks synchronous, answers later."""

        tenant = inner.tenant
        capabilities = inner.capabilities

        def load(self, *given: Any) -> Any:
            """See the store."""
            return asyncio.sleep(0, inner.load(*given))

        def commit(self, batch: Any) -> Any:
            """See the store."""
            return asyncio.sleep(0, inner.commit(batch))

    async def main() -> str:
        store: Any = Wrapped()
        desk = AsyncServiceDesk(store, awaits=True)
        return (await desk.open("complaint", fields=FIELDS, actor=WANG)).state

    assert asyncio.run(main()) == "accepted"
