"""When a clock of the law begins: also on a ticket that was not what it is from its opening.

A complaint is often entered as an enquiry, and a payment complaint without the field that says so.
The law does not wait for a clerk: when a ticket is reclassified or corrected so that a clock
applies to it, the clock begins, and counts from its anchor (the instant of receipt, where the
ticket has it); when it is put back by another correction, the clock goes on as if nothing had been.
What the customer was told already is not asked for again.
"""

from collections.abc import Iterator

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation, where
from workorder.sla.regulations.clock import RegulatoryClock

OPEN = "open"
"""The action with which a ticket begins: what clocks start with that start with receipt."""

CORRECTED = where("action").one_of(("reclassify", "edit"))
"""A ticket may have become something else."""


def begins(clock: RegulatoryClock) -> Condition:
    """What *clock* starts with on a ticket.

    Only a clock that starts with the opening, among others, starts with a correction too.
    """
    assert clock.start is not None  # noqa: S101 (asked of clocks that tickets measure)
    assert clock.stop is not None  # noqa: S101
    parts = clock.start.parts if isinstance(clock.start, AnyOf) else (clock.start,)
    if not any(map(_with_receipt, parts)):
        return clock.start
    first = clock.start if len(parts) > 1 else where("action").equals(OPEN)
    untold = (where(f"told.{each}").is_missing() for each in sorted({*_subjects(clock.stop)}))
    return AnyOf((first, AllOf((CORRECTED, Negation(clock.stop), *untold))))


def returns(clock: RegulatoryClock) -> Condition:
    """What takes *clock* up again after it was cancelled; as far as it applies then."""
    return CORRECTED if clock.reopen is None else AnyOf((clock.reopen, CORRECTED))


def _with_receipt(start: Condition) -> bool:
    """Whether *start* asks for nothing but actions, the opening among them."""
    if not isinstance(start, Compare) or start.field != "action":
        return False
    return start.value == OPEN or (isinstance(start.value, tuple) and OPEN in start.value)


def _subjects(condition: Condition) -> Iterator[str]:
    """What the customer is told with the answer that *condition* waits for."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _subjects(part)
        case Compare("event.subject", "eq" | "in", value):
            yield from map(str, value if isinstance(value, tuple) else (value,))
