"""What of a workflow has ever been exercised: by a test suite, or by a year of production.

Histories go in as steps (every event of a trail has its ``step``; so has every permit) and
refusals as they were given; what the table offers and nobody ever did comes out. Two coverages of
one workflow merge by ``|``, so each test or each month may be measured alone.

>>> from workorder.rulebook import basic
>>> from workorder.workflow.paths import path_to_action, shortest_paths
>>> workflow = basic().workflow
>>> found = coverage(workflow, shortest_paths(workflow)["closed"])
>>> found.states.never
()
>>> found.actions.never
('assign', 'transfer', 'comment', 'return_for_rework', 'reopen')
>>> for action in found.actions.never:
...     found |= coverage(workflow, path_to_action(workflow, action))
>>> found.actions.never
()
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from attrs import evolve, frozen

from workorder.errors import InvalidInput
from workorder.refusals import PRECEDENCE, Refusal
from workorder.texts import CHINESE, ENGLISH, Texts, in_language, is_chinese
from workorder.workflow.actions import Step
from workorder.workflow.paths import paths_to_steps
from workorder.workflow.workflow import Workflow

T = TypeVar("T", bound=Hashable)


@frozen
class Measure(Generic[T]):
    """One kind of thing: all there is, and what was seen of it.

    Attributes:
        known: everything there is, in the order of the workflow.
        seen: what was met, strange things among it.
    """

    known: tuple[T, ...]
    seen: frozenset[T] = frozenset()

    @property
    def exercised(self) -> tuple[T, ...]:
        """What there is and was met."""
        return tuple(each for each in self.known if each in self.seen)

    @property
    def never(self) -> tuple[T, ...]:
        """What there is and was never met."""
        return tuple(each for each in self.known if each not in self.seen)

    @property
    def strange(self) -> tuple[T, ...]:
        """What was met though the workflow does not have it: histories of another edition."""
        return tuple(sorted(self.seen.difference(self.known), key=str))


Change = tuple[str, str, str]
"""A row as it was taken: action, from, to."""

RoleOfAction = tuple[str, str]
"""An action, and a role in which it may be taken."""

_TITLES: dict[str, Texts] = {
    "actions": {ENGLISH: "actions", CHINESE: "操作"},
    "rows": {ENGLISH: "rows", CHINESE: "流转"},
    "roles": {ENGLISH: "roles of actions", CHINESE: "操作角色"},
    "states": {ENGLISH: "states", CHINESE: "状态"},
    "refusals": {ENGLISH: "refusals", CHINESE: "拒绝"},
    "rules": {ENGLISH: "rules unmet", CHINESE: "未满足规则"},
}

_LINE: Texts = {ENGLISH: "{title}: {done} of {known}", CHINESE: "{title}：{done}/{known}"}
_NEVER: Texts = {ENGLISH: "  - never: {}", CHINESE: "  - 从未：{}"}
_STRANGE: Texts = {ENGLISH: "  - not in the workflow: {}", CHINESE: "  - 不在流程中：{}"}
_NO_RULES = frozenset({"rule_error", "no_way_back"})
"""Codes of what stands in the way beside rules that simply do not hold."""


@frozen
class Coverage:
    """What of one workflow was exercised, and what never.

    Attributes:
        workflow: the workflow that is measured.
        actions: every action.
        rows: every (action, from, to); a returning row has one for each state it may lead back to.
        roles: every (action, role).
        states: every state.
        refusals: every refusal code, those that only a desk gives among them.
        rules: every rule that some row asks; met here when it stood in somebody's way.
    """

    workflow: Workflow
    actions: Measure[str]
    rows: Measure[Change]
    roles: Measure[RoleOfAction]
    states: Measure[str]
    refusals: Measure[str]
    rules: Measure[str]

    def __or__(self, other: "Coverage") -> "Coverage":
        """What either has seen.

        Raises:
            InvalidInput: ``not_a_choice`` when they measure different workflows.
        """
        if other.workflow != self.workflow:
            mine, others = self.workflow.name, other.workflow.name
            raise InvalidInput("not_a_choice", name="workflow", found=others, choices=(mine,))
        return evolve(
            self,
            actions=_both(self.actions, other.actions),
            rows=_both(self.rows, other.rows),
            roles=_both(self.roles, other.roles),
            states=_both(self.states, other.states),
            refusals=_both(self.refusals, other.refusals),
            rules=_both(self.rules, other.rules),
        )

    def _measures(self) -> Iterator[tuple[str, Measure[Any]]]:
        for name in _TITLES:
            yield name, getattr(self, name)

    def text(self, language: str = ENGLISH) -> str:
        """A table for people: how much of each kind was exercised, then all that never was."""
        line, never, strange = (in_language(each, language) for each in (_LINE, _NEVER, _STRANGE))
        lines = []
        for name, measure in self._measures():
            title = in_language(_TITLES[name], language)
            done, known = len(measure.exercised), len(measure.known)
            lines.append(line.format(title=title, done=done, known=known))
            for template, items in ((never, measure.never), (strange, measure.strange)):
                lines += [template.format(self._shown(name, item, language)) for item in items]
        return "\n".join(lines)

    def _shown(self, kind: str, item: Any, language: str) -> str:
        """One item by the labels people know."""
        workflow = self.workflow
        actions, states = workflow.action_labels, workflow.labels
        tables = {
            "actions": (actions,),
            "rows": (actions, states, states),
            "roles": (actions, workflow.role_labels),
            "states": (states,),
        }.get(kind, ({},))
        names = item if isinstance(item, tuple) else (item,)
        shown = [
            table[name].text(language) if name in table else name
            for name, table in zip(names, tables, strict=True)
        ]
        if len(shown) == 1:
            return shown[0]
        colon = "：" if is_chinese(language) else ": "
        return f"{shown[0]}{colon}{' → '.join(shown[1:])}"

    def as_data(self) -> dict[str, Any]:
        """The same as plain data (for JSON): names, never labels."""
        found: dict[str, Any] = {"workflow": self.workflow.name}
        for name, measure in self._measures():
            found[name] = {
                "exercised": _plain(measure.exercised),
                "never": _plain(measure.never),
                "strange": _plain(measure.strange),
            }
        return found


def _both(one: Measure[T], other: Measure[T]) -> Measure[T]:
    return evolve(one, seen=one.seen | other.seen)


def _plain(items: tuple[Any, ...]) -> list[Any]:
    return [list(item) if isinstance(item, tuple) else item for item in items]


def coverage(
    workflow: Workflow, steps: Iterable[Step], refusals: Iterable[Refusal] = ()
) -> Coverage:
    """What *steps* and *refusals* have exercised of *workflow*.

    Args:
        workflow: the workflow to measure.
        steps: what was done: ``event.step`` of any events, ``permitted.step`` of any permits.
        refusals: what was refused. A rule that raised was not exercised and does not count.
    """
    offered = [path[-1] for path in paths_to_steps(workflow)]
    done, refused = list(steps), list(refusals)
    unmet = [each for refusal in refused if refusal.code == "rules" for each in refusal.unmet]
    asked = (use.rule for row in workflow.rows for use in row.rules)
    return Coverage(
        workflow,
        Measure(tuple(workflow.action_labels), frozenset(step.action for step in done)),
        Measure(_distinct(map(_change, offered)), frozenset(map(_change, done))),
        Measure(_distinct(map(_role, offered)), frozenset(map(_role, done))),
        Measure(tuple(workflow.state_by_name), frozenset(step.to_state for step in done)),
        Measure(PRECEDENCE, frozenset(refusal.code for refusal in refused)),
        Measure(_distinct(asked), frozenset(x.name for x in unmet if x.code not in _NO_RULES)),
    )


def _change(step: Step) -> Change:
    return step.action, step.from_state, step.to_state


def _role(step: Step) -> RoleOfAction:
    return step.action, step.role


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
