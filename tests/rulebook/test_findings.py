"""What is wrong with a rulebook is found when it is made, all at once."""

from typing import Any, ClassVar

import pytest
from attrs import frozen

from tests.builders import workflow
from workorder.errors import ConfigurationError
from workorder.intake import Field, Form
from workorder.rulebook import Extension, Rulebook, basic
from workorder.ticket import Command, HostEvent

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
