"""Whom a mark tells, and what: values for the outbox, with a sentence in each language.

A notice says to whom it goes, which template it is, and what the template speaks about; a host
that has templates of its own needs no sentence of ours. Who a person's manager is, and how they
are reached, only the host knows.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from workorder.instants import instant_text
from workorder.kernel.context import Notice
from workorder.kernel.moments import TicketView
from workorder.rulebook import Rulebook
from workorder.texts import CHINESE, ENGLISH, LANGUAGES, Texts, fill
from workorder.ticket import MarkReached, Ticket

if TYPE_CHECKING:
    from workorder.sla.clocks import Mark

TOPIC = "sla.mark"
"""Of every notice about a clock."""

WARNING, BREACHED, OVERDUE = "sla.warning", "sla.breached", "sla.overdue"
"""Templates: a mark before the target is missed, the miss, and a mark after it."""

SENTENCES: Mapping[str, Texts] = {
    WARNING: {
        ENGLISH: "{metric}: {mark} reached; due {due}",
        CHINESE: "{metric}：已到 {mark}；时限 {due}",
    },
    BREACHED: {
        ENGLISH: "{metric}: the target is missed; it was due {due}",
        CHINESE: "{metric}：已超时；时限为 {due}",
    },
    OVERDUE: {
        ENGLISH: "{metric}: still open, {mark}; it was due {due}",
        CHINESE: "{metric}：仍未完成（{mark}）；时限为 {due}",
    },
}


@frozen
class Told:
    """What follows from a mark.

    Attributes:
        mark: the rung of the ladder.
        notices: one for each recipient.
    """

    mark: "Mark"
    notices: tuple[Notice, ...]


def mark_told(ticket: Ticket, event: MarkReached, rulebook: Rulebook) -> Told | None:
    """What follows from *event*, which *ticket* has reached; ``None`` where its ladder says
    nothing of that mark, or not for this ticket now.
    """
    levels = rulebook.sla
    if levels is None:
        return None
    mark = levels.ladder(event.clock).by_name.get(event.mark)
    if mark is None or not mark.applies(TicketView(ticket, None, rulebook)):
        return None
    clock, acted = ticket.clocks[event.clock], ticket.times.acted
    if mark.idle and acted is not None and acted > (clock.marked or clock.started):
        return None
    body = dict(_body(ticket, event, rulebook, breached=clock.breached is not None))
    told = [{"recipient": each, **body} for each in _recipients(ticket, mark)]
    return Told(mark, tuple(Notice(TOPIC, ticket.id, each) for each in told))


def _body(
    ticket: Ticket, event: MarkReached, rulebook: Rulebook, *, breached: bool
) -> Iterator[tuple[str, Any]]:
    assert rulebook.sla is not None  # noqa: S101 (the caller has looked)
    template = OVERDUE if breached else BREACHED if event.mark == "100%" else WARNING
    metric = rulebook.sla.by_name.get(event.clock)
    label = metric.label if metric is not None else event.clock
    facts = {"metric": label, "mark": event.mark, "due": event.due}
    texts = {each: fill(SENTENCES[template], facts, each, rulebook.zone) for each in LANGUAGES}
    yield "template", template
    yield (
        "parameters",
        {
            "ticket": ticket.id,
            "type": ticket.type,
            "metric": event.clock,
            "cycle": event.cycle,
            "mark": event.mark,
            "at": instant_text(event.at),
            "due": instant_text(event.due),
        },
    )
    yield "texts", texts


def _recipients(ticket: Ticket, mark: "Mark") -> Iterator[dict[str, Any]]:
    """To whom it goes; each once."""
    seen: list[dict[str, Any]] = []
    for who in mark.tell:
        recipient = addressed(ticket, who, mark.level)
        if recipient not in seen:
            seen.append(recipient)
            yield recipient


def addressed(ticket: Ticket, who: str, level: int) -> dict[str, Any]:
    """To whom a notice for *who* goes, as the ticket stands; without them, to the department."""
    assigned, department = ticket.assignee, ticket.department
    if who.startswith("role."):
        return {"kind": "role", "id": who.removeprefix("role.")}
    if who == "manager" and (assigned or department):
        return {"kind": "manager", "of": assigned or department, "level": level}
    if who == "assignee" and assigned is not None:
        return {"kind": "person", "id": assigned}
    if department is not None:
        return {"kind": "department", "id": department}
    return {"kind": "unassigned"}
