"""The service desk: load, decide, commit, at the edge where the world is.

Everything below is pure. The desk is where a clock is read, random bytes are drawn and a
store is asked, and still its logic performs no input or output itself: an *operation* is a
generator that asks for what it needs (:mod:`workorder.desk.requests`), and one of two small
drivers answers. :class:`ServiceDesk` and :class:`AsyncServiceDesk` therefore behave alike
to the last request.

An operation reads in the order in which answers are given: is there such a ticket, for this
person; was this command carried out before; is the version the expected one; what does the
kernel decide; did the commit stand. Whoever lost a race decides again.

What somebody is given is cut down to what they may read (:mod:`workorder.desk.rights`); a screen
is handed a :class:`View`.

What does not belong here: rules (workflow), what commands bring about (kernel), bytes and
tables (storage).
"""

from workorder.desk.answers import Done, DueRun, Entry, Explanation, Lapse, Page, Stuck, option_data
from workorder.desk.asynchronous import AsyncServiceDesk
from workorder.desk.erasures import Erasure, Replayed
from workorder.desk.identity import derived_id
from workorder.desk.preparing import Clock, system_time
from workorder.desk.retaining import KeptBack, RetentionRun
from workorder.desk.revisions import DueMoved, Revision, RevisionRun, Unrevised
from workorder.desk.sync import ServiceDesk
from workorder.desk.timelines import timeline_of
from workorder.desk.unrestricted import Unrestricted
from workorder.desk.unrestricted_awaited import AsyncUnrestricted
from workorder.desk.view import Shown, View

__all__ = [
    "AsyncServiceDesk",
    "AsyncUnrestricted",
    "Clock",
    "Done",
    "DueMoved",
    "DueRun",
    "Entry",
    "Erasure",
    "Explanation",
    "KeptBack",
    "Lapse",
    "Page",
    "Replayed",
    "RetentionRun",
    "Revision",
    "RevisionRun",
    "ServiceDesk",
    "Shown",
    "Stuck",
    "Unrestricted",
    "Unrevised",
    "View",
    "derived_id",
    "option_data",
    "system_time",
    "timeline_of",
]
