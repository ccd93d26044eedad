"""Random walks through a workflow, and valid arguments, for tests of a host's own.

Needs hypothesis (``pip install hypothesis``), which is imported only when one of these is called.
A walk is legal by the table: states, roles, returns to where the ticket was. Rules are left aside,
because what they say depends on the ticket. So a host drives its own code along the walk, and
states what must hold whether a step is permitted or refused (here ``evaluate`` is the code driven):

>>> from datetime import datetime
>>> from hypothesis import given, strategies
>>> from workorder.rulebook import basic
>>> from workorder.workflow import Actor, PlainCase
>>> workflow = basic().workflow
>>> noon = datetime(2026, 9, 30, 4, tzinfo=UTC)
>>> @given(walks(workflow), strategies.data())
... def test_nothing_but_rules_stands_in_the_way(walk, data):
...     for step in walk:
...         arguments = data.draw(arguments_for(workflow, step.action))
...         case = PlainCase(step.from_state, assignee="li")
...         actor = Actor("li", step.role)
...         answer = workflow.evaluate(case, step.action, actor=actor, at=noon, arguments=arguments)
...         assert answer or answer.code == "rules"
>>> test_nothing_but_rules_stands_in_the_way()

Failing walks shrink to short ones, and to the first rows of the table.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC
from types import ModuleType
from typing import TYPE_CHECKING, Any

from workorder.errors import InvalidInput
from workorder.values import CODE_LIMIT
from workorder.workflow.actions import Step
from workorder.workflow.arguments import Argument
from workorder.workflow.moves import Move, Moves, Standing
from workorder.workflow.workflow import Workflow

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_LONG = 60
"""Characters that drawn texts have at most; longer ones teach little and are slow to draw."""

_BIG = 2**63


def walks(
    workflow: Workflow, *, max_steps: int = 30, roles: Collection[str] | None = None
) -> "SearchStrategy[tuple[Step, ...]]":
    """Random walks of at least one step, the first of which opens the ticket.

    Args:
        workflow: the workflow.
        max_steps: how many steps a walk has at most. It may be shorter: at random, and where
            nothing more can be done.
        roles: who walks; everybody, if ``None``.

    Raises:
        InvalidInput: ``not_a_choice`` when none of *roles* may open a ticket.
        ImportError: hypothesis is not installed.
    """
    strategies = _strategies()
    moves = Moves(workflow, roles)
    if not moves.offered(Standing()):
        openers = {move.step.role: None for move in Moves(workflow).offered(Standing())}
        found = ", ".join(sorted(roles or ()))
        raise InvalidInput("not_a_choice", name="roles", found=found, choices=tuple(openers))

    def walk(draw: Callable[[Any], Any]) -> tuple[Step, ...]:
        steps: list[Step] = []
        standing = Standing()
        length = draw(strategies.integers(1, max_steps))
        lively = draw(strategies.integers(0, length - 1))
        for number in range(length):
            offered = moves.offered(standing)
            if number < lively:  # most ways to an end are short, and a walk would see little
                offered = [move for move in offered if not _ends(move)] or offered
            if not offered:
                break
            move = _drawn(draw, strategies, offered)
            steps.append(move.step)
            standing = move.after
        return tuple(steps)

    drawn: SearchStrategy[tuple[Step, ...]] = strategies.composite(walk)()
    return drawn


def _ends(move: Move) -> bool:
    return move.step.moved and move.step.category == "final"


def _drawn(draw: Callable[[Any], Any], strategies: Any, offered: list[Move]) -> Move:
    """One move: first whether to move on or stay, then the action, then the rest.

    Most rows of a workflow stay where they are; drawn evenly, walks would hardly get anywhere.
    """
    moving = [move for move in offered if move.step.moved]
    staying = [move for move in offered if not move.step.moved]
    chosen = draw(strategies.sampled_from([group for group in (moving, staying) if group]))
    action = draw(strategies.sampled_from(list(dict.fromkeys(x.step.action for x in chosen))))
    move: Move = draw(strategies.sampled_from([x for x in chosen if x.step.action == action]))
    return move


def arguments_for(workflow: Workflow, action: str) -> "SearchStrategy[dict[str, Any]]":
    """Arguments that *action* takes: of the right kinds, within limits, out of the choices.

    Those that are required or that some rule of the action reads are always there, and texts among
    them are not blank; the others come and go.

    Args:
        workflow: the workflow.
        action: the action's name.

    Raises:
        KeyError: the workflow has no such action.
        ImportError: hypothesis is not installed.
    """
    strategies = _strategies()
    specs: Mapping[str, Argument] = workflow.compiled.specs[action]
    read = {
        name
        for row in workflow.rows
        if row.action == action
        for use in row.rules
        for name in workflow.rules[use.rule].needs
    }
    always: dict[str, Any] = {}
    sometimes: dict[str, Any] = {}
    for name, spec in specs.items():
        values = _values(strategies, spec, workflow.text_limit)
        if spec.required or name in read:
            always[name] = values
        else:
            sometimes[name] = values
    drawn: SearchStrategy[dict[str, Any]] = strategies.fixed_dictionaries(
        always, optional=sometimes
    )
    return drawn


def _values(strategies: Any, spec: Argument, text_limit: int) -> Any:
    limit = min(spec.limit or (text_limit if spec.kind == "text" else CODE_LIMIT), _LONG)
    one = strategies.sampled_from(spec.choices) if spec.choices else _texts(strategies, limit)
    kinds: dict[str, Callable[[], Any]] = {
        "text": lambda: one,
        "code": lambda: one,
        "codes": lambda: strategies.lists(one, max_size=5).map(tuple),
        "integer": lambda: strategies.integers(-_BIG, _BIG - 1),
        "flag": strategies.booleans,
        "instant": lambda: strategies.datetimes(timezones=strategies.just(UTC)),
    }
    return kinds[spec.kind]()


def _texts(strategies: Any, limit: int) -> Any:
    """Texts that are printable, not blank, and neither begin nor end with a blank."""
    letters = strategies.characters(exclude_categories=("C", "Z"))
    inner = strategies.characters(exclude_categories=("C", "Zl", "Zp"))
    short = strategies.text(letters, min_size=1, max_size=limit)
    if limit < 3:  # noqa: PLR2004 (a letter, something, a letter)
        return short
    between = strategies.text(inner, max_size=limit - 2)
    return short | strategies.tuples(letters, between, letters).map("".join)


def _strategies() -> ModuleType:
    try:
        from hypothesis import strategies
    except ImportError:
        raise ImportError(
            "walks are drawn by hypothesis, which is not installed: pip install hypothesis"
        ) from None
    return strategies
