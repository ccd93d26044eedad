"""The bank's rules on a row class you already have.

The rules ask a case by name: from which state was it put on hold, until when may it be reopened,
into what was it merged? The host's class answers from its columns, `None` where it has none. The
host keeps what a later rule will ask for: the state held from, the end of the reopening window.

Nothing of this library's tickets, events or storage is needed.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from workorder import Actor
from workorder.rulebook import bank
from workorder.sla import ready
from workorder.workflow import Deeds, took_part

COLUMNS = {
    "id": "number",
    "before_hold": "held_from",
    "reopen_until": "reopen_until",
    "merged_into": "parent",
}


@dataclass(frozen=True)
class Complaint:
    number: str
    state: str
    assignee: str | None = None
    department: str | None = None
    customer: str | None = None
    held_from: str | None = None
    reopen_until: datetime | None = None
    parent: str | None = None
    done: Deeds = field(default_factory=dict)
    type: str = "complaint"

    def took_part(
        self,
        person: str,
        *,
        roles: Collection[str] | None = None,
        besides: Collection[str] = (),
        actions: Collection[str] | None = None,
    ) -> bool:
        return took_part(self.done, person, roles, besides, actions)

    def value(self, name: str) -> object:
        return getattr(self, COLUMNS[name]) if name in COLUMNS else None


rules, now = bank().workflow, datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
li, boss = Actor("li", "handler", "cards"), Actor("boss", "supervisor", "cards")


def ask(row: Complaint, action: str, actor: Actor, at: datetime = now, **more: object) -> str:
    related = {each.number: each for each in (first, second)}
    verdict = rules.evaluate(row, action, actor=actor, at=at, arguments=more, related=related)
    said = verdict.to_state if verdict else "; ".join(each.text() for each in verdict.unmet)
    print(f"{row.number} {action} by {actor.id}: {said}")
    return verdict.to_state if verdict else row.state


first = Complaint(
    "4711", "in_progress", "li", "cards", "C-10023", done={"li": {"handler": ("start",)}}
)
second = Complaint("4712", "assigned", "wang", "cards", "C-10023")

reached = ask(first, "hold", li, reason="waiting_for_customer")
held = replace(first, state=reached, held_from=first.state)
ask(held, "resume", li)
ask(replace(held, held_from="lost"), "resume", li)

ask(replace(first, state="under_review"), "approve", Actor("li", "supervisor"))
ask(replace(first, state="under_review"), "approve", boss)

until = ready("CN").due(now, "30 calendar days").instant
closed = replace(first, state="closed", reopen_until=until)
ask(closed, "reopen", boss, at=until, reason="The refund never came")
ask(closed, "reopen", boss, at=until.replace(hour=1), reason="The refund never came")

ask(second, "merge_into", boss, target="4711")
ask(second, "merge_into", boss, target="4712")
