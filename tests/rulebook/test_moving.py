"""What would become of a ticket under another edition: safe, needs a map, or blocked; and why."""

import json
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from tests.by_limits import by_limits
from tests.laws.cast import rulebook
from tests.laws.walking import Plan as Walk
from tests.laws.walking import World, plans, walk
from tests.rulebook.editions import ZHANG, Branch, edition
from workorder.conditions import where
from workorder.desk import ServiceDesk
from workorder.errors import InvalidInput
from workorder.kernel import evolve as after
from workorder.rulebook import Plan, Rulebook, Split, Verdict, bank, verdict
from workorder.sla import BusinessCalendar
from workorder.storage import MemoryStore
from workorder.ticket import OpaqueEvent, Submit, Ticket, Trace
from workorder.workflow import Actor, Row, State, Step

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
WAITING = edition(names={"pending": "waiting"})


def codes(found: Verdict) -> list[tuple[str, str]]:
    """Every reason: about what, and which."""
    return [(each.name, each.code) for each in found.reasons]


def judged(ticket: Ticket, new: Rulebook, plan: Plan | None = None) -> Verdict:
    """The verdict on a ticket that goes by the first edition."""
    return verdict(ticket, by_limits(), new, plan or Plan())


def test_nothing_to_do() -> None:
    """A ticket that goes by the new rulebook already is safe, whatever the plan says."""
    ticket = Branch().on_hold()
    found = judged(ticket, by_limits(), Plan({"pending": "nowhere"}))
    assert (found.verdict, found.there, found.to_state) == ("safe", True, "pending")
    assert verdict(ticket, None, by_limits()) == found


def test_a_state_that_both_have() -> None:
    """A state of both workflows needs no map."""
    found = judged(Branch().in_progress(), WAITING)
    assert found == Verdict(found.ticket_id, "safe", "in_progress", "in_progress")
    assert found.safe


def test_a_state_that_is_gone() -> None:
    """A state that is gone needs a map; with it, the ticket is safe and keeps where it returns."""
    ticket = Branch().on_hold()
    found = judged(ticket, WAITING)
    assert (found.verdict, found.to_state) == ("needs_map", None)
    assert codes(found) == [("state", "state_gone")]
    found = judged(ticket, WAITING, Plan({"pending": "waiting"}))
    assert (found.verdict, found.to_state, found.before_hold) == ("safe", "waiting", "in_progress")


def test_where_it_returns_to_is_mapped_too() -> None:
    """The states that a hold and a merger return to must be there, or be mapped, as well."""
    branch = Branch()
    new = edition(names={"in_progress": "working"})
    held = branch.on_hold()
    assert codes(judged(held, new)) == [("before_hold", "state_gone")]
    plan = Plan({"in_progress": "working"})
    assert judged(held, new, plan).before_hold == "working"
    merged = branch.merged(branch.in_progress())
    assert codes(judged(merged, new)) == [("before_merge", "state_gone")]
    found = judged(merged, new, plan)
    assert (found.verdict, found.to_state, found.before_merge) == ("safe", "merged", "working")


def test_merged_while_on_hold() -> None:
    """What was merged while it was on hold returns to the hold, and from there to its work."""
    branch = Branch()
    ticket = branch.merged(branch.on_hold())
    assert codes(judged(ticket, WAITING)) == [("before_merge", "state_gone")]
    found = judged(ticket, WAITING, Plan({"pending": "waiting"}))
    assert (found.verdict, found.before_hold, found.before_merge) == (
        "safe",
        "in_progress",
        "waiting",
    )


def split() -> Rulebook:
    """The bank's rulebook with a state in_progress for some and one for the others."""
    flow = by_limits().workflow
    fast = State("fast_track", "handling", "open", {"en": "Fast", "zh-CN": "快办"})
    rows = (
        Row("start", "assigned", "fast_track", "supervisor"),
        Row("submit", "fast_track", "under_review", "handler"),
    )
    return evolve(
        by_limits(),
        version="2",
        workflow=evolve(flow, states=(*flow.states, fast), rows=(*flow.rows, *rows)),
    )


