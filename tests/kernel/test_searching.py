"""派单: a ticket is given to whom the routing found, offered, or known to fit nobody now."""

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve as changed
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.waiting import (
    AT,
    BOSS,
    DAY,
    HOUR,
    LI,
    MINUTE,
    SUN,
    TELLER,
    TICK,
    WANG,
    around,
    asked,
    opened,
    passed,
)
from workorder.durations import Elapsed
from workorder.errors import InvalidInput
from workorder.kernel import Context, Decided, Found, Notice, decide, evolve, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import bank, basic
from workorder.storage import Codec
from workorder.testing.strategies import events, tickets
from workorder.ticket import (
    Accept,
    AcceptOffer,
    Appeal,
    Approve,
    Assign,
    Cancel,
    Claim,
    Claimed,
    Command,
    Decline,
    DeclineOffer,
    Dispatch,
    Dispatched,
    Event,
    InformCustomer,
    MergeInto,
    NotAssigned,
    Offered,
    OfferEnded,
    OfferTo,
    Open,
    OpenOffer,
    Search,
    SearchDue,
    Start,
    Submit,
    Ticket,
    Transfer,
    Unmerge,
    WithdrawOffer,
)
from workorder.ticket.events.routing import DecisionData
from workorder.ticket.work import NO_SEARCH
from workorder.workflow import Actor, may_see

QIAN = Actor("qian", ("handler", "reviewer"), "cards")
CHEN = Actor("chen", "supervisor", "operations", 30)
CUSTOMER = Actor("C-1", "customer")
TIME = Actor("system", "system")

END = AT + 2 * HOUR
OFFER = OfferTo("li", END, "cards")
DECISION = DecisionData({"chosen": "li", "passed": {"qian": [{"code": "full"}]}})
NOBODY = Found(DecisionData({"chosen": None}), {"full": 2, "absent": 1}, AT + 3 * HOUR)


def accepted(type_: str = "complaint") -> Ticket:
    """A ticket that was taken on, and that nobody has."""
    return asked(opened(type_), Accept(), TELLER)


def offered() -> Ticket:
    """The same, offered to Li for two hours."""
    return asked(accepted(), OFFER, WANG)


def found_by(found: Found | None, actor: Actor = WANG, at: datetime = AT) -> Context:
    """What surrounds a decision, with what the routing found."""
    return changed(around(actor, at), found=found)


def decided(ticket: Ticket, command: Command, context: Context) -> Decided:
    """What follows from a command that is expected to be permitted."""
    answer = decide(ticket, command, context)
    assert isinstance(answer, Decided), answer.text()
    return answer


def after(ticket: Ticket, answer: Decided) -> Ticket:
    """The ticket after all that follows."""
    for event in answer.events:
        ticket = evolve(ticket, event)
    return ticket


def refused(ticket: Ticket, command: Command, actor: Actor, at: datetime = AT) -> list[str]:
    """The names of what stands in the way of a command, at which all that time does was done."""
    answer = decide(passed(ticket, at).ticket, command, around(actor, at))
    assert isinstance(answer, Refusal), answer
    return [answer.code, *(each.name for each in answer.unmet)]


def not_assigned(ticket: Ticket, found: Found = NOBODY) -> Ticket:
    """The ticket after nobody was found who could have it."""
    return after(ticket, decided(ticket, Assign(), found_by(found)))


def search(ticket: Ticket) -> Search:
    """What is known of the search; there is something."""
    assert ticket.work.search is not None
    return ticket.work.search


