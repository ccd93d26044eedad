"""Events of a type this version does not know: kept, shown, and never guessed at."""

import pytest
from attrs import evolve as changed

from tests.builders import (
    BOSS,
    LI,
    OPEN,
    TELLER,
    TICKET,
    assigned,
    decided,
    done,
    in_progress,
    minutes,
    refused,
)
from workorder.kernel import evolve, replay
from workorder.rulebook import basic
from workorder.ticket import (
    Close,
    Command,
    Comment,
    Dispatch,
    Event,
    OpaqueEvent,
    Start,
    Submit,
    Ticket,
    Trace,
)
from workorder.ticket.events import BASELINE, BUILT_IN
from workorder.workflow import Actor, Step

TRACE = Trace("robot", None, 4, minutes(7), minutes(7), "c-x", "digest of a later rulebook")
STEP = Step("freeze", "system", "in_progress", "frozen", "open")
FROZEN = OpaqueEvent(TRACE, STEP, "bank.frozen", 3, {"until": "2027"})


def frozen() -> Ticket:
    """A ticket with a step of a later version."""
    return evolve(in_progress(), FROZEN)


def test_an_opaque_event_leaves_its_mark() -> None:
    """Type and schema are noted on the ticket; state, times, deeds and version follow the step."""
    ticket = frozen()
    assert ticket.kinds == ("bank.frozen/3",)
    assert (ticket.state, ticket.version, ticket.times.last) == ("frozen", 4, minutes(7))
    assert ticket.took_part("robot")
    assert ticket.fields == in_progress().fields
    assert ticket.assignment == in_progress().assignment


@pytest.mark.parametrize(
    ("command", "actor"),
    [(Submit(resolution="x"), LI), (Close(), BOSS), (Comment("x"), BOSS), (Start(), LI)],
)
def test_commands_are_refused_with_the_reason(command: Command, actor: Actor) -> None:
    """Whoever asks, and whatever for: a ticket that is not understood is not changed."""
    found = refused(frozen(), command, actor, at=minutes(8))
    assert found.code == "opaque_history"
    assert found.facts == {"types": ("bank.frozen/3",)}
    assert "bank.frozen/3" in found.text()
    assert "bank.frozen/3" in found.text("zh-CN")


def test_every_kind_is_marked_once() -> None:
    """Each unknown type is named once, and stays named after steps that are known."""
    ticket = evolve(evolve(frozen(), FROZEN), changed(FROZEN, number=4))
    assert ticket.kinds == ("bank.frozen/3", "bank.frozen/4")
    (commented,) = decided(in_progress(), Comment("called"), LI).events
    assert evolve(ticket, commented).kinds == ticket.kinds


def test_a_later_schema_of_a_known_type_is_unknown() -> None:
    """An event of ours with a schema number of a later version blocks commands as well."""
    later = OpaqueEvent(TRACE, changed(STEP, to_state="in_progress"), "ticket.commented", 2, {})
    ticket = evolve(in_progress(), later)
    assert ticket.kinds == ("ticket.commented/2",)
    assert refused(ticket, Comment("x"), LI, at=minutes(8)).code == "opaque_history"


def test_the_baseline_never_grows() -> None:
    """The types that leave no mark are those of the first version, for ever.

    A type added to them would be invisible to workers of an older version, who would then
    change tickets that they do not understand.
    """
    first = """
        opened edited intake_approved intake_returned accepted intake_rejected reclassified
        dispatched claimed transferred declined
        started commented held resumed submitted resolved action_taken
        customer_replied customer_wrote replied contact_logged customer_informed urged rated
        subtask_opened subtask_finished subtask_cancelled
        panel_convened opinion_given panel_concluded
        extension_requested extension_approved extension_rejected
        escalated marked_overdue timer_lapsed
        approved returned closed reopened archived cancelled inspected
        merged_into absorbed unmerged released appealed
        imported rulebook_changed
        erased legal_hold_placed legal_hold_lifted
        mark_reached due_revised
        not_assigned search_due offered offer_ended
    """
    names = first.split()
    assert {f"ticket.{name}/1" for name in names} == BASELINE
    assert basic().known_events >= BASELINE
    assert basic().known_events == {f"{kind}/{e.schema}" for kind, e in BUILT_IN.items()}


def test_history_with_opaque_events_replays() -> None:
    """Replay goes through unknown steps and gives the same ticket."""
    ticket: Ticket | None = None
    events: list[Event] = []
    for command, actor in ((OPEN, TELLER), (Dispatch(to="li"), TELLER), (Start(), LI)):
        answer = decided(ticket, command, actor)
        events += answer.events
        ticket = done(ticket, command, actor)
    assert ticket is not None
    assert replay(TICKET, [*events, FROZEN]) == evolve(ticket, FROZEN)


def test_a_trail_may_begin_with_an_unknown_step() -> None:
    """A ticket whose first event is of a later version is there: its state, its person and the
    name of the event are known, and nothing may be done on it.
    """
    ticket = evolve(None, FROZEN, TICKET)
    assert ticket.state == FROZEN.step.to_state
    assert ticket.kinds == (FROZEN.signature,)
    assert refused(ticket, Comment("x"), LI).code == "opaque_history"
    assert assigned().kinds == ()
