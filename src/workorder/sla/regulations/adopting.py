"""Adopting packs: from what rules say to metrics and policies that clocks count by.

A clock becomes a statutory metric. Priorities have no part in it, and a pause only where the rule
has one: that a bank waits for its customer stops no clock of the law. An answer keeps its verdict
when the ticket is opened again.
"""

from collections.abc import Iterator
from datetime import date

from workorder.conditions import ALWAYS, NEVER, AllOf, Negation, where
from workorder.durations import DueAt, Duration, Earliest
from workorder.errors import ConfigurationError, Finding, one_of
from workorder.sla.clocks.metric import Metric
from workorder.sla.clocks.policy import AdoptedPack, Policy, Target
from workorder.sla.regulations.beginning import begins, returns
from workorder.sla.regulations.clock import RegulatoryClock
from workorder.sla.regulations.library import pack
from workorder.sla.regulations.pack import Pack

ORDER = 10
"""The order of a pack's policy: before those of the bank."""


def adopted(how: AdoptedPack) -> tuple[tuple[Metric, ...], tuple[Policy, ...]]:
    """The metrics and the policy of a pack, as it is adopted.

    Raises:
        ConfigurationError: for a pack or a clock that there is none of, that no ticket can
            measure, or that is only a template and was not taken on purpose; all of it at once.

    >>> metrics, policies = adopted(AdoptedPack("cn_nfra_2020"))
    >>> [each.name for each in metrics], policies[0].name
    (['cn.nfra.decision'], 'cn_nfra_2020')
    """
    of = pack(how.name)
    clocks = taken(of, how)
    when = of.when if how.when is None else how.when
    metrics = tuple(_metric(each, how) for each in clocks)
    targets = tuple(target for each in clocks for target in _targets(each, how))
    return metrics, (Policy(of.name, targets, when, ORDER, of.labels),)


def taken(of: Pack, how: AdoptedPack) -> tuple[RegulatoryClock, ...]:
    """The clocks of a pack that are adopted.

    Raises:
        ConfigurationError: when one of them cannot be.
    """
    wrong = list(_mistakes(of, how))
    if wrong:
        raise ConfigurationError(wrong)
    if how.clocks:
        return tuple(each for each in of.measurable if each.name in how.clocks)
    return tuple(each for each in of.measurable if each.verified or how.unverified)


def cautions(how: AdoptedPack, today: date | None = None) -> tuple[Finding, ...]:
    """What to know about the clocks that are adopted: warnings, for whoever answers for them.

    Args:
        how: the pack as it is adopted.
        today: for what has passed by then: a review, the end of a rule; and a rule that is not in
            force yet.

    Raises:
        ConfigurationError: as :func:`adopted`.

    >>> from datetime import date
    >>> [each.found for each in cautions(AdoptedPack("cn_nfra_2020"), date(2027, 6, 1))]
    ['a review that was due on 2027-05-22']
    """
    found = taken(pack(how.name), how)
    return tuple(each for clock in found for each in _cautions(how, clock, today))


def _cautions(how: AdoptedPack, clock: RegulatoryClock, today: date | None) -> Iterator[Finding]:
    key = f"packs.{how.name}.{clock.name}"
    said: list[tuple[str, str]] = []
    if getattr(clock.within, "roll", "none") != "none" and how.calendar is None:
        found = "a last day that rolls by the usual calendar"
        said.append((found, "calendar = …, with the days on which the rule lets it roll"))
    if not clock.verified:
        found = f"an unverified template ({clock.citation})"
        said.append((found, "somebody who has read the rule and signs for it"))
    if today is not None:
        if clock.next_review <= today:
            found = f"a review that was due on {clock.next_review}"
            said.append((found, "the rule read again"))
        if clock.valid_to is not None and clock.valid_to < today:
            said.append((f"a rule in force until {clock.valid_to}", "the rule that follows it"))
        if clock.valid_from is not None and today < clock.valid_from:
            said.append((f"a rule in force from {clock.valid_from}", "the rule before it"))
    for found, expected in said:
        yield Finding(key, found, expected, severity="warning")


def _mistakes(of: Pack, how: AdoptedPack) -> Iterator[Finding]:
    key = f"packs.{of.name}.clocks"
    able = [each.name for each in of.measurable]
    for name in how.clocks:
        clock = of.by_name.get(name)
        if clock is None:
            yield Finding(key, name, one_of(able or of.by_name, name))
        elif not clock.measurable:
            found = f"{name}, which no ticket measures: it is there to be read"
            yield Finding(key, found, one_of(able, name) if able else "no clock of this pack")
        elif not clock.verified and not how.unverified:
            yield Finding(key, f"{name}, an unverified template", _ON_PURPOSE)
    if how.clocks:
        return
    if not able:
        yield Finding(key, "a pack no clock of which a ticket measures", "another pack")
    elif not how.unverified and not any(each.verified for each in of.measurable):
        found = f"only unverified templates: {', '.join(able)}"
        yield Finding(key, found, _ON_PURPOSE)


_ON_PURPOSE = "unverified = true beside it, to take it on purpose"


def _metric(clock: RegulatoryClock, how: AdoptedPack) -> Metric:
    assert clock.stop is not None  # noqa: S101 (only measurable clocks are taken)
    return Metric(
        name=clock.name,
        start=begins(clock),
        stop=clock.stop,
        pause=NEVER if clock.pause is None else clock.pause,
        cancel=NEVER if clock.cancel is None else clock.cancel,
        reopen=returns(clock),
        repeat=clock.repeat,
        anchor=clock.anchor,
        on_reopen="keep",
        on_change="keep_elapsed",
        extendable=bool(clock.extensions),
        statutory=True,
        ladder=how.ladder,
        labels=clock.labels,
    )


def _targets(clock: RegulatoryClock, how: AdoptedPack) -> Iterator[Target]:
    """The period, and before it the instant that comes with the ticket, if it may."""
    assert clock.within is not None  # noqa: S101 (only measurable clocks are taken)
    when = ALWAYS if clock.when is None else clock.when
    steps = tuple(each.to for each in clock.extensions)
    if clock.per_case is not None:
        given = Negation(where(f"fields.{clock.per_case}").is_missing())
        on_order = AllOf((given, when))
        said: Duration = DueAt(clock.per_case)
        if clock.per_case_most is not None:
            said = Earliest(said, clock.per_case_most)
        yield Target(clock.name, said, on_order, how.calendar, steps)
    yield Target(clock.name, clock.within, when, how.calendar, steps)
