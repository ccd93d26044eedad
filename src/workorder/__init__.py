"""Customer-service work orders (工单) as a pure domain, to embed in a system you already run.

Importing this package loads nothing; each name below loads the part it belongs to.

* :class:`~workorder.desk.ServiceDesk` opens tickets, carries out commands, answers questions;
* :class:`~workorder.workflow.Workflow` answers "may I?" on your own table, and nothing else;
* :class:`~workorder.sla.BusinessCalendar` counts business time, and explains it;
* :class:`~workorder.storage.SQLiteStore` and :class:`~workorder.storage.MemoryStore` keep
  tickets; your own store implements two methods.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workorder.conditions import where
    from workorder.desk import AsyncServiceDesk, ServiceDesk
    from workorder.errors import (
        CommandRefused,
        ConfigurationError,
        InvalidInput,
        SourceError,
        StoreError,
        UnsupportedQuery,
        WorkorderError,
    )
    from workorder.refusals import Refusal
    from workorder.rulebook import Rulebook, basic
    from workorder.sla import BusinessCalendar
    from workorder.storage import MemoryStore, SQLiteStore, TicketQuery
    from workorder.ticket import (
        Action,
        Close,
        Comment,
        Dispatch,
        Reopen,
        ReturnForRework,
        Start,
        Submit,
        Ticket,
        Transfer,
    )
    from workorder.workflow import Actor, PlainCase, Workflow

    __version__: str

_HOMES = {
    "workorder.desk": ("AsyncServiceDesk", "ServiceDesk"),
    "workorder.errors": (
        "CommandRefused",
        "ConfigurationError",
        "InvalidInput",
        "SourceError",
        "StoreError",
        "UnsupportedQuery",
        "WorkorderError",
    ),
    "workorder.refusals": ("Refusal",),
    "workorder.rulebook": ("Rulebook", "basic"),
    "workorder.sla": ("BusinessCalendar",),
    "workorder.storage": ("MemoryStore", "SQLiteStore", "TicketQuery"),
    "workorder.ticket": (
        "Action",
        "Close",
        "Comment",
        "Dispatch",
        "Reopen",
        "ReturnForRework",
        "Start",
        "Submit",
        "Ticket",
        "Transfer",
    ),
    "workorder.workflow": ("Actor", "PlainCase", "Workflow"),
    "workorder.conditions": ("where",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Action",
    "Actor",
    "AsyncServiceDesk",
    "BusinessCalendar",
    "Close",
    "CommandRefused",
    "Comment",
    "ConfigurationError",
    "Dispatch",
    "InvalidInput",
    "MemoryStore",
    "PlainCase",
    "Refusal",
    "Reopen",
    "ReturnForRework",
    "Rulebook",
    "SQLiteStore",
    "ServiceDesk",
    "SourceError",
    "Start",
    "StoreError",
    "Submit",
    "Ticket",
    "TicketQuery",
    "Transfer",
    "UnsupportedQuery",
    "Workflow",
    "WorkorderError",
    "__version__",
    "basic",
    "where",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("workorder")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
