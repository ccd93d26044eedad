"""Faults for those that wait: overtaken, forgotten, sent to the end, starved.

As those of :mod:`tests.planted.faulty_assignment`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from workorder.assign import Agent, Item, offers
from workorder.assign.queueing import LinearAgeing, MaxWait, lined_up
from workorder.assign.queueing.discipline import ALWAYS
from workorder.assign.selectors import (
    LongestIdle,
)
from workorder.desk import ServiceDesk, room
from workorder.desk.routing import finding, items, line
from workorder.desk.routing import moves as desk_moves
from workorder.desk.routing.answers import Drained
from workorder.kernel import searching, timers
from workorder.rulebook import Rulebooks
from workorder.ticket import Ticket

Patch = pytest.MonkeyPatch


def nothing_is_drained(patch: Patch) -> None:
    """Those that wait wait for the next of their kind."""

    def drain(_draining: Any) -> Any:
        yield from ()
        return Drained()

    patch.setattr("workorder.desk.routing.wishing.draining.drain", drain)


def nobody_asks_after_a_command(patch: Patch) -> None:
    """Room that comes free is known to the next job that runs."""
    patch.setattr(ServiceDesk, "_fill", lambda *_arguments, **_named: None)


def newcomers_overtake(patch: Patch) -> None:
    """The line is gone through from its end."""
    patch.setattr(line, "lined_up", lambda *arguments: lined_up(*arguments)[::-1])


def the_first_opened_comes_first(patch: Patch) -> None:
    """The line is as the store has it, whatever the discipline says."""
    patch.setattr(line, "lined_up", lambda items, *_rest: list(items))


def _timer_is_missing(patch: Patch, name: str) -> None:
    plain = timers._applying

    def applying(*arguments: Any) -> Iterator[Any]:
        yield from (each for each in plain(*arguments) if each[0] != name)

    patch.setattr(timers, "_applying", applying)


def nobody_looks_again(patch: Patch) -> None:
    """What will do later is known, and no timer says when."""
    _timer_is_missing(patch, timers.SEARCH)


def offers_do_not_end(patch: Patch) -> None:
    """What was held out to somebody stays with them."""
    _timer_is_missing(patch, timers.LAPSE_OFFER)


def silence_is_forgotten(patch: Patch) -> None:
    """Whoever did not answer is asked again at once."""
    patch.setattr(searching, "after_refused", lambda search, _person, _at: search)


def offers_hold_no_room(patch: Patch) -> None:
    """What is held out to somebody is counted when they take it."""
    plain = room.held

    def held(ticket: Ticket | None, rulebooks: Rulebooks) -> dict[str, int]:
        return {} if ticket is None or ticket.assignee is None else plain(ticket, rulebooks)

    patch.setattr(room, "held", held)


def work_sets_the_idle_clock(patch: Patch) -> None:
    """Who was given something first is thought to have been idle longest."""
    patch.setattr(LongestIdle, "key", lambda _self, agent: (agent.assigned[-1:], agent.id))


def offers_stop_the_idle_clock(patch: Patch) -> None:
    """Whoever was held something out is not idle any more, whatever became of it."""
    plain = offers.holding

    def holding(agent: Agent, several: Iterable[offers.Offer], *, at: datetime) -> Agent:
        mine = [each for each in several if each.agent == agent.id]
        found = plain(agent, mine, at=at)
        return evolve(found, idle_since=mine[-1].until) if mine else found

    patch.setattr(offers, "holding", holding)


def waiting_starts_again_at_the_desk(patch: Patch) -> None:
    """Whatever was declined has waited since then."""
    plain = items.wanted

    def wanted(ticket: Ticket, routing: Any) -> Any:
        found = plain(ticket, routing)
        since = max(found.item.declined.values(), default=found.item.enqueued)
        return evolve(found, item=evolve(found.item, enqueued=since))

    for module in (line, finding, desk_moves):
        patch.setattr(module, "wanted", wanted)


def waiting_starts_again(patch: Patch) -> None:
    """The same, for whoever has a line of their own."""
    plain = offers.passed_on

    def passed_on(item: Item, made: offers.Offer) -> Item:
        return evolve(plain(item, made), enqueued=made.ended)

    patch.setattr(offers, "passed_on", passed_on)


def age_counts_on_arrival_only(patch: Patch) -> None:
    """The score by which an item ages is made when it comes, and then it has not waited."""
    patch.setattr(LinearAgeing, "key", lambda _self, item: (item.priority, item.enqueued, item.id))


def no_wait_is_too_long(patch: Patch) -> None:
    """The limit is never reached."""

    def rank(_self: MaxWait, item: Item, _now: datetime) -> tuple[Any, ...]:
        return 1, item.priority, item.enqueued, item.id

    patch.setattr(MaxWait, "rank", rank)


def looks_at_a_clock(patch: Patch) -> None:
    """How long somebody has waited is read off a clock when two are compared."""
    ticks = count()

    def key(this: LinearAgeing, item: Item) -> tuple[Any, ...]:
        now = ALWAYS + next(ticks) * timedelta(hours=1)
        return now - (item.enqueued or ALWAYS) + item.priority * this.level, item.id

    patch.setattr(LinearAgeing, "key", key)
