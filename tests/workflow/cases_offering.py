"""Situations for the rules about offers."""

from tests.builders import LI
from tests.workflow.rule_cases import BARE, BEFORE, Asked, Situations, having

TO_LI = having(offered_to="li")
TO_WANG = having(offered_to="wang")
LET_LAPSE = having(not_taken={"li": BEFORE})

HOLDS: Situations = {
    "offered to nobody": Asked(rule="not_offered", case=BARE),
    "an offer that is over": Asked(rule="not_offered", case=LET_LAPSE),
    "an offer to nobody else": Asked(rule="not_offered_to_another", case=BARE),
    "an offer to oneself": Asked(rule="not_offered_to_another", case=TO_LI),
    "an open offer": Asked(rule="offered", case=TO_WANG),
    "an offer of one's own": Asked(rule="offered_to_self", case=TO_LI),
    "offered a second time": Asked(
        rule="offered_to_self", case=having(offered_to="li", not_taken={"li": BEFORE})
    ),
}

FAILS: Situations = {
    "an offer is open": Asked(rule="not_offered", case=TO_LI, facts={"person": "li"}),
    "an offer to another": Asked(
        rule="not_offered_to_another", case=TO_WANG, facts={"person": "wang"}
    ),
    "no offer": Asked(rule="offered", case=BARE),
    "no offer any more": Asked(rule="offered", case=LET_LAPSE),
    "another's offer": Asked(
        rule="offered_to_self", case=TO_WANG, actor=LI, facts={"person": "li"}
    ),
    "no offer to oneself": Asked(rule="offered_to_self", case=BARE, facts={"person": "li"}),
    "an answer that comes too late": Asked(
        rule="offered_to_self",
        case=LET_LAPSE,
        facts={"person": "li", "ended": BEFORE},
        code="offer_over",
    ),
    "another has been offered it since": Asked(
        rule="offered_to_self",
        case=having(offered_to="wang", not_taken={"li": BEFORE}),
        facts={"person": "li", "ended": BEFORE},
        code="offer_over",
    ),
}
