"""Old and new workers side by side: what the old one does not know, it does not touch."""

from typing import ClassVar

import attrs
import pytest

from workorder import (
    Actor,
    CommandRefused,
    Comment,
    MemoryStore,
    Rulebook,
    ServiceDesk,
    basic,
    workflow,
)
from workorder.kernel import Draft
from workorder.rulebook import Extension
from workorder.ticket import Command, HostEvent

WANG = Actor("wang", "supervisor")


@attrs.frozen
class Freeze(Command):
    """A command that only the newer worker knows."""

    action: ClassVar[str] = "freeze"


@attrs.frozen
class Frozen(HostEvent):
    """Its event."""

    kind: ClassVar[str] = "bank.frozen"


def decide(draft: Draft[Freeze]) -> tuple[Frozen, ...]:
    """Freeze."""
    return (Frozen(draft.trace, draft.step),)


def newer() -> Rulebook:
    """Return the rulebook of the newer worker."""
    plain = basic().workflow
    row = workflow.Row("freeze", "accepted", workflow.SAME, "supervisor")
    flow = attrs.evolve(
        plain, actions=(*plain.actions, workflow.Action("freeze")), rows=(*plain.rows, row)
    )
    own = (Extension(Freeze, (Frozen,), decide),)
    return attrs.evolve(basic(), name="newer", workflow=flow, extensions=own)


def test_older_worker_refuses_commands_on_a_ticket_with_an_event_it_does_not_know() -> None:
    """An event of an unknown type blocks commands, also when the ticket comes from a snapshot."""
    store = MemoryStore()
    new, old = ServiceDesk(store, rulebook=newer()), ServiceDesk(store)
    ticket = new.open("complaint", fields={"title": "Card lost"}, actor=WANG)
    new.perform(ticket.id, Freeze(), actor=WANG)
    with pytest.raises(CommandRefused) as refused:
        old.perform(ticket.id, Comment("seen"), actor=WANG)
    assert refused.value.refusal.code == "opaque_history"
    assert new.perform(ticket.id, Comment("seen"), actor=WANG).version == 3
