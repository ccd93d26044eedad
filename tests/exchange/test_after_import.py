"""Working on tickets that came from elsewhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.logs import (
    IT_DESK,
    at,
    brought,
    counts,
    entry,
    events,
    everything,
    id_of,
    mapping,
    ticket,
    wrong_with_replay,
)
from workorder.desk import ServiceDesk
from workorder.errors import CommandRefused
from workorder.exchange import mapping_from_data
from workorder.rulebook import it_desk
from workorder.storage import FullStore, TicketQuery
from workorder.ticket import (
    Close,
    Command,
    Comment,
    CustomerReply,
    Dispatch,
    Imported,
    OnHold,
    Reopen,
    Resolve,
    Resume,
    ReturnForRework,
    Start,
    Submit,
    Transfer,
)
from workorder.workflow import Actor

LI = Actor("li", "handler", "cards")
BOSS = Actor("boss", "supervisor", "cards")

NEW = [entry("C1", "New", 0, by="teller", team="cards")]
SOLVED = [
    *NEW,
    entry("C1", "Given", 1, by="boss", owner="li", team="cards"),
    entry("C1", "Active", 2, by="li", owner="li", team="cards"),
    entry("C1", "Solved", 3, by="li", owner="li", team="cards"),
]


def test_work_goes_on_here(store: FullStore, tmp_path: Path) -> None:
    """A ticket in a mapped state is worked on to its end; past and present are one trail."""
    brought(tmp_path, store, NEW)
    desk = ServiceDesk(store)
    ticket_id = id_of(store, "C1")
    desk.perform(ticket_id, Dispatch(to="li"), actor=BOSS)
    desk.perform(ticket_id, Start(), actor=LI)
    desk.perform(ticket_id, Submit(resolution="refunded"), actor=LI)
    closed = desk.perform(ticket_id, Close(), actor=BOSS)
    assert (closed.state, closed.version) == ("closed", 5)
    actions = [each.step.action for each in events(store, "C1")]
    assert actions == ["import", "dispatch", "start", "submit", "close"]
    assert wrong_with_replay(store) == []


def test_four_eyes_know_the_imported_past(memory: FullStore, tmp_path: Path) -> None:
    """Who worked on a ticket in the old system may not close it here; somebody else may."""
    brought(tmp_path, memory, SOLVED)
    desk = ServiceDesk(memory)
    ticket_id = id_of(memory, "C1")
    with pytest.raises(CommandRefused) as refused:
        desk.perform(ticket_id, Close(), actor=LI)
    assert [each.name for each in refused.value.refusal.unmet] == ["not_own_work"]
    assert desk.perform(ticket_id, Close(), actor=Actor("sun", "supervisor")).state == "closed"


@pytest.mark.parametrize(
    "command",
    [
        Dispatch(to="li"),
        Transfer(to="li", reason="away"),
        Start(),
        Comment("seen"),
        Submit(resolution="refunded"),
        ReturnForRework(reason="which fee?"),
        Close(),
        Reopen(reason="called again"),
    ],
    ids=lambda command: command.action,
)
@pytest.mark.parametrize("state", ["-100", "Waiting"])
def test_nothing_is_done_in_an_unmapped_state(
    state: str, command: Command, memory: FullStore, tmp_path: Path
) -> None:
    """While the state is one the workflow does not have, every command is refused and says so."""
    plan = mapping(foreign={"Waiting": "open"})
    brought(tmp_path, memory, [*NEW, entry("C1", state, 5, team="cards")], plan)
    before = ticket(memory, "C1")
    with pytest.raises(CommandRefused) as refused:
        ServiceDesk(memory).perform(before.id, command, actor=BOSS)
    assert refused.value.code == "unknown_state"
    assert state in refused.value.text()
    assert ticket(memory, "C1") == before


def test_options_in_an_unmapped_state(memory: FullStore, tmp_path: Path) -> None:
    """The person is told for every action that the state is unknown here."""
    brought(tmp_path, memory, [entry("C1", "-100", 0)])
    options = ServiceDesk(memory).options(id_of(memory, "C1"), actor=BOSS)
    assert {each.refusal.code for each in options if each.refusal is not None} == {"unknown_state"}
    assert not any(each.allowed for each in options)


def test_once_mapped_work_goes_on(memory: FullStore, tmp_path: Path) -> None:
    """When the log goes on in a state that is mapped, commands are possible again."""
    rows = [*NEW, entry("C1", "-100", 5), entry("C1", "Given", 9, owner="li", team="cards")]
    brought(tmp_path, memory, rows[:2])
    brought(tmp_path, memory, rows)
    assert (
        ServiceDesk(memory).perform(id_of(memory, "C1"), Start(), actor=LI).state == "in_progress"
    )


def test_tickets_worked_on_here_are_left_alone(store: FullStore, tmp_path: Path) -> None:
    """Entries of the old system that arrive after somebody acted here are counted, not mixed in."""
    brought(tmp_path, store, NEW)
    ServiceDesk(store).perform(id_of(store, "C1"), Comment("ours now"), actor=BOSS)
    before = ticket(store, "C1")
    rows = [*SOLVED, entry("C2", "New", 9)]
    assert counts(brought(tmp_path, store, rows)) == (5, 2, 1, 1, 3)
    assert ticket(store, "C1") == before
    assert counts(brought(tmp_path, store, rows)) == (5, 2, 0, 2, 3)


def test_imported_tickets_are_found(store: FullStore, tmp_path: Path) -> None:
    """An imported ticket answers queries like any other, also by its number in the old system."""
    from workorder.conditions import where

    brought(tmp_path, store, [*SOLVED, entry("C2", "New", 9, by="teller")])
    desk = ServiceDesk(store)
    page = desk.unrestricted().find(TicketQuery(where("key").equals("C1")))
    assert [each.origin.key for each in page.tickets] == ["C1"]
    page = desk.unrestricted().find(TicketQuery(where("people").contains("teller")))
    assert sorted(each.origin.key or "" for each in page.tickets) == ["C1", "C2"]
    assert [each.origin.key for each in desk.find(actor=LI).tickets] == ["C1"]


def test_history_tells_the_imported_past(memory: FullStore, tmp_path: Path) -> None:
    """The history has one entry for each of the log's, with its provenance."""
    brought(tmp_path, memory, SOLVED)
    told = ServiceDesk(memory).history(id_of(memory, "C1"), actor=LI)
    assert [each.event.step.to_state for each in told] == [
        "accepted",
        "assigned",
        "in_progress",
        "resolved",
    ]
    assert all(isinstance(each.event, Imported) for each in told)
    data = told[1].as_data()
    assert (data["kind"], data["action"], data["actor"]) == ("ticket.imported", "import", "boss")
    assert (data["said"]["source"], data["said"]["key"]) == ("old desk", "C1")
    assert (data["said"]["state"], data["said"]["assignee"]) == ("Given", "li")


