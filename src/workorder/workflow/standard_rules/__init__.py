"""The rules that ship: each is one sentence of a bank's procedure.

A workflow names them; a host adds its own beside them. They read the case by name
(:meth:`~workorder.workflow.Case.value`), so a host's own table can answer them as well as a
ticket does (:data:`ANSWERS` says what each name means); a name the case does not know leaves a
limit unset and a permission ungiven.

What does not belong here: what an action *does* (the kernel), and figures (settings).
"""

from workorder.workflow.standard_rules.answers import ANSWERS, Answer, answer_to
from workorder.workflow.standard_rules.given import TOLD
from workorder.workflow.standard_rules.known import CHAPTERS, STANDARD_RULES
from workorder.workflow.standard_rules.people import WORKED, conflict

__all__ = [
    "ANSWERS",
    "CHAPTERS",
    "STANDARD_RULES",
    "TOLD",
    "WORKED",
    "Answer",
    "answer_to",
    "conflict",
]
