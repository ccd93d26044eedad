"""Verifying: whether what a store keeps is still what was written.

**What for.** Records name the digest of the one before them, and the ticket keeps the digest of
the last (:mod:`workorder.storage.chain`). That only helps if somebody looks. :func:`verify_ticket`
looks at one ticket, :func:`verify_store` at all of them, with a
:class:`~workorder.storage.Checkpoint` kept elsewhere also at the order of the whole log.

**How it goes.** A store gives the bytes of a ticket's records and of its snapshot. ``chains``
walks the records one after the other: are they readable (:mod:`workorder.storage.headers`), in
their place, behind the record that they name? Then the snapshot must name the last one, and count
as many. ``sealing`` opens every sealed value that a record refers to, unless a record says that it
was erased, after which it must be gone. ``replaying``, if asked for, makes the ticket of its
records anew and compares. ``stores`` does so share by share, ``pools`` in several processes.

**What comes of it.** A :class:`Report`. Whatever is wrong is a value, a :class:`Damage` with a code
and a sentence in two languages; no bytes make anything here raise. The first damages are kept and
all are counted, so memory does not grow with the store, nor with the damage. No sentence repeats
what stands in the body of a record.

**What it cannot see.** Somebody who may write to the store can write a ticket anew from a record
on, with all digests and the snapshot to match: only a checkpoint kept elsewhere shows that.

What does not belong here: mending anything; deciding who is to blame.
"""

from workorder.storage.verifying.damages import SENTENCES, Damage
from workorder.storage.verifying.reports import Compared, Report
from workorder.storage.verifying.stores import verify_store
from workorder.storage.verifying.tickets import verify_ticket

__all__ = [
    "SENTENCES",
    "Compared",
    "Damage",
    "Report",
    "verify_store",
    "verify_ticket",
]
