"""The list of erasures: complete, in order, and done again after a restore, once."""

import json
from copy import copy
from typing import Any

import pytest

from tests.rulebook.editions import SENIOR, ZHANG, Branch
from workorder.desk import Erasure, Unrestricted
from workorder.errors import InvalidInput, StoreError
from workorder.storage import Capability, MemoryStore
from workorder.testing import ScriptedStore
from workorder.ticket import Comment, Erased, Reopen, Ticket
from workorder.workflow import Actor

DPO = Actor("dpo", (), "compliance")


def backup(store: MemoryStore) -> MemoryStore:
    """A copy of a store as it is now."""
    other = MemoryStore()
    for name, value in vars(store).items():
        if name in {"_receipts", "_sealed"}:
            setattr(other, name, {key: dict(item) for key, item in value.items()})
        elif name == "_records":
            setattr(other, name, {key: list(item) for key, item in value.items()})
        elif name != "_lock":
            setattr(other, name, copy(value))
    return other


def papers(branch: Branch) -> Unrestricted:
    """Batch work."""
    return branch.desk().unrestricted()


def restored(branch: Branch, store: MemoryStore) -> Branch:
    """The same branch on a restored store, a day later."""
    other = Branch(store)
    other.now = branch.now
    other.passes(days=1)
    return other


def values(branch: Branch, ticket: Ticket) -> set[str]:
    """What is kept of a ticket."""
    return {each.value for each in branch.store._sealed.get(ticket.id, {}).values()}  # type: ignore[attr-defined]  # it is one in memory


def outcomes(branch: Branch, lines: list[str]) -> list[str]:
    """What became of the erasures that were done again."""
    return [each.outcome for each in papers(branch).replay_erasures(lines)]


def listed(branch: Branch) -> list[str]:
    """The list, as lines of text."""
    return [json.dumps(each.as_data()) for each in papers(branch).erasures()]


@pytest.fixture
def branch() -> Branch:
    """A branch on a store in memory."""
    return Branch(MemoryStore())


