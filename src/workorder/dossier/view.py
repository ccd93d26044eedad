"""How names and instants are shown: labels of the rulebook that was in force, one zone, one
language.
"""

from datetime import datetime, time, timedelta, tzinfo

from attrs import frozen

from workorder.clocks import STEP_LABELS
from workorder.dossier.markup import Markup, tag
from workorder.dossier.words import told
from workorder.instants import instant_text
from workorder.rulebook import Rulebook, Rulebooks
from workorder.sla.telling import length_text
from workorder.texts import Label, in_language, is_chinese
from workorder.ticket import Event, Ticket

_DAY = timedelta(days=1)
CALENDAR = "calendar"
"""The cause of what was revised because dates became official."""


@frozen
class View:
    """Shows what a dossier holds.

    Attributes:
        rulebooks: those whose labels are known.
        ticket: the ticket as it stands.
        language: ``en`` or ``zh-CN``.
        zone: in which instants are shown.
    """

    rulebooks: Rulebooks
    ticket: Ticket
    language: str
    zone: tzinfo

    def told(self, key: str, **facts: object) -> str:
        """The words of that key."""
        return told(key, self.language, **facts)

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the ticket goes by; the one in force, if that is not at hand."""
        return self.rulebooks.of(self.ticket)

    def rulebook_of(self, event: Event) -> Rulebook:
        """The rulebook under which something happened, as far as it is at hand."""
        return self.rulebooks.by_digest.get(event.trace.rulebook, self.rulebook)

    def moment(self, at: datetime) -> str:
        """An instant in the zone, to the second."""
        return f"{self._local(at):%Y-%m-%d %H:%M:%S}"

    def end(self, at: datetime) -> str:
        """An instant that ends something: midnight is the end of the day before."""
        local = self._local(at)
        if local.timetz().replace(tzinfo=None) == time.min and local.date().toordinal() > 1:
            return f"{local.date() - _DAY} 24:00:00"
        return self.moment(at)

    def _local(self, at: datetime) -> datetime:
        try:
            return at.astimezone(self.zone)
        except OverflowError:  # at either end of the calendar: there is no such hour over there
            return at

    def instant(self, at: datetime) -> Markup:
        """An instant, with its exact text for programs."""
        return tag("time", self.moment(at), attributes={"datetime": instant_text(at)})

    def until(self, at: datetime) -> Markup:
        """An end, with its exact text for programs."""
        return tag("time", self.end(at), attributes={"datetime": instant_text(at)})

    def length(self, amount: timedelta) -> str:
        """A length of time, in days of 24 hours and the rest, to the second."""
        whole = timedelta(seconds=amount // timedelta(seconds=1))
        days, rest = divmod(whole, _DAY)
        if not days:
            return length_text(rest, self.language)
        unit = "天" if is_chinese(self.language) else "d"
        return f"{days} {unit} {length_text(rest, self.language)}" if rest else f"{days} {unit}"

    def hours(self, amount: timedelta) -> str:
        """A length of open time: a day of it has no fixed length."""
        return length_text(timedelta(seconds=amount // timedelta(seconds=1)), self.language)

    def names(self, several: tuple[str, ...]) -> str:
        """Several names, one after the other."""
        return ("、" if is_chinese(self.language) else ", ").join(several)

    def bracketed(self, text: str) -> str:
        """*text* as a remark behind something."""
        return f"（{text}）" if is_chinese(self.language) else f" ({text})"

    def _label(self, labels: dict[str, Label], name: str) -> str:
        return labels[name].text(self.language) if name in labels else name

    def state(self, name: str, rulebook: Rulebook) -> str:
        """What a state is called."""
        return self._label(dict(rulebook.workflow.labels), name)

    def role(self, name: str, rulebook: Rulebook) -> str:
        """What a role is called."""
        return self._label(dict(rulebook.workflow.role_labels), name)

    def action(self, name: str, rulebook: Rulebook) -> str:
        """What an action is called."""
        if name in STEP_LABELS and name not in rulebook.workflow.action_labels:
            return in_language(STEP_LABELS[name], self.language)
        return self._label(dict(rulebook.workflow.action_labels), name)

    def metric(self, name: str) -> str:
        """What a clock measures."""
        levels = self.rulebook.sla
        found = levels.by_name.get(name) if levels is not None else None
        return name if found is None else found.label.text(self.language)

    def cause(self, name: str, rulebook: Rulebook) -> str:
        """What brought it about that something is due at another instant."""
        return self.told("by_calendar") if name == CALENDAR else self.action(name, rulebook)

    def type(self, name: str, rulebook: Rulebook) -> str:
        """What a ticket type is called."""
        form = rulebook.form_by_type.get(name)
        return name if form is None else form.label.text(self.language)

    def field(self, name: str, rulebook: Rulebook) -> str:
        """What a field of the ticket's form is called."""
        form = rulebook.form_by_type.get(self.ticket.type)
        field = None if form is None else form.field(name)
        return name if field is None else field.label.text(self.language)

    def hold_reason(self, name: str, rulebook: Rulebook) -> str:
        """What a reason to wait is called."""
        reason = rulebook.workflow.settings.hold_reason(name)
        return name if reason is None else reason.label.text(self.language)
