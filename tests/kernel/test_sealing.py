"""Sensitive text never stands in an event; what stands there can be proved."""

from itertools import count

from attrs import evolve

from tests.builders import BOSS, LI, OPEN, TELLER, TICKET, WANG, after, context, extended
from tests.checks import wrong_with_sealing
from workorder.kernel import Decided, Draft, decide
from workorder.rulebook import Rulebook, basic
from workorder.ticket import (
    Action,
    Close,
    Command,
    Comment,
    Dispatch,
    Event,
    Open,
    Reopen,
    ReturnForRework,
    Sealed,
    SealedValue,
    Start,
    Submit,
    Ticket,
    Transfer,
    opens,
)
from workorder.workflow import Action as Deed
from workorder.workflow import Actor, Argument, Row

SECRET = "机密-7f3a"

BANK = extended(
    actions=(Deed("call_back", (Argument("note"), Argument("card", "code", sensitive=True))),),
    rows=(Row("call_back", "in_progress", "=", "handler"),),
)

LIFE: list[tuple[Command, Actor]] = [
    (
        Open("complaint", "C-1", fields={"title": f"{SECRET} title", "description": SECRET}),
        TELLER,
    ),
    (Dispatch(to="li", reason=f"{SECRET} dispatch"), TELLER),
    (Transfer(to="wang", reason=f"{SECRET} transfer"), LI),
    (Transfer(to="li", reason=f"{SECRET} back"), WANG),
    (Start(), LI),
    (Action("call_back", {"note": f"{SECRET} called", "card": f"6222-{SECRET}"}), LI),
    (Comment(f"{SECRET} note"), LI),
    (Submit(resolution=f"{SECRET} resolution"), LI),
    (ReturnForRework(reason=f"{SECRET} rework"), BOSS),
    (Submit(resolution=f"{SECRET} again"), LI),
    (Close(), BOSS),
    (Reopen(reason=f"{SECRET} reopening"), BOSS),
]


def lived(
    rulebook: Rulebook = BANK, entropy: bytes = b"entropy"
) -> tuple[Ticket, list[Event], list[SealedValue]]:
    """A whole life with a secret in every text: the ticket, its events, what was kept apart."""
    ticket: Ticket | None = None
    events: list[Event] = []
    kept: list[SealedValue] = []
    for number, (command, actor) in zip(count(1), LIFE, strict=False):
        around = context(
            actor, rulebook=rulebook, command_id=f"c-{number}", entropy=entropy + bytes([number])
        )
        answer = decide(ticket, command, around)
        assert isinstance(answer, Decided), answer.text()
        ticket = after(ticket, answer.events)
        events += answer.events
        kept += answer.sealed
    assert ticket is not None
    return ticket, events, kept


def references(value: object) -> list[Sealed]:
    """Every reference inside an event."""
    if isinstance(value, Sealed):
        return [value]
    if isinstance(value, dict):
        return [each for item in value.values() for each in references(item)]
    slots = getattr(type(value), "__attrs_attrs__", ())
    return [each for slot in slots for each in references(getattr(value, slot.name))]


def test_no_sensitive_text_stands_in_any_event() -> None:
    """Through a whole life, neither events nor the ticket show a word of what people wrote."""
    ticket, events, _ = lived()
    assert wrong_with_sealing(events, [SECRET]) == []
    assert SECRET not in repr(ticket)
    assert SECRET in repr(LIFE)


def test_nothing_is_lost() -> None:
    """Every sensitive text is kept apart, each under a reference of its own."""
    _, events, kept = lived()
    texts = sorted(value.value for value in kept)
    given = [value for command, _ in LIFE for value in command.arguments().values()]
    given += list(LIFE[0][0].fields.values())  # type: ignore[attr-defined]  # it is an Open
    assert texts == sorted(str(value) for value in given if SECRET in str(value))
    refs = [sealed.ref for event in events for sealed in references(event)]
    assert sorted(refs) == sorted(value.ref for value in kept)
    assert len(set(refs)) == len(refs)
    assert {value.ticket_id for value in kept} == {TICKET}


def test_commitments_open_with_the_right_value_only() -> None:
    """Each reference opens with the value kept under it and with none of the others."""
    _, events, kept = lived()
    for sealed in (each for event in events for each in references(event)):
        opened = [value for value in kept if opens(sealed, value)]
        assert [value.ref for value in opened] == [sealed.ref]
        assert not opens(sealed, evolve(opened[0], value=opened[0].value + " "))


def test_entropy_makes_the_difference() -> None:
    """The same life under other random bytes has other commitments; under the same, the same."""
    commitments = [
        {each.commitment for event in lived(entropy=entropy)[1] for each in references(event)}
        for entropy in (b"entropy", b"entropy", b"another")
    ]
    assert commitments[0] == commitments[1]
    assert commitments[0].isdisjoint(commitments[2])


def test_salts_are_never_shared() -> None:
    """Two texts sealed by one command have salts of their own."""
    _, _, kept = lived()
    assert len({value.salt for value in kept}) == len(kept)
    assert all(len(value.salt) == 16 for value in kept)


def test_what_is_not_sensitive_stands_in_the_event() -> None:
    """Codes stand in the open: they are what queries and measures read."""
    fields = {"title": "Card", "product": "credit-card"}
    around = context(TELLER, rulebook=basic())
    answer = decide(None, Open("complaint", "C-1", fields=fields), around)
    assert isinstance(answer, Decided)
    assert "credit-card" in repr(answer.events)
    assert wrong_with_sealing(answer.events, ["credit-card"]) == ["Opened shows credit-card"]


def test_one_command_may_seal_one_name_twice() -> None:
    """A host's decider that seals the same name again gets references of their own."""
    opening = decide(None, OPEN, context(TELLER))
    assert isinstance(opening, Decided)
    (event,) = opening.events
    draft = Draft(None, OPEN, event.step, event.trace, context(TELLER))
    sealed = [draft.seal("note", text) for text in ("a", "b", "a")]
    sealed.append(draft.seal("other", "a"))
    assert [each.ref for each in sealed] == ["1.note", "1.note~2", "1.note~3", "1.other"]
    assert len({each.commitment for each in sealed}) == 4
    assert all(opens(one, kept) for one, kept in zip(sealed, draft.sealed, strict=True))
