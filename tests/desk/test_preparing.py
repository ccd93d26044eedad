"""Bad input at the desk: a clear error with a stable code, and nothing changed."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.desk.people import AT, CHEN, FIELDS, LI, Ticking, open_one
from tests.desk.rulebooks import banks
from tests.storage.stores import dump, opened_store
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused, InvalidInput, UnsupportedQuery, WorkorderError
from workorder.storage import FullStore, TicketQuery
from workorder.ticket import Action, Comment, Dispatch, Start, Ticket
from workorder.values import TEXT_LIMIT
from workorder.workflow import Actor


@pytest.fixture(params=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServiceDesk]:
    """A desk on each of the stores."""
    with opened_store(request.param, tmp_path) as store:
        yield ServiceDesk(store, rulebook=banks(), time=Ticking())


@pytest.fixture
def ticket(desk: ServiceDesk) -> Ticket:
    """A ticket that is being worked on."""
    ticket = open_one(desk)
    desk.perform(ticket.id, Dispatch("li", "cards"), actor=CHEN)
    return desk.perform(ticket.id, Start(), actor=LI)


def refused(desk: ServiceDesk, ask: Callable[[], object]) -> WorkorderError:
    """The error that *ask* raises, with sentences in both languages, and nothing changed."""
    store: FullStore = desk.store  # type: ignore[assignment]  # both have everything
    was = dump(store)
    with pytest.raises(WorkorderError) as raised:
        ask()
    assert dump(store) == was
    assert raised.value.text()
    assert raised.value.text("zh-CN")
    return raised.value


def problems(error: WorkorderError) -> dict[str, str]:
    """What is wrong with which argument."""
    assert isinstance(error, CommandRefused), error
    return {unmet.name: unmet.code for unmet in error.refusal.unmet}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"type": "complaiment"}, "unknown_type"),
        ({"type": ""}, "unknown_type"),
        ({"type": 5}, "unknown_type"),
        ({"type": None}, "unknown_type"),
        ({"type": ["complaint"]}, "unknown_type"),
        ({"type": {"a": 1}}, "unknown_type"),
        ({"customer": 5}, "invalid_arguments"),
        ({"customer": "C\n1"}, "invalid_arguments"),
        ({"customer": "x" * 201}, "invalid_arguments"),
        ({"channel": "\ud800"}, "invalid_arguments"),
        ({"department": ["cards"]}, "invalid_arguments"),
        ({"subjects": [5]}, "invalid_arguments"),
        ({"subjects": "sun"}, "invalid_arguments"),
        ({"subjects": 5}, "invalid_arguments"),
        ({"fields": {"colour": "red"}}, "invalid_arguments"),
        ({"fields": {"title": "x", "priority": "1"}}, "invalid_arguments"),
        ({"fields": ["title"]}, "invalid_arguments"),
        ({"fields": "title"}, "invalid_arguments"),
        ({"fields": {}}, "invalid_arguments"),
    ],
)
def test_bad_openings(desk: ServiceDesk, given: dict[str, Any], code: str) -> None:
    """Unknown types and values of the wrong kind, as they come from JSON: refused by name."""
    asked = {"type": "complaint", "fields": FIELDS, **given}
    error = refused(desk, lambda: desk.open(actor=LI, **asked))
    assert error.code == code or isinstance(error, InvalidInput)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "x" * 201, "too_long"),
        ("description", "x" * (TEXT_LIMIT + 1), "too_long"),
        ("title", "a\x00b", "control_character"),
        ("title", "a\u2028b", "control_character"),
        ("title", "\ufefftitle", "control_character"),
        ("title", "a\ud800", "not_encodable"),
        ("title", "   ", "required"),
        ("title", None, "required"),
        ("title", 5, "wrong_type"),
        ("title", ["a"], "wrong_type"),
        ("title", {"a": 1}, "wrong_type"),
        ("title", b"bytes", "wrong_type"),
        ("category", "a\nb", "control_character"),
        ("category", "x" * 201, "too_long"),
        ("priority", 1.5, "wrong_type"),
        ("priority", float("nan"), "wrong_type"),
        ("priority", True, "wrong_type"),
        ("priority", 2**63, "wrong_type"),
        ("priority", datetime(2026, 3, 2), "wrong_type"),
        ("colour", "red", "unknown_field"),
    ],
)
def test_bad_fields(desk: ServiceDesk, field: str, value: object, code: str) -> None:
    """Each thing that is wrong with a field is named with its code, beside the others."""
    asked = {**FIELDS, field: value, "product": "x" * 300}
    error = refused(desk, lambda: desk.open("complaint", fields=asked, actor=LI))
    assert problems(error) == {field: code, "product": "too_long"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"number": "required"}),
        ({"number": "1", "minutes": 1.5}, {"minutes": "wrong_type"}),
        ({"number": "1", "again_at": datetime(2026, 3, 2)}, {"again_at": "naive_datetime"}),
        ({"number": "1", "again_at": "2026-03-02"}, {"again_at": "wrong_type"}),
        ({"number": "1", "tags": ["a", 5]}, {"tags": "wrong_type"}),
        ({"number": "1", "tags": "a"}, {"tags": "wrong_type"}),
        ({"number": "1", "reached": 1}, {"reached": "wrong_type"}),
        ({"number": "1", "colour": "red"}, {"colour": "unknown_argument"}),
        ({"number": "1", "note": "\x1b[31m"}, {"note": "control_character"}),
        ({"number": 139, "note": 5}, {"number": "wrong_type", "note": "wrong_type"}),
    ],
)
def test_bad_arguments(
    desk: ServiceDesk, ticket: Ticket, given: dict[str, Any], expected: dict[str, str]
) -> None:
    """So is each thing that is wrong with an argument of an action."""
    error = refused(desk, lambda: desk.perform(ticket.id, Action("call_back", given), actor=LI))
    assert error.code == "invalid_arguments"
    assert problems(error) == expected


def test_unknown_actions_and_roles(desk: ServiceDesk, ticket: Ticket) -> None:
    """A misspelt action gets the nearest names, an unknown role the known ones."""
    error = refused(desk, lambda: desk.perform(ticket.id, Action("call_bakc"), actor=LI))
    assert error.code == "unknown_action"
    assert "call_back" in str(error)
    nurse = Actor("li", ("handler", "nurse"), "cards")
    error = refused(desk, lambda: desk.perform(ticket.id, Comment("x"), actor=nurse))
    assert error.code == "unknown_role"
    assert "nurse" in str(error)


@pytest.mark.parametrize("identity", ["", "  ", "a\nb", "x" * 201, "\ud800", 5])
def test_bad_command_ids(desk: ServiceDesk, ticket: Ticket, identity: Any) -> None:
    """A blank, over-long or unprintable command id is refused by name."""
    for ask in (
        lambda: desk.perform(ticket.id, Comment("x"), actor=LI, command_id=identity),
        lambda: desk.open("complaint", fields=FIELDS, actor=LI, command_id=identity),
    ):
        error = refused(desk, ask)
        assert isinstance(error, InvalidInput)
        assert error.facts["name"] == "command_id"


@pytest.mark.parametrize(
    "ticket_id", ["", " ", "nowhere", "\x00", "\ud800", "工单", None, 5, ["T1"]]
)
def test_bad_ticket_ids(desk: ServiceDesk, ticket_id: Any) -> None:
    """An id that is none finds nothing, or is refused plainly."""
    for ask in (
        lambda: desk.get(ticket_id, actor=CHEN),
        lambda: desk.perform(ticket_id, Comment("x"), actor=CHEN),
    ):
        error = refused(desk, ask)
        assert error.code == "not_found" or isinstance(error, InvalidInput)


@pytest.mark.parametrize(
    ("person", "department"),
    [
        ("", None),
        (" ", None),
        ("a\x00b", None),
        ("a\nb", None),
        ("\ud800", None),
        ("x" * 201, None),
        (5, None),
        (None, None),
        ("li", 5),
        ("li", "a\x00b"),
        ("li", "\ud800"),
    ],
)
def test_bad_people(desk: ServiceDesk, person: Any, department: Any) -> None:
    """Who acts is named like everything else: by printable text of a sensible length."""
    error = refused(
        desk,
        lambda: desk.open(
            "complaint", fields=FIELDS, actor=Actor(person, "supervisor", department)
        ),
    )
    assert isinstance(error, InvalidInput)


def test_a_clock_without_a_zone(desk: ServiceDesk, ticket: Ticket) -> None:
    """A clock that gives naive instants is refused before anything is asked of the store."""
    naive = ServiceDesk(desk.store, rulebook=banks(), time=lambda: datetime(2026, 3, 2, 9, 0))
    for ask in (
        lambda: naive.perform(ticket.id, Comment("x"), actor=LI),
        lambda: naive.options(ticket.id, actor=LI),
    ):
        error = refused(desk, ask)
        assert (error.code, error.facts["name"]) == ("naive_datetime", "time")


def test_a_clock_that_goes_back(desk: ServiceDesk, ticket: Ticket) -> None:
    """A little earlier than the last step counts as the same instant; much earlier is refused."""
    clock = Ticking(ticket.times.last)
    slow = ServiceDesk(desk.store, rulebook=banks(), time=clock)
    clock.now = datetime(2026, 3, 2, 8, 56, tzinfo=UTC)
    done = slow.perform(ticket.id, Comment("x"), actor=LI)
    assert done.times.last == ticket.times.last
    clock.now = datetime(2026, 3, 2, 8, 50, tzinfo=UTC)
    assert (
        refused(desk, lambda: slow.perform(ticket.id, Comment("x"), actor=LI)).code == "clock_skew"
    )
    assert ticket.times.opened > AT


def test_decomposed_text_is_stored_composed(desk: ServiceDesk) -> None:
    """Text typed with separate accents, and line ends of any system, come in as one form; a
    repeat in the other form is a repeat.
    """
    two = "Cafe\u0301\r\nline"
    given = {"customer": "C-e\u0301", "department": "de\u0301p", "command_id": "k"}
    ticket = desk.open(
        "bare", subjects=["Zoe\u0308"], fields={"tags": ["e\u0301"]}, actor=CHEN, **given
    )
    assert ticket.customer == "C-é"
    assert ticket.department == "dép"
    assert ticket.parties.subjects == ("Zoë",)
    assert ticket.fields == {"tags": ("é",)}
    desk.perform(ticket.id, Comment(two), actor=CHEN, command_id="c")
    again = desk.execute(ticket.id, Comment("Café\nline"), actor=CHEN, command_id="c")
    assert again.repeated
    assert desk.history(ticket.id, actor=CHEN)[1].texts == {"text": "Café\nline"}
    for name in ("C-é", "C-e\u0301"):
        found = desk.find(TicketQuery(where("customer").equals(name), limit=1), actor=CHEN)
        assert found.tickets[0].id == ticket.id


def forged(mark: str, **changed: object) -> str:
    """A mark with something else in it."""
    data = {**json.loads(base64.urlsafe_b64decode(mark)), **changed}
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()


def test_marks_that_are_none(desk: ServiceDesk) -> None:
    """Whatever is given for a page mark: it belongs to the query, or it is refused plainly."""
    for number in range(3):
        open_one(desk, f"{number}")
    query = TicketQuery(limit=1)
    mark = desk.find(query, actor=CHEN).next
    assert mark is not None
    after = [
        [[1], "x"],
        [{"a": 1}, "x"],
        ["x", 5],
        ["x", None],
        ["\ud800", "x"],
        [5, "x"],
        ["x"],
        5,
    ]
    bad = [forged(mark, after=each) for each in after]
    bad += [
        "",
        "?",
        "é",
        "\ud800",
        "AAAA",
        mark[:-5],
        base64.urlsafe_b64encode(b"[" * 50_000).decode(),
    ]
    for each in bad:
        error = refused(desk, partial(desk.find, query, actor=CHEN, after=each))
        assert isinstance(error, UnsupportedQuery)
        assert error.code == "bad_cursor"
