"""The digest algorithm of a desk is that of everything it writes."""

import json

import pytest

from workorder import Actor, MemoryStore, ServiceDesk
from workorder.canonical import ALGORITHMS, SHA_256, available
from workorder.errors import InvalidInput
from workorder.rulebook import bank
from workorder.storage import Record, record_digest
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    ApproveIntake,
    Command,
    Dispatch,
    Sealed,
    Start,
    Submit,
    opens,
)

LI = Actor("li", "intake", "hotline")
CHEN = Actor("chen", ["intake_reviewer", "dispatcher"], "operations")
HAN = Actor("han", "handler", "cards")
ZHOU = Actor("zhou", "reviewer", "cards", 30)
CUSTOMER = Actor("C-1", "customer")


def lived(store: MemoryStore, algorithm: str) -> tuple[str, str]:
    """A complaint that is resolved and appealed: the ids of both tickets."""
    desk = ServiceDesk(store, rulebook=bank(), algorithm=algorithm)
    fields = {"title": "Card", "category": "atm"}
    ticket = desk.open("complaint", customer="C-1", channel="phone", fields=fields, actor=LI)
    steps: list[tuple[Command, Actor]] = [
        (ApproveIntake(), CHEN),
        (Accept(), LI),
        (Dispatch(to="han", department="cards"), CHEN),
        (Start(), HAN),
        (Submit(resolution="paid back"), HAN),
        (Approve(), ZHOU),
    ]
    allowed = {each.action.name for each in desk.options(ticket.id, actor=CHEN) if each.allowed}
    for command, actor in steps if "approve_intake" in allowed else steps[1:]:
        desk.perform(ticket.id, command, actor=actor)
    appealed = desk.perform(
        ticket.id, Appeal("not all of it", {"title": "Again", "category": "atm"}), actor=CUSTOMER
    )
    return ticket.id, appealed.links.appeal or ""


def sealed_in(record: Record) -> list[Sealed]:
    """Every reference to a sealed value in a record."""
    found: list[Sealed] = []

    def note(pairs: dict[str, object]) -> object:
        if "sealed" in pairs:
            found.append(Sealed(str(pairs["sealed"]), str(pairs["commitment"])))
        return pairs

    json.loads(record.data, object_hook=note)
    return found


@pytest.mark.parametrize("algorithm", [each for each in ALGORITHMS if available(each)])
def test_everything_is_digested_by_it(algorithm: str) -> None:
    """Records, the chain and every commitment, also those of the ticket that an appeal opens."""
    store = MemoryStore("bank")
    for ticket_id in lived(store, algorithm):
        head = ""
        for record in store.records(ticket_id):
            said = json.loads(record.data)
            assert said["digest"] == algorithm
            assert said.get("previous", "") == head
            head = record_digest("bank", ticket_id, record.data, algorithm)
            for sealed in sealed_in(record):
                assert sealed.commitment.startswith("sm3:") == (algorithm != SHA_256)
                kept = store.reveal(ticket_id, [sealed.ref])[sealed.ref]
                assert opens(sealed, kept)
        assert store.load([ticket_id])[ticket_id].snapshot.head == head


def test_an_algorithm_nobody_has_is_refused() -> None:
    """A desk is not made with a digest that this machine could not check."""
    with pytest.raises(InvalidInput) as refused:
        ServiceDesk(algorithm="md5")
    assert refused.value.code == "not_a_choice"
    assert "sha-256" in refused.value.text()
