"""Situations for the rules about intake, sub-tasks and panels."""

from tests.workflow.rule_cases import NOBODYS, Asked, Situations, called, having, typed
from workorder.workflow import Actor, PlainCase, Settings

ASKED = Settings(required_fields=("title", "customer", "channel", "department"))
COMPLETE = PlainCase(
    "registered",
    customer="C-1",
    department="cards",
    values={"fields.title": "Card", "channel": "phone"},
)
TWO_DECLINES = Settings(max_declines=2)
APPROVED_FIRST = Settings(types_with_intake_approval=("complaint",))
TWO_OPEN = having(open_subtasks={"S1": "cards", "S2": "loans"})
BOTH_OURS = having(open_subtasks={"S1": "cards", "S2": "cards"})
PANEL = having(panel_members=("li", "wang"))

HOLDS: Situations = {
    "the form is content": Asked(rule="form_valid_for_open", case=having(form_problems=())),
    "nobody asked the form": Asked(rule="form_valid_for_open"),
    "every required field": Asked(rule="required_fields_complete", case=COMPLETE, settings=ASKED),
    "nothing is required": Asked(rule="required_fields_complete"),
    "zero and no are values": Asked(
        rule="required_fields_complete",
        case=called(fields__amount=0, fields__urgent=False),
        settings=Settings(required_fields=("amount", "urgent")),
    ),
    "another type needs no approval": Asked(
        rule="intake_approved_if_required", case=typed("enquiry"), settings=APPROVED_FIRST
    ),
    "no earlier type needs approval either": Asked(
        rule="intake_approved_if_required",
        case=typed("enquiry", earlier_types=("request",)),
        settings=APPROVED_FIRST,
    ),
    "its intake was approved": Asked(
        rule="intake_approved_if_required",
        case=typed("complaint", intake_approved=True),
        settings=APPROVED_FIRST,
    ),
    "declined once of twice": Asked(
        rule="declines_left", case=called(counts__declines=1), settings=TWO_DECLINES
    ),
    "declines are not limited": Asked(rule="declines_left", case=called(counts__declines=99)),
    "declines are not counted": Asked(rule="declines_left", settings=TWO_DECLINES),
    "sub-tasks are all finished": Asked(rule="no_open_subtask", case=having(open_subtasks={})),
    "there never were sub-tasks": Asked(rule="no_open_subtask"),
    "the sub-task is open": Asked(rule="subtask_open", case=TWO_OPEN, arguments={"subtask": "S2"}),
    "the only one of the department": Asked(rule="subtask_open_in_own_dept", case=TWO_OPEN),
    "the named one of the department": Asked(
        rule="subtask_open_in_own_dept", case=BOTH_OURS, arguments={"subtask": "S2"}
    ),
    "several, asked beforehand": Asked(rule="subtask_open_in_own_dept", case=BOTH_OURS),
    "no panel": Asked(rule="no_open_panel"),
    "a panel": Asked(rule="panel_open", case=PANEL),
    "a member": Asked(rule="is_panel_member", case=PANEL),
    "a member of a list": Asked(rule="is_panel_member", case=having(panel_members=["li"])),
}

FAILS: Situations = {
    "the form objects": Asked(
        rule="form_valid_for_open",
        case=having(form_problems=("title", "amount")),
        facts={"fields": ("title", "amount")},
    ),
    "required fields are empty": Asked(
        rule="required_fields_complete",
        settings=ASKED,
        facts={"missing": ("title", "customer", "channel", "department")},
    ),
    "one is blank, one has nothing in it": Asked(
        rule="required_fields_complete",
        case=PlainCase("registered", values={"fields.title": " ", "fields.products": []}),
        settings=Settings(required_fields=("title", "products")),
        facts={"missing": ("title", "products")},
    ),
    "a field is not what is asked for at the door": Asked(
        rule="required_fields_complete",
        case=PlainCase("registered", values={"title": "Card", "fields.channel": "phone"}),
        settings=Settings(required_fields=("title", "channel")),
        facts={"missing": ("title", "channel")},
    ),
    "the intake of what was a complaint was not approved": Asked(
        rule="intake_approved_if_required",
        case=typed("enquiry", earlier_types=("complaint",)),
        settings=APPROVED_FIRST,
    ),
    "its intake was not approved": Asked(
        rule="intake_approved_if_required", case=typed("complaint"), settings=APPROVED_FIRST
    ),
    "its intake was edited since": Asked(
        rule="intake_approved_if_required",
        case=typed("complaint", intake_approved=False),
        settings=APPROVED_FIRST,
    ),
    "declined twice of twice": Asked(
        rule="declines_left",
        case=called(counts__declines=2),
        settings=TWO_DECLINES,
        facts={"count": 2, "limit": 2},
    ),
    "declining is not for this desk": Asked(
        rule="declines_left",
        case=called(counts__declines=0),
        settings=Settings(max_declines=0),
        facts={"count": 0, "limit": 0},
    ),
    "sub-tasks are open": Asked(
        rule="no_open_subtask", case=TWO_OPEN, facts={"open": ("S1 (cards)", "S2 (loans)")}
    ),
    "another sub-task is open": Asked(
        rule="subtask_open",
        case=TWO_OPEN,
        arguments={"subtask": "S9"},
        facts={"open": ("S1", "S2")},
    ),
    "no sub-task is named": Asked(rule="subtask_open", case=TWO_OPEN, facts={"open": ("S1", "S2")}),
    "a sub-task that is no name": Asked(
        rule="subtask_open",
        case=TWO_OPEN,
        arguments={"subtask": ["S1"]},
        facts={"open": ("S1", "S2")},
    ),
    "another department's sub-task": Asked(
        rule="subtask_open_in_own_dept",
        case=TWO_OPEN,
        arguments={"subtask": "S2"},
        facts={"department": "cards", "open": ("S1",)},
    ),
    "several, and none is named": Asked(
        rule="subtask_open_in_own_dept",
        case=BOTH_OURS,
        arguments={"answer": "refund"},
        facts={"department": "cards", "open": ("S1", "S2")},
    ),
    "the department owes nothing": Asked(
        rule="subtask_open_in_own_dept",
        case=having(open_subtasks={"S2": "loans"}),
        facts={"department": "cards", "open": ()},
    ),
    "who acts has no department": Asked(
        rule="subtask_open_in_own_dept",
        case=having(open_subtasks={"S1": None}),
        actor=Actor("li", "cohandler"),
        facts={"department": None, "open": ()},
    ),
    "a panel sits": Asked(rule="no_open_panel", case=PANEL, facts={"members": ("li", "wang")}),
    "no panel sits": Asked(rule="panel_open", case=NOBODYS),
    "nobody sits": Asked(rule="is_panel_member", facts={"members": None}),
    "others sit": Asked(
        rule="is_panel_member", case=having(panel_members=("wang",)), facts={"members": ("wang",)}
    ),
    "an expert who is complained of": Asked(
        rule="is_panel_member",
        case=having(panel_members=("li",), subjects=("li",)),
        facts={"members": ("li",)},
    ),
    "part of a member's name": Asked(
        rule="is_panel_member", case=having(panel_members="lin"), facts={"members": "lin"}
    ),
}
