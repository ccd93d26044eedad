"""Making a dossier: what a store keeps of a ticket, told and embedded in one page."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import attrs
from attrs import frozen

from workorder import __version__
from workorder.desk import Unrestricted
from workorder.dossier.data import dossier_data, embedded, page_digest
from workorder.dossier.entries import Entries
from workorder.dossier.material import Material, gathered
from workorder.dossier.page import page_parts
from workorder.dossier.proving import proven
from workorder.dossier.saying import Saying
from workorder.dossier.sections import Sections
from workorder.dossier.trail import Trail, read_trail
from workorder.dossier.verifier import check
from workorder.dossier.view import View
from workorder.instants import aware
from workorder.rulebook import Rulebooks
from workorder.storage import Checkpoint, Codec
from workorder.texts import ENGLISH
from workorder.ticket import OpaqueEvent, Ticket

MADE_BY = f"workorder {__version__}"


@frozen
class Dossier:
    """Everything about one ticket, in one file.

    Attributes:
        ticket_id: the ticket.
        html: the page, complete.
        data: what is embedded in it, exactly.
        findings: what is wrong with it, as the verifier says, and what of the ticket is not what
            its records make of it; empty, when it is sound.
    """

    ticket_id: str
    html: str
    data: Mapping[str, Any]
    findings: tuple[str, ...] = ()


def dossier(
    desk: Unrestricted,
    ticket_id: str,
    *,
    at: datetime,
    checkpoint: Checkpoint | None = None,
    language: str = ENGLISH,
    texts: bool = True,
    progress: Callable[[int], None] = lambda _done: None,
) -> Dossier:
    """The dossier of a ticket, from a desk that sees everything: ``desk.unrestricted()``.

    It is for those in the bank who may see every ticket (compliance, audit), and leaves no entry
    on the ticket: reading is no event, and a second dossier of the same moment is the same.

    Args:
        desk: ``desk.unrestricted()``, over a store that keeps history.
        ticket_id: the ticket.
        at: when it is made; what runs still is judged at this instant.
        checkpoint: one that was taken of this store and kept elsewhere; then the proof is in it
            that the ticket's entries of then are part of the checkpoint. The log is read for it.
        language: ``en`` or ``zh-CN``.
        texts: whether what people wrote is in it; without, digests stand for it.
        progress: told how many records of the log were read for the proof.

    Raises:
        CommandRefused: ``not_found``; ``conflict`` for a ticket that changed all the time.
        InvalidInput: ``naive_datetime`` for an instant without a zone.
        StoreError: ``unsupported`` for a store without history; ``unreadable_record``.
    """
    material = gathered(desk.store, ticket_id)
    proof = None if checkpoint is None else proven(desk.store, material, checkpoint, progress)
    return told(material, desk.rulebooks, at=at, proof=proof, language=language, texts=texts)


def told(
    material: Material,
    rulebooks: Rulebooks,
    *,
    at: datetime,
    proof: Mapping[str, Any] | None = None,
    language: str = ENGLISH,
    texts: bool = True,
) -> Dossier:
    """The dossier of what was gathered; pure, for hosts whose store is asynchronous. See
    :func:`dossier`.

    Args:
        material: what the store keeps.
        rulebooks: those whose labels are known.
        at: when it is made.
        proof: that its records are in a checkpoint (:func:`proven`).
        language: ``en`` or ``zh-CN``.
        texts: whether what people wrote is in it.
    """
    made_at = aware(at, "at")
    codec = Codec(rulebooks.event_types, tenant=material.tenant)
    ticket = material.snapshot.ticket
    trail = read_trail(material, codec)
    view = View(rulebooks, ticket, language, rulebooks.of(ticket).zone or UTC)
    saying = Saying(view, material, trail, texts)
    head = material.snapshot.head
    sections = Sections(view, trail, Entries(view, trail, saying), made_at, material.tenant, head)
    before, after = page_parts(sections, MADE_BY, proof)
    data = dossier_data(material, at=made_at, by=MADE_BY, texts=texts, proof=proof)
    data["page"] = page_digest(before + after)
    html = f"{before}{embedded(data)}{after}"
    found = check(html.encode())
    findings = [sentence for kind, sentence in found if kind in {"WRONG", "STOPPED"}]
    return Dossier(ticket.id, html, data, (*findings, *_otherwise(ticket, trail)))


def _otherwise(ticket: Ticket, trail: Trail) -> Iterator[str]:
    """What of the ticket as it stands is not what its records make of it."""
    told = trail.happenings
    if not told or any(isinstance(each.event, OpaqueEvent) for each in told):
        return  # what an unknown event did, nobody here can tell
    for each in attrs.fields(Ticket):
        if _differs(getattr(ticket, each.name), getattr(told[-1].after, each.name)):
            yield f"snapshot: {each.name} differs from what the records make of it"


def _differs(found: object, due: object) -> bool:
    """Whether they are not equal; what cannot be read is not."""
    try:
        return found != due
    except Exception:  # noqa: BLE001 (clocks of a snapshot are read when somebody asks for them)
        return True