class TestAssign:
    """Given to whom the routing found, or to whom somebody names."""

    def test_to_whom_was_found(self) -> None:
        """They have it, the decision stands in the event, and nobody is looked for any more."""
        answer = decided(accepted(), Assign("li", "cards"), found_by(Found(DECISION), TIME))
        (event,) = answer.events
        assert isinstance(event, Dispatched)
        assert (event.assignee, event.department, event.decision) == ("li", "cards", DECISION)
        ticket = after(accepted(), answer)
        assert (ticket.state, ticket.assignee, ticket.work.search) == ("assigned", "li", None)

    def test_to_whom_somebody_names(self) -> None:
        """A supervisor says who and why; no decision of the routing is made up for that."""
        answer = decided(accepted(), Assign("li", reason="knows the case"), around(CHEN, AT))
        (event,) = answer.events
        assert isinstance(event, Dispatched)
        assert event.decision is None
        assert event.reason is not None
        assert [each.value for each in answer.sealed] == ["knows the case"]

    def test_without_anybody_to_give_it_to(self) -> None:
        """Where nobody was named and nobody looked, that is a mistake of the program."""
        with pytest.raises(InvalidInput) as wrong:
            decide(accepted(), Assign(), around(WANG, AT))
        assert (wrong.value.code, wrong.value.facts["name"]) == ("required", "to")

    @pytest.mark.parametrize("state", ["accepted", "assigned"])
    def test_nobody_was_found(self, state: str) -> None:
        """The ticket stays as it is; why stands in the event, and somebody is told."""
        ticket = accepted()
        if state == "assigned":
            ticket = asked(ticket, Dispatch(department="cards"), WANG)
        answer = decided(ticket, Assign(), found_by(NOBODY))
        (event,) = answer.events
        assert isinstance(event, NotAssigned)
        assert (event.decision, event.passed, event.again) == (
            NOBODY.decision,
            NOBODY.passed,
            NOBODY.again,
        )
        assert answer.notices == (
            Notice("ticket.not_assigned", ticket.id, {"passed": {"full": 2, "absent": 1}}),
        )
        now = after(ticket, answer)
        assert (now.state, now.assignment) == (state, ticket.assignment)
        assert search(now) == Search(passed=NOBODY.passed, again=NOBODY.again)

    def test_nobody_was_found_promises_nothing(self) -> None:
        """What the state promises that it would have come into, is not promised: the time limit
        of a ticket begins when it is taken on, not when nobody was found for it.
        """
        known = basic()
        limits = changed(known.workflow.settings, time_limits={"complaint": Elapsed(5 * DAY)})
        rulebook = changed(known, workflow=changed(known.workflow, settings=limits))
        teller = Actor("teller", "handler", "hall")
        opening = Open("complaint", "C-1", "phone", department="hall", fields={"title": "Card"})
        ticket = asked(None, opening, teller, AT, rulebook)
        context = changed(around(teller, AT, rulebook), found=NOBODY)
        (missed,) = decided(ticket, Assign(), context).events
        assert missed.promises == {}
        (given_to,) = decided(ticket, Assign("li"), context).events
        assert set(given_to.promises) == {"due"}

    def test_what_was_found_is_kept(self) -> None:
        """A decision comes back from its record as it went in: lists, nothing, text and numbers."""
        parts = [["load", "1/3"], None, True, 3]
        decision = DecisionData({"chosen": "li", "ranking": [{"parts": parts}]})
        (event,) = decided(accepted(), Assign("li"), found_by(Found(decision))).events
        codec = Codec()
        read = codec.decode(codec.encode("T1", 3, event, ""))
        assert read == event


