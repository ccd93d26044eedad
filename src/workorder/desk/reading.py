"""Reading operations: one ticket, its history, its options, and queries; scoped by actor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, tzinfo

import attrs

from workorder.canonical import decode, digest, encode
from workorder.conditions import AllOf, to_data
from workorder.desk.answers import Entry, Explanation, Page
from workorder.desk.requests import Find, Load, Operation, ReadRecords, Reveal, ask
from workorder.errors import CommandRefused, InvalidInput, UnsupportedQuery
from workorder.kernel import SYSTEM, Context, bar, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import Rulebooks
from workorder.storage import (
    SEARCHABLE,
    Codec,
    Stored,
    TicketQuery,
    order_values,
)
from workorder.texts import Label
from workorder.ticket import Event, Sealed, Ticket
from workorder.workflow import Actor, Option, may_see, visible


def not_found(ticket_id: str, actor: Actor | None) -> CommandRefused:
    """No such ticket, or none this person may see: the same answer, on purpose."""
    who = actor.id if actor is not None else "-"
    return CommandRefused(Refusal("not_found", facts={"ticket": ticket_id, "actor": who}))


def visible_to(actor: Actor, ticket: Ticket, rulebooks: Rulebooks) -> bool:
    """Whether *actor* may see *ticket*, by the roles of the rulebook in force."""
    return may_see(ticket, actor, rulebooks.current.workflow.role_by_name)


def seen(
    stored: Mapping[str, Stored], ticket_id: str, actor: Actor | None, rulebooks: Rulebooks
) -> Ticket:
    """The ticket, if it exists and *actor* may see it (``None`` sees everything).

    Raises:
        CommandRefused: ``not_found``.
    """
    found = stored.get(ticket_id)
    if found is None:
        raise not_found(ticket_id, actor)
    ticket = found.snapshot.ticket
    if actor is not None and not visible_to(actor, ticket, rulebooks):
        raise not_found(ticket_id, actor)
    return ticket


def get(ticket_id: str, actor: Actor | None, rulebooks: Rulebooks) -> Operation[Ticket]:
    """One ticket."""
    stored = yield from ask(Load((ticket_id,)))
    return seen(stored, ticket_id, actor, rulebooks)


def options(
    ticket_id: str, actor: Actor, rulebooks: Rulebooks, at: datetime
) -> Operation[tuple[Option, ...]]:
    """Every action, as *actor* may take it now."""
    explanation = yield from explain(ticket_id, actor, rulebooks, at)
    return explanation.options


def explain(
    ticket_id: str, actor: Actor, rulebooks: Rulebooks, at: datetime
) -> Operation[Explanation]:
    """Where the ticket stands, and every action with every rule."""
    ticket = yield from get(ticket_id, actor, rulebooks)
    rulebook = rulebooks.of(ticket)
    # What time has done by now counts, whether or not it has been written down yet.
    now = pass_time(ticket, Context(ticket_id, SYSTEM, at, rulebook, "")).ticket
    state = rulebook.workflow.labels.get(now.state, Label(now.state))
    instant = max(at, now.times.last)
    judged = rulebook.workflow.options(now, actor=actor, at=instant)
    unknown = bar(ticket, at, rulebook)
    if unknown is not None:
        judged = tuple(Option(option.action, None, unknown) for option in judged)
    zone = rulebook.zone
    if zone is not None:
        judged = tuple(_in_zone(option, zone) for option in judged)
    return Explanation(ticket, state, instant, judged, zone)


def _in_zone(option: Option, zone: tzinfo) -> Option:
    """*option* with a refusal that says instants in *zone*."""
    if option.refusal is None:
        return option
    return attrs.evolve(option, refusal=attrs.evolve(option.refusal, zone=zone))


def history(
    ticket_id: str,
    actor: Actor | None,
    rulebooks: Rulebooks,
    codec: Codec,
    *,
    after: int,
    limit: int | None,
    reveal: bool,
) -> Operation[tuple[Entry, ...]]:
    """A ticket's events, with the sealed values they refer to."""
    yield from get(ticket_id, actor, rulebooks)
    records = yield from ask(ReadRecords(ticket_id, after, limit))
    events = [(record.sequence, codec.decode(record)) for record in records]
    named = {sequence: sealed_in(event) for sequence, event in events}
    refs = {sealed.ref for found in named.values() for sealed in found.values()}
    kept = (yield from ask(Reveal(ticket_id, refs))) if refs and reveal else {}
    return tuple(
        Entry(
            sequence,
            event,
            {
                name: kept[sealed.ref].value if sealed.ref in kept else None
                for name, sealed in named[sequence].items()
            },
        )
        for sequence, event in events
    )


def sealed_in(event: Event) -> dict[str, Sealed]:
    """The sealed values an event refers to, by argument or field."""
    found = {}
    named = {each.name for each in attrs.fields(type(event))}
    for each in attrs.fields(type(event)):
        value = getattr(event, each.name)
        if isinstance(value, Sealed):
            found[each.name] = value
        elif isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, Sealed):
                    found[name if name not in named else f"{each.name}.{name}"] = item
    return found


def searchable(rulebooks: Rulebooks) -> dict[str, str]:
    """The fields that queries may name, with their kinds."""
    own = {
        f"fields.{each.name}": each.kind
        for rulebook in rulebooks.by_digest.values()
        for form in rulebook.forms
        for each in form.fields
        if each.searchable
    }
    return {**SEARCHABLE, **own}


def find(
    query: TicketQuery, actor: Actor | None, rulebooks: Rulebooks, mark: str | None
) -> Operation[Page]:
    """A page of the tickets that *actor* may see; the scope is part of the query."""
    query.check(searchable(rulebooks))
    if mark is not None:
        query = attrs.evolve(query, after=_read_mark(mark, query, searchable(rulebooks)))
    asked = query
    if actor is not None:
        scope = visible(actor, rulebooks.current.workflow.role_by_name)
        query = attrs.evolve(query, where=AllOf((scope, query.where)))
    # One more than a page, to know whether there is another.
    found = yield from ask(Find(attrs.evolve(query, limit=query.limit + 1)))
    tickets = tuple(snapshot.ticket for snapshot in found[: query.limit])
    more = len(found) > query.limit
    return Page(tickets, _mark(asked, tickets[-1]) if more else None)


def _shape(query: TicketQuery) -> str:
    order = [[sort.field, sort.descending] for sort in query.order]
    return digest(encode({"where": to_data(query.where), "order": order}))[:16]


def _mark(query: TicketQuery, last: Ticket) -> str:
    data = {"query": _shape(query), "after": list(order_values(last, query.order))}
    return urlsafe_b64encode(encode(data)).decode()


_MARKED: Mapping[str, type] = {"integer": int, "flag": bool}


def _read_mark(mark: str, query: TicketQuery, kinds: Mapping[str, str]) -> tuple[object, ...]:
    expected = [_MARKED.get(kinds[sort.field], str) for sort in query.order]
    try:
        data = decode(urlsafe_b64decode(str(mark).encode()))
        *values, last = data["after"]
        sound = (
            data["query"] == _shape(query)
            and len(values) == len(expected)
            and all(v is None or type(v) is kind for v, kind in zip(values, expected, strict=True))
            and isinstance(last, str)
        )
        encode(data)  # half a character, which no record can hold
        if sound:
            return (*values, last)
    except (InvalidInput, ValueError, KeyError, TypeError):
        pass
    raise UnsupportedQuery("bad_cursor")
