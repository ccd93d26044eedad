"""The rulebook of the tests: the basic one, with customers, an auditor and an own action."""

from functools import cache

import attrs

from workorder.intake import Field, Form
from workorder.rulebook import Rulebook, basic
from workorder.workflow import SAME, Action, Actor, Argument, Role, Row, Scope

ARGUMENTS = (
    Argument("number", "code", required=True),
    Argument("note"),
    Argument("minutes", "integer"),
    Argument("reached", "flag"),
    Argument("again_at", "instant"),
    Argument("tags", "codes"),
)


@cache
def banks() -> Rulebook:
    """Four roles, eleven actions; tickets of two types, one of them without sealed fields."""
    plain = basic()
    workflow = attrs.evolve(
        plain.workflow,
        name="bank",
        roles=(
            *plain.workflow.roles,
            Role("customer", Scope.OWN),
            Role("auditor", Scope.ALL, read_only=True),
        ),
        actions=(
            *plain.workflow.actions,
            Action("call_back", ARGUMENTS),
            Action("rate", (Argument("stars", "integer", required=True),)),
        ),
        rows=(
            *(row for row in plain.workflow.rows if row.action != "comment"),
            Row(
                "comment",
                ("accepted", "assigned", "in_progress", "resolved"),
                SAME,
                ("handler", "supervisor", "customer"),
            ),
            Row("call_back", ("assigned", "in_progress"), SAME, "handler", ("own_if_handler",)),
            Row("rate", ("resolved", "closed"), SAME, "customer"),
        ),
    )
    bare = Form("bare", (Field("amount", "integer", searchable=True), Field("tags", "codes")))
    return Rulebook(name="bank", version="1", workflow=workflow, forms=(*plain.forms, bare))


LI = Actor("li", "handler", "cards")
WU = Actor("wu", "handler", "cards")
ZHAO = Actor("zhao", "handler", "loans")
QIAN = Actor("qian", ("handler", "supervisor"), "cards")
CHEN = Actor("chen", "supervisor", "hq")
WANG = Actor("C-1", "customer")
SUN = Actor("sun", ("customer", "handler"), "loans")
AUDIT = Actor("audit", "auditor")
NOBODY = Actor("li", (), "cards")
STRANGER = Actor("li", "nurse", "cards")
MIXED = Actor("wu", ("handler", "nurse"))
PEOPLE = (LI, WU, ZHAO, QIAN, CHEN, WANG, SUN, AUDIT, NOBODY, STRANGER, MIXED)
