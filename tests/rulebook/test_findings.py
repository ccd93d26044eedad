"""What is wrong with a rulebook is found when it is made, all at once."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from attrs import evolve, frozen

from tests.builders import workflow
from workorder.durations import CalendarDays, DueAt, Earliest, Elapsed
from workorder.errors import ConfigurationError
from workorder.intake import Field, Form
from workorder.rulebook import Extension, Rulebook, bank, basic
from workorder.rulebook.content import PLAIN
from workorder.sla import ready
from workorder.ticket import Command, HostEvent
from workorder.workflow import NO_LIMIT, Action, HoldReason, Role, Row, Settings, State

SOUND = (Form("complaint", (Field("title", required=True),)),)


@frozen
class Fly(Command):
    """A command whose action the workflow does not have."""

    action: ClassVar[str] = "fly"


@frozen
class Note(Command):
    """A command whose action is a row of the small workflow."""

    action: ClassVar[str] = "note"


@frozen
class Noted(HostEvent):
    """An event with a name of its own."""

    kind: ClassVar[str] = "bank.noted"


@frozen
class Nameless(HostEvent):
    """An event without a namespace."""

    kind: ClassVar[str] = "noted"


@frozen
class Usurper(HostEvent):
    """An event under a name that ships."""

    kind: ClassVar[str] = "ticket.closed"


def extension(command: type[Command], *events: type[HostEvent]) -> Extension:
    """An extension that decides nothing."""
    return Extension(command, events, lambda _: ())


def found(**parts: Any) -> list[tuple[str, str, str]]:
    """Everything found in a rulebook of *parts*: key, found, expected."""
    given: dict[str, Any] = {"workflow": workflow(), "forms": SOUND, **parts}
    with pytest.raises(ConfigurationError) as refused:
        Rulebook(name="bank", version="1", **given)
    return [(each.key, each.found, each.expected) for each in refused.value.findings]


FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "no form": ({"forms": ()}, [("forms", "none", "at least one ticket type")]),
    "a type twice": (
        {"forms": (*SOUND, *SOUND)},
        [("forms.complaint", "the type twice", "one form per type")],
    ),
    "a field twice": (
        {"forms": (Form("request", (Field("title"), Field("title", "code"))),)},
        [("forms.request.fields.title", "the field twice", "once")],
    ),
    "a sealed field that is searched": (
        {"forms": (Form("request", (Field("title", searchable=True),)),)},
        [("forms.request.fields.title.searchable", "true for a sealed field", "false")],
    ),
    "a searched field of two kinds": (
        {
            "forms": (
                Form("request", (Field("size", "integer", searchable=True),)),
                Form("praise", (Field("size", "code", searchable=True),)),
                Form("enquiry", (Field("size", "flag"),)),
            )
        },
        [("forms.praise.fields.size.kind", "code", "integer, as in another form")],
    ),
    "a field of an unknown kind": (
        {"forms": (Form("request", (Field("title", "txt"),)),)},  # type: ignore[arg-type]
        [("forms.request.fields.title.kind", "txt", "text")],
    ),
    "a field without room": (
        {"forms": (Form("request", (Field("title", limit=0),)),)},
        [("forms.request.fields.title.limit", "0", "one or more")],
    ),
    "a flag that is sealed": (
        {"forms": (Form("request", (Field("vip", "flag", sensitive=True),)),)},
        [("forms.request.fields.vip.sensitive", "true for the kind flag", "text or code")],
    ),
    "texts without room": (
        {"workflow": evolve(workflow(), text_limit=0)},
        [("text_limit", "0", "one or more")],
    ),
    "a length below nothing": (
        {"clock_skew": timedelta(seconds=-1)},
        [("clock_skew", "-1 day, 23:59:59", "a length of zero or more")],
    ),
    "a command without a row": (
        {"extensions": (extension(Fly, Noted),)},
        [("extensions.Fly.action", "fly", "an action of the workflow")],
    ),
    "an event without a namespace": (
        {"extensions": (extension(Note, Nameless),)},
        [("extensions.Nameless.kind", "noted", "a namespaced name such as bank.called")],
    ),
    "an event under a name that ships": (
        {"extensions": (extension(Note, Usurper),)},
        [("extensions.Usurper.kind", "ticket.closed", "a namespaced name such as bank.called")],
    ),
}


@pytest.mark.parametrize(("parts", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(parts: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """This one fault is found, with the key where it stands and what was expected instead."""
    assert found(**parts) == expected


def test_several_faults_are_found_at_once() -> None:
    """Faults of forms and of extensions are listed together."""
    keys = [
        key
        for key, _, _ in found(
            forms=(Form("a", (Field("x", searchable=True), Field("x"))), Form("b"), Form("b")),
            extensions=(extension(Fly, Nameless, Usurper),),
        )
    ]
    assert keys == [
        "forms.b",
        "forms.a.fields.x",
        "forms.a.fields.x.searchable",
        "extensions.Fly.action",
        "extensions.Nameless.kind",
        "extensions.Usurper.kind",
    ]


def test_two_hosts_events_under_one_name_are_a_fault() -> None:
    """A stored record could mean either: one name, one event class; one class, one decider."""

    @frozen
    class NotedAgain(HostEvent):
        """Another event under a name that is taken."""

        kind: ClassVar[str] = "bank.noted"

    assert found(extensions=(extension(Note, Noted, NotedAgain),))
    assert found(extensions=(extension(Note, Noted), extension(Note, Noted)))


def test_a_sound_rulebook_is_made() -> None:
    """Parts without faults make a rulebook that knows its forms, events and deciders by name."""
    mine = extension(Note, Noted)
    book = Rulebook(name="bank", version="1", workflow=workflow(), forms=SOUND, extensions=(mine,))
    assert book.form_by_type == {"complaint": SOUND[0]}
    assert book.event_types == {"bank.noted": Noted}
    assert book.deciders == {Note: mine.decide}
    assert basic().event_types == {}


CALENDAR = ready("CN")


def with_settings(**said: Any) -> dict[str, Any]:
    """The parts of a rulebook with these settings; with a role for time, and forms, if given."""
    made = workflow()
    system, forms = said.pop("system", False), said.pop("forms", SOUND)
    parts: dict[str, Any] = {}
    if system:
        parts = {
            "roles": (*made.roles, Role("system")),
            "states": (*made.states, State("settled", "conclusion", "open", resolved=True)),
            "actions": (*made.actions, Action("settle"), Action("close")),
            "rows": (
                *made.rows,
                Row("settle", "new", "settled", "clerk"),
                Row("close", "settled", "done", "system"),
            ),
        }
    return {"workflow": evolve(made, settings=Settings(**said), **parts), "forms": forms}


PRAISE = Form("praise", (Field("praised", "code"),))
TWO = (*SOUND, PRAISE)
NOBODY = "a role named system, in which time acts"
TIMELESS = "elapsed time such as “24 elapsed hours”, or a calendar of the rulebook"
WEEK = CalendarDays(7)
HOURS = Elapsed(timedelta(hours=24))
HELD = HoldReason("waiting", pauses="nothing", longest=HOURS)

SETTINGS: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "a required field that no form has": (
        with_settings(required_fields=("titel", "customer", "channel", "title")),
        [("settings.required_fields", "titel", "title")],
    ),
    "a required field that some form lacks": (
        with_settings(required_fields=("title",), forms=TWO),
        [
            (
                "settings.required_fields",
                "title, which is no field of praise",
                "a field of every form",
            )
        ],
    ),
    **{
        f"an unknown type: {name}": (
            with_settings(**{name: ("complant", "complaint")}),
            [(f"settings.{name}", "complant", "complaint")],
        )
        for name in (
            "types_without_review",
            "types_with_intake_approval",
            "types_requiring_decision_notice",
        )
    },
    "a time limit of an unknown type": (
        with_settings(time_limits={"complaint": HOURS, "complant": HOURS}),
        [("settings.time_limits.complant", "a type that no form has", "complaint")],
    ),
    "a retention of an unknown type": (
        with_settings(retention={"complaint": HOURS, "complant": HOURS}),
        [("settings.retention.complant", "a type that no form has", "complaint")],
    ),
    "a retention that cannot be counted": (
        with_settings(retention={"complaint": WEEK}),
        [("settings.retention.complaint", "7 calendar days", TIMELESS)],
    ),
    "a time limit that cannot be counted": (
        with_settings(time_limits={"complaint": WEEK}),
        [("settings.time_limits.complaint", "7 calendar days", TIMELESS)],
    ),
    **{
        f"days without a calendar: {name}": (
            with_settings(**{name: WEEK, "system": True}),
            [(f"settings.{name}", "7 calendar days", TIMELESS)],
        )
        for name in (
            "auto_close_after",
            "reopen_window",
            "appeal_window",
            "urge_min_interval",
            "subtask_limit",
            "panel_limit",
        )
    },
    "a hold in days without a calendar": (
        with_settings(hold_reasons=(evolve(HELD, longest=WEEK),), system=True),
        [("settings.hold_reasons.waiting.longest", "7 calendar days", TIMELESS)],
    ),
    **{
        f"nobody to act: {name}": (
            with_settings(**{name: HOURS}),
            [(f"settings.{name}", "24 elapsed hours, but nobody to act on it", NOBODY)],
        )
        for name in ("auto_close_after", "reopen_window", "subtask_limit", "panel_limit")
    },
    "nobody to end a hold": (
        with_settings(hold_reasons=(HELD,)),
        [
            (
                "settings.hold_reasons.waiting.longest",
                "24 elapsed hours, but nobody to act on it",
                NOBODY,
            )
        ],
    ),
    "an instant that nobody gives": (
        with_settings(appeal_window=Earliest(WEEK, DueAt("limit"))) | {"calendar": CALENDAR},
        [
            (
                "settings.appeal_window",
                str(Earliest(WEEK, DueAt("limit"))),
                "a duration; nobody gives an instant here",
            )
        ],
    ),
    "less than nothing": (
        with_settings(max_declines=-1, max_escalation_level=-2),
        [
            ("settings.max_escalation_level", "-2", "zero or more"),
            ("settings.max_declines", "-1", "zero or more"),
        ],
    ),
    "a setting of a host without a plain form": (
        with_settings(own={"ratio": 1.5, "since": datetime(2026, 1, 1), "window": 5}),
        [
            ("settings.own.ratio", "1.5, a decimal number", PLAIN),
            (
                "settings.own.since",
                "an instant without an offset from UTC",
                "one with its offset",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("parts", "expected"), SETTINGS.values(), ids=SETTINGS)
def test_a_fault_of_the_settings_is_found(
    parts: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    """Settings that nothing can go by are found, each with its key in the file."""
    assert found(**parts) == expected


def test_settings_that_can_be_gone_by_are_sound() -> None:
    """With a calendar and a role for time, days may stand everywhere; so may no limit at all."""
    limits: dict[str, Any] = dict.fromkeys(("auto_close_after", "subtask_limit"), WEEK)
    reasons = (evolve(HELD, longest=WEEK), HoldReason("b", pauses="nothing", longest=NO_LIMIT))
    parts = with_settings(system=True, hold_reasons=reasons, **limits)
    book = Rulebook(name="bank", version="1", calendar=CALENDAR, **parts)
    assert book.workflow.settings.subtask_limit == WEEK
    elapsed = with_settings(appeal_window=HOURS, urge_min_interval=HOURS, hold_reasons=reasons[1:])
    assert Rulebook(name="bank", version="1", **elapsed).calendar is None


@pytest.mark.parametrize("key", ["name", "version"])
def test_a_rulebook_is_called_something(key: str) -> None:
    """Blanks are no name and no version, for a rulebook made in Python either."""
    with pytest.raises(ConfigurationError) as raised:
        evolve(bank(), **{key: "  "})  # type: ignore[arg-type]  # a key of text
    assert [finding.key for finding in raised.value.findings] == [key]
