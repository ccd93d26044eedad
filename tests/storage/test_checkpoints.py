"""Checkpoints as values, and the two proofs that need no store."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve

from tests.storage.verifying.vaults import AT, CHEN, EVENTS, MemoryVault
from workorder.canonical import available
from workorder.errors import ConfigurationError, InvalidInput
from workorder.storage import (
    Checkpoint,
    GrowthProof,
    RecordProof,
    prove_growth,
    prove_record,
    record_digest,
    take_checkpoint,
)
from workorder.storage.merkle import MerkleTree
from workorder.ticket import Reopen

MADE = Checkpoint("north", 3, "ab" * 32, AT, 5)


def test_as_plain_data_and_back() -> None:
    """A checkpoint is the same after it was written and read; its bytes are canonical."""
    assert Checkpoint.from_data(json.loads(MADE.data())) == MADE
    assert MADE.data() == (
        b'{"algorithm":"sha-256","at":"2026-03-02T09:00:00.000000Z","format":1,"position":5,'
        b'"root":"' + b"ab" * 32 + b'","size":3,"tenant":"north"}'
    )


def test_the_instant_is_kept_in_utc() -> None:
    """The same instant elsewhere gives the same checkpoint; one without a zone is refused."""
    elsewhere = AT.astimezone(timezone(timedelta(hours=8)))
    assert evolve(MADE, at=elsewhere).data() == MADE.data()
    with pytest.raises(InvalidInput):
        evolve(MADE, at=datetime(2026, 3, 2))


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"format": 2}, "format"),
        ({"format": True}, "format"),
        ({"tenant": None}, "tenant"),
        ({"algorithm": "md5"}, "algorithm"),
        ({"algorithm": []}, "algorithm"),
        ({"size": -1}, "size"),
        ({"size": "3"}, "size"),
        ({"root": "AB" * 32}, "root"),
        ({"root": "ab"}, "root"),
        ({"at": "yesterday"}, "at"),
        ({"at": 7}, "at"),
        ({"position": None}, "position"),
        ({"signature": "x"}, "signature"),
    ],
)
def test_what_is_no_checkpoint(changes: dict[str, Any], key: str) -> None:
    """Each part that is wrong is named."""
    with pytest.raises(ConfigurationError) as refused:
        Checkpoint.from_data(MADE.as_data() | changes, "cp.json")
    (finding,) = refused.value.findings
    assert (finding.key, finding.file) == (key, "cp.json")


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_what_is_no_object(data: object) -> None:
    """Anything but an object is told so, by each of the three."""
    for kind in (Checkpoint, RecordProof, GrowthProof):
        with pytest.raises(ConfigurationError):
            kind.from_data(data)


def test_everything_wrong_is_told_at_once() -> None:
    """An empty object misses all seven parts."""
    with pytest.raises(ConfigurationError) as refused:
        Checkpoint.from_data({})
    assert len(refused.value.findings) == 7


def test_the_root_is_that_of_the_records() -> None:
    """The entries are the digests of all records in the order of the log, as bytes."""
    store = MemoryVault().store
    tree = MerkleTree()
    for _, record in store.log():
        tree.append(bytes.fromhex(record_digest("", record.ticket_id, record.data)))
    assert take_checkpoint(store, AT).root == tree.root().hex()


def test_the_last_entry_of_a_ticket_is_its_head() -> None:
    """What stands in the tree for a ticket's last record is the head in its snapshot."""
    vault = MemoryVault()
    ticket_id = vault.ids["T2"]
    last = vault.rows(ticket_id)[-1]
    assert vault.digest("T2", last) == vault.store.load([ticket_id])[ticket_id].snapshot.head


