"""What service levels name and their rulebook does not have: found, with line and nearest name."""

from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from tests.rulebook.level_samples import BOOK, TABLES, levels
from workorder.conditions import where
from workorder.durations import WorkingDays
from workorder.errors import ConfigurationError, Finding
from workorder.rulebook import (
    Extension,
    Rulebook,
    bank,
    rulebook_from_toml,
    rulebook_warnings,
)
from workorder.rulebook.level_findings import _CONDITIONS
from workorder.sla import ready
from workorder.sla.clocks import Mark, ServiceLevels, Target
from workorder.sla.clocks.metric import AT, CONDITIONS
from workorder.ticket import Command, HostEvent

REASONS = """
[settings.hold_reasons.waiting_for_customer]
labels = { en = "Waiting for the customer", zh-CN = "待客户补件" }
customer_labels = { en = "Please call", zh-CN = "请来电" }
pauses = "internal"
longest = "no limit"
"""


def findings(text: str, **known: Any) -> list[Finding]:
    """Everything that is wrong with the text of a rulebook file."""
    with pytest.raises(ConfigurationError) as refused:
        rulebook_from_toml(text, "bank.toml", **known)
    return list(refused.value.findings)


def cancelled(condition: str) -> str:
    """The rulebook file whose metric is cancelled when *condition* holds."""
    text = BOOK + REASONS + TABLES
    old = 'cancel = { field = "category", eq = "final" }'
    assert old in text
    return text.replace(old, f"cancel = {condition}")


NAMED: dict[str, tuple[str, str]] = {
    '{ field = "action", eq = "opn" }': ("action opn", "open"),
    '{ field = "action", in = ["open", "finsh"] }': ("action finsh", "finish"),
    '{ field = "event", eq = "ticket.open" }': ("event ticket.open", "ticket.opened"),
    '{ field = "by", eq = "customr" }': ("by customr", "customer"),
    '{ field = "role", ne = "clrk" }': ("role clrk", "clerk"),
    '{ field = "state", eq = "waitng" }': ("state waitng", "waiting"),
    '{ field = "stage", eq = "handlng" }': ("stage handlng", "handling"),
    '{ field = "category", eq = "opne" }': ("category opne", "open"),
    '{ field = "type", eq = "complant" }': ("type complant", "complaint"),
    '{ field = "hold_reason", eq = "waiting_for_custmer" }': (
        "hold_reason waiting_for_custmer, a pause reason nobody declares",
        "waiting_for_customer",
    ),
    '{ field = "pauses", in = ["intern"] }': ("pauses intern", "internal"),
    '{ field = "event.subject", eq = "decison" }': ("event.subject decison", "decision"),
    '{ field = "event.outcom", eq = "reached" }': ("event.outcom", "event.outcome"),
    '{ field = "fields.amout", ge = 5 }': (
        "fields.amout, a field that no form has",
        "fields.amount",
    ),
    '{ field = "fields.amount", eq = "5" }': (
        "fields.amount eq “5”",
        "a whole number to compare fields.amount with",
    ),
    '{ field = "counts.reopns", ge = 1 }': ("counts.reopns", "counts.reopens"),
    '{ field = "times.close", missing = true }': ("times.close", "times.closed"),
    '{ field = "told.decison", missing = true }': ("told.decison", "told.decision"),
    '{ field = "hold_told", eq = "yes" }': (
        "hold_told eq “yes”",
        "true or false to compare hold_told with",
    ),
    '{ field = "resolvd", eq = true }': ("resolvd", "resolved"),
    '{ field = "before_hold", eq = "nwe" }': ("before_hold nwe", "new"),
    '{ not = { any = [{ field = "state", eq = "nww" }] } }': ("state nww", "new"),
}


@pytest.mark.parametrize("condition", NAMED)
def test_what_nothing_answers(condition: str) -> None:
    """Every name and every value is looked up; the nearest is told, with file and line."""
    text = cancelled(condition)
    (found,) = findings(text)
    line = text.splitlines().index(f"cancel = {condition}") + 1
    assert found.key == "sla.metrics.answer.cancel"
    assert found.file == f"bank.toml:{line}"
    said, expected = NAMED[condition]
    assert found.found == said
    assert expected in (found.expected, *found.expected.split(" or "))


@pytest.mark.parametrize(
    "condition",
    [
        '{ field = "action", eq = "put_aside" }',
        '{ field = "event", in = ["ticket.opened", "ticket.due_revised"] }',
        '{ field = "role", eq = "clerk" }',
        '{ field = "event.outcome", eq = "reached" }',
        '{ field = "event.channel", missing = true }',
        '{ field = "hold_reason", eq = "waiting_for_customer" }',
        '{ field = "hold_told", eq = true }',
        '{ field = "told.progress", missing = true }',
        '{ field = "resolved", eq = false }',
        '{ field = "counts.declines", gt = 1 }',
        '{ field = "assignee", missing = true }',
        '{ field = "department", eq = "cards" }',
        '{ field = "channel", in = ["phone"] }',
        '{ field = "customer", ne = "C-1" }',
    ],
)
def test_what_is_there(condition: str) -> None:
    """Everything that a ticket answers may be asked for."""
    rulebook_from_toml(cancelled(condition))


