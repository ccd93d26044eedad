"""More time (延期申请、审批与告知)."""

from datetime import datetime, timedelta

from tests.stories.people import CHEN, DENG, LI, TANG, WANG_FANG, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    ApproveExtension,
    Dispatch,
    InformCustomer,
    RejectExtension,
    RequestExtension,
    Start,
)
from workorder.workflow import Actor

TOLD = InformCustomer("extension", "phone")


def due(story: Story) -> datetime:
    """Until when the ticket is to be resolved."""
    found = story.ticket.windows.due
    assert found is not None
    return found


def _asked(story: Story) -> datetime:
    """Zhang asks for fifteen days more; until when."""
    until = due(story) + timedelta(days=15)
    story.refused(
        ZHANG,
        RequestExtension(until),
        "Zhang asks for more time and does not say why.",
        "张申请延期，未填写原因。",
        by="reason_given",
    )
    story.does(
        ZHANG,
        RequestExtension(until, "the other bank has not answered"),
        "Zhang asks for fifteen days more.",
        "张申请延期十五日。",
        to="in_progress",
    )
    return until


def _begun(story: Story) -> None:
    story.opens(LI, "Ms Wang complains about a transfer.", "王女士投诉一笔转账。")
    story.does(LI, Accept(), "Li accepts it: fifteen days.", "李受理，时限十五日。", to="accepted")
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Deng dispatches it.", "邓转办。", to="assigned")
    story.does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")


def extension() -> Story:
    """One extension is rejected, one granted, and a second one needs a higher rank."""
    story = Story(("More time", "延期"))
    _begun(story)
    first = due(story)
    story.refused(
        ZHANG,
        RequestExtension(first, "more time"),
        "An extension must end later than the present deadline.",
        "延期后的期限须晚于现期限。",
        by="until",
        code="invalid_arguments",
    )
    story.refused(
        LI,
        TOLD,
        "Nobody is told of an extension that nobody granted.",
        "未批准的延期不得登记告知。",
        by="subject",
        code="invalid_arguments",
    )
    _rejected(story)
    assert due(story) == first
    until = _asked(story)
    _granted(story, until, first)
    _second(story)
    return story


def _rejected(story: Story) -> None:
    _asked(story)
    story.refused(
        ZHANG,
        RequestExtension(due(story) + timedelta(days=10), "ten"),
        "Zhang cannot ask twice at once.",
        "不能同时申请两次。",
        by="no_open_extension",
    )
    story.refused(
        CHEN,
        RejectExtension(),
        "Chen rejects it without a reason.",
        "陈驳回，未填写原因。",
        by="reason_given",
    )
    no = RejectExtension("fifteen days are enough")
    story.does(CHEN, no, "Chen rejects it.", "陈驳回。", to="in_progress")
    assert story.ticket.work.extension is None


def _granted(story: Story, until: datetime, first: datetime) -> None:
    story.refused(
        Actor("ren", "supervisor", "cards", 5),
        ApproveExtension(),
        "Ren's rank is too low.",
        "任的职级不足。",
        by="approval_rank_sufficient",
    )
    story.refused(
        Actor("zhang", ("handler", "supervisor"), "cards", 40),
        ApproveExtension(),
        "Zhang cannot grant what he asked for himself.",
        "张不得批准本人的申请。",
        by=("not_extension_requester", "not_own_work"),
    )
    story.does(CHEN, ApproveExtension(), "Chen grants it.", "陈批准延期。", to="in_progress")
    assert due(story) == first
    story.refused(
        TANG,
        ApproveExtension(),
        "It cannot be granted twice, not even by Tang of the head office.",
        "不能重复批准，总行的唐也不能。",
        by="extension_open",
    )
    story.refused(
        ZHANG,
        RequestExtension(until, "even more"),
        "While Ms Wang has not been told, no other one is asked for.",
        "告知王女士之前不得再次申请。",
        by="no_open_extension",
    )
    story.refused(
        LI,
        InformCustomer("extension", "phone", story.now + timedelta(days=1)),
        "Nobody is told in the future.",
        "告知时间不得为将来。",
        by="told_at",
        code="invalid_arguments",
    )
    story.refused(
        LI,
        InformCustomer("extension", "phone", story.now - timedelta(days=1)),
        "Nor before it was granted.",
        "告知时间也不得早于批准。",
        by="told_at",
        code="invalid_arguments",
    )
    assert due(story) == first
    story.later("Two days go by.", "过了两天。", days=2)
    story.does(
        LI,
        InformCustomer("extension", "phone", story.now - timedelta(hours=1)),
        "Li records that Ms Wang was told an hour ago; from now on it counts.",
        "李登记：一小时前已告知王女士。延期自此生效。",
        to="in_progress",
    )
    assert due(story) == until
    assert (story.ticket.counts.extensions, story.ticket.work.extension) == (1, None)


def _second(story: Story) -> None:
    second = _asked(story)
    story.refused(
        CHEN,
        ApproveExtension(),
        "A second one is beyond Chen's rank.",
        "第二次延期超出陈的职级。",
        by="approval_rank_sufficient",
    )
    yes = ApproveExtension("once more")
    story.does(TANG, yes, "Tang of the head office grants it.", "总行的唐批准。", to="in_progress")
    story.does(LI, TOLD, "Ms Wang is told at once.", "即时告知王女士。", to="in_progress")
    assert due(story) == second
    story.later("A hundred days go by.", "过了一百天。", days=100)
    story.refused(
        ZHANG,
        RequestExtension(story.now + timedelta(days=15), "still no answer"),
        "The law knows no third extension.",
        "法规不允许第三次延期。",
        by="until",
        code="invalid_arguments",
    )
    overdue = InformCustomer("overdue", "phone")
    story.does(
        LI, overdue, "Ms Wang is told that it is late.", "告知王女士已逾期。", to="in_progress"
    )


def test_extension() -> None:
    """An extension counts from when the customer was told of it, is granted by somebody else of
    sufficient rank, and a second one by a higher rank.
    """
    story = told(extension)
    assert story.ticket.counts.extensions == 2
    assert story.ticket.customer == WANG_FANG.id
