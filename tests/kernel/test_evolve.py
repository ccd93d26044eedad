"""What each event changes, and nothing else."""

from datetime import UTC, datetime

import pytest
from attrs import evolve as changed
from attrs import frozen

from tests.builders import (
    BOSS,
    LI,
    NOON,
    OPEN,
    TELLER,
    TICKET,
    WANG,
    accepted,
    assigned,
    closed,
    done,
    in_progress,
    minutes,
    reopened,
    resolved,
)
from workorder.errors import InvalidInput
from workorder.kernel import evolve, replay
from workorder.kernel.evolve import BIRTHS, EVOLVERS
from workorder.rulebook import basic
from workorder.ticket import (
    Assignment,
    Close,
    Comment,
    Counts,
    Dispatch,
    Event,
    OpaqueEvent,
    Open,
    Opened,
    Origin,
    Parties,
    Reopen,
    ReturnForRework,
    Revision,
    Start,
    Submit,
    Ticket,
    Times,
    Trace,
    Transfer,
)
from workorder.ticket.events import BUILT_IN
from workorder.workflow import Step


def test_a_ticket_is_born_whole() -> None:
    """All that was said at opening, and nothing that was not."""
    ticket = accepted(changed(OPEN, subjects=("zhao",), fields={"title": "x", "product": "card"}))
    assert (ticket.id, ticket.type, ticket.state) == (TICKET, "complaint", "accepted")
    assert ticket.revision == Revision(1, 1)
    assert ticket.origin == Origin(basic().digest, "teller", "phone")
    assert ticket.parties == Parties("C-1", ("zhao",))
    assert ticket.assignment == Assignment(None, "hall")
    assert ticket.times == Times(NOON, NOON, NOON, acted=NOON)
    assert ticket.counts == Counts()
    assert ticket.fields["product"] == "card"
    assert ticket.deeds == {"teller": {"handler": ("open",)}}
    assert (ticket.timers, ticket.kinds) == ((), ())


def test_states_follow_the_steps() -> None:
    """Each stage of a life is in the state its name says, one version on."""
    life = [accepted(), assigned(), in_progress(), resolved(), closed(), reopened()]
    assert [ticket.state for ticket in life] == [
        "accepted",
        "assigned",
        "in_progress",
        "resolved",
        "closed",
        "in_progress",
    ]
    assert [ticket.revision for ticket in life] == [Revision(n, n) for n in range(1, 7)]


def test_being_given_a_ticket_is_remembered() -> None:
    """The person who gets it, and the person who gave it, took part from then on."""
    ticket = done(assigned(), Transfer(to="wang", reason="leave"), LI)
    assert ticket.assignment == Assignment("wang", "cards")
    assert ticket.deeds == {
        "teller": {"handler": ("open", "dispatch")},
        "li": {"assignee": ("assigned",), "handler": ("transfer",)},
        "wang": {"assignee": ("assigned",)},
    }


def test_a_deed_is_remembered_once() -> None:
    """Doing the same again adds nothing to what is remembered, so it cannot grow for ever."""
    ticket = in_progress()
    for _ in range(3):
        ticket = done(ticket, Comment("called"), LI)
    assert ticket.deeds["li"]["handler"] == ("start", "comment")


def test_deeds_in_two_roles_are_kept_apart() -> None:
    """Somebody who handled and later supervised is remembered for both."""
    ticket = done(resolved(), ReturnForRework(reason="no proof"), changed(WANG, roles="supervisor"))
    ticket = done(ticket, Comment("note"), WANG)
    assert ticket.deeds["wang"] == {
        "supervisor": ("return_for_rework",),
        "handler": ("comment",),
    }


def test_nobody_is_given_nothing() -> None:
    """A ticket that goes to a department is with nobody; keeping it is no new deed."""
    ticket = done(accepted(), Dispatch(department="cards"), TELLER)
    assert ticket.assignment == Assignment(None, "cards")
    assert set(ticket.deeds) == {"teller"}
    again = done(assigned(), Transfer(to="li", department="loans", reason="moved"), BOSS)
    assert again.assignment == Assignment("li", "loans")
    assert again.deeds["li"] == {"assignee": ("assigned",)}


def test_counts() -> None:
    """Handovers, returns, reopenings and notes are counted, each by its own event."""
    ticket = done(assigned(), Transfer(to="wang", reason="leave"), LI)
    ticket = done(ticket, Transfer(to="li", reason="back"), WANG)
    ticket = done(done(ticket, Start(), LI), Comment("called"), BOSS)
    ticket = done(done(ticket, Submit(resolution="x"), LI), ReturnForRework(reason="no"), BOSS)
    ticket = done(done(ticket, Submit(resolution="y"), LI), Close(), BOSS)
    ticket = done(ticket, Reopen(reason="again"), BOSS)
    assert ticket.counts == Counts(handovers=2, returns=1, reopens=1, comments=1)


