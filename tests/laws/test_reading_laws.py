"""Random lives of bank tickets, in which everything internal is marked: no customer finds a mark.

What is shared is written down here once more, by action, argument and role; nothing of the
library's own table is used.
"""

import random
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws.cast import CAST
from tests.laws.commanding import BUILD, Situation, weighted
from tests.laws.walking import JUMPS, STARTS
from workorder.conditions import from_data
from workorder.desk import Done, ServiceDesk
from workorder.errors import CommandRefused, UnsupportedQuery, WorkorderError
from workorder.intake import Field
from workorder.rulebook import Rulebook, bank
from workorder.storage import MemoryStore, TicketQuery
from workorder.ticket import Appeal, Command, Edit, InformCustomer, Reclassify
from workorder.workflow import Actor

SECRET = "INTERNAL"
OUTSIDE = ("C-1", "C-2", "bot")
STAFF = re.compile(r"STAFF-\w+")

# action → arguments whose texts customers read, whoever gave them; and those they read only if
# one of their own side did.
TOLD = {
    "reject_intake": {"reason"},
    "customer_reply": {"text"},
    "customer_message": {"text"},
    "reply": {"text"},
    "rate": {"remark"},
}
OWN = {"reopen": {"reason"}, "cancel": {"reason"}, "urge": {"note"}, "appeal": {"reason"}}
RESOLUTION = {"submit", "resolve"}

FIELDS = (
    Field("suspicion", "code", readers=("handler", "supervisor", "auditor")),
    Field("assessment", readers=("auditor",)),
)


def _with_readers() -> Rulebook:
    """The bank's rulebook with two fields on every form that customers do not read."""
    known = bank()
    forms = tuple(attrs.evolve(form, fields=(*form.fields, *FIELDS)) for form in known.forms)
    return attrs.evolve(known, forms=forms)


RULES = _with_readers()


def _renamed(actor: Actor) -> Actor:
    return actor if actor.id in OUTSIDE else attrs.evolve(actor, id=f"STAFF-{actor.id}")


PEOPLE = tuple(_renamed(actor) for actor in CAST)
NAMES = {actor.id: _renamed(actor).id for actor in CAST}


class Life:
    """A desk whose texts carry marks, and the readings that customers make of it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = STARTS[3]
        self.desk = ServiceDesk(MemoryStore(), rulebook=RULES, time=lambda: self.now)
        self.number = 0
        self.shared: dict[str, set[str]] = {}
        fields = {"title": "card", "category": "atm", "suspicion": f"{SECRET}-0"}
        for number, who in enumerate(("STAFF-li", "STAFF-he", "C-1")):
            actor = next(each for each in PEOPLE if each.id == who)
            given = fields if who != "C-1" else {"title": "card"}
            self.desk.open(
                "enquiry" if number else "complaint",
                actor=actor,
                customer="C-1",
                channel="phone",
                subjects=("STAFF-zhao",) if number == 1 else (),
                department="STAFF-cards" if number == 1 else None,
                fields=given,
                command_id=f"open-{number} by {who}" if who != "C-1" else None,
            )

    def live(self, steps: int) -> None:
        """Some steps, each with what a customer gets to see of it."""
        for _ in range(steps):
            self.now += self.chance.choice(JUMPS)
            tickets = self.desk.unrestricted().find().tickets
            ticket = self.chance.choice(tickets)
            actor, action = self._chosen(ticket.id)
            command = self._marked(ticket.id, action, actor, [each.id for each in tickets])
            answer = self._sent(ticket.id, command, actor)
            if actor.id in OUTSIDE:
                harmless(answer, actor, command)
            if self.chance.random() < 0.3:
                self.read(ticket.id)

    def _chosen(self, ticket_id: str) -> tuple[Actor, str]:
        if self.chance.random() < 0.2:
            own = [each for each in PEOPLE if each.id in OUTSIDE]
            return self.chance.choice(own), self.chance.choice(sorted(BUILD))
        offers: dict[str, list[Actor]] = {}
        for actor in PEOPLE:
            try:
                options = self.desk.options(ticket_id, actor=actor)
            except CommandRefused:
                continue
            for option in options:
                if option.allowed:
                    offers.setdefault(option.action.name, []).append(actor)
        if not offers:
            return PEOPLE[0], "urge"
        action = self.chance.choice(weighted(sorted(offers)))
        return self.chance.choice(offers[action]), action

    def _marked(self, ticket_id: str, action: str, actor: Actor, others: list[str]) -> Command:
        """A command whose internal texts carry the mark, and whose people are those of here."""
        ticket = self.desk.unrestricted().get(ticket_id)
        command = BUILD[action](Situation(ticket, actor, self.now, tuple(others), self.chance))
        self.number += 1
        told = TOLD.get(action, set()) | (OWN.get(action, set()) if actor.id in OUTSIDE else set())
        changed: dict[str, Any] = {}
        for spec in command.specs():
            value = getattr(command, spec.name)
            if spec.kind == "text" and (value is None or value.strip()):
                if action in RESOLUTION:
                    changed[spec.name] = f"ANSWER-{self.number}."
                elif spec.name in told:
                    changed[spec.name] = f"TOLD-{self.number}."
                    self.shared.setdefault(ticket_id, set()).add(f"TOLD-{self.number}.")
                else:
                    changed[spec.name] = f"{SECRET}-{self.number}"
            elif isinstance(value, str):
                changed[spec.name] = NAMES.get(value, value)
            elif isinstance(value, tuple):
                changed[spec.name] = tuple(NAMES.get(each, each) for each in value)
        if isinstance(command, Reclassify | Edit) and actor.id not in OUTSIDE:
            own = {"suspicion": f"{SECRET}-{self.number}", "assessment": f"{SECRET} really"}
            changed["fields"] = {**command.fields, **own}
        return attrs.evolve(command, **changed)

    def _sent(self, ticket_id: str, command: Command, actor: Actor) -> Done | WorkorderError:
        mark = f"{SECRET} id {self.number}" if actor.id not in OUTSIDE else f"own {self.number}"
        try:
            done = self.desk.execute(ticket_id, command, actor=actor, command_id=mark)
        except WorkorderError as error:
            text = f"TOLD-{self.number}."
            self.shared.get(ticket_id, set()).discard(text)
            return error
        if isinstance(command, Appeal):
            (appealed,) = done.events
            text = f"TOLD-{self.number}."
            self.shared[ticket_id].discard(text)
            self.shared.setdefault(appealed.appeal, set()).add(text)  # type: ignore[attr-defined]
        elif isinstance(command, InformCustomer):
            assert done.events
        return done

    def answered(self, ticket_id: str) -> set[str]:
        """The resolutions that became the bank's answer, by the whole history."""
        found, waiting = set(), ""
        for entry in self.desk.unrestricted().history(ticket_id):
            text = entry.texts.get("resolution") or ""
            if entry.event.kind == "ticket.submitted":
                waiting = text
            elif entry.event.kind == "ticket.resolved":
                found.add(text)
            elif entry.event.kind == "ticket.approved" and entry.event.step.to_state == "resolved":
                found.add(waiting)
        return found

    def read(self, ticket_id: str) -> None:
        """Everything that the customer's side can reach, of one ticket."""
        for actor in PEOPLE:
            if actor.id not in OUTSIDE:
                continue
            try:
                got = list(self.readings(ticket_id, actor))
            except CommandRefused:  # not theirs to see
                assert ticket_id not in {each.id for each in self.desk.find(actor=actor).tickets}
                continue
            for reading in got:
                harmless(reading, actor)
            answers = set(re.findall(r"ANSWER-\d+\.", " ".join(map(written, got))))
            assert answers <= self.answered(ticket_id)
            entries = self.desk.history(ticket_id, actor=actor)
            said = {text for entry in entries for text in entry.texts.values()}
            assert self.shared.get(ticket_id, set()) <= said

    def readings(self, ticket_id: str, actor: Actor) -> Iterator[Any]:
        """The ticket by every way there is."""
        desk = self.desk
        yield desk.get(ticket_id, actor=actor)
        yield desk.find(actor=actor)
        yield desk.find(TicketQuery(order=("-last", "id"), limit=1), actor=actor)
        yield desk.explain(ticket_id, actor=actor)
        yield desk.options(ticket_id, actor=actor)
        yield desk.history(ticket_id, actor=actor)
        yield desk.view(ticket_id, actor=actor)
        for language in ("en", "zh-CN"):
            yield desk.explain(ticket_id, actor=actor).text(language)
            yield desk.explain(ticket_id, actor=actor).as_data(language)
            yield desk.view(ticket_id, actor=actor).as_data(language)
            yield [each.as_data(language) for each in desk.history(ticket_id, actor=actor)]


