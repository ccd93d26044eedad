"""The digest of a rulebook: the same for the same rules, another for any other."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

import attrs
import pytest
from attrs import evolve, frozen

from workorder.assign.routing import Routing
from workorder.canonical import digest, encode
from workorder.conditions import where
from workorder.durations import CalendarDays, Elapsed, WorkingDays
from workorder.errors import ConfigurationError
from workorder.intake import Field
from workorder.rulebook import Extension, Rulebook, basic
from workorder.sla import BusinessCalendar, Calendar, DayKind, SourceDay, ready
from workorder.ticket import Command, HostEvent
from workorder.workflow import (
    NO_LIMIT,
    Action,
    Approval,
    Argument,
    HoldReason,
    Role,
    Row,
    Scope,
    Settings,
    State,
    Use,
    Workflow,
)

BASIC = basic()


def with_workflow(**changes: Any) -> Rulebook:
    """The basic rulebook with parts of its workflow replaced."""
    return evolve(BASIC, workflow=evolve(BASIC.workflow, **changes))


def replaced(items: tuple[Any, ...], position: int, **changes: Any) -> tuple[Any, ...]:
    """*items* with one of them changed."""
    return (*items[:position], evolve(items[position], **changes), *items[position + 1 :])


def with_one(part: str, position: int, **changes: Any) -> Rulebook:
    """The basic rulebook with one state, role, action or row changed."""
    return with_workflow(**{part: replaced(getattr(BASIC.workflow, part), position, **changes)})


@frozen
class Block(Command):
    """A host's command."""

    action: ClassVar[str] = "comment"


@frozen
class Blocked(HostEvent):
    """A host's event."""

    kind: ClassVar[str] = "bank.blocked"


NAMES = {"en": "Other", "zh-CN": "其他"}
FORM = BASIC.forms[0]


def reason(**changes: Any) -> tuple[HoldReason, ...]:
    """One hold reason, with one thing changed."""
    said: dict[str, Any] = {"name": "waiting", "pauses": "internal", "longest": NO_LIMIT}
    return (HoldReason(**{**said, **changes}),)


def approval(**changes: Any) -> tuple[Approval, ...]:
    """One approval, with one thing changed."""
    said: dict[str, Any] = {"step": "close", "ranks": (1,)}
    return (Approval(**{**said, **changes}),)


LARGE, SMALL = where("fields.amount").above(5), where("fields.amount").below(5)

LIMITS = (
    CalendarDays(7),
    WorkingDays(7),
    CalendarDays(7, at=time(17)),
    CalendarDays(7, at=time(16)),
    Elapsed(timedelta(hours=168)),
    Elapsed(timedelta(hours=168, microseconds=1)),
)


def ranked(step: str) -> Use:
    """The rule that asks for the rank of an approval."""
    return Use("approval_rank_sufficient", {"step": step})


TIME = (
    Row("submit", "in_progress", "resolved", "system", (ranked("submit"),)),
    Row("close", "resolved", "closed", "system", (ranked("close"),)),
)
"""Rows that the limits and the approvals below go by."""

SETTINGS: dict[str, tuple[Any, ...]] = {
    "required_fields": (("title",), ("title", "channel"), ("channel", "title")),
    **dict.fromkeys(
        ("types_without_review", "types_with_intake_approval", "types_requiring_decision_notice"),
        (("complaint",), ("enquiry",)),
    ),
    "time_limits": ({"complaint": CalendarDays(7)}, {"enquiry": CalendarDays(7)}),
    "retention": ({"complaint": CalendarDays(7)}, {"enquiry": CalendarDays(7)}),
    "auto_close_after": LIMITS,
    "reopen_window": LIMITS,
    "appeal_window": LIMITS,
    "urge_min_interval": LIMITS,
    "subtask_limit": LIMITS,
    "panel_limit": LIMITS,
    "longest_extension": LIMITS,
    "max_escalation_level": (0, 3),
    "max_declines": (0, 2),
    "hold_reasons": (
        reason(),
        reason(name="other"),
        reason(labels={"en": "Waiting"}),
        reason(customer_labels={"en": "Waiting"}),
        reason(pauses="nothing"),
        reason(longest=CalendarDays(7)),
        reason(resumes_on=("comment",)),
    ),
    "approvals": (
        approval(),
        approval(step="submit"),
        approval(ranks=(2,)),
        approval(when=LARGE),
        approval(when=SMALL),
        approval(when=LARGE & SMALL),
        approval(when=LARGE | SMALL),
        approval(when=~LARGE),
    ),
    "rating": ((0, 5), (1, 10)),
    "own": (
        {"window": 5},
        {"window": "5"},
        {"window": timedelta(hours=5)},
        {"window": datetime(2026, 1, 1, tzinfo=UTC)},
        {"window": "2026-01-01T00:00:00Z"},
        {"window": [5]},
    ),
}
"""For each setting, values that differ."""

