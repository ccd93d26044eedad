"""A work order of a host, taught the bank's rules by hand: what other libraries ask as guards.

Each rule is a method, written as one would write it. Who asks, when and with what is put on the
object beforehand, so that the guards take no arguments.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workorder.ticket import Ticket
from workorder.workflow import Actor

WORKERS = frozenset({"handler", "cohandler", "assignee"})
TEAM_WORK = {
    "open_subtask",
    "finish_subtask",
    "cancel_subtask",
    "convene_panel",
    "give_opinion",
    "conclude_panel",
}
REQUIRED = ("title", "category")


class Order:
    """A work order of a host, as it stands, and who asks for something."""

    state: str

    def __init__(self, ticket: Ticket) -> None:
        work, windows = ticket.work, ticket.windows
        self.id = ticket.id
        self.state = ticket.state
        self.type = ticket.type
        self.assignee = ticket.assignee
        self.department = ticket.department
        self.customer = ticket.customer
        self.channel = ticket.origin.channel
        self.fields = dict(ticket.fields)
        self.parties = {*ticket.parties.subjects, *ticket.parties.excluded, ticket.customer}
        self.entered = {
            p for p, d in ticket.deeds.items() if _did(d, {"open", "edit", "reclassify"})
        }
        self.worked = {
            p
            for p, d in ticket.deeds.items()
            if any(_part(d.get(role, ())) for role in WORKERS) or _did(d, TEAM_WORK)
        }
        self.types = {ticket.type, *ticket.origin.types}
        self.appeals = ticket.links.appeal_of
        self.involved = {
            p
            for p, d in ticket.deeds.items()
            if any(_part(done, "quality_review") for done in d.values())
        }
        self.offered_to = ticket.value("offered_to")
        self.subtasks = {each.id: each.department for each in work.subtasks}
        self.panel = set(work.panel.members) if work.panel is not None else None
        self.extension = work.extension
        self.approvals = dict(work.approvals)
        self.held_from = work.hold.before if work.hold is not None else None
        self.hold_reason = work.hold.reason if work.hold is not None else None
        self.merged_from = ticket.links.before_merge
        self.appealed = ticket.links.appeal
        self.counts = ticket.counts
        self.rated = work.rated
        self.windows = windows
        self.urged = dict(windows.urged)
        self.told = set(windows.told)

    def asked(self, actor: Actor, at: datetime, **given: Any) -> None:
        """Put on the object who asks, when, and with what."""
        self.actor, self.roles, self.own = actor.id, actor.roles, actor.department
        self.rank, self.at, self.given = actor.rank, at, given

    # --- what is given ------------------------------------------------------------------------

    def form_valid_for_open(self) -> bool:
        return True

    def reason_given(self) -> bool:
        return bool((self.given.get("reason") or "").strip())

    def resolution_given(self) -> bool:
        return bool((self.given.get("resolution") or "").strip())

    def target_given(self) -> bool:
        return bool(self.given.get("to") or self.given.get("department"))

    def target_differs(self) -> bool:
        to, department = self.given.get("to"), self.given.get("department") or self.department
        return to != self.assignee or department != self.department

    def subject_given(self) -> bool:
        return bool(self.given.get("subject") and self.given.get("channel"))

    def score_in_range(self) -> bool:
        return self.given.get("score", 0) in range(1, 6)

    def target_other_and_open(self) -> bool:
        return self.given.get("target") != self.id

    def same_customer(self) -> bool:
        return self.customer is not None

    def target_not_archived(self) -> bool:
        return True

    def target_unconflicted(self) -> bool:
        return True

    def not_an_appeal(self) -> bool:
        return self.appeals is None

    # --- who ----------------------------------------------------------------------------------

    def is_assignee(self) -> bool:
        return self.assignee == self.actor

    own_if_handler = is_assignee

    def own_ticket(self) -> bool:
        return self.customer == self.actor

    own_ticket_if_customer = own_ticket

    def unassigned(self) -> bool:
        return self.assignee is None

    def in_own_department(self) -> bool:
        return self.department is not None and self.department == self.own

    def assignee_eligible(self) -> bool:
        return self.given.get("to") not in self.parties

    def members_eligible(self) -> bool:
        return self.parties.isdisjoint(self.given.get("members", ()))

    def not_party(self) -> bool:
        return self.actor not in self.parties

    claimer_eligible = not_party

    def not_own_work(self) -> bool:
        return self.actor not in self.worked

    def not_involved(self) -> bool:
        return self.actor not in self.involved

    def not_entered_by_self(self) -> bool:
        return self.actor not in self.entered

    # --- offers -------------------------------------------------------------------------------

    def not_offered(self) -> bool:
        return self.offered_to is None

    def not_offered_to_another(self) -> bool:
        return self.offered_to in {None, self.actor}

    def offered(self) -> bool:
        return self.offered_to is not None

    def offered_to_self(self) -> bool:
        return self.offered_to == self.actor

    # --- what is going on ---------------------------------------------------------------------

    def required_fields_complete(self) -> bool:
        fields = self.fields
        return bool(self.customer and self.channel and all(fields.get(n) for n in REQUIRED))

    def intake_approved_if_required(self) -> bool:
        return True

    def declines_left(self) -> bool:
        return self.counts.declines < 2

    def subtask_open(self) -> bool:
        return bool(self.subtasks)

    def subtask_open_in_own_dept(self) -> bool:
        return self.own in self.subtasks.values()

    def no_open_subtask(self) -> bool:
        return not self.subtasks

    def no_open_panel(self) -> bool:
        return self.panel is None

    def panel_open(self) -> bool:
        return self.panel is not None

    def is_panel_member(self) -> bool:
        return self.panel is not None and self.actor in self.panel

    def review_not_required(self) -> bool:
        return self.types == {"enquiry"}

    def approval_rank_sufficient(self) -> bool:
        return self.rank >= self._needed()

    def _needed(self) -> int:
        if self.state == "under_review":
            return 0
        return 30 if self.counts.extensions else 10

    def approves_once(self) -> bool:
        step = "approve" if self.state == "under_review" else "approve_extension"
        return self.actor not in self.approvals.get(step, ())

    def further_approval_needed(self) -> bool:
        return False

    def last_approval(self) -> bool:
        return True

    def no_open_extension(self) -> bool:
        return self.extension is None

    def extension_open(self) -> bool:
        return self.extension is not None and self.extension.granted is None

    def not_extension_requester(self) -> bool:
        return self.extension is None or self.extension.requested_by != self.actor

    # --- time ---------------------------------------------------------------------------------

    def before_due(self) -> bool:
        return self.windows.due is None or self.at < self.windows.due

    def level_left(self) -> bool:
        return self.counts.escalations < 3

    def urge_interval_passed(self) -> bool:
        again = self.urged.get(self.actor)
        return again is None or self.at >= again

    def waiting_for_customer(self) -> bool:
        return self.hold_reason == "waiting_for_customer"

    def quiet_period_over_if_system(self) -> bool:
        return self.windows.close_from is not None and self.at >= self.windows.close_from

    def reopen_window_open(self) -> bool:
        return self.windows.reopen_until is None or self.at <= self.windows.reopen_until

    def reopen_window_over(self) -> bool:
        return self.windows.reopen_until is None or self.at > self.windows.reopen_until

    def appeal_window_open(self) -> bool:
        return self.windows.appeal_until is None or self.at <= self.windows.appeal_until

    def appeal_window_over(self) -> bool:
        return self.appealed is not None or not self.appeal_window_open()

    def not_appealed_yet(self) -> bool:
        return self.appealed is None

    def informed_if_required(self) -> bool:
        return "complaint" not in self.types or "decision" in self.told

    def not_rated_since_last_closing(self) -> bool:
        return not self.rated


def _did(by_role: Mapping[str, tuple[str, ...]], actions: set[str]) -> bool:
    return any(not actions.isdisjoint(done) for done in by_role.values())


def _part(done: tuple[str, ...], *besides: str) -> bool:
    """Whether any of it is more than to have been offered the ticket, and not to take it."""
    return not {"was_offered", "decline_offer", *besides}.issuperset(done)