def test_a_state_that_is_split() -> None:
    """Of several states the first that applies to the ticket is taken; if none does, it is said."""
    ticket = Branch().in_progress()
    cards, loans = (where("department").equals(each) for each in ("cards", "loans"))
    both = Plan({"in_progress": (Split("fast_track", cards), Split("in_progress"))})
    assert judged(ticket, split(), both).to_state == "fast_track"
    other = Plan({"in_progress": (Split("fast_track", loans), Split("in_progress"))})
    assert judged(ticket, split(), other).to_state == "in_progress"
    found = judged(ticket, split(), Plan({"in_progress": Split("fast_track", loans)}))
    assert (found.verdict, codes(found)) == ("needs_map", [("state", "no_case_applies")])
    atm = where("fields.category").equals("atm")
    named = Plan({"in_progress": [Split("fast_track", atm), Split("in_progress")]})
    assert judged(ticket, split(), named).to_state == "fast_track"


def test_a_plan_that_names_no_state() -> None:
    """A plan that names what the new workflow does not have blocks."""
    found = judged(Branch().on_hold(), WAITING, Plan({"pending": "wating"}))
    assert (found.verdict, codes(found)) == ("blocked", [("state", "not_a_state")])


def test_what_the_new_rulebook_must_know() -> None:
    """The type, the reason of a hold and every event must be known; all is said at once."""
    ticket = Branch().on_hold()
    trace = Trace("x", None, ticket.version + 1, ticket.times.last, ticket.times.last, "c", "-")
    step = Step("freeze", "system", "pending", "pending", "open")
    ticket = after(ticket, OpaqueEvent(trace, step, "bank.frozen", 1, {}))
    kept = by_limits().workflow.settings.hold_reasons
    new = edition(
        forms=tuple(each for each in by_limits().forms if each.type != "complaint"),
        routing=None,
        settings={
            "hold_reasons": tuple(e for e in kept if e.name != "waiting_for_customer"),
            "time_limits": {},
            "types_requiring_decision_notice": (),
            "types_with_intake_approval": (),
            "types_without_review": (),
        },
    )
    found = judged(ticket, new)
    assert (found.verdict, codes(found)) == (
        "blocked",
        [
            ("type", "type_gone"),
            ("events", "events_unknown"),
            ("hold_reason", "hold_reason_gone"),
        ],
    )


@pytest.mark.parametrize("old", [None, WAITING])
def test_its_rulebook_is_not_at_hand(old: Rulebook | None) -> None:
    """Without the rulebook that it goes by, nothing can be said of a ticket."""
    found = verdict(Branch().in_progress(), old, edition("3"))
    assert (found.verdict, codes(found)) == ("blocked", [("rulebook", "rulebook_not_here")])
    assert by_limits().digest in found.text()


def test_no_way_out() -> None:
    """A ticket that nobody waits for is not brought where only what was waited for leads out."""
    flow = by_limits().workflow
    kept = tuple(
        evolve(row, sources=tuple(e for e in row.sources if e != "pending"))
        if "pending" in row.sources and not row.returns
        else row
        for row in flow.rows
    )
    new = evolve(by_limits(), version="2", workflow=evolve(flow, rows=kept))
    assert judged(Branch().on_hold(), new).safe
    found = judged(Branch().in_progress(), new, Plan({"in_progress": "pending"}))
    assert (found.verdict, codes(found)) == ("blocked", [("state", "no_way_out")])


def test_no_way_back() -> None:
    """A hold must be able to end where the ticket returns to in the new workflow."""
    flow = by_limits().workflow
    rows = tuple(
        evolve(row, sources=("accepted",)) if row.action == "hold" else row for row in flow.rows
    )
    new = evolve(by_limits(), version="2", workflow=evolve(flow, rows=rows))
    found = judged(Branch().on_hold(), new)
    assert (found.verdict, codes(found)) == ("blocked", [("before_hold", "no_return")])
    branch = Branch()
    found = judged(branch.merged(branch.on_hold()), new)
    assert codes(found) == [("before_hold", "no_return")]
    found = judged(branch.on_hold(), edition(), Plan({"pending": "assigned"}))
    assert codes(found) == [("before_hold", "no_return")]


@pytest.mark.parametrize("to", ["resolved", "closed", "cancelled"])
def test_a_plan_concludes_nothing(to: str) -> None:
    """What the rules conclude or end, a plan does not: nobody would have reviewed it."""
    found = judged(Branch().in_progress(), edition(), Plan({"in_progress": to}))
    assert found.verdict == "blocked"
    assert ("state", "other_standing") in codes(found)


def test_a_plan_reopens_nothing() -> None:
    """Nor does a plan reopen what was closed, or archive it."""
    ticket = Branch().closed()
    for to in ("in_progress", "resolved", "archived"):
        found = judged(ticket, edition(), Plan({"closed": to}))
        assert ("state", "other_standing") in codes(found)
    assert judged(ticket, edition(names={"closed": "done"}), Plan({"closed": "done"})).safe


