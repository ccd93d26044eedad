"""Due instants reckoned again, when dates that were estimated have become official.

It is no step of a ticket's life: no row of a workflow allows it, and nobody worked on the ticket by
it. So it is possible in every state, as keeping and erasing are (:mod:`~workorder.kernel.keeping`).
Whoever is responsible for the ticket is told, in one notice, of every clock that is due at another
instant.
"""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from workorder.instants import instant_text
from workorder.kernel.clocks import revise
from workorder.kernel.context import Context, Decided, Notice
from workorder.kernel.mark_notices import addressed
from workorder.texts import CHINESE, ENGLISH, LANGUAGES, Texts, fill, is_chinese
from workorder.ticket import DueRevised, Ticket, Trace

if TYPE_CHECKING:
    from workorder.sla.clocks import ServiceLevels

CALENDAR = "calendar"
"""The cause that such an event names."""

TOPIC = "sla.due_revised"
"""Of the notice, and its template."""

SENTENCES: Texts = {
    ENGLISH: "{metric}: due {new}, no longer {old}",
    CHINESE: "{metric}：时限由 {old} 改为 {new}",
}


def redate(ticket: Ticket, levels: "ServiceLevels", context: Context) -> Decided | None:
    """Reckon every running clock of *ticket* again.

    Args:
        ticket: as it stands, after time has done its part.
        levels: what it was promised by, with the calendars as they are known now.
        context: who asks, and when; its rulebook is the one that the ticket goes by.

    Returns:
        One event, with a notice where something is due at another instant; ``None`` when all stays
        as it was promised.
    """
    actor = context.actor
    trace = Trace(
        actor.id,
        actor.department,
        context.version or ticket.revision.version + 1,
        max(context.at, ticket.times.last),
        context.now or context.at,
        context.command_id,
        ticket.origin.rulebook,
        actor.rank,
    )
    event = revise(ticket, trace, levels, CALENDAR)
    if event is None:
        return None
    if not event.changes:
        return Decided((event,))
    body = dict(_body(ticket, event, levels, context.rulebook.zone))
    return Decided((event,), notices=(Notice(TOPIC, ticket.id, body),))


def _body(
    ticket: Ticket, event: DueRevised, levels: "ServiceLevels", zone: tzinfo | None
) -> Iterator[tuple[str, Any]]:
    yield "recipient", addressed(ticket, "assignee", 0)
    yield "template", TOPIC
    changes = [
        {"metric": each.clock, "old": instant_text(each.old), "new": instant_text(each.new)}
        for each in event.changes
    ]
    parameters = {"ticket": ticket.id, "type": ticket.type, "cause": event.cause}
    yield "parameters", {**parameters, "changes": changes}
    yield "texts", {each: _text(event, levels, each, zone) for each in LANGUAGES}


def _text(event: DueRevised, levels: "ServiceLevels", language: str, zone: tzinfo | None) -> str:
    """Every change in one line."""
    said = []
    for each in event.changes:
        label = levels.by_name[each.clock].label
        facts: Mapping[str, object] = {"metric": label, "old": each.old, "new": each.new}
        said.append(fill(SENTENCES, facts, language, zone))
    return ("；" if is_chinese(language) else "; ").join(said)
