"""Moving tickets to another edition: recorded, once, judged by the new one from then on."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from tests.by_limits import by_limits
from tests.laws.cast import rulebook
from tests.laws.walking import Plan as Walk
from tests.laws.walking import World, plans, walk
from tests.rulebook.editions import INTAKE, OPENING, ROOT, SUN, ZHANG, Branch, edition
from workorder.conditions import where
from workorder.desk import AsyncServiceDesk, ServiceDesk
from workorder.durations import CalendarDays, Elapsed
from workorder.errors import CommandRefused, InvalidInput
from workorder.kernel import SYSTEM, Context, Decided, change_rulebook, replay
from workorder.refusals import Refusal
from workorder.rulebook import Plan, Rulebook
from workorder.storage import FullStore, MemoryStore, SQLiteStore, TicketQuery
from workorder.ticket import (
    Approve,
    Comment,
    Hold,
    Resume,
    RulebookChanged,
    Submit,
    Ticket,
    Unmerge,
)
from workorder.workflow import Actor, HoldReason

WAITING = edition(names={"pending": "waiting"})
PLAN = Plan({"pending": "waiting"})
DAYS = CalendarDays(90)


def refusal(call: Callable[[], object]) -> Refusal:
    """Why *call* was refused."""
    with pytest.raises(CommandRefused) as refused:
        call()
    return refused.value.refusal


def move(
    branch: Branch,
    ticket: Ticket,
    new: Rulebook,
    plan: Plan | None = None,
    **arguments: Any,
) -> Ticket:
    """Move a ticket of the first edition to *new*."""
    desk = branch.desk(new, by_limits()).unrestricted()
    return desk.change_rulebook(ticket.id, plan or Plan(), actor=ROOT, **arguments)


def last(branch: Branch, ticket: Ticket) -> RulebookChanged:
    """The last event, which is that it was moved."""
    event = branch.desk().unrestricted().history(ticket.id)[-1].event
    assert isinstance(event, RulebookChanged)
    return event


def test_a_move_is_recorded() -> None:
    """The event says who, when, from which edition to which, and what stands for what."""
    branch = Branch()
    before = branch.on_hold()
    branch.passes(hours=3)
    after = move(branch, before, WAITING, PLAN)
    event = last(branch, after)
    assert (event.trace.actor, event.trace.occurred_at) == ("root", branch.now)
    assert (event.before, event.rulebook) == (by_limits().digest, WAITING.digest)
    assert (event.name, event.version, event.windows) == ("bank", "2", "carry")
    assert (event.step.from_state, event.step.to_state) == ("pending", "waiting")
    assert (event.before_hold, event.promises, event.lifted) == ("in_progress", {}, ())
    assert (after.state, after.origin.rulebook) == ("waiting", WAITING.digest)
    assert after.version == before.version + 1


def test_a_move_is_no_step_of_the_tickets_life() -> None:
    """Nobody worked on it, it is in its state as long as before, and its timers stay set."""
    branch = Branch()
    before = branch.on_hold()
    branch.passes(hours=3)
    after = move(branch, before, WAITING, PLAN)
    assert after.deeds == before.deeds
    assert after.times.state_since == before.times.state_since
    assert after.times.last == branch.now
    assert after.timers == before.timers != ()
    assert after.windows == before.windows
    assert after.work == before.work


def test_judged_by_the_old_one_before_and_by_the_new_one_after() -> None:
    """Each ticket goes by its own edition, on one and the same desk."""
    branch = Branch()
    stays, goes = branch.in_progress(), branch.in_progress()
    new = edition(without=("comment",))
    desk = branch.desk(new, by_limits())
    desk.perform(goes.id, Comment("under the old one"), actor=ZHANG)
    move(branch, goes, new)
    assert refusal(lambda: desk.perform(goes.id, Comment("x"), actor=ZHANG)).code == (
        "unknown_action"
    )
    assert desk.perform(stays.id, Comment("x"), actor=ZHANG).counts.comments == 1
    assert "comment" not in {e.action.name for e in desk.options(goes.id, actor=ZHANG)}
    assert "comment" in {e.action.name for e in desk.options(stays.id, actor=ZHANG)}


def test_a_hold_returns_to_where_it_came_from() -> None:
    """A ticket on hold keeps where it returns to, also under another name."""
    branch = Branch()
    new = edition(names={"pending": "waiting", "in_progress": "working"})
    plan = Plan({"pending": "waiting", "in_progress": "working"})
    ticket = move(branch, branch.on_hold(), new, plan)
    assert (ticket.state, ticket.value("before_hold")) == ("waiting", "working")
    desk = branch.desk(new, by_limits())
    assert desk.perform(ticket.id, Resume(), actor=ZHANG).state == "working"


def test_a_hold_ends_by_itself_under_the_new_one() -> None:
    """What time was to do it does, in the states of the new edition."""
    branch = Branch()
    ticket = move(branch, branch.on_hold(), WAITING, PLAN)
    branch.passes(days=40)
    desk = branch.desk(WAITING, by_limits())
    assert desk.run_due().fired["resume"] == 1
    assert desk.unrestricted().get(ticket.id).state == "in_progress"


def test_a_merged_ticket_returns_to_where_it_came_from() -> None:
    """So does one that was merged."""
    branch = Branch()
    new = edition(names={"in_progress": "working"})
    merged = branch.merged(branch.in_progress())
    ticket = move(branch, merged, new, Plan({"in_progress": "working"}))
    assert (ticket.state, ticket.links.before_merge) == ("merged", "working")
    boss = Actor("boss", "supervisor")
    desk = branch.desk(new, by_limits())
    assert desk.perform(ticket.id, Unmerge("not the same"), actor=boss).state == "working"


def test_clocks_are_carried_over_unless_the_plan_says_otherwise() -> None:
    """New settings change nothing that was promised; reckoned again, it counts from where it did,
    and the event says what is promised now.
    """
    longer = edition(settings={"time_limits": {"complaint": DAYS}})
    branch = Branch()
    carried, restarted = branch.in_progress(), branch.in_progress()
    assert move(branch, carried, longer).windows == carried.windows
    after = move(branch, restarted, longer, Plan(windows="restart"))
    assert restarted.times.accepted is not None
    due = longer.until(restarted.times.accepted, DAYS)
    assert after.windows.due == due != restarted.windows.due
    event = last(branch, after)
    assert (event.windows, event.promises, event.lifted) == ("restart", {"due": due}, ())


def test_an_extended_limit_is_not_reckoned_again() -> None:
    """What was granted to the customer stands, whatever the settings say now."""
    branch = Branch()
    ticket = branch.in_progress()
    extended = evolve(ticket, counts=evolve(ticket.counts, extensions=1))
    longer = edition(settings={"time_limits": {"complaint": DAYS}})
    context = Context(ticket.id, SYSTEM, branch.now, longer, "c")
    decided = change_rulebook(extended, by_limits(), longer, Plan(windows="restart"), context)
    assert isinstance(decided, Decided)
    assert "due" not in decided.events[0].promises


def test_windows_after_closing() -> None:
    """Reckoned again are the windows of the state it is in, from when it came there."""
    branch = Branch()
    ticket = branch.closed()
    new = edition(settings={"reopen_window": DAYS, "appeal_window": None})
    branch.passes(days=2)
    after = move(branch, ticket, new, Plan(windows="restart"))
    closed = ticket.times.closed
    assert closed is not None
    assert after.windows.reopen_until == new.until(closed, DAYS)
    assert after.windows.archive_from == after.windows.reopen_until + timedelta(microseconds=1)
    assert (ticket.windows.appeal_until, after.windows.appeal_until) != (None, None)
    assert after.windows.appeal_until is None
    assert last(branch, after).lifted == ("appeal_until",)
    assert [each.at for each in after.timers] == [after.windows.archive_from]


def test_the_quiet_period() -> None:
    """A longer quiet period closes later, none closes never."""
    branch = Branch()
    longer = edition(settings={"auto_close_after": DAYS})
    one, other = branch.resolved(), branch.resolved()
    after = move(branch, one, longer, Plan(windows="restart"))
    assert after.windows.close_from == longer.until(one.times.state_since, DAYS)
    never = edition(settings={"auto_close_after": None})
    after = move(branch, other, never, Plan(windows="restart"))
    assert (after.windows.close_from, after.timers) == (None, ())


def by_people_only(action: str, **settings: Any) -> Rulebook:
    """An edition in which time does not take *action*."""
    new = edition(settings=settings)
    rows = tuple(
        evolve(row, roles=tuple(role for role in row.roles if role != "system"))
        if row.action == action
        else row
        for row in new.workflow.rows
    )
    return evolve(new, workflow=evolve(new.workflow, rows=rows))


def test_what_time_may_not_do_any_more() -> None:
    """Where the new edition leaves closing or archiving to people, time is not set to do it."""
    branch = Branch()
    restart = Plan(windows="restart")
    resolved, closed = branch.resolved(), branch.closed()
    by_hand = by_people_only("close", auto_close_after=None)
    after = move(branch, resolved, by_hand, restart)
    assert (after.windows.close_from, after.timers) == (None, ())
    assert last(branch, after).lifted == ("close_from",)
    after = move(branch, closed, by_people_only("archive"), restart)
    assert (after.windows.archive_from, after.timers) == (None, ())
    assert after.windows.reopen_until is not None


def test_an_appeal_counts_from_when_the_customer_was_told() -> None:
    """Reckoned again, the window for an appeal begins where it began: when they were told."""
    window = Elapsed(timedelta(hours=50))
    branch = Branch()
    ticket = branch.resolved()
    told = ticket.windows.told["decision"]
    assert told != ticket.times.state_since
    new = edition(settings={"appeal_window": window})
    after = move(branch, ticket, new, Plan(windows="restart"))
    assert after.windows.appeal_until == told + timedelta(hours=50)


def test_how_long_a_hold_may_last() -> None:
    """The end of a hold that the settings set is set again; one that somebody chose stands."""
    reasons = tuple(
        HoldReason(e.name, e.labels, e.pauses, DAYS, e.resumes_on, e.customer_labels)
        for e in by_limits().workflow.settings.hold_reasons
    )
    new = edition(settings={"hold_reasons": reasons})
    branch = Branch()
    held = branch.on_hold()
    assert held.work.hold is not None
    after = move(branch, held, new, Plan(windows="restart"))
    assert after.work.hold is not None
    assert after.work.hold.until == new.until(held.work.hold.since, DAYS)
    assert after.next_timer_at == after.work.hold.until
    until = branch.now + timedelta(days=3)
    chosen = branch.does(branch.in_progress(), (Hold("waiting_for_customer", until), ZHANG))
    after = move(branch, chosen, new, Plan(windows="restart"))
    assert after.work.hold is not None
    assert after.work.hold.until == until


def test_brought_into_an_open_state_it_is_taken_on() -> None:
    """Where a plan brings a new ticket into an open state, its time limit begins, and is said."""
    branch = Branch()
    ticket = move(branch, branch.opened(), edition(), Plan({"registered": "accepted"}))
    assert ticket.times.accepted == branch.now
    assert last(branch, ticket).promises == {"due": ticket.windows.due}
    assert ticket.windows.due is not None


def test_timers_that_are_due_act_first() -> None:
    """What was due by the old edition happened under it, before the move, in the same commit."""
    branch = Branch()
    ticket = branch.on_hold()
    branch.passes(days=40)
    after = move(branch, ticket, WAITING, PLAN)
    assert (after.state, after.version) == ("in_progress", ticket.version + 1)
    resumed, moved = branch.desk().unrestricted().history(ticket.id, after=ticket.revision.events)
    assert (resumed.event.step.action, resumed.event.trace.rulebook) == (
        "resume",
        by_limits().digest,
    )
    assert resumed.event.trace.version == moved.event.trace.version
    assert (moved.event.step.from_state, moved.event.step.to_state) == ("in_progress",) * 2


def test_a_refusal_says_everything_and_changes_nothing() -> None:
    """What is not safe is refused with every reason, in both languages; due timers wait."""
    branch = Branch()
    ticket = branch.on_hold()
    found = refusal(lambda: move(branch, ticket, WAITING))
    assert (found.code, [each.code for each in found.unmet]) == ("rulebook_change", ["state_gone"])
    assert found.text().splitlines()[0] == (
        "the ticket cannot be moved to the rulebook bank 2; in the way:"
    )
    assert found.text("zh-CN").splitlines()[0] == "工单暂不能改用规则手册 bank 2，原因："
    assert branch.desk().unrestricted().get(ticket.id) == ticket
    branch.passes(days=40)
    blocked = Plan({"in_progress": "closed", "pending": "waiting"})
    assert refusal(lambda: move(branch, ticket, WAITING, blocked)).code == "rulebook_change"
    assert branch.desk().unrestricted().get(ticket.id) == ticket


def test_a_ticket_that_is_there() -> None:
    """A ticket that goes by the edition already is not moved, nor by way of a plan elsewhere."""
    branch = Branch()
    ticket = branch.in_progress()
    desk = branch.desk().unrestricted()
    plan = Plan({"in_progress": "accepted"})
    found = refusal(lambda: desk.change_rulebook(ticket.id, plan, actor=ROOT))
    assert [each.code for each in found.unmet] == ["already_there"]


def test_its_rulebook_must_be_at_hand() -> None:
    """A desk that was not given the ticket's own rulebook moves nothing."""
    branch = Branch()
    ticket = branch.on_hold()
    desk = branch.desk(WAITING).unrestricted()
    branch.passes(days=40)
    found = refusal(lambda: desk.change_rulebook(ticket.id, PLAN, actor=ROOT))
    assert [each.code for each in found.unmet] == ["rulebook_not_here"]
    (said,) = desk.verdicts(PLAN)
    assert said.verdict == "blocked"
    assert branch.desk().unrestricted().get(ticket.id) == ticket


