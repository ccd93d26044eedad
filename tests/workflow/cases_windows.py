"""Situations for the rules about windows of time; each window is asked at its very end, too."""

from datetime import datetime

from tests.builders import NOON, minutes
from tests.workflow.rule_cases import AFTER, BEFORE, TIMER, Asked, Situations, having, typed
from workorder.workflow import HoldReason, Settings

QUIET = having(close_from=NOON)
CLOSED = having(reopen_until=NOON)
TOLD = having(appeal_until=NOON)
URGED = having(urged={"li": NOON, "wang": minutes(30)})
WAITING = having(hold_reason="waiting_for_customer")
NAIVE = datetime(2030, 1, 1)
NOTICE = Settings(types_requiring_decision_notice=("complaint",))
PAPERS = Settings(hold_reasons=(HoldReason("papers", resumes_on=("customer_reply",)),))

HOLDS: Situations = {
    "people need not wait": Asked(
        rule="quiet_period_over_if_system", case=QUIET, at=BEFORE, role="supervisor"
    ),
    "time, exactly at the end": Asked(
        rule="quiet_period_over_if_system", case=QUIET, actor=TIMER, role="system"
    ),
    "time, after the end": Asked(
        rule="quiet_period_over_if_system", case=QUIET, actor=TIMER, role="system", at=AFTER
    ),
    "time has another role": Asked(
        rule="quiet_period_over_if_system",
        case=QUIET,
        actor=TIMER,
        role="system",
        at=BEFORE,
        parameters={"roles": ("robot",)},
    ),
    "reopened before the end": Asked(rule="reopen_window_open", case=CLOSED, at=BEFORE),
    "reopened exactly at the end": Asked(rule="reopen_window_open", case=CLOSED),
    "only resolved": Asked(rule="reopen_window_open"),
    "archived after the end": Asked(rule="reopen_window_over", case=CLOSED, at=AFTER),
    "archived without a window": Asked(rule="reopen_window_over"),
    "appealed before the end": Asked(rule="appeal_window_open", case=TOLD, at=BEFORE),
    "appealed exactly at the end": Asked(rule="appeal_window_open", case=TOLD),
    "appealed without a window": Asked(rule="appeal_window_open"),
    "archived after the last appeal": Asked(rule="appeal_window_over", case=TOLD, at=AFTER),
    "archived without a window to appeal": Asked(rule="appeal_window_over"),
    "archived, appealed already": Asked(
        rule="appeal_window_over", case=having(appeal_until=NOON, appeal="T2"), at=BEFORE
    ),
    "no appeal": Asked(rule="not_appealed_yet"),
    "urged again, exactly at the end": Asked(rule="urge_interval_passed", case=URGED),
    "urged again, after the end": Asked(rule="urge_interval_passed", case=URGED, at=AFTER),
    "never urged": Asked(rule="urge_interval_passed"),
    "somebody else urged": Asked(
        rule="urge_interval_passed", case=having(urged={"wang": minutes(30)})
    ),
    "waits for the customer": Asked(rule="waiting_for_customer", case=WAITING),
    "waits for what is meant": Asked(
        rule="waiting_for_customer",
        case=having(hold_reason="customer_abroad"),
        parameters={"reasons": ("waiting_for_customer", "customer_abroad")},
    ),
    "waits for what the customer's reply ends": Asked(
        rule="waiting_for_customer", case=having(hold_reason="papers"), settings=PAPERS
    ),
    "told of the decision": Asked(
        rule="informed_if_required",
        case=typed("complaint", told={"accepted": BEFORE, "decision": NOON}),
        settings=NOTICE,
    ),
    "need not be told": Asked(rule="informed_if_required", case=typed("enquiry"), settings=NOTICE),
    "was a complaint, told of the decision": Asked(
        rule="informed_if_required",
        case=typed("enquiry", earlier_types=("complaint",), told={"decision": NOON}),
        settings=NOTICE,
    ),
    "not rated": Asked(rule="not_rated_since_last_closing", case=having(rated=False)),
    "nobody knows of a rating": Asked(rule="not_rated_since_last_closing"),
}

