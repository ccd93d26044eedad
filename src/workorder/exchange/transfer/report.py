"""What an export and a load did."""

from collections.abc import Callable
from typing import Any

from attrs import asdict, frozen

Progress = Callable[[str, int, int | None], None]
"""Told the phase, how many records are done, and how many there are, if known."""


@frozen
class ExportReport:
    """What was written.

    Attributes:
        tickets: tickets.
        records: records.
        marks: commands that were carried out.
        sealed: sealed values.
        messages: pending messages.
        root: the root of the Merkle tree over the digests of all records, in hexadecimal.
    """

    tickets: int
    records: int
    marks: int
    sealed: int
    messages: int
    root: str

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


@frozen
class LoadReport:
    """What was brought in.

    Attributes:
        file: where it came from.
        tickets: tickets in it.
        records: records in it.
        added: records brought in by this run.
        known: records that were there already.
        sealed: sealed values brought in.
        messages: messages brought in.
        unopened: sealed values left out because they are not what was sealed: ticket and
            reference of the first ones.
        unopened_count: how many there are.
        root: the root of the Merkle tree over the digests of all records, in hexadecimal.
    """

    file: str
    tickets: int
    records: int
    added: int
    known: int
    sealed: int
    messages: int
    unopened: tuple[tuple[str, str], ...]
    unopened_count: int
    root: str

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        said = asdict(self)
        said["unopened"] = {
            "count": said.pop("unopened_count"),
            "examples": [{"ticket": ticket, "ref": ref} for ticket, ref in self.unopened],
        }
        return said
