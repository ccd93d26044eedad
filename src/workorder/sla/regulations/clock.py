"""Regulatory clocks: one period that a rule sets, with the words it is known from."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import field, frozen

from workorder.conditions import Condition
from workorder.durations import Duration
from workorder.sla.clocks.metric import AT
from workorder.texts import Label, Texts

Kind = Literal["limit", "pause", "restart", "termination", "retention", "window"]
"""A period within which something must happen; what stops it, begins it anew or ends it; how long
records are kept; the time that somebody else has."""

Duty = Literal["bank", "consumer", "regulator", "ombudsman"]
"""Who must act: only what the bank must do can be late here."""

Confidence = Literal["seen", "secondary"]
"""The words of the rule were read, or what somebody else says about them."""

KINDS: tuple[Kind, ...] = ("limit", "pause", "restart", "termination", "retention", "window")
DUTIES: tuple[Duty, ...] = ("bank", "consumer", "regulator", "ombudsman")
CONFIDENCES: tuple[Confidence, ...] = ("seen", "secondary")


@frozen
class Extension:
    """A longer time that the rule allows.

    Attributes:
        to: how long the whole may take then, from the same start.
        condition: when it is allowed.
        approver: who must agree.
        notice: who must be told what; without it we take an extension as not granted.
    """

    to: Duration
    condition: Texts = field(hash=False)
    approver: Texts = field(hash=False)
    notice: Texts = field(hash=False)


@frozen(kw_only=True)
class RegulatoryClock:
    """What a rule says about one period, and how that is known.

    Attributes:
        name: its identifier, such as ``cn.nfra.decision``.
        rows: the periods of the rule that it stands for: the first one and its extensions.
        kind: what it is.
        duty: who must act.
        labels: what people call it, per language.
        within: how long; ``None`` where the rule names no period.
        counting: how it is counted, in words.
        starts: what it starts with, in words.
        met_by: what it is met by, in words.
        citation: the rule and its article; says so where the number of the article was not seen.
        quote: the words that were read.
        sources: where they were read.
        confidence: whether those were the words of the rule.
        verified: whether it ships as verified; otherwise it is a template that is off by default.
        collected: when that was read.
        next_review: by when somebody should read again.
        valid_from: since when it is in force, where that is known.
        valid_to: until when, where that is known.
        note: what else to know before relying on it.
        extensions: longer times that the rule allows, one after another.
        per_case: the name of an instant; a ticket that has it is due then, and not after the period
            (an order that carries its own limit).
        per_case_most: how long the whole may take at most even then, where the rule says so.
        when: on which tickets of its pack it applies.
        start: what it starts with on a ticket; ``None`` where a ticket does not know.
        stop: what it is met by on a ticket.
        pause: while it does not count, where the rule says so.
        cancel: what ends it without an answer.
        reopen: what takes a cancelled one up again.
        repeat: whether it starts again after it was met.
        anchor: the instant of a ticket from which it counts; where that is missing, the opening.
    """

    name: str
    rows: tuple[str, ...]
    kind: Kind
    duty: Duty
    labels: Texts = field(hash=False)
    citation: str
    quote: str
    sources: tuple[str, ...]
    confidence: Confidence
    verified: bool
    collected: date
    next_review: date
    starts: Texts = field(hash=False)
    within: Duration | None = None
    counting: Texts = field(default={}, hash=False)
    met_by: Texts = field(default={}, hash=False)
    valid_from: date | None = None
    valid_to: date | None = None
    note: Texts = field(default={}, hash=False)
    extensions: tuple[Extension, ...] = ()
    per_case: str | None = None
    per_case_most: Duration | None = None
    when: Condition | None = None
    start: Condition | None = None
    stop: Condition | None = None
    pause: Condition | None = None
    cancel: Condition | None = None
    reopen: Condition | None = None
    repeat: bool = False
    anchor: str = AT

    @property
    def label(self) -> Label:
        """Name and labels together."""
        return Label(self.name, self.labels)

    @property
    def binding(self) -> bool:
        """Whether it is a limit for the bank."""
        return self.kind == "limit" and self.duty == "bank"

    @property
    def measurable(self) -> bool:
        """Whether a ticket can measure it: a limit for the bank, of which a ticket knows when it
        starts and what it is met by.
        """
        return self.binding and self.within is not None and self.start is not None

    @property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions it was given, by name."""
        given = {name: getattr(self, name) for name in CONDITIONS}
        return {name: each for name, each in given.items() if each is not None}


CONDITIONS = ("when", "start", "stop", "pause", "cancel", "reopen")
"""The names of a clock's conditions."""
