"""Rows of intake, dispatch and work: how each is carried out, and how each of its rules alone is
in the way.
"""

from collections.abc import Mapping

from tests.lifecycle.offering import OFFERED
from tests.lifecycle.situations import (
    CLERK,
    CONVENED,
    NOT_THEIRS,
    OPENED_FOR_ANOTHER,
    PANEL,
    SUBTASK,
    TO_CARDS,
    UNAPPROVED_ON_HOLD,
    Broken,
    Case,
    but_then,
    does,
    intake_approval,
    named,
    the_subtask,
    waiting,
)
from tests.lifecycle.standing import (
    CHEN,
    CUSTOMER,
    HE,
    LI,
    MEI,
    QIAN,
    RELATIVE,
    SHEN,
    WANG,
    WU,
    ZHANG,
    Given,
)
from workorder.ticket import (
    Accept,
    ApproveIntake,
    CancelSubtask,
    Claim,
    Comment,
    ConcludePanel,
    ConvenePanel,
    CustomerMessage,
    CustomerReply,
    Decline,
    Dispatch,
    Edit,
    FinishSubtask,
    GiveOpinion,
    Hold,
    InformCustomer,
    LogContact,
    Open,
    OpenSubtask,
    Reclassify,
    RejectIntake,
    Reply,
    Resume,
    ReturnIntake,
    Start,
    Transfer,
)
from workorder.workflow import Actor, PlainCase

