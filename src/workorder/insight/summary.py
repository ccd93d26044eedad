"""A store in figures: read once from its log; keeps a little per ticket and every duration.

How each figure counts:

* an *entry* is one event; its state is the one after it, in the words of the system it came
  from (so for imported entries), else in the workflow's;
* a *transition* leads from the state of one entry of a ticket to that of the next, also when
  the state stays; ``(start)`` is before the first;
* a *handover* is an entry after which another department has the ticket than before, its
  first entry apart (no department counts as one, too);
* a *reopening* is an entry by which a concluded ticket is worked on again;
* a *stay* in a state lasts from the entry that led there to the one that led out; the state a
  ticket is in last is no finished stay and not counted;
* *opened to resolved* ends with the last entry that concluded the work, *opened to closed*
  with the last one that closed the ticket; tickets without such an entry are not counted.

* *missing* counts imported entries in which something is not known, *without_assignee* those
  without an assignee by state; *changed* counts tickets on which something changed later.

Minutes are those of the clock, whole or with a fraction; working time is another measure.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from attrs import define, field

from workorder.errors import StoreError
from workorder.kernel import evolve
from workorder.storage import Capability, Codec, FullStore, HistoryStore, TicketStore
from workorder.ticket import (
    Closed,
    Event,
    Imported,
    Reopened,
    Submitted,
    Ticket,
)
from workorder.workflow import ENDED

START = "(start)"
EXAMPLES = 3
_MINUTE = timedelta(minutes=1)

Progress = Callable[[int], None]


def _whole(minutes: float) -> float:
    return int(minutes) if float(minutes).is_integer() else minutes


@define
class Durations:
    """Some durations: how many, their sum, their median, in minutes."""

    minutes: list[float] = field(factory=list)

    def add(self, duration: timedelta) -> None:
        """Count one."""
        self.minutes.append(_whole(duration / _MINUTE))

    def as_data(self) -> dict[str, Any]:
        """Count, sum and median; the median of none is ``None``."""
        return {
            "count": len(self.minutes),
            "sum": sum(self.minutes),
            "median": _whole(median(self.minutes)) if self.minutes else None,
        }


@define
class Oddity:
    """One kind of oddity: how often, and the first tickets."""

    count: int = 0
    examples: list[str] = field(factory=list)

    def add(self, name: str) -> None:
        """Count one."""
        self.count += 1
        if len(self.examples) < EXAMPLES and name not in self.examples:
            self.examples.append(name)


@define
class _Life:
    """What is known of one ticket while its entries pass."""

    ticket: Ticket
    state: str
    since: datetime
    said_at: datetime
    opened: datetime
    resolved: datetime | None = None
    closed: datetime | None = None
    closings: int = 0
    resolutions: int = 0
    changed: set[str] = field(factory=set)


@define
class Summary:
    """A store in figures; see the module for how each one counts."""

    tickets: int = 0
    records: int = 0
    records_imported: int = 0
    entries_by_state: Counter[str] = field(factory=Counter)
    first_state: Counter[str] = field(factory=Counter)
    last_state: Counter[str] = field(factory=Counter)
    state_names: dict[str, str] = field(factory=dict)
    transitions: dict[str, Counter[str]] = field(factory=dict)
    reopens: int = 0
    handovers: int = 0
    minutes_in_state: dict[str, Durations] = field(factory=dict)
    opened_to_resolved: Durations = field(factory=Durations)
    opened_to_closed: Durations = field(factory=Durations)
    missing: Counter[str] = field(factory=Counter)
    without_assignee: Counter[str] = field(factory=Counter)
    changed: Counter[str] = field(factory=Counter)
    oddities: dict[str, Oddity] = field(factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Every figure, as plain data."""
        return {
            "tickets": self.tickets,
            "records": self.records,
            "records_imported": self.records_imported,
            "entries_by_state": dict(self.entries_by_state.most_common()),
            "first_state": dict(self.first_state.most_common()),
            "last_state": dict(self.last_state.most_common()),
            "state_names": self.state_names,
            "transitions": {name: dict(c.most_common()) for name, c in self.transitions.items()},
            "reopens": self.reopens,
            "handovers": self.handovers,
            "minutes_in_state": {n: d.as_data() for n, d in self.minutes_in_state.items()},
            "opened_to_resolved": self.opened_to_resolved.as_data(),
            "opened_to_closed": self.opened_to_closed.as_data(),
            "missing": dict(self.missing.most_common()),
            "without_assignee": dict(self.without_assignee.most_common()),
            "changed": dict(self.changed.most_common()),
            "oddities": {
                kind: {"count": each.count, "examples": each.examples}
                for kind, each in sorted(self.oddities.items())
            },
        }


