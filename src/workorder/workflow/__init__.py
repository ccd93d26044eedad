"""How work orders move: states, roles, actions, rules, and the one question "may I?".

**The rules of the house.** A workflow is a table. Every action is a row of it: those that
move the ticket and those that only leave a note. A row says who may take the action, from
which states, to which state, and which named rules must hold. Nothing else decides.

**Theory of operation.** :meth:`Workflow.evaluate` answers one action with its arguments:
:class:`Permitted`, with the step that will be recorded, or a
:class:`~workorder.refusals.Refusal` that names *every* reason. :meth:`Workflow.options`
answers all actions at once, before anybody has typed anything: rules that need arguments
are listed as needed, not as failed. Both look at a *case* (:class:`Case`, seven questions),
at an *actor* and at an instant, and at nothing else: no clock, no store, no global.

**Use it alone.** A host with a ticket table of its own builds a :class:`PlainCase` from a
row, or lets its own class satisfy :class:`Case`, and asks. Nothing of tickets, events or
storage is needed.

**Proofs.** A workflow is checked when it is made (:func:`check` also tells its warnings):
states nobody can leave, actions nobody can take, targets nothing tells apart.
:func:`shortest_paths` says how to get anywhere, :func:`coverage` what of the table a history has
ever exercised, and :func:`walks` draws random histories for a host's own tests.

**What does not belong here:** what an action *does* (the kernel), how a ticket is kept
(storage), who should get it (assign), and by when (sla).
"""

from workorder.refusals import PRECEDENCE, Refusal, Unmet
from workorder.workflow.actions import RETURN, SAME, Action, Row, Step
from workorder.workflow.arguments import Argument
from workorder.workflow.case import (
    ASSIGNED,
    ASSIGNEE,
    NEW,
    Actor,
    Case,
    Deeds,
    PlainCase,
    took_part,
)
from workorder.workflow.coverage import Coverage, coverage
from workorder.workflow.definition import Definition
from workorder.workflow.findings import check, definition_warnings
from workorder.workflow.options import NO_ARGUMENTS
from workorder.workflow.paths import path_to_action, paths_to_steps, shortest_paths
from workorder.workflow.roles import (
    Reads,
    Role,
    Scope,
    may_see,
    reads_all,
    visible,
    whole_readers,
)
from workorder.workflow.rules import Question, Rule, Use, rule
from workorder.workflow.settings import NO_LIMIT, Approval, HoldReason, Settings
from workorder.workflow.standard_rules import STANDARD_RULES
from workorder.workflow.states import ENDED, State
from workorder.workflow.verdicts import Check, Option, Permitted
from workorder.workflow.walks import arguments_for, walks
from workorder.workflow.workflow import Workflow

__all__ = [
    "ASSIGNED",
    "ASSIGNEE",
    "ENDED",
    "NEW",
    "NO_ARGUMENTS",
    "NO_LIMIT",
    "PRECEDENCE",
    "RETURN",
    "SAME",
    "STANDARD_RULES",
    "Action",
    "Actor",
    "Approval",
    "Argument",
    "Case",
    "Check",
    "Coverage",
    "Deeds",
    "Definition",
    "HoldReason",
    "Option",
    "Permitted",
    "PlainCase",
    "Question",
    "Reads",
    "Refusal",
    "Role",
    "Row",
    "Rule",
    "Scope",
    "Settings",
    "State",
    "Step",
    "Unmet",
    "Use",
    "Workflow",
    "arguments_for",
    "check",
    "coverage",
    "definition_warnings",
    "may_see",
    "path_to_action",
    "paths_to_steps",
    "reads_all",
    "rule",
    "shortest_paths",
    "took_part",
    "visible",
    "walks",
    "whole_readers",
]