def test_sent_again() -> None:
    """The same move under the same id gets its first answer; another one is refused."""
    branch = Branch()
    ticket = branch.on_hold()
    after = move(branch, ticket, WAITING, PLAN, command_id="move-1")
    branch.passes(days=1)
    assert move(branch, ticket, WAITING, PLAN, command_id="move-1") == after
    other = Plan({"pending": "waiting"}, windows="restart")
    third = edition("3", {"pending": "waiting"})
    for call in (
        lambda: move(branch, ticket, WAITING, other, command_id="move-1"),
        lambda: move(branch, ticket, third, PLAN, command_id="move-1"),
    ):
        assert refusal(call).code == "command_reused"


def test_the_version_that_is_expected() -> None:
    """Another version than the expected one is stale, before anything is judged."""
    branch = Branch()
    ticket = branch.on_hold()
    wrong = ticket.version - 1
    assert refusal(lambda: move(branch, ticket, WAITING, expected_version=wrong)).code == "stale"
    after = move(branch, ticket, WAITING, PLAN, expected_version=ticket.version)
    assert after.version == ticket.version + 1


def test_arguments_are_checked() -> None:
    """No plan, an unknown ticket, a role that nobody has: each is refused as everywhere."""
    branch = Branch()
    ticket = branch.in_progress()
    desk = branch.desk(edition(), by_limits()).unrestricted()
    none: Any = {"pending": "waiting"}
    with pytest.raises(InvalidInput):
        desk.change_rulebook(ticket.id, none, actor=ROOT)
    with pytest.raises(InvalidInput):
        desk.verdicts(none)
    assert refusal(lambda: desk.change_rulebook("T0", Plan(), actor=ROOT)).code == "not_found"
    nurse = Actor("x", "nurse")
    found = refusal(lambda: desk.change_rulebook(ticket.id, Plan(), actor=nurse))
    assert found.code == "unknown_role"


