"""派单: who gets a complaint, why this one and nobody else; and who gets the next."""

from typing import Any

from workorder.assign import Agent
from workorder.cli.demo.scene import LI, Scene
from workorder.desk.routing import People
from workorder.ticket import Accept, Start, Submit, Ticket
from workorder.workflow import Actor

_GOOD_AT_BOTH = {"complaints": 4, "cards": 4}
ZHOU = Agent("zhou.yan", teams={"complaints"}, skills={"complaints": 3, "cards": 2}, capacity=2)
STAFF = (
    ZHOU,
    Agent("lin.tao", teams={"complaints"}, skills={"complaints": 4}, capacity=6),
    Agent("xu.hao", teams={"complaints"}, skills={"complaints": 5, "cards": 3}, capacity=6),
    Agent("tang.yi", teams={"cards"}, skills={"complaints": 3, "cards": 5}, capacity=6),
)


def people() -> People:
    """Four of the bank's staff; one of them is at lunch."""
    there = People(STAFF)
    there.put(
        Agent("he.qi", teams={"complaints"}, skills=_GOOD_AT_BOTH, capacity=6, presence="away")
    )
    return there


def tell(scene: Scene) -> dict[str, Any]:
    """From a complaint that nobody has to the one that waits behind it; the first decision, as
    data.
    """
    story, desk = scene.story, scene.desk
    first = _complaint(scene, subjects=("xu.hao",))
    story.tell(
        "Another complaint comes in, about a card and about Xu Hao. The desk looks for somebody:",
        "又一件投诉：涉及银行卡，并投诉徐昊。系统自动派单：",
        ticket=first.id,
    )
    routed = desk.assign(first.id)
    story.show(routed.decision.text(story.lang).partition("\n")[2])
    story.tell(
        f"It goes to {routed.to}; this decision stands in its history, and can be taken again.",
        f"派给 {routed.to}；该判定连同全部理由写入工单历史，可随时重新演算。",
        assigned=routed.to,
        passed_over=dict(sorted(routed.decision.passed_over.items())),
    )
    second = _complaint(scene, subjects=("xu.hao",))
    waiting = desk.assign(second.id)
    story.tell(
        "The next one, too, is about Xu Hao, and she has no room left: it waits, with every "
        "reason. Nobody gets it who should not.",
        "下一件同样投诉徐昊，而周妍已无余量：进入等待并记录全部原因，绝不派给不合适的人。",
        assigned=waiting.to,
        passed_over=dict(sorted(waiting.decision.passed_over.items())),
    )
    handler = Actor(ZHOU.id, "handler", "complaints")
    desk.perform(first.id, Start(), actor=handler)
    desk.perform(first.id, Submit(story.say("Refunded", "已退款")), actor=handler)
    now = desk.unrestricted().get(second.id)
    story.tell(
        f"Her submission makes room, and what waits is hers: {now.assignee} has it.",
        f"周妍提交办结后释放余量，等待中的工单随即派给 {now.assignee}。",
        assigned=now.assignee,
    )
    return {"chosen": routed.to, "text": routed.decision.text(story.lang)}


def _complaint(scene: Scene, subjects: tuple[str, ...] = ()) -> Ticket:
    """One about a credit card, taken on."""
    title = scene.story.say("Charged twice", "重复扣款")
    fields = {"title": title, "category": "card", "product": "credit_card", "priority": 2}
    ticket = scene.desk.open(
        "complaint",
        customer="C-20004",
        channel="phone",
        subjects=subjects,
        fields=fields,
        actor=LI,
    )
    return scene.desk.perform(ticket.id, Accept(), actor=LI)
