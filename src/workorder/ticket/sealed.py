"""Values of fields, sensitive ones by reference."""

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen


@frozen
class Sealed:
    """Stands where a sensitive value would: a reference, and a commitment to the value.

    Attributes:
        ref: where the value is kept, unique within its ticket.
        commitment: digest over a random salt and the value; proves the value later without
            telling it (:func:`~workorder.ticket.sealing.commitment`).
    """

    ref: str
    commitment: str


FieldValue = str | int | bool | tuple[str, ...] | datetime | Sealed | None
Fields = Mapping[str, FieldValue]
