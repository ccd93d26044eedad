"""Hypothesis strategies for the values of this library: what a host's own laws draw from.

Everything drawn is sound: texts are in normal form, instants have a zone, numbers fit into 64 bits,
so a store or a codec that chokes on one of them is wrong. And everything is awkward where real
systems are: Chinese, emoji, quotes, blanks, words that other languages read as something else,
instants that differ by a microsecond, numbers at both ends.

``values`` has what stands in fields, ``people`` who acts, ``durations`` and ``calendars`` business
time, ``tickets``, ``events`` and ``records`` what is kept, ``commands`` what is asked for, and
``questions`` conditions and queries. Needs hypothesis.

What does not belong here: batches in an order that a store could be given (:mod:`workorder.testing`
has builders and a state machine for that).
"""

from workorder.testing.strategies.calendars import calendars
from workorder.testing.strategies.commands import commands, commands_of
from workorder.testing.strategies.durations import durations
from workorder.testing.strategies.events import events, events_of, records
from workorder.testing.strategies.people import actors
from workorder.testing.strategies.questions import conditions, queries
from workorder.testing.strategies.tickets import tickets
from workorder.testing.strategies.values import (
    codes,
    field_values,
    fields,
    instants,
    integers,
    sealed_values,
    texts,
)

__all__ = [
    "actors",
    "calendars",
    "codes",
    "commands",
    "commands_of",
    "conditions",
    "durations",
    "events",
    "events_of",
    "field_values",
    "fields",
    "instants",
    "integers",
    "queries",
    "records",
    "sealed_values",
    "texts",
    "tickets",
]
