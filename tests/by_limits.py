"""The bank's rulebook in its small form: one time limit a type, and no service levels.

For tests about something else than clocks, which would otherwise meet marks on the way.
"""

from functools import cache

from attrs import evolve

from workorder.durations import parse
from workorder.rulebook import Rulebook, bank
from workorder.workflow import Workflow
from workorder.workflow.definition import Definition

LIMITS = {"complaint": parse("15 calendar days"), "dispute": parse("15 calendar days")}


@cache
def by_limits() -> Rulebook:
    """The rulebook ``bank`` with :data:`LIMITS` in place of its service levels, without routing."""
    whole = bank()
    definition = whole.workflow
    assert isinstance(definition, Definition)
    settings = evolve(definition.settings, time_limits=LIMITS)
    workflow = Workflow(
        name=definition.name,
        states=definition.states,
        roles=definition.roles,
        actions=definition.actions,
        rows=definition.rows,
        rules=definition.rules,
        settings=settings,
        text_limit=definition.text_limit,
    )
    return evolve(whole, workflow=workflow, sla=None, routing=None)
