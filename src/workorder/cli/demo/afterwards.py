"""结案: time closes the ticket, the customer reopens it, and is content in the end."""

from workorder.cli.demo.scene import CUSTOMER, LI, SUN, ZHAO, Scene
from workorder.ticket import Approve, Close, InformCustomer, Rate, Reopen, Submit


def tell(scene: Scene) -> None:
    """From the quiet period to the second closing."""
    story = scene.story
    story.wait(days=9)
    ran = scene.desk.run_due()
    ticket = scene.ticket = scene.desk.get(scene.ticket.id, actor=LI)
    closed = scene.moment(ticket.times.last)
    story.tell(
        f"Nobody does anything for nine days; then the timers are run, late. The ticket is closed "
        f"as of {closed}.",
        f"九天无人操作，随后才运行定时任务。工单按 {closed} 结案。",
        state=ticket.state,
        time=ran.as_data(story.lang),
    )
    reason = story.say("The fee is not on my account", "手续费未到账")
    ticket = scene.do(CUSTOMER, Reopen(reason=reason))
    story.tell(
        f"The customer reopens it (“{reason}”): with Zhao Min again.",
        f"客户重新打开（“{reason}”），仍由赵敏处理。",
        state=ticket.state,
        assignee=ticket.assignee,
        reopens=ticket.counts.reopens,
    )
    scene.do(ZHAO, Submit(story.say("Fee booked on 2 December", "手续费已于 12 月 2 日入账")))
    scene.do(SUN, Approve())
    scene.do(LI, InformCustomer("decision", "phone"))
    ticket = scene.do(CUSTOMER, Close(), Rate(4))
    story.tell(
        "It is put right, reviewed and told once more. The customer closes it, and gives four "
        f"stars out of five: version {ticket.version}.",
        f"更正、复核、再次告知后，客户确认结案并评 4 分（满分 5 分）：第 {ticket.version} 版。",
        state=ticket.state,
        version=ticket.version,
    )
