"""The rules that ship: each is one sentence of a bank's procedure.

A workflow names them; a host adds its own beside them. They read the case by name
(:meth:`~workorder.workflow.Case.value`), so a host's own table can answer them as well as a
ticket does; a name the case does not know leaves a limit unset and a permission ungiven.

What does not belong here: what an action *does* (the kernel), and figures (settings).
"""

from workorder.workflow.standard_rules.given import TOLD
from workorder.workflow.standard_rules.known import CHAPTERS, STANDARD_RULES
from workorder.workflow.standard_rules.people import WORKED, conflict

__all__ = ["CHAPTERS", "STANDARD_RULES", "TOLD", "WORKED", "conflict"]
