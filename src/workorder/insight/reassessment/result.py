"""What a reassessment says: each outcome, compliance by any name, the worst with their accounts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from attrs import field, frozen

from workorder.insight.reassessment.folding import Fold, Terms, folded_one
from workorder.insight.reassessment.histories import Histories
from workorder.insight.reassessment.outcomes import RESULTS, Outcome, Result
from workorder.instants import instant_text
from workorder.sla.clocks import ClockLedger, account
from workorder.texts import ENGLISH, Label

BY = ("priority", "type", "department", "month")
"""What compliance is usually counted by."""


@frozen
class Compliance:
    """How clocks of one metric came out that have one value in common.

    Attributes:
        metric: what was measured.
        by: what they were counted by; empty for all together.
        value: what they have in common.
        counts: how many came out how.
    """

    metric: str
    by: str
    value: object
    counts: Mapping[Result, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def late(self) -> int:
        """How many are late, finished or not."""
        return self.counts["missed"] + self.counts["overdue"]

    @property
    def share(self) -> float | None:
        """The share that was met of those that were met or are late; ``None`` of none."""
        judged = self.counts["met"] + self.late
        return self.counts["met"] / judged if judged else None

    def as_data(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "metric": self.metric,
            "by": self.by,
            "value": self.value,
            "total": self.total,
            **{str(result): number for result, number in self.counts.items()},
            "share": self.share,
        }


@frozen(slots=False)
class Reassessment:
    """Every clock of a history under one policy.

    Attributes:
        terms: by what it was reassessed, and up to when.
        outcomes: how each cycle came out; the tickets in the order in which they began.
        histories: what happened.
        at_once: of how many tickets time was reckoned in bulk.
    """

    terms: Terms
    outcomes: tuple[Outcome, ...] = field(repr=False)
    histories: Histories = field(repr=False, eq=False)
    at_once: int = field(default=0, eq=False)

    @property
    def tickets(self) -> int:
        """How many tickets there are, with clocks or without."""
        return len(self.histories)

    @cached_property
    def unknown(self) -> Mapping[str, int]:
        """Rulebooks that events name and that were not given, by digest, with how many tickets name
        them. What pauses there, and who is a customer, is not known: such tickets may look late.
        """
        found: Counter[str] = Counter()
        for history in self.histories.values():
            named = {event.trace.rulebook for event in history.events}
            found.update(named - self.terms.rulebooks.keys())
        return dict(sorted(found.items()))

    @cached_property
    def metrics(self) -> tuple[str, ...]:
        """The metrics of which there are clocks, in the order of the policy."""
        found = {each.metric for each in self.outcomes}
        return tuple(each.name for each in self.terms.levels.measured if each.name in found)

    def clocks(self, metric: str | None = None) -> int:
        """How many cycles of clocks there are, of one metric or of all."""
        return sum(1 for _ in self._of(metric))

    def label(self, metric: str) -> Label:
        """What *metric* is called."""
        return self.terms.levels.by_name[metric].label

    def compliance(self, by: str = "", *, metric: str | None = None) -> tuple[Compliance, ...]:
        """How clocks came out, by metric and by what *by* names.

        Args:
            by: ``month`` (in which it was due), a name that conditions may ask of a ticket
                (``type``, ``department``, ``fields.product``), or a field (``priority``), as it
                was when the cycle ended; all together, if empty.
            metric: only this one.

        Returns:
            Metrics in the order of the policy, values in their own; without a value last.
        """
        counted: dict[tuple[str, object], Counter[Result]] = {}
        for each in self._of(metric):
            value = each.value(by, self.terms.levels) if by else None
            counted.setdefault((each.metric, _one_value(value)), Counter())[each.result] += 1
        rank = {name: number for number, name in enumerate(self.metrics)}
        found = sorted(counted.items(), key=lambda row: (rank[row[0][0]], _order(row[0][1])))
        return tuple(
            Compliance(name, by, value, {each: counts[each] for each in RESULTS})
            for (name, value), counts in found
        )

    def worst(self, number: int = 5, *, metric: str | None = None) -> tuple[Outcome, ...]:
        """The outcomes that are most over their target, the worst first; a day of those that count
        in days is as long as twenty-four hours.
        """
        late = [each for each in self._of(metric) if each.late]
        return tuple(sorted(late, key=_over, reverse=True)[:number])

    def account(self, outcome: Outcome) -> ClockLedger:
        """Why *outcome* is as it is: every stretch that counted, every one that did not.

        The ticket is lived through once more.
        """
        fold: Fold = folded_one(self.histories, outcome.ticket.id, self.terms)
        (clock,) = [
            each.clock
            for each in fold.standing()
            if (each.clock.metric, each.clock.cycle) == (outcome.metric, outcome.cycle)
        ]
        return account(clock, outcome.ended or self.terms.until, self.terms.levels)

    def text(
        self,
        language: str = ENGLISH,
        *,
        by: Sequence[str] = BY,
        worst: int = 5,
        metric: str | None = None,
    ) -> str:
        """All of it for people: tables of compliance, and the accounts of the worst."""
        from workorder.insight.reassessment.telling import reassessment_text

        return reassessment_text(self, language, by=by, worst=worst, metric=metric)

    def as_data(
        self,
        language: str = ENGLISH,
        *,
        by: Sequence[str] = BY,
        worst: int = 5,
        metric: str | None = None,
    ) -> dict[str, Any]:
        """Plain data: compliance in all and *by* each name, and the worst with their accounts."""
        return {
            "until": instant_text(self.terms.until),
            "tickets": self.tickets,
            "clocks": self.clocks(metric),
            "unknown_rulebooks": dict(self.unknown),
            "compliance": [
                row.as_data() for name in ("", *by) for row in self.compliance(name, metric=metric)
            ],
            "worst": [
                {**each.as_data(), "account": self.account(each).as_data(language)}
                for each in self.worst(worst, metric=metric)
            ],
        }

    def _of(self, metric: str | None) -> Iterator[Outcome]:
        return (each for each in self.outcomes if metric is None or each.metric == metric)


def _one_value(value: object) -> object:
    """*value* as something that can be counted by."""
    try:
        hash(value)
    except TypeError:
        return str(value)
    return value


def _order(value: object) -> tuple[int, int, float, str]:
    """Numbers as numbers, words as words, nothing last."""
    if value is None:
        return 2, 0, 0, ""
    if isinstance(value, int | float):
        return 0, 0, value, ""
    return 1, 0, 0, str(value)


def _over(outcome: Outcome) -> tuple[timedelta, timedelta]:
    over = outcome.over
    length = over if isinstance(over, timedelta) else timedelta(days=over)
    used = outcome.used
    return length, used if isinstance(used, timedelta) else timedelta(days=used or 0)
