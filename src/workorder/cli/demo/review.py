"""复核: four eyes, and the customer is told of the decision."""

from workorder.cli.demo.scene import LI, SUN, ZHAO, Scene
from workorder.ticket import Approve, InformCustomer, ReturnForRework, Submit
from workorder.workflow import Actor


def tell(scene: Scene) -> None:
    """From the resolution to the decision."""
    story = scene.story
    scene.do(ZHAO, Submit(story.say("Card returned, fee refunded", "已退卡，已退手续费")))
    scene.refused(
        "Zhao Min submits, and tries to approve her own work. Four eyes:",
        "赵敏提交后想自己复核。双人复核：",
        ZHAO,
        Approve(),
    )
    scene.refused(
        "A reviewer's hat does not help: the ticket remembers who worked on it.",
        "换上复核身份也不行：工单记得谁经办过。",
        Actor("zhao.min", {"handler", "reviewer"}, "channels"),
        Approve(),
    )
    scene.do(SUN, ReturnForRework(reason=story.say("Which fee?", "哪笔手续费？")))
    better = story.say("Card returned, CNY 4 fee refunded", "已退卡，已退手续费 4 元")
    scene.do(ZHAO, Submit(better))
    ticket = scene.do(SUN, Approve())
    story.tell(
        "Sun Li returns it once (“Which fee?”), then approves.",
        "孙丽退回一次（“哪笔手续费？”），随后复核通过。",
        state=ticket.state,
        returns=ticket.counts.returns,
    )
    ticket = scene.do(LI, InformCustomer("decision", "phone"))
    until = scene.moment(ticket.windows.close_from)
    story.tell(
        f"Li Na tells the customer what was decided. There is time to object until {until}.",
        f"李娜告知客户处理结果。静默期至 {until}，期间客户可提出异议。",
        state=ticket.state,
        close_from=ticket.windows.close_from,
    )
