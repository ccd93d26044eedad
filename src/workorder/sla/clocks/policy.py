"""Policies: which tickets get how long, for which metric."""

from functools import cached_property
from typing import Any

from attrs import field, frozen

from workorder.conditions import ALWAYS, Condition
from workorder.durations import Duration
from workorder.sla.clocks.metric import Test, compiled
from workorder.sla.clocks.moments import instant_in
from workorder.sla.clocks.pieces import asked_of
from workorder.texts import Label, Texts

OF_DEPARTMENT = "@department"
"""Stands for the calendar of the department that has the ticket."""

DEFAULT = ""
"""The name of the calendar that counts where nothing else is said."""


@frozen(slots=False)
class Target:
    """How long something may take.

    Attributes:
        metric: what is measured.
        within: how long.
        when: for which tickets; of several targets for a metric the first that applies is taken.
        calendar: by which calendar, by its name; ``@department`` is that of the department that
            has the ticket. The usual one, if not given.
        extends_to: how long the whole may take at most after the first, the second… extension,
            from the same start; without any, an extension is not bounded here.
    """

    metric: str
    within: Duration
    when: Condition = ALWAYS
    calendar: str | None = None
    extends_to: tuple[Duration, ...] = ()
    applies: Test = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", compiled(self.when))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The instants that have to come with a ticket: for ``at promised_at``, ``promised_at``."""
        return tuple(sorted(asked_of(self.within)))

    def has_instants(self, view: Any) -> bool:
        """Whether what is seen in *view* has them; without them this target promises nothing."""
        return all(instant_in(view, name) is not None for name in self.asked)

    @cached_property
    def text(self) -> str:
        """How long, as text."""
        return str(self.within)


@frozen
class AdoptedPack:
    """A regulation pack that is in force here (:mod:`workorder.sla.regulations`).

    Attributes:
        name: of the pack.
        when: on which tickets; where the pack itself says it, if not given.
        clocks: which of its clocks; all that bind the bank and are verified, if none are named.
        unverified: whether clocks that are only templates, not verified, are taken on purpose.
        calendar: the name of the calendar that counts them; the usual one, if not given.
        ladder: of their marks.
    """

    name: str
    when: Condition | None = None
    clocks: tuple[str, ...] = ()
    unverified: bool = False
    calendar: str | None = None
    ladder: str | None = None


@frozen(slots=False)
class Policy:
    """Targets for some tickets.

    Attributes:
        name: the stable name.
        targets: what is promised.
        when: for which tickets.
        order: of two policies with a target for one metric, that with the lower number is asked
            first; two that could both apply need different numbers.
        labels: what people call it, per language.
    """

    name: str
    targets: tuple[Target, ...]
    when: Condition = ALWAYS
    order: int = 100
    labels: Texts = field(default={}, hash=False)
    applies: Test = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "applies", compiled(self.when))

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)

    def target(self, metric: str, view: Any) -> Target | None:
        """The target for *metric* on what is seen in *view*; ``None`` where this promises none."""
        if not self.applies(view):
            return None
        for each in self.targets:
            if each.metric == metric and each.applies(view) and each.has_instants(view):
                return each
        return None