def test_without_any_hold_reason() -> None:
    """Where no reason is declared, that is what is told."""
    text = cancelled('{ field = "hold_reason", eq = "waiting" }').replace(REASONS, "")
    (found,) = findings(text)
    assert found.found == "hold_reason waiting, a pause reason nobody declares"
    assert found.expected == "a hold reason, of which there is none yet"


PLACES: dict[str, tuple[str, str]] = {
    "sla.metrics.answer.start": ('start = { field = "action", eq = "open" }', "start = X"),
    "sla.metrics.answer.stop": ('  { field = "event.subject", eq = "decision" },', "  X,"),
    "sla.metrics.handover.resume": ('resume = { field = "by", eq = "customer" }', "resume = X"),
    "sla.metrics.answer.reset": (
        'reset = { field = "event", eq = "ticket.transferred" }',
        "reset = X",
    ),
    "sla.metrics.answer.cancel": ('cancel = { field = "category", eq = "final" }', "cancel = X"),
    "sla.metrics.answer.reopen": (
        'reopen = { field = "event", eq = "ticket.reopened" }',
        "reopen = X",
    ),
    "sla.policies.complaint.when": (
        'when = { field = "type", eq = "complaint" }\ntargets',
        "when = X\ntargets",
    ),
    "sla.policies.complaint.targets[0].when": (
        'when = { field = "fields.amount", ge = 100 }',
        "when = X",
    ),
    "sla.ladders.usual.marks[2].when": (
        'when = { field = "type", eq = "complaint" } },',
        "when = X },",
    ),
    "sla.packs.cn_nfra_2020.when": (
        'when = { field = "type", eq = "complaint" }\nclocks',
        "when = X\nclocks",
    ),
}


@pytest.mark.parametrize("key", PLACES)
def test_every_condition_is_looked_at(key: str) -> None:
    """Of metrics, policies, targets, marks and packs: each by its key, on its line."""
    old, new = PLACES[key]
    text = BOOK + TABLES
    assert text.count(old) == 1
    wrong = '{ field = "state", eq = "nowhere" }'
    if key.endswith(("resume", "reset", "reopen")):  # which must name what happens
        wrong = f'{{ all = [{{ field = "action", eq = "finish" }}, {wrong}] }}'
    text = text.replace(old, new.replace("X", wrong))
    (found,) = findings(text)
    assert (found.key.removesuffix(".all[1]"), found.found) == (key, "state nowhere")
    line = int(found.file.removeprefix("bank.toml:"))
    told = text.splitlines()[line - 1]
    assert "nowhere" in told or told.startswith("stop = ")


def test_the_conditions_of_metrics_are_all_known() -> None:
    """What is looked at here is what metrics have."""
    assert _CONDITIONS == CONDITIONS
    assert AT == "at"


@pytest.mark.parametrize(
    ("anchor", "near"),
    [
        ("fields.recieved_at", "fields.received_at"),
        ("fields.amount", "fields.received_at"),
        ("times.open", "times.opened"),
        ("told.decison", "told.decision"),
        ("opened", "times.opened"),
    ],
)
def test_a_metric_counts_from_an_instant(anchor: str, near: str) -> None:
    """An anchor that is no instant would be the moment itself, and nobody would know."""
    text = (BOOK + TABLES).replace('"fields.received_at"', f'"{anchor}"')
    (found,) = findings(text)
    assert (found.key, found.found) == ("sla.metrics.answer.anchor", anchor)
    assert near in found.expected or "one of" in found.expected
    line = text.splitlines().index(f'anchor = "{anchor}"') + 1
    assert found.file == f"bank.toml:{line}"


@pytest.mark.parametrize(
    "within", ["at recieved_at", "at amount", "the earliest of [at recieved_at; 5 working days]"]
)
def test_an_instant_that_comes_with_the_ticket(within: str) -> None:
    """A target may be due when a field says; one that no form has would never be due."""
    text = BOOK + TABLES.replace('"24 elapsed hours"', f'"{within}"')
    (found,) = findings(text)
    assert found.key == "sla.policies.everything.targets[0].within"
    assert found.found in {"at recieved_at", "at amount"}
    assert "received_at" in found.expected
    right = text.replace("recieved_at", "received_at").replace("at amount", "at received_at")
    assert rulebook_from_toml(right).sla is not None


def test_marks_tell_roles_that_are_there() -> None:
    """A role that is misspelt would tell nobody."""
    text = (BOOK + TABLES).replace('"role.clerk"', '"role.clrk"')
    (found,) = findings(text)
    assert (found.key, found.found, found.expected) == (
        "sla.ladders.usual.marks[1].tell",
        "role.clrk",
        "role.clerk",
    )
    line = int(found.file.removeprefix("bank.toml:"))
    assert "role.clrk" in text.splitlines()[line - 1]


