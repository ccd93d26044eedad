"""What a rule is asked on a plain case, and what it is expected to say."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from tests.builders import LI, NOON
from workorder.refusals import Unmet
from workorder.workflow import (
    STANDARD_RULES,
    Actor,
    Case,
    PlainCase,
    Question,
    Settings,
    State,
)
from workorder.workflow.settings import NO_SETTINGS

MINE = PlainCase("in_progress", assignee="li", department="cards", customer="C-1")
THEIRS = PlainCase("in_progress", assignee="wang", department="cards", customer="C-1")
NOBODYS = PlainCase("accepted", department="cards", customer="C-1")
BARE = PlainCase("in_progress")

CUSTOMER = Actor("C-1", "customer")
TIMER = Actor("timer", "system")

BEFORE = datetime(2026, 9, 30, 3, 59, 59, 999999, tzinfo=UTC)
"""The last instant before :data:`tests.builders.NOON`."""

AFTER = datetime(2026, 9, 30, 4, 0, 0, 1, tzinfo=UTC)
"""The first instant after :data:`tests.builders.NOON`."""

STATES: Mapping[str, State] = {
    "registered": State("registered", "intake", "initial", {"en": "Registered"}),
    "in_progress": State("in_progress", "handling", "open", {"en": "In progress"}),
    "resolved": State("resolved", "conclusion", "open", {"en": "Resolved"}, resolved=True),
    "closed": State("closed", "conclusion", "closed", {"en": "Closed"}),
    "archived": State("archived", "conclusion", "final", {"en": "Archived"}),
    "merged": State("merged", "conclusion", "final", {"en": "Merged"}),
}


def having(**values: object) -> PlainCase:
    """A case that answers *values* by name, and nothing else."""
    return PlainCase("in_progress", values=values)


def called(**values: object) -> PlainCase:
    """The same, for names with a dot: ``counts__declines`` stands for ``counts.declines``."""
    return having(**{name.replace("__", "."): value for name, value in values.items()})


def typed(kind: str, **values: object) -> PlainCase:
    """A case of the ticket type *kind*."""
    return PlainCase("in_progress", type=kind, values=values)


@frozen(kw_only=True)
class Asked:
    """One question to one rule.

    Attributes:
        facts: what the reason is expected to speak of, when the rule does not hold.
        code: the code of that reason, when it is not the rule's own name.
    """

    rule: str
    case: Case = BARE
    arguments: Mapping[str, object] = {}
    actor: Actor = LI
    role: str = "handler"
    at: datetime = NOON
    settings: Settings = NO_SETTINGS
    related: Mapping[str, Case] = {}
    parameters: Mapping[str, Any] = {}
    facts: Mapping[str, object] = {}
    code: str | None = None

    @property
    def question(self) -> Question:
        """What the rule is asked."""
        return Question(
            self.case,
            self.actor,
            self.role,
            self.at,
            self.arguments,
            self.settings,
            STATES,
            self.related,
        )

    def answer(self) -> bool | Unmet:
        """What the rule says."""
        return STANDARD_RULES[self.rule](self.question, **self.parameters)


Situations = Mapping[str, Asked]
"""Questions by what is the matter."""
