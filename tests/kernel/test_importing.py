"""Entries of another system's log, taken over as they were."""

from typing import Any

from attrs import evolve as changed

from tests.builders import TICKET, after, minutes
from workorder.kernel import evolve, replay
from workorder.ticket import (
    Assignment,
    Imported,
    OnHold,
    Origin,
    Parties,
    Revision,
    Ticket,
    Times,
    Trace,
)
from workorder.workflow import Step
from workorder.workflow.states import Category


def entry(
    number: int,
    to_state: str,
    category: Category = "open",
    *,
    actor: str = "robot",
    from_state: str = "",
    **rest: Any,
) -> Imported:
    """One entry of the log: the *number*-th, made that many minutes after noon."""
    trace = Trace(actor, None, number, minutes(number), minutes(999), f"row-{number}", "digest")
    step = Step("import", "agent", from_state, to_state, category)
    given = {"state": to_state, "opened_at": minutes(0), "assignee": "li", "department": "cards"}
    return Imported(trace, step, "incident", "servicenow", "INC1", "row", **{**given, **rest})


def born(**rest: Any) -> Ticket:
    """A ticket that began elsewhere."""
    return evolve(None, entry(1, "new", "initial", **rest), TICKET)


def test_a_ticket_begins_elsewhere() -> None:
    """Its first entry gives the ticket its origin, people, fields and times."""
    ticket = born(customer="C-1", channel="mail", fields={"category": "net"})
    assert (ticket.id, ticket.type, ticket.state) == (TICKET, "incident", "new")
    assert ticket.origin == Origin("digest", "robot", "mail", "servicenow", "INC1")
    assert ticket.parties == Parties("C-1")
    assert ticket.assignment == Assignment("li", "cards")
    assert ticket.times == Times(minutes(0), minutes(1), minutes(1))
    assert ticket.fields == {"category": "net"}
    assert ticket.revision == Revision(1, 1)
    assert ticket.deeds == {"robot": {"agent": ("import",)}, "li": {"assignee": ("assigned",)}}


def test_a_ticket_may_begin_at_its_end() -> None:
    """A log that starts late may first show a ticket as resolved and closed."""
    ticket = evolve(None, entry(1, "Closed", "closed", resolved=True), TICKET)
    assert (ticket.times.resolved, ticket.times.closed) == (minutes(1), minutes(1))


def test_people_that_were_not_named_are_not_invented() -> None:
    """Without actor and assignee nobody took part."""
    ticket = born(actor="", assignee=None)
    assert ticket.deeds == {}
    assert evolve(ticket, entry(2, "Active", actor="", assignee=None)).deeds == {}


def test_entries_carry_what_stood_after_them() -> None:
    """State, people, fields and customer follow each entry; what it leaves alone stays."""
    ticket = born(fields={"category": "net", "priority": 3}, customer="C-1")
    ticket = evolve(
        ticket,
        entry(2, "Active", from_state="new", assignee="wang", fields={"priority": 1},
              customer="C-2"),
    )  # fmt: skip
    assert (ticket.state, ticket.assignee, ticket.customer) == ("Active", "wang", "C-2")
    assert ticket.fields == {"category": "net", "priority": 1}
    assert ticket.took_part("wang", roles=("assignee",))
    same = evolve(ticket, entry(3, "Active", from_state="Active", assignee="wang", customer="C-2"))
    assert same.fields is ticket.fields
    assert same.parties is ticket.parties
    assert same.assignment is ticket.assignment


def test_handovers_and_reopenings_are_counted() -> None:
    """A change of department is a handover; an entry that says so is a reopening."""
    ticket = evolve(born(), entry(2, "Active", department="loans"))
    assert (ticket.counts.handovers, ticket.counts.reopens) == (1, 0)
    ticket = evolve(ticket, entry(3, "Resolved", department="loans", resolved=True))
    assert ticket.times.resolved == minutes(3)
    ticket = evolve(ticket, entry(4, "Active", department="loans", reopened=True))
    assert (ticket.counts.handovers, ticket.counts.reopens) == (1, 1)
    assert ticket.times.resolved is None
    ticket = evolve(ticket, entry(5, "Active", department="cards", reopened=True))
    assert (ticket.counts.handovers, ticket.counts.reopens) == (2, 2)