def test_the_calendar_of_a_department_is_there() -> None:
    """A department whose calendar nobody names would be counted by the usual one."""
    (found,) = findings((BOOK + TABLES).replace('desk" = "london"', 'desk" = "londn"'))
    assert (found.key, found.found, found.expected) == (
        "sla.departments.London desk",
        "londn",
        "london",
    )


def test_limits_beside_leading_metrics() -> None:
    """Two that both say when a ticket is due: one of them must go."""
    text = BOOK + '\n[settings.time_limits]\ncomplaint = "15 working days"\n'
    rulebook_from_toml(text)
    (found,) = findings(text + TABLES)
    assert found.key == "settings.time_limits"
    assert found.expected == "one of the two"
    assert found.file == f"bank.toml:{text.splitlines().index('[settings.time_limits]') + 1}"
    led = TABLES.replace('leading = ["answer", "cn.nfra.decision"]\n', "")
    assert rulebook_from_toml(text + led).sla is not None


def test_promises_of_nothing() -> None:
    """A table that measures nothing promises nothing."""
    (found,) = findings(BOOK + "\n[sla]\n")
    assert (found.key, found.found) == ("sla", "no metric and no pack")


def test_labels_that_are_missing() -> None:
    """Metrics, ladders and policies have names that people read: a warning, as elsewhere."""
    text = BOOK + TABLES.replace(', zh-CN = "答复"', "").replace(
        'labels = { en = "Usual", zh-CN = "一般" }\n', ""
    ).replace('labels = { en = "Everything", zh-CN = "全部" }\n', "")
    found = rulebook_warnings(rulebook_from_toml(text))
    told = [each.key for each in found if "packs" not in each.key]
    assert told == [
        "sla.ladders.usual.labels.en",
        "sla.ladders.usual.labels.zh-CN",
        "sla.metrics.answer.labels.zh-CN",
        "sla.policies.everything.labels.en",
        "sla.policies.everything.labels.zh-CN",
    ]


@frozen
class Call(Command):
    """A host's command."""

    action: ClassVar[str] = "put_aside"


@frozen
class Called(HostEvent):
    """A host's event."""

    kind: ClassVar[str] = "bank.called"
    number: str = ""


def test_events_of_a_host() -> None:
    """What a host declares may be asked for, by its name and by what it says."""
    text = cancelled(
        '{ any = [{ field = "event", eq = "bank.called" }, { field = "event.number", eq = "1" }] }'
    )
    known = (Extension(Call, (Called,), lambda _: ()),)
    assert rulebook_from_toml(text, extensions=known).sla is not None
    assert [each.found for each in findings(text)] == ["event bank.called", "event.number"]


# --- made in Python -----------------------------------------------------------------------------


def made(sla: ServiceLevels, **parts: Any) -> Rulebook:
    """The rulebook with other service levels."""
    return evolve(rulebook_from_toml(BOOK), sla=sla, **parts)


def wrong(sla: ServiceLevels, **parts: Any) -> list[tuple[str, str]]:
    """Key and found of everything that is wrong with it."""
    with pytest.raises(ConfigurationError) as refused:
        made(sla, **parts)
    return [(each.key, each.found) for each in refused.value.findings]


def test_the_same_is_found_in_python() -> None:
    """A rulebook made of values is judged as one that was read."""
    answer, other = levels().metrics
    changed = evolve(answer, pause=where("hold_reason").equals("nothing"))
    assert wrong(evolve(levels(), metrics=(changed, other))) == [
        ("sla.metrics.answer.pause", "hold_reason nothing, a pause reason nobody declares")
    ]


def test_the_usual_calendar_is_that_of_the_rulebook() -> None:
    """There is one usual calendar: promises made by another are counted by the rulebook's, and
    what they promise must lie within its horizon.
    """
    other = evolve(levels(), calendar=ready("GB-ENG"))
    assert made(other) == made(levels())
    assert made(other).digest == made(levels()).digest
    assert wrong(levels(), calendar=None) == [("sla", "targets without a calendar")]
    long = Target("handover", WorkingDays(400))
    policies = (levels().policies[0], evolve(levels().policies[1], targets=(long,)))
    near = evolve(ready("CN"), horizon_years=1)
    assert wrong(evolve(levels(), policies=policies), calendar=near) == [
        ("sla.policies.everything.targets[0].within", "400 working days")
    ]


def test_marks_before_anything_begins() -> None:
    """A warning of a reminder that cannot come: the time is shorter than it lies before its end."""
    reminder = Mark("20 working hours before", ("assignee",))
    short = bank()
    assert short.sla is not None
    ladders = tuple(
        evolve(each, marks=(*each.marks, reminder)) if each.name == "sign_off" else each
        for each in short.sla.ladders
    )
    found = rulebook_warnings(evolve(short, sla=evolve(short.sla, ladders=ladders)))
    (warning,) = found
    assert warning.key == "sla.ladders.sign_off.marks[2].at"
    assert warning.found.startswith("20 working hours before, which no clock")
