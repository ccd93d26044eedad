"""Every check there is, in the order in which they are made."""

from collections.abc import Mapping

from workorder.testing import chapters
from workorder.testing.check import Check
from workorder.texts import CHINESE, ENGLISH

CHECKS: tuple[Check, ...] = (
    *chapters.HABITS,
    *chapters.DECLARING,
    *chapters.LOADING,
    *chapters.COMMITTING,
    *chapters.CONFLICTS,
    *chapters.REPEATING,
    *chapters.OCTETS,
    *chapters.TEXTS,
    *chapters.LIMITS,
    *chapters.HISTORY,
    *chapters.SEALING,
    *chapters.OUTBOX,
    *chapters.TIMING,
    *chapters.CAPACITY,
    *chapters.QUERYING,
    *chapters.TENANTS,
    *chapters.THREADS,
    *chapters.TASKS,
    *chapters.PROCESSES,
    *chapters.CRASHES,
    *chapters.WALKING,
)
"""All of them: habits of databases, then promises, the simplest first."""

BY_NAME: Mapping[str, Check] = {check.name: check for check in CHECKS}
"""The same by their names."""


def table() -> str:
    """All checks as a table in Markdown: name, verb, what it needs, the promise in both languages.

    >>> table().splitlines()[0]
    '| check | verb | needs | promise | 承诺 |'
    """
    lines = ["| check | verb | needs | promise | 承诺 |", "| --- | --- | --- | --- | --- |"]
    for check in CHECKS:
        wants = (check.wants,) if check.wants else ()
        needs = ", ".join((*(each.value for each in check.needs), *wants))
        english, chinese = (check.promise[each].replace("``", "`") for each in (ENGLISH, CHINESE))
        lines.append(f"| `{check.name}` | `{check.verb}` | {needs} | {english} | {chinese} |")
    return "\n".join(lines)
