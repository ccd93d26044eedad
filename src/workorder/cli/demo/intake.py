"""受理 and 转办: a call comes in, and finds who will handle it."""

from workorder.cli.demo.promises import promised
from workorder.cli.demo.scene import LI, WANG, ZHANG, ZHAO, Scene
from workorder.ticket import Accept, Decline, Dispatch, Start, Ticket
from workorder.workflow import Actor


def tell(scene: Scene) -> None:
    """From the call to the start of the work."""
    _the_call(scene)
    _accepted(scene)
    _dispatched(scene)
    scene.story.tell(
        "Zhao Min starts. What may she do now, and what stands in the way of the rest?",
        "赵敏开始处理。她现在能做什么，其余的受什么限制？",
        state=scene.do(ZHAO, Start()).state,
    )
    scene.story.show(_worth_seeing(scene, ZHAO))


def _the_call(scene: Scene) -> None:
    story = scene.story

    def call() -> Ticket:
        title = story.say("ATM kept my card, Chen Hao did not help", "ATM 吞卡，陈浩不予协助")
        return scene.desk.open(
            "complaint",
            customer="C-10023",
            channel="phone",
            subjects=["chen.hao"],
            fields={"title": title, "category": "atm", "priority": 2},
            actor=LI,
            command_id="call-4711",
        )

    ticket = scene.ticket = call()
    story.tell(
        f"Li Na takes the call: complaint {ticket.id}, against Chen Hao of the branch.",
        f"李娜接听来电，登记投诉工单 {ticket.id}，被投诉人为支行陈浩。",
        state=ticket.state,
        version=ticket.version,
    )
    again = call()
    story.tell(
        f"The line drops, her screen sends it again: the same ticket, version {again.version}.",
        f"线路中断，系统重发同一请求：仍是同一张工单，第 {again.version} 版。",
        same_ticket=again.id == ticket.id,
    )


def _accepted(scene: Scene) -> None:
    ticket = scene.do(LI, Accept())
    scene.story.tell(
        "She accepts it. What was promised with it, and until when? The law's clock comes first.",
        "她受理了投诉。由此有哪些时限，各到何时？监管时限居首。",
        state=ticket.state,
        due=ticket.windows.due,
    )
    scene.story.show(promised(scene, ticket.id, LI))


def _dispatched(scene: Scene) -> None:
    story = scene.story
    scene.refused(
        "It cannot be given to the person the customer complains about:",
        "不能派给被投诉人：",
        WANG,
        Dispatch(to="chen.hao", department="branch"),
    )
    reason = story.say("The machines are run by Channels", "自助机具由渠道部管理")
    scene.do(WANG, Dispatch(to="zhang.wei", department="cards"))
    scene.do(ZHANG, Decline(reason=reason))
    ticket = scene.do(WANG, Dispatch(to="zhao.min", department="channels"))
    story.tell(
        "Wang Fang gives it to Zhang Wei of Cards. He declines, with a reason (that is possible "
        "twice); then to Zhao Min of Channels.",
        "王芳派给卡部张伟，张伟注明原因退单（最多可退两次）；随后改派渠道部赵敏。",
        assignee=ticket.assignee,
        declines=ticket.counts.declines,
    )


def _worth_seeing(scene: Scene, actor: Actor) -> str:
    """What is possible, and what only a rule forbids; not what belongs to others or elsewhere."""
    lang = scene.story.lang
    options = scene.desk.explain(scene.ticket.id, actor=actor).options
    possible = scene.story.say(", ", "、").join(
        each.action.text(lang) for each in options if each.allowed
    )
    lines = [f"✓ {possible}"]
    for each in options:
        if each.refusal is not None and each.refusal.code == "rules":
            why = "; ".join(unmet.text(lang) for unmet in each.refusal.unmet)
            lines.append(f"✗ {each.action.text(lang)}{scene.story.say(': ', '：')}{why}")
    return "\n".join(lines)