def test_times() -> None:
    """Opened never changes; the others follow what happened; work is taken on anew by reopening."""

    def times(*given: datetime, accepted: datetime) -> Times:
        """Of a ticket on which only people acted."""
        return changed(Times(*given), accepted=accepted, acted=given[1])

    ticket = done(None, OPEN, TELLER, at=minutes(0))
    ticket = done(ticket, Dispatch(to="li"), TELLER, at=minutes(1))
    taken_on = minutes(1)
    ticket = done(ticket, Start(), LI, at=minutes(2))
    ticket = done(ticket, Comment("called"), LI, at=minutes(3))
    assert ticket.times == times(minutes(0), minutes(3), minutes(2), accepted=taken_on)
    ticket = done(ticket, Submit(resolution="x"), LI, at=minutes(4))
    assert ticket.times == times(minutes(0), minutes(4), minutes(4), minutes(4), accepted=taken_on)
    sent_back = done(ticket, ReturnForRework(reason="no"), BOSS, at=minutes(5))
    assert sent_back.times == times(minutes(0), minutes(5), minutes(5), accepted=taken_on)
    ticket = done(ticket, Close(), BOSS, at=minutes(6))
    assert ticket.times == times(
        minutes(0), minutes(6), minutes(6), minutes(4), minutes(6), accepted=taken_on
    )
    ticket = done(ticket, Reopen(reason="again"), BOSS, at=minutes(7))
    assert ticket.times == times(minutes(0), minutes(7), minutes(7), accepted=minutes(7))


def test_reopening_before_closing() -> None:
    """A resolved ticket can be worked on again as well; it stays with whoever had it."""
    ticket = done(resolved(), Reopen(reason="customer disagrees"), BOSS)
    assert (ticket.state, ticket.assignee) == ("in_progress", "li")
    assert (ticket.times.resolved, ticket.counts.reopens) == (None, 1)


def test_a_reopened_ticket_is_concluded_again() -> None:
    """The whole way can be gone twice; times are those of the last time."""
    ticket = done(reopened(), Submit(resolution="better"), LI, at=minutes(30))
    ticket = done(ticket, Close(), BOSS, at=minutes(31))
    assert (ticket.times.resolved, ticket.times.closed) == (minutes(30), minutes(31))
    assert ticket.state == "closed"


def test_every_event_type_is_understood() -> None:
    """Each event that ships can be the first one or can follow: none is forgotten."""
    assert set(EVOLVERS) | set(BIRTHS) == {*BUILT_IN.values(), OpaqueEvent}


@pytest.mark.parametrize("kind", sorted(set(BUILT_IN) - {e.kind for e in BIRTHS}))
def test_only_some_events_begin_a_ticket(kind: str) -> None:
    """A trail that does not begin with opening or import is an error that says so."""
    event = BUILT_IN[kind].__new__(BUILT_IN[kind])
    with pytest.raises(InvalidInput) as refused:
        evolve(None, event, TICKET)
    assert refused.value.facts["found"] == BUILT_IN[kind].__name__
    assert refused.value.facts["choices"] == ("Opened", "Imported", "OpaqueEvent")


def test_an_event_class_nobody_knows_is_an_error() -> None:
    """An event that is neither ours nor a host's nor opaque cannot have been recorded."""

    @frozen
    class Odd(Event):
        pass

    opening = done(None, OPEN, TELLER)
    odd = Odd(_trace(), Step("odd", "handler", "accepted", "accepted", "initial"))
    with pytest.raises(InvalidInput) as refused:
        evolve(opening, odd)
    assert refused.value.facts["found"] == "Odd"


def test_a_ticket_is_opened_by_its_first_event_only() -> None:
    """A second opening in a trail is an error, not a second birth."""
    with pytest.raises(InvalidInput):
        evolve(
            accepted(),
            Opened(_trace(), Step("open", "handler", "", "accepted", "initial"), "complaint"),
        )


def _trace(actor: str = "teller") -> Trace:
    at = datetime(2026, 9, 30, 5, 0, tzinfo=UTC)
    return Trace(actor, None, 9, at, at, "c-9", "digest")


def test_nothing_replays_to_nothing() -> None:
    """A ticket without events is no ticket."""
    assert replay(TICKET, []) is None


def test_an_event_without_an_actor_adds_no_deed() -> None:
    """Where the other system did not say who acted, nobody is invented."""
    born = evolve(
        None,
        Opened(_trace(""), Step("open", "handler", "", "accepted", "initial"), "complaint"),
        TICKET,
    )
    assert born.deeds == {}


def test_rules_are_not_asked_again() -> None:
    """A step that today's rulebook would refuse replays all the same: it happened."""
    ticket: Ticket = resolved()
    own = done(changed(ticket, deeds={}), Close(), LI)
    assert own.state == "closed"
    command = Open("complaint", fields={"title": "x"})
    assert done(None, command, LI).origin.opened_by == "li"