CHANGED: dict[str, Rulebook] = {
    "name": evolve(BASIC, name="other"),
    "version": evolve(BASIC, version="2"),
    "clock_skew": evolve(BASIC, clock_skew=timedelta(minutes=4)),
    "forms: order": evolve(BASIC, forms=(*BASIC.forms[1:], FORM)),
    "forms: one less": evolve(BASIC, forms=BASIC.forms[1:]),
    "form: type": evolve(BASIC, forms=replaced(BASIC.forms, 0, type="praise")),
    "form: labels": evolve(BASIC, forms=replaced(BASIC.forms, 0, labels=NAMES)),
    **{
        f"field: {name}": evolve(
            BASIC,
            forms=replaced(BASIC.forms, 0, fields=replaced(FORM.fields, 0, **{name: value})),
        )
        for name, value in {
            "name": "heading",
            "kind": "code",
            "required": False,
            "sensitive": False,
            "limit": 201,
            "choices": ("a", "b"),
            "labels": NAMES,
            "readers": ("supervisor",),
        }.items()
    },
    "field: keep_last": evolve(
        BASIC,
        forms=tuple(
            evolve(form, fields=tuple(
                evolve(field, keep_last=4) if field.name == "title" else field
                for field in form.fields
            ))
            for form in BASIC.forms
        ),
    ),
    "field: searchable": evolve(
        BASIC,
        forms=replaced(BASIC.forms, 0, fields=replaced(FORM.fields, 2, searchable=False)),
    ),
    "workflow: name": with_workflow(name="other"),
    "workflow: text_limit": with_workflow(text_limit=5),
    "late_notice": evolve(BASIC, late_notice=timedelta(hours=23)),
    "labels": evolve(BASIC, labels=NAMES),
    "calendar": evolve(BASIC, calendar=ready("CN")),
    "calendar: hours": evolve(BASIC, calendar=ready("CN", "Mo-Fr 09:00-16:00")),
    "calendar: holidays": evolve(BASIC, calendar=ready("GB-SCT")),
    "calendar: combined": evolve(BASIC, calendar=ready("CN") & ready("GB-SCT")),
    "calendar: combined otherwise": evolve(BASIC, calendar=ready("CN") | ready("GB-SCT")),
    **{
        f"settings: {name} {position}": evolve(
            BASIC,
            calendar=ready("CN"),
            workflow=evolve(
                BASIC.workflow,
                rows=(*BASIC.workflow.rows, *TIME),
                settings=Settings(**{name: value}),
            ),
        )
        for name, values in SETTINGS.items()
        for position, value in enumerate(values)
    },
    "state: name": with_workflow(
        states=(*BASIC.workflow.states, State("held", "handling", "open")),
        rows=(*BASIC.workflow.rows, Row("comment", "held", "=", "handler"),
              Row("submit", "assigned", "held", "handler"),
              Row("start", "held", "in_progress", "handler")),
    ),
    "state: stage": with_one("states", 1, stage="handling"),
    "state: category": with_one("states", 3, category="closed"),
    "state: resolved": with_one("states", 2, resolved=True),
    "state: labels": with_one("states", 1, labels=NAMES),
    "state: customer_labels": with_one("states", 1, customer_labels=NAMES),
    "role: sees": with_one("roles", 0, sees=Scope.OWN),
    "role: reads": with_one("roles", 0, reads="shared"),
    "role: labels": with_one("roles", 0, labels=NAMES),
    "role: read_only": with_workflow(
        roles=(*BASIC.workflow.roles, Role("auditor", read_only=True))
    ),
    "role: one more": with_workflow(roles=(*BASIC.workflow.roles, Role("auditor"))),
    "action: arguments": with_one("actions", 4, arguments=(Argument("note"),)),
    "action: labels": with_one("actions", 4, labels=NAMES),
    "row: sources": with_one("rows", 5, sources="accepted"),
    "row: target": with_one("rows", 7, target="assigned"),
    "row: roles": with_one("rows", 4, roles=("handler", "supervisor")),
    "row: rules": with_one("rows", 8, rules=()),
    "row: parameters": with_one("rows", 8, rules=(Use("not_own_work", {"besides": ()}),)),
    "routing": evolve(BASIC, routing=None),
    "extensions": evolve(BASIC, extensions=(Extension(Block, (Blocked,), lambda _: ()),)),
}  # fmt: skip


def test_every_change_changes_the_digest() -> None:
    """No two of these rulebooks share a digest, and none has that of the basic one."""
    digests = {name: book.digest for name, book in CHANGED.items()}
    assert BASIC.digest not in digests.values()
    assert len(set(digests.values())) == len(digests)


def parts() -> Iterator[str]:
    """Every attribute of every value a rulebook is made of."""
    for title, kind in (
        ("form", type(FORM)),
        ("field", Field),
        ("state", State),
        ("role", Role),
        ("action", Action),
        ("row", Row),
        ("workflow", Workflow),
        ("settings", Settings),
    ):
        for each in attrs.fields(kind):
            if each.init and each.eq:
                yield f"{title}: {each.name}"


COVERED_ELSEWHERE = {
    "role: name",
    "action: name",
    "row: action",
    "form: fields",
    "workflow: states",
    "workflow: roles",
    "workflow: actions",
    "workflow: rows",
    "workflow: settings",
}
"""Changed together with what they hold, or through a name that other parts use."""


