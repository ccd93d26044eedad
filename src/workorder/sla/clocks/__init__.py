"""SLA clocks: promises that are kept, explained and proved.

A **metric** says what is measured, by conditions on what happened and how things stand: first
response, resolution, an answer that the law asks for. A **policy** says how long it may take, for
which tickets. A **ladder** says who is told on the way. Together with calendars they are
**service levels**, one immutable value.

A **clock** is one metric on one ticket. It is folded, moment by moment:
``advance(clocks, moment, levels)`` answers the clocks afterwards, and nothing in it reads the time.
A clock is made of segments that count or do not, each with the calendar and the policy it was
counted by; its due instant follows from them::

    due = the instant at which the target is used up over the segments that count

so a pause, a hand-over to London or another target are all the same: one segment more. Whatever
was promised stands in the clock as a value; whoever reads a ticket needs neither calendar nor
policy.

What happened by itself, a mark that was reached or a target that was missed, belongs to its own
instant, whoever looks and when: a mark has an identity (metric, cycle, mark), and a verdict, once
given, is never given again.

**Where things are:** what is asked (:mod:`~workorder.sla.clocks.metric`), promised (``policy``),
told (``marks``), and all of it together (``levels``, checked by ``findings``); what happens
(``moments``), counting over segments (``pieces``), due instants and marks (``dues``), the fold
(``folding``, with ``starting``, ``turning``, ``retargeting``, ``ending`` and ``settling``); what a
clock says (``reading``), why (``accounts``, ``telling``), all of it as a
picture (``timeline``, ``picture``), one clock without tickets (``alone``), as data (``wire``),
metrics that ship (``standard``).

What does not belong here: tickets, timers, notices. The kernel turns events into moments and
writes down what came of them.
"""

from workorder.clocks import Clock, Extended, Segment, Verdict
from workorder.sla.clocks.accounts import ClockLedger, account
from workorder.sla.clocks.alone import SlaClock
from workorder.sla.clocks.dues import dued, fired
from workorder.sla.clocks.ending import cancelled, finished
from workorder.sla.clocks.findings import level_findings
from workorder.sla.clocks.folding import advance
from workorder.sla.clocks.levels import Choice, ServiceLevels
from workorder.sla.clocks.marks import BREACH, Ladder, Mark
from workorder.sla.clocks.metric import Metric
from workorder.sla.clocks.moments import Facts, Moment, View, Wait
from workorder.sla.clocks.policy import AdoptedPack, Policy, Target
from workorder.sla.clocks.reading import Reading, read
from workorder.sla.clocks.retargeting import extension_limit, retargeted
from workorder.sla.clocks.settling import Advanced, Revised, reckoned, settled
from workorder.sla.clocks.starting import started
from workorder.sla.clocks.timeline import ClockLane, Reached, Stretch, Timeline, timeline_svg
from workorder.sla.clocks.turning import turned

__all__ = [
    "BREACH",
    "AdoptedPack",
    "Advanced",
    "Choice",
    "Clock",
    "ClockLane",
    "ClockLedger",
    "Extended",
    "Facts",
    "Ladder",
    "Mark",
    "Metric",
    "Moment",
    "Policy",
    "Reached",
    "Reading",
    "Revised",
    "Segment",
    "ServiceLevels",
    "SlaClock",
    "Stretch",
    "Target",
    "Timeline",
    "Verdict",
    "View",
    "Wait",
    "account",
    "advance",
    "cancelled",
    "dued",
    "extension_limit",
    "finished",
    "fired",
    "level_findings",
    "read",
    "reckoned",
    "retargeted",
    "settled",
    "started",
    "timeline_svg",
    "turned",
]
