"""How a work order comes in: what must be said of it, and whether it was said well.

A :class:`Form` belongs to a ticket type and lists its :class:`Field` values. Checking values
against it reports every problem at once, each with the field, a code, and what would be
right. Fields that hold what people write, or that are marked sensitive, are *sealed*:
their values never stand in a record. Of a field that is *masked* only the last characters are
kept; and a field may name the roles that read it.

What does not belong here: who may open a ticket (workflow), and keeping it (storage).
"""

from workorder.intake.fields import Field, Form
from workorder.intake.masking import masked

__all__ = ["Field", "Form", "masked"]
