"""``desk.assign``: somebody is found, has it, and has room for it, in one commit."""

from decimal import Decimal

import pytest
from attrs import evolve

from tests.desk.routing.team import (
    BOSS,
    HOUR,
    INTAKE,
    MINUTE,
    NOON,
    Team,
    Turns,
    book,
    handler,
    policy,
)
from workorder.assign import Agent, AssignmentDecision, decision_from_data, replay
from workorder.assign.filters import InTeam, Present
from workorder.assign.replaying import same
from workorder.assign.selectors import PointerRoundRobin
from workorder.desk import ServiceDesk
from workorder.desk.routing import People
from workorder.desk.routing.assigning import SEALED
from workorder.errors import CommandRefused, ConfigurationError, InvalidInput
from workorder.storage import CapacityTaken
from workorder.testing import ScriptedStore
from workorder.ticket import Accept, Dispatch, Dispatched, NotAssigned, Start, Submit

LI = Agent("li", teams={"cards"}, capacity=2)
WU = Agent("wu", teams={"cards"}, capacity=2, skills={"disputes": 2})


def decided(team: Team, ticket_id: str) -> AssignmentDecision:
    """The decision that stands in the last event of a ticket."""
    event = team.desk.unrestricted().history(ticket_id)[-1].event
    assert isinstance(event, Dispatched | NotAssigned)
    assert event.decision is not None
    return decision_from_data(event.decision)


# --- somebody is found -----------------------------------------------------------------------


def test_they_have_it_and_the_decision_stands_in_the_event() -> None:
    """Of two who are free, the first by name; what was answered is what is kept."""
    team = Team([LI, WU])
    ticket = team.accepted()
    routed = team.desk.assign(ticket.id)
    assert (routed.to, routed.ticket.assignee, routed.ticket.state) == ("li", "li", "assigned")
    kept = decided(team, ticket.id)
    assert same(kept, routed.decision)
    assert kept.ranking == ("li", "wu")


def test_what_they_hold_is_counted_in_the_same_commit() -> None:
    """Three tickets between two people: two and one."""
    team = Team([LI, WU])
    for _ in range(3):
        team.desk.assign(team.accepted().id)
    assert team.used("li", "wu") == (2, 1)


def test_a_dispute_takes_two_units_and_a_skill() -> None:
    """Only Wu can do it well enough, and it fills both of their places."""
    able = evolve(WU, skills={"disputes": 3})
    team = Team([LI, able])
    routed = team.desk.assign(team.accepted("dispute").id)
    assert routed.to == "wu"
    assert team.used("wu") == (2,)
    assert routed.decision.rejections["li"][0].code == "lacks_skill"


def test_the_stored_decision_can_be_taken_again() -> None:
    """From what stands in the event alone."""
    team = Team([LI, WU])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    kept = decided(team, ticket.id)
    assert same(replay(kept, book().routing.usual), kept)  # type: ignore[union-attr]


def test_room_comes_back_with_whatever_moves_the_ticket() -> None:
    """Started it still takes a place; sent to review it does not."""
    team = Team([LI])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    team.desk.perform(ticket.id, Start(), actor=handler("li"))
    assert team.used("li") == (1,)
    done = team.desk.execute(ticket.id, Submit("done"), actor=handler("li"))
    assert done.freed == ("li",)
    assert team.used("li") == (0,)


def test_what_a_person_dispatches_counts_too_and_is_not_refused() -> None:
    """Two by hand on a capacity of one; then there is no room for the routing."""
    team = Team([evolve(LI, capacity=1)])
    for _ in range(2):
        team.desk.perform(team.accepted().id, Dispatch("li"), actor=BOSS)
    assert team.used("li") == (2,)
    assert team.desk.assign(team.accepted().id).to is None


def test_a_limit_of_a_channel_is_counted_by_the_store() -> None:
    """Nine places, and one call at a time."""
    team = Team([evolve(LI, capacity=9, limits={"phone": 1})])
    assert team.desk.assign(team.accepted().id).to == "li"
    refused = team.desk.assign(team.accepted().id).decision.rejections["li"]
    assert [each.code for each in refused] == ["channel_limit"]


