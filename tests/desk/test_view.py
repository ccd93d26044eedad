"""What a customer reads of a ticket: their view, their history, and what is left out."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from tests.desk.people import Ticking
from workorder.conditions import Compare
from workorder.desk import AsyncServiceDesk, Entry, ServiceDesk, View
from workorder.desk.rights import HIDDEN, rights_of
from workorder.errors import CommandRefused
from workorder.intake import Field
from workorder.refusals import Refusal, Unmet
from workorder.rulebook import Rulebook, Rulebooks, bank
from workorder.storage import Capability, MemoryStore, TicketQuery
from workorder.ticket import (
    Accept,
    Approve,
    Cancel,
    Command,
    Comment,
    CustomerMessage,
    Dispatch,
    Hold,
    Reclassify,
    Reopen,
    Reply,
    Resume,
    ReturnForRework,
    Start,
    Submit,
    Ticket,
    Urge,
)
from workorder.workflow import Actor, Role, Scope, reads_all

LI = Actor("li", ("intake", "supervisor", "dispatcher"), "hotline")
ZHANG = Actor("zhang", "handler", "cards")
SUN = Actor("sun", "reviewer", "cards")
CUSTOMER = Actor("C-1", "customer")
SUSPICION = Field("suspicion", "code", readers=("supervisor",))
ASSESSMENT = Field("assessment", readers=("supervisor", "reviewer"))


def guarded() -> Rulebook:
    """The bank's rulebook with two fields for some roles alone on its complaints."""
    known = bank()
    first, *rest = known.forms
    form = evolve(first, fields=(*first.fields, SUSPICION, ASSESSMENT))
    return evolve(known, forms=(form, *rest))


GUARDED = guarded()


class Counter:
    """A desk, and one complaint that is spoken of."""

    def __init__(self, store: Any = None, rules: Rulebook = GUARDED) -> None:
        self.time = Ticking()
        self.store = store or MemoryStore()
        self.desk = ServiceDesk(self.store, rulebook=rules, time=self.time)
        fields = {"title": "卡片被吞", "category": "atm"}
        if rules is GUARDED:
            fields |= {"suspicion": "fraud", "assessment": "自称被盗"}
        self.id = self.desk.open(
            "complaint", actor=LI, customer="C-1", channel="phone", fields=fields
        ).id

    def do(self, *steps: tuple[Command, Actor]) -> Ticket:
        """Some steps; the ticket after them."""
        for command, actor in steps:
            self.desk.perform(self.id, command, actor=actor)
        return self.desk.unrestricted().get(self.id)

    def kinds(self, actor: Actor = CUSTOMER) -> list[str]:
        """What *actor* reads of the history."""
        entries = self.desk.history(self.id, actor=actor)
        return [each.event.kind.removeprefix("ticket.") for each in entries]

    def view(self, actor: Actor = CUSTOMER) -> View:
        """The ticket for *actor*."""
        return self.desk.view(self.id, actor=actor)


BEGUN = ((Accept(), LI), (Comment("难缠"), LI), (Dispatch("zhang", "cards"), LI), (Start(), ZHANG))


def test_history_is_what_is_shared() -> None:
    """Remarks, dispatches and starting work are left out; sequence numbers stay."""
    counter = Counter()
    counter.do(*BEGUN, (Reply("正在核实"), ZHANG), (CustomerMessage("请快一点"), CUSTOMER))
    entries = counter.desk.history(counter.id, actor=CUSTOMER)
    assert counter.kinds() == ["opened", "accepted", "replied", "customer_wrote"]
    assert [each.sequence for each in entries] == [1, 2, 6, 7]
    assert [each.event.trace.actor for each in entries] == ["intake", "intake", "handler", "C-1"]
    assert all(each.event.trace.department is None for each in entries)
    assert entries[2].texts == {"text": "正在核实"}
    assert len(counter.kinds(LI)) == 7
    assert len(counter.desk.unrestricted().history(counter.id)) == 7


