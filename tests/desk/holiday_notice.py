"""A calendar whose 2027 is estimated, the same after a notice, and a bank between the two."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from attrs import evolve

from tests.desk.people import Counting
from tests.rulebook.editions import OPENING, Branch
from workorder.desk import ServiceDesk
from workorder.durations import parse
from workorder.rulebook import Rulebook, bank
from workorder.sla import BusinessCalendar, ListedHolidays, SuccessiveHolidays
from workorder.sla.clocks import Policy, Target
from workorder.ticket import Ticket
from workorder.workflow import Actor

OFFICER = Actor("wei", ())
HOURS = "Mo-Fr 09:00-12:00,13:30-18:00"
KNOWN = ListedHolidays.of(
    holidays=[date(2027, 1, 1)],
    name="New Year's Day",
    published_from=date(2020, 1, 1),
    published_through=date(2026, 12, 31),
)
"""All that is official ends with 2026; New Year's Day is estimated."""

ANNOUNCED = ListedHolidays.of(
    holidays=[date(2027, 1, day) for day in (1, 2, 3, 4)],
    workdays=[date(2027, 1, 9)],
    name="New Year's Day",
    published_from=date(2027, 1, 1),
    published_through=date(2027, 12, 31),
)
"""An invented notice: Monday the 4th is off, and Saturday the 9th is worked for it."""

ESTIMATED = BusinessCalendar("Asia/Shanghai", HOURS, KNOWN)
NOTICED = BusinessCalendar("Asia/Shanghai", HOURS, SuccessiveHolidays([KNOWN, ANNOUNCED]))
MONDAY = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
"""28 December 2026, 09:00 in Shanghai."""

FIVE, SIX = datetime(2027, 1, 5, 10, tzinfo=UTC), datetime(2027, 1, 6, 10, tzinfo=UTC)
"""18:00 in Shanghai. Five working days from Monday, 28 December: the 29th, 30th and 31st, then the
4th and 5th by the estimate, the 5th and 6th by the notice.
"""

LAW = datetime(2027, 1, 12, 16, tzinfo=UTC)
"""The end of 12 January in Shanghai: fifteen calendar days, whatever is worked."""


def edition(calendar: BusinessCalendar, version: str, within: str | None = None) -> Rulebook:
    """The bank's rulebook by *calendar*; with *within* for the resolution of complaints."""
    plain = bank()
    assert plain.sla is not None
    levels = evolve(plain.sla, calendar=calendar)
    if within is not None:
        target = Target("resolution", parse(within))
        levels = evolve(levels, policies=(Policy("own", (target,), order=1), *levels.policies))
    return evolve(plain, version=version, calendar=calendar, calendar_name="own", sla=levels)


BEFORE = edition(ESTIMATED, "2026.1")
AFTER = edition(NOTICED, "2027.1")


class Bank(Branch):
    """A branch that goes by the estimate."""

    rulebook = BEFORE

    def __init__(self, store: Any = None, rulebook: Rulebook = BEFORE) -> None:
        super().__init__(store)
        self.rulebook = rulebook
        self.now = MONDAY

    def desk(self, rulebook: Rulebook | None = None, *earlier: Rulebook) -> ServiceDesk:
        """A desk by the estimate, if nothing else is said."""
        return ServiceDesk(
            self.store,
            rulebook=rulebook or self.rulebook,
            earlier=earlier,
            time=lambda: self.now,
            new_entropy=Counting(),
        )

    def complaints(self, number: int) -> list[Ticket]:
        """Complaints that were opened at this moment, in the order of their ids."""
        wang = Actor("li", "intake", "hotline")
        made = [
            self.desk().open("complaint", actor=wang, command_id=f"call-{each}", **OPENING)
            for each in range(number)
        ]
        return sorted(made, key=lambda ticket: ticket.id)

    def get(self, ticket: Ticket) -> Ticket:
        """How a ticket stands."""
        return self.desk().unrestricted().get(ticket.id)

    def waits(self, until: datetime) -> None:
        """Time goes by, and acts."""
        self.now = until
        self.desk().run_due()


DAY = timedelta(days=1)
