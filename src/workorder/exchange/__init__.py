"""Work orders from elsewhere: another system's log, brought in without inventing anything.

A :class:`LogMapping` says what the columns and words of a file mean; most often it stands in
a TOML file (:func:`load_mapping`) and names the rulebook whose words it maps to
(:func:`rulebook_of`). :func:`import_log` turns each row into an ``Imported`` event that keeps its
provenance: source, number, digest of the row, states, why it waits, actor, raw cells.

Three promises. *Every row once*: the same file again, an overlapping file, or a run that was
killed half way lead to the same store. *Nothing decided again*: what happened is taken over;
:class:`Conformance` counts what the workflow would have refused, and why. *Nothing dropped
silently*: whatever is odd about a row is counted by kind, with examples, and stands in its
event; a state nobody mapped is kept under its own name, and commands on the ticket wait
until it is mapped.

Moving a whole store to another one is the part :mod:`workorder.exchange.transfer`:
:func:`export_store` writes lines, :func:`load_store` takes them.

What does not belong here: measuring what was brought in (insight).
"""

from workorder.exchange.conformance import Conformance, Count, Judge, Kind
from workorder.exchange.importing import Progress, check_log, import_log
from workorder.exchange.mapping import Columns, Counters, FieldColumn, LogMapping, Roles
from workorder.exchange.mapping_file import load_mapping, mapping_from_data
from workorder.exchange.report import ImportReport
from workorder.exchange.rulebooks import rulebook_of, shipped_by_digest
from workorder.exchange.transfer import (
    ExportReport,
    Head,
    LoadReport,
    export_store,
    load_store,
    opened_lines,
    opened_output,
    read_head,
)
from workorder.exchange.translating import NOTES

__all__ = [
    "NOTES",
    "Columns",
    "Conformance",
    "Count",
    "Counters",
    "ExportReport",
    "FieldColumn",
    "Head",
    "ImportReport",
    "Judge",
    "Kind",
    "LoadReport",
    "LogMapping",
    "Progress",
    "Roles",
    "check_log",
    "export_store",
    "import_log",
    "load_mapping",
    "load_store",
    "mapping_from_data",
    "opened_lines",
    "opened_output",
    "read_head",
    "rulebook_of",
    "shipped_by_digest",
]
