"""Situations for the rules about approvals, extensions and escalation."""

from datetime import datetime

from tests.builders import NOON
from tests.workflow.rule_cases import AFTER, BEFORE, Asked, Situations, called, having, typed
from workorder.conditions import where
from workorder.workflow import Actor, Approval, Settings

SECTION = Actor("head", "reviewer", rank=10)
EXECUTIVE = Actor("chief", "reviewer", rank=30)

CHAIN = Settings(approvals=(Approval("approve", (10, 30)),))
EXTENDING = Settings(
    approvals=(
        Approval("approve_extension", (30,), where("counts.extensions").at_least(1)),
        Approval("approve_extension", (10,)),
    )
)
ONCE_APPROVED = called(approvals__approve=("head",))
TWICE_APPROVED = called(approvals__approve=("head", "chief"))
OTHER_STEP = {"step": "approve_extension"}
THREE_LEVELS = Settings(max_escalation_level=3)

HOLDS: Situations = {
    "the rank of the first": Asked(rule="approval_rank_sufficient", actor=SECTION, settings=CHAIN),
    "a higher rank": Asked(rule="approval_rank_sufficient", actor=EXECUTIVE, settings=CHAIN),
    "the rank of the second": Asked(
        rule="approval_rank_sufficient", case=ONCE_APPROVED, actor=EXECUTIVE, settings=CHAIN
    ),
    "nothing is left to approve": Asked(
        rule="approval_rank_sufficient", case=TWICE_APPROVED, settings=CHAIN
    ),
    "no rank is asked for": Asked(rule="approval_rank_sufficient"),
    "no rank is asked for this step": Asked(
        rule="approval_rank_sufficient", settings=CHAIN, parameters=OTHER_STEP
    ),
    "the first extension": Asked(
        rule="approval_rank_sufficient",
        case=called(counts__extensions=0),
        actor=SECTION,
        settings=EXTENDING,
        parameters=OTHER_STEP,
    ),
    "approves for the first time": Asked(rule="approves_once", case=ONCE_APPROVED),
    "approved another step": Asked(
        rule="approves_once", case=ONCE_APPROVED, actor=SECTION, parameters=OTHER_STEP
    ),
    "one more must approve": Asked(rule="further_approval_needed", settings=CHAIN),
    "the last must approve": Asked(rule="last_approval", case=ONCE_APPROVED, settings=CHAIN),
    "one is enough": Asked(rule="last_approval"),
    "another step needs one": Asked(rule="last_approval", settings=CHAIN, parameters=OTHER_STEP),
    "no review for this type": Asked(
        rule="review_not_required",
        case=typed("enquiry"),
        settings=Settings(types_without_review=("enquiry",)),
    ),
    "no review for this type, nor for the one before": Asked(
        rule="review_not_required",
        case=typed("enquiry", earlier_types=("praise",)),
        settings=Settings(types_without_review=("enquiry", "praise")),
    ),
    "no extension": Asked(rule="no_open_extension"),
    "an extension waits": Asked(rule="extension_open", case=having(extension="requested")),
    "somebody else asked": Asked(
        rule="not_extension_requester", case=having(extension_requester="wang")
    ),
    "nobody knows who asked": Asked(rule="not_extension_requester"),
    "in time": Asked(rule="before_due", case=having(due=NOON), at=BEFORE),
    "no deadline": Asked(rule="before_due"),
    "a deadline that is no instant": Asked(rule="before_due", case=having(due="tomorrow")),
    "one level left": Asked(
        rule="level_left", case=called(counts__escalations=2), settings=THREE_LEVELS
    ),
    "levels are not limited": Asked(rule="level_left", case=called(counts__escalations=99)),
    "levels are not counted": Asked(rule="level_left", settings=THREE_LEVELS),
}

FAILS: Situations = {
    "below the rank of the first": Asked(
        rule="approval_rank_sufficient",
        actor=Actor("li", "reviewer", rank=9),
        settings=CHAIN,
        facts={"needed": 10, "person": "li", "rank": 9},
    ),
    "below the rank of the second": Asked(
        rule="approval_rank_sufficient",
        case=ONCE_APPROVED,
        actor=SECTION,
        settings=CHAIN,
        facts={"needed": 30, "person": "head", "rank": 10},
    ),
    "below any rank": Asked(
        rule="approval_rank_sufficient",
        actor=Actor("li", "reviewer", rank=-1),
        facts={"needed": 0, "person": "li", "rank": -1},
    ),
    "the second extension": Asked(
        rule="approval_rank_sufficient",
        case=called(counts__extensions=1),
        actor=SECTION,
        settings=EXTENDING,
        parameters=OTHER_STEP,
        facts={"needed": 30, "person": "head", "rank": 10},
    ),
    "approved already": Asked(
        rule="approves_once", case=ONCE_APPROVED, actor=SECTION, facts={"person": "head"}
    ),
    "approved already, by a list": Asked(
        rule="approves_once",
        case=called(approvals__approve=["head"]),
        actor=SECTION,
        facts={"person": "head"},
    ),
    "approved this extension already": Asked(
        rule="approves_once",
        case=called(approvals__approve_extension=("head",)),
        actor=SECTION,
        parameters=OTHER_STEP,
        facts={"person": "head"},
    ),
    "one has approved, one is left": Asked(
        rule="further_approval_needed", case=ONCE_APPROVED, settings=CHAIN
    ),
    "nobody else need approve": Asked(rule="further_approval_needed"),
    "this step needs one": Asked(
        rule="further_approval_needed", settings=CHAIN, parameters=OTHER_STEP
    ),
    "two must approve": Asked(rule="last_approval", settings=CHAIN),
    "a review for this type": Asked(
        rule="review_not_required",
        case=typed("complaint"),
        settings=Settings(types_without_review=("enquiry",)),
    ),
    "a review for the type before": Asked(
        rule="review_not_required",
        case=typed("enquiry", earlier_types=("complaint",)),
        settings=Settings(types_without_review=("enquiry",)),
    ),
    "nothing goes without review": Asked(rule="review_not_required"),
    "an extension was asked for": Asked(
        rule="no_open_extension", case=having(extension="requested")
    ),
    "an extension was granted, not told": Asked(
        rule="no_open_extension", case=having(extension="granted")
    ),
    "no extension waits": Asked(rule="extension_open"),
    "the extension is decided": Asked(rule="extension_open", case=having(extension="granted")),
    "asked for it": Asked(
        rule="not_extension_requester",
        case=having(extension_requester="li"),
        facts={"person": "li"},
    ),
    "exactly at the deadline": Asked(rule="before_due", case=having(due=NOON), facts={"due": NOON}),
    "after the deadline": Asked(
        rule="before_due", case=having(due=NOON), at=AFTER, facts={"due": NOON}
    ),
    "a deadline without a zone": Asked(
        rule="before_due",
        case=having(due=datetime(2030, 1, 1)),
        facts={"name": "due"},
        code="naive_datetime",
    ),
    "the highest level": Asked(
        rule="level_left",
        case=called(counts__escalations=3),
        settings=THREE_LEVELS,
        facts={"level": 3},
    ),
}
