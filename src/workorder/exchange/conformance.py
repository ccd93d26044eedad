"""Would these rules have allowed what happened? Judged step by step, counted by kind.

Imported steps are never decided again: they happened. But each can be held against the
workflow, as far as the log tells. Three kinds of doubt are counted apart: a refusal that
rests on a guessed role (some other role would have been allowed), one that rests on names
that cannot be matched (the assignee would have been allowed, and the log names actors and
assignees differently), and steps that cannot be judged at all: out of a state the workflow does
not have, or back to a state that the log does not tell.
"""

from collections.abc import Collection
from typing import Any

from attrs import evolve, field, frozen

from workorder.refusals import Refusal
from workorder.rulebook import Rulebook
from workorder.ticket import Imported, Ticket
from workorder.workflow import ASSIGNEE, ENDED, NEW, Actor, PlainCase
from workorder.workflow.compiled import CompiledRow

EXAMPLES = 3
START = "(start)"

ALLOWED = "allowed"
REFUSED = "refused"
ON_ROLES = "refused_on_guessed_roles"
ON_NAMES = "refused_on_unmatched_names"
UNDECIDABLE = "undecidable"
ANSWERS = (ALLOWED, REFUSED, ON_ROLES, ON_NAMES, UNDECIDABLE)

_HANDING_ON = frozenset({"transfer", "dispatch"})
_WAITING = frozenset({"hold"})
"""Actions that may be meant where the state stays."""


@frozen
class Kind:
    """A kind of step, and what the workflow says to it.

    Attributes:
        before: the state before, in the log's words; ``(start)`` for the first entry.
        after: the state after, in the log's words.
        step: ``move`` (another state, or another reason to wait), ``handover`` (the state stays,
            the assignment changes) or ``open``.
        answer: one of :data:`ANSWERS`.
        code: the refusal's code; ``no_such_step`` when no action leads there, ``unknown_state``
            and ``no_way_back`` when that cannot be told.
        rules: the rules not met.
    """

    before: str
    after: str
    step: str
    answer: str
    code: str = ""
    rules: tuple[str, ...] = ()


@frozen
class Count:
    """How many steps of one kind, with the numbers of the first tickets."""

    number: int
    examples: tuple[str, ...]


@frozen(eq=False)
class Conformance:
    """Counts steps by kind as they are judged."""

    counts: dict[Kind, list[Any]] = field(factory=dict)

    def add(self, kind: Kind, key: str) -> None:
        """Count one step of the ticket numbered *key* in the log."""
        found = self.counts.setdefault(kind, [0, []])
        found[0] += 1
        if len(found[1]) < EXAMPLES and key not in found[1]:
            found[1].append(key)

    def kinds(self) -> list[tuple[Kind, Count]]:
        """Every kind with its count, the most frequent first."""
        made = [(kind, Count(n, tuple(keys))) for kind, (n, keys) in self.counts.items()]
        return sorted(made, key=lambda each: (-each[1].number, str(each[0])))

    def totals(self) -> dict[str, int]:
        """Steps by answer."""
        totals = dict.fromkeys(ANSWERS, 0)
        for kind, (number, _) in self.counts.items():
            totals[kind.answer] += number
        return totals

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "steps": self.totals(),
            "kinds": [
                {
                    "from": kind.before,
                    "to": kind.after,
                    "step": kind.step,
                    "answer": kind.answer,
                    "code": kind.code,
                    "rules": list(kind.rules),
                    "count": count.number,
                    "examples": list(count.examples),
                }
                for kind, count in self.kinds()
            ],
        }