def test_an_edition_may_say_what_a_state_means() -> None:
    """A state that keeps its name is taken as the new edition has it: two people published that."""
    flow = by_limits().workflow
    states = tuple(
        evolve(each, resolved=True) if each.name == "under_review" else each for each in flow.states
    )
    new = evolve(by_limits(), version="2", workflow=evolve(flow, states=states))
    branch = Branch()
    ticket = branch.does(branch.in_progress(), (Submit("refunded"), ZHANG))
    assert judged(ticket, new).safe
    assert judged(ticket, new, Plan({"under_review": "under_review"})).safe


def test_texts() -> None:
    """A verdict is told in both languages, and as plain data."""
    found = judged(Branch().on_hold(), WAITING)
    assert found.text() == (
        f"{found.ticket_id}: needs a map, pending → ?\n"
        "- state: the new workflow has no state “On hold”, and the plan does not say what becomes"
        " of it"
    )
    assert found.text("zh-CN").splitlines() == [
        f"{found.ticket_id}：需指定对应状态，pending → ?",
        "- state：新流程没有状态“挂起”，迁移方案也未说明如何处理",
    ]
    data = found.as_data("zh-CN")
    assert json.loads(json.dumps(data)) == data
    assert (data["verdict"], data["reasons"][0]["code"]) == ("needs_map", "state_gone")


@pytest.mark.parametrize(
    "states", [[], {"pending": ()}, {"pending": 3}, {"pending": ["waiting"]}, {"pending": None}]
)
def test_a_plan_is_typed(states: object) -> None:
    """A plan that is none is refused where it is made."""
    with pytest.raises(InvalidInput):
        Plan(states)  # type: ignore[arg-type]


def test_windows_are_one_of_two() -> None:
    """Instants are carried over or reckoned again; there is no third way."""
    with pytest.raises(InvalidInput) as wrong:
        Plan(windows="stop")  # type: ignore[arg-type]
    assert wrong.value.code == "not_a_choice"


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(plan=plans(20))
def test_equal_editions_are_safe_for_every_ticket(plan: Walk) -> None:
    """Whatever happened to a ticket: an edition that says the same takes it as it is."""
    rules = rulebook(plan.country)
    lead = World(MemoryStore(), rules)
    for _ in walk(plan, [lead]):
        pass
    for ticket in lead.tickets():
        there = verdict(ticket, rules, rules)
        assert there.safe
        assert there.there
        later = verdict(ticket, rules, evolve(rules, version="later"))
        assert later.safe, later.text()
        assert later.to_state == ticket.state
        hold = ticket.work.hold
        assert later.before_hold == (hold.before if hold is not None else None)
        assert later.before_merge == ticket.links.before_merge


def with_cards(version: str, *, calendar: bool) -> Rulebook:
    """An edition in which cards are worked on by hours of their own, or are not."""
    known = bank()
    assert known.sla is not None
    own = {"cards": BusinessCalendar("Asia/Shanghai", "Mo-Su 08:00-20:00")} if calendar else {}
    departments = {"cards": "cards"} if calendar else {}
    levels = evolve(known.sla, calendars={**known.sla.calendars, **own}, departments=departments)
    policies = tuple(
        evolve(each, targets=tuple(evolve(one, calendar="@department") for one in each.targets))
        for each in levels.policies
    )
    levels = evolve(
        levels, policies=policies, calendar_names={**known.sla.calendar_names, "cards": "own"}
    )
    return evolve(known, version=version, sla=levels)


def test_a_calendar_by_which_its_clocks_have_counted() -> None:
    """What was used would be counted by other hours: it is kept, or all of it is restarted."""
    old, new = with_cards("1", calendar=True), with_cards("2", calendar=False)
    desk = ServiceDesk(MemoryStore(), rulebook=old, time=lambda: MONDAY)
    fields = {"title": "card", "category": "atm"}
    ticket = desk.open(
        "enquiry", customer="C-1", department="cards", fields=fields, actor=Actor("wang", "intake")
    )
    found = verdict(ticket, old, new)
    assert codes(found)[0] == ("clocks", "calendar_gone")
    assert found.verdict == "blocked"
    assert "“cards”" in found.text()
    assert verdict(ticket, old, new, Plan(windows="restart")).safe
    assert verdict(ticket, old, evolve(old, version="3")).safe
