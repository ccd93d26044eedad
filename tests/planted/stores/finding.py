"""Stores with a fault in queries."""

from collections.abc import Sequence
from functools import cmp_to_key
from typing import Any

from workorder.conditions import AllOf, AnyOf, Compare, Condition, Negation, compile_condition
from workorder.storage import MemoryStore, Snapshot, Sort, TicketQuery, order_values
from workorder.storage.query import searched
from workorder.ticket import Ticket

Values = tuple[Any, ...]


class AskedStore(MemoryStore):
    """Answers queries in small steps, so that a fault can sit in one of them."""

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """Those that match, in order, after the last one of the page before."""
        query.check_shape()
        order = query.order
        with self._lock:
            found = [s for s in self._tickets.values() if self.holds(query.where, s.ticket)]

        def stands(snapshot: Snapshot) -> Values:
            return order_values(snapshot.ticket, order)

        found.sort(key=cmp_to_key(lambda a, b: self.compared(stands(a), stands(b), order)))
        if query.after is not None:
            last = query.after
            found = [s for s in found if self.comes_after(stands(s), last, order)]
        return tuple(found[: self.page(query)])

    def page(self, query: TicketQuery) -> int:
        """How many are given at most."""
        return query.limit

    def comes_after(self, values: Values, last: Values, order: tuple[Sort, ...]) -> bool:
        """Whether a ticket stands behind the last one of the page before."""
        return self.compared(values, last, order) > 0

    def holds(self, condition: Condition, ticket: Ticket) -> bool:
        """Whether *ticket* satisfies *condition*."""
        match condition:
            case AllOf(parts):
                return all(self.holds(part, ticket) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, ticket) for part in parts)
            case Negation(part):
                return not self.holds(part, ticket)
            case Compare():
                return self.fits(condition, ticket)

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """Whether *ticket* satisfies one comparison."""
        return bool(compile_condition(asked, searched)(ticket))

    def compared(self, one: Values, other: Values, order: tuple[Sort, ...]) -> int:
        """Below, at or above nought, as *one* stands before, with or behind *other*."""
        for sort, left, right in zip(order, one, other, strict=False):
            if left is None or right is None:
                sign = self.missing(left is None, right is None, sort)
            else:
                sign = -self.sign(left, right) if sort.descending else self.sign(left, right)
            if sign:
                return sign
        return self.tie(one[-1], other[-1])

    def missing(self, left: bool, right: bool, sort: Sort) -> int:
        """Which comes first, when one of them has no value."""
        return int(left) - int(right)

    def sign(self, left: Any, right: Any) -> int:
        """Which of two values comes first: numbers before texts."""
        one, other = (isinstance(left, str), left), (isinstance(right, str), right)
        return int(one > other) - int(one < other)

    def tie(self, left: str, right: str) -> int:
        """Which of two ids comes first."""
        return int(left > right) - int(left < right)


class MissingFirst(AskedStore):
    """Leaves it to the database where missing values come: first, when descending."""

    def missing(self, left: bool, right: bool, sort: Sort) -> int:
        """As PostgreSQL and Oracle do."""
        return int(right) - int(left) if sort.descending else int(left) - int(right)


class MissingLow(AskedStore):
    """Takes a missing value for the lowest of all: first, when ascending."""

    def missing(self, left: bool, right: bool, sort: Sort) -> int:
        """As MySQL and SQL Server do."""
        return int(left) - int(right) if sort.descending else int(right) - int(left)


class SortsAsWords(AskedStore):
    """Sorts columns without looking at case, as the database's collation does."""

    def compared(self, one: Values, other: Values, order: tuple[Sort, ...]) -> int:
        """Capitals and small letters are one; ids are in a column that somebody thought of."""
        return super().compared(self.folded(one, order), self.folded(other, order), order)

    def folded(self, values: Values, order: tuple[Sort, ...]) -> Values:
        """Text in small letters."""
        pairs = zip(values, order, strict=False)
        keys = [v.casefold() if isinstance(v, str) and s.field != "id" else v for v, s in pairs]
        return (*keys, values[-1])