class Overtaken:
    """A store on which somebody else is always a moment earlier, so many times."""

    def __init__(self, store: FullStore, other: Callable[[], object], times: int) -> None:
        self._store = store
        self._other = other
        self._times = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, batch: Any) -> Any:
        """Commit, after somebody else has."""
        if self._times:
            self._times -= 1
            self._other()
        return self._store.commit(batch)


@pytest.mark.parametrize(("times", "code"), [(3, None), (4, "conflict")])
def test_overtaken(times: int, code: str | None) -> None:
    """Whoever was overtaken judges again, three times; the comments in between stand."""
    branch = Branch()
    ticket = branch.in_progress()
    desk = branch.desk()
    store: Any = Overtaken(
        branch.store, lambda: desk.perform(ticket.id, Comment("busy"), actor=ZHANG), times
    )
    slow = ServiceDesk(store, rulebook=edition(), earlier=(by_limits(),), time=lambda: branch.now)

    def moved() -> Ticket:
        return slow.unrestricted().change_rulebook(ticket.id, Plan(), actor=ROOT)

    if code is None:
        assert moved().counts.comments == times
    else:
        assert refusal(moved).code == code


def test_sent_twice_at_once() -> None:
    """Of one move that is sent twice at once one is done, and both get the same answer."""
    branch = Branch()
    ticket = branch.on_hold()
    store: Any = Overtaken(
        branch.store, lambda: move(branch, ticket, WAITING, PLAN, command_id="move-1"), 1
    )
    slow = ServiceDesk(store, rulebook=WAITING, earlier=(by_limits(),), time=lambda: branch.now)
    after = slow.unrestricted().change_rulebook(ticket.id, PLAN, actor=ROOT, command_id="move-1")
    assert (after.state, after.version) == ("waiting", ticket.version + 1)


