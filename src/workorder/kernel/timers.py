"""Timers follow from how a ticket stands: whatever no longer applies is gone with it.

A timer is set when something is first due and keeps its id while that stays so. The id holds
the number of the event that set it, so a timer of an earlier life never fires again. That of a mark
is the mark's own id, so that each is noted once, however often its clock was reckoned again.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from workorder.clocks import NO_CLOCKS, REACH_MARK, Clock
from workorder.ticket import Timer, Windows, Work
from workorder.ticket.work import NO_WINDOWS, NO_WORK
from workorder.workflow import ENDED, Step

TIMED = "time."
"""What the ids of timers begin with; no caller's command id may."""

LAPSE_OFFER, SEARCH = "lapse_offer", "search"
"""What time does to a search: an offer ends, somebody is looked for again."""

Clocks = Mapping[str, Clock]

_Wanted = tuple[str, str | None, datetime]


def timers_after(
    timers: tuple[Timer, ...],
    step: Step,
    work: Work,
    windows: Windows,
    sequence: int,
    changed: Clocks = NO_CLOCKS,
) -> tuple[Timer, ...]:
    """The timers of a ticket after event number *sequence*, the earliest first.

    Of its clocks only those of *changed* are looked at: the marks of others stay as they are.
    """
    if not changed and not _may_set(work, windows) and _only_marks(timers):
        return timers
    wanted = list(_wanted(step, work, windows, _marks(timers, changed)))
    if [(each.action, each.about, each.at) for each in timers] == wanted:
        return timers
    kept = {(each.action, each.about, each.at): each for each in timers}
    made = [kept.get(each) or _timer(each, sequence) for each in wanted]
    return tuple(made)


def _only_marks(timers: tuple[Timer, ...]) -> bool:
    return all(each.action == REACH_MARK for each in timers)


def with_marks(timers: tuple[Timer, ...], changed: Clocks) -> tuple[Timer, ...]:
    """*timers* with the next marks of the clocks of *changed* for those that they had."""
    others = [each for each in timers if each.action != REACH_MARK]
    marks = [_timer(each, 0) for each in _marks(timers, changed)]
    return tuple(sorted([*marks, *others], key=lambda timer: timer.at))


def _may_set(work: Work, windows: Windows) -> bool:
    """Whether there is anything at all that could set a timer; for most tickets there is not."""
    if work is not NO_WORK and (work.hold or work.subtasks or work.panel or work.search):
        return True
    return windows is not NO_WINDOWS and (
        windows.close_from is not None or windows.archive_from is not None
    )


def _timer(wanted: _Wanted, sequence: int) -> Timer:
    action, about, at = wanted
    if action == REACH_MARK:
        return Timer(f"{TIMED}{REACH_MARK}.{about}", at, action, about)
    about_it = f".{about}" if about is not None else ""
    return Timer(f"{TIMED}{sequence}.{action}{about_it}", at, action, about)


def _wanted(
    step: Step, work: Work, windows: Windows, marks: Iterable[_Wanted]
) -> Iterator[_Wanted]:
    applying = [*marks, *_applying(step, work, windows)]
    yield from sorted(applying, key=lambda each: each[2])


def _marks(timers: tuple[Timer, ...], changed: Clocks) -> list[_Wanted]:
    """The marks that are coming: those of *timers*, and for the clocks of *changed* their own."""
    found: list[_Wanted] = [
        (each.action, each.about, each.at)
        for each in timers
        if each.action == REACH_MARK and str(each.about).partition("/")[0] not in changed
    ]
    found += [
        (REACH_MARK, clock.mark_id, clock.mark_at)
        for clock in changed.values()
        if clock.mark_at is not None and clock.state == "running"
    ]
    return sorted(found, key=lambda each: (each[2], str(each[1])))


def _applying(step: Step, work: Work, windows: Windows) -> Iterator[_Wanted]:
    if step.resolved and windows.close_from is not None:
        yield "close", None, windows.close_from
    if step.category == "closed" and windows.archive_from is not None:
        yield "archive", None, windows.archive_from
    if step.category in ENDED:
        return
    if work.hold is not None and work.hold.until is not None:
        yield "resume", None, work.hold.until
    for task in work.subtasks:
        if task.due is not None and not task.overdue:
            yield "mark_overdue", task.id, task.due
    search = work.search
    if search is not None and search.offer is not None:
        yield LAPSE_OFFER, None, search.offer.until
    if search is not None and search.again is not None:
        yield SEARCH, None, search.again
    panel = work.panel
    if panel is not None and panel.due is not None and not panel.overdue:
        yield "mark_overdue", panel.id, panel.due
