"""The sections of a dossier: each is made from the trail, and none when there is nothing to say."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import frozen

from workorder.dossier.account import Promise, promises, stays, times
from workorder.dossier.entries import Entries
from workorder.dossier.markup import Markup, joined, pairs, styled, table
from workorder.dossier.trail import Happening, Trail
from workorder.dossier.view import View
from workorder.errors import InvalidInput
from workorder.ticket import Ticket


@frozen
class Sections:
    """Makes the sections of one dossier.

    Attributes:
        view: how names and instants are shown.
        trail: what happened.
        entries: how that is shown.
        at: when the dossier is made.
        tenant: whose ticket it is.
        head: the digest of its last entry.
    """

    view: View
    trail: Trail
    entries: Entries
    at: datetime
    tenant: str
    head: str

    @property
    def ticket(self) -> Ticket:
        """The ticket as it stands."""
        return self.view.ticket

    def overview(self) -> Markup:
        """Whose it is, what it is about, where it stands."""
        view, ticket, rulebook = self.view, self.ticket, self.view.rulebook
        said = view.told
        revision = said("revision", version=ticket.version, events=ticket.revision.events)
        instants = [
            (name, view.instant(at))
            for name, at in (
                ("opened", ticket.times.opened),
                ("accepted", ticket.times.accepted),
                ("resolved", ticket.times.resolved),
                ("closed", ticket.times.closed),
            )
            if at is not None
        ]
        state = view.state(ticket.state, rulebook)
        since = view.moment(ticket.times.state_since)
        elsewhere = " ".join(filter(None, (ticket.origin.source, ticket.origin.key)))
        earlier = view.names(tuple(view.type(each, rulebook) for each in ticket.origin.types))
        rows: list[tuple[str, str]] = [
            ("number", styled("digest", ticket.id)),
            ("tenant", self.tenant),
            ("elsewhere", elsewhere),
            ("type", view.type(ticket.type, rulebook)),
            ("earlier_types", earlier),
            ("state", said("since", state=state, at=since)),
            ("owner", ticket.customer or ""),
            ("subjects", view.names(ticket.parties.subjects)),
            ("excluded", view.names(ticket.parties.excluded)),
            ("channel", ticket.origin.channel or ""),
            *instants,
            ("with", ticket.assignee or ""),
            ("department", ticket.department or ""),
            ("held_for", view.names(ticket.work.legal_holds)),
            ("version", revision),
            ("head", styled("digest", self.head)),
        ]
        return pairs((said(key), value) for key, value in rows)

    def form(self) -> Markup:
        """What its form says now."""
        rulebook = self.view.rulebook
        return pairs(
            (self.view.field(name, rulebook), self.entries.saying.value(value))
            for name, value in self.ticket.fields.items()
            if value is not None
        )

    def promised(self) -> Markup:
        """Every instant that was promised, and what became of it."""
        found = promises(self.trail.happenings, self.at)
        rows = [
            (
                self._promise(each),
                self.view.until(each.until),
                self.entries.link(each.sequence),
                styled(
                    "wrong" if each.outcome in {"missed", "overdue"} else "plain",
                    self._outcome(each),
                ),
            )
            for each in found
        ]
        return table(self.entries.heads("what", "until", "promised", "outcome"), rows)

    def _promise(self, found: Promise) -> str:
        if found.clock is None:
            return self.view.told(found.name, about=found.about)
        return self.view.told("due_by", clock=self.view.metric(found.clock))

    def _outcome(self, found: Promise) -> str:
        at = self.view.moment(found.at) if found.at is not None else ""
        return self.view.told(found.outcome, at=at, entry=found.ended)

    def holds(self) -> Markup:
        """When it waited, and why."""
        rows: list[tuple[str, ...]] = []
        begun: Happening | None = None
        for each in self.trail.happenings:
            now = each.after.work.hold
            if begun is not None and begun.after.work.hold != now:
                rows.append(self._hold(begun, each))
                begun = None
            if now is not None and begun is None:
                begun = each
        if begun is not None:
            rows.append(self._hold(begun, None))
        return table(self.entries.heads("reason", "from", "to", "length", "until", "entry"), rows)

    def _hold(self, begun: Happening, ended: Happening | None) -> tuple[str, ...]:
        view, hold = self.view, begun.after.work.hold
        if hold is None:
            return ()
        until = self.at if ended is None else ended.event.trace.occurred_at
        entries = [self.entries.link(each.sequence) for each in (begun, ended) if each is not None]
        return (
            view.hold_reason(hold.reason, view.rulebook_of(begun.event)),
            view.instant(hold.since),
            view.told("lasts") if ended is None else view.instant(until),
            view.length(max(until - hold.since, timedelta(0))),
            "" if hold.until is None else view.until(hold.until),
            joined(entries, "–"),
        )

    def links(self) -> Markup:
        """Tickets that it concerns."""
        links = self.ticket.links
        found = [
            ("merged_into", links.merged_into),
            *(("absorbed", each) for each in links.absorbed),
            ("appeal", links.appeal),
            ("appeal_of", links.appeal_of),
        ]
        rows = [(self.view.told(key), styled("digest", name)) for key, name in found if name]
        return table(self.entries.heads("relation", "number"), rows)

    def figures(self) -> Markup:
        """How long it was in each state."""
        found = tuple(stays(self.trail.happenings))
        rulebook = self.view.rulebook
        rows = [
            (
                self.view.state(state, rulebook),
                str(count),
                self.view.told("final") if length is None else self.view.length(length),
                "" if length is None else self._working(state),
            )
            for state, (count, length) in times(found, self.at).items()
        ]
        heads = ["state", "times", "length"]
        if rulebook.calendar is None:
            return table(self.entries.heads(*heads), [row[:3] for row in rows])
        return table(self.entries.heads(*heads, "working"), rows)

    def _working(self, state: str) -> str:
        calendar = self.view.rulebook.calendar
        if calendar is None:
            return ""
        try:
            several = [
                calendar.between(stay.since, max(stay.until or self.at, stay.since))
                for stay in stays(self.trail.happenings)
                if stay.state == state
            ]
        except InvalidInput:  # beyond the dates that the calendar answers for
            return "–"
        return self.view.hours(sum(several, timedelta(0)))

    def rulebooks(self) -> Markup:
        """By which rulebooks it went, entry by entry."""
        found: dict[str, list[int]] = {}
        for each in self.trail.happenings:
            found.setdefault(each.event.trace.rulebook, []).append(each.sequence)
        rows = [
            (
                *(
                    self.entries.named(digest)
                    or (self.view.told("unknown", other=self.view.rulebook.name), "")
                ),
                joined(_spans(entries), ", "),
                styled("digest", digest),
            )
            for digest, entries in found.items()
        ]
        return table(self.entries.heads("name", "edition", "entries", "digest"), rows)


def _spans(numbers: list[int]) -> Iterator[str]:
    """Numbers as spans: ``1–4``, ``6``."""
    first = last = numbers[0]
    for number in [*numbers[1:], 0]:
        if number == last + 1:
            last = number
            continue
        yield str(first) if first == last else f"{first}–{last}"
        first = last = number