def test_overtaken_with_an_expected_version() -> None:
    """Whoever expects a version and is overtaken is told that it is stale."""
    branch = Branch()
    ticket = branch.in_progress()
    desk = branch.desk()
    store: Any = Overtaken(
        branch.store, lambda: desk.perform(ticket.id, Comment("busy"), actor=ZHANG), 1
    )
    slow = ServiceDesk(store, rulebook=edition(), earlier=(by_limits(),), time=lambda: branch.now)
    found = refusal(
        lambda: slow.unrestricted().change_rulebook(
            ticket.id, Plan(), actor=ROOT, expected_version=ticket.version
        )
    )
    assert found.code == "stale"


def test_a_dry_run_changes_nothing() -> None:
    """Every ticket in flight gets a verdict, page by page, and stands as it stood."""
    branch = Branch()
    held, done = branch.on_hold(), branch.resolved()
    merged = branch.merged(branch.in_progress())
    desk = branch.desk(WAITING, by_limits()).unrestricted()
    before = desk.find().tickets
    found = {each.ticket_id: each for each in desk.verdicts(Plan())}
    assert set(found) == {each.id for each in before} - {merged.id}
    assert (found[held.id].verdict, found[done.id].verdict) == ("needs_map", "safe")
    assert desk.find().tickets == before
    small = TicketQuery(where("state").one_of(["pending", "merged"]), limit=1)
    assert {each.ticket_id for each in desk.verdicts(Plan(), small)} == {held.id, merged.id}
    everything = TicketQuery(limit=2)
    assert len(list(desk.verdicts(Plan(), everything))) == len(before)


