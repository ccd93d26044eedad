"""Clocks that disagree: a little is made up for, more is refused."""

from datetime import timedelta

import pytest
from attrs import evolve

from tests.builders import (
    LI,
    WANG,
    accepted,
    assigned,
    decided,
    done,
    in_progress,
    minutes,
    refused,
)
from workorder.rulebook import Rulebook, basic
from workorder.ticket import Comment, Start

STRICT: Rulebook = evolve(basic(), clock_skew=timedelta(0))


@pytest.mark.parametrize("late", [0.0, 0.5, 5])
def test_a_little_earlier_is_raised(late: float) -> None:
    """Within the skew the event happened when the last one did; what was read off is kept."""
    (event,) = decided(assigned(), Start(), LI, at=minutes(-late)).events
    assert event.trace.occurred_at == assigned().times.last
    assert event.trace.recorded_at == minutes(-late)


def test_much_earlier_is_refused() -> None:
    """Beyond the skew the command is refused, with both instants and the limit."""
    at = minutes(-5) - timedelta(microseconds=1)
    found = refused(assigned(), Start(), LI, at=at)
    assert found.code == "clock_skew"
    assert found.facts == {"at": at, "last": minutes(0), "limit": timedelta(minutes=5)}
    assert "0:05:00" in found.text()


def test_the_skew_is_the_rulebooks() -> None:
    """A bank that trusts its clocks allows none."""
    assert refused(assigned(), Start(), LI, at=minutes(-0.1), rulebook=STRICT).code == "clock_skew"
    assert decided(assigned(), Start(), LI, at=minutes(0), rulebook=STRICT).events


def test_time_never_runs_back_on_a_ticket() -> None:
    """However the clocks of workers differ, the instants of a ticket never decrease."""
    ticket = in_progress()
    seen = [ticket.times.last]
    for at in (3, 1, 4, 1, 5, 0.5):
        ticket = done(ticket, Comment("note"), WANG, at=minutes(at))
        seen.append(ticket.times.last)
    assert seen == sorted(seen)
    assert seen[-1] == minutes(5)


def test_rules_are_asked_at_the_instant_that_is_recorded() -> None:
    """A state entered in the same raised instant began then, not before."""
    ticket = done(assigned(), Start(), LI, at=minutes(-3))
    assert ticket.times.state_since == ticket.times.last == accepted().times.last