def test_pages_of_what_is_shared() -> None:
    """A limit counts what is read, and the next page goes on behind it."""
    counter = Counter()
    counter.do(*BEGUN, *((Comment(str(n)), ZHANG) for n in range(7)), (Reply("好"), ZHANG))
    whole = counter.desk.history(counter.id, actor=CUSTOMER)
    assert [each.sequence for each in whole] == [1, 2, 13]
    for limit in (1, 2, 3, 4):
        read: list[Entry] = []
        after = 0
        while page := counter.desk.history(counter.id, actor=CUSTOMER, after=after, limit=limit):
            assert len(page) <= limit
            read += page
            after = page[-1].sequence
        assert tuple(read) == whole
    assert counter.desk.history(counter.id, actor=CUSTOMER, limit=0) == ()


def test_states_are_called_what_the_customer_calls_them() -> None:
    """In the history, in the view, in an explanation, and where a command is refused."""
    counter = Counter()
    counter.do(*BEGUN, (Submit("退款"), ZHANG))
    view = counter.view()
    assert (view.state.name, view.state.text("en")) == ("under_review", "In progress")
    assert counter.desk.explain(counter.id, actor=CUSTOMER).state == view.state
    labels = [each.state.text("en") if each.state else None for each in view.entries]
    assert labels == ["Submitted", "Accepted"]
    own = counter.desk.history(counter.id, actor=LI)
    assert [each.state.text("en") for each in own if each.state][-1] == "Under review"
    with pytest.raises(CommandRefused) as refused:
        counter.desk.perform(counter.id, Reopen("不满意"), actor=CUSTOMER)
    assert "In progress" in refused.value.text()
    assert "review" not in refused.value.text().splitlines()[0]


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("waiting_for_customer", "More information needed"),
        ("waiting_for_third_party", "In progress"),
    ],
)
def test_why_it_waits(reason: str, shown: str) -> None:
    """The customer is told what the reason has for them, and not its name or its note."""
    counter = Counter()
    counter.do(*BEGUN, (Hold(reason, None, "等警方"), ZHANG))
    view = counter.view()
    assert view.state.text("en") == shown
    assert view.entries[-1].event.kind == "ticket.held"
    assert view.entries[-1].texts == {}
    assert view.entries[-1].as_data()["state_label"] == shown
    assert view.entries[-1].as_data()["said"] == {}
    assert reason not in repr(view.entries)
    explanation = counter.desk.explain(counter.id, actor=CUSTOMER)
    assert "third party" not in explanation.text("en") + repr(explanation.as_data("en"))
    assert "待第三方" not in explanation.text("zh-CN") + repr(explanation.as_data("zh-CN"))
    assert "On hold" not in explanation.text("en") + repr(explanation.as_data("en"))
    assert reason not in repr(counter.desk.get(counter.id, actor=CUSTOMER))
    assert reason in repr(counter.desk.get(counter.id, actor=LI))
    counter.do((Resume("警方回复"), ZHANG))
    assert counter.view().entries[-1].texts == {}


def test_the_resolution_once_it_is_the_answer() -> None:
    """Handed in for review it is not, nor when the matter is called off; approved it is."""
    counter = Counter()
    counter.do(*BEGUN, (Submit("拒赔"), ZHANG))
    assert counter.view().resolution is None
    assert counter.desk.get(counter.id, actor=CUSTOMER).work.resolution is None
    assert counter.view(LI).resolution is None
    counter.do((ReturnForRework("证据不足"), SUN), (Submit("退款"), ZHANG), (Approve("同意"), SUN))
    assert counter.view().resolution == "退款"
    assert counter.desk.get(counter.id, actor=CUSTOMER).work.resolution is not None
    assert counter.kinds()[-1] == "approved"
    assert counter.view().entries[-1].texts == {}
    counter.do((Reopen("未到账"), CUSTOMER), (Submit("再退"), ZHANG))
    assert counter.view().resolution is None
    assert counter.view().entries[-1].texts == {"reason": "未到账"}
    counter.do((Cancel("重复"), Actor("wu", "supervisor")))
    assert counter.view().resolution is None
    assert counter.view().entries[-1].texts == {}


