"""Rows of review, deadlines, closing and afterwards: how each is carried out, and how each of its
rules alone stands in the way.
"""

from collections.abc import Mapping

from tests.lifecycle.situations import (
    CHEN_ON_TOP,
    CLERK,
    ENQUIRY,
    EXTENSION,
    NO_RANK,
    NOT_THEIRS,
    OPENED_FOR_ANOTHER,
    PANEL,
    QIAN_HAD_IT,
    QIAN_IN_CHARGE,
    SUBTASK,
    SUN_WITH_RANK,
    TOLD,
    ZHANG_IN_CHARGE,
    Broken,
    Case,
    another_customers,
    archive_the_other,
    archived_at_once,
    archived_by_hand,
    but_then,
    does,
    give_zhang_the_other,
    later,
    look_at_an_appeal,
    more_time,
    named,
    no_appeals,
    no_reopening_limit,
    the_subtask,
    told_and_left,
    waiting,
    with_ranks,
)
from tests.lifecycle.standing import (
    ADMIN,
    CHEN,
    CUSTOMER,
    GUO,
    LI,
    QIAN,
    RELATIVE,
    SUN,
    TANG,
    TIME,
    WANG,
    ZHANG,
    Given,
)
from workorder.ticket import (
    Appeal,
    Approve,
    ApproveExtension,
    Archive,
    Cancel,
    Close,
    Escalate,
    MarkOverdue,
    MergeInto,
    QualityReview,
    Rate,
    RejectExtension,
    Reopen,
    RequestExtension,
    Resolve,
    ReturnForRework,
    Submit,
    Unmerge,
    Urge,
)
from workorder.workflow import Actor

