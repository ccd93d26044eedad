"""Erasing sealed values and legal holds: once, in every state, under whatever rulebook."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.by_limits import by_limits
from tests.rulebook.editions import INTAKE, OPENING, ZHANG, Branch, edition
from workorder.canonical import decode
from workorder.desk import AsyncServiceDesk, ServiceDesk, Unrestricted
from workorder.errors import CommandRefused, InvalidInput, StoreError
from workorder.kernel import replay
from workorder.refusals import Refusal
from workorder.storage import Capability, Codec, MemoryStore
from workorder.testing import ScriptedStore
from workorder.ticket import Comment, Erased, Resumed, Ticket
from workorder.workflow import Actor

DPO = Actor("dpo", ())


def refusal(call: Callable[[], object]) -> Refusal:
    """Why *call* was refused."""
    with pytest.raises(CommandRefused) as refused:
        call()
    return refused.value.refusal


def papers(branch: Branch, *rulebooks: Any) -> Unrestricted:
    """Batch work at a desk of the branch."""
    return branch.desk(*rulebooks).unrestricted()


def texts(branch: Branch, ticket: Ticket) -> dict[str, str | None]:
    """Every text of a ticket's history."""
    history = papers(branch).history(ticket.id)
    return {name: text for entry in history for name, text in entry.texts.items()}


def test_everything_is_erased_and_the_rest_stays() -> None:
    """All texts are gone; state, deeds, windows, timers and records are as before."""
    branch = Branch()
    before = branch.resolved()
    records = branch.store.records(before.id)
    branch.passes(hours=1)
    after = papers(branch).erase(before.id, actor=DPO, basis="request")
    assert set(texts(branch, before).values()) == {None}
    for part in ("state", "deeds", "windows", "timers", "fields", "counts", "links", "parties"):
        assert getattr(after, part) == getattr(before, part)
    assert (after.version, after.times.last) == (before.version + 1, branch.now)
    assert after.work.erased
    assert branch.store.records(before.id)[:-1] == records
    event = papers(branch).history(before.id)[-1].event
    assert isinstance(event, Erased)
    assert (event.basis, event.refs, event.trace.actor) == ("request", (), "dpo")


def test_one_value_is_erased() -> None:
    """The others stay, and the ticket is not one from which all is gone."""
    branch = Branch()
    ticket = branch.resolved()
    ref = next(ref for ref in _refs(branch, ticket) if ref.endswith("title"))
    after = papers(branch).erase(ticket.id, actor=DPO, basis="request", refs=[ref, ref])
    found = texts(branch, ticket)
    assert found["title"] is None
    assert [name for name, text in found.items() if text is not None]
    assert not after.work.erased
    event = papers(branch).history(ticket.id)[-1].event
    assert isinstance(event, Erased)
    assert event.refs == (ref,)


def _refs(branch: Branch, ticket: Ticket) -> list[str]:
    kept = branch.store._sealed[ticket.id]  # type: ignore[attr-defined]  # it is one in memory
    return list(kept)


def test_what_comes_later_is_kept() -> None:
    """A text written after the erasure is there, and the ticket has something again."""
    branch = Branch()
    ticket = branch.in_progress()
    papers(branch).erase(ticket.id, actor=DPO, basis="request")
    after = branch.does(ticket, (Comment("later"), ZHANG))
    assert not after.work.erased
    assert texts(branch, ticket)["text"] == "later"


def test_references_are_looked_at() -> None:
    """One that the ticket never had is refused, with those that it has; one that is gone is not."""
    branch = Branch()
    ticket = branch.accepted()
    wrong = refusal(
        lambda: papers(branch).erase(ticket.id, actor=DPO, basis="request", refs=["1.tilte"])
    )
    assert (wrong.code, wrong.unmet[0].facts["choices"]) == ("invalid_arguments", ("1.title",))
    assert "1.tilte" in wrong.text()
    assert wrong.text("zh-CN").startswith("“删除敏感内容”")
    for _ in range(2):
        papers(branch).erase(ticket.id, actor=DPO, basis="request", refs=["1.title"])


@pytest.mark.parametrize("refs", ["1.title", [1], [""], {"1.title": 1}])
def test_references_are_names(refs: Any) -> None:
    """Anything else than a list of names is refused before anything is looked up."""
    with pytest.raises(InvalidInput):
        papers(Branch()).erase("none", actor=DPO, basis="request", refs=refs)