class Judge:
    """Holds imported steps against the rules.

    What an event promises is not in a log. So the quiet period of a resolved ticket is reckoned
    here, from when it was resolved.

    Args:
        rulebook: the rules.
        guessed: the roles that were only guessed.
        names_match: whether actors and assignees go by the same names.
    """

    def __init__(
        self, rulebook: Rulebook, guessed: Collection[str], *, names_match: bool = True
    ) -> None:
        self._rulebook = rulebook
        self._workflow = workflow = rulebook.workflow
        self._names_match = names_match
        self._guessed = frozenset(guessed)
        self._every = frozenset(workflow.role_by_name)
        self._ways: dict[tuple[str, str], tuple[tuple[str, CompiledRow], ...]] = {}

    def judge(self, before: Ticket | None, was: str, event: Imported) -> Kind | None:
        """What the workflow says to *event*; ``None`` for an entry that is no step at all.

        Args:
            before: the ticket before, ``None`` for its first entry.
            was: the state before, in the log's words.
            event: the entry.
        """
        step = event.step
        if before is None:
            return self._opening(event)
        hold = before.work.hold
        waits_anew = event.hold is not None and hold is not None and hold.reason != event.hold
        moved = step.to_state != step.from_state or waits_anew
        given = event.assignee not in {None, before.assignee}
        if not (moved or given or event.department != before.department):
            return None
        name = "move" if moved else "handover"
        if {step.from_state, step.to_state} - self._workflow.state_by_name.keys():
            return Kind(was, event.state, name, UNDECIDABLE, "unknown_state")
        before = self._promised(before)
        actions, untold = self._leading(before, step.to_state)
        if step.to_state == step.from_state:
            fitting = _WAITING if waits_anew else _HANDING_ON
            actions = tuple(each for each in actions if each in fitting)
        elif untold and not actions:
            return Kind(was, event.state, name, UNDECIDABLE, "no_way_back")
        if not actions:
            return Kind(was, event.state, name, REFUSED, "no_such_step")
        actor = event.trace.actor
        refusal = self._refusal(before, actions, event, actor, frozenset({step.role}))
        if refusal is None:
            return Kind(was, event.state, name, ALLOWED)
        rules = tuple(sorted({unmet.name for unmet in refusal.unmet}))
        answer = self._doubt(before, actions, event)
        return Kind(was, event.state, name, answer, refusal.code, rules)

    def _doubt(self, before: Ticket, actions: tuple[str, ...], event: Imported) -> str:
        """Whether a refusal stands, or rests on what was only guessed."""
        if event.step.role not in self._guessed:
            sure = before
            roles = frozenset({event.step.role})
        else:
            # Any role may have acted, and only being assigned the ticket is known to be work.
            sure = _assigned_only(before)
            roles = self._every
            if self._refusal(sure, actions, event, event.trace.actor, roles) is None:
                return ON_ROLES
        # Where names do not match, whoever acted may have been the assignee by another name.
        person = None if self._names_match else before.assignee
        if person is not None and self._refusal(sure, actions, event, person, roles) is None:
            return ON_NAMES
        return REFUSED

    def _opening(self, event: Imported) -> Kind:
        if event.step.to_state not in self._workflow.state_by_name:
            return Kind(START, event.state, "open", UNDECIDABLE, "unknown_state")
        case = PlainCase(NEW, event.type)
        actions, _ = self._leading(case, event.step.to_state)
        if not actions:
            return Kind(START, event.state, "open", REFUSED, "no_such_step")
        roles = frozenset({event.step.role})
        refusal = self._refusal(case, actions, event, event.trace.actor, roles)
        if refusal is None:
            return Kind(START, event.state, "open", ALLOWED)
        guessed = event.step.role in self._guessed
        every = self._refusal(case, actions, event, event.trace.actor, self._every)
        answer = ON_ROLES if guessed and every is None else REFUSED
        return Kind(START, event.state, "open", answer, refusal.code)

    def _leading(self, case: Ticket | PlainCase, after: str) -> tuple[tuple[str, ...], bool]:
        """The actions that lead from where *case* stands to the state *after*; and whether one more
        would, if it were known where the case came from.
        """
        found: dict[str, None] = {}
        untold = False
        for action, row in self._rows(case.state, after):
            way = after if row.remembered is None else case.value(row.remembered)
            if way == after:
                found[action] = None
            untold = untold or way in {None, NEW}
        return tuple(found), untold

    def _rows(self, before: str, after: str) -> tuple[tuple[str, CompiledRow], ...]:
        """The rows that lead from one state to another, or may lead back to it."""
        found = self._ways.get((before, after))
        if found is None:
            found = tuple(
                (action, row)
                for action, by_state in self._workflow.compiled.table.items()
                for row in by_state.get(before, ())
                if after in row.returns
                or any(permit.to_state == after for permit in row.permits.values())
            )
            self._ways[before, after] = found
        return found

    def _promised(self, ticket: Ticket) -> Ticket:
        """The ticket with the end of its quiet period, if it is in one."""
        state = self._workflow.state_by_name[ticket.state]
        quiet = self._workflow.settings.auto_close_after
        if quiet is None or not state.resolved or state.category in ENDED:
            return ticket
        until = self._rulebook.until(ticket.times.state_since, quiet)
        return evolve(ticket, windows=evolve(ticket.windows, close_from=until))

    def _refusal(
        self,
        case: Ticket | PlainCase,
        actions: tuple[str, ...],
        event: Imported,
        person: str,
        roles: frozenset[str],
    ) -> Refusal | None:
        """Why none of *actions* was allowed, as far as can be told without their arguments."""
        actor = Actor(person or "?", roles)
        closest: Refusal | None = None
        for action in actions:
            option = self._workflow.option(case, action, actor=actor, at=event.trace.occurred_at)
            if option.refusal is None:
                return None
            if closest is None or len(option.refusal.unmet) < len(closest.unmet):
                closest = option.refusal
        return closest


def _assigned_only(ticket: Ticket) -> Ticket:
    """The ticket, with nothing counted as work but having been assigned it."""
    deeds = {
        person: {ASSIGNEE: roles[ASSIGNEE]}
        for person, roles in ticket.deeds.items()
        if ASSIGNEE in roles
    }
    return evolve(ticket, deeds=deeds)
