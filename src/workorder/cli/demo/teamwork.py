"""会办 and 挂起: another department is asked, and the customer."""

from workorder.cli.demo.scene import CUSTOMER, HE, ZHAO, Scene
from workorder.ticket import CustomerReply, FinishSubtask, Hold, OpenSubtask, Submit


def tell(scene: Scene) -> None:
    """From the question to the branch to its answer."""
    story = scene.story
    question = story.say("What did the camera and Chen Hao say?", "监控及陈浩的说明如何？")
    task = scene.do(ZHAO, OpenSubtask("branch", question)).work.subtasks[0]
    due = scene.moment(task.due)
    story.tell(
        f"She asks the branch: to be answered within two working days, by {due}.",
        f"她向支行发起会办，限两个工作日内答复，即 {due} 前。",
        subtask=task.id,
        due=task.due,
    )
    ticket = scene.do(ZHAO, Hold("waiting_for_customer"))
    seen = scene.state(customer=True)
    story.tell(
        f"Without the receipt she cannot go on; it is on hold. The customer sees “{seen}”.",
        f"缺少凭条无法继续，工单挂起。客户看到“{seen}”。",
        state=ticket.state,
    )
    text = story.say("The receipt, as a photo", "已上传凭条照片")
    ticket = scene.do(CUSTOMER, CustomerReply(text))
    story.tell(
        f"The customer sends it; the ticket is back where it was: {scene.state()}.",
        f"客户补件，工单回到原状态：{scene.state()}。",
        state=ticket.state,
    )
    scene.refused(
        "Zhao Min submits too early, and learns everything that is missing at once:",
        "赵敏过早提交，一次得知全部缺项：",
        ZHAO,
        Submit(),
    )
    answer = story.say("Card found in the machine; Chen Hao was rude", "卡在机内；陈浩态度不当")
    ticket = scene.do(HE, FinishSubtask(answer))
    story.tell(
        "He Jun answers for the branch; he sees the ticket only because the branch was asked.",
        "何军代表支行答复；因支行被会办，他才能看到此工单。",
        open_subtasks=len(ticket.work.subtasks),
    )
