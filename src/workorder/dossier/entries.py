"""The entries of a dossier: the whole trail in order, and those of some kind in short."""

from attrs import frozen

from workorder.dossier.markup import Markup, escaped, pairs, spoken, styled, table, tag
from workorder.dossier.saying import Saying
from workorder.dossier.trail import Happening, Trail
from workorder.dossier.view import View
from workorder.ticket import (
    Approved,
    Cancelled,
    Claimed,
    Closed,
    ContactLogged,
    CustomerInformed,
    CustomerReplied,
    CustomerWrote,
    Declined,
    Dispatched,
    Erased,
    Event,
    ExtensionApproved,
    ExtensionRejected,
    ExtensionRequested,
    Inspected,
    IntakeApproved,
    IntakeRejected,
    IntakeReturned,
    LegalHoldLifted,
    LegalHoldPlaced,
    NotAssigned,
    Offered,
    OfferEnded,
    PanelConcluded,
    Rated,
    Reopened,
    Replied,
    Returned,
    RulebookChanged,
    TimerLapsed,
    Transferred,
    Urged,
)

Kinds = tuple[type[Event], ...]

DECISIONS: Kinds = (
    IntakeApproved,
    IntakeReturned,
    IntakeRejected,
    ExtensionRequested,
    ExtensionApproved,
    ExtensionRejected,
    PanelConcluded,
    Approved,
    Returned,
    Closed,
    Reopened,
    Cancelled,
    Inspected,
    TimerLapsed,
)
HANDOVERS: Kinds = (
    Dispatched,
    Claimed,
    Transferred,
    Declined,
    NotAssigned,
    Offered,
    OfferEnded,
)
CUSTOMER: Kinds = (
    CustomerReplied,
    CustomerWrote,
    Replied,
    ContactLogged,
    CustomerInformed,
    Urged,
    Rated,
)
KEEPING: Kinds = (LegalHoldPlaced, LegalHoldLifted, Erased)

_SHORT = 12


@frozen
class Entries:
    """Shows what happened.

    Attributes:
        view: how names and instants are shown.
        trail: what happened.
        saying: what each event says.
    """

    view: View
    trail: Trail
    saying: Saying

    def heads(self, *keys: str) -> list[str]:
        """The heads of a table."""
        return [self.view.told(key) for key in keys]

    def link(self, sequence: int) -> Markup:
        """Where an entry stands in full."""
        return tag("a", str(sequence), attributes={"href": f"#entry-{sequence}"})

    def chosen(self, kinds: Kinds) -> Markup:
        """The entries of these kinds, in short."""
        rows = [
            (
                self.link(each.sequence),
                self.view.instant(each.event.trace.occurred_at),
                self._who(each.event),
                self.view.action(each.event.step.action, self.view.rulebook_of(each.event)),
                pairs(self.saying.parts(each)),
            )
            for each in self.trail.happenings
            if isinstance(each.event, kinds) or (kinds is DECISIONS and self._approved(each.event))
        ]
        return table(self.heads("entry", "when", "who", "did", "said"), rows)

    def _approved(self, event: Event) -> bool:
        """Whether the settings say who must agree to it: a host's own decision, too."""
        approvals = self.view.rulebook_of(event).workflow.settings.approvals
        return any(each.step == event.step.action for each in approvals)

    def _who(self, event: Event) -> str:
        view, trace = self.view, event.trace
        role = view.role(event.step.role, view.rulebook_of(event))
        who = view.told("as_role", who=trace.actor, role=role) if role else trace.actor
        if trace.department:
            who = view.told("of_department", who=who, department=trace.department)
        if trace.rank:
            who += view.bracketed(view.told("of_rank", rank=trace.rank))
        return who

    def all(self) -> Markup:
        """The whole trail."""
        return tag(
            "ol",
            *(self._entry(each) for each in self.trail.happenings),
            attributes={"class": "trail"},
        )

    def _entry(self, each: Happening) -> Markup:
        view, event = self.view, each.event
        trace, step = event.trace, event.step
        rulebook = view.rulebook_of(event)
        small = [view.told("by_rulebook", rulebook=self.rulebook(trace.rulebook))]
        if trace.recorded_at != trace.occurred_at:
            small.append(view.told("recorded", at=view.moment(trace.recorded_at)))
        small.append(view.told("command", id=trace.command_id))
        states = view.state(step.from_state, rulebook), view.state(step.to_state, rulebook)
        way = view.told("step", source=states[0], target=states[1])
        moved = escaped(states[1] if step.from_state == step.to_state else way)
        action = view.action(step.action, rulebook)
        return tag(
            "li",
            tag("h3", f"{each.sequence}. {action} ", styled("small", event.signature)),
            tag("p", view.instant(trace.occurred_at), " ", spoken(self._who(event))),
            tag("p", moved),
            pairs(self.saying.parts(each)),
            styled("small", " · ".join(small), name="p"),
            attributes={"id": f"entry-{each.sequence}"},
        )

    def named(self, digest: str) -> tuple[str, str] | None:
        """Name and edition of a rulebook: as it is at hand, or as the trail says."""
        known = self.view.rulebooks.by_digest.get(digest)
        if known is not None:
            return known.name, known.version
        for each in self.trail.happenings:
            if isinstance(each.event, RulebookChanged) and each.event.rulebook == digest:
                return each.event.name, each.event.version
        return None

    def rulebook(self, digest: str) -> str:
        """A rulebook in short."""
        known = self.named(digest)
        return " ".join((*(known or ()), f"{digest[:_SHORT]}…"))
