"""Marks: instants on the way of a clock at which somebody is told.

A mark stands at a share of the time (``75%``), or at an offset to the due instant that is counted
like any other duration (``1 working hour before``, ``2 working days after``). An offset is never
put at midnight and never ignored because it is in days: it is working time where it says so.

100% is the breach: the first instant after the due instant, at which what was promised is late.
Every clock has that mark, whether a ladder names it or not.
"""

import re
from datetime import timedelta
from functools import cached_property
from typing import Any, Literal

from attrs import field, frozen

from workorder.conditions import ALWAYS, Condition
from workorder.durations import CalendarDays, Duration, Elapsed, Working, WorkingDays, parse
from workorder.errors import InvalidInput
from workorder.sla.clocks.metric import Test, compiled
from workorder.texts import Label, Texts

BREACH = "100%"
"""The mark that every clock has."""

ASSIGNEE, DEPARTMENT, MANAGER, CUSTOMER = "assignee", "department", "manager", "customer"
RECIPIENTS = (ASSIGNEE, DEPARTMENT, MANAGER)
"""Whom a mark can tell besides roles (``role.supervisor``)."""

ROLE = "role."

_SHARE = re.compile(r"([1-9][0-9]{0,3})%")
_OFFSET = re.compile(r"(.+?) (before|after)(?: due)?")
_EXPECTED = "a share such as “75%”, or “1 working hour before”, “2 working days after”"
_OFFSETS = (Working, Elapsed, WorkingDays, CalendarDays)


@frozen
class Share:
    """At a share of the time, in percent."""

    percent: int


@frozen
class Offset:
    """Before or after the due instant."""

    amount: Duration
    side: Literal["before", "after"]


def read_mark(text: object) -> Share | Offset:
    """Where a mark stands, from its text.

    Raises:
        InvalidInput: ``wrong_type`` when it says no such thing.

    >>> read_mark("75%")
    Share(percent=75)
    >>> read_mark("1 working hour before due").side
    'before'
    """
    share = _SHARE.fullmatch(text) if isinstance(text, str) else None
    if share is not None:
        return Share(int(share[1]))
    offset = _OFFSET.fullmatch(text) if isinstance(text, str) else None
    if offset is not None:
        amount = _duration(offset[1])
        if isinstance(amount, _OFFSETS):
            return Offset(amount, "before" if offset[2] == "before" else "after")
    raise InvalidInput("wrong_type", name="at", expected=_EXPECTED, found=repr(text))


def _duration(text: str) -> Duration | None:
    try:
        return parse(text)
    except InvalidInput:
        return None


@frozen(slots=False)
class Mark:
    """A rung of a ladder: at which point of a clock who is told.

    Attributes:
        at: where it stands (:func:`read_mark`); also its name.
        tell: who: ``assignee``, ``department``, ``manager`` (of the assignee, as many steps up as
            ``level`` says), and roles: ``role.supervisor``.
        level: whose manager: 1 is the assignee's, 2 that one's, and so on.
        escalates: whether the ticket is escalated with it.
        when: only on tickets for which this holds at that instant.
        open_hours: when it would fall into closed hours, wait for the next opening.
        idle: only if no person did anything with the ticket since the mark before.
    """

    at: str
    tell: tuple[str, ...] = ()
    level: int = 1
    escalates: bool = False
    when: Condition = ALWAYS
    open_hours: bool = False
    idle: bool = False

    @cached_property
    def applies(self) -> Test:
        """Whether it is for what is seen in a view."""
        return compiled(self.when)

    @cached_property
    def place(self) -> Share | Offset:
        """Where it stands."""
        return read_mark(self.at)


@frozen(slots=False)
class Ladder:
    """Marks in order: who is told first, whose manager next, when nobody acts (升级阶梯).

    Attributes:
        name: what metrics call it.
        marks: its rungs.
        labels: what people call it, per language.
    """

    name: str
    marks: tuple[Mark, ...] = ()
    labels: Texts = field(default={}, hash=False)

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)

    @cached_property
    def by_name(self) -> dict[str, Mark]:
        """Its marks by where they stand."""
        return {each.at: each for each in self.marks}

    @cached_property
    def shares(self) -> tuple[tuple[int, str], ...]:
        """Marks at a share before the breach, the smallest first."""
        return tuple(
            sorted(
                (each.place.percent, each.at)
                for each in self.marks
                if isinstance(each.place, Share) and each.place.percent < _WHOLE
            )
        )

    @cached_property
    def early(self) -> tuple[tuple[Duration, str], ...]:
        """Marks before due."""
        return self._offsets("before")

    @cached_property
    def on_the_way(self) -> frozenset[str]:
        """The names of all marks before the breach."""
        return frozenset(name for _, name in (*self.shares, *self.early))

    @cached_property
    def late(self) -> tuple[tuple[Any, str], ...]:
        """Marks after due: offsets, and shares of more than all of it."""
        more = tuple(
            (each.place, each.at)
            for each in self.marks
            if isinstance(each.place, Share) and each.place.percent > _WHOLE
        )
        return (*self._offsets("after"), *more)

    def _offsets(self, side: str) -> tuple[tuple[Duration, str], ...]:
        return tuple(
            (each.place.amount, each.at)
            for each in self.marks
            if isinstance(each.place, Offset) and each.place.side == side
        )


_WHOLE = 100
NO_LADDER = Ladder("")
"""Only the breach."""

NEXT = timedelta(microseconds=1)
"""At the due instant itself nothing is late."""