@pytest.mark.parametrize("basis", ["", " ", "x" * 300, None])
def test_the_basis_is_a_code(basis: Any) -> None:
    """So it is, and so is the case of a legal hold."""
    branch = Branch()
    ticket = branch.opened()
    with pytest.raises(InvalidInput):
        papers(branch).erase(ticket.id, actor=DPO, basis=basis)
    with pytest.raises(InvalidInput):
        papers(branch).place_legal_hold(ticket.id, basis, actor=DPO)


def test_a_legal_hold_keeps_everything() -> None:
    """Nothing is erased while any case asks for the ticket; the refusal names all of them."""
    branch = Branch()
    ticket = branch.resolved()
    before = texts(branch, ticket)
    work = papers(branch)
    work.place_legal_hold(ticket.id, "(2026) 1", actor=DPO)
    work.place_legal_hold(ticket.id, "(2026) 2", actor=DPO)
    for refs in ([], ["1.title"]):
        why = refusal(lambda refs=refs: work.erase(ticket.id, actor=DPO, basis="x", refs=refs))  # type: ignore[misc]
        assert (why.code, why.facts["cases"]) == ("legal_hold", ("(2026) 1", "(2026) 2"))
        assert "(2026) 1" in why.text("zh-CN")
    twice = refusal(lambda: work.place_legal_hold(ticket.id, "(2026) 1", actor=DPO))
    assert (twice.code, twice.unmet[0].code) == ("invalid_arguments", "held_already")
    assert work.lift_legal_hold(ticket.id, "(2026) 1", actor=DPO).work.legal_holds == ("(2026) 2",)
    other = refusal(lambda: work.lift_legal_hold(ticket.id, "(2026) 1", actor=DPO))
    assert other.unmet[0].facts["choices"] == ("(2026) 2",)
    assert texts(branch, ticket) == before
    work.lift_legal_hold(ticket.id, "(2026) 2", actor=DPO)
    assert work.erase(ticket.id, actor=DPO, basis="request").work.erased


def test_sent_again_it_gets_its_first_answer() -> None:
    """Whatever was meant by a command id stays what it was."""
    branch = Branch()
    ticket = branch.accepted()
    work = papers(branch)
    first = work.erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    branch.passes(days=1)
    again = work.erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    assert again == first
    assert len(branch.store.records(ticket.id)) == first.revision.events
    for call in (
        lambda: work.erase(ticket.id, actor=DPO, basis="other", command_id="e-1"),
        lambda: work.erase(ticket.id, actor=ZHANG, basis="request", command_id="e-1"),
        lambda: work.place_legal_hold(ticket.id, "x", actor=DPO, command_id="e-1"),
    ):
        assert refusal(call).code == "command_reused"


def test_a_repeat_of_an_erased_command() -> None:
    """A command whose text was erased gets its first answer, though nobody can compare any more."""
    branch = Branch()
    ticket = branch.in_progress()
    desk = branch.desk()
    desk.perform(ticket.id, Comment("a secret"), actor=ZHANG, command_id="c-1")
    papers(branch).erase(ticket.id, actor=DPO, basis="request")
    done = desk.execute(ticket.id, Comment("a secret"), actor=ZHANG, command_id="c-1")
    assert done.repeated
    events = len(branch.store.records(ticket.id))
    assert desk.execute(ticket.id, Comment("another"), actor=ZHANG, command_id="c-1").repeated
    assert len(branch.store.records(ticket.id)) == events


def test_the_version_that_was_seen() -> None:
    """Another one is stale; without one, a conflict is decided again."""
    branch = Branch()
    ticket = branch.accepted()
    work = papers(branch)
    late = refusal(
        lambda: work.erase(ticket.id, actor=DPO, basis="x", expected_version=ticket.version - 1)
    )
    assert late.code == "stale"
    after = work.erase(ticket.id, actor=DPO, basis="x", expected_version=ticket.version)
    assert after.version == ticket.version + 1


def test_timers_act_first() -> None:
    """What was due by then happened before, at its own instant, in the same commit."""
    branch = Branch()
    ticket = branch.on_hold()
    due = ticket.timers[0].at
    branch.passes(days=40)
    after = papers(branch).erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    entries = papers(branch).history(ticket.id)
    resumed = next(each for each in entries if isinstance(each.event, Resumed))
    assert resumed.event.trace.occurred_at == due
    assert after.state == "in_progress"
    assert resumed.event.trace.version == entries[-1].event.trace.version == after.version
    assert branch.desk().run_due().fired.get("resume", 0) == 0


