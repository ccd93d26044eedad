"""The proof that a ticket's records are in a checkpoint, as a dossier holds it."""

from collections.abc import Callable
from typing import Any

from workorder.dossier.material import Material
from workorder.storage.checkpoints import Checkpoint, pages, prove_record


def proven(
    store: Any,
    material: Material,
    checkpoint: Checkpoint,
    progress: Callable[[int], None] = lambda _done: None,
) -> dict[str, Any]:
    """The proof for the last record of the ticket that is in *checkpoint*: those before it are
    proven by the chain. Reads the log as far as the checkpoint goes, three times.

    Raises:
        StoreError: ``unsupported`` for a store without history; ``unreadable_record``.
    """
    ticket_id = material.snapshot.ticket.id
    last = read = 0
    for page in pages(store, checkpoint.size):
        for _, record in page:
            if record.ticket_id == ticket_id:
                last = record.sequence
        read += len(page)
        progress(read)
    index = 0
    path: tuple[bytes, ...] = ()
    if last:
        found = prove_record(store, checkpoint, ticket_id, last, progress=progress)
        index, path = found.index, found.path
    return {
        "checkpoint": checkpoint.as_data(),
        "sequence": last,
        "index": index,
        "path": [each.hex() for each in path],
    }