AGENT = Actor("li", "agent", "net")
WAITING = [
    entry("C1", "New", 0, by="teller", team="net", client="K-1"),
    entry("C1", "Active", 5, by="li", owner="li", team="net", client="K-1"),
    entry("C1", "Caller", 9, by="li", owner="li", team="net", client="K-1"),
]


def desk_with(tmp_path: Path, store: FullStore, rows: list[dict[str, str]]) -> ServiceDesk:
    """An IT desk that took over *rows*."""
    brought(tmp_path, store, rows, mapping_from_data(IT_DESK))
    return ServiceDesk(store, rulebook=it_desk())


def test_a_waiting_ticket_remembers_why_and_from_where(store: FullStore, tmp_path: Path) -> None:
    """What waited in the old system waits here, with its reason, and goes back to where it was."""
    desk = desk_with(tmp_path, store, WAITING)
    kept = ticket(store, "C1")
    since = datetime.strptime(at(9), "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert kept.work.hold == OnHold("awaiting_user", "in_progress", since)
    assert kept.timers == ()
    assert desk.perform(kept.id, Resume(), actor=AGENT).state == "in_progress"
    assert ticket(store, "C1").work.hold is None
    assert wrong_with_replay(store) == []


def test_only_what_waits_for_the_caller_goes_on_with_their_answer(
    memory: FullStore, tmp_path: Path
) -> None:
    """The reason taken over counts for the rules: the caller's answer ends one, not the other."""
    vendor = [{**row, "number": "C2"} for row in WAITING[:2]]
    vendor.append({**WAITING[2], "number": "C2", "state": "Vendor"})
    desk = desk_with(tmp_path, memory, [*WAITING, *vendor])
    caller, answer = Actor("K-1", "caller"), CustomerReply(text="here it is")
    assert desk.perform(id_of(memory, "C1"), answer, actor=caller).state == "in_progress"
    with pytest.raises(CommandRefused) as refused:
        desk.perform(id_of(memory, "C2"), answer, actor=caller)
    assert [each.name for each in refused.value.refusal.unmet] == ["waiting_for_customer"]


@pytest.mark.parametrize(
    "rows",
    [WAITING[2:], [*WAITING[:2], {**WAITING[2], "state": "Parked"}]],
    ids=["the log begins with it", "nobody knows why it waits"],
)
def test_nobody_invents_a_way_back(
    rows: list[dict[str, str]], memory: FullStore, tmp_path: Path
) -> None:
    """Where the log does not tell from where a ticket waits, it cannot go on, but be resolved."""
    desk = desk_with(tmp_path, memory, rows)
    with pytest.raises(CommandRefused) as refused:
        desk.perform(id_of(memory, "C1"), Resume(), actor=AGENT)
    assert [each.code for each in refused.value.refusal.unmet] == ["no_way_back"]
    done = Resolve(resolution="it was the cable")
    assert desk.perform(id_of(memory, "C1"), done, actor=AGENT).state == "resolved"


def test_time_does_nothing_to_what_was_imported(memory: FullStore, tmp_path: Path) -> None:
    """An entry promises nothing: no timer ends a wait or closes a ticket taken over."""
    solved = {**WAITING[1], "number": "C2", "state": "Solved"}
    desk = desk_with(tmp_path, memory, [*WAITING, solved])
    assert all(each.timers == () for each in everything(memory).values())
    run = desk.run_due()
    assert ticket(memory, "C1").state == "pending"
    assert ticket(memory, "C2").state == "resolved"
    assert (run.claimed, run.fired) == (0, {})


def test_the_four_reasons_are_found(memory: FullStore, tmp_path: Path) -> None:
    """The next entry changes the reason and keeps the way back; leaving the state ends the wait."""
    rows = [*WAITING, {**WAITING[2], "state": "Vendor", "at": at(12)}]
    desk_with(tmp_path, memory, rows)
    hold = ticket(memory, "C1").work.hold
    assert hold is not None
    assert (hold.reason, hold.before, hold.since.minute) == ("awaiting_vendor", "in_progress", 12)
    desk_with(tmp_path, memory, [*rows, {**WAITING[1], "at": at(15)}])
    assert ticket(memory, "C1").work.hold is None
    assert wrong_with_replay(memory) == []
