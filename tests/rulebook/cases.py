"""The basic rulebook, spelt out a second time: who may do what, and what stands in the way."""

from tests.checks import Cases, Situation

MINE = {"assignee": "li", "department": "cards", "customer": "C-1"}
WITH_WANG = {**MINE, "assignee": "wang"}
COMPLAINED_OF = {**MINE, "values": {"subjects": ("zhao",)}}
DID = {"deeds": {"li": {"handler": ("open", "start", "submit")}}}
WAS_GIVEN = {"deeds": {"li": {"assignee": ("dispatch",)}}}
ONLY_OPENED = {"deeds": {"li": {"handler": ("open",)}, "wang": {"handler": ("submit",)}}}

IS_CUSTOMER = {**ONLY_OPENED, "customer": "li"}
IS_NAMED = {**ONLY_OPENED, "values": {"subjects": ("li",)}}

TABLE = """
open               |                      | accepted    | handler supervisor
dispatch           | accepted             | assigned    | handler supervisor
assign             | accepted assigned    | assigned    | handler supervisor system
transfer           | assigned in_progress | assigned    | handler supervisor
start              | assigned             | in_progress | handler
comment            | accepted assigned in_progress resolved | = | handler supervisor
submit             | in_progress          | resolved    | handler
return_for_rework  | resolved             | in_progress | handler supervisor
close              | resolved             | closed      | handler supervisor
reopen             | resolved closed      | in_progress | supervisor
"""
"""action | from | to | who."""

CASES = {
    "open": Cases(Situation({}, {"type": "complaint"})),
    "dispatch": Cases(
        Situation({"customer": "C-1"}, {"to": "wang"}),
        {
            "target_given": Situation({"customer": "C-1"}, {"reason": "cards"}),
            "assignee_eligible": Situation({"customer": "C-1"}, {"to": "C-1"}),
        },
    ),
    "assign": Cases(
        Situation({"customer": "C-1"}, {"to": "wang"}),
        {
            "unassigned": Situation(WITH_WANG, {"to": "li"}),
            "assignee_eligible": Situation({"customer": "C-1"}, {"to": "C-1"}),
        },
    ),
    "transfer": Cases(
        Situation(MINE, {"to": "wang", "reason": "leave"}),
        {
            "own_if_handler": Situation(WITH_WANG, {"to": "li", "reason": "leave"}),
            "reason_given": Situation(MINE, {"to": "wang", "reason": " "}),
            "target_given": Situation(MINE, {"reason": "leave"}),
            "target_differs": Situation(MINE, {"to": "li", "reason": "leave"}),
            "assignee_eligible": Situation(COMPLAINED_OF, {"to": "zhao", "reason": "leave"}),
        },
    ),
    "start": Cases(Situation(MINE), {"is_assignee": Situation(WITH_WANG)}),
    "comment": Cases(Situation(WITH_WANG, {"text": "called"})),
    "submit": Cases(
        Situation(MINE, {"resolution": "refunded"}),
        {
            "is_assignee": Situation(WITH_WANG, {"resolution": "refunded"}),
            "resolution_given": Situation(MINE, {"resolution": "\n"}),
        },
    ),
    "return_for_rework": Cases(
        Situation(ONLY_OPENED, {"reason": "no proof"}),
        {
            "not_own_work": Situation(WAS_GIVEN, {"reason": "no proof"}),
            "not_party": Situation(IS_CUSTOMER, {"reason": "no proof"}),
            "reason_given": Situation(ONLY_OPENED),
        },
    ),
    "close": Cases(
        Situation(ONLY_OPENED), {"not_own_work": Situation(DID), "not_party": Situation(IS_NAMED)}
    ),
    "reopen": Cases(
        Situation(ONLY_OPENED, {"reason": "called again"}),
        {
            "not_party": Situation(IS_NAMED, {"reason": "called again"}),
            "reason_given": Situation(ONLY_OPENED, {"reason": ""}),
        },
    ),
}
"""For each action: how it is permitted, and for each rule how it is not met."""
