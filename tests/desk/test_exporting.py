"""What is kept about a customer: all of theirs, nothing of others, with every text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rulebook.editions import INTAKE, Branch
from tests.storage.stores import opened_store
from workorder.desk import ServiceDesk
from workorder.errors import InvalidInput, StoreError
from workorder.rulebook import bank, basic
from workorder.storage import Capability
from workorder.testing import ScriptedStore
from workorder.workflow import Actor

DPO = Actor("dpo", ())


@pytest.fixture(params=["memory", "sqlite"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Branch]:
    """A branch on either store."""
    with opened_store(str(request.param), tmp_path) as store:
        yield Branch(store)


def lines(branch: Branch, customer: str = "C-1") -> list[dict[str, Any]]:
    """All lines, as they come out of a file."""
    found = branch.desk().unrestricted().export_subject(customer)
    return [json.loads(json.dumps(line)) for line in found]


def test_everything_of_a_ticket(branch: Branch) -> None:
    """The ticket with labels, every entry with its texts, and which of them went out."""
    ticket = branch.closed()
    head, line = lines(branch)
    assert (head["format"], head["version"], head["customer"]) == ("workorder/subject", 1, "C-1")
    assert line["ticket"]["id"] == ticket.id
    assert line["ticket"]["state"]["labels"]["zh-CN"] == "已结案"
    title, category = line["ticket"]["fields"]
    assert (title["name"], title["value"], title["labels"]["en"]) == ("title", "card", "Title")
    assert category["value"] == "atm"
    assert line["ticket"]["resolution"] == "refunded"
    assert [entry["sequence"] for entry in line["history"]] == list(
        range(1, ticket.revision.events + 1)
    )
    assert line["history"][0]["said"]["title"] == "card"
    (sent,) = line["sent"]
    assert line["history"][sent - 1]["kind"] == "ticket.customer_informed"
    assert {each["value"] for each in line["sealed"]} == {"card", "refunded"}


def test_what_is_erased_says_so(branch: Branch) -> None:
    """On the ticket, in the history, among the sealed values."""
    ticket = branch.closed()
    branch.desk().unrestricted().erase(ticket.id, actor=DPO, basis="request", refs=["1.title"])
    _, line = lines(branch)
    title = line["ticket"]["fields"][0]
    assert (title["value"], title["erased"]) == (None, True)
    assert line["history"][0]["erased"] == ["title"]
    assert {"ref": "1.title", "value": None, "erased": True} in line["sealed"]
    assert line["ticket"]["resolution"] == "refunded"


def test_nothing_of_others(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only tickets whose customer they are, in the order of ids, page by page; not those in which
    they are named.
    """
    monkeypatch.setattr("workorder.desk.exporting.PAGE", 2)
    desk = branch.desk()
    own = [branch.opened().id for _ in range(5)]
    fields = {"title": "theirs", "category": "atm"}
    named = desk.open("complaint", customer="C-2", subjects=("C-1",), fields=fields, actor=INTAKE)
    _, *found = lines(branch)
    assert [line["ticket"]["id"] for line in found] == sorted(own)
    assert named.id not in json.dumps(found)
    assert len(lines(branch, "C-2")) == 2
    assert len(lines(branch, "nobody")) == 1


def test_without_a_history_or_sealed_values(branch: Branch) -> None:
    """Whatever a store keeps is there: the ticket alone, or the trail without texts."""
    branch.closed()
    bare = ScriptedStore(without=[Capability.HISTORY])
    bare.inner = branch.store  # type: ignore[assignment]  # either will do
    _, line = ServiceDesk(bare, rulebook=bank()).unrestricted().export_subject("C-1")
    assert (line["history"], line["sent"]) == ([], [])
    assert {each["value"] for each in line["sealed"]} == {"card", "refunded"}
    closed = ScriptedStore(without=[Capability.SEALED])
    closed.inner = branch.store  # type: ignore[assignment]  # either will do
    _, line = ServiceDesk(closed, rulebook=bank()).unrestricted().export_subject("C-1")
    assert line["history"][0]["said"]["title"] is None
    assert {each["value"] for each in line["sealed"]} == {None}


def test_a_rulebook_that_nobody_has(branch: Branch) -> None:
    """Names stand for labels that are not known."""
    branch.on_hold()
    desk = ServiceDesk(branch.store, rulebook=basic(), time=lambda: branch.now)
    _, line = desk.unrestricted().export_subject("C-1")
    assert line["ticket"]["state"] == {"name": "pending", "labels": {}}
    assert line["history"][0]["said"]["title"] == "card"


@pytest.mark.parametrize("customer", ["", " ", 3, None])
def test_the_customer_is_a_code(branch: Branch, customer: Any) -> None:
    """Anything else is refused, before anything is read."""
    with pytest.raises(InvalidInput):
        branch.desk().unrestricted().export_subject(customer)


def test_queries_are_needed() -> None:
    """Without them, nobody can say which tickets are theirs."""
    desk = ServiceDesk(ScriptedStore(without=[Capability.QUERY]))
    with pytest.raises(StoreError):
        desk.unrestricted().export_subject("C-1")
