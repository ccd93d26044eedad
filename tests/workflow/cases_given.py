"""Situations for the rules about what is given with an action."""

from tests.workflow.rule_cases import MINE, NOBODYS, Asked, Situations
from workorder.workflow import Settings
from workorder.workflow.standard_rules import TOLD

TEN = Settings(rating=(0, 10))

HOLDS: Situations = {
    "a reason": Asked(rule="reason_given", arguments={"reason": "wrong department"}),
    "a reason between blanks": Asked(rule="reason_given", arguments={"reason": " x "}),
    "a resolution": Asked(rule="resolution_given", arguments={"resolution": "refunded"}),
    "a person": Asked(rule="target_given", arguments={"to": "wang"}),
    "a department": Asked(rule="target_given", arguments={"department": "loans"}),
    "a person, a blank department": Asked(
        rule="target_given", arguments={"to": "wang", "department": " "}
    ),
    "another person": Asked(rule="target_differs", case=MINE, arguments={"to": "wang"}),
    "another department": Asked(
        rule="target_differs", case=MINE, arguments={"to": "li", "department": "loans"}
    ),
    "back to the department": Asked(
        rule="target_differs", case=MINE, arguments={"department": "cards"}
    ),
    "somebody, where nobody was": Asked(
        rule="target_differs", case=NOBODYS, arguments={"to": "li"}
    ),
    "what was told, and how": Asked(
        rule="subject_given", arguments={"subject": "decision", "channel": "letter"}
    ),
    "the least score": Asked(rule="score_in_range", arguments={"score": 1}),
    "the best score": Asked(rule="score_in_range", arguments={"score": 5}),
    "the least score of another scale": Asked(
        rule="score_in_range", arguments={"score": 0}, settings=TEN
    ),
    "the best score of another scale": Asked(
        rule="score_in_range", arguments={"score": 10}, settings=TEN
    ),
}

FAILS: Situations = {
    "no reason": Asked(rule="reason_given"),
    "a blank reason": Asked(rule="reason_given", arguments={"reason": " \t\n"}),
    "a reason that is no text": Asked(rule="reason_given", arguments={"reason": 5}),
    "no resolution": Asked(rule="resolution_given"),
    "a blank resolution": Asked(rule="resolution_given", arguments={"resolution": "\u3000"}),
    "no target": Asked(rule="target_given"),
    "a blank target": Asked(rule="target_given", arguments={"to": " ", "department": ""}),
    "to the same person": Asked(
        rule="target_differs",
        case=MINE,
        arguments={"to": "li"},
        facts={"assignee": "li", "department": "cards"},
    ),
    "to the same person in the same department": Asked(
        rule="target_differs",
        case=MINE,
        arguments={"to": "li", "department": "cards"},
        facts={"assignee": "li", "department": "cards"},
    ),
    "to nobody, in the same department": Asked(
        rule="target_differs",
        case=NOBODYS,
        arguments={"department": "cards"},
        facts={"assignee": None, "department": "cards"},
    ),
    "told nothing": Asked(
        rule="subject_given", arguments={"channel": "phone"}, facts={"known": TOLD}
    ),
    "told something unknown": Asked(
        rule="subject_given",
        arguments={"subject": "weather", "channel": "phone"},
        facts={"known": TOLD},
    ),
    "told, through no channel": Asked(
        rule="subject_given", arguments={"subject": "decision"}, facts={"known": TOLD}
    ),
    "told, through a blank channel": Asked(
        rule="subject_given",
        arguments={"subject": "decision", "channel": " "},
        facts={"known": TOLD},
    ),
    "no score": Asked(rule="score_in_range", facts={"least": 1, "best": 5}),
    "below the scale": Asked(
        rule="score_in_range", arguments={"score": 0}, facts={"least": 1, "best": 5}
    ),
    "above the scale": Asked(
        rule="score_in_range", arguments={"score": 6}, facts={"least": 1, "best": 5}
    ),
    "above another scale": Asked(
        rule="score_in_range",
        arguments={"score": 11},
        settings=TEN,
        facts={"least": 0, "best": 10},
    ),
    "a score in words": Asked(
        rule="score_in_range", arguments={"score": "5"}, facts={"least": 1, "best": 5}
    ),
    "yes is no score": Asked(
        rule="score_in_range", arguments={"score": True}, facts={"least": 1, "best": 5}
    ),
}