def test_the_list(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every erasure with ticket, references, reason, instant, person and id, across pages; from
    any position on.
    """
    monkeypatch.setattr("workorder.desk.erasures.PAGE", 3)
    one, two = branch.resolved(), branch.closed()
    work = papers(branch)
    work.erase(one.id, actor=DPO, basis="request", refs=["1.title"], command_id="e-1")
    branch.passes(days=2)
    work.erase(two.id, actor=DPO, basis="court", command_id="e-2")
    found = list(work.erasures())
    assert [(e.ticket_id, e.refs, e.basis, e.command_id) for e in found] == [
        (one.id, ("1.title",), "request", "e-1"),
        (two.id, (), "court", "e-2"),
    ]
    assert {(each.actor, each.department) for each in found} == {("dpo", "compliance")}
    assert found[1].at == branch.now
    assert list(work.erasures(after=found[0].position)) == found[1:]
    assert list(work.erasures(after=found[1].position)) == []
    plain = json.loads(listed(branch)[0])
    assert (plain["kind"], plain["version"]) == ("workorder/erasure", 1)


def test_an_older_backup(branch: Branch) -> None:
    """It lacks the record and has the values: they are erased under the same id, at the same
    instant; doing it twice does it once.
    """
    ticket = branch.in_progress()
    before = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    branch.passes(hours=1)
    papers(branch).erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    lines = listed(branch)
    other = restored(branch, before)
    assert values(other, ticket)
    assert outcomes(other, ["", *lines, "\n"]) == ["erased"]
    assert values(other, ticket) == set()
    assert outcomes(other, lines) == ["already"]
    event = papers(other).history(ticket.id)[-1].event
    assert isinstance(event, Erased)
    trace = event.trace
    assert (trace.command_id, trace.occurred_at, trace.recorded_at) == (
        "e-1",
        branch.now,
        other.now,
    )
    assert (trace.actor, trace.department, event.basis) == ("dpo", "compliance", "request")
    assert papers(other).get(ticket.id).work.erased
    assert [Erasure.as_data(each) | {"position": 0} for each in papers(other).erasures()] == [
        json.loads(line) | {"position": 0} for line in lines
    ]


def test_values_beside_their_erasure(branch: Branch) -> None:
    """A store put together of two backups has both: the values go, under another id."""
    ticket = branch.in_progress()
    before = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    papers(branch).erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    lines = listed(branch)
    mixed = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    mixed._sealed = {key: dict(item) for key, item in before._sealed.items()}
    other = restored(branch, mixed)
    other.does(ticket, (Comment("after the restore"), ZHANG))
    assert outcomes(other, lines) == ["again"]
    assert values(other, ticket) == {"after the restore"}
    assert outcomes(other, lines) == ["already"]


def test_neither_record_nor_values(branch: Branch) -> None:
    """Values that are lost as well: the erasure is recorded, so that the history says why."""
    ticket = branch.in_progress()
    before = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    papers(branch).erase(ticket.id, actor=DPO, basis="request", command_id="e-1")
    lines = listed(branch)
    before._sealed.clear()
    other = restored(branch, before)
    assert outcomes(other, lines) == ["erased"]
    assert outcomes(other, lines) == ["already"]


def test_what_was_written_after_the_restore(branch: Branch) -> None:
    """It is let be, though its reference is the one of a value that was erased and got lost."""
    ticket = branch.in_progress()
    before = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    branch.does(ticket, (Comment("a secret"), ZHANG))
    (ref,) = [ref for ref in branch.store._sealed[ticket.id] if ref.endswith(".text")]  # type: ignore[attr-defined]  # it is one in memory
    papers(branch).erase(ticket.id, actor=DPO, basis="request", refs=[ref])
    papers(branch).erase(ticket.id, actor=DPO, basis="request")
    lines = listed(branch)
    other = restored(branch, before)
    other.does(ticket, (Comment("something else"), ZHANG))
    assert ref in other.store._sealed[ticket.id]  # type: ignore[attr-defined]  # it is one in memory
    assert outcomes(other, lines) == ["already", "erased"]
    assert values(other, ticket) == {"something else"}
    assert not papers(other).get(ticket.id).work.erased


def test_what_stands_in_the_way(branch: Branch) -> None:
    """A ticket that is not there, and a legal hold that was lifted since the backup."""
    held = branch.in_progress()
    papers(branch).place_legal_hold(held.id, "x", actor=DPO)
    before = backup(branch.store)  # type: ignore[arg-type]  # it is one in memory
    papers(branch).lift_legal_hold(held.id, "x", actor=DPO)
    later = branch.in_progress()
    for each in (held, later):
        papers(branch).erase(each.id, actor=DPO, basis="request")
    lines = listed(branch)
    other = restored(branch, before)
    told = papers(other).replay_erasures(lines)
    assert [(each.outcome, each.settled) for each in told] == [
        ("refused", False),
        ("not_found", True),
    ]
    assert "x" in told[0].as_data("zh-CN")["reason"]
    assert values(other, held)
    papers(other).lift_legal_hold(held.id, "x", actor=DPO)
    assert outcomes(other, lines) == ["erased", "not_found"]


def test_closed_and_opened_again(branch: Branch) -> None:
    """The store that erased has nothing to do again, whatever happened since."""
    ticket = branch.closed()
    papers(branch).erase(ticket.id, actor=DPO, basis="request")
    lines = listed(branch)
    branch.does(ticket, (Reopen("once more"), SENIOR))
    assert outcomes(branch, lines) == ["already"]
    assert values(branch, ticket) == {"once more"}


LINE = {
    "kind": "workorder/erasure",
    "version": 1,
    "tenant": "",
    "position": 3,
    "ticket": "T1",
    "basis": "request",
    "refs": [],
    "at": "2026-03-02T01:00:00.000000Z",
    "actor": "dpo",
    "department": None,
    "command_id": "e-1",
}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "nonsense",
        *(json.dumps({k: v for k, v in LINE.items() if k != name}) for name in LINE),
        {**LINE, "version": 2},
        {**LINE, "kind": "ticket.erased"},
        {**LINE, "ticket": 1},
        {**LINE, "at": "yesterday"},
        {**LINE, "refs": [1]},
        {**LINE, "tenant": "another bank"},
        3,
    ],
)
def test_lines_that_are_none(branch: Branch, line: Any) -> None:
    """They are refused by their number, or by what they name."""
    assert outcomes(branch, [json.dumps(LINE)]) == ["not_found"]
    with pytest.raises(InvalidInput) as raised:
        papers(branch).replay_erasures([json.dumps(LINE), line])
    assert raised.value.facts["name"] in {"line 2", "tenant"}


@pytest.mark.parametrize("after", [-1, True, "1"])
def test_a_position_is_a_number(branch: Branch, after: Any) -> None:
    """Anything else is refused, before anything is read."""
    with pytest.raises(InvalidInput):
        papers(branch).erasures(after=after)


def test_without_a_history() -> None:
    """There is no list."""
    store = ScriptedStore(without=[Capability.HISTORY])
    with pytest.raises(StoreError):
        Branch(store).desk().unrestricted().erasures()
