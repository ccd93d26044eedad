"""Named rules: the circumstances under which an action is allowed.

A rule is a named function from a :class:`Question` to true, false or an
:class:`~workorder.refusals.Unmet` of its own. It never changes anything, reads no clock,
and needs nothing but the question. Workflows refer to rules by name, with parameters;
files never hold code.

A rule that raises counts as *not met* and says so: it fails closed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import field, frozen

from workorder.refusals import Unmet
from workorder.texts import CHINESE, ENGLISH, PROBLEMS, Texts
from workorder.workflow.case import Actor, Case
from workorder.workflow.settings import Settings
from workorder.workflow.states import State


class Question:
    """May this be done? Everything a rule may look at.

    Attributes:
        case: the work order as it stands.
        actor: who wants to act.
        role: the role under which it is being asked.
        at: the instant, in UTC.
        arguments: what the action was given.
        settings: the workflow's settings.
        states: the workflow's states by name.
        related: other cases the action concerns, by id (the target of a merge).
    """

    __slots__ = ("actor", "arguments", "at", "case", "related", "role", "settings", "states")

    def __init__(
        self,
        case: Case,
        actor: Actor,
        role: str,
        at: datetime,
        arguments: Mapping[str, object],
        settings: Settings,
        states: Mapping[str, State] = {},
        related: Mapping[str, Case] = {},
    ) -> None:
        self.case = case
        self.actor = actor
        self.role = role
        self.at = at
        self.arguments = arguments
        self.settings = settings
        self.states = states
        self.related = related

    def has_text(self, name: str) -> bool:
        """Whether the argument *name* is a text that is not blank."""
        value = self.arguments.get(name)
        return isinstance(value, str) and bool(value.strip())


Test = Callable[..., "bool | Unmet"]


@frozen
class Rule:
    """A rule with its sentences.

    Attributes:
        name: how workflows refer to it.
        test: the function; called as ``test(question, **parameters)``.
        holds: what is true when it is met, per language.
        otherwise: what to say when it is not: what is in the way and what would help.
        needs: arguments it reads; without them it cannot be judged beforehand.
        parameters: the parameters it takes, with their types.
    """

    name: str
    test: Test = field(eq=False)
    holds: Texts = {}
    otherwise: Texts = {}
    needs: tuple[str, ...] = ()
    parameters: Mapping[str, type] = {}

    def unmet(self, **facts: object) -> Unmet:
        """This rule, not met; *facts* fill its sentence."""
        return Unmet(self.name, self.name, facts, self.otherwise)

    def __call__(self, question: Question, **parameters: object) -> bool | Unmet:
        """Ask the rule directly (in tests of rules)."""
        return self.test(question, **parameters)


def rule(
    name: str,
    *,
    holds: tuple[str, str],
    otherwise: tuple[str, str],
    needs: tuple[str, ...] = (),
    **parameters: type,
) -> Callable[[Test], Rule]:
    """Make a rule of a function; sentences are given as (English, Chinese).

    >>> @rule(
    ...     "weekday",
    ...     holds=("it is a weekday", "工作日"),
    ...     otherwise=("come back on a weekday", "请在工作日办理"),
    ... )
    ... def weekday(question):
    ...     return question.at.weekday() < 5
    >>> weekday.name
    'weekday'
    """

    def make(test: Test) -> Rule:
        return Rule(
            name,
            test,
            {ENGLISH: holds[0], CHINESE: holds[1]},
            {ENGLISH: otherwise[0], CHINESE: otherwise[1]},
            needs,
            parameters,
        )

    return make


@frozen
class Use:
    """A rule as one row of a workflow uses it: by name, with parameters."""

    rule: str
    parameters: Mapping[str, object] = {}


def as_use(value: "str | Use") -> Use:
    """A bare name is a use without parameters."""
    return value if isinstance(value, Use) else Use(value)


def failed_rule(name: str, error: Exception) -> Unmet:
    """A rule that raised: not met, and saying that the rule itself is at fault."""
    # Not what the exception says: it may speak of the case.
    said = type(error).__name__
    return Unmet(name, "rule_error", {"name": name, "error": said}, PROBLEMS["rule_error"])
