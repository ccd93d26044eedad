"""What one person may read of one ticket, and everything the desk gives back cut down to that.

Two questions are asked of the roles: does one of them that sees the ticket read all of it, or only
what is shared with the customer; and which fields' values does none of them read. A ticket, an
event, a refusal is cut down by what is named as shared; nothing is found out by looking for it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from workorder.desk.answers import Done
from workorder.refusals import Refusal, Unmet
from workorder.rulebook import Rulebook, Rulebooks
from workorder.texts import Label
from workorder.ticket import (
    Event,
    Held,
    Reader,
    Ticket,
    Unmerged,
    shared_event,
    shared_with,
    without_fields,
)
from workorder.workflow import Actor, Check, Option, State, reads_all, whole_readers

HIDDEN = "…"
"""Stands in a refusal for what the reader is not to know."""


@frozen
class Rights:
    """What one person may read of one ticket.

    Attributes:
        rulebook: by which the ticket goes.
        reader: who reads only what is shared; ``None`` for one who reads all of it.
        withheld: the fields whose values they may not read.
    """

    rulebook: Rulebook
    reader: Reader | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.reader is None and not self.withheld

    def ticket(self, ticket: Ticket) -> Ticket:
        """*ticket* as they may see it."""
        if self.whole:
            return ticket
        if not self.withheld.isdisjoint(ticket.fields):
            fields = {name: v for name, v in ticket.fields.items() if name not in self.withheld}
            ticket = evolve(ticket, fields=fields)
        if self.reader is None:
            return ticket
        return shared_with(ticket, self.reader, decided=decided(ticket, self.rulebook))

    def event(self, event: Event) -> tuple[Event | None, tuple[str, ...]]:
        """*event* as they may read it, if they may, and the fields that are withheld of it."""
        read = event if self.reader is None else shared_event(event, self.reader)
        if read is None or not self.withheld:
            return read, ()
        return without_fields(read, self.withheld)

    def events(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        """Those of *events* that they may read."""
        if self.whole:
            return events
        read = (self.event(each)[0] for each in events)
        return tuple(each for each in read if each is not None)

    def state(self, ticket: Ticket) -> Label:
        """What they are told of the state in which *ticket* is."""
        hold = ticket.work.hold
        return self._label(ticket.state, hold.reason if hold is not None else None)

    def state_after(self, event: Event) -> Label | None:
        """What the state is called into which *event* brought the ticket; nothing, where it did
        not, or where it went back to a wait of which the event does not tell.
        """
        if not event.step.moved or (self.reader is not None and isinstance(event, Unmerged)):
            return None
        reason = event.hold_reason if isinstance(event, Held) else None
        return self._label(event.step.to_state, reason)

    def _label(self, name: str, held_for: str | None) -> Label:
        state = self.rulebook.workflow.state_by_name.get(name)
        if state is None:
            return Label(name)
        if self.reader is None:
            return state.label
        reason = self.rulebook.workflow.settings.hold_reason(held_for)
        if reason is not None and reason.customer_labels and not state.ended:
            return Label(name, reason.customer_labels)
        return state.customer_label

    def option(self, option: Option, ticket: Ticket) -> Option:
        """*option* with what they may know of why not."""
        if self.reader is None:
            return option
        told = _Telling(self.rulebook, self.reader, ticket, self.state(ticket))
        refusal = told.refusal(option.refusal) if option.refusal is not None else None
        checks = tuple(told.check(each) for each in option.checks)
        return evolve(option, refusal=refusal, checks=checks)

    def refusal(self, refusal: Refusal, ticket: Ticket) -> Refusal:
        """*refusal* of a command on *ticket*, with what they may know of it."""
        if self.reader is None:
            return refusal
        told = _Telling(self.rulebook, self.reader, ticket, self.state(ticket))
        return told.refusal(refusal)

    def done(self, done: Done) -> Done:
        """*done* with the ticket and the events as they may see them."""
        if self.whole:
            return done
        ticket, events = self.ticket(done.ticket), self.events(done.events)
        return evolve(done, ticket=ticket, events=events, freed=())


def rights_of(actor: Actor | None, ticket: Ticket, rulebooks: Rulebooks) -> Rights:
    """What *actor* may read of *ticket*, by the roles of the rulebook in force; ``None`` reads
    everything.
    """
    rulebook = rulebooks.of(ticket)
    if actor is None:
        return Rights(rulebook)
    roles = rulebooks.current.workflow.role_by_name
    reader = None
    if not reads_all(ticket, actor, roles):
        outside = frozenset(roles) - frozenset(whole_readers(roles))
        reader = Reader(actor.id, ticket.customer, outside)
    return Rights(rulebook, reader, frozenset(_withheld(actor, ticket, rulebook, rulebooks)))


def _withheld(
    actor: Actor, ticket: Ticket, rulebook: Rulebook, rulebooks: Rulebooks
) -> Iterator[str]:
    """The fields that *actor* may not read, by the forms of every type that the ticket had. One of
    no such form (taken over by an appeal, or gone from the form since) keeps the readers that it
    has in any other.
    """
    named: set[str] = set()
    for each in (rulebook, rulebooks.current):
        for type_ in (ticket.type, *ticket.origin.types):
            form = each.form_by_type.get(type_)
            for field in form.fields if form is not None else ():
                named.add(field.name)
                if not field.read_by(actor.roles):
                    yield field.name
    others = ticket.fields.keys() - named
    if others:
        yield from others & withheld_anywhere(actor, rulebooks)


def withheld_anywhere(actor: Actor, rulebooks: Rulebooks) -> frozenset[str]:
    """The fields that *actor* may not read by some form of some rulebook that is known."""
    return frozenset(
        field.name
        for rulebook in rulebooks.by_digest.values()
        for form in rulebook.forms
        for field in form.fields
        if not field.read_by(actor.roles)
    )


def decided(ticket: Ticket, rulebook: Rulebook) -> bool:
    """Whether the ticket's resolution is the bank's answer by now: the work was concluded, or the
    ticket closed. Handed in for review, it is not.
    """
    if ticket.times.resolved is not None:
        return True
    state = rulebook.workflow.state_by_name.get(ticket.state)
    return state is not None and (state.resolved or state.category == "closed")


class _Telling:
    """Cuts down the facts of refusals: people and departments of the bank are not named, and
    states are called what the customer calls them, the present one as everywhere.
    """

    def __init__(self, rulebook: Rulebook, reader: Reader, ticket: Ticket, present: Label) -> None:
        self._present = present
        self._states = rulebook.workflow.state_by_name
        self._reasons = {each.label: each for each in rulebook.workflow.settings.hold_reasons}
        self._secret = frozenset(each for each in _inside(ticket) if not reader.knows(each))

    def refusal(self, refusal: Refusal) -> Refusal:
        """A refusal and all that is unmet."""
        facts = self._facts(refusal.facts)
        state = refusal.facts.get("state")
        if isinstance(state, Label) and state.name == self._present.name:
            facts = {**facts, "state": self._present}
        if refusal.code == "opaque_history":
            facts = {**facts, "types": HIDDEN}
        elif refusal.code == "capacity_taken":
            facts = {**facts, "agent": HIDDEN}
        return evolve(refusal, unmet=tuple(map(self._unmet, refusal.unmet)), facts=facts)

    def check(self, check: Check) -> Check:
        """One rule, and why it does not hold."""
        return check if check.unmet is None else evolve(check, unmet=self._unmet(check.unmet))

    def _unmet(self, unmet: Unmet) -> Unmet:
        return evolve(unmet, facts=self._facts(unmet.facts))

    def _facts(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {name: self._fact(value) for name, value in facts.items()}

    def _fact(self, value: Any) -> Any:
        if isinstance(value, Label):
            return self._label(value)
        if isinstance(value, str):
            return HIDDEN if value in self._secret else value
        if isinstance(value, tuple | list | set | frozenset):
            return tuple(dict.fromkeys(map(self._fact, value)))
        return value

    def _label(self, label: Label) -> Label:
        reason = self._reasons.get(label)
        if reason is not None:
            return Label(HIDDEN, reason.customer_labels)
        state: State | None = self._states.get(label.name)
        return state.customer_label if state is not None and state.label == label else label


def _inside(ticket: Ticket) -> Iterator[str]:
    """Everybody and every place of the bank that *ticket* tells of, and what it waits for."""
    work = ticket.work
    yield from ticket.deeds
    yield from ticket.parties.subjects
    yield from ticket.parties.excluded
    yield from ticket.windows.urged
    yield ticket.origin.opened_by
    for people in work.approvals.values():
        yield from people
    for each in work.subtasks:
        yield from (each.id, each.department, each.opened_by)
    if work.panel is not None:
        yield from (work.panel.id, *work.panel.members, *work.panel.opinions)
    if work.extension is not None:
        yield work.extension.requested_by
    if work.hold is not None:
        yield work.hold.reason
    yield from (each for each in (ticket.assignee, ticket.department) if each is not None)