class EqualAsWords(AskedStore):
    """Compares text without looking at case."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """Capitals and small letters are one."""
        found = searched(ticket, asked.field)
        if asked.operator == "eq" and isinstance(found, str) and isinstance(asked.value, str):
            return found.casefold() == asked.value.casefold()
        return super().fits(asked, ticket)


class UnequalMatchesMissing(AskedStore):
    """Says that what has no value is not equal: ``NOT (a = b)`` over values that may be missing."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """A missing value is unequal to anything."""
        if asked.operator == "ne" and searched(ticket, asked.field) is None:
            return True
        return super().fits(asked, ticket)


class NotOfUnknown(AskedStore):
    """Thinks in three values: the negation of a comparison with nothing is not true either."""

    def holds(self, condition: Condition, ticket: Ticket) -> bool:
        """``NOT (NULL = 'x')`` is unknown, and unknown rows are left out."""
        if isinstance(condition, Negation) and isinstance(condition.part, Compare):
            part = condition.part
            if part.operator != "missing" and searched(ticket, part.field) is None:
                return False
        return super().holds(condition, ticket)


class ContainsPart(AskedStore):
    """Keeps lists of codes as one text and looks with ``LIKE``: “li” is found in “lily”."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """Any part of the text will do."""
        found = searched(ticket, asked.field)
        if asked.operator == "contains" and isinstance(found, tuple):
            return str(asked.value) in ",".join(found)
        return super().fits(asked, ticket)


class NumbersAsText(AskedStore):
    """Keeps the fields of a form as text: ten comes before nine."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """Compared as words."""
        found = searched(ticket, asked.field)
        if type(found) is int and type(asked.value) is int:
            left, right = str(found), str(asked.value)
            signs = {"lt": left < right, "le": left <= right, "gt": left > right}
            signs["ge"] = left >= right
            return signs.get(asked.operator, super().fits(asked, ticket))
        return super().fits(asked, ticket)


class FlagIsNumber(AskedStore):
    """Keeps flags as numbers, and finds them when a number is asked for."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """True is one."""
        found = searched(ticket, asked.field)
        if asked.operator == "eq" and isinstance(found, bool) and type(asked.value) is int:
            return int(found) == asked.value
        return super().fits(asked, ticket)


class BeforeMeansUntil(AskedStore):
    """Compares instants with ``<=`` where ``<`` was asked."""

    def fits(self, asked: Compare, ticket: Ticket) -> bool:
        """An instant too many."""
        if asked.operator == "lt" and hasattr(asked.value, "tzinfo"):
            return super().fits(Compare(asked.field, "le", asked.value), ticket)
        return super().fits(asked, ticket)


class TiesAsTheyCome(AskedStore):
    """Orders by the keys alone: of equal ones, whichever comes first."""

    def tie(self, left: str, right: str) -> int:
        """Here the last by id."""
        return super().tie(right, left)


class FindFrom(AskedStore):
    """Pages with ``>=``: the last ticket of a page comes again."""

    def comes_after(self, values: Values, last: Values, order: tuple[Sort, ...]) -> bool:
        """From the last one on."""
        return self.compared(values, last, order) >= 0


class FindOneMore(AskedStore):
    """Gives one ticket more than was asked for, to tell whether there is another page."""

    def page(self, query: TicketQuery) -> int:
        """The one that was only to be looked at is handed out."""
        return query.limit + 1


class PagesByFirstKey(AskedStore):
    """Begins a page behind the first key alone: tickets that share it are left out."""

    def comes_after(self, values: Values, last: Values, order: tuple[Sort, ...]) -> bool:
        """``WHERE opened > ?``."""
        first = self.compared((*values[:1], ""), (*last[:1], ""), order[:1])
        return first > 0 if order else super().comes_after(values, last, order)


class PageOfAThousand(MemoryStore):
    """Takes the largest page for the most that is ever asked for."""

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """The desk's one more is not there, so it sees no other page."""
        return tuple(super().find(query))[:1_000]


class GivesACursor(MemoryStore):
    """Gives rows as they come: they can be read once, and not be counted."""

    def find(self, query: TicketQuery) -> Sequence[Snapshot]:
        """No list."""
        return iter(super().find(query))  # type: ignore[return-value]  # the fault
