"""How far an extension reaches: after a merge, during a hold, over nights."""

import attrs

from tests.kernel.test_clocks import (
    AT,
    CHEN,
    CUSTOMER,
    DAY,
    HOUR,
    LAW,
    LI,
    OWN,
    TICK,
    ZHANG,
    Life,
    days,
    merge,
    rules,
)
from tests.sla.clocks.told import Told, levels, metric
from tests.sla.traps import at
from workorder.conditions import NEVER, where
from workorder.durations import parse
from workorder.sla.clocks import Target
from workorder.ticket import (
    ApproveExtension,
    CustomerReply,
    Edit,
    Hold,
    InformCustomer,
    RequestExtension,
)

DUE = days(15, 24)


def test_after_a_merge() -> None:
    """What the other one was promised is put off by no more than this one may be: by fifteen days
    from its own due instant.
    """
    first, second = Life().opens(), Life(name="T2")
    first.now = second.now = AT + 2 * DAY
    second.opens().works()
    merge(first, second)
    assert second.ticket.windows.due == DUE
    late = RequestExtension(days(30, 24) + TICK, "hard")
    assert second.refusal(late, ZHANG) == [("until", "beyond_limit")]
    second.does(RequestExtension(days(30, 24), "hard"), ZHANG).does(ApproveExtension(), CHEN)
    second.does(InformCustomer("extension", "phone"), LI)
    assert second.ticket.windows.due == days(30, 24)
    merge(first, second, back=True)
    assert second.clock(LAW).due == days(30, 24)


def test_the_promise_to_another_outlasts_a_restart() -> None:
    """An internal clock that begins again under another target is due no later than what was
    merged into the ticket.
    """
    own = rules().sla
    assert own is not None
    restarting = tuple(
        attrs.evolve(each, on_change="restart") if each.name == OWN else each
        for each in own.metrics
    )
    book = rules(metrics=restarting)
    first, second = Life(book), Life(book, name="T2")
    first.opens("enquiry", priority=2)
    second.opens("enquiry", priority=3)
    due = first.ticket.windows.due
    merge(first, second)
    assert second.ticket.windows.due == due
    second.does(Edit(fields={"priority": 4}), LI)
    assert second.clock().ceiling == due
    assert second.ticket.windows.due == due


def extendable(text: str, *steps: str, statutory: bool = False) -> Told:
    """A clock that can be extended, and pauses while on hold."""
    known = metric(extendable=True, statutory=statutory)
    goal = Target(known.name, parse(text), extends_to=tuple(map(parse, steps)))
    return Told(levels(known, targets=[goal]))


def test_none_makes_it_due_earlier() -> None:
    """Told during a hold, a second extension to a day that the hold has overtaken does nothing."""
    ticket = extendable("5 working days", "20 working days", "40 working days")
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "extend", extension="2026-03-20T18:00+08:00")
    ticket.say("2026-03-03T10:00+08:00", "hold", state="customer")
    ticket.say("2026-03-13T10:00+08:00", "extend", extension="2026-03-23T18:00+08:00")
    ticket.say("2026-03-16T10:00+08:00", "resume", state="open")
    # nine working days ended in the hold: 20 March and nine more
    assert ticket.due() == at("2026-04-02T18:00+08:00")


def test_a_limit_during_a_hold() -> None:
    """What the target allows is reckoned as if the clock went on now, not from the hold on."""
    ticket = extendable("5 working days", "7 working days")
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-03T10:00+08:00", "hold", state="customer")
    ticket.say("2026-03-10T10:00+08:00", "extend", extension="2026-04-30T18:00+08:00")
    ticket.say("2026-03-11T10:00+08:00", "resume", state="open")
    # opened on the 2nd; the 3rd to the 10th end in the hold, but for the weekend: six days
    assert ticket.due() == at("2026-03-19T18:00+08:00")


def test_nights_take_nothing_out_of_it() -> None:
    """A day that ends before the hold begins is no day of the hold."""
    ticket = extendable("2 working days", "4 working days", statutory=True)
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "extend", extension="2026-04-30T18:00+08:00")
    due = ticket.due()
    for night in (2, 3, 4):
        ticket.say(f"2026-03-0{night}T20:00+08:00", "hold", state="customer")
        ticket.say(f"2026-03-0{night + 1}T08:00+08:00", "resume", state="open")
    assert ticket.due() == due == at("2026-03-06T18:00+08:00")


def test_a_day_that_ends_in_the_hold_is_put_off() -> None:
    """However short the hold."""
    ticket = extendable("2 working days", "4 working days")
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-02T11:00+08:00", "extend", extension="2026-04-30T18:00+08:00")
    ticket.say("2026-03-03T17:00+08:00", "hold", state="customer")
    ticket.say("2026-03-03T20:00+08:00", "resume", state="open")
    assert ticket.due() == at("2026-03-09T18:00+08:00")


def test_each_target_has_its_own_extensions() -> None:
    """Two targets may be as long at first; a simple case is not extended as a difficult one."""
    law = metric(extendable=True, statutory=True)

    def goal(longer: str, *, hard: bool) -> Target:
        when = where("complex").equals(value=True) if hard else ~NEVER
        return Target(law.name, parse("5 working days"), when, None, (parse(longer),))

    goals = [goal("20 working days", hard=True), goal("6 working days", hard=False)]
    for hard, due in ((False, "2026-03-10T18:00+08:00"), (True, "2026-03-30T18:00+08:00")):
        ticket = Told(levels(law, targets=goals), complex=hard)
        ticket.say("2026-03-02T10:00+08:00", "open")
        ticket.say("2026-03-02T11:00+08:00", "extend", extension="2026-06-30T18:00+08:00")
        assert ticket.due() == at(due)


def test_a_target_that_is_as_long_is_no_other_promise() -> None:
    """Nothing begins anew by it; only how far it may be extended is another matter."""
    law = metric(extendable=True, on_change="restart")
    hard = Target(
        law.name,
        parse("5 working days"),
        where("complex").equals(value=True),
        None,
        (parse("20 working days"),),
    )
    usual = Target(law.name, parse("5 working days"), extends_to=(parse("6 working days"),))
    ticket = Told(levels(law, targets=[hard, usual]), complex=False)
    ticket.say("2026-03-02T10:00+08:00", "open")
    ticket.say("2026-03-03T10:00+08:00", "edit", complex=True)
    assert (ticket.clock().cycle, len(ticket.clock().segments)) == (1, 1)
    assert ticket.due() == at("2026-03-09T18:00+08:00")
    ticket.say("2026-03-03T11:00+08:00", "extend", extension="2026-06-30T18:00+08:00")
    assert ticket.due() == at("2026-03-30T18:00+08:00")


def test_told_on_hold_at_a_desk() -> None:
    """The same for a dispute of the bank: what was granted first is not taken back."""
    life = Life().opens("dispute").works()
    due = life.ticket.windows.due
    assert due is not None
    for further in (2, 3):
        life.now += HOUR
        life.does(RequestExtension(due + further * DAY, "hard"), ZHANG)
        life.does(ApproveExtension(), attrs.evolve(CHEN, rank=40))
        if further == 2:
            life.does(InformCustomer("extension", "phone"), LI)
    life.does(Hold("waiting_for_customer"), ZHANG)
    life.now += 5 * DAY
    life.does(InformCustomer("extension", "phone"), LI)
    life.now += HOUR
    life.does(CustomerReply("here"), CUSTOMER)
    now = life.clock().due
    assert now is not None
    assert now >= due + 3 * DAY