WORKING: Mapping[tuple[str, str], Case] = {
    ("open", "registered"): Case(
        Open("complaint", customer="C-1", channel="phone", fields={"title": "Card swallowed"}),
        "ticket.opened",
        {
            "form_valid_for_open": Broken(
                "", LI, plain=PlainCase("", values={"form_problems": ("title",)})
            )
        },
    ),
    ("edit", "="): Case(
        Edit(fields={"description": "last night"}),
        "ticket.edited",
        {
            "own_ticket_if_customer": NOT_THEIRS,
            "not_party": Broken("registered", LI, named("li")),
        },
    ),
    ("approve_intake", "="): Case(
        ApproveIntake(),
        "ticket.intake_approved",
        {
            "not_entered_by_self": Broken("registered", Actor("li", "intake_reviewer")),
            "not_party": Broken("accepted", SHEN, named("shen")),
        },
    ),
    ("return_intake", "registered"): Case(
        ReturnIntake("which card?"),
        "ticket.intake_returned",
        {
            "not_entered_by_self": Broken("accepted", Actor("li", "supervisor")),
            "reason_given": Broken("registered", SHEN, wish=ReturnIntake(" ")),
            "not_party": Broken("registered", WANG, named("wang")),
        },
    ),
    ("accept", "accepted"): Case(
        Accept(),
        "ticket.accepted",
        {
            "required_fields_complete": Broken(
                "registered", LI, Given({"fields": {"title": "Card swallowed"}})
            ),
            "not_party": Broken("registered", CHEN, named("chen")),
        },
    ),
    ("reject_intake", "rejected"): Case(
        RejectIntake("not a matter of ours"),
        "ticket.intake_rejected",
        {
            "not_party": Broken("registered", CHEN, named("chen")),
            "reason_given": Broken("registered", LI, wish=RejectIntake()),
        },
    ),
    ("reclassify", "="): Case(
        Reclassify(reason="it is about the card", fields={"category": "card"}),
        "ticket.reclassified",
        {
            "own_if_handler": Broken("assigned", QIAN),
            "reason_given": Broken("accepted", LI, wish=Reclassify(fields={"category": "card"})),
            "not_party": Broken("in_progress", CHEN, named("chen")),
        },
    ),
    ("dispatch", "assigned"): Case(
        Dispatch(to="zhang", department="cards"),
        "ticket.dispatched",
        {
            "intake_approved_if_required": Broken(
                "accepted", WANG, Given(rulebook=intake_approval)
            ),
            "target_given": Broken("accepted", WANG, wish=Dispatch()),
            "assignee_eligible": Broken("accepted", CHEN, named("zhang")),
            "not_party": Broken("accepted", WANG, named("wang")),
        },
    ),
    ("claim", "="): Case(
        Claim(),
        "ticket.claimed",
        {
            "unassigned": Broken("assigned", QIAN),
            "in_own_department": Broken(
                "assigned",
                WU,
                Given(
                    dispatch=Dispatch(to="wu", department="loans"),
                    then=does((Decline("not ours"), WU), (Dispatch(department="cards"), WANG)),
                ),
            ),
            "claimer_eligible": Broken(
                "assigned", QIAN, Given({"subjects": ("qian",)}, dispatch=TO_CARDS.dispatch)
            ),
            "not_offered_to_another": Broken("assigned", QIAN, OFFERED),
        },
        TO_CARDS,
    ),
    ("transfer", "assigned"): Case(
        Transfer(to="qian", reason="leave"),
        "ticket.transferred",
        {
            "own_if_handler": Broken("in_progress", QIAN),
            "reason_given": Broken("assigned", WANG, wish=Transfer(to="qian")),
            "target_given": Broken("assigned", WANG, wish=Transfer(reason="leave")),
            "target_differs": Broken("pending", CHEN, wish=Transfer(to="zhang", reason="leave")),
            "assignee_eligible": Broken("in_progress", ZHANG, named("qian")),
            "not_party": Broken("assigned", CHEN, named("chen")),
            "intake_approved_if_required": Broken("pending", WANG, UNAPPROVED_ON_HOLD),
        },
    ),
    ("decline", "accepted"): Case(
        Decline("not ours"),
        "ticket.declined",
        {
            "is_assignee": Broken("assigned", QIAN),
            "reason_given": Broken("assigned", ZHANG, wish=Decline("")),
            "declines_left": Broken(
                "assigned",
                ZHANG,
                but_then(
                    *(
                        (Decline("not ours"), ZHANG),
                        (Dispatch(to="zhang", department="cards"), WANG),
                    )
                    * 2
                ),
            ),
        },
    ),
    ("start", "in_progress"): Case(
        Start(), "ticket.started", {"is_assignee": Broken("assigned", QIAN)}
    ),
    ("hold", "pending"): Case(
        Hold("waiting_for_customer"),
        "ticket.held",
        {
            "own_if_handler": Broken("in_progress", QIAN),
            "reason_given": Broken("accepted", LI, wish=Hold()),
            "not_party": Broken("accepted", CLERK, named("clerk")),
        },
    ),
    ("resume", "@before_hold"): Case(
        Resume(),
        "ticket.resumed",
        {
            "own_if_handler": Broken("pending", QIAN),
            "not_party": Broken("pending", CHEN, named("chen")),
        },
    ),
    ("customer_reply", "@before_hold"): Case(
        CustomerReply("here is the receipt"),
        "ticket.customer_replied",
        {
            "own_ticket_if_customer": Broken("pending", RELATIVE, OPENED_FOR_ANOTHER),
            "waiting_for_customer": Broken(
                "pending", CUSTOMER, Given(hold=Hold("waiting_for_third_party"))
            ),
        },
    ),
    ("customer_message", "="): Case(
        CustomerMessage("how is it going?"),
        "ticket.customer_wrote",
        {"own_ticket_if_customer": NOT_THEIRS},
        given_by={"bot": Given(opener=Actor("bot-1", "bot"))},
    ),
    ("reply", "="): Case(
        Reply("we are looking into it"),
        "ticket.replied",
        {"own_if_handler": Broken("under_review", QIAN)},
    ),
    ("log_contact", "="): Case(LogContact("reached"), "ticket.contact_logged"),
    ("inform_customer", "="): Case(
        InformCustomer("progress", "phone"),
        "ticket.customer_informed",
        {
            "subject_given": Broken("accepted", LI, wish=InformCustomer("weather", "phone")),
            "not_party": Broken("closed", CHEN, named("chen")),
        },
    ),
    ("comment", "="): Case(
        Comment("called twice"),
        "ticket.commented",
        by={"cohandler": Actor("he", "cohandler", "cards")},
        given_by={
            "expert": Given(
                on={"in_progress": does(CONVENED, (ConcludePanel("we are"), ZHANG))}, detour=True
            )
        },
    ),
    ("open_subtask", "="): Case(
        OpenSubtask("risk", "is it fraud?"),
        "ticket.subtask_opened",
        {
            "own_if_handler": Broken("in_progress", QIAN),
            "not_party": Broken("in_progress", CHEN, named("chen")),
        },
    ),
    ("finish_subtask", "="): Case(
        FinishSubtask("it is not"),
        "ticket.subtask_finished",
        {
            "subtask_open_in_own_dept": Broken(
                "in_progress",
                HE,
                Given(on=SUBTASK.on, then=does((FinishSubtask("it is not"), HE))),
            ),
            "not_party": Broken("in_progress", HE, Given({"subjects": ("he",)}, on=SUBTASK.on)),
        },
        SUBTASK,
    ),
    ("cancel_subtask", "="): Case(
        lambda world: CancelSubtask(the_subtask(world), "found out myself"),
        "ticket.subtask_cancelled",
        {
            "own_if_handler": Broken("in_progress", QIAN, SUBTASK),
            "subtask_open": Broken(
                "in_progress", ZHANG, SUBTASK, CancelSubtask("S99", "found out myself")
            ),
            "reason_given": Broken(
                "pending", CHEN, SUBTASK, lambda world: CancelSubtask(the_subtask(world))
            ),
            "not_party": Broken("in_progress", CHEN, Given({"subjects": ("chen",)}, on=SUBTASK.on)),
        },
        SUBTASK,
    ),
    ("convene_panel", "="): Case(
        ConvenePanel(("mei", "he"), "who is liable?"),
        "ticket.panel_convened",
        {
            "own_if_handler": Broken("in_progress", QIAN),
            "no_open_panel": Broken("in_progress", CHEN, PANEL),
            "members_eligible": Broken("in_progress", ZHANG, named("mei")),
            "not_party": Broken("in_progress", CHEN, named("chen")),
        },
    ),
    ("give_opinion", "="): Case(
        GiveOpinion("we are"),
        "ticket.opinion_given",
        {
            "is_panel_member": Broken(
                "in_progress",
                MEI,
                waiting(
                    "in_progress",
                    CONVENED,
                    (ConcludePanel("we are"), ZHANG),
                    (ConvenePanel(("he",), "how much?"), ZHANG),
                ),
            )
        },
        PANEL,
    ),
    ("conclude_panel", "="): Case(
        ConcludePanel("we are"),
        "ticket.panel_concluded",
        {
            "own_if_handler": Broken("in_progress", QIAN, PANEL),
            "panel_open": Broken("in_progress", ZHANG),
            "not_party": Broken("in_progress", CHEN, Given({"subjects": ("chen",)}, on=PANEL.on)),
        },
        PANEL,
    ),
}
"""By action and target of the row."""