CONCLUDING: Mapping[tuple[str, str], Case] = {
    ("submit", "under_review"): Case(
        Submit("refunded"),
        "ticket.submitted",
        {
            "is_assignee": Broken("in_progress", QIAN),
            "resolution_given": Broken("in_progress", ZHANG, wish=Submit(" ")),
            "no_open_subtask": Broken("in_progress", ZHANG, SUBTASK),
            "no_open_panel": Broken("in_progress", ZHANG, PANEL),
        },
    ),
    ("resolve", "resolved"): Case(
        Resolve("answered"),
        "ticket.resolved",
        {
            "is_assignee": Broken("in_progress", QIAN, ENQUIRY),
            "resolution_given": Broken("in_progress", ZHANG, ENQUIRY, Resolve()),
            "no_open_subtask": Broken("in_progress", ZHANG, Given(ENQUIRY.opening, on=SUBTASK.on)),
            "no_open_panel": Broken("in_progress", ZHANG, Given(ENQUIRY.opening, on=PANEL.on)),
            "review_not_required": Broken("in_progress", ZHANG),
        },
        ENQUIRY,
    ),
    ("approve", "="): Case(
        Approve(),
        "ticket.approved",
        {
            "not_own_work": Broken(
                "under_review", ZHANG_IN_CHARGE, Given(rulebook=with_ranks(10, 30))
            ),
            "not_party": Broken(
                "under_review", CHEN, Given({"subjects": ("chen",)}, rulebook=with_ranks(10, 30))
            ),
            "approval_rank_sufficient": Broken(
                "under_review", SUN, Given(rulebook=with_ranks(10, 30))
            ),
            "approves_once": Broken(
                "under_review",
                CHEN,
                Given(rulebook=with_ranks(10, 10, 30), then=does((Approve(), CHEN))),
            ),
            "further_approval_needed": Broken(
                "under_review",
                CHEN_ON_TOP,
                Given(rulebook=with_ranks(10, 30), then=does((Approve(), SUN_WITH_RANK))),
                instead="resolved",
            ),
        },
        Given(rulebook=with_ranks(10, 30)),
        by={"reviewer": SUN_WITH_RANK},
    ),
    ("approve", "resolved"): Case(
        Approve(),
        "ticket.approved",
        {
            "not_own_work": Broken("under_review", ZHANG_IN_CHARGE),
            "not_party": Broken("under_review", CHEN, named("chen")),
            "approval_rank_sufficient": Broken("under_review", SUN, Given(rulebook=with_ranks(10))),
            "approves_once": Broken(
                "under_review",
                CHEN_ON_TOP,
                Given(rulebook=with_ranks(10, 30), then=does((Approve(), CHEN_ON_TOP))),
            ),
            "last_approval": Broken(
                "under_review", CHEN, Given(rulebook=with_ranks(10, 30)), instead="under_review"
            ),
        },
    ),
    ("return_for_rework", "in_progress"): Case(
        ReturnForRework("and the interest?"),
        "ticket.returned",
        {
            "not_own_work": Broken("under_review", ZHANG_IN_CHARGE),
            "not_party": Broken("under_review", SUN, named("sun")),
            "reason_given": Broken("under_review", SUN, wish=ReturnForRework()),
        },
    ),
    ("request_extension", "="): Case(
        more_time,
        "ticket.extension_requested",
        {
            "is_assignee": Broken("in_progress", QIAN),
            "reason_given": Broken(
                "assigned", ZHANG, wish=lambda world: RequestExtension(more_time(world).until)
            ),
            "no_open_extension": Broken("in_progress", ZHANG, EXTENSION),
            "before_due": Broken("in_progress", ZHANG, Given(then=later(days=20))),
        },
    ),
    ("approve_extension", "="): Case(
        ApproveExtension(),
        "ticket.extension_approved",
        {
            "extension_open": Broken("in_progress", CHEN),
            "not_extension_requester": Broken(
                "in_progress", ZHANG_IN_CHARGE, EXTENSION, with_it=("not_own_work",)
            ),
            "not_party": Broken("assigned", CHEN, Given({"subjects": ("chen",)}, on=EXTENSION.on)),
            "approval_rank_sufficient": Broken("pending", NO_RANK, EXTENSION),
            "approves_once": Broken(
                "assigned",
                TANG,
                Given(
                    rulebook=with_ranks(10, 30, step="approve_extension"),
                    on=EXTENSION.on,
                    then=does((ApproveExtension(), TANG)),
                ),
            ),
            "not_own_work": Broken("in_progress", QIAN_IN_CHARGE, QIAN_HAD_IT),
        },
        EXTENSION,
    ),
    ("reject_extension", "="): Case(
        RejectExtension("fifteen days are enough"),
        "ticket.extension_rejected",
        {
            "extension_open": Broken("assigned", TANG),
            "not_extension_requester": Broken(
                "in_progress", ZHANG_IN_CHARGE, EXTENSION, with_it=("not_own_work",)
            ),
            "not_party": Broken("pending", CHEN, Given({"subjects": ("chen",)}, on=EXTENSION.on)),
            "reason_given": Broken("assigned", CHEN, EXTENSION, RejectExtension()),
            "not_own_work": Broken("in_progress", QIAN_IN_CHARGE, QIAN_HAD_IT),
        },
        EXTENSION,
    ),
    ("urge", "="): Case(
        Urge(),
        "ticket.urged",
        {
            "own_ticket_if_customer": Broken("accepted", RELATIVE, OPENED_FOR_ANOTHER),
            "urge_interval_passed": Broken("assigned", CUSTOMER, but_then((Urge(), CUSTOMER))),
        },
    ),
    ("escalate", "="): Case(
        Escalate("the customer is in hospital"),
        "ticket.escalated",
        {
            "own_if_handler": Broken("assigned", QIAN),
            "level_left": Broken("in_progress", ZHANG, but_then(*((Escalate(), CHEN),) * 3)),
        },
    ),
    ("close", "closed"): Case(
        Close(),
        "ticket.closed",
        {
            "own_ticket_if_customer": Broken(
                "resolved", RELATIVE, Given(opener=RELATIVE, on=TOLD.on)
            ),
            "not_party": Broken("resolved", CHEN, Given({"subjects": ("chen",)}, on=TOLD.on)),
            "quiet_period_over_if_system": Broken("resolved", TIME, TOLD),
            "informed_if_required": Broken("resolved", LI),
        },
        TOLD,
        by_time={"system": 8},
    ),
    ("reopen", "in_progress"): Case(
        Reopen("it happened again"),
        "ticket.reopened",
        {
            "own_ticket_if_customer": Broken("closed", RELATIVE, OPENED_FOR_ANOTHER),
            "not_party": Broken("resolved", CHEN, named("chen")),
            "reason_given": Broken("closed", CUSTOMER, wish=Reopen("\n")),
            "reopen_window_open": Broken(
                "closed", CHEN, Given(rulebook=archived_by_hand, then=later(days=40))
            ),
        },
    ),
    ("archive", "archived"): Case(
        Archive(),
        "ticket.archived",
        {
            "reopen_window_over": Broken("closed", ADMIN, Given(rulebook=no_appeals)),
            "appeal_window_over": Broken("closed", ADMIN, Given(rulebook=no_reopening_limit)),
        },
        given_by={"admin": Given(rulebook=archived_at_once)},
        by_time={"system": 40},
    ),
    ("cancel", "cancelled"): Case(
        Cancel("found the card"),
        "ticket.cancelled",
        {
            "own_ticket_if_customer": NOT_THEIRS,
            "not_party": Broken("under_review", CHEN, named("chen")),
            "reason_given": Broken("pending", CUSTOMER, wish=Cancel()),
            "not_own_work": Broken("in_progress", ZHANG_IN_CHARGE),
        },
    ),
    ("merge_into", "merged"): Case(
        lambda world: MergeInto(world.other, "the same card"),
        "ticket.merged_into",
        {
            "not_party": Broken("accepted", CHEN, named("chen")),
            "target_other_and_open": Broken(
                "registered", LI, Given(then=lambda world: world.elsewhere(Cancel("over"), LI))
            ),
            "same_customer": Broken("pending", WANG, Given(then=another_customers)),
            "not_an_appeal": Broken("registered", CLERK, Given(then=look_at_an_appeal)),
            "target_unconflicted": Broken(
                "registered",
                WANG,
                Given({"subjects": ("zhang",)}, then=give_zhang_the_other),
            ),
            "no_open_subtask": Broken("pending", WANG, SUBTASK),
            "no_open_panel": Broken("in_progress", WANG, PANEL),
        },
    ),
    ("unmerge", "@before_merge"): Case(
        Unmerge("another card"),
        "ticket.unmerged",
        {
            "not_party": Broken("merged", CHEN, named("chen")),
            "reason_given": Broken("merged", CHEN, wish=Unmerge()),
            "target_not_archived": Broken("merged", CHEN, Given(then=archive_the_other)),
        },
    ),
    ("rate", "="): Case(
        Rate(4),
        "ticket.rated",
        {
            "own_ticket": Broken("resolved", RELATIVE, OPENED_FOR_ANOTHER),
            "not_rated_since_last_closing": Broken(
                "closed", CUSTOMER, waiting("resolved", (Rate(4), CUSTOMER))
            ),
            "score_in_range": Broken("resolved", CUSTOMER, wish=Rate(6)),
        },
    ),
    ("quality_review", "="): Case(
        QualityReview(5),
        "ticket.inspected",
        {
            "not_involved": Broken("closed", Actor("sun", "quality_reviewer")),
            "not_party": Broken("archived", GUO, named("guo")),
        },
    ),
    ("appeal", "="): Case(
        Appeal("the interest is missing"),
        "ticket.appealed",
        {
            "own_ticket": Broken("closed", RELATIVE, OPENED_FOR_ANOTHER),
            "appeal_window_open": Broken(
                "closed",
                CUSTOMER,
                Given(
                    on={"resolved": told_and_left},
                    then=later(days=28),
                ),
            ),
            "not_appealed_yet": Broken("resolved", CUSTOMER, but_then((Appeal("no"), CUSTOMER))),
        },
    ),
    ("mark_overdue", "="): Case(
        lambda world: MarkOverdue(the_subtask(world)),
        "ticket.marked_overdue",
        given=Given(on=SUBTASK.on, detour=True),
        by_time={"system": 12},
    ),
}
"""By action and target of the row."""