def test_resolved_stays_until_it_is_said_otherwise() -> None:
    """An entry that speaks of neither leaves the instant of resolution alone."""
    ticket = evolve(born(), entry(2, "Resolved", resolved=True))
    assert evolve(ticket, entry(3, "Resolved")).times.resolved == minutes(2)


def test_closed_is_the_last_closing_entry() -> None:
    """A second entry within the closed state closes anew; leaving it opens again."""
    ticket = evolve(born(), entry(2, "Closed", "closed", from_state="new"))
    assert ticket.times.closed == minutes(2)
    again = evolve(ticket, entry(3, "Closed", "closed", from_state="Closed"))
    assert (again.times.closed, again.times.state_since) == (minutes(3), minutes(2))
    opened = evolve(again, entry(4, "Active", from_state="Closed"))
    assert opened.times.closed is None


def test_an_imported_trail_replays() -> None:
    """The entries replay to the same ticket, like any other trail."""
    entries = (
        entry(1, "new", "initial"),
        entry(2, "Active", department="loans"),
        entry(3, "Closed", "closed", department="loans", resolved=True),
    )
    assert replay(TICKET, entries) == after(None, entries)


def test_an_imported_ticket_remembers_its_subjects() -> None:
    """A change of customer keeps the people that the complaint is about."""
    ticket = changed(born(customer="C-1"), parties=Parties("C-1", ("zhao",)))
    assert evolve(ticket, entry(2, "Active", customer=None)).parties == Parties(None, ("zhao",))


def test_an_imported_ticket_waits() -> None:
    """An entry with a reason makes the ticket wait, from the state before, with no timer."""
    ticket = evolve(born(), entry(2, "pending", from_state="new", hold="awaiting_user"))
    assert ticket.work.hold == OnHold("awaiting_user", "new", minutes(2))
    assert ticket.timers == ()


def test_edits_leave_a_wait_alone() -> None:
    """A second entry with the same reason does not begin the wait anew."""
    waiting = evolve(born(), entry(2, "pending", from_state="new", hold="awaiting_user"))
    again = evolve(waiting, entry(3, "pending", from_state="pending", hold="awaiting_user"))
    assert again.work is waiting.work


def test_another_reason_keeps_the_way_back() -> None:
    """A wait for another reason begins then, and leads back to where the first began."""
    waiting = evolve(born(), entry(2, "pending", from_state="new", hold="awaiting_user"))
    other = evolve(waiting, entry(3, "pending", from_state="pending", hold="awaiting_vendor"))
    assert other.work.hold == OnHold("awaiting_vendor", "new", minutes(3))


def test_a_wait_ends() -> None:
    """With the state, or with an entry that gives no reason."""
    waiting = evolve(born(), entry(2, "pending", from_state="new", hold="awaiting_user"))
    for state in ("Active", "pending"):
        ended = evolve(waiting, entry(3, state, from_state="pending"))
        assert ended.work.hold is None


def test_a_wait_of_which_the_beginning_is_not_known() -> None:
    """Born waiting, or given a reason later: no state is invented to go back to."""
    first = evolve(None, entry(1, "pending", hold="awaiting_user"), TICKET)
    assert first.work.hold == OnHold("awaiting_user", "", minutes(1))
    unknown = evolve(None, entry(1, "pending"), TICKET)
    assert unknown.work.hold is None
    later = evolve(unknown, entry(2, "pending", from_state="pending", hold="awaiting_user"))
    assert later.work.hold == OnHold("awaiting_user", "", minutes(2))