def written(value: Any) -> str:
    """Everything that *value* holds, as text."""
    if isinstance(value, CommandRefused):
        refusal = value.refusal
        parts = [repr(refusal), *(refusal.text(each) for each in ("en", "zh-CN"))]
        return " ".join([*parts, str(value), repr(value), repr(value.facts), repr(value.args)])
    if isinstance(value, WorkorderError):
        return " ".join([str(value), repr(value.facts), value.text("zh-CN")])
    return repr(value)


def harmless(value: Any, actor: Actor, command: Command | None = None) -> None:
    """Nothing internal and nobody of the bank is in *value*, but whom *command* named itself."""
    text = written(value)
    assert SECRET not in text, (actor.id, re.findall(f".{{80}}{SECRET}.{{20}}", text))
    named = set(STAFF.findall(repr(command)))
    assert set(STAFF.findall(text)) <= named, (actor.id, re.findall(".{80}STAFF.{20}", text))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_no_customer_finds_what_is_internal(seed: int) -> None:
    """By whatever way customers read, nothing internal comes out; what is shared does."""
    life = Life(seed)
    life.live(35)
    for ticket in life.desk.unrestricted().find().tickets:
        life.read(ticket.id)


def test_the_marks_are_there() -> None:
    """Somebody of the bank finds them, so the law above has something to miss."""
    life = Life(7)
    life.live(60)
    text = ""
    for ticket in life.desk.unrestricted().find().tickets:
        text += written(life.desk.history(ticket.id, actor=Actor("STAFF-audit", "auditor")))
        life.now += timedelta(seconds=1)
    assert SECRET in text
    assert len(set(STAFF.findall(text))) > 3
    assert "TOLD-" in text


@pytest.mark.parametrize("field", ["assignee", "department", "opened_by", "people", "asked"])
def test_no_question_tells_who_works_on_it(field: str) -> None:
    """Neither a condition nor an order over it; and the page tells nothing in its mark."""
    life = Life(1)
    asked: Mapping[str, Any] = {"field": field, "missing": True}
    customer = next(each for each in PEOPLE if each.id == "C-1")
    wheres = [asked, {"not": asked}, {"any": [asked, {"all": [asked]}]}]
    for query in [TicketQuery(from_data(where)) for where in wheres]:
        with pytest.raises(UnsupportedQuery) as refused:
            life.desk.find(query, actor=customer)
        assert refused.value.code == "unknown_field"
    if field not in {"people", "asked"}:
        with pytest.raises(UnsupportedQuery):
            life.desk.find(TicketQuery(order=(field,)), actor=customer)
