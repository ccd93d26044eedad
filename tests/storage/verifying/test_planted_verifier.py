"""A verifier with something left out is noticed by the table of deeds, whatever it is."""

from typing import Any

import pytest

from tests.storage.verifying.test_tampering import BY_CHECKPOINT, BY_FILE, BY_SNAPSHOT, DEEDS, among
from tests.storage.verifying.vaults import AT, MemoryVault
from workorder.storage import take_checkpoint
from workorder.storage.verifying import chains, stores, verify_store


def noticed() -> list[str]:
    """The deeds of which the verifier, as it is now, does not say what it should."""
    found = []
    for deed, chain, snapshot, checkpoint in DEEDS:
        vault = MemoryVault()
        made = take_checkpoint(vault.store, AT)
        deed(vault)
        codes = dict(verify_store(vault.store, against=made).codes)
        codes.pop("log_unreadable", None)
        others = set(codes) - BY_SNAPSHOT - BY_CHECKPOINT - BY_FILE
        said = among(codes, others), among(codes, BY_SNAPSHOT), among(codes, BY_CHECKPOINT)
        if said != (chain, snapshot, {checkpoint: 1} if checkpoint else {}):
            found.append(deed.__name__)
    return found


def nothing(*_given: object, **_named: object) -> None:
    """Does not look."""


def fixed(*_given: object) -> str:
    """The same digest for every record."""
    return "ab" * 32


PLANTS: dict[str, tuple[Any, str, Any, str]] = {
    "links are not compared": (chains.Walk, "_unlinked", nothing, "edit_actor"),
    "places are not compared": (chains.Walk, "_misplaced", nothing, "delete_middle"),
    "snapshots are not compared": (chains.Walk, "finish", nothing, "delete_last"),
    "form is not looked at": (chains, "is_in_form", lambda *_: True, "other_form"),
    "digests cover nothing": (chains, "digest", fixed, "edit_last"),
    "checkpoints are not compared": (stores, "_compare", nothing, "rewrite_ticket"),
}


def test_the_verifier_as_it_is() -> None:
    """With nothing left out, there is nothing to notice."""
    assert noticed() == []


@pytest.mark.parametrize("name", PLANTS)
def test_something_is_left_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault that is planted is noticed, by the deed that it would let pass among others."""
    MemoryVault()
    place, attribute, instead, deed = PLANTS[name]
    monkeypatch.setattr(place, attribute, instead)
    assert deed in noticed()
