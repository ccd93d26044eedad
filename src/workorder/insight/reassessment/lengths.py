"""Lives without reckoning: where clocks ran and paused, when only lengths are promised.

When a target is a length of time, nothing but its segments decides when a clock was due, and
nothing that happens to it depends on that. So conditions are asked in order, as the judge does it,
and what was used of time is reckoned for all tickets at once
(:mod:`~workorder.insight.reassessment.arrays`). A ticket on which more happened than starting,
pausing, going on and ending is left to the judge.
"""

from workorder.clocks import Clock
from workorder.durations import Elapsed, Working
from workorder.insight.reassessment.folding import Cycle, Terms
from workorder.insight.reassessment.histories import BESIDE, History, after, happenings
from workorder.insight.reassessment.watching import Key, Watch, asked, quiet
from workorder.kernel.moments import TicketView, moment_of
from workorder.sla.clocks import Metric, Moment, ServiceLevels
from workorder.sla.clocks.folding import folded
from workorder.ticket import Absorbed, MergedInto, Ticket

DUE = "due"
"""The fact that depends on what is reckoned."""


def only_lengths(levels: ServiceLevels) -> bool:
    """Whether all that *levels* promise are lengths, that depend on nothing but themselves."""
    targets = [target for policy in levels.promised for target in policy.targets]
    return (
        all(isinstance(each.within, Working | Elapsed) for each in targets)
        and not any(metric.statutory for metric in levels.measured)
        and DUE not in {*asked(levels), *(metric.anchor for metric in levels.measured)}
    )


def shapes(history: History, terms: Terms, watch: Watch) -> list[Cycle] | None:
    """The cycles of the clocks of one ticket, without due instants; ``None`` where more happened to
    it than can be told so.
    """
    levels = terms.levels
    clocks: dict[str, Clock] = {}
    made: list[Cycle] = []
    ticket: Ticket | None = None
    choice: Key | None = None
    digest = ""
    for events in happenings(history, terms.until):
        before = ticket
        ticket = after(before, events, history.ticket_id)
        first = events[0]
        if isinstance(first, BESIDE):
            choice = None  # how things stood is not known
            continue
        if isinstance(first, Absorbed | MergedInto):
            return None
        rulebook = terms.rulebook_of(first)
        views = [TicketView(ticket, each, rulebook) for each in events]
        earlier = choice if first.trace.rulebook == digest else None
        digest = first.trace.rulebook
        choice, signs = watch.together(views)
        granted = before is not None and before.work.extension is not None
        moment: Moment | None = None
        for number, metric in enumerate(levels.measured):
            known = clocks.get(metric.name)
            anew = granted or watch.chosen_anew(number, earlier, choice)
            if quiet(known, metric, signs[number], anew=anew):
                continue
            if moment is None:
                moment = moment_of(before, ticket, events, rulebook)
            clock = folded(known, metric, moment, levels)
            if clock is None or clock is known:
                continue
            if not _simple(known, clock, metric, moment):
                return None
            clocks[metric.name] = clock
            if clock.state == "finished":
                made.append(Cycle(clock, ticket))
    if ticket is not None:
        made += [Cycle(each, ticket) for each in clocks.values() if each.state != "finished"]
    return made


def _simple(known: Clock | None, clock: Clock, metric: Metric, moment: Moment) -> bool:
    """Whether it began, paused, went on or ended, and nothing else."""
    if moment.extension is not None and metric.extendable:
        return False
    if known is None:
        return len(clock.segments) == 1
    if not known.active or clock.cycle != known.cycle or clock.target != known.target:
        return False
    if not clock.active:
        return True
    last, earlier = clock.segments[-1], known.segments[-1]
    return (
        clock.state != known.state
        and len(clock.segments) == len(known.segments) + 1
        and last.policy == earlier.policy
        and last.calendar == earlier.calendar
    )
