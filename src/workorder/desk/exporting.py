"""Everything that is kept about one customer, as plain data, for whoever asks to see their own.

A line for each of their tickets, in the order of ids, behind a head line that says what follows.
Tickets of others in which they are named, or took part, are not among them: what those say is
somebody else's.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from workorder.conditions import where
from workorder.desk.keeping import references
from workorder.desk.reading import history
from workorder.desk.requests import Find, Operation, ReadRecords, Reveal, ask
from workorder.instants import instant_text
from workorder.rulebook import Rulebooks
from workorder.storage import Capability, Codec, TicketQuery, field_data
from workorder.texts import Label
from workorder.ticket import (
    ContactLogged,
    CustomerInformed,
    Replied,
    Sealed,
    SealedValue,
    Ticket,
)

FORMAT = "workorder/subject"
VERSION = 1
"""What the head line says."""

PAGE = 20
"""How many tickets are read at once."""

_SENT = (Replied, ContactLogged, CustomerInformed)
"""Events by which something went to the customer."""


@frozen
class SubjectPage:
    """Some of a customer's tickets.

    Attributes:
        tickets: one line of plain data each.
        next: the id behind which the next page begins; ``None`` on the last one.
    """

    tickets: tuple[dict[str, Any], ...]
    next: str | None = None


def subject_page(
    customer: str,
    after: str | None,
    rulebooks: Rulebooks,
    codec: Codec,
    capabilities: frozenset[Capability],
) -> Operation[SubjectPage]:
    """The tickets of *customer* with ids above *after*."""
    query = TicketQuery(
        where("customer").equals(customer),
        order=(),
        limit=PAGE,
        after=None if after is None else (after,),
    )
    found = yield from ask(Find(query))
    lines: list[dict[str, Any]] = []
    for snapshot in found:
        line = yield from _line(snapshot.ticket, rulebooks, codec, capabilities)
        lines.append(line)
    more = len(found) == PAGE
    return SubjectPage(tuple(lines), found[-1].ticket.id if more else None)


def _line(
    ticket: Ticket, rulebooks: Rulebooks, codec: Codec, capabilities: frozenset[Capability]
) -> Operation[dict[str, Any]]:
    reveal = Capability.SEALED in capabilities
    entries: tuple[Any, ...] = ()
    refs = _of(ticket)
    if Capability.HISTORY in capabilities:
        entries = yield from history(
            ticket.id, None, rulebooks, codec, after=0, limit=None, reveal=reveal
        )
        # Events of types that nobody here knows have values, too.
        refs = {**refs, **references((yield from ask(ReadRecords(ticket.id))))}
    kept = (yield from ask(Reveal(ticket.id, tuple(refs)))) if refs and reveal else {}
    said = [each.as_data() for each in entries]
    for data, entry in zip(said, entries, strict=True):
        gone = [name for name, text in entry.texts.items() if text is None]
        if gone:
            data["erased"] = gone
    return {
        "ticket": ticket_data(ticket, rulebooks, kept),
        "history": said,
        "sent": [each.sequence for each in entries if isinstance(each.event, _SENT)],
        "sealed": [
            {"ref": ref, "value": kept[ref].value}
            if ref in kept
            else {"ref": ref, "value": None, "erased": True}
            for ref in refs
        ],
    }


def _of(ticket: Ticket) -> dict[str, int]:
    """The references that stand on the ticket itself."""
    own = [*ticket.fields.values(), ticket.work.resolution]
    return {each.ref: 0 for each in own if isinstance(each, Sealed)}


def ticket_data(
    ticket: Ticket, rulebooks: Rulebooks, kept: Mapping[str, SealedValue]
) -> dict[str, Any]:
    """A ticket as plain data for people, with labels, and its sealed values from *kept*."""
    rulebook = rulebooks.of(ticket)
    labels = rulebook.workflow.labels
    form = rulebook.form_by_type.get(ticket.type)
    names = {each.name: each.label for each in form.fields} if form is not None else {}
    place = {name: number for number, name in enumerate(names)}
    times, windows = ticket.times, ticket.windows
    said = {
        "id": ticket.id,
        "type": _label(form.label if form is not None else Label(ticket.type)),
        "state": _label(labels.get(ticket.state, Label(ticket.state))),
        "version": ticket.version,
        "customer": ticket.customer,
        "channel": ticket.origin.channel,
        "opened_by": ticket.origin.opened_by,
        "source": ticket.origin.source,
        "key": ticket.origin.key,
        "assignee": ticket.assignee,
        "department": ticket.department,
        "subjects": list(ticket.parties.subjects),
        **{
            name: None if at is None else instant_text(at)
            for name, at in (
                ("opened", times.opened),
                ("last", times.last),
                ("resolved", times.resolved),
                ("closed", times.closed),
                ("due", windows.due),
            )
        },
        "told": {name: instant_text(at) for name, at in windows.told.items()},
        "resolution": ticket.work.resolution and _plain(ticket.work.resolution, kept),
        "legal_holds": list(ticket.work.legal_holds),
    }
    ordered = sorted(ticket.fields, key=lambda name: (place.get(name, len(place)), name))
    fields = [
        {
            **_label(names.get(name, Label(name))),
            "value": _plain(ticket.fields[name], kept),
            **_gone(ticket.fields[name], kept),
        }
        for name in ordered
    ]
    return {
        **{name: value for name, value in said.items() if value not in (None, [], {})},
        "fields": fields,
    }


def _label(label: Label) -> dict[str, Any]:
    return {"name": label.name, "labels": dict(label.texts)}


def _plain(value: Any, kept: Mapping[str, SealedValue]) -> Any:
    if isinstance(value, Sealed):
        return kept[value.ref].value if value.ref in kept else None
    return field_data(value)


def _gone(value: object, kept: Mapping[str, SealedValue]) -> dict[str, bool]:
    return {"erased": True} if isinstance(value, Sealed) and value.ref not in kept else {}


def head(customer: str, tenant: str, at: datetime) -> dict[str, Any]:
    """The line that stands before all others."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "tenant": tenant,
        "customer": customer,
        "at": instant_text(at),
    }
