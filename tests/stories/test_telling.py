"""The story-teller finds what is wrong: with what happens, and with how it is told."""

import pytest

from tests.stories.people import LI, ZHANG
from tests.stories.telling import Story, wrong_with
from workorder.errors import CommandRefused
from workorder.ticket import Accept, Cancel, Start


def begun() -> Story:
    """A story that has just begun."""
    story = Story(("A card is swallowed", "卡片被吞"))
    story.opens(LI, "Li takes the call.", "李接听来电。")
    return story


def test_a_wrong_state_is_found() -> None:
    """A step that leads elsewhere than it says is no part of a story."""
    with pytest.raises(AssertionError, match="accepted, not assigned"):
        begun().does(LI, Accept(), "Li accepts it.", "李受理。", to="assigned")


def test_a_wrong_event_is_found() -> None:
    """A step that leaves another event than it says is no part of a story."""
    with pytest.raises(AssertionError):
        begun().does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted", event="opened")


def test_a_refusal_nobody_expected_is_found() -> None:
    """A step that is refused is no part of a story, unless the story says so."""
    with pytest.raises(CommandRefused):
        begun().does(ZHANG, Start(), "Zhang starts.", "张开始处理。", to="in_progress")


def test_no_refusal_is_found() -> None:
    """A step that is said to be refused, and is not, is no part of a story."""
    with pytest.raises(AssertionError, match="was not refused"):
        begun().refused(LI, Accept(), "Li may not.", "李不得受理。", by="reason_given")


def test_another_refusal_is_found() -> None:
    """A refusal must name exactly what the story says."""
    with pytest.raises(AssertionError, match="give a reason"):
        begun().refused(
            LI, Cancel(), "Li gives no reason.", "李未填原因。", by=("reason_given", "not_party")
        )


def test_time_that_does_nothing_is_found() -> None:
    """Time must do what the story says."""
    with pytest.raises(AssertionError):
        begun().time_acts("Nothing is due.", "无到期事项。", to="registered", fired={"close": 1})


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("", "李受理。", "nothing in English"),
        ("Li accepts it.", "", "nothing in Chinese"),
        ("Li accepts it.", "Li accepts it.", "nothing in Chinese"),
        ("Li 受理。", "李受理。", "Chinese in English"),
        ("Li accepts it", "李受理。", "no end"),
        ("Li accepts it.", "李受理", "no end"),
        ("Li accepts it.", "李受理, 并登记。", "punctuation"),
        ("Li accepts it.", "李(受理岗)受理。", "punctuation"),
    ],
)
def test_a_badly_told_step_is_found(english: str, chinese: str, fault: str) -> None:
    """A step says what happens in both languages, each with its own punctuation."""
    story = begun()
    assert wrong_with(story) == []
    story.does(LI, Accept(), english, chinese, to="accepted")
    (found,) = wrong_with(story)
    assert found.startswith(f"2: {fault}")


def test_how_a_story_reads() -> None:
    """A story reads as one would tell it, each step with what came of it."""
    story = begun()
    story.does(LI, Accept(), "Li accepts it.", "李受理。", to="accepted")
    story.refused(LI, Cancel(), "Li cancels without a word.", "李未说明即撤销。", by="reason_given")
    assert story.text("en").splitlines() == [
        "A card is swallowed",
        "",
        "1. 02 Mar 09:00 li (intake): Li takes the call.",
        "   → Registered",
        "2. 02 Mar 09:10 li (intake): Li accepts it.",
        "   → Accepted",
        "3. 02 Mar 09:10 li (intake): Li cancels without a word.",
        "   → Refused: give a reason",
    ]
    assert story.text("zh-CN").splitlines()[2:] == [
        "1. 3月2日 09:00 li（受理岗）：李接听来电。",
        "   → 已登记",
        "2. 3月2日 09:10 li（受理岗）：李受理。",
        "   → 已受理",
        "3. 3月2日 09:10 li（受理岗）：李未说明即撤销。",
        "   → 不予办理：请填写原因",
    ]
