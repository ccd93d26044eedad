"""Masking on the way in: what a masked field was given is gone before anybody decides on it.

Fields are masked by name: by the rulebook that the ticket goes by, and by the one in force, so that
what a bank masks from today on is masked on tickets in flight as well. Commands with a table of
fields are masked whatever their type.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from workorder.intake import masked
from workorder.rulebook import Rulebook, Rulebooks
from workorder.ticket import Action, Command

Masks = frozenset[tuple[str, int]]
"""Names of fields, each with how many of its last characters are kept; by several, each masks."""


def masks(*rulebooks: Rulebook) -> Masks:
    """What some rulebooks mask."""
    return frozenset(
        (name, field.keep_last)
        for rulebook in rulebooks
        for name, field in rulebook.masked.items()
        if field.keep_last is not None
    )


def masked_command(command: Command, by: Masks) -> Command:
    """*command* (its texts in normal form) with its fields masked."""
    fields = getattr(command, "fields", None)
    if not by or not isinstance(fields, Mapping):
        return command
    kept: dict[str, Any] = dict(fields)
    for name, last in by:
        value = kept.get(name)
        if isinstance(value, str):
            kept[name] = masked(value, last)
    if kept == fields:
        return command
    if isinstance(command, Action):
        return attrs.evolve(command, given={**command.given, "fields": kept})
    return attrs.evolve(command, fields=kept)  # type: ignore[call-arg]  # it has such a table


def as_masked_before(command: Command, rulebooks: Rulebooks) -> Iterator[Command]:
    """*command* as it may have been masked when it came first, whatever was in force then: how a
    repeat is recognised, which comes with the whole value again.
    """
    every = tuple(rulebooks.by_digest.values())
    seen: set[Masks] = set()
    for own in every:
        for current in every:
            by = masks(own, current)
            if by not in seen:
                seen.add(by)
                yield masked_command(command, by)