def test_a_dry_run_lets_time_pass_in_thought() -> None:
    """What is due by now counts, whether or not it was written down yet."""
    branch = Branch()
    ticket = branch.on_hold()
    branch.passes(days=40)
    (found,) = branch.desk(WAITING, by_limits()).unrestricted().verdicts(Plan())
    assert (found.verdict, found.from_state) == ("safe", "in_progress")
    assert branch.desk().unrestricted().get(ticket.id).state == "pending"


def test_moved_tickets_live_on() -> None:
    """A ticket that was moved half-way ends like any other, and its history replays."""
    branch = Branch()
    ticket = move(branch, branch.in_progress(), WAITING, PLAN)
    desk = branch.desk(WAITING, by_limits())
    for command, actor in ((Submit("refunded"), ZHANG), (Approve(), SUN)):
        ticket = desk.perform(ticket.id, command, actor=actor)
    assert ticket.state == "resolved"
    entries = desk.unrestricted().history(ticket.id)
    assert replay(ticket.id, [each.event for each in entries]) == ticket


def test_for_asynchronous_hosts() -> None:
    """The asynchronous desk answers alike."""
    branch = Branch()
    tickets = [branch.on_hold(), branch.in_progress()]
    desk = AsyncServiceDesk(
        branch.store, rulebook=WAITING, earlier=(by_limits(),), time=lambda: branch.now
    ).unrestricted()

    async def run() -> tuple[list[str], Ticket]:
        query = TicketQuery(limit=1)
        found: list[str] = [each.verdict async for each in desk.verdicts(PLAN, query)]
        return found, await desk.change_rulebook(tickets[0].id, PLAN, actor=ROOT)

    found, moved = asyncio.run(run())
    assert found == ["safe", "safe"]
    assert (moved.state, moved.origin.rulebook) == ("waiting", WAITING.digest)