class TestOffer:
    """Held out to one person, until an instant."""

    def test_it_is_held_out(self) -> None:
        """Nobody has it, the person is told, and it lies with their department."""
        context = found_by(Found(DECISION))
        answer = decided(accepted(), OFFER, context)
        (event,) = answer.events
        assert isinstance(event, Offered)
        assert (event.to, event.until, event.decision) == ("li", END, DECISION)
        body = {"recipient": "li", "until": "2026-03-02T04:00:00.000000Z"}
        assert answer.notices == (Notice("ticket.offered", "T1", body),)
        ticket = after(accepted(), answer)
        assert (ticket.state, ticket.assignee, ticket.department) == ("assigned", None, "cards")
        assert search(ticket) == Search(offer=OpenOffer("li", END), roams=True)

    def test_whoever_is_asked_may_read_what_about(self) -> None:
        """Also where it lies with another department than theirs."""
        ticket = asked(accepted(), OfferTo("wu", END), WANG)
        roles = basic().workflow.role_by_name
        assert ticket.department is None
        assert may_see(ticket, Actor("wu", "handler", "loans"), roles)
        assert not may_see(ticket, Actor("sun", "handler", "loans"), roles)

    def test_accepted(self) -> None:
        """They have it, from then on like anybody who claimed it."""
        answer = decided(offered(), AcceptOffer(), around(LI, END - TICK))
        (event,) = answer.events
        assert isinstance(event, Claimed)
        ticket = after(offered(), answer)
        assert (ticket.assignee, ticket.department, ticket.work.search) == ("li", "cards", None)
        assert ticket.timers == ()
        assert asked(ticket, Start(), LI, END).state == "in_progress"

    def test_declined(self) -> None:
        """It is offered to nobody; that they declined, and when, is remembered; why is sealed."""
        answer = decided(offered(), DeclineOffer("on leave"), around(LI, AT + MINUTE))
        (event,) = answer.events
        assert isinstance(event, OfferEnded)
        assert (event.to, event.how) == ("li", "declined")
        assert [each.value for each in answer.sealed] == ["on leave"]
        ticket = after(offered(), answer)
        assert search(ticket) == Search(declined={"li": AT + MINUTE}, roams=True)
        assert (ticket.state, ticket.assignee, ticket.timers) == ("assigned", None, ())

    @pytest.mark.parametrize("late", [0 * DAY, TICK, 9 * DAY])
    def test_lapsed(self, late: Any) -> None:
        """At its end, whenever somebody looks: that is when they are remembered not to have taken
        it.
        """
        answer = passed(offered(), END + late)
        (fired,) = answer.fired
        (event,) = fired.events
        assert isinstance(event, OfferEnded)
        assert (event.to, event.how, event.reason) == ("li", "lapsed", None)
        assert (event.trace.actor, event.trace.occurred_at) == ("system", END)
        assert event.trace.recorded_at == END + late
        assert search(answer.ticket) == Search(declined={"li": END}, roams=True)
        assert answer.ticket.state == "assigned"

    def test_open_until_its_last_instant(self) -> None:
        """A microsecond before its end nothing has happened."""
        assert passed(offered(), END - TICK).fired == ()

    @pytest.mark.parametrize("at", [END, END + TICK, END + DAY])
    def test_accepted_too_late(self, at: datetime) -> None:
        """The refusal says that the offer is over, and since when, in both languages."""
        ticket = passed(offered(), at).ticket
        answer = decide(ticket, AcceptOffer(), around(LI, at))
        assert isinstance(answer, Refusal)
        assert answer.code == "rules"
        (unmet,) = answer.unmet
        assert (unmet.name, unmet.code) == ("offered_to_self", "offer_over")
        assert unmet.facts == {"person": "li", "ended": END}
        assert "the offer to li ended at 2026-03-02" in answer.text("en")
        assert "对 li 的派单邀约已于" in answer.text("zh-CN")

    def test_declined_too_late(self) -> None:
        """There is nothing any more to decline."""
        assert refused(offered(), DeclineOffer("x"), LI, END) == ["rules", "offered_to_self"]

    def test_declined_on_behalf_of_somebody(self) -> None:
        """Where a workflow lets a colleague say so, who was asked is remembered all the same."""
        known = bank()
        rows = tuple(
            changed(row, rules=()) if row.action == "decline_offer" else row
            for row in known.workflow.rows
        )
        rulebook = changed(known, workflow=changed(known.workflow, rows=rows))
        ticket = asked(offered(), DeclineOffer("on leave"), QIAN, rulebook=rulebook)
        assert search(ticket) == Search(declined={"li": AT}, roams=True)

    def test_withdrawn(self) -> None:
        """It is offered to nobody, and nobody is said not to have taken it."""
        answer = decided(offered(), WithdrawOffer("belongs to a branch"), around(WANG, AT))
        (event,) = answer.events
        assert isinstance(event, OfferEnded)
        assert (event.to, event.how) == ("li", "withdrawn")
        ticket = after(offered(), answer)
        assert (ticket.work.search, ticket.timers) == (Search(roams=True), ())
        again = Search(OpenOffer("li", END, "cards"), roams=True)
        assert asked(ticket, OFFER, WANG).work.search == again

    def test_one_at_a_time(self) -> None:
        """A second offer is refused while one is open, to anybody; afterwards it is none."""
        other = OfferTo("qian", END + DAY, "cards")
        assert refused(offered(), other, WANG) == ["rules", "not_offered"]
        assert refused(offered(), OFFER, WANG) == ["rules", "not_offered"]
        later = passed(offered(), END).ticket
        again = asked(later, other, WANG, END)
        assert search(again) == Search(
            OpenOffer("qian", END + DAY, "cards"), {"li": END}, roams=True
        )

    def test_nobody_else_claims_it(self) -> None:
        """Who was asked first is waited for; they may claim it as well as accept."""
        assert refused(offered(), Claim(), QIAN) == ["rules", "not_offered_to_another"]
        assert refused(offered(), AcceptOffer(), QIAN) == ["rules", "offered_to_self"]
        assert asked(offered(), Claim(), LI).assignee == "li"
        assert asked(passed(offered(), END).ticket, Claim(), QIAN, END).assignee == "qian"

    @pytest.mark.parametrize("until", [AT, AT - TICK])
    def test_it_ends_later_than_it_begins(self, until: datetime) -> None:
        """An offer that is over from the start is refused."""
        answer = decide(accepted(), OfferTo("li", until), around(WANG, AT))
        assert isinstance(answer, Refusal)
        assert [(each.name, each.code) for each in answer.unmet] == [("until", "not_later")]


