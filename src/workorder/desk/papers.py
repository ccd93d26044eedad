"""From a caller's arguments to operations on a ticket's papers: what both desks share of erasing,
legal holds, retention, and what is kept about a customer.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from workorder.desk import erasures, exporting, keeping, retaining
from workorder.desk.answers import Done
from workorder.desk.erasures import Erasure, Replayed
from workorder.desk.identity import checked_id
from workorder.desk.preparing import Preparing, checked_version
from workorder.desk.requests import Operation
from workorder.desk.retaining import RetentionRun
from workorder.errors import InvalidInput
from workorder.workflow import Actor


@frozen
class Papers:
    """Makes operations on a ticket's papers.

    Attributes:
        prepare: makes all others; knows the clock, the secret and the rulebooks.
    """

    prepare: Preparing

    def erase(
        self,
        ticket_id: str,
        actor: Actor,
        basis: str,
        refs: Sequence[str],
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Done]:
        """Erase sealed values of a ticket."""
        named = _checked_refs(refs)
        act = keeping.erasing(checked_id(basis, "basis"), named)
        return self._keep(ticket_id, act, actor, command_id, expected_version, named)

    def place_legal_hold(
        self,
        ticket_id: str,
        case: str,
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Done]:
        """Keep a ticket whole for a matter."""
        act = keeping.placing(checked_id(case, "case"))
        return self._keep(ticket_id, act, actor, command_id, expected_version)

    def lift_legal_hold(
        self,
        ticket_id: str,
        case: str,
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
    ) -> Operation[Done]:
        """It need not be kept for that matter any more."""
        act = keeping.lifting(checked_id(case, "case"))
        return self._keep(ticket_id, act, actor, command_id, expected_version)

    def _keep(
        self,
        ticket_id: str,
        act: tuple[Mapping[str, Any], keeping.Act],
        actor: Actor,
        command_id: str | None,
        expected_version: int | None,
        refs: tuple[str, ...] = (),
    ) -> Operation[Done]:
        prepare = self.prepare
        checked_version(expected_version)
        known_id = checked_id(ticket_id, "ticket_id")
        identity = prepare.checked(actor, command_id)
        now = prepare.now()
        order = keeping.Keep(
            known_id, *act, actor, identity, now, now, prepare.secret, expected_version, refs
        )
        return keeping.carry_out(order, prepare.rulebooks, prepare.codec, prepare.capabilities)

    def erase_expired(self, actor: Actor, limit: int | None) -> Operation[RetentionRun]:
        """Erase what was kept long enough."""
        prepare = self.prepare
        run = prepare.checked(actor, None)
        if limit is not None:
            _check_whole("limit", limit)
        running = retaining.Retaining(actor, run, prepare.now(), prepare.secret, limit)
        return retaining.erase_expired(
            running, prepare.rulebooks, prepare.codec, prepare.capabilities
        )

    def subject_head(self, customer: str) -> dict[str, Any]:
        """The first line of everything that is kept about a customer."""
        prepare = self.prepare
        return exporting.head(checked_id(customer, "customer"), prepare.tenant, prepare.now())

    def subject_page(self, customer: str, after: str | None) -> Operation[exporting.SubjectPage]:
        """Some of the lines behind it."""
        prepare = self.prepare
        return exporting.subject_page(
            checked_id(customer, "customer"),
            after,
            prepare.rulebooks,
            prepare.codec,
            prepare.capabilities,
        )

    def erasure_page(self, after: int) -> Operation[erasures.ErasurePage]:
        """Some of the erasures of the log."""
        _check_whole("after", after)
        return erasures.erasure_page(after, self.prepare.codec)

    def replay_erasure(self, erasure: Erasure) -> Operation[Replayed]:
        """Do an erasure again."""
        prepare = self.prepare
        if erasure.tenant != prepare.tenant:
            raise InvalidInput(
                "not_a_choice", name="tenant", found=erasure.tenant, choices=(prepare.tenant,)
            )
        how = erasures.Again(prepare.now(), prepare.secret, prepare.new_id())
        return erasures.replay(erasure, how, prepare.rulebooks, prepare.codec, prepare.capabilities)


def _check_whole(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        expected = "a whole number from 0"
        raise InvalidInput("wrong_type", name=name, expected=expected, found=value)


def _checked_refs(refs: object) -> tuple[str, ...]:
    """References in normal form, each once."""
    if isinstance(refs, str) or not isinstance(refs, Sequence):
        found = type(refs).__name__
        raise InvalidInput("wrong_type", name="refs", expected="a list of names", found=found)
    return tuple(dict.fromkeys(checked_id(ref, "refs") for ref in refs))
