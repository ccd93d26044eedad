"""What is wrong with a workflow: proofs about its table, before any ticket goes by it.

**What for.** A workflow is data that people edit. A misspelt state is found by its name; that
nobody can ever bring a ticket out of a state is found by a proof. Both are findings: the key
where the mistake stands in a rulebook file, what was found, what was expected.

**How data flows.** A :class:`~workorder.workflow.definition.Definition` goes in, findings come
out, and nothing else is looked at; so a workflow written in Python and one loaded from a file
get the same findings under the same keys. ``names`` finds what is named and is not there,
``uses`` does so for rules and their parameters, ``decisions`` for the settings (``approvals`` and
``conditions``: who must agree, and when); ``shape`` and ``endings`` prove where tickets can get
to (``returning``: that ways back are remembered), ``people`` who can take them there, ``choice``
that two rows for one situation are told apart, ``labels`` that people can read it all.

The proofs know the table, not the rules: they go by what *could* be allowed. They are silent
while a row names a state that is not there, because what they would say then follows from a
slip of the pen.

**What does not belong here:** forms and their fields (the rulebook's), and what a file may say
at all (its loader's).
"""

from workorder.workflow.checking.choice import choice
from workorder.workflow.checking.decisions import decisions
from workorder.workflow.checking.endings import endings
from workorder.workflow.checking.labels import labels
from workorder.workflow.checking.names import names
from workorder.workflow.checking.people import people
from workorder.workflow.checking.places import Place, places
from workorder.workflow.checking.shape import shape
from workorder.workflow.checking.uses import uses

__all__ = [
    "Place",
    "choice",
    "decisions",
    "endings",
    "labels",
    "names",
    "people",
    "places",
    "shape",
    "uses",
]