def test_who_may_not_read_a_field() -> None:
    """It is named and has no value: in the view, the history, the ticket and what is found."""
    counter = Counter()
    counter.do((Accept(), LI), (Reclassify("enquiry", "改"), LI))
    for actor, withheld in (
        (CUSTOMER, ("suspicion", "assessment")),
        (Actor("he", "intake"), ("suspicion", "assessment")),
        (Actor("wu", ("intake", "reviewer")), ("suspicion",)),
        (LI, ()),
    ):
        view = counter.view(actor)
        assert sorted(view.withheld) == sorted(withheld)
        values = {each.label.name: each.value for each in view.fields}
        assert values["title"] == "卡片被吞"
        assert values["suspicion"] == (None if "suspicion" in withheld else "fraud")
        assert values["assessment"] == (None if "assessment" in withheld else "自称被盗")
        opened = view.entries[0]
        assert sorted(opened.withheld) == sorted(withheld)
        assert opened.texts["assessment"] == values["assessment"]
        assert opened.as_data().get("withheld", []) == list(opened.withheld)
        assert opened.as_data()["said"]["fields"].get("suspicion") == values["suspicion"]
        for ticket in (
            counter.desk.get(counter.id, actor=actor),
            counter.desk.explain(counter.id, actor=actor).ticket,
            *counter.desk.find(actor=actor).tickets,
        ):
            assert set(withheld).isdisjoint(ticket.fields)
            assert "title" in ticket.fields
        for reading in (view, counter.desk.history(counter.id, actor=actor)):
            assert ("fraud" in repr(reading)) is ("suspicion" not in withheld)
    assert "fraud" in repr(counter.desk.unrestricted().get(counter.id))


def test_what_a_command_answers() -> None:
    """The ticket and the events as its sender may see them, the first time and again."""
    counter = Counter()
    counter.do(*BEGUN)
    sent: Any = {"actor": CUSTOMER, "command_id": "urge"}
    first = counter.desk.execute(counter.id, Urge("快"), **sent)
    again = counter.desk.execute(counter.id, Urge("快"), **sent)
    assert again == evolve(first, repeated=True)
    assert first.ticket == counter.desk.get(counter.id, actor=CUSTOMER)
    assert (first.ticket.deeds, first.ticket.assignee, first.ticket.counts.comments) == (
        {},
        None,
        0,
    )
    assert first.ticket.counts.urges == 1
    assert set(first.ticket.windows.urged) == {"C-1"}
    assert first.ticket.version == counter.desk.unrestricted().get(counter.id).version
    done = counter.desk.execute(counter.id, Comment("烦"), actor=LI)
    assert done.ticket == counter.desk.unrestricted().get(counter.id)


def test_the_view_as_data() -> None:
    """Names and labels, values and texts, in both languages; nothing else."""
    counter = Counter(rules=bank())
    counter.do(*BEGUN)
    view = counter.view()
    data = view.as_data("zh-CN")
    assert data["ticket"] == counter.id
    assert (data["type"], data["type_label"]) == ("complaint", "投诉")
    assert (data["state"], data["state_label"]) == ("in_progress", "处理中")
    assert data["fields"][0] == {
        "name": "title",
        "label": "标题",
        "value": "卡片被吞",
        "withheld": False,
    }
    assert data["due"] is not None
    assert data["last"] == data["entries"][-1]["at"]
    assert data["last"] < view.at.isoformat()
    actions = {each["action"] for each in data["options"]}
    assert actions == {"customer_message", "urge", "cancel"}
    assert data["version"] == counter.desk.get(counter.id, actor=CUSTOMER).version
    assert counter.view(LI).last == counter.desk.get(counter.id, actor=LI).times.last


def test_nobody_else_has_a_view() -> None:
    """For whoever may not see the ticket there is none."""
    counter = Counter()
    with pytest.raises(CommandRefused) as refused:
        counter.desk.view(counter.id, actor=Actor("C-2", "customer"))
    assert refused.value.code == "not_found"
    with pytest.raises(CommandRefused) as refused:
        counter.desk.view(counter.id, actor=Actor("C-2", "king"))
    assert refused.value.code == "unknown_role"


