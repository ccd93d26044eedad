"""Metrics that ship: those that service desks know, said in the facts of a ticket.

Each is a value like any other: take it as it is, change a part with :func:`attrs.evolve`, or copy
its conditions into a file (``workorder.rulebook.service_levels_to_toml``). Holds are those of the
bank's rulebook: ``waiting_for_customer`` is the customer's time.
"""

from workorder.conditions import Condition, where
from workorder.sla.clocks.metric import Metric
from workorder.texts import CHINESE, ENGLISH

OPENED = where("action").equals("open")
ANSWERED: Condition = (
    where("by").equals("agent") & where("action").one_of(["reply", "inform_customer"])
) | (where("action").equals("log_contact") & where("event.outcome").equals("reached"))
"""Somebody of the bank wrote, told, or spoke to the customer."""

ASKED = where("by").equals("customer") & where("action").one_of(
    ["customer_message", "customer_reply"]
)
"""The customer said something."""

CLOSED = where("category").equals("closed")
CONCLUDED = where("resolved").equals(value=True) | CLOSED
OFF = where("category").equals("final")
"""Cancelled, merged, not accepted, or put away."""

REOPENED = where("action").equals("reopen")
UNMERGED = where("action").equals("unmerge")
ON_CUSTOMER = where("hold_reason").equals("waiting_for_customer")
ON_HOLD = ~where("hold_reason").is_missing()

FIRST_RESPONSE = Metric(
    name="first_response",
    start=OPENED,
    stop=ANSWERED | CLOSED,
    cancel=OFF,
    reopen=UNMERGED,
    on_reopen="keep",
    labels={ENGLISH: "First response", CHINESE: "首次响应"},
)
"""From opening until somebody of the bank first answers; closed without an answer, until then."""

NEXT_RESPONSE = Metric(
    name="next_response",
    start=ASKED,
    stop=ANSWERED,
    cancel=OFF | CONCLUDED,
    reopen=UNMERGED,
    on_reopen="keep",
    repeat=True,
    labels={ENGLISH: "Next response", CHINESE: "后续响应"},
)
"""From the oldest message of the customer that nobody has answered until somebody does."""

PERIODIC_UPDATE = Metric(
    name="periodic_update",
    start=OPENED | ANSWERED | REOPENED,
    stop=ANSWERED,
    cancel=OFF | CONCLUDED,
    reopen=UNMERGED,
    on_reopen="keep",
    repeat=True,
    labels={ENGLISH: "Periodic update", CHINESE: "定期进展通报"},
)
"""From one word to the customer until the next, as long as the ticket is open."""

PAUSABLE_UPDATE = Metric(
    name="pausable_update",
    start=OPENED | ANSWERED | REOPENED,
    stop=ANSWERED,
    pause=ON_CUSTOMER,
    cancel=OFF | CONCLUDED,
    reopen=UNMERGED,
    on_reopen="keep",
    repeat=True,
    labels={ENGLISH: "Pausable update", CHINESE: "可暂停的进展通报"},
)
"""The same, but not while the ticket waits for the customer."""

REQUESTER_WAIT = Metric(
    name="requester_wait",
    start=OPENED,
    stop=CONCLUDED,
    pause=ON_CUSTOMER,
    cancel=OFF,
    reopen=UNMERGED | REOPENED,
    labels={ENGLISH: "Requester wait", CHINESE: "客户等待时间"},
)
"""How long the customer waits in all: not counted is what the ticket waits for them."""

AGENT_WORK = Metric(
    name="agent_work",
    start=OPENED,
    stop=CONCLUDED,
    pause=ON_HOLD,
    cancel=OFF,
    reopen=UNMERGED | REOPENED,
    labels={ENGLISH: "Agent work", CHINESE: "处理时间"},
)
"""How long the bank works on it in all: no hold of any reason counts."""

RESOLUTION = Metric(
    name="resolution",
    start=OPENED,
    stop=CONCLUDED,
    pause=where("pauses").one_of(["internal", "where_allowed"]),
    cancel=OFF,
    reopen=UNMERGED | REOPENED,
    extendable=True,
    labels={ENGLISH: "Resolution", CHINESE: "办结"},
)
"""From opening until work is concluded; re-opened, it goes on with what was used."""

STANDARD = (
    FIRST_RESPONSE,
    NEXT_RESPONSE,
    PERIODIC_UPDATE,
    PAUSABLE_UPDATE,
    REQUESTER_WAIT,
    AGENT_WORK,
    RESOLUTION,
)
"""All of them; stages and departments have theirs made: :func:`stage_time`,
:func:`department_time`.
"""


def stage_time(stage: str) -> Metric:
    """How long a ticket stays in *stage* (``intake``, ``dispatch``, ``handling``, ``conclusion``):
    each stay is a cycle of its own.

    >>> stage_time("handling").name
    'stage.handling'
    """
    return Metric(
        name=f"stage.{stage}",
        start=where("stage").equals(stage) & ~CONCLUDED & ~OFF,
        stop=where("stage").differs(stage) | CONCLUDED,
        pause=ON_CUSTOMER,
        cancel=OFF,
        reopen=UNMERGED,
        on_reopen="keep",
        repeat=True,
        labels={ENGLISH: f"Stage: {stage}", CHINESE: f"阶段：{stage}"},
    )


def department_time(department: str | None = None) -> Metric:
    """How long a department has a ticket, each time it is given one; every department, if none is
    named. Give its targets the calendar ``@department`` to count by each department's own.

    >>> department_time("cards").name
    'department.cards'
    """
    given = where("action").one_of(["dispatch", "transfer"])
    here: Condition = where("category").equals("open") & ~CONCLUDED
    if department is not None:
        here = here & where("department").equals(department)
    elsewhere: Condition = where("department").is_missing() | CONCLUDED
    if department is not None:
        elsewhere = elsewhere | where("department").differs(department)
    name = "department" if department is None else f"department.{department}"
    return Metric(
        name=name,
        start=given & here,
        stop=elsewhere,
        reset=given,
        pause=ON_CUSTOMER,
        cancel=OFF,
        reopen=UNMERGED,
        on_reopen="keep",
        repeat=True,
        labels={
            ENGLISH: "Department" if department is None else f"Department: {department}",
            CHINESE: "部门" if department is None else f"部门：{department}",
        },
    )