class TestWhatEndsAnOffer:
    """Whatever happens to the ticket itself."""

    @pytest.mark.parametrize(
        ("command", "actor", "state"),
        [
            (Assign("qian"), CHEN, "assigned"),
            (Transfer("qian", reason="urgent"), CHEN, "assigned"),
            (Transfer(department="loans", reason="a matter of loans"), CHEN, "assigned"),
            (Cancel("found it"), TELLER, "cancelled"),
            (Claim(), LI, "assigned"),
        ],
    )
    def test_given_or_moved(self, command: Command, actor: Actor, state: str) -> None:
        """Given to somebody, or to another department, or moved on: there is no offer any more,
        nothing lapses, and nobody is said not to have taken it.
        """
        ticket = asked(offered(), command, actor)
        assert (ticket.state, ticket.work.search, ticket.timers) == (state, None, ())
        assert refused(ticket, AcceptOffer(), QIAN)[0] in {"rules", "wrong_state"}

    def test_other_things_do_not(self) -> None:
        """That the customer is told how things stand leaves it open, with its timer."""
        ticket = asked(offered(), InformCustomer("progress", "phone"), TELLER)
        assert (ticket.work.search, ticket.timers) == (offered().work.search, offered().timers)

    def test_merged_tickets_are_not_looked_after(self) -> None:
        """The matter goes on in another ticket; unmerged, it is looked after anew."""
        target = changed(accepted(), id="T2")
        context = changed(around(TELLER, AT), others={"T2": target})
        merged = after(offered(), decided(offered(), MergeInto("T2", "same"), context))
        assert (merged.state, merged.work.search, merged.timers) == ("merged", None, ())
        again = changed(around(CHEN, AT), others={"T2": target})
        assert after(merged, decided(merged, Unmerge("other"), again)).work.search is None


