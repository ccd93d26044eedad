"""What tests of reassessment share: small histories, policies, and the same told twice."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.exchange.logs import IT_DESK, brought
from workorder.conditions import ALWAYS, NEVER, AllOf, Condition, where
from workorder.durations import parse
from workorder.exchange import mapping_from_data
from workorder.insight import Histories, Outcome, Reassessment, histories_of
from workorder.sla import BusinessCalendar
from workorder.sla.clocks import Metric, Policy, ServiceLevels, Target
from workorder.storage import FullStore, MemoryStore

MARCH = datetime(2026, 3, 1, tzinfo=UTC)
"""When the small logs begin: a Sunday."""

WEEKDAYS = BusinessCalendar("UTC", "Mo-Fr 08:00-18:00", name="Weekdays")

DONE = where("state").one_of(("resolved", "closed"))
WAITS = where("state").equals("pending")


def entered(*states: str) -> Condition:
    """That an entry says one of *states*."""
    return AllOf((where("action").equals("import"), where("state").one_of(states)))


WORK = entered("new", "assigned", "in_progress")


def minutes(number: float) -> datetime:
    """An instant some minutes into the first of March."""
    return MARCH + timedelta(minutes=number)


def resolution(**changes: Any) -> Metric:
    """From the first entry until it is resolved; not while it waits."""
    said: dict[str, Any] = {"start": ALWAYS, "stop": DONE, "pause": WAITS, "reopen": NEVER}
    return Metric(name="resolution", **{**said, **changes})


def levels(
    *metrics: Metric, within: Mapping[int | None, str] | str = "8 working hours", **more: Any
) -> ServiceLevels:
    """Targets for every metric: one for all, or by priority (``None`` for any other)."""
    given = {None: within} if isinstance(within, str) else within
    targets = tuple(
        Target(
            metric.name,
            parse(text),
            ALWAYS if priority is None else where("fields.priority").equals(priority),
        )
        for metric in metrics
        for priority, text in given.items()
    )
    policy = Policy("usual", targets)
    return ServiceLevels(metrics=metrics, policies=(policy,), **{"calendar": WEEKDAYS, **more})


def history(
    folder: Path, rows: Iterable[Mapping[str, str]], store: FullStore | None = None
) -> Histories:
    """The histories of tickets that were brought in from *rows*."""
    kept = store or MemoryStore()
    brought(folder, kept, rows, mapping_from_data(IT_DESK))
    return histories_of(kept)


def said(outcome: Outcome) -> tuple[object, ...]:
    """Everything that an outcome says; of the ticket, which and after how many events."""
    ticket = outcome.ticket
    rest = outcome.as_data()
    return (ticket.id, ticket.revision.events, *rest.values())


def everything(found: Reassessment) -> list[tuple[object, ...]]:
    """Everything that outcomes say."""
    return [said(each) for each in found.outcomes]


def by_key(found: Reassessment, key: str) -> Outcome:
    """The only outcome of the ticket with this number."""
    (outcome,) = [each for each in found.outcomes if each.ticket.origin.key == key]
    return outcome
