"""The rulebooks that ship, read from the files in ``shipped/``.

They are files as a host would write them: a good first draft of a bank's own. Each is an
immutable value, read once.
"""

from functools import cache
from pathlib import Path

from workorder.rulebook.files import load_rulebook
from workorder.rulebook.rulebook import Rulebook

_FOLDER = Path(__file__).with_name("shipped")


def shipped_names() -> tuple[str, ...]:
    """The names of the rulebooks that ship.

    >>> shipped_names()
    ('bank', 'basic', 'it_desk')
    """
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def bank() -> Rulebook:
    """The bank's rulebook: twelve states, fifteen roles, every action of a complaint's life. Its
    calendar is ``CN``, in the zone ``Asia/Shanghai``.

    >>> [state.name for state in bank().workflow.states if state.category == "final"]
    ['archived', 'cancelled', 'merged', 'rejected']
    """
    return _shipped("bank")


@cache
def basic() -> Rulebook:
    """The basic rulebook: 受理 · 转办 · 处理 · 结案, three roles, ten actions, four eyes.

    >>> [role.name for role in basic().workflow.roles]
    ['handler', 'supervisor', 'system']
    """
    return _shipped("basic")


@cache
def it_desk() -> Rulebook:
    """Incidents and requests of an IT service desk: nothing of a bank in it.

    >>> [form.type for form in it_desk().forms]
    ['incident', 'service_request']
    """
    return _shipped("it_desk")


def _shipped(name: str) -> Rulebook:
    return load_rulebook(_FOLDER / f"{name}.toml")