def log_of(
    store: TicketStore, codec: Codec, progress: Progress = lambda _done: None
) -> Iterator[tuple[str, Event]]:
    """Every event of a store with its ticket's id, in the order of commits.

    Raises:
        StoreError: ``unsupported`` when the store keeps no history.
    """
    if Capability.HISTORY not in store.capabilities:
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    history: HistoryStore = store  # type: ignore[assignment]  # it declares the capability
    position = 0
    while page := history.log(position, 5_000):
        for _, record in page:
            yield record.ticket_id, codec.decode(record)
        position = page[-1][0]
        progress(position)


def summarise(
    store: TicketStore | FullStore,
    codec: Codec | None = None,
    *,
    progress: Progress = lambda _done: None,
) -> Summary:
    """Read the log of *store* once, and count.

    Args:
        store: a store with history.
        codec: reads records; needed for a host's own events.
        progress: told how many entries are done.

    Raises:
        StoreError: ``unsupported`` when the store keeps no history.
    """
    summary = Summary()
    lives: dict[str, _Life] = {}
    for ticket_id, event in log_of(store, codec or Codec(), progress):
        _count(summary, lives, ticket_id, event)
    for life in lives.values():
        _finish(summary, life)
    summary.tickets = len(lives)
    return summary


def _odd(summary: Summary, kind: str, ticket: Ticket) -> None:
    summary.oddities.setdefault(kind, Oddity()).add(ticket.origin.key or ticket.id)


def _count(summary: Summary, lives: dict[str, _Life], ticket_id: str, event: Event) -> None:
    life = lives.get(ticket_id)
    before = life.ticket if life is not None else None
    ticket = evolve(before, event, ticket_id)
    imported = event if isinstance(event, Imported) else None
    state = imported.state if imported is not None else event.step.to_state
    at = event.trace.occurred_at
    said_at = imported.source_at or at if imported is not None else at
    summary.records += 1
    summary.records_imported += imported is not None
    summary.entries_by_state[state] += 1
    summary.state_names[state] = event.step.to_state
    if life is None:
        life = lives[ticket_id] = _Life(ticket, state, at, said_at, ticket.times.opened)
        summary.first_state[state] += 1
        summary.transitions.setdefault(START, Counter())[state] += 1
    else:
        summary.transitions.setdefault(life.state, Counter())[state] += 1
        if state != life.state:
            stay = summary.minutes_in_state.setdefault(life.state, Durations())
            stay.add(at - life.since)
            life.since = at
        if said_at == life.said_at:
            _odd(summary, "same_instant", ticket)
        life.changed |= _changed(before, ticket)
        if before is not None and ticket.department != before.department:
            summary.handovers += 1
    summary.reopens += isinstance(event, Reopened) or (imported is not None and imported.reopened)
    _conclusions(life, event, imported, at)
    if imported is not None:
        _imported(summary, ticket, imported)
    life.ticket = ticket
    life.state = state
    life.said_at = said_at


def _changed(before: Ticket | None, after: Ticket) -> set[str]:
    """The customer and the fields, where they are other than before."""
    if before is None or before is after:
        return set()
    found = {"customer"} if before.customer != after.customer else set()
    if before.fields is not after.fields:
        found |= {
            f"fields.{name}"
            for name, value in after.fields.items()
            if before.fields.get(name) != value
        }
    return found


def _conclusions(life: _Life, event: Event, imported: Imported | None, at: datetime) -> None:
    if isinstance(event, Submitted) or (imported is not None and imported.resolved):
        life.resolved = at
        life.resolutions += 1
    ends = event.step.category in ENDED
    if ends and (imported is not None or isinstance(event, Closed) or event.step.moved):
        life.closed = at
        life.closings += 1


def _imported(summary: Summary, ticket: Ticket, event: Imported) -> None:
    for note in event.notes:
        _odd(summary, note, ticket)
    said = {
        "actor": event.trace.actor or None,
        "assignee": event.assignee,
        "department": event.department,
        "customer": event.customer,
        "channel": event.channel,
        **{f"fields.{name}": value for name, value in ticket.fields.items()},
    }
    summary.missing.update(name for name, value in said.items() if value is None)
    if event.assignee is None:
        summary.without_assignee[event.state] += 1


def _finish(summary: Summary, life: _Life) -> None:
    summary.last_state[life.state] += 1
    summary.changed.update(life.changed)
    if life.resolved is not None:
        summary.opened_to_resolved.add(life.resolved - life.opened)
    if life.closed is not None:
        summary.opened_to_closed.add(life.closed - life.opened)
        if not life.resolutions:
            _odd(summary, "closed_without_resolution", life.ticket)
        if life.closings > 1:
            _odd(summary, "closed_again", life.ticket)
