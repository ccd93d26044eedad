"""Reading operations: one ticket, its history, its options, and queries; scoped by actor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from workorder.canonical import decode, digest, encode
from workorder.conditions import AllOf, AnyOf, Compare, Negation, to_data
from workorder.desk.answers import Entry, Explanation, Page
from workorder.desk.requests import Find, Load, Operation, ReadRecords, Reveal, ask
from workorder.desk.rights import Rights, rights_of, withheld_anywhere
from workorder.errors import CommandRefused, InvalidInput, UnsupportedQuery
from workorder.kernel import SYSTEM, Context, bar, pass_time
from workorder.refusals import Refusal
from workorder.rulebook import Rulebooks
from workorder.storage import (
    SEARCHABLE,
    Codec,
    Record,
    Stored,
    TicketQuery,
    order_values,
)
from workorder.texts import Label
from workorder.ticket import Event, Sealed, SealedValue, Ticket
from workorder.ticket.sharing import NOT_SHARED
from workorder.workflow import Actor, Option, may_see, visible, whole_readers

if TYPE_CHECKING:
    from workorder.sla.clocks import ClockLedger, ServiceLevels


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


def loaded(ticket_id: str, actor: Actor | None, rulebooks: Rulebooks) -> Operation[Ticket]:
    """One ticket with all that is in it, if *actor* may see it."""
    stored = yield from ask(Load((ticket_id,)))
    return seen(stored, ticket_id, actor, rulebooks)


def get(ticket_id: str, actor: Actor | None, rulebooks: Rulebooks) -> Operation[Ticket]:
    """One ticket, as *actor* may see it."""
    ticket = yield from loaded(ticket_id, actor, rulebooks)
    return rights_of(actor, ticket, rulebooks).ticket(ticket)


def options(
    ticket_id: str, actor: Actor, rulebooks: Rulebooks, at: datetime
) -> Operation[tuple[Option, ...]]:
    """Every action, as *actor* may take it now."""
    ticket = yield from loaded(ticket_id, actor, rulebooks)
    return explained(ticket, actor, rulebooks, at).options


def explain(
    ticket_id: str, actor: Actor, rulebooks: Rulebooks, at: datetime
) -> Operation[Explanation]:
    """Where the ticket stands, every action with every rule, and every clock with its account."""
    ticket = yield from loaded(ticket_id, actor, rulebooks)
    found = explained(ticket, actor, rulebooks, at)
    rulebook = rulebooks.of(ticket)
    if rulebook.sla is None or not rights_of(actor, ticket, rulebooks).whole:
        return found
    now = pass_time(ticket, Context(ticket.id, SYSTEM, at, rulebook, "")).ticket
    return attrs.evolve(found, clocks=accounts(now, found.at, rulebook.sla))


def accounts(ticket: Ticket, at: datetime, levels: "ServiceLevels") -> "tuple[ClockLedger, ...]":
    """The account of every clock of *ticket* at an instant: of the one that leads first."""
    from workorder.sla.clocks import account

    places = {name: place for place, name in enumerate(levels.by_name)}
    clocks = sorted(
        ticket.clocks.values(), key=lambda each: (not each.leads, places.get(each.metric, 0))
    )
    return tuple(account(each, at, levels) for each in clocks)


def explained(ticket: Ticket, actor: Actor, rulebooks: Rulebooks, at: datetime) -> Explanation:
    """Where *ticket* stands for *actor* at an instant."""
    rulebook = rulebooks.of(ticket)
    rights = rights_of(actor, ticket, rulebooks)
    # What time has done by now counts, whether or not it has been written down yet.
    now = pass_time(ticket, Context(ticket.id, SYSTEM, at, rulebook, "")).ticket
    instant = max(at, now.times.last)
    judged = rulebook.workflow.options(now, actor=actor, at=instant)
    unknown = bar(ticket, at, rulebook)
    if unknown is not None:
        judged = tuple(Option(option.action, None, unknown) for option in judged)
    zone = rulebook.zone
    if zone is not None:
        judged = tuple(_in_zone(option, zone) for option in judged)
    judged = tuple(rights.option(option, now) for option in judged)
    return Explanation(rights.ticket(ticket), rights.state(now), instant, judged, zone)


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
    """A ticket's events as *actor* may read them, with the sealed values they refer to."""
    ticket = yield from loaded(ticket_id, actor, rulebooks)
    rights = rights_of(actor, ticket, rulebooks)
    return (yield from entries(ticket, rights, codec, after=after, limit=limit, reveal=reveal))