def test_awaited_as_well() -> None:
    """Both desks give one view."""
    counter = Counter()
    counter.do(*BEGUN)
    awaited = AsyncServiceDesk(counter.store, rulebook=GUARDED, time=lambda: counter.time.now)
    plain = ServiceDesk(counter.store, rulebook=GUARDED, time=lambda: counter.time.now)
    for actor in (CUSTOMER, LI):
        found = asyncio.run(awaited.view(counter.id, actor=actor))
        assert found == plain.view(counter.id, actor=actor)


class Bare:
    """A store that keeps tickets alone."""

    def __init__(self, inner: MemoryStore) -> None:
        self._inner = inner
        self.capabilities = frozenset({Capability.SEALED})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def test_without_history() -> None:
    """Such a store has no entries to show; the rest of the view is there."""
    counter = Counter()
    counter.do(*BEGUN)
    bare: Any = Bare(counter.store)
    view = ServiceDesk(bare, rulebook=GUARDED).view(counter.id, actor=CUSTOMER)
    assert (view.entries, view.last) == ((), None)
    assert view.fields[0].value == "卡片被吞"


def test_the_most_that_one_role_grants() -> None:
    """Only of roles that see the ticket: who reads one as an ombudsman does not read all of it
    for being a handler elsewhere.
    """
    known = bank()
    other = Role("ombudsman", Scope.ALL, read_only=True, reads="shared")
    workflow = evolve(known.workflow, roles=(*known.workflow.roles, other))
    counter = Counter(rules=evolve(known, workflow=workflow))
    ticket = counter.do(*BEGUN)
    roles = workflow.role_by_name
    far = Actor("wu", ("ombudsman", "handler"), "loans")
    near = Actor("wu", ("ombudsman", "handler"), "cards")
    assert not reads_all(ticket, far, roles)
    assert reads_all(ticket, near, roles)
    assert not reads_all(ticket, Actor("wu", "ombudsman"), roles)
    assert counter.kinds(far) == ["opened", "accepted"]
    assert "commented" in counter.kinds(near)
    # Asking who has it finds what they read in full, and nothing besides.
    query = TicketQuery(Compare("assignee", "eq", "zhang"))
    assert counter.desk.find(query, actor=far).tickets == ()
    assert len(counter.desk.find(query, actor=near).tickets) == 1
    assert len(counter.desk.find(actor=far).tickets) == 1


def test_pages_of_tickets() -> None:
    """The mark of a page leads on, whatever is left out of its tickets."""
    counter = Counter()
    ids = {counter.id}
    for number in range(4):
        counter.time.now += timedelta(hours=number)
        fields = {"title": "x", "category": "atm", "suspicion": "none"}
        ids.add(counter.desk.open("complaint", actor=LI, customer="C-1", fields=fields).id)
    found: list[Ticket] = []
    after = None
    while True:
        page = counter.desk.find(TicketQuery(limit=2, order="-last"), actor=CUSTOMER, after=after)
        found += page.tickets
        after = page.next
        if after is None:
            break
    assert len(found) == 5
    assert {each.id for each in found} == ids
    assert all(each.origin.opened_by == "" for each in found)


def test_a_refusal_names_nobody() -> None:
    """Facts that are people, departments or reasons of the bank are not told to a customer."""
    counter = Counter()
    ticket = counter.do(*BEGUN, (Hold("waiting_for_third_party"), ZHANG))
    refusal = Refusal(
        "rules",
        (Unmet("x", "x", {"assignee": "zhang", "people": ("li", "C-1"), "where": "cards"}),),
        (),
        {"reason": "waiting_for_third_party", "agent": "zhang", "count": 3},
    )
    told = rights_of(CUSTOMER, ticket, Rulebooks(GUARDED)).refusal(refusal, ticket)
    assert told.facts == {"reason": HIDDEN, "agent": HIDDEN, "count": 3}
    assert told.unmet[0].facts == {
        "assignee": HIDDEN,
        "people": (HIDDEN, "C-1"),
        "where": HIDDEN,
    }
    assert rights_of(LI, ticket, Rulebooks(GUARDED)).refusal(refusal, ticket) is refusal
