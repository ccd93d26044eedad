"""Moving a store: everything that one keeps, written down so that any other can take it.

:func:`export_store` writes lines, :func:`load_store` reads them: records to the last byte and in
the order of the log, the marks of commands, sealed values, pending messages. What follows from
records is not written but made again: tickets by replay, and their heads by the chain.

Data passes through in this order. Out: the log is cut into changes (:mod:`cutting`) by the receipts
(:mod:`receipts`), and each record becomes a line (:mod:`lines`) of a file (:mod:`files`). In: a
line is read as far as the chain needs it (:mod:`references`, :mod:`checking`), the lines of a
change become one again (:mod:`telling`), replayed (:mod:`making`) or compared with what is there
(:mod:`comparing`), and changes are committed in their order (:mod:`loading`).

Three promises. *To the byte*: records, receipts, snapshots, sealed values and the order of the log
are the same afterwards, so what was proved of the one store holds for the other. *Once*: the same
file again, a larger export, or a run that was killed half way write nothing twice. *Nothing on
trust*: a line that was changed, left out or moved is noticed.

What does not belong here: leases and capacity, which belong to the running of one store.
"""

from workorder.exchange.transfer.exporting import export_store
from workorder.exchange.transfer.files import opened_lines, opened_output
from workorder.exchange.transfer.lines import EXPORT_FORMAT, LINE_LIMIT, Head
from workorder.exchange.transfer.loading import WITHOUT, check_target, load_store
from workorder.exchange.transfer.report import ExportReport, LoadReport
from workorder.exchange.transfer.telling import read_head

__all__ = [
    "EXPORT_FORMAT",
    "LINE_LIMIT",
    "WITHOUT",
    "ExportReport",
    "Head",
    "LoadReport",
    "check_target",
    "export_store",
    "load_store",
    "opened_lines",
    "opened_output",
    "read_head",
]
