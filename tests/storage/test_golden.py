"""Golden records: what was once written stays readable, and is still written the same."""

import json

import pytest

from tests.storage.golden_records import CHAIN, FOLDER, TENANT, TICKET, as_records, kept, written
from workorder.canonical import ALGORITHMS, SHA_256, available, is_canonical
from workorder.storage import FORMAT, Codec, record_digest
from workorder.ticket import Sealed, SealedValue, opens
from workorder.ticket.events import BUILT_IN
from workorder.ticket.sealing import commitment

HERE = [each for each in ALGORITHMS if available(each)]
each_algorithm = pytest.mark.parametrize("algorithm", HERE)


def test_sha_256_is_everywhere() -> None:
    """The usual algorithm is there; SM3 only where the machine's OpenSSL has it."""
    assert SHA_256 in HERE


@each_algorithm
def test_records_are_still_written_so(algorithm: str) -> None:
    """One record of each type has the bytes and the digest that were written down.

    A difference here is a break of the record format: a new schema number, an upcaster and new
    golden records are needed, never a change of these.
    """
    assert FORMAT == 1
    assert written(algorithm) == kept(algorithm)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_records_are_still_read(algorithm: str) -> None:
    """What was written down reads as the events that it was made of."""
    records, _ = kept(algorithm)
    assert [Codec().decode(each) for each in as_records(records)] == list(CHAIN)
    assert all(map(is_canonical, records))


@each_algorithm
def test_the_chain_holds(algorithm: str) -> None:
    """Each record names the digest of the one before, and the algorithm of its own."""
    records, digests = kept(algorithm)
    named = [json.loads(each).get("previous") for each in records]
    assert named == [None, *digests[:-1]]
    assert {json.loads(each)["digest"] for each in records} == {algorithm}
    assert [record_digest(TENANT, TICKET, each, algorithm) for each in records] == digests


def test_every_schema_has_its_golden_record() -> None:
    """No type that ships, in no schema it ever had, is without one."""
    records, _ = kept(SHA_256)
    found = {(each["kind"], each["schema"]) for each in map(json.loads, records)}
    wanted = {
        (kind.kind, schema) for kind in BUILT_IN.values() for schema in range(1, kind.schema + 1)
    }
    assert found == wanted


def test_commitments_are_still_made_so() -> None:
    """Values and salts give the commitments that were written down, and open them."""
    lines = (FOLDER / "commitments.jsonl").read_text("utf-8").splitlines()
    vectors = [json.loads(each) for each in lines]
    assert {each["algorithm"] for each in vectors} == set(ALGORITHMS)
    for each in vectors:
        if not available(each["algorithm"]):
            continue
        salt, value = bytes.fromhex(each["salt"]), each["value"]
        assert commitment(salt, value, each["algorithm"]) == each["commitment"]
        sealed = Sealed("1.text", each["commitment"])
        assert opens(sealed, SealedValue("T1", "1.text", salt, value))
        assert not opens(sealed, SealedValue("T1", "1.text", salt, value + "."))
