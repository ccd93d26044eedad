"""Situations for the rules about merging and unmerging."""

from tests.workflow.rule_cases import STATES, Asked, Situations, having
from workorder.workflow import PlainCase
from workorder.workflow.standard_rules.people import _WHY as WHY


def ticket(
    name: str,
    state: str = "in_progress",
    customer: str | None = "C-1",
    into: str = "",
    assignee: str | None = None,
) -> PlainCase:
    """Another ticket of the host, merged *into* a third one if that is named."""
    values = {"id": name, "merged_into": into or None}
    return PlainCase(state, customer=customer, assignee=assignee, values=values)


def about(**people: object) -> PlainCase:
    """The ticket, which some people must not be given."""
    return PlainCase("registered", customer="C-1", values={"id": "T1", **people})


OWN = ticket("T1")
INTO_T2 = {"target": "T2"}
CHAIN = {"T2": ticket("T2", "merged", "C-9", into="T3"), "T3": ticket("T3")}
CIRCLE = {"T2": ticket("T2", "merged", into="T3"), "T3": ticket("T3", "merged", into="T2")}

HOLDS: Situations = {
    "another one in progress": Asked(
        rule="target_other_and_open", case=OWN, arguments=INTO_T2, related={"T2": ticket("T2")}
    ),
    "another one just registered": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "registered")},
    ),
    "the last of a chain": Asked(
        rule="target_other_and_open", case=OWN, arguments=INTO_T2, related=CHAIN
    ),
    "merged into nothing, said by a blank": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": PlainCase("in_progress", values={"id": "T2", "merged_into": ""})},
    ),
    "of the same customer": Asked(
        rule="same_customer", case=OWN, arguments=INTO_T2, related={"T2": ticket("T2")}
    ),
    "the last of a chain is of the same customer": Asked(
        rule="same_customer", case=OWN, arguments=INTO_T2, related=CHAIN
    ),
    "no appeal of any": Asked(rule="not_an_appeal", case=OWN),
    "nobody has the other one": Asked(
        rule="target_unconflicted",
        case=about(subjects=("li",)),
        arguments=INTO_T2,
        related={"T2": ticket("T2")},
    ),
    "a stranger has the other one": Asked(
        rule="target_unconflicted",
        case=about(subjects=("li",), excluded=("wang",)),
        arguments=INTO_T2,
        related={"T2": ticket("T2", assignee="zhao")},
    ),
    "nobody knows who has it": Asked(
        rule="target_unconflicted", case=about(subjects=("li",)), arguments=INTO_T2
    ),
    "the other one is closed only": Asked(
        rule="target_not_archived",
        case=ticket("T1", "merged", into="T2"),
        related={"T2": ticket("T2", "closed")},
    ),
    "the other one was not looked up": Asked(
        rule="target_not_archived", case=ticket("T1", "merged", into="T2")
    ),
    "never merged": Asked(rule="target_not_archived", case=OWN),
    "archived is not what is meant": Asked(
        rule="target_not_archived",
        case=ticket("T1", "merged", into="T2"),
        related={"T2": ticket("T2", "archived")},
        parameters={"states": ("destroyed",)},
    ),
}

FAILS: Situations = {
    "an appeal": Asked(rule="not_an_appeal", case=about(appeal_of="T0"), facts={"original": "T0"}),
    **{
        f"with who {what}": Asked(
            rule="target_unconflicted",
            case=case,
            arguments=INTO_T2,
            related={"T2": ticket("T2", assignee=person)},
            facts={"person": person, "why": WHY[name]},
        )
        for what, name, person, case in (
            ("is complained of", "subjects", "li", about(subjects=("zhao", "li"))),
            ("worked on the appealed case", "excluded", "li", about(excluded=("li",))),
            ("is the customer", "customer", "C-1", OWN),
        )
    },
    "the last of a chain is with who is complained of": Asked(
        rule="target_unconflicted",
        case=about(subjects=("li",)),
        arguments=INTO_T2,
        related={
            "T2": ticket("T2", "merged", into="T3", assignee="zhao"),
            "T3": ticket("T3", assignee="li"),
        },
        facts={"person": "li", "why": WHY["subjects"]},
    ),
    "into itself": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments={"target": "T1"},
        related={"T1": OWN},
        facts={"target": "T1", "state": STATES["in_progress"].label},
    ),
    "into a closed one": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "closed")},
        facts={"target": "T2", "state": STATES["closed"].label},
    ),
    "into one whose work is concluded": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "resolved")},
        facts={"target": "T2", "state": STATES["resolved"].label},
    ),
    "into one of an unknown state": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "lost")},
        facts={"target": "T2", "state": "lost"},
    ),
    "into one that is not there": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        facts={"target": "T2", "state": None},
    ),
    "into nothing": Asked(
        rule="target_other_and_open", case=OWN, facts={"target": None, "state": None}
    ),
    "into a chain that leads back": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "merged", into="T1")},
        facts={"target": "T2", "state": STATES["in_progress"].label},
    ),
    "into a circle": Asked(
        rule="target_other_and_open",
        case=OWN,
        arguments=INTO_T2,
        related=CIRCLE,
        facts={"target": "T2", "state": None},
    ),
    "neither has a name": Asked(
        rule="target_other_and_open",
        arguments=INTO_T2,
        related={"T2": having()},
        facts={"target": "T2", "state": STATES["in_progress"].label},
    ),
    "of another customer": Asked(
        rule="same_customer",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", customer="C-2")},
    ),
    "the last of a chain is of another customer": Asked(
        rule="same_customer",
        case=OWN,
        arguments=INTO_T2,
        related={"T2": ticket("T2", "merged", into="T3"), "T3": ticket("T3", customer="C-2")},
    ),
    "of nobody knows which": Asked(
        rule="same_customer",
        case=OWN,
        arguments=INTO_T2,
        facts={"target": "T2"},
        code="unknown_target",
    ),
    "both of nobody": Asked(
        rule="same_customer",
        case=ticket("T1", customer=None),
        arguments=INTO_T2,
        related={"T2": ticket("T2", customer=None)},
    ),
    "the other one is archived": Asked(
        rule="target_not_archived",
        case=ticket("T1", "merged", into="T2"),
        related={"T2": ticket("T2", "archived")},
        facts={"target": "T2"},
    ),
    "the last of a chain is archived": Asked(
        rule="target_not_archived",
        case=ticket("T1", "merged", into="T2"),
        related={"T2": ticket("T2", "merged", into="T3"), "T3": ticket("T3", "archived")},
        facts={"target": "T3"},
    ),
    "the other one is what is meant": Asked(
        rule="target_not_archived",
        case=ticket("T1", "merged", into="T2"),
        related={"T2": ticket("T2", "closed")},
        parameters={"states": ("closed", "archived")},
        facts={"target": "T2"},
    ),
}
