"""Settings: who must agree, why a ticket may wait, and what stays as it was made."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from tests.builders import accepted
from workorder.conditions import NEVER, where
from workorder.durations import CalendarDays
from workorder.rulebook import bank
from workorder.workflow import Approval, HoldReason, PlainCase, Settings
from workorder.workflow.settings import ANYBODY, NO_LIMIT, NO_SETTINGS, PAUSES

LARGE = where("fields.amount").at_least(100_000)
STEPS = Settings(
    approvals=(
        Approval("approve", (10, 20, 30), LARGE & where("type").equals("dispute")),
        Approval("approve", (10, 20), LARGE),
        Approval("release", (50,), NEVER),
        Approval("approve", (10,), where("department").equals("cards")),
    )
)


@pytest.mark.parametrize(
    ("case", "ranks"),
    [
        (PlainCase("s", "dispute", values={"fields.amount": 100_000}), (10, 20, 30)),
        (PlainCase("s", "complaint", values={"fields.amount": 100_000}), (10, 20)),
        (PlainCase("s", "dispute", values={"fields.amount": 99_999}), ANYBODY),
        (PlainCase("s", department="cards", values={"fields.amount": 99_999}), (10,)),
        (PlainCase("s", department="cards", values={"fields.amount": 200_000}), (10, 20)),
        (PlainCase("s", department="cards"), (10,)),
        (PlainCase("s", department="cards", values={"fields.amount": "a lot"}), (10,)),
        (PlainCase("s"), ANYBODY),
    ],
)
def test_the_first_approval_that_applies_says_who(case: PlainCase, ranks: tuple[int, ...]) -> None:
    """Conditions are tried in order on attributes and values alike; the first true one decides."""
    assert STEPS.ranks("approve", case) == ranks


def test_order_decides_between_approvals() -> None:
    """The same approvals in another order give another answer where several apply."""
    case = PlainCase("s", "dispute", values={"fields.amount": 100_000})
    reversed_steps = Settings(approvals=STEPS.approvals[::-1])
    assert reversed_steps.ranks("approve", case) == (10, 20)


@pytest.mark.parametrize("step", ["release", "approve_extension", ""])
def test_a_step_without_an_approval_that_applies_asks_no_rank(step: str) -> None:
    """A condition that never holds, and a step nobody speaks about, leave it to anybody."""
    case = PlainCase("s", "dispute", values={"fields.amount": 100_000})
    assert STEPS.ranks(step, case) == ANYBODY == (0,)


def test_approvals_look_at_tickets_as_at_plain_cases() -> None:
    """The same condition is asked of a ticket, whose counts and type it finds."""
    settings = Settings(
        approvals=(
            Approval("approve_extension", (30,), where("counts.extensions").at_least(1)),
            Approval("approve_extension", (10,), where("type").equals("complaint")),
        )
    )
    ticket = accepted()
    again = evolve(ticket, counts=evolve(ticket.counts, extensions=1))
    assert settings.ranks("approve_extension", ticket) == (10,)
    assert settings.ranks("approve_extension", again) == (30,)


def test_approvals_are_compared_by_what_they_say() -> None:
    """Two that say the same are equal, whatever was compiled of them, and show it as text."""
    one, same = Approval("approve", (10,), LARGE), Approval("approve", (10,), LARGE)
    assert one.applies is not same.applies
    assert one == same
    assert hash(one) == hash(same)
    assert repr(one) == repr(same)
    assert "applies" not in repr(one)
    assert one != Approval("approve", (10,))
    assert one != Approval("approve", (20,), LARGE)
    assert one != Approval("release", (10,), LARGE)
    assert Settings(approvals=(one,)) == Settings(approvals=(same,))


def test_a_changed_approval_applies_as_it_now_says() -> None:
    """A copy with another condition is judged by the new one."""
    case = PlainCase("s", "complaint")
    changed = evolve(Approval("approve", (10,), LARGE), when=where("type").equals("complaint"))
    assert changed.applies(case)
    assert not evolve(changed, when=NEVER).applies(case)


def test_hold_reasons_are_found_by_name() -> None:
    """A reason is found by exactly its name; anything else finds none."""
    third = HoldReason("third_party", pauses="nothing", longest=NO_LIMIT)
    customer = HoldReason("customer", {"en": "Customer"}, "internal", CalendarDays(30))
    settings = Settings(hold_reasons=(third, customer))
    assert settings.hold_reason("customer") is customer
    assert settings.hold_reason("third_party") is third
    for other in ("Customer", "", None, 5, ["customer"], object()):
        assert settings.hold_reason(other) is None
    assert NO_SETTINGS.hold_reason("customer") is None


def test_a_hold_reason_has_a_label() -> None:
    """It is shown by its label, or by its name where the language has none."""
    label = HoldReason("customer", {"zh-CN": "待客户"}).label
    assert (label.name, label.text("zh-CN"), label.text("en")) == ("customer", "待客户", "customer")


def test_a_hold_reason_decides_nothing_by_default() -> None:
    """What a bank must decide is empty until it is said, so that a check can find it."""
    reason = HoldReason("customer")
    assert (reason.pauses, reason.longest, reason.resumes_on) == (None, None, ())
    assert PAUSES == ("internal", "where_allowed", "nothing")


def test_own_settings_are_copied() -> None:
    """Nobody changes settings through what they were made of, nor does one setting another."""
    own: dict[str, object] = {"limit": 5}
    settings = Settings(own=own)
    own["limit"] = 6
    own["more"] = True
    assert settings.own == {"limit": 5}
    assert Settings().own is not Settings().own


def test_settings_stay_as_they_were_made() -> None:
    """A setting cannot be assigned afterwards; a change is a new value."""
    with pytest.raises(FrozenInstanceError):
        NO_SETTINGS.max_declines = 2  # type: ignore[misc]  # on purpose
    assert evolve(NO_SETTINGS, max_declines=2).max_declines == 2
    assert NO_SETTINGS.max_declines is None


def test_nothing_is_limited_by_default() -> None:
    """Settings that say nothing are equal, set no limit and ask no rank."""
    assert Settings() == NO_SETTINGS
    case = PlainCase("s", values={"times.opened": datetime(2026, 9, 30, tzinfo=UTC)})
    assert NO_SETTINGS.ranks("approve", case) == ANYBODY
    limits = (
        NO_SETTINGS.auto_close_after,
        NO_SETTINGS.reopen_window,
        NO_SETTINGS.appeal_window,
        NO_SETTINGS.urge_min_interval,
        NO_SETTINGS.subtask_limit,
        NO_SETTINGS.panel_limit,
        NO_SETTINGS.max_escalation_level,
        NO_SETTINGS.max_declines,
    )
    assert set(limits) == {None}
    assert NO_SETTINGS.rating == (1, 5)


def test_what_the_customer_sees() -> None:
    """On hold it is what the reason says, else what the state says, in the customer's words."""
    workflow = bank().workflow
    waiting = PlainCase("pending", values={"hold_reason": "waiting_for_third_party"})
    assert workflow.customer_label(waiting).text("zh-CN") == "处理中"
    assert workflow.customer_label(PlainCase("pending")).text("zh-CN") == "待补充材料"
    assert workflow.customer_label(PlainCase("under_review")).text() == "In progress"
    assert workflow.customer_label(PlainCase("elsewhere")).text() == "elsewhere"
