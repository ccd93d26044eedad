"""Rows of the search for somebody who takes a ticket: how each is carried out, and how each of its
rules alone is in the way.
"""

from collections.abc import Mapping
from datetime import timedelta

from tests.lifecycle.situations import TO_CARDS, Broken, Case, does, intake_approval, named
from tests.lifecycle.standing import CHEN, LI, QIAN, WANG, ZHANG, Given, World
from workorder.ticket import (
    AcceptOffer,
    Assign,
    DeclineOffer,
    MergeInto,
    OfferTo,
    WithdrawOffer,
)
from workorder.workflow import PlainCase


def an_offer(world: World) -> OfferTo:
    """To Zhang, for two hours."""
    return OfferTo("zhang", world.clock() + timedelta(hours=2), "cards")


OFFERED = Given(dispatch=TO_CARDS.dispatch, then=does((an_offer, WANG)))
"""It lies with Zhang's department, and is offered to Zhang."""


def about_zhang_after_all(world: World) -> None:
    """Another complaint, in which Zhang is named, turns out to be about the same matter."""
    does((an_offer, WANG))(world)
    world.other = world.open(subjects=("zhang",))
    world.elsewhere(MergeInto(world.id, "same matter"), LI)


UNAPPROVED = Broken("accepted", WANG, Given(rulebook=intake_approval))
NOT_ZHANG = Broken("accepted", CHEN, named("zhang"))
NOT_WANG = Broken("accepted", WANG, named("wang"))

OFFERING: Mapping[tuple[str, str], Case] = {
    ("assign", "assigned"): Case(
        Assign(to="zhang", department="cards"),
        "ticket.dispatched",
        {
            "unassigned": Broken("assigned", WANG),
            "intake_approved_if_required": UNAPPROVED,
            "assignee_eligible": NOT_ZHANG,
            "not_party": NOT_WANG,
        },
        TO_CARDS,
    ),
    ("offer", "assigned"): Case(
        an_offer,
        "ticket.offered",
        {
            "unassigned": Broken("assigned", WANG),
            "not_offered": Broken("assigned", CHEN, OFFERED),
            "intake_approved_if_required": UNAPPROVED,
            "assignee_eligible": NOT_ZHANG,
            "not_party": NOT_WANG,
        },
        TO_CARDS,
    ),
    ("accept_offer", "="): Case(
        AcceptOffer(),
        "ticket.claimed",
        {
            "offered_to_self": Broken("assigned", QIAN, OFFERED),
            "unassigned": Broken(
                "assigned",
                ZHANG,
                plain=PlainCase("assigned", assignee="qian", values={"offered_to": "zhang"}),
            ),
            "claimer_eligible": Broken(
                "assigned",
                ZHANG,
                Given(dispatch=TO_CARDS.dispatch, then=about_zhang_after_all),
            ),
        },
        OFFERED,
    ),
    ("decline_offer", "="): Case(
        DeclineOffer("on leave from tomorrow"),
        "ticket.offer_ended",
        {
            "offered_to_self": Broken("assigned", QIAN, OFFERED),
            "reason_given": Broken("assigned", ZHANG, OFFERED, DeclineOffer(" ")),
        },
        OFFERED,
    ),
    ("withdraw_offer", "="): Case(
        WithdrawOffer("it belongs to the branch"),
        "ticket.offer_ended",
        {
            "offered": Broken("assigned", WANG),
            "reason_given": Broken("assigned", WANG, OFFERED, WithdrawOffer()),
            "not_party": Broken(
                "assigned",
                CHEN,
                Given({"subjects": ("chen",)}, dispatch=OFFERED.dispatch, then=OFFERED.then),
            ),
        },
        OFFERED,
    ),
}
