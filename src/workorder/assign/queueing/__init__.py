"""Queue disciplines: of the items that wait, which comes next.

Two kinds. Where the order does not change as time goes by, a key is enough, and a heap keeps the
line (:mod:`~workorder.assign.queueing.static`): first come first served, by priority, linear
ageing, earliest deadline, least slack. Where it does, the heads of groups are compared when
somebody asks (:mod:`~workorder.assign.queueing.changing`): rates of ageing by priority, a longest
wait.

Each says how much later than an item another one may come and still be served first
(``head_start``): the bound on starvation, or that there is none.

Waiting counts from when an item came (``Item.enqueued``). It keeps that when it is declined, put
back, or handed on by a bot. What is on hold does not wait: it leaves the line.
"""

from workorder.assign.queueing.changing import ClassSlopes, MaxWait
from workorder.assign.queueing.discipline import Discipline, Key, Static
from workorder.assign.queueing.line import AnyDiscipline, Changing, WaitingLine, lined_up
from workorder.assign.queueing.static import (
    FIFO,
    EarliestDeadline,
    LeastSlack,
    LinearAgeing,
    PriorityFIFO,
)

__all__ = [
    "FIFO",
    "AnyDiscipline",
    "Changing",
    "ClassSlopes",
    "Discipline",
    "EarliestDeadline",
    "Key",
    "LeastSlack",
    "LinearAgeing",
    "MaxWait",
    "PriorityFIFO",
    "Static",
    "WaitingLine",
    "lined_up",
]
