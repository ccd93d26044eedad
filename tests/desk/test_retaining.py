"""What was kept long enough is erased: counted from closing, a matter at a time, unless held."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.desk.people import Counting
from tests.rulebook.editions import INTAKE, OPENING, SENIOR, ZHANG, Branch, edition
from tests.storage.stores import opened_store
from workorder.desk import RetentionRun, ServiceDesk
from workorder.durations import CalendarDays, Elapsed, Years
from workorder.errors import InvalidInput, StoreError
from workorder.rulebook import Rulebook, bank, basic
from workorder.storage import Capability
from workorder.testing import ScriptedStore
from workorder.ticket import (
    Accept,
    Appeal,
    Approve,
    Cancel,
    Close,
    Dispatch,
    Erased,
    InformCustomer,
    Reclassify,
    Reopen,
    Start,
    Submit,
    Ticket,
)
from workorder.workflow import Actor

DPO = Actor("dpo", ())


def keeping(**types: Any) -> Rulebook:
    """An edition of the bank's rulebook that says how long values of types are kept."""
    return edition(settings={"retention": types})


FIVE = keeping(complaint=Years(5))


@pytest.fixture(params=["memory", "sqlite"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Branch]:
    """A branch on either store."""
    with opened_store(str(request.param), tmp_path) as store:
        yield Branch(store)


def run(branch: Branch, rulebook: Rulebook = FIVE, limit: int | None = None) -> RetentionRun:
    """Erase what was kept long enough."""
    desk = branch.desk(rulebook, bank())
    return desk.unrestricted().erase_expired(actor=DPO, limit=limit)


def now(branch: Branch, ticket: Ticket) -> Ticket:
    """How a ticket stands."""
    return branch.desk().unrestricted().get(ticket.id)


def test_not_before_its_time(branch: Branch) -> None:
    """Five years from closing, to the end of the day in the bank's zone, and not an instant sooner;
    once erased, it is looked at no more.
    """
    ticket = branch.closed()
    branch.passes(days=100)
    branch.desk().run_due()
    closed = now(branch, ticket).times.closed
    assert closed is not None
    ends = FIVE.until(closed, Years(5))
    branch.now = ends - timedelta(microseconds=1)
    assert run(branch) == RetentionRun()
    branch.now = ends
    assert run(branch) == RetentionRun((ticket.id,))
    event = branch.desk().unrestricted().history(ticket.id)[-1].event
    assert isinstance(event, Erased)
    assert (event.basis, event.refs, event.trace.actor) == ("retention", (), "dpo")
    assert run(branch) == RetentionRun()
    assert now(branch, ticket).work.erased


def test_nothing_is_said_nothing_is_erased(branch: Branch) -> None:
    """No rulebook that ships says how long; a type without a word is kept for good."""
    branch.closed()
    branch.passes(days=40_000)
    assert run(branch, bank()) == RetentionRun()
    assert run(branch, keeping(enquiry=Years(1))) == RetentionRun()
    assert bank().workflow.settings.retention == basic().workflow.settings.retention == {}


def test_what_is_open_is_kept(branch: Branch) -> None:
    """Open tickets, and those that were opened again, wait for their closing."""
    branch.in_progress()
    again = branch.does(branch.closed(), (Reopen("still wrong"), SENIOR))
    assert again.times.closed is None
    branch.passes(days=4_000)
    assert run(branch) == RetentionRun()


def test_a_legal_hold_keeps_it(branch: Branch) -> None:
    """It is listed with its case, run after run, until the hold is lifted."""
    ticket = branch.closed()
    work = branch.desk().unrestricted()
    work.place_legal_hold(ticket.id, "(2026) 1", actor=DPO)
    branch.passes(days=4_000)
    for _ in range(2):
        done = run(branch)
        assert done.erased == ()
        assert [(each.ticket_id, each.cause.code) for each in done.kept] == [
            (ticket.id, "legal_hold")
        ]
        assert "(2026) 1" in done.as_data("zh-CN")["kept"][0]["reason"]
    work.lift_legal_hold(ticket.id, "(2026) 1", actor=DPO)
    assert run(branch).erased == (ticket.id,)


def test_a_matter_is_kept_whole(branch: Branch) -> None:
    """A merged ticket is kept as long as the one it was merged into: while that is open, while its
    time is not over, and while it is under legal hold.
    """
    source = branch.merged(branch.in_progress())
    into = source.links.merged_into
    assert into is not None
    branch.passes(days=4_000)
    assert run(branch) == RetentionRun()
    wang, sun = Actor("wang", "dispatcher", "hotline"), Actor("sun", "reviewer", "cards")

    target = branch.does(
        now(branch, evolve(source, id=into)),
        (Dispatch("zhao", "cards"), wang),
        (Start(), Actor("zhao", "handler", "cards")),
        (Submit("refunded"), Actor("zhao", "handler", "cards")),
        (Approve(), sun),
        (InformCustomer("decision", "phone"), INTAKE),
        (Close(), SENIOR),
    )
    assert run(branch) == RetentionRun()
    work = branch.desk().unrestricted()
    work.place_legal_hold(into, "x", actor=DPO)
    branch.passes(days=4_000)
    assert {each.ticket_id for each in run(branch).kept} == {source.id, target.id}
    work.lift_legal_hold(into, "x", actor=DPO)
    assert set(run(branch).erased) == {source.id, target.id}


def test_an_appeal_keeps_its_original(branch: Branch) -> None:
    """While the appeal is open, nothing of the ticket that it appeals is erased."""
    ticket = branch.closed()
    desk = branch.desk()
    desk.perform(ticket.id, Appeal("unfair", {"title": "again"}), actor=Actor("C-1", "customer"))
    branch.passes(days=4_000)
    assert run(branch) == RetentionRun()


def test_the_rulebook_in_force_says_how_long(branch: Branch) -> None:
    """Also for tickets that go by an earlier one; one that it has no form for goes by its own."""
    own = keeping(complaint=CalendarDays(10))
    desk = branch.desk(own)
    ticket = desk.open("complaint", actor=INTAKE, **OPENING)

    desk.perform(ticket.id, Cancel("by mistake"), actor=INTAKE)
    branch.passes(days=11)
    longer = keeping(complaint=CalendarDays(20))
    assert branch.desk(longer, own).unrestricted().erase_expired(actor=DPO) == RetentionRun()
    without = basic()
    assert "complaint" in without.form_by_type
    gone = evolve(without, forms=tuple(f for f in without.forms if f.type != "complaint"))
    done = branch.desk(gone, own).unrestricted().erase_expired(actor=DPO)
    assert done.erased == (ticket.id,)


def test_a_type_that_it_had_keeps_it(branch: Branch) -> None:
    """Reclassifying is no way round: where nobody says how long the type it had is kept, it is kept
    for good; where both are said, the longer one counts.
    """
    desk = branch.desk(keeping(enquiry=CalendarDays(10)))
    ticket = desk.open("complaint", actor=INTAKE, **OPENING)
    desk.perform(ticket.id, Accept(), actor=INTAKE)
    desk.perform(ticket.id, Reclassify("enquiry", "no complaint"), actor=INTAKE)
    desk.perform(ticket.id, Cancel("by mistake"), actor=INTAKE)
    assert now(branch, ticket).origin.types == ("complaint",)
    branch.passes(days=30)
    assert run(branch, keeping(enquiry=CalendarDays(10))) == RetentionRun()
    longer = keeping(enquiry=CalendarDays(10), complaint=CalendarDays(40))
    assert run(branch, longer) == RetentionRun()
    branch.passes(days=30)
    assert run(branch, longer).erased == (ticket.id,)


def test_at_most_so_many(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit counts what is erased; the next run goes on, across pages."""
    monkeypatch.setattr("workorder.desk.retaining.PAGE", 2)
    tickets = {branch.closed().id for _ in range(5)}
    work = branch.desk().unrestricted()
    held = min(tickets)
    work.place_legal_hold(held, "x", actor=DPO)
    branch.passes(days=4_000)
    erased: list[str] = []
    for expected in (2, 2, 0):
        done = run(branch, limit=2)
        assert len(done.erased) == expected
        erased += done.erased
        assert [each.ticket_id for each in done.kept] == [held]
    assert erased == sorted(tickets - {held})
    assert run(branch, limit=0) == RetentionRun()


def test_erased_on_request_is_skipped(branch: Branch) -> None:
    """Unless something came after it."""
    quiet, talked = branch.closed(), branch.closed()
    work = branch.desk().unrestricted()
    for each in (quiet, talked):
        work.erase(each.id, actor=DPO, basis="request")
    work.place_legal_hold(quiet.id, "x", actor=DPO)
    work.lift_legal_hold(quiet.id, "x", actor=DPO)
    branch.does(talked, (Reopen("once more"), SENIOR))

    branch.does(
        talked,
        (Submit("refunded"), ZHANG),
        (Approve(), Actor("sun", "reviewer", "cards")),
        (InformCustomer("decision", "phone"), INTAKE),
        (Close(), SENIOR),
    )
    branch.passes(days=4_000)
    assert run(branch).erased == (talked.id,)


def test_elapsed_time_needs_no_calendar() -> None:
    """A rulebook without a calendar counts it by the clock."""
    plain = basic()
    settings = evolve(plain.workflow.settings, retention={"complaint": Elapsed(timedelta(days=1))})
    rulebook = evolve(plain, workflow=evolve(plain.workflow, settings=settings))
    branch = Branch()
    desk = ServiceDesk(
        branch.store, rulebook=rulebook, time=lambda: branch.now, new_entropy=Counting()
    )
    boss = Actor("boss", "supervisor")
    ticket = desk.open("complaint", fields={"title": "x"}, actor=boss)

    li = Actor("li", "handler")
    for command, actor in (
        (Dispatch("li"), boss),
        (Start(), li),
        (Submit("x"), li),
        (Close(), boss),
    ):
        desk.perform(ticket.id, command, actor=actor)
    branch.passes(days=1)
    assert desk.unrestricted().erase_expired(actor=DPO).erased == (ticket.id,)


@pytest.mark.parametrize("limit", [-1, True, "1", 1.0])
def test_the_limit_is_a_number(limit: Any) -> None:
    """Anything else is refused."""
    with pytest.raises(InvalidInput):
        run(Branch(), limit=limit)


@pytest.mark.parametrize("missing", [Capability.SEALED, Capability.QUERY])
def test_what_a_store_must_offer(missing: Capability) -> None:
    """Queries, and sealed values."""
    desk = ServiceDesk(ScriptedStore(without=[missing]), rulebook=FIVE)
    with pytest.raises(StoreError) as raised:
        desk.unrestricted().erase_expired(actor=DPO)
    assert raised.value.facts == {"capability": missing.value}