def test_new_tickets_are_opened_under_the_new_one() -> None:
    """A ticket opened under the new edition needs no move."""
    branch = Branch()
    desk = branch.desk(WAITING, by_limits())
    ticket = desk.open("complaint", actor=INTAKE, **OPENING)
    (found,) = desk.unrestricted().verdicts(Plan())
    assert (found.ticket_id, found.there) == (ticket.id, True)


NAMES = {"pending": "waiting", "in_progress": "working", "under_review": "checking"}


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(plan=plans(20))
def test_what_the_dry_run_says_happens(plan: Walk) -> None:
    """After any life: whatever is safe is moved as its verdict says, whatever is not is refused,
    whichever way the clocks go; histories replay, and both stores agree.
    """
    rules = rulebook(plan.country)
    new = edition(names=NAMES, of=rules)
    ways = (Plan(), Plan(NAMES), Plan(NAMES, windows="restart"))
    with TemporaryDirectory() as folder, SQLiteStore(Path(folder) / "walk.db") as on_file:
        stores: tuple[FullStore, ...] = (MemoryStore(), on_file)
        worlds = [World(store, rules) for store in stores]
        for _ in walk(plan, worlds):
            pass
        way = ways[plan.seed % len(ways)]
        first, second = (_moved(world, new, way) for world in worlds)
    assert first == second


def _moved(world: World, new: Rulebook, way: Plan) -> list[Ticket]:
    """Move every ticket of a walk; how they stand afterwards."""
    rules = world.desk.rulebook
    desk = ServiceDesk(world.store, rulebook=new, earlier=(rules,), time=lambda: world.now)
    batch = desk.unrestricted()
    tickets = world.tickets()
    for ticket in tickets:
        query = TicketQuery(where("id").equals(ticket.id))
        (said,) = batch.verdicts(way, query)
        if not said.safe:
            with pytest.raises(CommandRefused) as refused:
                batch.change_rulebook(ticket.id, way, actor=ROOT)
            assert refused.value.refusal.unmet == said.reasons
            assert batch.get(ticket.id) == ticket
            continue
        moved = batch.change_rulebook(ticket.id, way, actor=ROOT, command_id="move")
        assert (moved.state, moved.origin.rulebook) == (said.to_state, new.digest)
        assert moved.value("before_hold") == said.before_hold
        assert moved.links.before_merge == said.before_merge
        entries = batch.history(ticket.id)
        assert replay(ticket.id, [each.event for each in entries]) == moved
        (now,) = batch.verdicts(way, query)
        assert now.there
    return [batch.get(each.id) for each in tickets]
