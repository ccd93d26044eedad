"""Assignment policies in a file of their own: what decisions would have been under another one.

::

    format = 1                     # of the file
    name = "fitting"
    filters = ["usual", { name = "not_declined", cool_down = "15 elapsed minutes" }]
    scorers = [{ name = "skill_fit", counts = 2 }, "low_load"]
    selector = "best_score"

The keys are those that a rulebook file has in ``[routing.policies.<name>]``.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workorder.errors import ConfigurationError, Finding
from workorder.rulebook.files.mistakes import at_its_line, with_lines
from workorder.rulebook.files.parts import normal
from workorder.rulebook.files.reading import FORMAT, ROUTING, read_format
from workorder.tables import Table, raise_all, read_text, read_toml
from workorder.toml import toml_text

if TYPE_CHECKING:
    from workorder.assign import AssignmentPolicy
    from workorder.assign.shipped import Part

_RULEBOOK = (ROUTING, "states", "actions", "forms")
"""Tables that only a rulebook file has."""


def load_policy(
    path: str | Path, *, name: str | None = None, parts: "Iterable[Part]" = ()
) -> "AssignmentPolicy":
    """Read a file of an assignment policy, or one of the policies of a rulebook file.

    Of a rulebook file the policies of ``[routing]`` are read, and nothing else.

    Args:
        path: of the file.
        name: which policy of a rulebook file; the first, if not given.
        parts: the host's own filters, scorers and selectors, which it may name.

    Raises:
        ConfigurationError: with every mistake at once: file and line, key, what was found, what
            was expected.
    """
    return policy_from_toml(read_text(path), str(path), name=name, parts=parts)


def policy_from_toml(
    text: str, file: str = "", *, name: str | None = None, parts: "Iterable[Part]" = ()
) -> "AssignmentPolicy":
    """An assignment policy from TOML text; *file* is named in findings, with the line.

    Raises:
        ConfigurationError: with every mistake at once.

    >>> policy = policy_from_toml('''
    ... format = 1
    ... name = "fitting"
    ... scorers = [{ name = "skill_fit", counts = 2 }, "low_load"]
    ... selector = "best_score"
    ... ''')
    >>> [each.scorer.name for each in policy.scorers]
    ['skill_fit', 'low_load']
    """
    try:
        data = read_toml(text, file)
    except ConfigurationError as error:
        raise ConfigurationError([at_its_line(each) for each in error.findings]) from None
    try:
        return _policy(data, file, name, parts)
    except ConfigurationError as error:
        raise ConfigurationError(with_lines(error.findings, text, file)) from None


def _policy(
    data: Mapping[str, Any], file: str, name: str | None, parts: "Iterable[Part]"
) -> "AssignmentPolicy":
    from workorder.rulebook.files.named_parts import shelves
    from workorder.rulebook.files.policy_tables import read_policy
    from workorder.rulebook.files.routing_tables import read_policies

    try:
        table = Table(normal(data), "", [])
    except RecursionError:
        found, expected = "tables nested too deeply", "the tables of a policy"
        raise ConfigurationError([Finding("policy", found, expected, file)]) from None
    read_format(table)
    known = shelves(parts, table.wrong)
    if not any(each in table.data for each in _RULEBOOK):
        made = read_policy(table, known)
        if name is not None and name != made.name:
            table.say("name", made.name, name)
        raise_all(table.wrong, file)
        return made
    if ROUTING not in table.data:
        expected = "the table [routing], in which a rulebook has its policies"
        table.say(ROUTING, "nothing", expected)
    inside = Table(table.take(ROUTING, dict) or {}, ROUTING, table.wrong)
    policies = read_policies(inside, known)
    if not policies and not table.wrong:
        inside.say("policies", "none", "one policy at least")
    if name is not None and name not in policies and not table.wrong:
        inside.say("policies", ", ".join(policies), f"one called {name}")
    raise_all(table.wrong, file)
    return next(iter(policies.values())) if name is None else policies[name]


def policy_to_toml(policy: "AssignmentPolicy") -> str:
    """The text of a file of an assignment policy; reading it gives an equal one, with its digest.

    A host's own parts are named, not written: give them again when reading.

    Raises:
        ConfigurationError: for parts that no file can name.

    >>> from workorder.assign import AssignmentPolicy
    >>> policy_from_toml(policy_to_toml(AssignmentPolicy())) == AssignmentPolicy()
    True
    """
    from workorder.rulebook.files.routing_writing import policy_to_data

    data = {"format": FORMAT, **policy_to_data(policy)}
    return toml_text(data, inline=lambda _: True, spread=("filters", "scorers"))
