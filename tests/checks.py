"""Checks that more than one test asks: the real rulebook must pass them, planted faults must not.

A check answers everything wrong it found, as text; nothing, if all is well.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from tests.builders import NOON
from workorder.refusals import Refusal
from workorder.ticket import Dispatched, Event, Transferred
from workorder.workflow import ASSIGNEE, NEW, SAME, Actor, Permitted, PlainCase, Row, Workflow


@frozen
class Situation:
    """Who asks for an action, on which case, with which arguments."""

    case: dict[str, Any] = {}
    arguments: dict[str, object] = {}
    actor: str = "li"


@frozen
class Cases:
    """How one action is permitted, and for each of its rules how exactly that one is not met."""

    good: Situation
    bad: Mapping[str, Situation] = {}


def judged(
    workflow: Workflow, action: str, situation: Situation, state: str, role: str
) -> Permitted | Refusal:
    """The answer of *workflow* in one situation."""
    return workflow.evaluate(
        PlainCase(state, **situation.case),
        action,
        actor=Actor(situation.actor, role, "cards"),
        at=NOON,
        arguments=situation.arguments,
    )


def wrong_with_rows(workflow: Workflow, cases: Mapping[str, Cases]) -> list[str]:
    """Whether every row permits what it says, and refuses in every other way.

    For each row, state and role: the good situation passes, each bad one is refused by its rule
    alone. No row, no state and no rule may be without a case, and no case without a rule.
    """
    found: list[str] = []
    known = {row.action for row in workflow.rows}
    for row in workflow.rows:
        case = cases.get(row.action)
        if case is None:
            found.append(f"{row.action}: no case")
            continue
        ruled = {use.rule for use in row.rules}
        found += [f"{row.action}: no case for {rule}" for rule in sorted(ruled - set(case.bad))]
        for source in row.sources or (NEW,):
            for role in row.roles:
                found += _wrong_with_row(workflow, row, case, source, role)
    return found + [f"{action}: no row" for action in cases if action not in known]


def _wrong_with_row(
    workflow: Workflow, row: Row, case: Cases, source: str, role: str
) -> Iterator[str]:
    place = f"{row.action} from {source or 'nothing'} as {role}"
    rows = [each for each in workflow.rows if each.action == row.action]
    answer = judged(workflow, row.action, case.good, source, role)
    target = source if row.target == SAME else row.target
    if isinstance(answer, Refusal):
        yield f"{place}: refused ({answer.text()})"
    elif (answer.step.from_state, answer.to_state, answer.role) != (source, target, role):
        yield f"{place}: permitted as {answer.step}"
    for rule, situation in case.bad.items():
        verdict = judged(workflow, row.action, situation, source, role)
        unmet = [each.name for each in verdict.unmet] if isinstance(verdict, Refusal) else None
        if unmet is None and rule == "own_if_handler" and role != "handler":
            continue  # the one rule that asks about one role only
        if unmet != [rule]:
            yield f"{place}: {rule} should stand in the way, found {unmet}"
    for state in (NEW, *(state.name for state in workflow.states)):
        verdict = judged(workflow, row.action, case.good, state, role)
        offered = any(state in (each.sources or (NEW,)) for each in rows)
        if not offered and not (isinstance(verdict, Refusal) and verdict.code == "wrong_state"):
            yield f"{place}: possible in {state or 'nothing'}"
    for other in (each.name for each in workflow.roles):
        verdict = judged(workflow, row.action, case.good, source, other)
        allowed = any(other in each.roles for each in rows if source in (each.sources or (NEW,)))
        if not allowed and not (isinstance(verdict, Refusal) and verdict.code == "not_permitted"):
            yield f"{place}: possible as {other}"


def workers(events: Sequence[Event]) -> set[str]:
    """Who worked on a ticket, read off its events in the plainest way.

    Whoever was given it, and whoever acted as a handler in any way but opening it.
    """
    found: set[str] = set()
    for event in events:
        if isinstance(event, Dispatched | Transferred) and event.assignee is not None:
            found.add(event.assignee)
        if event.step.role == "handler" and event.step.action != "open":
            found.add(event.trace.actor)
    return found


REVIEWS = ("close", "return_for_rework")


def wrong_with_four_eyes(events: Sequence[Event], reviews: Collection[str] = REVIEWS) -> list[str]:
    """Whether somebody closed or sent back work of their own, anywhere in a trail. To look at
    somebody's work is no work on the matter.
    """
    found = []
    work: list[Event] = []
    for event in events:
        if event.step.action not in reviews:
            work.append(event)
        elif event.trace.actor in workers(work):
            found.append(f"{event.trace.actor} took {event.step.action} after working on it")
    return found


def wrong_with_deeds(took_part: Any, events: Sequence[Event], people: Collection[str]) -> list[str]:
    """Whether a ticket remembers exactly those who worked on it, as its trail has them."""
    expected = workers(events)
    return [
        f"{person}: {'forgotten' if person in expected else 'invented'}"
        for person in people
        if took_part(person, roles=("handler", ASSIGNEE), besides=("open",)) != (person in expected)
    ]


def wrong_with_sealing(events: Sequence[Event], secrets: Collection[str]) -> list[str]:
    """Whether a sensitive text stands anywhere in the events."""
    shown = [repr(event) for event in events]
    return [
        f"{type(event).__name__} shows {secret}"
        for event, text in zip(events, shown, strict=True)
        for secret in secrets
        if secret in text
    ]


def name_of(value: object) -> str:
    """A name for a case that is the same in every process: without addresses."""
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))
