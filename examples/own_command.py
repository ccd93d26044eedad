"""Your own command, with an event of its own.

Blocking a card is more than a row: it says which card, keeps the number out of the record, and
marks the ticket. The command is a class, so a misspelt argument is a type error. Its event says
how the ticket changes; an `Extension` registers both with one rulebook. The workflow still says
who may do it, and when.
"""

from typing import ClassVar

import attrs

from workorder import Actor, CommandRefused, MemoryStore, Rulebook, ServiceDesk, basic, workflow
from workorder.kernel import Draft
from workorder.rulebook import Extension
from workorder.ticket import Command, HostEvent, Sealed, Ticket, takes


@attrs.frozen
class BlockCard(Command):
    action: ClassVar[str] = "block_card"
    card: str = attrs.field(metadata=takes("code", required=True, sensitive=True))


@attrs.frozen
class CardBlocked(HostEvent):
    kind: ClassVar[str] = "bank.card_blocked"
    card: Sealed

    def evolve(self, ticket: Ticket) -> Ticket:
        return attrs.evolve(ticket, fields={**ticket.fields, "card_blocked": True})


def decide(draft: Draft[BlockCard]) -> tuple[CardBlocked, ...]:
    return (CardBlocked(draft.trace, draft.step, draft.seal("card", draft.command.card)),)


def bank_rulebook() -> Rulebook:
    plain = basic().workflow
    block = workflow.Action(
        "block_card", BlockCard.specs(), {"en": "Block card", "zh-CN": "冻结卡片"}
    )
    states = ("accepted", "assigned", "in_progress")
    row = workflow.Row("block_card", states, workflow.SAME, ("handler", "supervisor"))
    flow = attrs.evolve(plain, actions=(*plain.actions, block), rows=(*plain.rows, row))
    own = Extension(BlockCard, (CardBlocked,), decide)
    return attrs.evolve(basic(), name="bank", workflow=flow, extensions=(own,))


store = MemoryStore()
desk = ServiceDesk(store, rulebook=bank_rulebook())
wang = Actor("wang", "supervisor")
ticket = desk.open("complaint", fields={"title": "Card lost"}, actor=wang)
ticket = desk.perform(ticket.id, BlockCard("6222020000000004711"), actor=wang)
print(f"version {ticket.version}, card blocked: {ticket.fields['card_blocked']}")

for entry in desk.history(ticket.id, actor=wang):
    print(f"{entry.sequence}. {entry.event.kind}: {entry.texts}")

(_, record) = store.records(ticket.id)
print(f"the card's number is in the record: {b'4711' in record.data}")

try:
    desk.perform(ticket.id, BlockCard("6222\x00"), actor=wang)
except CommandRefused as refused:
    print(refused)