def test_a_policy_that_does_not_ask_for_room_gives_more_than_they_may_hold() -> None:
    """What the policy lets through, the store does not refuse for ever."""
    routing = policy(filters=(Present(), InTeam()))
    team = Team([evolve(LI, capacity=1, limits={"phone": 1})], rulebook=book(routing))
    assert [team.desk.assign(team.accepted().id).to for _ in range(3)] == ["li"] * 3
    assert team.used("li") == (3,)


# --- nobody is found -------------------------------------------------------------------------


def test_it_waits_with_every_reason_and_somebody_is_told() -> None:
    """The only one is away: it stays where it was, and the outbox says so."""
    away = evolve(LI, presence="away")
    team = Team([away])
    ticket = team.accepted()
    routed = team.desk.assign(ticket.id)
    assert routed.to is None
    assert (routed.ticket.state, routed.ticket.assignee) == ("accepted", None)
    assert decided(team, ticket.id).rejections["li"][0].code == "not_present"
    messages = team.desk.store.pending()  # type: ignore[attr-defined]
    assert [message.topic for _, message in messages][-1] == "ticket.not_assigned"


def test_asked_again_it_says_so_and_writes_nothing() -> None:
    """The same reasons twice make one entry."""
    team = Team([evolve(LI, presence="away")])
    ticket = team.accepted()
    first = team.desk.assign(ticket.id)
    again = team.desk.assign(ticket.id)
    assert first.done is not None
    assert again.done is None
    assert again.decision.rejections == first.decision.rejections
    assert team.kinds(ticket.id).count("not_assigned") == 1


def test_another_reason_is_noted_again() -> None:
    """First away, then back without room."""
    team = Team([evolve(LI, presence="away")])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    team.people.put(evolve(LI, capacity=0))
    team.desk.assign(ticket.id)
    assert team.kinds(ticket.id).count("not_assigned") == 2
    assert team.now(ticket.id).work.search.passed == {"over_capacity": 1}  # type: ignore[union-attr]


def test_nobody_at_all_is_a_reason() -> None:
    """A directory without anybody."""
    team = Team([])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    assert team.now(ticket.id).work.search.passed == {"nobody_there": 1}  # type: ignore[union-attr]
    assert team.desk.assign(ticket.id).done is None


def test_the_next_step_of_the_plan_is_a_timer() -> None:
    """Level 3 is asked for, 2 will do after half an hour: nobody has to look in between."""
    team = Team([WU])
    ticket = team.accepted("dispute")
    team.desk.assign(ticket.id)
    assert team.now(ticket.id).next_timer_at == NOON + 30 * MINUTE
    team.clock.now = NOON + HOUR
    team.desk.run_due()
    assert team.now(ticket.id).assignee == "wu"
    assert team.kinds(ticket.id)[-3:] == ["not_assigned", "search_due", "dispatched"]


def test_overflow_to_another_team_takes_the_ticket_along() -> None:
    """After two hours the hotline may have it, and then it lies with the hotline."""
    team = Team([Agent("gao", teams={"hotline"}, skills={"disputes": 3}, capacity=4)])
    ticket = team.accepted("dispute")
    team.desk.assign(ticket.id)
    team.clock.now = NOON + 3 * HOUR
    team.desk.run_due()
    now = team.now(ticket.id)
    assert (now.assignee, now.department) == ("gao", "hotline")


# --- naming ----------------------------------------------------------------------------------


def test_a_supervisor_names_somebody_with_a_reason() -> None:
    """Away and without room: named all the same, and counted."""
    team = Team([LI, evolve(WU, presence="away", capacity=0)])
    ticket = team.accepted()
    routed = team.desk.assign(ticket.id, to="wu", reason="knows the customer", actor=BOSS)
    assert routed.to == "wu"
    assert routed.decision.by == "override"
    assert team.used("wu") == (1,)


def test_the_reason_is_kept_apart() -> None:
    """It stands in no record, and can be read."""
    team = Team([LI])
    ticket = team.accepted()
    team.desk.assign(ticket.id, to="li", reason="knows the customer", actor=BOSS)
    last = team.desk.unrestricted().history(ticket.id)[-1]
    assert last.texts["reason"] == "knows the customer"
    assert decided(team, ticket.id).reason == SEALED
    records = team.desk.store.records(ticket.id)  # type: ignore[attr-defined]
    assert not any(b"knows" in record.data for record in records)


