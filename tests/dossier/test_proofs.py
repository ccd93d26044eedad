"""Proofs that a ticket is part of a checkpoint which was kept elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from tests.dossier.cases import AT, Data, data_in, judged, records, rewritten, scene, with_data
from workorder.cli.demo.scene import Scene
from workorder.dossier import dossier
from workorder.storage import Checkpoint, prove_record, take_checkpoint
from workorder.ticket import LogContact
from workorder.workflow import Actor

LI = Actor("li.na", "intake", "hotline")
HANDLER = Actor("zhao.min", "handler", "channels")


@frozen
class Kept:
    """A story with the checkpoint that somebody kept before it went on.

    Attributes:
        scene: the story.
        checkpoint: the checkpoint.
        file: where it was kept.
    """

    scene: Scene
    checkpoint: Checkpoint
    file: Path

    def html(self, checkpoint: Checkpoint | None = None) -> str:
        """The dossier with the proof for a checkpoint."""
        desk = self.scene.desk.unrestricted()
        ticket = self.scene.ticket.id
        return dossier(desk, ticket, at=AT, checkpoint=checkpoint or self.checkpoint).html


def kept(algorithm: str, folder: Path) -> Kept:
    """A story among other tickets, with a checkpoint of its end."""
    made = scene()
    for number in range(5):
        made.desk.open(
            "enquiry", actor=LI, fields={"title": "x", "category": "atm"}, command_id=f"e{number}"
        )
    checkpoint = take_checkpoint(made.desk.store, AT, algorithm=algorithm)
    file = folder / "checkpoint.json"
    file.write_bytes(checkpoint.data())
    return Kept(made, checkpoint, file)


@pytest.fixture
def kept_before(tmp_path: Path) -> Kept:
    """A story whose checkpoint was kept."""
    return kept("sha-256", tmp_path)


def written(html: str, folder: Path) -> Path:
    """The page in a file."""
    file = folder / "dossier.html"
    file.write_text(html, encoding="utf-8")
    return file


def test_the_proof_holds(kept_before: Kept, tmp_path: Path) -> None:
    """With the checkpoint that was kept, only the page stays open."""
    found = judged(written(kept_before.html(), tmp_path), "--checkpoint", kept_before.file)
    assert (found.code, found.err) == (0, "")
    assert found.out.count("OPEN ") == 1
    assert "OPEN    the page has the digest that its data name" in found.out
    assert f"the first 26 records are in the checkpoint of {kept_before.checkpoint.size}" in (
        found.out
    )
    assert "your checkpoint is that of the proof" in found.out


def test_the_page_names_the_checkpoint(kept_before: Kept) -> None:
    """Its root and its size stand on the page."""
    html = kept_before.html()
    assert kept_before.checkpoint.root in html
    assert f"of {kept_before.checkpoint.size} entries" in html


def test_a_checkpoint_as_the_command_line_says_it(kept_before: Kept, tmp_path: Path) -> None:
    """A checkpoint inside what ``workorder checkpoint --json`` said is taken as well."""
    kept_before.file.write_text(
        json.dumps({"checkpoint": kept_before.checkpoint.as_data(), "grown": None}),
        encoding="utf-8",
    )
    found = judged(written(kept_before.html(), tmp_path), "--checkpoint", kept_before.file)
    assert "your checkpoint is that of the proof" in found.out


def test_without_the_checkpoint_it_says_so(kept_before: Kept, tmp_path: Path) -> None:
    """The proof alone shows nothing about what was kept elsewhere, and that stays open."""
    found = judged(written(kept_before.html(), tmp_path))
    assert found.code == 0
    assert "OPEN    whether that is the checkpoint which was kept elsewhere" in found.out


def test_records_after_the_checkpoint(kept_before: Kept, tmp_path: Path) -> None:
    """What happened later is not proven, and it says from where on."""
    ticket = kept_before.scene.ticket.id
    kept_before.scene.desk.perform(ticket, LogContact("reached"), actor=HANDLER)
    found = judged(written(kept_before.html(), tmp_path), "--checkpoint", kept_before.file)
    assert found.code == 0
    assert "the first 26 records are in" in found.out
    assert "OPEN    records after number 26 are not in the proof" in found.out


def test_a_ticket_that_is_younger(kept_before: Kept, tmp_path: Path) -> None:
    """A ticket that was opened after the checkpoint is not in it, and that is said."""
    desk = kept_before.scene.desk
    young = desk.open(
        "enquiry", actor=LI, fields={"title": "y", "category": "atm"}, command_id="young"
    )
    made = dossier(desk.unrestricted(), young.id, at=AT, checkpoint=kept_before.checkpoint)
    assert made.findings == ()
    assert "None of its entries is in the checkpoint" in made.html
    found = judged(written(made.html, tmp_path), "--checkpoint", kept_before.file)
    assert found.code == 0
    assert "OPEN    records after number 0 are not in the proof" in found.out
    assert "are in the checkpoint" not in found.out


def test_a_ticket_written_anew_is_found(kept_before: Kept, tmp_path: Path) -> None:
    """The perfect forgery, every record and the snapshot written anew: nothing shows it without a
    checkpoint, and the proof does not fit it.
    """
    html = kept_before.html()
    data = data_in(html)
    said = records(data)
    said[2]["body"]["assignee"] = "nobody"
    rewritten(data, said)
    forged = judged(written(with_data(html, data), tmp_path), "--checkpoint", kept_before.file)
    assert forged.code == 1
    assert "WRONG   proof: does not show that record 26 is in the checkpoint" in forged.out
    del data["proof"]
    without = judged(written(with_data(html, data), tmp_path), "--checkpoint", kept_before.file)
    assert without.code == 2
    assert "STOPPED no proof for a checkpoint" in without.out


@pytest.mark.parametrize("number", [0, 10])
def test_a_proof_for_less_than_there_was(number: int, kept_before: Kept, tmp_path: Path) -> None:
    """Records written anew behind a proof for those before them: nothing is said of them but that
    they claim to be older than the checkpoint.
    """
    html = kept_before.html()
    data = data_in(html)
    said = records(data)
    said[number]["actor"] = "nobody"
    rewritten(data, said)
    ticket, store = kept_before.scene.ticket.id, kept_before.scene.desk.store
    proof = prove_record(store, kept_before.checkpoint, ticket, number or 1)
    path = [each.hex() for each in proof.path]
    data["proof"] |= {"sequence": number, "index": proof.index, "path": path}
    found = judged(written(with_data(html, data), tmp_path), "--checkpoint", kept_before.file)
    assert ("OK      the first" in found.out) is (number > 0)
    assert f"OPEN    records after number {number} are not in the proof" in found.out
    assert "OPEN    the next record says that it is older than the checkpoint" in found.out


def proof_says(**changes: object) -> Callable[[Data], None]:
    """Change the proof."""
    return lambda data: data["proof"].update(changes)


def checkpoint_says(**changes: object) -> Callable[[Data], None]:
    """Change the checkpoint in the proof."""
    return lambda data: data["proof"]["checkpoint"].update(changes)


def no_path(data: Data) -> None:
    """Leave a digest of the path out."""
    data["proof"]["path"].pop()


TAMPERED: dict[str, tuple[Callable[[Data], None], int, str]] = {
    "path": (no_path, 1, "does not show that record 26"),
    "longer": (lambda data: data["proof"]["path"].append("00"), 1, "does not show"),
    "index": (proof_says(index=3), 1, "does not show that record 26"),
    "far index": (proof_says(index=10**6), 1, "no place 1000000 among"),
    "before": (proof_says(index=-1), 1, "no place -1 among"),
    "sequence": (proof_says(sequence=25), 1, "does not show that record 25"),
    "too many": (proof_says(sequence=27), 1, "of a record that is not here"),
    "size": (checkpoint_says(size=64), 1, "does not show that record 26"),
    "root": (checkpoint_says(root="0" * 64), 1, "does not show that record 26"),
    "other tenant": (checkpoint_says(tenant="b"), 1, "of another tenant"),
    "no hex": (proof_says(path=["zz"]), 2, "proof: damaged"),
    "no path": (proof_says(path=None), 2, "“path” is missing or of the wrong type"),
    "no size": (checkpoint_says(size=True), 2, "“size” is missing or of the wrong type"),
    "algorithm": (checkpoint_says(algorithm="md5"), 2, "no digest “md5”"),
    "nothing": (lambda data: data.update(proof=[]), 2, "“proof” is missing or of the wrong type"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_proof_that_was_changed(name: str, kept_before: Kept, tmp_path: Path) -> None:
    """Whatever is changed in a proof, it does not hold, or it cannot be read."""
    tamper, code, sentence = TAMPERED[name]
    html = kept_before.html()
    data = data_in(html)
    tamper(data)
    found = judged(written(with_data(html, data), tmp_path))
    assert (found.code, found.err) == (code, "")
    assert sentence in found.out


def test_another_checkpoint(kept_before: Kept, tmp_path: Path) -> None:
    """One with another root is wrong; one of another size needs a proof of its own; one that
    cannot be read is refused.
    """
    page = written(kept_before.html(), tmp_path)
    own = kept_before.checkpoint
    other = tmp_path / "other.json"
    other.write_bytes(evolve(own, root="0" * 64).data())
    found = judged(page, "--checkpoint", other)
    assert found.code == 1
    assert "WRONG   your checkpoint is another one" in found.out
    other.write_bytes(evolve(own, size=own.size + 1).data())
    found = judged(page, "--checkpoint", other)
    assert found.code == 2
    assert "STOPPED your checkpoint has" in found.out
    other.write_bytes(evolve(own, tenant="another").data())
    assert judged(page, "--checkpoint", other).code == 1
    for content in (b"", b"[]", b"{" * 100_000, b"\xff"):
        other.write_bytes(content)
        found = judged(page, "--checkpoint", other)
        assert (found.code, found.err) == (2, "")
    assert judged(page, "--checkpoint", tmp_path / "none").code == 2


def test_a_store_that_was_changed_since(kept_before: Kept) -> None:
    """If the store is not the one that the checkpoint was taken of, the dossier says so when it is
    made.
    """
    own = kept_before.checkpoint
    desk = kept_before.scene.desk.unrestricted()
    other = evolve(own, root="0" * 64)
    found = dossier(desk, kept_before.scene.ticket.id, at=AT, checkpoint=other)
    (sentence,) = found.findings
    assert "does not show that record 26 is in the checkpoint" in sentence


@pytest.mark.parametrize("size", [1, 7, 25, 26, 27, 31])
def test_checkpoints_of_any_size(size: int, kept_before: Kept, tmp_path: Path) -> None:
    """Whatever the size of the checkpoint, as much is proven as was there."""
    store: Any = kept_before.scene.desk.store
    records_then = store._log
    store._log = records_then[:size]
    checkpoint = take_checkpoint(store, AT)
    store._log = records_then
    html = kept_before.html(checkpoint)
    file = tmp_path / "then.json"
    file.write_text(json.dumps(checkpoint.as_data()), encoding="utf-8")
    found = judged(written(html, tmp_path), "--checkpoint", file)
    assert (found.code, found.err) == (0, "")
    assert f"the first {min(size, 26)} records are in the checkpoint of {size} records" in found.out
