"""Routing that can never match: teams that nobody is in, skills that nobody has."""

from collections.abc import Iterable, Iterator

from workorder.assign.agents import Agent
from workorder.assign.plan import check_plan
from workorder.assign.routing.routes import Routing
from workorder.errors import ConfigurationError, Finding, one_of


def check_routing(routing: Routing, agents: Iterable[Agent]) -> None:
    """See that *routing* asks for nothing that these *agents* can never have.

    Raises:
        ConfigurationError: with every team that nobody is in, and every skill that nobody has, or
            not at that level; each with the nearest one there is.
    """
    found = list(_findings(routing, tuple(agents)))
    if found:
        raise ConfigurationError(found)


def _findings(routing: Routing, agents: tuple[Agent, ...]) -> Iterator[Finding]:
    teams = sorted({name for each in agents for name in each.teams})
    best: dict[str, int] = {}
    for agent in agents:
        for name, level in agent.skills.items():
            best[name] = max(level, best.get(name, 0))
    for route in routing.routes:
        for name in sorted(route.teams.difference(teams)):
            yield Finding(f"routes.{route.name}.teams", name, one_of(teams, name))
    asked = [(f"routes.{each.name}.skills", each.skills) for each in routing.routes]
    asked += [(f"needs[{place}].skills", each.skills) for place, each in enumerate(routing.needs)]
    for key, skills in asked:
        for name, level in sorted(skills.items()):
            if name not in best:
                yield Finding(key, name, one_of(sorted(best), name))
            elif level > best[name]:
                yield Finding(f"{key}.{name}", str(level), f"{best[name]} at most: nobody has more")
    for plan in routing.plans.values():
        try:
            check_plan(plan, agents)
        except ConfigurationError as error:
            yield from error.findings