def test_a_record_is_proved_without_the_store() -> None:
    """Every record of the log has a proof that survives plain data and holds by itself; a changed
    record, ticket, place or checkpoint makes it fall.
    """
    vault = MemoryVault()
    made = take_checkpoint(vault.store, AT)
    for index, (_, record) in enumerate(vault.store.log()):
        proof = prove_record(vault.store, made, record.ticket_id, record.sequence)
        assert (proof.index, proof.record) == (index, record.data)
        proof = RecordProof.from_data(json.loads(json.dumps(proof.as_data())))
        assert proof.holds()
        assert not evolve(proof, record=proof.record.replace(b"chen", b"wang")).holds() or (
            b"chen" not in proof.record
        )
        assert not evolve(proof, record=b"{}").holds()
        assert not evolve(proof, ticket_id=vault.ids["T1"] + "x").holds()
        assert not evolve(proof, index=(index + 1) % made.size).holds()
        assert not evolve(proof, checkpoint=evolve(made, root="ab" * 32)).holds()
        assert not evolve(proof, checkpoint=evolve(made, tenant="north")).holds()


def test_growth_is_proved_without_the_store() -> None:
    """A later checkpoint is proved to begin with each earlier one; swapped or changed ones not."""
    vault = MemoryVault()
    before = take_checkpoint(vault.store, AT)
    for ticket_id in vault.ids.values():
        vault.desk.perform(ticket_id, Reopen("again"), actor=CHEN)
    after = take_checkpoint(vault.store, AT + timedelta(days=1))
    proof = prove_growth(vault.store, before, after)
    proof = GrowthProof.from_data(json.loads(json.dumps(proof.as_data())))
    assert (after.size - before.size, proof.holds()) == (3, True)
    assert not GrowthProof(after, before, proof.path).holds()
    assert not evolve(proof, before=evolve(before, root="ab" * 32)).holds()
    assert not evolve(proof, before=evolve(before, tenant="north")).holds()
    assert prove_growth(vault.store, before, before).holds()


def test_growth_that_was_none() -> None:
    """Once a record of the earlier checkpoint was rewritten, no proof holds."""
    vault = MemoryVault()
    before = take_checkpoint(vault.store, AT)
    with vault.editing("T1") as rows:
        rows[-1].say(actor="wu")
    after = take_checkpoint(vault.store, AT)
    assert before.root != after.root
    assert not prove_growth(vault.store, before, after).holds()


def test_what_cannot_be_proved() -> None:
    """A record that is not there, a checkpoint beyond the log, two algorithms."""
    vault = MemoryVault()
    made = take_checkpoint(vault.store, AT)
    with pytest.raises(InvalidInput):
        prove_record(vault.store, made, vault.ids["T1"], EVENTS + 1)
    with pytest.raises(InvalidInput):
        prove_growth(vault.store, evolve(made, size=99), made)
    with pytest.raises(InvalidInput):
        prove_growth(vault.store, made, evolve(made, size=99))
    with pytest.raises(InvalidInput):
        prove_growth(vault.store, made, evolve(made, algorithm="sm3"))


@pytest.mark.parametrize("part", ["index", "ticket", "record", "path"])
def test_a_proof_that_misses_something(part: str) -> None:
    """Each part of a proof that is missing or something else is named."""
    vault = MemoryVault()
    made = take_checkpoint(vault.store, AT)
    said = prove_record(vault.store, made, vault.ids["T1"], 1).as_data()
    for data in ({k: v for k, v in said.items() if k != part}, said | {part: None}):
        with pytest.raises(ConfigurationError) as refused:
            RecordProof.from_data(data)
        assert [each.key for each in refused.value.findings] == [part]


@pytest.mark.skipif(not available("sm3"), reason="no SM3 on this machine")
def test_by_another_algorithm() -> None:
    """A tree by SM3 stands over the same entries, and has proofs of its own."""
    vault = MemoryVault()
    made = take_checkpoint(vault.store, AT, algorithm="sm3")
    assert made.algorithm == "sm3"
    assert made.root != take_checkpoint(vault.store, AT).root
    assert prove_record(vault.store, made, vault.ids["T3"], 2).holds()
    assert prove_growth(vault.store, made, made).holds()


def test_made_by_nobody() -> None:
    """The instant is the caller's; nothing here reads a clock."""
    at = datetime(1999, 12, 31, tzinfo=UTC)
    assert take_checkpoint(MemoryVault().store, at).at == at
