"""Offers: taken, declined, lapsed or withdrawn, once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assign.people import NOON
from workorder.assign import Agent, AssignmentPolicy, Item, choose
from workorder.assign.filters import NotDeclined
from workorder.assign.offers import (
    Offer,
    OfferRefusal,
    accept,
    decline,
    holding,
    lapsed,
    offer,
    passed_on,
    withdraw,
)
from workorder.errors import InvalidInput

MINUTE = timedelta(minutes=1)
ITEM = Item("T1", channel="phone", units=2, enqueued=NOON - 9 * MINUTE)
LI, GAO = Agent("li", capacity=3), Agent("gao", capacity=3)
MADE = offer(ITEM, LI, at=NOON, within=5 * MINUTE)


def after(minutes: int) -> datetime:
    """So many minutes after it was made."""
    return NOON + minutes * MINUTE


def code(found: Offer | OfferRefusal) -> str:
    """How it stands, or why it was refused."""
    return found.code if isinstance(found, OfferRefusal) else found.state


def test_taken() -> None:
    """By whom it was offered to, before its end; said twice it is the same."""
    taken = accept(MADE, "li", at=after(4))
    assert isinstance(taken, Offer)
    assert (taken.state, taken.ended) == ("accepted", after(4))
    assert accept(taken, "li", at=after(9)) == taken


def test_at_its_end_it_has_lapsed() -> None:
    """Whoever answers then is told since when; it ended at its own end, whenever somebody looks."""
    late = accept(MADE, "li", at=after(5))
    assert isinstance(late, OfferRefusal)
    assert late.text() == "the offer of T1 lapsed at 2026-09-30 04:05:00+00:00"
    gone = lapsed(MADE, at=after(99))
    assert (gone.state, gone.ended) == ("timed_out", after(5))
    assert lapsed(MADE, at=after(4)) == MADE
    assert code(accept(gone, "li", at=after(4))) == "too_late"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (accept(MADE, "gao", at=after(1)), "T1 was offered to li"),
        (
            accept(decline(MADE, "li", at=after(1), reason="busy"), "li", at=after(2)),  # type: ignore[arg-type]
            "the offer of T1 was declined at 2026-09-30 04:01:00+00:00",
        ),
        (
            decline(withdraw(MADE, at=after(1), reason="solved"), "li", at=after(2), reason="x"),  # type: ignore[arg-type]
            "the offer of T1 was withdrawn at 2026-09-30 04:01:00+00:00",
        ),
    ],
)
def test_what_is_refused(found: Offer | OfferRefusal, said: str) -> None:
    """An offer of somebody else, and one that has ended; in both languages."""
    assert isinstance(found, OfferRefusal)
    assert found.text() == said
    assert "T1" in found.text("zh-CN")
    assert "declined" not in found.text("zh-CN")


def test_an_open_offer_takes_room() -> None:
    """And gives it back when it ends, by itself, too."""
    held = holding(LI, [MADE, MADE], at=after(1))
    assert (held.load, dict(held.held)) == (4, {"phone": 2})
    assert choose([held], ITEM, now=after(1)).chosen is None
    assert holding(LI, [MADE], at=after(5)) == LI
    assert holding(GAO, [MADE], at=after(1)) == GAO


def test_who_declined_cools_down_and_the_item_keeps_its_place() -> None:
    """Another one gets it; after a while they can have it again."""
    declined = decline(MADE, "li", at=after(1), reason="busy")
    assert isinstance(declined, Offer)
    item = passed_on(ITEM, declined)
    assert item.enqueued == ITEM.enqueued
    policy = AssignmentPolicy("p", filters=(NotDeclined(10 * MINUTE),))
    assert choose([LI, GAO], item, now=after(2), policy=policy).chosen == "gao"
    assert choose([LI], item, now=after(11), policy=policy).chosen == "li"
    assert passed_on(ITEM, lapsed(MADE, at=after(7))).declined == {"li": after(5)}
    withdrawn = withdraw(MADE, at=after(1), reason="solved")
    assert isinstance(withdrawn, Offer)
    assert passed_on(ITEM, withdrawn) == ITEM


def test_what_cannot_be() -> None:
    """No time to answer, no reason."""
    with pytest.raises(InvalidInput, match="within"):
        offer(ITEM, LI, at=NOON, within=timedelta(0))
    with pytest.raises(InvalidInput, match="reason"):
        decline(MADE, "li", at=NOON, reason=" ")
    with pytest.raises(InvalidInput, match="reason"):
        withdraw(MADE, at=NOON, reason="")


Deed = Callable[[Offer, datetime], Offer | OfferRefusal]
DEEDS: dict[str, Deed] = {
    "accept": lambda made, at: accept(made, "li", at=at),
    "other": lambda made, at: accept(made, "gao", at=at),
    "decline": lambda made, at: decline(made, "li", at=at, reason="busy"),
    "withdraw": lambda made, at: withdraw(made, at=at, reason="solved"),
    "look": lambda made, at: lapsed(made, at=at),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 3)), max_size=8))
def test_it_ends_once(deeds: list[tuple[str, int]]) -> None:
    """Whatever is done in whatever order: what has ended stays as it ended, in time."""
    made, minute = MADE, 0
    for name, gap in deeds:
        minute += gap
        found = DEEDS[name](made, after(minute))
        if isinstance(found, OfferRefusal):
            assert name != "look"
            continue
        if made.state != "offered":
            assert found == made
        made = found
    if made.ended is not None:
        assert MADE.at <= made.ended <= MADE.until
        assert (made.ended == MADE.until) == (made.state == "timed_out")
