"""Situations for the rules about who acts."""

from tests.builders import BOSS, LI, WANG
from tests.workflow.rule_cases import (
    CUSTOMER,
    MINE,
    NOBODYS,
    THEIRS,
    Asked,
    Situations,
    having,
)
from workorder.workflow import Actor, PlainCase
from workorder.workflow.standard_rules.people import _WHY as WHY


def worked(role: str, *actions: str) -> PlainCase:
    """A case on which Li took *actions* in *role*."""
    return PlainCase("resolved", deeds={"li": {role: actions}})


LIS_OWN = PlainCase("resolved", customer="li")
ABOUT_LI = having(subjects=("zhao", "li"))
ABOUT_ZHAO = having(subjects=("zhao",), excluded=("qian",))
APPEALED = having(excluded=("li",))

HOLDS: Situations = {
    "the assignee": Asked(rule="is_assignee", case=MINE),
    "a handler's own": Asked(rule="own_if_handler", case=MINE),
    "a supervisor needs no ownership": Asked(
        rule="own_if_handler", case=THEIRS, actor=BOSS, role="supervisor"
    ),
    "another role is meant": Asked(
        rule="own_if_handler", case=THEIRS, parameters={"roles": ("expert",)}
    ),
    "the customer": Asked(rule="own_ticket", case=MINE, actor=CUSTOMER, role="customer"),
    "a customer's own": Asked(
        rule="own_ticket_if_customer", case=MINE, actor=CUSTOMER, role="customer"
    ),
    "staff need not be the customer": Asked(rule="own_ticket_if_customer", case=MINE),
    "customers have another role": Asked(
        rule="own_ticket_if_customer",
        case=MINE,
        role="customer",
        parameters={"roles": ("guest",)},
    ),
    "nobody has it": Asked(rule="unassigned", case=NOBODYS),
    "one's own department": Asked(rule="in_own_department", case=NOBODYS),
    "an eligible person": Asked(rule="assignee_eligible", case=MINE, arguments={"to": "wang"}),
    "no person yet": Asked(rule="assignee_eligible", case=MINE, arguments={"department": "loans"}),
    "somebody else is named": Asked(
        rule="assignee_eligible", case=ABOUT_ZHAO, arguments={"to": "li"}
    ),
    "a stranger claims": Asked(rule="claimer_eligible", case=ABOUT_ZHAO),
    "members without a conflict": Asked(
        rule="members_eligible", case=ABOUT_ZHAO, arguments={"members": ("li", "wang")}
    ),
    "no members yet": Asked(rule="members_eligible", case=ABOUT_LI),
    "a stranger": Asked(rule="not_party", case=MINE),
    "the customer's own part": Asked(
        rule="not_party",
        case=MINE,
        actor=CUSTOMER,
        role="customer",
        parameters={"besides_roles": ("customer", "system")},
    ),
    "did nothing": Asked(rule="not_own_work", case=PlainCase("resolved")),
    "others worked": Asked(
        rule="not_own_work", case=worked("handler", "start"), actor=BOSS, role="supervisor"
    ),
    "only opened it": Asked(
        rule="not_own_work", case=worked("handler", "open"), parameters={"besides": ("open",)}
    ),
    "team work that does not count": Asked(
        rule="not_own_work",
        case=worked("supervisor", "conclude_panel"),
        parameters={"actions": ()},
    ),
    "team work, left out": Asked(
        rule="not_own_work",
        case=worked("supervisor", "convene_panel"),
        parameters={"besides": ("convene_panel",)},
    ),
    "only supervised": Asked(rule="not_own_work", case=worked("supervisor", "reopen")),
    "work in a role that is not asked about": Asked(
        rule="not_own_work",
        case=worked("handler", "start"),
        parameters={"roles": ("expert",)},
    ),
    "took no step": Asked(rule="not_involved", case=worked("handler", "start"), actor=WANG),
    "was only offered it": Asked(
        rule="not_involved",
        case=PlainCase(
            "closed", deeds={"li": {"candidate": ("was_offered",), "handler": ("decline_offer",)}}
        ),
    ),
    "only inspected": Asked(rule="not_involved", case=worked("quality_reviewer", "quality_review")),
    "only looked on": Asked(
        rule="not_involved",
        case=worked("supervisor", "comment"),
        parameters={"besides": ("comment",)},
    ),
    "others entered it": Asked(
        rule="not_entered_by_self", case=worked("intake", "open"), actor=WANG
    ),
    "only accepted it": Asked(rule="not_entered_by_self", case=worked("intake", "accept")),
    "other actions count as entering": Asked(
        rule="not_entered_by_self",
        case=worked("intake", "open", "edit"),
        parameters={"actions": ("import",)},
    ),
}

CONFLICTS = {
    "is the customer": (LIS_OWN, WHY["customer"]),
    "is complained of": (ABOUT_LI, WHY["subjects"]),
    "worked on the appealed case": (APPEALED, WHY["excluded"]),
    "is complained of, by a list": (having(subjects=["li"]), WHY["subjects"]),
    "is complained of, by a set": (having(subjects=frozenset({"li"})), WHY["subjects"]),
    "is complained of, by one name": (having(subjects="li"), WHY["subjects"]),
}
"""What stands between Li and a case, however the host's case answers."""

