"""What came of a run: how long everything waited, how much everybody had to do, in figures.

A run is a value, and anybody may make one: what a log says really happened can stand beside what
would have.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from attrs import field, frozen

from workorder.assign.agents import Agent, Hours
from workorder.assign.fairness import Fairness, fairness
from workorder.assign.values import wrong
from workorder.instants import instant_text
from workorder.simulate.hours import WorkingTime
from workorder.simulate.services import Service
from workorder.simulate.work import Worked
from workorder.texts import ENGLISH

_NONE = timedelta(0)
_MICRO = timedelta(microseconds=1)
_WHOLE = 100


@frozen(slots=False)
class RoutingRun:
    """What came of a run.

    Attributes:
        name: what tables call it.
        begin: when the first came.
        end: when the last came or was done, or when the run was to end.
        services: what came of each item, in the order in which they came.
        people: how much everybody had to do, by id.
        waiting_in: the hours in which waiting is counted; all time, if it is not said.
    """

    name: str
    begin: datetime
    end: datetime
    services: tuple[Service, ...] = field(repr=False)
    people: tuple[Worked, ...] = field(repr=False)
    waiting_in: Hours | None = None

    @cached_property
    def waits(self) -> tuple[timedelta, ...]:
        """How long each waited, the shortest first; those who were never served too."""
        return tuple(sorted(map(self.waited, self.services)))

    @cached_property
    def _time(self) -> WorkingTime:
        return WorkingTime(self.waiting_in, min(each.came for each in self.services))

    def waited(self, service: Service) -> timedelta:
        """How long an item waited; what nobody was given, until the end."""
        return self._time.between(service.came, service.began or self.end)

    @property
    def mean_wait(self) -> timedelta:
        """How long they waited on average."""
        return sum(self.waits, _NONE) / len(self.waits) if self.waits else _NONE

    def wait(self, percent: int) -> timedelta:
        """How long so many of a hundred waited at most: 50 is the median, 100 the longest wait.

        Raises:
            InvalidInput: for what is not from 1 to 100.
        """
        if not 0 < percent <= _WHOLE:
            raise wrong("percent", "from 1 to 100", percent)
        return self.waits[-(-len(self.waits) * percent // _WHOLE) - 1] if self.waits else _NONE

    @property
    def never(self) -> int:
        """How many nobody was given."""
        return sum(each.began is None for each in self.services)

    @property
    def hand_overs(self) -> int:
        """How often something went to another team than where it came."""
        return sum(each.hand_overs for each in self.services)

    @cached_property
    def fairness(self) -> Fairness:
        """How evenly people were loaded over the whole run, each by what they could have held.

        Units are microseconds here; who could hold nothing is left out.
        """
        return fairness(
            Agent(
                each.agent,
                capacity=each.capacity * (each.available // _MICRO),
                load=each.held // _MICRO,
            )
            for each in self.people
        )

    @property
    def utilisation(self) -> float:
        """What all held together, as a part of what they could have held."""
        found = self.fairness
        return found.held / found.capacity if found.capacity else 0.0

    def as_data(self) -> Mapping[str, Any]:
        """The figures as plain data, lengths of time in seconds."""
        found = self.fairness
        return {
            "name": self.name,
            "begin": instant_text(self.begin),
            "end": instant_text(self.end),
            "items": len(self.services),
            "never": self.never,
            "mean_wait": self.mean_wait.total_seconds(),
            "median_wait": self.wait(50).total_seconds(),
            "wait_95": self.wait(95).total_seconds(),
            "longest_wait": self.wait(100).total_seconds(),
            "hand_overs": self.hand_overs,
            "utilisation": self.utilisation,
            "least": found.least,
            "most": found.most,
            "jain": found.jain,
            "gini": found.gini,
        }

    def text(self, language: str = ENGLISH) -> str:
        """The run for people: its figures, and how much everybody had to do."""
        from workorder.simulate.telling import told

        return told(self, language)
