"""What routing asks of the outside: who there is, and how much they hold."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import frozen

from workorder.assign import Agent
from workorder.desk.requests import Request
from workorder.storage import Capability


@frozen
class ReadUsed(Request[Mapping[str, int]]):
    """What reservations have taken of agents."""

    needs: ClassVar[Capability | None] = Capability.CAPACITY

    agents: tuple[str, ...]

    def put(self, store: Any) -> Any:
        """Ask ``used``."""
        return store.used(self.agents)


@frozen
class FindAgents(Request[Iterable[Agent]]):
    """Everybody who is in some teams."""

    of_people: ClassVar[bool] = True

    teams: frozenset[str]
    at: datetime

    def put(self, people: Any) -> Any:
        """Ask ``agents``."""
        return people.agents(self.teams, self.at)


@frozen
class FindAgent(Request[Agent | None]):
    """One of them."""

    of_people: ClassVar[bool] = True

    agent_id: str
    at: datetime

    def put(self, people: Any) -> Any:
        """Ask ``agent``."""
        return people.agent(self.agent_id, self.at)