def test_under_a_rulebook_that_nobody_has() -> None:
    """The law does not wait for one: it is erased, and time goes on when the rulebook is back."""
    branch = Branch()
    ticket = branch.on_hold()
    branch.passes(days=40)
    other = edition(names={"pending": "waiting"})
    after = papers(branch, other).erase(ticket.id, actor=DPO, basis="request")
    assert (after.state, after.work.erased) == ("pending", True)
    assert branch.desk().run_due().fired["resume"] == 1
    last = papers(branch).history(ticket.id)[-1].event.trace
    assert last.occurred_at == branch.now


@pytest.mark.parametrize("state", ["opened", "accepted", "in_progress", "on_hold", "closed"])
def test_in_every_state(state: str) -> None:
    """No row of the workflow is asked."""
    branch = Branch()
    ticket = getattr(branch, state)()
    after = papers(branch).erase(ticket.id, actor=DPO, basis="request")
    assert (after.state, after.work.erased) == (ticket.state, True)
    events = [entry.event for entry in papers(branch).history(ticket.id)]
    assert replay(ticket.id, events) == after


def test_where_no_sealed_values_are_kept() -> None:
    """Erasing needs a store that keeps them; a legal hold does not."""
    store = ScriptedStore(without=[Capability.SEALED])
    desk = ServiceDesk(store, rulebook=by_limits()).unrestricted()
    ticket = ServiceDesk(store.inner, rulebook=by_limits()).open(
        "complaint", actor=INTAKE, **OPENING
    )
    with pytest.raises(StoreError) as raised:
        desk.erase(ticket.id, actor=DPO, basis="request")
    assert (raised.value.code, raised.value.facts) == ("unsupported", {"capability": "sealed"})
    assert desk.place_legal_hold(ticket.id, "x", actor=DPO).work.legal_holds == ("x",)


def test_without_a_history() -> None:
    """A store without one erases just the same; a reference is known by what is kept."""
    store = MemoryStore(history=False)
    desk = ServiceDesk(store, rulebook=by_limits())
    ticket = desk.open("complaint", actor=INTAKE, **OPENING)
    work = desk.unrestricted()
    work.erase(ticket.id, actor=DPO, basis="request", refs=["1.title"])
    assert store.reveal(ticket.id, ["1.title"]) == {}
    assert (
        refusal(lambda: work.erase(ticket.id, actor=DPO, basis="request", refs=["1.title"])).code
        == "invalid_arguments"
    )


def test_no_such_ticket() -> None:
    """It is said as everywhere."""
    assert refusal(lambda: papers(Branch()).erase("none", actor=DPO, basis="x")).code == "not_found"


def test_at_an_asynchronous_desk() -> None:
    """The same acts, awaited, make the same records."""

    async def lives() -> list[bytes]:
        store = MemoryStore()
        branch = Branch(store)
        ticket = branch.closed()
        desk = AsyncServiceDesk(store, rulebook=by_limits(), time=lambda: branch.now)
        work = desk.unrestricted()
        await work.place_legal_hold(ticket.id, "x", actor=DPO, command_id="1")
        await work.lift_legal_hold(ticket.id, "x", actor=DPO, command_id="2")
        after = await work.erase(ticket.id, actor=DPO, basis="request", command_id="3")
        assert after.work.erased
        assert [each.basis async for each in work.erasures()] == ["request"]
        lines = [line async for line in work.export_subject("C-1")]
        assert len(lines) == 2
        assert (await work.erase_expired(actor=DPO)).erased == ()
        told = await work.replay_erasures([each.as_data() async for each in work.erasures()])
        assert [each.outcome for each in told] == ["already"]
        return [each.data for each in store.records(ticket.id)][-3:]

    branch = Branch()
    ticket = branch.closed()
    work = papers(branch)
    work.place_legal_hold(ticket.id, "x", actor=DPO, command_id="1")
    work.lift_legal_hold(ticket.id, "x", actor=DPO, command_id="2")
    work.erase(ticket.id, actor=DPO, basis="request", command_id="3")
    codec = Codec()
    ours = [codec.decode(each) for each in branch.store.records(ticket.id)][-3:]
    assert [each["command"] for each in map(_read, asyncio.run(lives()))] == ["1", "2", "3"]
    assert [each.trace.command_id for each in ours] == ["1", "2", "3"]


def _read(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = decode(data)
    return found
