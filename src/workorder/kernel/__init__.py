"""The kernel: two pure functions between a wish and the next ticket.

``decide(ticket, command, context)`` says which events follow from a command, or refuses it
with every reason. ``evolve(ticket, event)`` says what the ticket is after an event. Neither
reads a clock, draws a number at random, or knows of any store; everything they look at is
an argument. So the same command on the same ticket gives the same answer, on any machine,
in a test, in a simulation, or in another language.

``decide`` reads the ticket as it stands and never its history: what a rule may want to know
of the past (who took part in what) is carried in the ticket. ``evolve`` reads no rulebook:
what a rule decided stands in the event.

One module per chapter of a ticket's life holds both halves of it, what a command brings
about and what the event then changes: ``intake``, ``routing``, ``searching``, ``handling``,
``contact``, ``teamwork``, ``deadlines``, ``closing``, ``linking``, ``importing``. Tables in
``decide`` and ``evolve`` lead there by type. ``timing`` lets time act, by the same two functions.
``moving``
brings a ticket under another rulebook, ``keeping`` erases what it sealed or forbids that,
``revising`` reckons anew when it is due; no command does any of these.

What does not belong here: loading, committing, retrying (desk), bytes (storage).
"""

from workorder.kernel.barring import bar
from workorder.kernel.context import Beside, Context, Decided, Draft, Found, Notice
from workorder.kernel.decide import decide
from workorder.kernel.evolve import evolve, replay
from workorder.kernel.keeping import erase, lift_legal_hold, place_legal_hold
from workorder.kernel.linking import concerned
from workorder.kernel.moving import change_rulebook
from workorder.kernel.revising import redate
from workorder.kernel.timers import TIMED
from workorder.kernel.timing import SYSTEM, Fired, Passed, pass_time

__all__ = [
    "SYSTEM",
    "TIMED",
    "Beside",
    "Context",
    "Decided",
    "Draft",
    "Fired",
    "Found",
    "Notice",
    "Passed",
    "bar",
    "change_rulebook",
    "concerned",
    "decide",
    "erase",
    "evolve",
    "lift_legal_hold",
    "pass_time",
    "place_legal_hold",
    "redate",
    "replay",
]
