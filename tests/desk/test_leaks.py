"""Ways round what somebody may not read, and round a legal hold: each was open once."""

import pytest
from attrs import evolve

from tests.desk.people import Ticking
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, UnsupportedQuery
from workorder.intake import Field
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore, TicketQuery
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    Close,
    Command,
    Dispatch,
    Hold,
    Reclassify,
    Start,
    Submit,
)
from workorder.workflow import Actor

LI = Actor("li", ("intake", "supervisor", "dispatcher"), "hotline")
ZHANG = Actor("zhang", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
CUSTOMER = Actor("C-1", "customer")
DPO = Actor("dpo", ())
BEGUN = ((Accept(), LI), (Dispatch("zhang", "cards"), LI), (Start(), ZHANG))


def with_field(field: Field, version: str = "1") -> Rulebook:
    """The bank's rulebook with one more field on its complaints."""
    known = bank()
    first, *rest = known.forms
    form = evolve(first, fields=(*first.fields, field))
    return evolve(known, version=version, forms=(form, *rest))


def opened(desk: ServiceDesk, *steps: tuple[Command, Actor], **fields: object) -> str:
    """A complaint after some steps."""
    given = {"title": "卡片被吞", "category": "atm", **fields}
    ticket = desk.open(
        "complaint",
        customer="C-1",
        channel="phone",
        fields=given,
        actor=LI,
        command_id="call-1",
    )
    for command, actor in steps:
        desk.perform(ticket.id, command, actor=actor)
    return ticket.id


def desk_of(rules: Rulebook, store: MemoryStore | None = None, **more: object) -> ServiceDesk:
    """A desk under *rules*."""
    return ServiceDesk(store or MemoryStore(), rulebook=rules, time=Ticking(), **more)  # type: ignore[arg-type]


def test_a_legal_hold_outlives_the_work() -> None:
    """Handing in a resolution, approving it and closing lift no legal hold."""
    desk = desk_of(bank())
    ticket = opened(desk, *BEGUN)
    papers = desk.unrestricted()
    papers.place_legal_hold(ticket, "court", actor=DPO)
    for command, actor in ((Submit("退款"), ZHANG), (Approve(), SUN)):
        assert desk.perform(ticket, command, actor=actor).work.legal_holds == ("court",)
    with pytest.raises(CommandRefused) as refused:
        papers.erase(ticket, actor=DPO, basis="request")
    assert refused.value.refusal.code == "legal_hold"


def test_after_an_erasure_a_repeated_opening_tells_strangers_nothing() -> None:
    """The id of another customer's call gives nobody their ticket; its opener gets the answer."""
    desk = desk_of(bank())
    ticket = opened(desk)
    desk.unrestricted().erase(ticket, actor=DPO, basis="request")
    stranger = Actor("C-2", "customer")
    with pytest.raises(CommandRefused) as refused:
        desk.open("enquiry", customer="C-2", actor=stranger, command_id="call-1")
    assert refused.value.refusal.code == "command_reused"
    assert opened(desk) == ticket
    assert desk.unrestricted().history(ticket)[0].texts == {"title": None}


def test_a_field_keeps_its_readers_through_an_appeal() -> None:
    """Also where the ticket that is appealed got another type before."""
    desk = desk_of(with_field(Field("suspicion", "code", readers=("supervisor",))))
    steps = (
        (Accept(), LI),
        (Reclassify("dispute", "金额有争议"), LI),
        *BEGUN[1:],
        (Submit("退款"), ZHANG),
        (Approve(), SUN),
    )
    ticket = opened(desk, *steps, suspicion="fraud")
    desk.perform(ticket, Appeal("不同意"), actor=CUSTOMER)
    appeal = desk.get(ticket, actor=CUSTOMER).links.appeal
    assert appeal is not None
    assert "suspicion" not in desk.get(appeal, actor=CUSTOMER).fields
    view = desk.view(appeal, actor=CUSTOMER)
    assert view.withheld == ("suspicion",)
    assert "fraud" not in repr(view)
    assert desk.get(appeal, actor=LI).fields["suspicion"] == "fraud"


def test_a_field_that_was_searchable_before_is_not_for_those_who_may_not_read_it() -> None:
    """Neither in a condition nor in an order, whose mark would tell it."""
    store = MemoryStore()
    before = with_field(Field("suspicion", "code", searchable=True), "0")
    after = with_field(Field("suspicion", "code", readers=("supervisor",)))
    opened(desk_of(before, store), suspicion="fraud")
    desk = desk_of(after, store, earlier=[before])
    asked = TicketQuery(where("fields.suspicion").equals("fraud"))
    for query in (asked, TicketQuery(order=("fields.suspicion",))):
        for actor in (CUSTOMER, ZHANG):
            with pytest.raises(UnsupportedQuery, match=r"fields\.suspicion is not searchable"):
                desk.find(query, actor=actor)
    assert len(desk.find(asked, actor=LI).tickets) == 1


def test_a_customer_cannot_ask_which_tickets_were_erased() -> None:
    """That texts were erased is a matter of record keeping."""
    desk = desk_of(bank())
    opened(desk)
    with pytest.raises(UnsupportedQuery, match="erased is not searchable"):
        desk.find(TicketQuery(where("erased").equals(value=True)), actor=CUSTOMER)


def test_a_refusal_calls_the_state_as_the_view_does() -> None:
    """Nobody asks the customer for anything while a third party is waited for."""
    desk = desk_of(bank())
    ticket = opened(desk, *BEGUN, (Hold("waiting_for_third_party"), ZHANG))
    with pytest.raises(CommandRefused) as refused:
        desk.perform(ticket, Close(), actor=CUSTOMER)
    shown = desk.view(ticket, actor=CUSTOMER).state
    assert refused.value.refusal.facts["state"] == shown
    assert shown.text("en") == "In progress"