class TestWhoDidNotTakeIt:
    """Others are asked before them, until the ticket has ended."""

    def test_declining_what_one_was_given(self) -> None:
        """退单 counts as well."""
        ticket = asked(accepted(), Dispatch("li", "cards"), WANG)
        declined = asked(ticket, Decline("not ours"), LI, AT + HOUR)
        assert search(declined) == Search(declined={"li": AT + HOUR})
        assert declined.state == "accepted"

    def test_several_and_again(self) -> None:
        """Everybody is remembered, with the last time that they did not take it."""
        ticket = passed(offered(), END).ticket
        ticket = asked(ticket, OfferTo("qian", END + DAY), WANG, END)
        ticket = asked(ticket, DeclineOffer("busy"), QIAN, END + HOUR)
        ticket = asked(ticket, OfferTo("li", END + DAY), WANG, END + HOUR)
        ticket = asked(ticket, DeclineOffer("still busy"), LI, END + 2 * HOUR)
        assert search(ticket).declined == {"li": END + 2 * HOUR, "qian": END + HOUR}

    def test_until_it_has_ended(self) -> None:
        """Through whoever has it meanwhile, and what it comes to; not beyond."""
        ticket = asked(offered(), DeclineOffer("busy"), LI)
        steps: tuple[tuple[Command, Actor], ...] = (
            (Assign("qian"), WANG),
            (Start(), QIAN),
            (Submit("refunded"), QIAN),
            (Approve(), SUN),
        )
        for command, actor in steps:
            ticket = asked(ticket, command, actor)
            assert search(ticket) == Search(declined={"li": AT})
        told = asked(ticket, InformCustomer("decision", "phone"), TELLER)
        closed = passed(told, AT + 9 * DAY).ticket
        assert (closed.state, closed.work.search) == ("closed", None)

    def test_giving_it_back_is_a_move_like_any_other(self) -> None:
        """Where a workflow lets a ticket be given back later, nobody has agreed to anything any
        more.
        """
        ticket = asked(accepted(), Dispatch("li", "cards"), WANG)
        (event,) = decided(ticket, Decline("not ours"), around(LI, AT)).events
        waiting = changed(
            ticket, state="pending", work=changed(ticket.work, approvals={"approve": ("sun",)})
        )
        assert evolve(waiting, event).work.approvals == {}


class TestLookingAgain:
    """When the plan says that something else will do."""

    def test_at_its_own_instant(self) -> None:
        """Whoever looks: it is noted then, once, and what was found before is past."""
        ticket = not_assigned(accepted())
        assert passed(ticket, AT + 3 * HOUR - TICK).fired == ()
        answer = passed(ticket, AT + DAY)
        (fired,) = answer.fired
        (event,) = fired.events
        assert isinstance(event, SearchDue)
        assert event.trace.occurred_at == AT + 3 * HOUR
        assert (event.step.action, event.step.role) == ("search", "system")
        assert (answer.ticket.work.search, answer.ticket.timers) == (None, ())
        assert answer.ticket.state == "accepted"

    def test_not_where_nothing_else_will_ever_do(self) -> None:
        """It waits for somebody to act, without any timer."""
        ticket = not_assigned(accepted(), Found(NOBODY.decision, {"full": 1}))
        assert ticket.timers == ()
        assert search(ticket).passed == {"full": 1}

    @pytest.mark.parametrize(
        ("command", "actor"),
        [(Assign("li"), WANG), (Dispatch("li"), WANG), (OFFER, WANG), (Cancel("x"), TELLER)],
    )
    def test_not_once_somebody_is_found(self, command: Command, actor: Actor) -> None:
        """Given, offered or ended: nobody is looked for again."""
        ticket = asked(not_assigned(accepted()), command, actor)
        assert [each.action for each in ticket.timers] in ([], ["lapse_offer"])

    def test_a_department_alone_does_not_end_it(self) -> None:
        """Nobody has it still."""
        ticket = asked(not_assigned(accepted()), Dispatch(department="cards"), WANG)
        assert [each.action for each in ticket.timers] == ["search"]

    def test_the_later_answer_counts(self) -> None:
        """Looked for again before: what was found last is what is known."""
        later = Found(NOBODY.decision, {"absent": 3}, AT + DAY)
        ticket = not_assigned(not_assigned(accepted()), later)
        assert search(ticket) == Search(passed={"absent": 3}, again=AT + DAY)
        assert [each.at for each in ticket.timers] == [AT + DAY]