FAILS: Situations = {
    "time, before the end": Asked(
        rule="quiet_period_over_if_system",
        case=QUIET,
        actor=TIMER,
        role="system",
        at=BEFORE,
        facts={"until": NOON},
    ),
    "time, without an end": Asked(
        rule="quiet_period_over_if_system", actor=TIMER, role="system", facts={"until": None}
    ),
    "time of another name": Asked(
        rule="quiet_period_over_if_system",
        case=QUIET,
        role="robot",
        at=BEFORE,
        parameters={"roles": ("robot",)},
        facts={"until": NOON},
    ),
    "time, with an end without a zone": Asked(
        rule="quiet_period_over_if_system",
        case=having(close_from=NAIVE),
        role="system",
        facts={"name": "close_from"},
        code="naive_datetime",
    ),
    "reopened after the end": Asked(
        rule="reopen_window_open", case=CLOSED, at=AFTER, facts={"until": NOON}
    ),
    "reopened, with an end without a zone": Asked(
        rule="reopen_window_open",
        case=having(reopen_until=NAIVE),
        facts={"name": "reopen_until"},
        code="naive_datetime",
    ),
    "archived before the end": Asked(
        rule="reopen_window_over", case=CLOSED, at=BEFORE, facts={"until": NOON}
    ),
    "archived exactly at the end": Asked(
        rule="reopen_window_over", case=CLOSED, facts={"until": NOON}
    ),
    "archived, with an end without a zone": Asked(
        rule="reopen_window_over",
        case=having(reopen_until=NAIVE),
        facts={"name": "reopen_until"},
        code="naive_datetime",
    ),
    "appealed after the end": Asked(
        rule="appeal_window_open", case=TOLD, at=AFTER, facts={"until": NOON}
    ),
    "appealed, with an end without a zone": Asked(
        rule="appeal_window_open",
        case=having(appeal_until=NAIVE),
        facts={"name": "appeal_until"},
        code="naive_datetime",
    ),
    "archived while an appeal is possible": Asked(
        rule="appeal_window_over", case=TOLD, at=BEFORE, facts={"until": NOON}
    ),
    "archived exactly at the last instant to appeal": Asked(
        rule="appeal_window_over", case=TOLD, facts={"until": NOON}
    ),
    "archived, with an end to appeals without a zone": Asked(
        rule="appeal_window_over",
        case=having(appeal_until=NAIVE),
        facts={"name": "appeal_until"},
        code="naive_datetime",
    ),
    "appealed already": Asked(
        rule="not_appealed_yet", case=having(appeal="T2"), facts={"appeal": "T2"}
    ),
    "urged again, before the end": Asked(
        rule="urge_interval_passed",
        case=URGED,
        at=BEFORE,
        facts={"person": "li", "until": NOON},
    ),
    "urged, with an end without a zone": Asked(
        rule="urge_interval_passed",
        case=having(urged={"li": NAIVE}),
        facts={"name": "urged"},
        code="naive_datetime",
    ),
    "waits for somebody else": Asked(
        rule="waiting_for_customer",
        case=having(hold_reason="external_appraisal"),
        facts={"reason": "external_appraisal"},
    ),
    "waits for what another action ends": Asked(
        rule="waiting_for_customer",
        case=having(hold_reason="papers"),
        settings=PAPERS,
        parameters={"action": "resume"},
        facts={"reason": PAPERS.hold_reasons[0].label},
    ),
    "does not wait": Asked(rule="waiting_for_customer", facts={"reason": None}),
    "waits for what is not meant": Asked(
        rule="waiting_for_customer",
        case=WAITING,
        parameters={"reasons": ("customer_abroad",)},
        facts={"reason": "waiting_for_customer"},
    ),
    "told of something else": Asked(
        rule="informed_if_required",
        case=typed("complaint", told={"accepted": BEFORE}),
        settings=NOTICE,
    ),
    "told of nothing": Asked(rule="informed_if_required", case=typed("complaint"), settings=NOTICE),
    "was a complaint, told of nothing": Asked(
        rule="informed_if_required",
        case=typed("enquiry", earlier_types=("request", "complaint")),
        settings=NOTICE,
    ),
    "rated already": Asked(rule="not_rated_since_last_closing", case=having(rated=True)),
}
