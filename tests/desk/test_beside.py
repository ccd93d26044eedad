"""What a command does to another ticket, where that one is out of sight or not understood."""

from pathlib import Path
from typing import ClassVar

import attrs
import pytest

from workorder.conditions import Compare
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused
from workorder.intake import Field
from workorder.rulebook import Extension, Rulebook, bank
from workorder.storage import Change, MemoryStore, Snapshot, SQLiteStore, TicketQuery
from workorder.storage.batch import Batch
from workorder.storage.protocols import FullStore
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    Command,
    Dispatch,
    HostEvent,
    MergeInto,
    Start,
    Submit,
    Ticket,
    Unmerge,
)
from workorder.ticket.work import Subtask, Work
from workorder.workflow import Action, Actor, Row, Scope

LI = Actor("li", "intake", "hotline")
CHEN = Actor("chen", "supervisor", "operations")
WANG = Actor("C-1", "customer")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FullStore:
    """Either store that ships."""
    return MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "tickets.db")


def opened(desk: ServiceDesk, department: str | None = None) -> Ticket:
    """A ticket of the customer."""
    return desk.open(
        "complaint",
        customer="C-1",
        channel="phone",
        department=department,
        fields={"title": "Card", "category": "atm"},
        actor=LI,
    )


@attrs.frozen
class Freeze(Command):
    """A command of a newer rulebook."""

    action: ClassVar[str] = "freeze"


@attrs.frozen
class Frozen(HostEvent):
    """Its event."""

    kind: ClassVar[str] = "bank.frozen"


def newer() -> Rulebook:
    """The bank's rulebook with one command more."""
    plain = bank()
    workflow = attrs.evolve(
        plain.workflow,
        actions=(*plain.workflow.actions, Action("freeze")),
        rows=(*plain.workflow.rows, Row("freeze", "registered", "=", "intake")),
    )
    ways = (Extension(Freeze, (Frozen,), lambda draft: (Frozen(draft.trace, draft.step),)),)
    return attrs.evolve(plain, workflow=workflow, extensions=ways)


def test_no_merging_into_a_ticket_that_is_not_understood(store: FullStore) -> None:
    """A worker that must not change a ticket does not change it from beside either."""
    new = ServiceDesk(store, rulebook=newer(), earlier=[bank()])
    old = ServiceDesk(store, rulebook=bank())
    target, mine, merged = opened(new), opened(old), opened(old)
    new.perform(target.id, Freeze(), actor=LI)
    new.perform(merged.id, MergeInto(target.id), actor=LI)
    before = new.get(target.id, actor=LI)
    for ticket, command in ((mine, MergeInto(target.id)), (merged, Unmerge("two matters"))):
        with pytest.raises(CommandRefused) as caught:
            old.perform(ticket.id, command, actor=CHEN)
        assert caught.value.refusal.code == "opaque_history"
    assert new.get(target.id, actor=LI) == before
    assert new.perform(merged.id, Unmerge("two matters"), actor=CHEN).state == "registered"


def test_unmerging_from_a_ticket_out_of_sight_releases_it_too(store: FullStore) -> None:
    """Both tickets tell the same, whether or not the other one may be read."""
    plain = bank()
    roles = tuple(
        attrs.evolve(role, sees=Scope.DEPARTMENT) if role.name == "supervisor" else role
        for role in plain.workflow.roles
    )
    rulebook = attrs.evolve(plain, workflow=attrs.evolve(plain.workflow, roles=roles))
    desk = ServiceDesk(store, rulebook=rulebook)
    target, ticket = opened(desk, "risk"), opened(desk, "operations")
    desk.perform(ticket.id, MergeInto(target.id), actor=LI)
    desk.perform(ticket.id, Unmerge("two matters"), actor=CHEN)
    assert desk.get(target.id, actor=LI).links.absorbed == ()


@pytest.mark.parametrize("actor", [LI, WANG])
def test_a_target_that_is_no_id_is_refused_in_words(store: FullStore, actor: Actor) -> None:
    """Half a character names no ticket; no store is asked for it."""
    desk = ServiceDesk(store, rulebook=bank())
    ticket = opened(desk)
    with pytest.raises(CommandRefused) as caught:
        desk.perform(ticket.id, MergeInto("\ud800"), actor=actor)
    assert caught.value.refusal.code in {"invalid_arguments", "not_permitted"}


def test_an_appeal_keeps_its_reason_and_a_field_of_that_name_apart(store: FullStore) -> None:
    """Two texts under one name are two sealed values."""
    plain = bank()
    forms = tuple(
        attrs.evolve(form, fields=(*form.fields, Field("appeal_reason"))) for form in plain.forms
    )
    desk = ServiceDesk(store, rulebook=attrs.evolve(plain, forms=forms))
    ticket = opened(desk)
    for command, actor in (
        (Accept(), LI),
        (Dispatch(to="zhang", department="cards"), Actor("deng", "dispatcher")),
        (Start(), Actor("zhang", "handler", "cards")),
        (Submit("Refunded"), Actor("zhang", "handler", "cards")),
        (Approve(), Actor("sun", "reviewer", "cards")),
    ):
        desk.perform(ticket.id, command, actor=actor)
    unfair = Appeal("not all of it", {"appeal_reason": "the fee"})
    appeal = desk.perform(ticket.id, unfair, actor=WANG).links.appeal or ""
    kept = store.reveal(appeal, ["1.appeal_reason", "1.appeal_reason~2"])
    assert {each.value for each in kept.values()} == {"not all of it", "the fee"}


def test_who_was_asked_is_found_without_the_ticket_before(store: FullStore) -> None:
    """A change need not say how the ticket stood; searching sees only how it stands."""
    ticket = opened(ServiceDesk(store, rulebook=bank()))
    for version, departments in ((2, ("risk", "law")), (3, ("law",))):
        after = attrs.evolve(
            ticket,
            revision=attrs.evolve(ticket.revision, version=version),
            work=Work(subtasks=tuple(Subtask(each, each, "li") for each in departments)),
        )
        store.commit(Batch((Change(ticket.id, version - 1, Snapshot(after), (), ()),)))
    found = {
        name: len(store.find(TicketQuery(where=Compare("asked", "contains", name))))
        for name in ("risk", "law")
    }
    assert found == {"risk": 0, "law": 1}
