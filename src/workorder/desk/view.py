"""A ticket for a screen: what one person may see of it, labels, values and texts together.

:meth:`~workorder.desk.ServiceDesk.view` is what a host hands on to whoever asked, a customer above
all. Whatever they may not read is not in it, so there is nothing to take out afterwards.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from attrs import frozen

from workorder.desk.answers import Entry
from workorder.desk.reading import entries, explained, loaded, revealed
from workorder.desk.requests import Operation, Reveal, ask
from workorder.desk.rights import decided, rights_of
from workorder.instants import instant_text
from workorder.intake import Field
from workorder.rulebook import Rulebooks
from workorder.storage import Capability, Codec, field_data
from workorder.texts import ENGLISH, Label
from workorder.ticket import Sealed, Ticket
from workorder.workflow import Actor, Option


@frozen
class Shown:
    """A field of a ticket, with its value.

    Attributes:
        label: its name with labels.
        value: the value, a sealed one revealed; ``None`` where it was erased, or may not be read.
        withheld: that the reader may not read it.
    """

    label: Label
    value: Any = None
    withheld: bool = False

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The field as plain data."""
        value = None if self.value is None else field_data(self.value)
        return {
            "name": self.label.name,
            "label": self.label.text(language),
            "value": value,
            "withheld": self.withheld,
        }


@frozen
class View:
    """A ticket as one person may see it.

    Attributes:
        id: the ticket.
        version: for :meth:`~workorder.desk.ServiceDesk.execute`, as what was seen.
        type: its type with labels.
        state: its state, as this reader calls it.
        opened: when it was opened, in UTC.
        last: when something last happened that they may read; ``None`` where nothing is known.
        due: until when it is to be resolved, if that was promised.
        resolution: how it was resolved, once that is the bank's answer.
        fields: those that are filled in, in the order of the form.
        entries: what happened, as :meth:`~workorder.desk.ServiceDesk.history` gives it; none, if
            the store keeps no history.
        options: what they may do now.
        at: the instant for which it holds.
        zone: the zone in which people here read instants, if there is one.
    """

    id: str
    version: int
    type: Label
    state: Label
    opened: datetime
    last: datetime | None
    due: datetime | None
    resolution: str | None
    fields: tuple[Shown, ...]
    entries: tuple[Entry, ...]
    options: tuple[Option, ...]
    at: datetime
    zone: tzinfo | None = None

    @property
    def withheld(self) -> tuple[str, ...]:
        """The fields whose values this reader may not read."""
        return tuple(each.label.name for each in self.fields if each.withheld)

    def as_data(self, language: str = ENGLISH) -> dict[str, Any]:
        """The view as plain data: names, labels in *language*, instants in UTC."""
        return {
            "ticket": self.id,
            "version": self.version,
            "type": self.type.name,
            "type_label": self.type.text(language),
            "state": self.state.name,
            "state_label": self.state.text(language),
            "opened": instant_text(self.opened),
            "last": _said(self.last),
            "due": _said(self.due),
            "resolution": self.resolution,
            "fields": [each.as_data(language) for each in self.fields],
            "entries": [each.as_data(language) for each in self.entries],
            "options": [
                {
                    "action": option.action.name,
                    "label": option.action.text(language),
                    "needs": list(option.needs),
                }
                for option in self.options
            ],
        }


def _said(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def view(
    ticket_id: str,
    actor: Actor,
    rulebooks: Rulebooks,
    codec: Codec,
    at: datetime,
    capabilities: frozenset[Capability],
) -> Operation[View]:
    """The ticket as *actor* may see it at an instant."""
    whole = yield from loaded(ticket_id, actor, rulebooks)
    rights = rights_of(actor, whole, rulebooks)
    ticket = rights.ticket(whole)
    reveal = Capability.SEALED in capabilities
    told: tuple[Entry, ...] = ()
    if Capability.HISTORY in capabilities:
        told = yield from entries(whole, rights, codec, after=0, limit=None, reveal=reveal)
    answer = ticket.work.resolution if decided(whole, rights.rulebook) else None
    sealed = {name: each for name, each in ticket.fields.items() if isinstance(each, Sealed)}
    refs = {each.ref for each in (*sealed.values(), answer) if each is not None}
    kept = (yield from ask(Reveal(ticket_id, refs))) if refs and reveal else {}
    values = {**ticket.fields, **dict(revealed(sealed, kept))}
    texts = dict(revealed({} if answer is None else {"": answer}, kept))
    explanation = explained(whole, actor, rulebooks, at)
    form = rights.rulebook.form_by_type.get(ticket.type)
    # Whoever does not read all of it learns nothing from when the bank last worked on it.
    last = told[-1].event.trace.occurred_at if told else None
    return View(
        ticket.id,
        ticket.version,
        form.label if form is not None else Label(ticket.type),
        explanation.state,
        ticket.times.opened,
        ticket.times.last if rights.reader is None else last,
        ticket.windows.due,
        texts.get(""),
        tuple(_shown(whole, values, rights.withheld, form.fields if form is not None else ())),
        told,
        tuple(option for option in explanation.options if option.allowed),
        explanation.at,
        explanation.zone,
    )


def _shown(
    ticket: Ticket,
    values: Mapping[str, Any],
    withheld: frozenset[str],
    form: tuple[Field, ...],
) -> Iterator[Shown]:
    """The fields that are filled in: those of the form in its order, and those of earlier types."""
    labels = {each.name: each.label for each in form}
    for name in dict.fromkeys((*labels, *ticket.fields)):
        if ticket.fields.get(name) is not None:
            away = name in withheld
            label = labels.get(name, Label(name))
            yield Shown(label, None if away else values[name], away)