def test_said_again_it_has_its_reason() -> None:
    """Whoever repeats it has said why, in the same words."""
    team = Team([LI])
    ticket = team.accepted()
    for _ in range(2):
        routed = team.desk.assign(
            ticket.id, to="li", reason="knows the customer", actor=BOSS, command_id="mine"
        )
        assert routed.decision.reason == "knows the customer"
    assert len(team.kinds(ticket.id)) == 3


@pytest.mark.parametrize(
    ("agent", "what"),
    [
        (evolve(LI, attributes={"quota": Decimal("1.5")}), "agent li: attributes"),
        (evolve(LI, skills={"cafe\u0301": 1}), "agent li: skills"),
        (evolve(LI, id="e\u0301va"), "agent e\u0301va: id"),
    ],
)
def test_whom_no_record_can_hold_is_named(agent: Agent, what: str) -> None:
    """What the directory says of them cannot be kept; nothing is written."""
    team = Team([WU, agent])
    ticket = team.accepted()
    with pytest.raises(InvalidInput) as caught:
        team.desk.assign(ticket.id)
    assert caught.value.facts["name"] == what
    assert team.now(ticket.id) == ticket


def test_whoever_is_named_in_the_complaint_never_gets_it() -> None:
    """Not even when a supervisor says so; nothing is written."""
    team = Team([LI])
    ticket = team.accepted(subjects=("li",))
    with pytest.raises(CommandRefused) as caught:
        team.desk.assign(ticket.id, to="li", reason="please", actor=BOSS)
    assert caught.value.refusal.code == "not_eligible"
    assert [each.code for each in caught.value.refusal.unmet] == ["own_matter"]
    assert "须回避" in caught.value.text("zh-CN")
    assert team.kinds(ticket.id) == ["opened", "accepted"]


def test_a_name_without_a_reason_and_a_reason_without_a_name() -> None:
    """Each needs the other."""
    team = Team([LI])
    ticket = team.accepted()
    with pytest.raises(InvalidInput, match="reason"):
        team.desk.assign(ticket.id, to="li", actor=BOSS)
    with pytest.raises(InvalidInput, match="to"):
        team.desk.assign(ticket.id, reason="please", actor=BOSS)


def test_somebody_nobody_knows() -> None:
    """The nearest name is said."""
    team = Team([LI])
    with pytest.raises(InvalidInput, match="li"):
        team.desk.assign(team.accepted().id, to="lii", reason="please", actor=BOSS)


# --- refusals --------------------------------------------------------------------------------


def test_a_ticket_that_somebody_has() -> None:
    """It is not given twice."""
    team = Team([LI])
    ticket = team.accepted()
    team.desk.assign(ticket.id)
    with pytest.raises(CommandRefused) as caught:
        team.desk.assign(ticket.id)
    assert [each.name for each in caught.value.refusal.unmet] == ["unassigned"]


def test_who_may_not_assign() -> None:
    """Intake does not."""
    team = Team([LI])
    with pytest.raises(CommandRefused) as caught:
        team.desk.assign(team.accepted().id, actor=INTAKE)
    assert caught.value.refusal.code == "not_permitted"


def test_without_a_directory_or_a_routing() -> None:
    """What is missing is said by name."""
    team = Team([LI])
    ticket = team.accepted()
    bare = ServiceDesk(team.desk.store, rulebook=book(), time=team.clock)
    with pytest.raises(InvalidInput, match="people"):
        bare.assign(ticket.id)
    other = Team([LI], rulebook=book(None))
    with pytest.raises(InvalidInput, match="routing"):
        other.desk.assign(other.accepted().id)


def test_a_selector_that_takes_turns_is_refused() -> None:
    """A desk does not keep whose turn it was: one that ships is refused when the desk is made, a
    host's own when it is used. What does the same is named.
    """
    with pytest.raises(ConfigurationError, match="least_recently_assigned") as caught:
        Team([LI], rulebook=book(policy(selector=PointerRoundRobin())))
    (found,) = caught.value.findings
    assert (found.key, found.found) == ("routing.policies.usual.selector", "pointer_round_robin")
    team = Team([LI], rulebook=book(policy(selector=Turns())))
    with pytest.raises(InvalidInput, match="least_recently_assigned"):
        team.desk.assign(team.accepted().id)