@frozen
class _Line:
    """An event that may be read, the sealed values it refers to, and what is left out of it."""

    sequence: int
    event: Event
    sealed: Mapping[str, Sealed]
    texts: Mapping[str, None]
    withheld: tuple[str, ...]
    state: Label | None


def entries(
    ticket: Ticket, rights: Rights, codec: Codec, *, after: int, limit: int | None, reveal: bool
) -> Operation[tuple[Entry, ...]]:
    """A ticket's events as somebody with *rights* may read them."""
    lines: list[_Line] = []
    while True:
        records = yield from ask(ReadRecords(ticket.id, after, limit))
        lines += _lines(records, rights, codec)
        # What may not be read does not count: the next ones take its place.
        if limit is None or len(lines) >= limit or len(records) < limit:
            break
        after = records[-1].sequence
    lines = lines if limit is None else lines[:limit]
    refs = {sealed.ref for line in lines for sealed in line.sealed.values()}
    kept = (yield from ask(Reveal(ticket.id, refs))) if refs and reveal else {}
    return tuple(
        Entry(
            line.sequence,
            line.event,
            {**line.texts, **dict(revealed(line.sealed, kept))},
            line.withheld,
            line.state,
        )
        for line in lines
    )


def _lines(records: Sequence[Record], rights: Rights, codec: Codec) -> Iterator[_Line]:
    """The events of *records* that may be read."""
    for record in records:
        event = codec.decode(record)
        read, withheld = rights.event(event)
        if read is not None:
            sealed = sealed_in(read)
            left = sealed_in(event) if withheld else {}
            texts = dict.fromkeys(name for name in left if name in withheld)
            state = rights.state_after(event)
            yield _Line(record.sequence, read, sealed, texts, withheld, state)


def revealed(
    sealed: Mapping[str, Sealed], kept: Mapping[str, SealedValue]
) -> Iterator[tuple[str, str | None]]:
    """The values by name; ``None`` for those that are not there any more."""
    for name, each in sealed.items():
        yield name, kept[each.ref].value if each.ref in kept else None


def sealed_in(event: Event) -> dict[str, Sealed]:
    """The sealed values an event refers to, by argument or field."""
    found = {}
    named = {each.name for each in attrs.fields(type(event))}
    for each in attrs.fields(type(event)):
        value = getattr(event, each.name)
        if isinstance(value, Sealed):
            if value != NOT_SHARED:
                found[each.name] = value
        elif isinstance(value, dict):
            for name, item in value.items():
                if isinstance(item, Sealed):
                    found[name if name not in named else f"{each.name}.{name}"] = item
    return found


INTERNAL = frozenset({"assignee", "department", "opened_by", "people", "asked", "erased"})
"""What queries may name and customers may not know: asking for it would tell it."""


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
    """A page of the tickets that *actor* may see; the scope is part of the query. Who asks for what
    is not shared finds only tickets that they read in full.
    """
    known = searchable(rulebooks)
    if actor is not None:  # a field that was searchable once, or is to be, and has readers
        hidden = {f"fields.{name}" for name in withheld_anywhere(actor, rulebooks)}
        known = {name: kind for name, kind in known.items() if name not in hidden}
    query.check(known)
    roles = rulebooks.current.workflow.role_by_name
    if actor is not None and not INTERNAL.isdisjoint(_named(query)):
        roles = whole_readers(roles)
        if actor.roles.isdisjoint(roles):
            query.check({name: kind for name, kind in known.items() if name not in INTERNAL})
    if mark is not None:
        query = attrs.evolve(query, after=_read_mark(mark, query, known))
    asked = query
    if actor is not None:
        scope = visible(actor, roles)
        query = attrs.evolve(query, where=AllOf((scope, query.where)))
    # One more than a page, to know whether there is another.
    found = yield from ask(Find(attrs.evolve(query, limit=query.limit + 1)))
    tickets = tuple(snapshot.ticket for snapshot in found[: query.limit])
    more = len(found) > query.limit
    mark = _mark(asked, tickets[-1]) if more else None
    return Page(tuple(rights_of(actor, each, rulebooks).ticket(each) for each in tickets), mark)


def _named(query: TicketQuery) -> Iterator[str]:
    """The fields that *query* names."""
    yield from (sort.field for sort in query.order)
    waiting = [query.where]
    while waiting:
        match waiting.pop():
            case Compare(field):
                yield field
            case AllOf(parts) | AnyOf(parts):
                waiting += parts
            case Negation(part):
                waiting.append(part)


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
