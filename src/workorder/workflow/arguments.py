"""What an action may be given: named, typed, limited arguments.

Whether an argument *must* be given is mostly a rule's business (``reason_given``), so
that it is reported beside the other rules; ``required`` here is for those without which
the action has no meaning at all.
"""

from collections.abc import Mapping

from attrs import frozen

from workorder.refusals import Unmet, problem
from workorder.values import CODE_LIMIT, Kind, check_value, without_value


@frozen
class Argument:
    """One argument of an action.

    Attributes:
        name: what it is called in commands and events.
        kind: its type.
        required: the action means nothing without it.
        sensitive: its value never stands in a record, only a reference to it does
            (so for every ``text`` unless said otherwise).
        limit: characters allowed; the workflow's limit if ``None``.
        choices: the only values allowed, if any are listed.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    sensitive: bool | None = None
    limit: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether the value is kept out of records."""
        return self.kind == "text" if self.sensitive is None else self.sensitive


def check_arguments(
    specs: Mapping[str, Argument], given: Mapping[str, object], limit: int
) -> list[Unmet]:
    """Everything that is wrong with the arguments *given*."""
    problems = []
    for name, value in given.items():
        spec = specs.get(name)
        if spec is None:
            problems.append(problem(str(name), "unknown_argument"))
        elif value is not None:
            default = limit if spec.kind == "text" else CODE_LIMIT
            found = check_value(name, spec.kind, value, spec.limit or default, spec.choices)
            if found is not None and spec.sealed:
                found = without_value(found)
            if found is not None:
                problems.append(found)
    for name, spec in specs.items():
        value = given.get(name)
        if spec.required and (value is None or (isinstance(value, str) and not value.strip())):
            problems.append(problem(name, "required"))
    return problems
