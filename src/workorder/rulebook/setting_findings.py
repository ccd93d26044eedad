"""What is wrong with settings beside the forms and the calendar that they go by.

What can be seen of them in the workflow alone (hold reasons, approvals, ratings) is found there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from workorder.canonical import encode
from workorder.conditions import DEPTH_LIMIT
from workorder.durations import DueAt, Duration, Earliest, Elapsed, Latest, Working
from workorder.errors import Finding, InvalidInput, one_of
from workorder.intake import Form
from workorder.plain import plain
from workorder.rulebook.content import PLAIN
from workorder.workflow import NO_LIMIT, Settings
from workorder.workflow.checking.wording import nearest, plainly, said
from workorder.workflow.definition import Definition

ALWAYS_THERE = ("customer", "channel")
"""What a ticket may be asked for whatever its form."""

TYPES = ("types_without_review", "types_with_intake_approval", "types_requiring_decision_notice")
BY_TYPE = ("time_limits", "retention")
DURATIONS = (
    "auto_close_after",
    "reopen_window",
    "appeal_window",
    "longest_extension",
    "urge_min_interval",
    "subtask_limit",
    "panel_limit",
)
_MAY_BE_NONE = ("auto_close_after", "reopen_window", "appeal_window", "urge_min_interval")
"""Those that mean something with no time in them: at once, or not at all."""

_FIGURES = ("max_escalation_level", "max_declines")


def setting_findings(
    definition: Definition, forms: tuple[Form, ...], *, counted: bool
) -> Iterator[Finding]:
    """Everything wrong with the settings; *counted* when there is a calendar to count by."""
    settings = definition.settings
    yield from _required(settings, forms)
    yield from _types(settings, forms)
    yield from _figures(settings)
    yield from _own(settings)
    for key, duration in _durations(settings):
        if isinstance(duration, Duration):
            yield from _countable(key, duration, counted=counted)
            yield from _empty(key, duration)
        else:
            yield Finding(key, said(duration), "a duration; workorder.durations.parse reads texts")


def _required(settings: Settings, forms: tuple[Form, ...]) -> Iterator[Finding]:
    fields = dict.fromkeys(field.name for form in forms for field in form.fields)
    for name in settings.required_fields:
        if name in ALWAYS_THERE:
            continue
        lack = [form.type for form in forms if form.field(name) is None]
        if lack and name in fields:
            found = f"{name}, which is no field of {', '.join(lack)}"
            yield Finding("settings.required_fields", found, "a field of every form")
        elif lack:
            expected = one_of([*fields, *ALWAYS_THERE], name)
            yield Finding("settings.required_fields", name, expected)


def _types(settings: Settings, forms: tuple[Form, ...]) -> Iterator[Finding]:
    types = [form.type for form in forms]
    for setting in TYPES:
        for name in getattr(settings, setting):
            if name not in types:
                yield Finding(f"settings.{setting}", name, nearest(types, name, "a type"))
    for setting in BY_TYPE:
        for name in getattr(settings, setting):
            if name not in types:
                found, expected = "a type that no form has", nearest(types, name, "a type")
                yield Finding(f"settings.{setting}.{name}", found, expected)


def _figures(settings: Settings) -> Iterator[Finding]:
    for name in _FIGURES:
        figure = getattr(settings, name)
        if figure is not None and type(figure) is not int:
            yield Finding(f"settings.{name}", said(figure), "a whole number")
        elif figure is not None and figure < 0:
            yield Finding(f"settings.{name}", str(figure), "zero or more")


def _own(settings: Settings) -> Iterator[Finding]:
    """A host's own settings are covered by the digest, so they must have one plain form."""
    for name, value in settings.own.items():
        key = f"settings.own.{name}"
        wrong = next(_unplain(value, key), None)
        if wrong is not None:
            yield wrong
            continue
        try:
            encode(plain(value))
        except InvalidInput as error:
            found = error.facts.get("found", error.code)
            yield Finding(key, plainly(str(found)), PLAIN)


def _unplain(value: object, key: str) -> Iterator[Finding]:
    """What the digest could not tell from something else, or nobody could read; goes no deeper
    than it must.
    """
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            yield Finding(key, "tables nested too deeply", f"at most {DEPTH_LIMIT} levels")
            return
        if isinstance(part, datetime):
            if part.utcoffset() is None:
                yield Finding(key, "an instant without an offset from UTC", "one with its offset")
        elif isinstance(part, date):
            yield Finding(key, f"the date {part}", f"“{part}” as a text")
        elif isinstance(part, time):
            yield Finding(key, f"the time of day {part}", f"“{part}” as a text")
        elif isinstance(part, float):
            yield Finding(key, f"{part}, a decimal number", PLAIN)
        elif isinstance(part, Mapping):
            waiting += [(each, depth + 1) for each in part.values()]
        elif isinstance(part, list | tuple):
            waiting += [(each, depth + 1) for each in part]


def _durations(settings: Settings) -> Iterator[tuple[str, Duration]]:
    """Every duration of the settings with its key."""
    for name in DURATIONS:
        duration = getattr(settings, name)
        if duration is not None:
            yield f"settings.{name}", duration
    for setting in BY_TYPE:
        for name, limit in getattr(settings, setting).items():
            yield f"settings.{setting}.{name}", limit
    for reason in settings.hold_reasons:
        if reason.longest is not None and reason.longest != NO_LIMIT:
            yield f"settings.hold_reasons.{reason.name}.longest", reason.longest


def _countable(key: str, duration: Duration, *, counted: bool) -> Iterator[Finding]:
    if _given(duration):
        yield Finding(key, str(duration), "a duration; nobody gives an instant here")
    elif not counted and not isinstance(duration, Elapsed):
        expected = "elapsed time such as “24 elapsed hours”, or a calendar of the rulebook"
        yield Finding(key, str(duration), expected)


def _empty(key: str, duration: Duration) -> Iterator[Finding]:
    """A limit that is over when it begins; of days, none is until the end of the first."""
    if key.removeprefix("settings.") in _MAY_BE_NONE:
        return
    if isinstance(duration, Elapsed | Working) and duration.amount == timedelta(0):
        yield Finding(key, str(duration), "some time; leave it out for no limit")


def _given(duration: Any) -> bool:
    """Whether an instant that is given with the case has a part in it."""
    if isinstance(duration, Earliest | Latest):
        return any(_given(each) for each in duration.of)
    return isinstance(duration, DueAt)
