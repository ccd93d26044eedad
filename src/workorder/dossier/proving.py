"""The proof that a ticket's records are in a checkpoint, as a dossier holds it."""

from collections.abc import Callable
from typing import Any

from workorder.dossier.material import Material
from workorder.errors import StoreError
from workorder.storage import Capability, Checkpoint, prove_record

PAGE = 500


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
    if Capability.HISTORY not in store.capabilities:
        raise StoreError("unsupported", capability=Capability.HISTORY.value)
    ticket_id = material.snapshot.ticket.id
    last = read = position = 0
    while read < checkpoint.size:
        page = store.log(position, min(PAGE, checkpoint.size - read))
        if not page:
            break
        last = max((r.sequence for _, r in page if r.ticket_id == ticket_id), default=last)
        position = page[-1][0]
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
