"""延期: more time is asked for, granted by somebody else, and counts once the customer knows."""

from datetime import timedelta

from workorder.cli.demo.scene import GAO, LI, MA, ZHAO, Scene
from workorder.ticket import ApproveExtension, InformCustomer, RequestExtension
from workorder.workflow import Actor


def tell(scene: Scene) -> None:
    """From the request to the new deadline."""
    story = scene.story
    before = scene.ticket.windows.due
    if before is None:
        raise RuntimeError("the story needs a deadline")
    until = before + timedelta(days=15)
    reason = story.say("The vendor must read the log", "需厂商读取机具日志")
    scene.do(ZHAO, RequestExtension(until, reason))
    scene.refused(
        f"Zhao Min asks for time until {scene.moment(until)}. She cannot grant it to herself, "
        "not even as a supervisor:",
        f"赵敏申请延期至 {scene.moment(until)}。即使换上主管身份，也不能自己批准：",
        Actor("zhao.min", "supervisor", "channels", 20),
        ApproveExtension(),
    )
    scene.refused(
        "Ma Ying is a supervisor, but not senior enough:",
        "马颖是主管，但职级不够：",
        MA,
        ApproveExtension(),
    )
    ticket = scene.do(GAO, ApproveExtension())
    unchanged = scene.moment(ticket.windows.due)
    story.tell(
        f"Gao Lei grants it. As long as the customer was not told, it is due as before: "
        f"{unchanged}.",
        f"高磊批准。告知客户之前，到期时间不变：{unchanged}。",
        due=ticket.windows.due,
    )
    ticket = scene.do(LI, InformCustomer("extension", "phone"))
    story.tell(
        f"Li Na calls the customer, and records it. Now it is due {scene.moment(until)}.",
        f"李娜致电客户并登记告知，到期时间变为 {scene.moment(until)}。",
        due=ticket.windows.due,
    )
