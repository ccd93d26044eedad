"""Editions of the bank's rulebook in its small form, and tickets on their way under the first of
them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from tests.by_limits import by_limits
from tests.desk.people import Counting
from tests.laws.cast import BY_ID
from workorder.desk import ServiceDesk
from workorder.rulebook import Rulebook
from workorder.storage import FullStore, MemoryStore
from workorder.ticket import (
    Accept,
    Approve,
    Close,
    Command,
    Dispatch,
    Hold,
    InformCustomer,
    MergeInto,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor, Row

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
INTAKE, SENIOR, ZHANG = BY_ID["li"], BY_ID["he"], BY_ID["zhang"]
SUN, ROOT, SYSTEM = BY_ID["sun"], BY_ID["root"], BY_ID["robot"]
OPENING: dict[str, Any] = {
    "customer": "C-1",
    "channel": "phone",
    "fields": {"title": "card", "category": "atm"},
}


def edition(
    version: str = "2",
    names: Mapping[str, str] | None = None,
    *,
    of: Rulebook | None = None,
    settings: Mapping[str, Any] | None = None,
    without: tuple[str, ...] = (),
    **parts: Any,
) -> Rulebook:
    """Another edition of the bank's rulebook.

    Args:
        version: what it is called.
        names: states that are called something else.
        of: of another rulebook.
        settings: settings that are others.
        without: actions that are gone.
        parts: other parts of the rulebook that are others.
    """
    plain = of or by_limits()
    called = names or {}
    flow = plain.workflow

    def renamed(row: Row) -> Row:
        sources = tuple(called.get(each, each) for each in row.sources)
        return evolve(row, sources=sources, target=called.get(row.target, row.target))

    workflow = evolve(
        flow,
        states=tuple(evolve(each, name=called.get(each.name, each.name)) for each in flow.states),
        actions=tuple(each for each in flow.actions if each.name not in without),
        rows=tuple(renamed(each) for each in flow.rows if each.action not in without),
        settings=evolve(flow.settings, **(settings or {})),
    )
    if plain.routing is not None:
        keys = ("waiting", "busy", "stays")
        states: dict[str, Any] = {
            key: (called.get(each, each) for each in getattr(plain.routing, key)) for key in keys
        }
        parts = {"routing": evolve(plain.routing, **states), **parts}
    return evolve(plain, version=version, workflow=workflow, **parts)


class Branch:
    """A store, a clock that stands where it is put, and desks of one edition or another."""

    def __init__(self, store: FullStore | None = None, first: Rulebook | None = None) -> None:
        self.store = store if store is not None else MemoryStore()
        self.first = first or by_limits()
        self.now = MONDAY

    def desk(self, rulebook: Rulebook | None = None, *earlier: Rulebook) -> ServiceDesk:
        """A desk under *rulebook*; the bank's first edition, if not said."""
        return ServiceDesk(
            self.store,
            rulebook=rulebook or self.first,
            earlier=earlier,
            time=lambda: self.now,
            new_entropy=Counting(),
        )

    def passes(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)

    def does(self, ticket: Ticket, *steps: tuple[Command, Actor]) -> Ticket:
        """Carry out *steps*, a minute apart."""
        for command, actor in steps:
            self.passes(minutes=1)
            ticket = self.desk().perform(ticket.id, command, actor=actor)
        return ticket

    def opened(self, type_: str = "complaint") -> Ticket:
        """A ticket that was just opened."""
        return self.desk().open(type_, actor=INTAKE, **OPENING)

    def accepted(self) -> Ticket:
        """One that was taken on."""
        return self.does(self.opened(), (Accept(), INTAKE))

    def in_progress(self) -> Ticket:
        """One that somebody works on."""
        wang = BY_ID["wang"]
        return self.does(self.accepted(), (Dispatch("zhang", "cards"), wang), (Start(), ZHANG))

    def on_hold(self, reason: str = "waiting_for_customer") -> Ticket:
        """One that waits."""
        return self.does(self.in_progress(), (Hold(reason), ZHANG))

    def resolved(self) -> Ticket:
        """One that was resolved, and the customer told."""
        return self.does(
            self.in_progress(),
            (Submit("refunded"), ZHANG),
            (Approve(), SUN),
            (InformCustomer("decision", "phone"), INTAKE),
        )

    def closed(self) -> Ticket:
        """One that was closed."""
        return self.does(self.resolved(), (Close(), SENIOR))

    def merged(self, ticket: Ticket) -> Ticket:
        """*ticket*, merged into another."""
        return self.does(ticket, (MergeInto(self.accepted().id, "same matter"), SENIOR))
