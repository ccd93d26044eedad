"""Your own action: a plain row of the workflow, and nothing else.

The basic workflow gets one more action: who works on a complaint calls the customer back. What it
takes, who may do it, in which states and under which rules stands in a table; asking for it is
`Action("call_back", {...})`. It shows in options, refusals and history like the others.
"""

import attrs

from workorder import Action, Actor, CommandRefused, Dispatch, ServiceDesk, Start, basic, workflow
from workorder.workflow import SAME, Argument, Row

arguments = (
    Argument("outcome", "code", required=True, choices=("reached", "not_reached")),
    Argument("note"),  # what people write is kept apart from the record
)
labels = {"en": "Call back", "zh-CN": "回访"}
call_back = workflow.Action("call_back", arguments, labels)
may_call = Row("call_back", ("in_progress", "resolved"), SAME, "handler", ("is_assignee",))

plain = basic().workflow
flow = attrs.evolve(plain, actions=(*plain.actions, call_back), rows=(*plain.rows, may_call))
desk = ServiceDesk(rulebook=attrs.evolve(basic(), name="bank", workflow=flow))

li, wang = Actor("li", "handler"), Actor("wang", "supervisor")
ticket = desk.open("complaint", fields={"title": "Charged twice"}, actor=wang)
desk.perform(ticket.id, Dispatch(to="li"), actor=wang)
desk.perform(ticket.id, Start(), actor=li)

for outcome in ("spoke_to_him", "reached"):
    given = {"outcome": outcome, "note": "Will look at the refund tonight"}
    try:
        desk.perform(ticket.id, Action("call_back", given), actor=li)
    except CommandRefused as refused:
        print(refused)

entry = desk.history(ticket.id, actor=li)[-1]
print(f"{entry.sequence}. {entry.event.step.action} by {entry.event.trace.actor}: {entry.texts}")
for option in desk.options(ticket.id, actor=wang):
    if option.action.name == "call_back" and option.refusal is not None:
        print(f"{option.action.text('zh-CN')}: {option.refusal.code}")
