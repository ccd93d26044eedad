"""One matter in several tickets (合并与取消合并)."""

from tests.stories.people import CHEN, DENG, LI, SUN, ZHANG
from tests.stories.telling import Story, told
from workorder.ticket import (
    Accept,
    Approve,
    Close,
    Dispatch,
    InformCustomer,
    MergeInto,
    Start,
    Submit,
    Unmerge,
)
from workorder.workflow import Actor


def merging() -> tuple[Story, dict[str, str]]:
    """Four tickets become one; one of them becomes its own again. The story and the tickets."""
    story = Story(("One matter in four tickets", "一事四单"))
    names = {
        name: story.opens(LI, f"Ms Wang's call number {number}.", f"王女士第{count}次来电。")
        for name, number, count in (
            ("A", 1, "一"),
            ("B", 2, "二"),
            ("C", 3, "三"),
            ("D", 4, "四"),
        )
    }
    names["other"] = story.opens(
        LI, "Mr Zhao calls about his card.", "赵先生来电咨询银行卡。", customer="C-20001"
    )
    story.present = names["A"]
    story.refused(
        LI,
        MergeInto(names["other"]),
        "Li cannot merge Ms Wang's ticket into Mr Zhao's.",
        "李不能将王女士的工单并入赵先生的工单。",
        by="same_customer",
    )
    story.refused(
        LI,
        MergeInto(names["A"]),
        "Nor a ticket into itself.",
        "也不能并入工单自身。",
        by="target_other_and_open",
    )
    story.refused(
        LI,
        MergeInto("no-such-ticket"),
        "Nor into one that does not exist.",
        "也不能并入不存在的工单。",
        by=("target_other_and_open", "same_customer"),
    )
    versions = {name: story.another(each).version for name, each in names.items()}
    story.does(
        LI,
        MergeInto(names["B"], "the same card"),
        "Li merges the first call into the second.",
        "李将第一单并入第二单。",
        to="merged",
        event="merged_into",
    )
    second = story.another(names["B"])
    assert (second.links.absorbed, second.version) == ((names["A"],), versions["B"] + 1)
    assert (second.state, story.kinds(names["B"])[-1]) == ("registered", "absorbed")
    assert story.another(names["C"]).version == versions["C"]

    story.present = names["B"]
    story.does(LI, Accept(), "Work on the second goes on.", "第二单受理。", to="accepted")
    story.does(
        DENG,
        MergeInto(names["C"]),
        "Deng merges the second into the third.",
        "邓将第二单并入第三单。",
        to="merged",
    )
    story.present = names["C"]
    story.refused(
        LI,
        MergeInto(names["A"]),
        "The third into the first would go in a circle.",
        "第三单并入第一单将成循环。",
        by="target_other_and_open",
    )
    story.present = names["D"]
    story.does(
        LI,
        MergeInto(names["A"]),
        "The fourth is merged into the first, and so into the last of the chain: the third.",
        "第四单并入第一单，即并入链尾的第三单。",
        to="merged",
    )
    assert story.ticket.links.merged_into == names["C"]
    assert story.another(names["C"]).links.absorbed == (names["B"], names["D"])
    assert story.another(names["A"]).links.absorbed == ()
    story.refused(
        Actor("li", "intake"),
        Unmerge("not the same"),
        "Li may not undo that.",
        "李无权取消合并。",
        code="not_permitted",
    )
    story.refused(CHEN, Unmerge(), "Chen gives no reason.", "陈未填写原因。", by="reason_given")
    story.does(
        CHEN,
        Unmerge("another card"),
        "Chen undoes it: the fourth call is about another card.",
        "陈取消合并：第四单涉及另一张卡。",
        to="registered",
        event="unmerged",
    )
    assert story.ticket.links.merged_into is None
    third = story.another(names["C"])
    assert third.links.absorbed == (names["B"],)
    assert story.kinds(names["C"])[-1] == "released"
    story.does(LI, Accept(), "Work on the fourth goes on.", "第四单受理。", to="accepted")
    _archive(story, names["C"])
    story.present = names["B"]
    story.refused(
        CHEN,
        Unmerge("not the same"),
        "Of the archived third, the second is part for ever.",
        "第三单已归档，第二单不能再取消合并。",
        by="target_not_archived",
    )
    return story, names


def _archive(story: Story, ticket_id: str) -> None:
    """The ticket goes its whole way."""
    story.present = ticket_id
    story.does(LI, Accept(), "The third is accepted.", "第三单受理。", to="accepted")
    to_zhang = Dispatch(to="zhang", department="cards")
    story.does(DENG, to_zhang, "Zhang gets it.", "转办给张。", to="assigned")
    story.does(ZHANG, Start(), "He starts.", "张开始处理。", to="in_progress")
    story.does(ZHANG, Submit("done"), "He submits.", "张提交。", to="under_review")
    story.does(SUN, Approve(), "Sun approves.", "孙复核通过。", to="resolved")
    story.does(
        LI, InformCustomer("decision", "phone"), "Ms Wang is told.", "告知王女士。", to="resolved"
    )
    story.does(LI, Close(), "Li closes it.", "李结案。", to="closed")
    story.later("Forty days go by.", "过了四十天。", days=40)
    story.time_acts(
        "The third ticket is archived by itself.",
        "第三单自动归档。",
        to="archived",
        fired={"archive": 1},
    )


def test_merging() -> None:
    """Both histories tell of a merger and of its end; a chain leads to its last ticket, and what
    is archived stays together.
    """
    story = told(lambda: merging()[0])
    assert story.kinds()[-1] == "merged_into"


def test_a_chain_into_the_archive_stays_together() -> None:
    """The first ticket of a chain cannot be unmerged either, once the last one is archived."""
    story, names = merging()
    story.present = names["A"]
    assert story.another(names["B"]).state == "merged"
    story.refused(
        CHEN,
        Unmerge("not the same"),
        "The first neither.",
        "第一单也不能取消合并。",
        by="target_not_archived",
    )


def test_the_last_of_a_chain_must_be_open() -> None:
    """A ticket cannot be merged into a chain whose last ticket is archived."""
    story, names = merging()
    story.present = names["D"]
    story.refused(
        LI,
        MergeInto(names["A"]),
        "The fourth cannot join them.",
        "第四单不能再并入。",
        by="target_other_and_open",
    )
