"""The rulebook: workflow, forms and settings as one immutable value.

A decision goes by exactly one rulebook, and every event records its digest. A rulebook is
made in Python (loading from files comes on top of the same values) and checked when it is
made: every mistake at once, each with the key where it stands. It holds no code but what a
host registers with it on purpose: rules by name, and :class:`Extension` values for commands of
its own.

:func:`basic` is the one that ships.
"""

from workorder.rulebook.basic import basic
from workorder.rulebook.extension import Extension
from workorder.rulebook.rulebook import Rulebook

__all__ = ["Extension", "Rulebook", "basic"]
