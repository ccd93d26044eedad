"""Offers (派单邀约): a ticket that is held out to one person."""

from collections.abc import Mapping
from datetime import datetime

from workorder.refusals import Unmet
from workorder.texts import CHINESE, ENGLISH, Texts
from workorder.workflow.rules import Question, rule

OVER: Texts = {
    ENGLISH: "the offer to {person} ended at {ended}",
    CHINESE: "对 {person} 的派单邀约已于 {ended} 结束",
}
"""For whoever answers too late."""


def _offered_to(question: Question) -> str | None:
    """To whom the ticket is offered; an answer that is no name is no answer."""
    person = question.case.value("offered_to")
    return person if isinstance(person, str) else None


@rule(
    "not_offered",
    holds=("the ticket is offered to nobody", "没有进行中的派单邀约"),
    otherwise=(
        "the ticket is offered to {person}; withdraw that first",
        "已向 {person} 发出派单邀约，请先撤回",
    ),
)
def not_offered(question: Question) -> bool | Unmet:
    """No offer of the ticket is open."""
    person = _offered_to(question)
    return person is None or not_offered.unmet(person=person)


@rule(
    "not_offered_to_another",
    holds=("the ticket is offered to nobody else", "未向他人发出派单邀约"),
    otherwise=("the ticket is offered to {person}", "已向 {person} 发出派单邀约"),
)
def not_offered_to_another(question: Question) -> bool | Unmet:
    """No offer of the ticket is open to anybody but who acts."""
    person = _offered_to(question)
    return person in {None, question.actor.id} or not_offered_to_another.unmet(person=person)


@rule(
    "offered",
    holds=("an offer of the ticket is open", "有进行中的派单邀约"),
    otherwise=("the ticket is offered to nobody", "没有进行中的派单邀约"),
)
def offered(question: Question) -> bool:
    """An offer of the ticket is open."""
    return _offered_to(question) is not None


@rule(
    "offered_to_self",
    holds=("the ticket is offered to who acts", "派单邀约的对象为操作人"),
    otherwise=("the ticket is not offered to {person}", "派单邀约的对象不是 {person}"),
)
def offered_to_self(question: Question) -> bool | Unmet:
    """The ticket is offered to who acts. Whoever answers too late is told since when
    (``offer_over``).
    """
    person = question.actor.id
    if _offered_to(question) == person:
        return True
    over = question.case.value("not_taken")
    ended = over.get(person) if isinstance(over, Mapping) else None
    if isinstance(ended, datetime):
        facts = {"person": person, "ended": ended}
        return Unmet(offered_to_self.name, "offer_over", facts, OVER)
    return offered_to_self.unmet(person=person)
