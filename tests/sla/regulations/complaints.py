"""A complaint under packs, told moment by moment as a ticket would be."""

from datetime import UTC, datetime

from workorder.clocks import Clock
from workorder.sla import ready
from workorder.sla.clocks import AdoptedPack, Facts, Moment, Policy, ServiceLevels, Target, advance
from workorder.sla.clocks.metric import Metric


def instant(text: str) -> datetime:
    """ISO text with an offset, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def under(
    *packs: AdoptedPack,
    calendar: str = "CN",
    metrics: tuple[Metric, ...] = (),
    targets: tuple[Target, ...] = (),
) -> ServiceLevels:
    """Service levels of *packs*, and of the bank's own metrics if there are any."""
    policies = (Policy("own", targets),) if targets else ()
    return ServiceLevels(
        metrics=metrics, policies=policies, calendar=ready(calendar), packs=tuple(packs)
    )


class Complaint:
    """A ticket that things happen to; it stands as it was last told."""

    def __init__(self, levels: ServiceLevels, **stands: object) -> None:
        self.levels = levels
        self.stands = {"type": "complaint", "state": "registered", **named(stands)}
        self.clocks: dict[str, Clock] = {}
        self.number = 0

    def at(self, text: str, extension: str = "", **facts: object) -> "Complaint":
        """Something happens: edges (``action``, ``event…``) of this moment, levels from now on."""
        said = named(facts)
        edges = {name: it for name, it in said.items() if name.split(".")[0] in EDGES}
        before = Facts(dict(self.stands))
        self.stands |= {name: it for name, it in said.items() if name not in edges}
        if edges.get("action") == "inform_customer":
            self.stands[f"told.{edges['event.subject']}"] = instant(text)
        self.number += 1
        moment = Moment(
            instant(text),
            (Facts({**self.stands, **edges}),),
            self.number,
            before if self.number > 1 else None,
            instant(extension) if extension else None,
        )
        self.clocks |= advance(self.clocks, moment, self.levels).changed
        return self

    def told(self, text: str, subject: str) -> "Complaint":
        """The customer is told."""
        return self.at(text, action="inform_customer", by="agent", event__subject=subject)

    def due(self, clock: str) -> datetime | None:
        """When it is due, in UTC."""
        return self.clocks[clock].due


EDGES = ("action", "event", "by", "role")


def named(facts: dict[str, object]) -> dict[str, object]:
    """Names with two underscores for a dot."""
    return {name.replace("__", "."): it for name, it in facts.items()}