def test_two_agents_with_one_id() -> None:
    """A directory that gives somebody twice."""
    team = Team([LI])
    twice = type("Twice", (People,), {"agents": lambda *_: (LI, LI)})([LI])
    desk = ServiceDesk(team.desk.store, rulebook=book(), people=twice, time=team.clock)
    with pytest.raises(InvalidInput, match="each agent once"):
        desk.assign(team.accepted().id)


# --- once ------------------------------------------------------------------------------------


def test_sent_again_it_gets_its_first_answer() -> None:
    """With its decision."""
    team = Team([LI, WU])
    ticket = team.accepted()
    first = team.desk.assign(ticket.id, command_id="a-1")
    again = team.desk.assign(ticket.id, command_id="a-1")
    assert again.done is not None
    assert again.done.repeated
    assert same(again.decision, first.decision)


def test_with_something_else_it_is_refused() -> None:
    """Under the same command id."""
    team = Team([LI, WU])
    ticket = team.accepted()
    team.desk.assign(ticket.id, command_id="a-1")
    with pytest.raises(CommandRefused) as caught:
        team.desk.assign(ticket.id, to="wu", reason="x", command_id="a-1", actor=BOSS)
    assert caught.value.refusal.code == "command_reused"


def test_another_version_is_stale() -> None:
    """One that does not exist yet."""
    team = Team([LI])
    ticket = team.accepted()
    with pytest.raises(CommandRefused) as caught:
        team.desk.assign(ticket.id, expected_version=ticket.version + 1)
    assert caught.value.refusal.code == "stale"


# --- races -----------------------------------------------------------------------------------


def test_whoever_has_no_room_any_more_is_passed_over_for_the_next() -> None:
    """Somebody else's commit has taken it between the decision and ours."""
    store = ScriptedStore()
    team = Team([LI, WU], store)
    ticket = team.accepted()
    store.script.append(CapacityTaken("li"))
    routed = team.desk.assign(ticket.id)
    assert routed.to == "wu"
    assert routed.decision.rejections["li"][0].code == "over_capacity"


def test_when_nobody_has_any_it_waits() -> None:
    """The store refuses both, the second one for their channel."""
    store = ScriptedStore()
    team = Team([LI, WU], store)
    ticket = team.accepted()
    store.script.extend([CapacityTaken("li"), CapacityTaken("wu\x1fphone")])
    routed = team.desk.assign(ticket.id)
    assert routed.to is None
    assert team.now(ticket.id).work.search.passed == {"over_capacity": 2}  # type: ignore[union-attr]


def test_names_that_are_long_together_have_an_account_of_their_own() -> None:
    """An agent of 200 characters, limited in a channel of 200: no store has to keep 401."""
    name, channel = "a" * 200, "p" * 200
    team = Team([Agent(name, teams={"cards"}, capacity=9, limits={channel: 1})])
    found = []
    for number in range(2):
        ticket = team.desk.open(
            "complaint",
            customer="C-1",
            channel=channel,
            department="cards",
            fields={"title": "card", "category": "atm"},
            actor=INTAKE,
            command_id=f"long-{number}",
        )
        team.desk.perform(ticket.id, Accept(), actor=INTAKE)
        found.append(team.desk.assign(ticket.id))
    assert [each.to for each in found] == [name, None]
    assert found[1].decision.rejections[name][0].code == "channel_limit"
    team.desk.perform(found[0].ticket.id, Start(), actor=handler(name))
    done = team.desk.execute(found[0].ticket.id, Submit("done"), actor=handler(name))
    assert done.freed == (name,)
    assert team.now(found[1].ticket.id).assignee == name


def test_of_very_many_only_the_outcome_is_kept() -> None:
    """A record has an end: of 1,001 who were asked, who was chosen, and how many were not."""
    crowd = [Agent(f"a{n:04}", teams={"cards"}, presence="away") for n in range(1_000)]
    team = Team([LI, *crowd])
    ticket = team.accepted()
    routed = team.desk.assign(ticket.id)
    assert routed.to == "li"
    kept = decided(team, ticket.id)
    assert (kept.detail, kept.ranking, kept.counted) == ("winner", ("li",), {"not_present": 1_000})
    last = team.desk.store.records(ticket.id)[-1]  # type: ignore[attr-defined]
    assert len(last.data) < 1_000