@pytest.mark.parametrize("part", sorted(set(parts()) - COVERED_ELSEWHERE))
def test_no_part_is_forgotten(part: str) -> None:
    """An attribute that is added to a rulebook's values and not shown to count fails here."""
    assert part in CHANGED or f"{part} 0" in CHANGED


def test_the_digest_is_of_the_data() -> None:
    """The digest is that of the canonical bytes of the data, which anybody can compute."""
    assert BASIC.digest == digest(encode(BASIC.as_data()))


def test_equal_rulebooks_have_equal_digests() -> None:
    """Made again from equal parts, a rulebook has the same digest; so has its copy."""
    again = Rulebook(
        name="basic",
        version="1",
        workflow=BASIC.workflow,
        forms=BASIC.forms,
        routing=BASIC.routing,
    )
    assert again.digest == BASIC.digest
    assert again == BASIC


def test_the_digest_is_the_same_in_every_process() -> None:
    """Another interpreter with another hash seed finds the same digest."""
    done = subprocess.run(
        [sys.executable, "-c", "from workorder import basic; print(basic().digest)"],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert done.stdout.strip() == BASIC.digest


def test_functions_are_not_in_the_data() -> None:
    """A rule stands in the data by name: the function behind it may move."""
    rules = dict(BASIC.workflow.rules)
    rules["is_assignee"] = evolve(rules["is_assignee"], test=lambda _: True)
    assert with_workflow(rules=rules).digest == BASIC.digest


def with_own(own: dict[str, Any]) -> Rulebook:
    """The basic rulebook with settings of a host."""
    return with_workflow(settings=Settings(own=own))


def test_settings_of_every_shape() -> None:
    """Sets, lists, durations and nested tables have one plain form, whatever their order."""
    one = with_own({"a": {"x": [1, (2,)]}, "b": {"p", "q"}, "c": frozenset("rs")})
    two = with_own({"c": ["r", "s"], "b": ("p", "q"), "a": {"x": ([1, [2]])}})
    other = with_own({"c": ["r", "s"], "b": ("q", "p"), "a": {"x": [1, [2]]}})
    assert one.as_data()["settings"]["own"]["a"] == {"x": [1, [2]]}
    assert one.digest == two.digest
    assert one.digest != other.digest


PARTS = {
    "workflow": with_one("rows", 5, sources="accepted"),
    "forms": evolve(BASIC, forms=BASIC.forms[1:]),
    "settings": with_workflow(settings=Settings(max_declines=2)),
    "calendar": evolve(BASIC, calendar=ready("CN")),
    "routing": evolve(BASIC, routing=Routing(waiting=("accepted",), busy=())),
}


@pytest.mark.parametrize("part", PARTS)
def test_the_digest_of_a_part_tells_which_part_changed(part: str) -> None:
    """A change shows in the digest of its part and in no other."""
    changed = PARTS[part].digests
    assert set(changed) == set(PARTS)
    assert {name for name in PARTS if changed[name] != BASIC.digests[name]} == {part}


def test_lengths_of_time_are_settings() -> None:
    """The two lengths beside the settings change the digest of the settings."""
    other = evolve(BASIC, late_notice=timedelta(hours=1))
    assert other.digests["settings"] != BASIC.digests["settings"]
    assert other.digests["workflow"] == BASIC.digests["workflow"]


def test_equal_calendars_have_equal_digests() -> None:
    """What a calendar is called by the rulebook does not matter, what it is made of does."""
    one = evolve(BASIC, calendar=ready("CN"), calendar_name="CN")
    two = evolve(BASIC, calendar=ready("cn"))
    assert one.digest == two.digest


@frozen
class Own:
    """A host's own source of holidays, which has no form in a file."""

    published_from: date | None = None
    published_through: date | None = None
    kinds: frozenset[DayKind] = frozenset()

    def days(self, year: int) -> dict[date, SourceDay]:
        """No holiday at all."""
        return {}


def test_a_calendar_without_a_written_form_needs_a_name() -> None:
    """A host's own holidays cannot be covered by the digest, so the rulebook must name them."""
    own = BusinessCalendar("Asia/Shanghai", "Mo-Fr 09:00-18:00", Own())
    with pytest.raises(ConfigurationError) as refused:
        evolve(BASIC, calendar=own)
    assert [each.key for each in refused.value.findings] == ["calendar"]
    one = evolve(BASIC, calendar=own, calendar_name="head office 2026")
    two = evolve(BASIC, calendar=own, calendar_name="head office 2027")
    assert one.as_data()["calendar"] == {
        "name": "head office 2026",
        "zone": "Asia/Shanghai",
        "hours": "Mo-Fr 09:00-18:00",
    }
    assert one.digest != two.digest


def test_another_kind_of_calendar_needs_a_name() -> None:
    """A calendar of a host's own class stands in the data by name and zone."""

    class Always(Calendar):
        """The host's own way to count."""

        timezone = ready("CN").timezone

    book = evolve(BASIC, calendar=Always(), calendar_name="always")
    assert book.as_data()["calendar"] == {"name": "always", "zone": "Asia/Shanghai"}
