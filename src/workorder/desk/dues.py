"""From a caller's arguments to a run that reckons due instants again: what both desks share."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from workorder.desk.identity import checked_id
from workorder.desk.preparing import Preparing
from workorder.desk.requests import Operation
from workorder.desk.revising import Revising, further, levels_now
from workorder.desk.revisions import RevisionRun
from workorder.errors import InvalidInput
from workorder.workflow import Actor

if TYPE_CHECKING:
    from workorder.sla.verbs import Calendar


@frozen
class Dues:
    """Makes such runs.

    Attributes:
        prepare: knows the clock, the secret and the rulebooks.
    """

    prepare: Preparing

    def begun(self, after: str | None) -> RevisionRun:
        """A run in which nothing has happened, behind a ticket."""
        return RevisionRun(next=None if after is None else checked_id(after, "after"))

    def revising(
        self,
        actor: Actor,
        calendars: "Mapping[str, Calendar] | None",
        limit: int | None,
        *,
        dry_run: bool,
    ) -> Revising:
        """What is to be done."""
        prepare = self.prepare
        run = prepare.checked(actor, None)
        _check("limit", limit, limit is None or _whole(limit), "a whole number from 0, or None")
        mapped = calendars is None or isinstance(calendars, Mapping)
        _check("calendars", type(calendars).__name__, mapped, "calendars by name")
        levels = levels_now(prepare.rulebooks, calendars or {})
        return Revising(actor, run, prepare.now(), prepare.secret, levels, dry_run, limit)

    def further(self, run: RevisionRun, revising: Revising) -> Operation[tuple[RevisionRun, bool]]:
        """Another page of tickets, and whether it was the last."""
        prepare = self.prepare
        return further(run, revising, prepare.rulebooks, prepare.codec, prepare.capabilities)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _check(name: str, found: object, holds: bool, expected: str) -> None:  # noqa: FBT001
    if not holds:
        raise InvalidInput("wrong_type", name=name, expected=expected, found=found)
