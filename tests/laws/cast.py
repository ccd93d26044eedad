"""Who takes part in random lives of bank tickets, and the rulebooks they live under."""

from functools import cache

import attrs

from workorder.rulebook import Rulebook, bank
from workorder.sla import BusinessCalendar
from workorder.workflow import Actor

ZONES = {
    "CN": "Asia/Shanghai",
    "GB": "Europe/London",
    "US": "America/New_York",
    "EG": "Africa/Cairo",
}
"""The zones that the walks count days in; in Cairo clocks change at midnight."""


@cache
def rulebook(country: str = "CN") -> Rulebook:
    """The bank's rulebook, counting in the zone of *country*."""
    if country == "CN":
        return bank()
    calendar = BusinessCalendar(ZONES[country], "Mo-Fr 09:00-17:00", country)
    return attrs.evolve(bank(), calendar=calendar, calendar_name=country)


CUSTOMERS = ("C-1", "C-2")
HANDLERS = ("zhang", "zhao", "qian", "lin", "wu")
DEPARTMENTS = ("cards", "risk", "loans")

# Many wear several hats, so that four eyes depend on what they did and not on what they are.
CAST: tuple[Actor, ...] = (
    Actor("C-1", "customer"),
    Actor("C-2", "customer"),
    Actor("bot", "bot"),
    Actor("li", "intake", "hotline"),
    Actor("he", ("intake", "intake_reviewer", "supervisor"), "hotline", 20),
    Actor("wang", ("dispatcher", "intake_reviewer"), "hotline"),
    Actor("zhang", "handler", "cards"),
    Actor("zhao", ("handler", "reviewer"), "cards"),
    Actor("qian", ("handler", "reviewer", "supervisor"), "cards", 20),
    Actor("lin", ("handler", "cohandler", "reviewer"), "risk"),
    Actor("wu", ("handler", "cohandler", "dispatcher"), "loans"),
    Actor("sun", ("reviewer", "expert"), "cards"),
    Actor("boss", ("supervisor", "executive"), "cards", 30),
    Actor("ceo", "executive", "hq", 40),
    Actor("mei", ("quality_reviewer", "expert"), "hq"),
    Actor("root", "admin"),
    Actor("audit", "auditor"),
    Actor("robot", "system"),
)
BY_ID = {actor.id: actor for actor in CAST}


def newcomers(department: str | None) -> tuple[Actor, ...]:
    """One fresh person for each of the fifteen roles, in *department*."""
    return tuple(
        Actor(f"new-{role.name}", role.name, department, 99) for role in bank().workflow.roles
    )
