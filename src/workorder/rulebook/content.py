"""What a rulebook says, as plain data: what its digest covers, part by part.

Covered is everything that decides: names and labels, states, roles, actions, rows, forms, every
setting, the calendar by what it is made of, the service levels and the routing. Not covered are
functions: a rule stands by its name and parameters, a host's command and event by their names.
Nothing here depends on the clock, on the machine, or on the order of sets.

Durations and conditions stand as their text and their data form. A calendar is the data of its
calendar file, with each holiday source as it stands there; one that cannot be written down (a
host's own source of holidays) is its zone and the name by which the rulebook calls it. A
regulation pack stands by its name and how it was adopted, a filter or scorer of a host by its name.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from workorder.errors import ConfigurationError, Finding
from workorder.plain import plain
from workorder.workflow.definition import Definition

if TYPE_CHECKING:
    from workorder.assign.routing import Routing
    from workorder.sla.clocks import ServiceLevels
    from workorder.sla.verbs import Calendar

PLAIN = "texts, whole numbers, true or false, instants; lists and tables of them"
"""What a host may say of its own."""


def workflow_content(definition: Definition) -> dict[str, Any]:
    """A workflow without its settings; rules by the names that its rows use."""
    return {
        "name": definition.name,
        "states": plain(definition.states),
        "roles": plain(definition.roles),
        "actions": plain(definition.actions),
        "rows": plain(definition.rows),
        "rules": sorted({use.rule for row in definition.rows for use in row.rules}),
        "text_limit": definition.text_limit,
    }


def calendar_content(calendar: "Calendar | None", name: str | None = None) -> dict[str, Any] | None:
    """A calendar by what it is made of.

    Args:
        calendar: of the rulebook.
        name: what the rulebook calls it; stands for what cannot be written down.

    Raises:
        ConfigurationError: when it cannot be written down and has no name.
    """
    if calendar is None:
        return None
    from workorder.sla import BusinessCalendar, CombinedCalendar, calendar_to_data

    if isinstance(calendar, CombinedCalendar):
        return {
            "how": calendar.how,
            "first": calendar_content(calendar.first, name),
            "second": calendar_content(calendar.second, name),
        }
    hours = {}
    if isinstance(calendar, BusinessCalendar):
        hours = {"hours": str(calendar.hours)}
        with suppress(ConfigurationError):
            return {key: plain(item) for key, item in calendar_to_data(calendar).items()}
    if name is None:
        expected = "a calendar that can be written down, or calendar_name, the name it is known by"
        raise ConfigurationError([Finding("calendar", type(calendar).__name__, expected)])
    return {"name": name, "zone": str(calendar.timezone), **hours}


def levels_content(levels: "ServiceLevels") -> dict[str, Any]:
    """Service levels by what they say; the usual calendar is the rulebook's."""
    return {
        "leading": list(levels.leading),
        "calendars": {
            name: calendar_content(each, levels.calendar_names.get(name, name))
            for name, each in levels.calendars.items()
        },
        "departments": dict(levels.departments),
        "ladders": plain(levels.ladders),
        "metrics": plain(levels.metrics),
        "policies": plain(levels.policies),
        "packs": plain(levels.packs),
    }


def routing_content(routing: "Routing") -> dict[str, Any]:
    """A routing by what it says; policies in their order, of which the first is the usual one."""
    from workorder.assign.policy import part_data

    return {
        "waiting": list(routing.waiting),
        "busy": list(routing.busy),
        "stays": list(routing.stays),
        "policies": [{"of": key, **each.as_data()} for key, each in routing.policies.items()],
        "plans": plain(routing.plans),
        "routes": plain(routing.routes),
        "needs": plain(routing.needs),
        "discipline": part_data(routing.discipline),
        "reads": dict(routing.reads),
        "preferred": dict(routing.preferred),
        "grace": plain(routing.grace),
        "reach": routing.reach,
    }