class TestWhoMayNot:
    """Four eyes and conflicts of interest."""

    def test_being_offered_is_not_having_worked(self) -> None:
        """Who was asked, and let it lapse, reviews what others did; who took it does not."""
        ticket = asked(accepted(), OfferTo("qian", END, "cards"), WANG)
        ticket = passed(ticket, END).ticket
        for command, actor in ((Assign("li"), WANG), (Start(), LI), (Submit("so"), LI)):
            ticket = asked(ticket, command, actor, END)
        assert asked(ticket, Approve(), QIAN, END).state == "resolved"
        taken = asked(accepted(), OfferTo("qian", END, "cards"), WANG)
        steps: tuple[tuple[Command, Actor], ...] = (
            (AcceptOffer(), QIAN),
            (Transfer("li", reason="leave"), WANG),
            (Start(), LI),
            (Submit("so"), LI),
        )
        for each, who in steps:
            taken = asked(taken, each, who)
        assert refused(taken, Approve(), QIAN) == ["rules", "not_own_work"]

    def test_nor_does_it_keep_anybody_out_of_an_appeal(self) -> None:
        """The appeal excludes who worked on it."""
        ticket = passed(asked(accepted(), OfferTo("qian", END), WANG), END).ticket
        steps = ((Assign("li"), WANG), (Start(), LI), (Submit("so"), LI), (Approve(), SUN))
        for command, actor in steps:
            ticket = asked(ticket, command, actor, END)
        context = changed(around(CUSTOMER, END), new_id="T9")
        (beside,) = decided(ticket, Appeal("no"), context).beside
        (event, *_) = beside.events
        assert event.excluded == ("li", "sun")  # type: ignore[attr-defined]  # it is opened

    @pytest.mark.parametrize("command", [OFFER, Assign("li")])
    def test_not_to_whom_it_is_about(self, command: Command) -> None:
        """Neither offered nor given."""
        ticket = changed(accepted(), parties=changed(accepted().parties, subjects=("li",)))
        assert refused(ticket, command, WANG) == ["rules", "assignee_eligible"]

    def test_not_taken_by_whom_it_turned_out_to_be_about(self) -> None:
        """What is learnt after an offer counts when it is accepted."""
        ticket = changed(offered(), parties=changed(offered().parties, subjects=("li",)))
        assert refused(ticket, AcceptOffer(), LI) == ["rules", "claimer_eligible"]
        assert asked(ticket, DeclineOffer("it is about me"), LI).work.search is not None

    @pytest.mark.parametrize("command", [Assign("qian"), OFFER])
    def test_not_what_somebody_has(self, command: Command) -> None:
        """It would be taken away from them; that is a transfer."""
        ticket = asked(accepted(), Dispatch("li", "cards"), WANG)
        assert refused(ticket, command, BOSS) == ["rules", "unassigned"]


SEARCHING: tuple[type[Event], ...] = (NotAssigned, SearchDue, Offered, OfferEnded, Claimed)


class TestLaws:
    """Whatever happened, in whatever order."""

    @settings(max_examples=max(settings().max_examples // 4, 1))
    @given(tickets(), st.lists(events(SEARCHING), min_size=1, max_size=4))
    def test_evolving_is_total(self, ticket: Ticket, happened: list[Event]) -> None:
        """Any of these events follows on any ticket: whoever has it is not looked for, nor is
        anybody for one that has ended, and nothing stands for a search of which nothing is known.
        """
        for event in happened:
            ticket = evolve(ticket, event)
            left = ticket.work.search
            assert left != NO_SEARCH
            if ticket.assignee is not None and left is not None:
                assert (left.offer, left.again, left.passed) == (None, None, {})
            if event.step.category in {"closed", "final"}:
                assert left is None
            set_ = {each.action: each.at for each in ticket.timers}
            until = left.offer.until if left is not None and left.offer is not None else None
            assert set_.get("lapse_offer") == until
            assert set_.get("search") == (left.again if left is not None else None)

    @given(st.lists(st.integers(0, 6), max_size=6))
    def test_it_does_not_matter_when_somebody_looks(self, hours: list[int]) -> None:
        """An offer and a plan run out at their own instants, however often time is let act."""
        ticket = not_assigned(offered(), changed(NOBODY, again=AT + 4 * HOUR))
        looked, happened = ticket, list[tuple[str, datetime]]()
        for hour in (*sorted(hours), 6):
            answer = pass_time(looked, around(LI, AT + hour * HOUR))
            looked = answer.ticket
            happened += [(e.kind, e.trace.occurred_at) for f in answer.fired for e in f.events]
        assert happened == [
            ("ticket.offer_ended", END),
            ("ticket.search_due", AT + 4 * HOUR),
        ]
        assert search(looked) == Search(declined={"li": END}, roams=True)
