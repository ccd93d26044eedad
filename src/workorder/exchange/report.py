"""What an import did."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from workorder.exchange.conformance import Conformance


@frozen(eq=False)
class ImportReport:
    """What an import did.

    Attributes:
        file: the file.
        rows: entries in it.
        tickets: tickets in it.
        added: entries brought in by this run.
        known: entries that were there already.
        skipped: entries not brought in, because people have worked on the ticket here since.
        oddities: entries with each kind of oddity, and the numbers of the first tickets.
        conformance: what the workflow says to the steps this run brought in.
    """

    file: str
    rows: int = 0
    tickets: int = 0
    added: int = 0
    known: int = 0
    skipped: int = 0
    oddities: Mapping[str, tuple[int, tuple[str, ...]]] = field(factory=dict)
    conformance: Conformance = field(factory=Conformance)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "file": self.file,
            "rows": self.rows,
            "tickets": self.tickets,
            "added": self.added,
            "known": self.known,
            "skipped": self.skipped,
            "oddities": {
                kind: {"count": number, "examples": list(keys)}
                for kind, (number, keys) in sorted(self.oddities.items())
            },
            "conformance": self.conformance.as_data(),
        }
