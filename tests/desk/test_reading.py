"""Reads are scoped: what a person may not see is not there for them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.oracle import sees
from tests.desk.people import CHEN, LI, WU, ZHAO, a_life, open_one
from tests.desk.rulebooks import AUDIT, PEOPLE, SUN, WANG, banks
from tests.storage.events import HOST_EVENTS, HOSTS
from tests.storage.stores import all_stores, change, opened_store, stored
from tests.storage.tickets import put, tickets, words
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, InvalidInput, StoreError, UnsupportedQuery
from workorder.kernel import evolve as after
from workorder.storage import Batch, Codec, Committed, MemoryStore, Snapshot, TicketQuery
from workorder.ticket import Comment, Dispatch, Ticket
from workorder.workflow import Actor


@pytest.fixture(params=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServiceDesk]:
    """A desk on each of the stores that keep history."""
    with opened_store(request.param, tmp_path) as store:
        yield ServiceDesk(store, rulebook=banks())


def test_invisible_tickets_do_not_exist(desk: ServiceDesk) -> None:
    """Every read of a ticket one may not see is ``not_found``, as for one that is not there."""
    ticket = open_one(desk)
    for read in (desk.get, desk.options, desk.explain, desk.history):
        for ticket_id, actor in ((ticket.id, ZHAO), (ticket.id, WANG), ("nowhere", CHEN)):
            with pytest.raises(CommandRefused) as raised:
                read(ticket_id, actor=actor)
            assert raised.value.code == "not_found"
            assert raised.value.refusal.allowed == ()
    assert desk.find(actor=ZHAO).tickets == ()


def test_who_sees_what(desk: ServiceDesk) -> None:
    """The department, the assignee, the customer, supervisors and auditors; no others."""
    ticket = open_one(desk)
    customer = Actor("C-10023", "customer")
    assert all(
        desk.get(ticket.id, actor=each) == ticket for each in (LI, WU, CHEN, AUDIT, customer)
    )
    passed = desk.perform(ticket.id, Dispatch("zhao", "loans"), actor=CHEN)
    assert all(desk.get(ticket.id, actor=each) == passed for each in (LI, ZHAO, SUN, customer))
    with pytest.raises(CommandRefused):
        desk.get(ticket.id, actor=WU)  # it left the department, and they had no part in it


known = [actor for actor in PEOPLE if actor.roles <= banks().workflow.role_by_name.keys()]
some = st.lists(
    st.tuples(
        tickets(words.filter(bool)),
        st.sampled_from(["C-1", "li", None]),
        st.sampled_from(["cards", "loans", None]),
        st.dictionaries(st.sampled_from(["li", "wu", "C-1"]), st.just({"handler": ("open",)})),
    ).map(
        lambda drawn: evolve(
            drawn[0],
            parties=evolve(drawn[0].parties, customer=drawn[1]),
            assignment=evolve(drawn[0].assignment, department=drawn[2]),
            deeds=drawn[3],
        )
    ),
    max_size=8,
    unique_by=lambda ticket: ticket.id,
)


@given(some, st.sampled_from(known), st.integers(1, 3))
def test_find_is_everything_one_may_see(
    given_tickets: list[Ticket], actor: Actor, limit: int
) -> None:
    """Whatever tickets there are: a person finds exactly those they may see, page by page, and
    no page is shorter for what was left out.
    """
    expected = sorted((t for t in given_tickets if sees(actor, t)), key=lambda ticket: ticket.id)
    with all_stores(("memory", "sqlite")) as stores:
        for store in stores.values():
            assert store.commit(Batch(tuple(map(put, given_tickets)))) == Committed()
            desk = ServiceDesk(store, rulebook=banks())
            query = TicketQuery(order="id", limit=limit)
            found: list[Ticket] = []
            mark = None
            while True:
                page = desk.find(query, actor=actor, after=mark)
                found += page.tickets
                mark = page.next
                assert len(page.tickets) == limit or mark is None
                if mark is None:
                    break
            assert found == expected
            for ticket in given_tickets:
                reachable = True
                try:
                    desk.get(ticket.id, actor=actor)
                except CommandRefused:
                    reachable = False
                assert reachable == (ticket in expected)


def test_scope_cannot_be_widened(desk: ServiceDesk) -> None:
    """No condition of a query brings back what the scope leaves out, nor does it tell it is
    there.
    """
    ticket = open_one(desk)
    for condition in (
        where("id").equals(ticket.id),
        ~where("id").equals("nowhere"),
        where("department").equals("cards") | where("department").differs("cards"),
        where("people").contains("li"),
    ):
        assert desk.find(TicketQuery(condition), actor=ZHAO) == desk.find(
            TicketQuery(where("id").equals("nowhere")), actor=ZHAO
        )
        assert desk.find(TicketQuery(condition), actor=LI).tickets == (ticket,)


def test_unrestricted_reads_see_everything(desk: ServiceDesk) -> None:
    """The explicit way round for batch work needs no actor and leaves nothing out."""
    ticket = open_one(desk)
    whole = desk.unrestricted()
    assert whole.get(ticket.id) == ticket
    assert whole.find().tickets == (ticket,)
    assert [entry.sequence for entry in whole.history(ticket.id)] == [1]
    with pytest.raises(CommandRefused) as raised:
        whole.get("nowhere")
    assert raised.value.code == "not_found"


def test_a_mark_belongs_to_its_query(desk: ServiceDesk) -> None:
    """A mark goes on where its page ended, and is refused for any other question."""
    for number in range(5):
        open_one(desk, f"{number}")
    query = TicketQuery(limit=2)
    first = desk.find(query, actor=CHEN)
    assert first.next is not None
    second = desk.find(query, actor=CHEN, after=first.next)
    ids = [ticket.id for page in (first, second) for ticket in page.tickets]
    assert len(set(ids)) == 4
    others = (
        TicketQuery(where("state").equals("closed"), limit=2),
        TicketQuery(order="id", limit=2),
        TicketQuery(order="-opened", limit=2),
    )
    for other in others:
        with pytest.raises(UnsupportedQuery) as raised:
            desk.find(other, actor=CHEN, after=first.next)
        assert raised.value.code == "bad_cursor"
    wider = desk.find(evolve(query, limit=9), actor=CHEN, after=first.next)
    assert wider.next is None
    assert [ticket.id for ticket in wider.tickets][:2] == ids[2:]


def test_what_cannot_be_searched_is_refused(desk: ServiceDesk) -> None:
    """Fields that are sealed or not declared searchable cannot be asked for; the rest can."""
    open_one(desk)
    for name in ("fields.title", "fields.description", "fields.currency", "fields.nothing"):
        with pytest.raises(UnsupportedQuery) as raised:
            desk.find(TicketQuery(where(name).equals("x")), actor=CHEN)
        assert raised.value.code == "unknown_field"
    assert len(desk.find(TicketQuery(where("fields.priority").equals(1)), actor=CHEN).tickets) == 1


def test_history_tells_what_was_written(desk: ServiceDesk) -> None:
    """Every event in order, each with the texts people wrote, whoever may see the ticket."""
    ticket = a_life(desk)
    entries = desk.history(ticket.id, actor=WU)
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [entry.texts for entry in entries] == [
        {"title": "卡片丢失", "description": "昨天在地铁上丢了"},
        {"reason": "熟悉情况"},
        {},
        {"text": "已联系客户 💳"},
        {"resolution": "已换卡"},
        {},
    ]
    assert [entry.event.trace.actor for entry in entries] == [
        "li",
        "chen",
        "li",
        "li",
        "li",
        "chen",
    ]
    plain = entries[3].as_data()
    assert plain["said"] == {"text": "已联系客户 💳"}
    assert plain["sequence"] == 4


def test_erased_texts_are_missing(desk: ServiceDesk) -> None:
    """A text that is no longer kept shows as ``None``; the history is whole all the same."""
    ticket = a_life(desk)
    store: Any = desk.store
    if isinstance(store, MemoryStore):
        store._sealed[ticket.id].pop("4.text")
    else:
        store._connections.get().execute("DELETE FROM workorder_sealed WHERE ref = '4.text'")
    assert desk.history(ticket.id, actor=LI)[3].texts == {"text": None}
    assert desk.history(ticket.id, actor=LI)[4].texts == {"resolution": "已换卡"}


def test_a_store_without_history_has_none_to_tell() -> None:
    """Asking for history there is an error that names the capability; the rest works."""
    desk = ServiceDesk(MemoryStore(history=False))
    ticket = a_life(desk)
    with pytest.raises(StoreError) as raised:
        desk.history(ticket.id, actor=CHEN)
    assert (raised.value.code, raised.value.facts) == ("unsupported", {"capability": "history"})
    assert desk.find(actor=CHEN).tickets == (ticket,)
    with pytest.raises(CommandRefused):
        desk.history("nowhere", actor=CHEN)


def test_explain_shows_every_action(desk: ServiceDesk) -> None:
    """An explanation has the state, and for every action whether and why, in both languages."""
    ticket = open_one(desk)
    told = desk.explain(ticket.id, actor=LI)
    assert told.ticket == ticket
    assert told.options == desk.options(ticket.id, actor=LI)
    names = {action.name for action in banks().workflow.actions} - {"open"}
    assert {each["action"] for each in told.as_data()["options"]} == names
    assert ticket.id in told.text()
    assert "已受理" in told.text("zh-CN")


def test_options_know_about_steps_of_a_newer_version(desk: ServiceDesk) -> None:
    """On a ticket with steps of a kind this version does not know nothing is offered, for every
    command is refused.
    """
    store: Any = desk.store
    store.commit(Batch((change("T1"),)))
    before = stored(store, "T1").snapshot
    event = evolve(
        HOSTS[0],
        trace=evolve(HOSTS[0].trace, version=2),
        step=evolve(HOSTS[0].step, to_state="accepted"),
    )
    ticket = after(before.ticket, event)
    record = Codec(HOST_EVENTS).encode("T1", 2, event)
    store.commit(
        Batch((evolve(change("T1", before), snapshot=Snapshot(ticket), records=(record,)),))
    )
    with pytest.raises(CommandRefused) as raised:
        desk.perform("T1", Comment("x"), actor=CHEN)
    assert raised.value.code == "opaque_history"
    assert [option.action.name for option in desk.options("T1", actor=CHEN) if option.allowed] == []
    assert len(desk.history("T1", actor=CHEN)) == 2


def test_a_history_may_be_read_in_parts() -> None:
    """From after a sequence number, so many at a time; the parts together are the whole."""
    desk = ServiceDesk()
    ticket = desk.open("complaint", fields={"title": "x"}, actor=CHEN)
    for number in range(6):
        desk.perform(ticket.id, Comment(f"{number}"), actor=CHEN)
    whole = desk.history(ticket.id, actor=CHEN)
    parts = [desk.history(ticket.id, actor=CHEN, after=after, limit=3) for after in (0, 3, 6)]
    assert [len(part) for part in parts] == [3, 3, 1]
    assert tuple(entry for part in parts for entry in part) == whole
    with pytest.raises(InvalidInput):
        desk.history(ticket.id, actor=CHEN, after=-1)