FAILS: Situations = {
    "not the assignee": Asked(rule="is_assignee", case=THEIRS, facts={"assignee": "wang"}),
    "nobody is assigned": Asked(rule="is_assignee", case=NOBODYS, facts={"assignee": None}),
    "another handler's": Asked(rule="own_if_handler", case=THEIRS, facts={"assignee": "wang"}),
    "nobody's yet": Asked(rule="own_if_handler", case=NOBODYS, facts={"assignee": None}),
    "a role that is meant": Asked(
        rule="own_if_handler",
        case=THEIRS,
        actor=Actor("li", "expert"),
        role="expert",
        parameters={"roles": ("expert",)},
        facts={"assignee": "wang"},
    ),
    "another customer's": Asked(rule="own_ticket", case=MINE, role="customer"),
    "no customer is known": Asked(rule="own_ticket", role="customer"),
    "another customer acts": Asked(rule="own_ticket_if_customer", case=MINE, role="customer"),
    "a customer of another name": Asked(
        rule="own_ticket_if_customer", case=MINE, role="guest", parameters={"roles": ("guest",)}
    ),
    "somebody has it": Asked(rule="unassigned", case=THEIRS, facts={"assignee": "wang"}),
    "one has it already": Asked(rule="unassigned", case=MINE, facts={"assignee": "li"}),
    "another department": Asked(
        rule="in_own_department",
        case=PlainCase("assigned", department="loans"),
        facts={"department": "loans", "person": "li", "own": "cards"},
    ),
    "neither has a department": Asked(
        rule="in_own_department",
        actor=Actor("li", "handler"),
        facts={"department": None, "person": "li", "own": None},
    ),
    **{
        f"given to who {what}": Asked(
            rule="assignee_eligible",
            case=case,
            arguments={"to": "li"},
            facts={"person": "li", "why": why},
        )
        for what, (case, why) in CONFLICTS.items()
    },
    **{
        f"claimed by who {what}": Asked(
            rule="claimer_eligible", case=case, facts={"person": "li", "why": why}
        )
        for what, (case, why) in CONFLICTS.items()
    },
    **{
        f"judged by who {what}": Asked(
            rule="not_party", case=case, facts={"person": "li", "why": why}
        )
        for what, (case, why) in CONFLICTS.items()
    },
    **{
        f"a member who {what}": Asked(
            rule="members_eligible",
            case=case,
            arguments={"members": ("wang", "li")},
            facts={"person": "li", "why": why},
        )
        for what, (case, why) in CONFLICTS.items()
    },
    "judged in a role that is not left out": Asked(
        rule="not_party",
        case=LIS_OWN,
        parameters={"besides_roles": ("customer",)},
        facts={"person": "li", "why": WHY["customer"]},
    ),
    "started it": Asked(
        rule="not_own_work", case=worked("handler", "start"), facts={"person": "li"}
    ),
    "was given it": Asked(
        rule="not_own_work", case=worked("assignee", "dispatch"), facts={"person": "li"}
    ),
    "helped": Asked(
        rule="not_own_work", case=worked("cohandler", "answer"), facts={"person": "li"}
    ),
    "comes in another role": Asked(
        rule="not_own_work",
        case=worked("handler", "start"),
        actor=Actor("li", "supervisor"),
        role="supervisor",
        facts={"person": "li"},
    ),
    "opened it and worked": Asked(
        rule="not_own_work",
        case=worked("handler", "open", "submit"),
        parameters={"besides": ("open",)},
        facts={"person": "li"},
    ),
    "opening counts unless left out": Asked(
        rule="not_own_work", case=worked("handler", "open"), facts={"person": "li"}
    ),
    "work in a role that is asked about": Asked(
        rule="not_own_work",
        case=worked("expert", "give_opinion"),
        parameters={"roles": ("expert",)},
        facts={"person": "li"},
    ),
    **{
        f"took part in the work of others by {action}": Asked(
            rule="not_own_work", case=worked("supervisor", action), facts={"person": "li"}
        )
        for action in (
            "open_subtask",
            "finish_subtask",
            "cancel_subtask",
            "convene_panel",
            "give_opinion",
            "conclude_panel",
        )
    },
    "an action that counts in whatever role": Asked(
        rule="not_own_work",
        case=worked("supervisor", "weigh"),
        parameters={"actions": ("weigh",)},
        facts={"person": "li"},
    ),
    "took part, in whatever role": Asked(
        rule="not_involved", case=worked("supervisor", "comment"), facts={"person": "li"}
    ),
    "sat on its panel": Asked(
        rule="not_involved",
        case=PlainCase("closed", deeds={"li": {"panel": ("asked",)}}),
        facts={"person": "li"},
    ),
    "inspected, and took part": Asked(
        rule="not_involved",
        case=worked("quality_reviewer", "quality_review", "comment"),
        facts={"person": "li"},
    ),
    "inspecting counts unless left out": Asked(
        rule="not_involved",
        case=worked("quality_reviewer", "quality_review"),
        parameters={"besides": ()},
        facts={"person": "li"},
    ),
    "opened it": Asked(
        rule="not_entered_by_self", case=worked("intake", "open"), facts={"person": "li"}
    ),
    "edited it": Asked(
        rule="not_entered_by_self",
        case=worked("supervisor", "comment", "edit"),
        actor=LI,
        facts={"person": "li"},
    ),
    "reclassified it": Asked(
        rule="not_entered_by_self", case=worked("handler", "reclassify"), facts={"person": "li"}
    ),
    "imported it": Asked(
        rule="not_entered_by_self",
        case=worked("intake", "import"),
        parameters={"actions": ("import",)},
        facts={"person": "li"},
    ),
}
