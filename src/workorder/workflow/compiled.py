"""A workflow made ready: everything that is always the same is made once.

Judging an action is then a look-up by action and state, and the calls of its rules.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from workorder.refusals import Unmet, problem
from workorder.texts import CHINESE, ENGLISH, Label
from workorder.workflow.actions import SAME, Row, Step
from workorder.workflow.case import NEW, Case
from workorder.workflow.definition import Definition
from workorder.workflow.rules import Question, Rule, failed_rule
from workorder.workflow.states import State
from workorder.workflow.verdicts import Check, Permitted

Test = Callable[[Question], "bool | Unmet"]


def _permits(row: Row, source: str, target: State) -> dict[str, Permitted]:
    return {
        role: Permitted(
            Step(row.action, role, source, target.name, target.category, target.resolved)
        )
        for role in row.roles
    }


def ways_back(rows: Iterable[Row], state: str) -> tuple[str, ...]:
    """The states to which a returning row may lead from *state*: those it is entered from."""
    found = (
        source for row in rows if row.target == state for source in row.sources if source != state
    )
    return tuple(dict.fromkeys(found))


class CompiledRow:
    """A row as it applies in one state, with everything made beforehand that can be: permits,
    rules bound to parameters, and the answers that are always the same.
    """

    __slots__ = ("asked", "needs", "permits", "remembered", "returns", "roles", "tests")

    def __init__(
        self,
        row: Row,
        source: str,
        rules: Mapping[str, Rule],
        states: Mapping[str, State],
        required: Iterable[str],
        came_from: Iterable[str],
    ) -> None:
        target = source if row.target == SAME else row.target
        self.roles = row.roles
        self.remembered = row.target[1:] if row.returns else None
        self.permits: dict[str, Permitted] = {}
        self.returns: dict[str, dict[str, Permitted]] = {}
        if row.returns:
            self.returns = {each: _permits(row, source, states[each]) for each in came_from}
        else:
            self.permits = _permits(row, source, states[target])
        self.tests: list[tuple[Rule, Test, Unmet]] = []
        self.asked: list[tuple[Check, Check]] = []
        for use in row.rules:
            rule = rules[use.rule]
            test = partial(rule.test, **use.parameters) if use.parameters else rule.test
            plain = rule.unmet()
            self.tests.append((rule, test, plain))
            self.asked.append((Check(rule, needs=rule.needs), Check(rule, plain)))
        named = (name for check, _ in self.asked for name in check.needs)
        self.needs = tuple(dict.fromkeys([*required, *named]))

    def permit(self, role: str, case: Case) -> Permitted | None:
        """What is permitted in *role*; ``None`` when it is not known where to return to."""
        if self.remembered is None:
            return self.permits[role]
        # What a host's case remembers may be anything.
        known = self.returns.get(str(case.value(self.remembered)))
        return known[role] if known is not None else None

    def _lost(self, question: Question) -> list[Unmet]:
        """That it is not known where to return to, if so."""
        if self.remembered is None or self.permit(question.role, question.case) is not None:
            return []
        return [problem(self.remembered, "no_way_back")]

    def unmet(self, question: Question) -> list[Unmet]:
        """Every rule that does not hold."""
        found = self._lost(question) if self.remembered is not None else []
        for rule, test, plain in self.tests:
            try:
                answer = test(question)
            except Exception as error:  # noqa: BLE001 (whatever a rule raises, it fails closed)
                found.append(failed_rule(rule.name, error))
                continue
            if answer is not True:
                found.append(answer if isinstance(answer, Unmet) else plain)
        return found

    def passes(self, question: Question) -> bool:
        """Whether nothing stands in the way that can be known before arguments are given."""
        if self.remembered is not None and self._lost(question):
            return False
        for rule, test, _ in self.tests:
            if not rule.needs:
                try:
                    if test(question) is not True:
                        return False
                except Exception:  # noqa: BLE001 (whatever a rule raises, it fails closed)
                    return False
        return True

    def checks(self, question: Question) -> tuple[tuple[Check, ...], tuple[Unmet, ...]]:
        """Every rule asked beforehand (those that need arguments are not), and what is not met."""
        made: list[Check] = []
        found = self._lost(question) if self.remembered is not None else []
        for (rule, test, plain), (first, fails) in zip(self.tests, self.asked, strict=True):
            if first.needs:
                made.append(first)
                continue
            try:
                answer = test(question)
            except Exception as error:  # noqa: BLE001 (whatever a rule raises, it fails closed)
                answer = failed_rule(rule.name, error)
            if answer is True:
                made.append(first)
            elif isinstance(answer, Unmet):
                found.append(answer)
                made.append(Check(rule, answer))
            else:
                found.append(plain)
                made.append(fails)
        return tuple(made), tuple(found)


class Compiled:
    """A definition made ready; it must be without findings.

    Attributes:
        labels: states by name, with labels; the state before opening among them.
        roles: roles by name.
        role_names: their names.
        role_labels: roles by name, with labels.
        states: states by name.
        actions: actions by name, with labels.
        specs: the arguments of each action by name.
        table: action → state → rows.
        offered: state → action → rows: the same, by state first.
        sources: action → the states it is possible in, with labels.
        takers: action → state → the roles that may take it there, with labels.
        choices: every action that may be taken on a case that exists.
        settings: values that rules read.
        text_limit: characters a text argument may have where it does not say itself.
    """

    __slots__ = (
        "actions",
        "choices",
        "labels",
        "offered",
        "role_labels",
        "role_names",
        "roles",
        "settings",
        "sources",
        "specs",
        "states",
        "table",
        "takers",
        "text_limit",
    )

    def __init__(self, definition: Definition) -> None:
        new = Label(NEW, {ENGLISH: "not open yet", CHINESE: "未登记"})
        self.labels = {NEW: new, **{state.name: state.label for state in definition.states}}
        self.roles = {role.name: role for role in definition.roles}
        self.role_names = frozenset(self.roles)
        self.role_labels = {role.name: role.label for role in definition.roles}
        self.states = {state.name: state for state in definition.states}
        self.actions = {action.name: action.label for action in definition.actions}
        self.specs = {a.name: {s.name: s for s in a.arguments} for a in definition.actions}
        self.settings = definition.settings
        self.text_limit = definition.text_limit
        self.table = self._rows(definition)
        self.choices = [name for name, at in self.table.items() if NEW not in at or len(at) > 1]
        self.offered: dict[str, dict[str, tuple[CompiledRow, ...]]] = {}
        for action, by_state in self.table.items():
            for state, rows in by_state.items():
                self.offered.setdefault(state, {})[action] = rows
        self.sources = {
            action: tuple(self.labels[state] for state in at) for action, at in self.table.items()
        }
        self.takers = {
            action: {state: self._labelled(rows) for state, rows in at.items()}
            for action, at in self.table.items()
        }

    def _labelled(self, rows: Iterable[CompiledRow]) -> tuple[Label, ...]:
        roles = dict.fromkeys(role for row in rows for role in row.roles)
        return tuple(self.role_labels[role] for role in roles)

    def _rows(self, definition: Definition) -> dict[str, dict[str, tuple[CompiledRow, ...]]]:
        table: dict[str, dict[str, tuple[CompiledRow, ...]]] = {name: {} for name in self.actions}
        for row in definition.rows:
            by_state = table[row.action]
            required = [name for name, spec in self.specs[row.action].items() if spec.required]
            for source in row.sources or (NEW,):
                back = ways_back(definition.rows, source) if row.returns else ()
                compiled = CompiledRow(row, source, definition.rules, self.states, required, back)
                by_state[source] = (*by_state.get(source, ()), compiled)
        return table
