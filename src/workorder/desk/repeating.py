"""Commands that were carried out before, or that come too late: the answers both get."""

from workorder.desk.answers import Done
from workorder.errors import CommandRefused
from workorder.refusals import Refusal
from workorder.storage import Codec, Receipt, Stored

ATTEMPTS = 4
"""The first try, and three more after conflicts."""


def first_answer(known: Stored, receipt: Receipt, digest: str, codec: Codec) -> Done:
    """The first answer of a command, again.

    Raises:
        CommandRefused: ``command_reused`` when *digest* says that something else is asked for.
    """
    name = receipt.command_id
    if receipt.digest not in {digest, ""}:  # empty: what was asked for was erased
        raise CommandRefused(Refusal("command_reused", facts={"command_id": name}))
    decoded = (codec.decode(record) for record in receipt.records)
    # What time did in the same commit was no part of the answer.
    events = tuple(each for each in decoded if each.trace.command_id == name)
    return Done(known.snapshot.ticket, receipt.version, events, name, repeated=True)


def stale(version: int, expected: int | None) -> CommandRefused:
    """The ticket is at another version than the one that was seen."""
    return CommandRefused(Refusal("stale", facts={"version": version, "expected": expected}))
