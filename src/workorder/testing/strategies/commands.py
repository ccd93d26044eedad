"""Commands, with arguments of the kinds that they declare."""

from collections.abc import Collection
from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from workorder.testing.strategies.values import codes, fields, instants, integers, texts
from workorder.ticket import Command
from workorder.ticket.commands import BUILT_IN
from workorder.values import Kind
from workorder.workflow import Argument


def _argument(spec: Argument) -> SearchStrategy[Any]:
    one = st.sampled_from(spec.choices) if spec.choices else codes()
    kinds: dict[Kind, SearchStrategy[Any]] = {
        "text": texts(),
        "code": one,
        "codes": st.lists(one, max_size=3).map(tuple),
        "integer": integers(),
        "flag": st.booleans(),
        "instant": instants().map(lambda at: at.astimezone(UTC)),
    }
    return kinds[spec.kind]


def commands_of(kind: type[Command]) -> SearchStrategy[Command]:
    """Commands of one class. Arguments fit their kinds; whether rules allow them is another
    question.
    """
    given: dict[str, SearchStrategy[Any]] = {}
    left_out: dict[str, SearchStrategy[Any]] = {}
    for spec in kind.specs():
        (given if spec.required else left_out)[spec.name] = _argument(spec)
    for name in kind.undeclared():
        if name == "fields":
            given[name] = fields()
    drawn = st.fixed_dictionaries(given, optional=left_out)
    return drawn.map(lambda arguments: kind(**arguments))


def commands(kinds: Collection[type[Command]] = ()) -> SearchStrategy[Command]:
    """Commands of any of *kinds*; of every class that ships, if none are given."""
    return st.sampled_from(tuple(kinds) or BUILT_IN).flatmap(commands_of)
