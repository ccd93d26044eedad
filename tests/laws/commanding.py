"""What somebody might ask for: for each action a command with good or odd arguments.

Chance comes from outside, so that a walk can be walked again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from attrs import frozen

from tests.laws.cast import DEPARTMENTS, HANDLERS
from workorder import ticket as t
from workorder.ticket import Command, Ticket
from workorder.workflow import Actor

SUBJECTS = ("decision", "progress", "extension", "closed", "accepted")
HOLDS = ("waiting_for_customer", "waiting_for_third_party", "external_appraisal", "lunch")


@frozen
class Situation:
    """Who is about to ask for something, and what of the world they know.

    Attributes:
        ticket: the ticket as it stands.
        actor: who asks.
        at: the instant.
        others: ids of all tickets.
        chance: what chooses.
    """

    ticket: Ticket
    actor: Actor
    at: datetime
    others: tuple[str, ...]
    chance: Random

    def one(self, several: Sequence[Any]) -> Any:
        """One of *several*."""
        return self.chance.choice(several)

    def later(self, *hours: float) -> datetime:
        """An instant ahead."""
        return self.at + timedelta(hours=self.one(hours))


def _dispatch(s: Situation) -> Command:
    to = s.one((*HANDLERS, *HANDLERS, None))
    return t.Dispatch(to, s.one(DEPARTMENTS), "go")


def _transfer(s: Situation) -> Command:
    to = s.one((*HANDLERS, *HANDLERS, None))
    return t.Transfer(to, s.one(DEPARTMENTS), s.one(("leave", "leave", " ")))


def _offer(s: Situation) -> Command:
    return t.OfferTo(s.one(HANDLERS), s.later(1, 1, 40, -1), s.one((*DEPARTMENTS, None)))


def _hold(s: Situation) -> Command:
    reason = s.one(HOLDS)
    until = s.one((None, None, s.later(1, 30, 24 * 9, 24 * 40)))
    return t.Hold(reason, until)


def _open_subtask(s: Situation) -> Command:
    due = s.one((None, None, s.later(2, 50, -1)))
    return t.OpenSubtask(s.one(("risk", "risk", "loans")), "what?", due)


def _finish_subtask(s: Situation) -> Command:
    own = [x.id for x in s.ticket.work.subtasks if x.department == s.actor.department]
    return t.FinishSubtask("so", s.one((*own, None)))


def _cancel_subtask(s: Situation) -> Command:
    known = [x.id for x in s.ticket.work.subtasks]
    return t.CancelSubtask(s.one((*known, "S0")), "not needed")


def _convene(s: Situation) -> Command:
    due = s.one((None, s.later(3, 70)))
    return t.ConvenePanel(s.one((("mei", "sun"), ("lin",), ("zhang", "mei"))), "what?", due)


def _extension(s: Situation) -> Command:
    start = s.ticket.windows.due or s.at
    return t.RequestExtension(start + timedelta(days=s.one((15, 60, 1, -1))), "hard")


def _inform(s: Situation) -> Command:
    granted = s.ticket.work.extension is not None and s.ticket.work.extension.granted is not None
    subject = s.one(("extension", "extension") if granted else SUBJECTS)
    told_at = s.one((None, None, None, s.at - timedelta(hours=s.one((1, 30, -1)))))
    return t.InformCustomer(subject, "phone", told_at)


def _merge(s: Situation) -> Command:
    return t.MergeInto(s.one(s.others), "same matter")


def _reclassify(s: Situation) -> Command:
    return t.Reclassify(s.one((None, "complaint", "enquiry")), "better", {"category": "loan"})


BUILD: Mapping[str, Callable[[Situation], Command]] = {
    "open": lambda _: t.Open("complaint"),
    "edit": lambda s: t.Edit(fields={"priority": s.one((1, 2))}),
    "approve_intake": lambda _: t.ApproveIntake(),
    "return_intake": lambda _: t.ReturnIntake("blurred"),
    "accept": lambda _: t.Accept(),
    "reject_intake": lambda _: t.RejectIntake("not ours"),
    "reclassify": _reclassify,
    "dispatch": _dispatch,
    "claim": lambda _: t.Claim(),
    "transfer": _transfer,
    "decline": lambda _: t.Decline("busy"),
    "assign": lambda s: t.Assign(s.one(HANDLERS), s.one((*DEPARTMENTS, None)), "go"),
    "offer": _offer,
    "accept_offer": lambda _: t.AcceptOffer(),
    "decline_offer": lambda s: t.DeclineOffer(s.one(("busy", "busy", " "))),
    "withdraw_offer": lambda _: t.WithdrawOffer("found another"),
    "start": lambda _: t.Start(),
    "hold": _hold,
    "resume": lambda _: t.Resume(),
    "customer_reply": lambda _: t.CustomerReply("here"),
    "customer_message": lambda _: t.CustomerMessage("hello"),
    "reply": lambda _: t.Reply("soon"),
    "log_contact": lambda s: t.LogContact(s.one(("reached", "busy"))),
    "inform_customer": _inform,
    "comment": lambda _: t.Comment("hm"),
    "open_subtask": _open_subtask,
    "finish_subtask": _finish_subtask,
    "cancel_subtask": _cancel_subtask,
    "convene_panel": _convene,
    "give_opinion": lambda _: t.GiveOpinion("fine"),
    "conclude_panel": lambda _: t.ConcludePanel("so be it"),
    "submit": lambda s: t.Submit(s.one(("refunded", "refunded", ""))),
    "resolve": lambda _: t.Resolve("answered"),
    "approve": lambda _: t.Approve(),
    "return_for_rework": lambda _: t.ReturnForRework("no proof"),
    "request_extension": _extension,
    "approve_extension": lambda _: t.ApproveExtension(),
    "reject_extension": lambda _: t.RejectExtension("no"),
    "urge": lambda _: t.Urge(),
    "escalate": lambda _: t.Escalate("slow"),
    "close": lambda _: t.Close(),
    "reopen": lambda _: t.Reopen("still wrong"),
    "archive": lambda _: t.Archive(),
    "cancel": lambda _: t.Cancel("settled"),
    "merge_into": _merge,
    "unmerge": lambda _: t.Unmerge("another matter"),
    "rate": lambda s: t.Rate(s.one((5, 1, 9))),
    "quality_review": lambda s: t.QualityReview(s.one((1, 2))),
    "appeal": lambda _: t.Appeal("unfair"),
    "mark_overdue": lambda s: t.MarkOverdue(s.one([*(x.id for x in s.ticket.work.subtasks), "S9"])),
}
"""A command for every action of the bank."""

# How often an action is drawn against the others that are offered with it: what leads on, often;
# what ends a life early, seldom.
WEIGHTS = {
    **dict.fromkeys(("accept", "dispatch", "start", "submit", "resolve"), 12),
    **dict.fromkeys(("approve", "close", "unmerge", "approve_extension"), 12),
    **dict.fromkeys(("request_extension", "appeal", "customer_reply", "resume"), 6),
    **dict.fromkeys(("finish_subtask", "conclude_panel", "give_opinion", "claim"), 6),
    **dict.fromkeys(("assign", "offer", "accept_offer"), 6),
    **dict.fromkeys(("hold", "open_subtask", "convene_panel", "reopen", "inform_customer"), 4),
    **dict.fromkeys(("return_for_rework", "merge_into", "rate", "quality_review"), 3),
    **dict.fromkeys(("urge", "reclassify", "transfer", "decline", "cancel_subtask"), 2),
    **dict.fromkeys(("decline_offer", "withdraw_offer"), 2),
}


def weighted(actions: Sequence[str]) -> list[str]:
    """Actions, each as often as it is to be drawn; those that end a life early come once."""
    return [each for each in actions for _ in range(WEIGHTS.get(each, 1))]
