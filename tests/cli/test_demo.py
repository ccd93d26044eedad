"""``workorder demo``: the story, told to people and to programs."""

import re
from datetime import datetime
from typing import Any

import pytest

from tests.cli.conftest import CHINESE, Run, cells, folded
from workorder.cli.demo.scene import HE, ZHAO, Scene
from workorder.cli.demo.telling import Story
from workorder.errors import CommandRefused
from workorder.rulebook import bank
from workorder.storage import MemoryStore
from workorder.ticket import Submit

DONE = [
    "open", "accept", "dispatch", "decline", "dispatch", "start",
    "open_subtask", "hold", "customer_reply", "finish_subtask",
    "request_extension", "approve_extension", "inform_customer", "revise_due",
    "submit", "return_for_rework", "submit", "approve", "inform_customer", "close",
    "reopen", "submit", "approve", "inform_customer", "close", "rate",
]  # fmt: skip


@pytest.fixture(params=["en", "zh-CN"])
def told(request: pytest.FixtureRequest, run: Run) -> Any:
    """The story as data, in each language."""
    ran = run("demo", "--json", "--lang", str(request.param))
    assert (ran.code, ran.err) == (0, "")
    return ran.data()


def named(data: Any, fact: str) -> list[Any]:
    """That fact of every step that has it."""
    return [each[fact] for each in data["steps"] if fact in each]


def trail_of(out: str) -> dict[str, list[str]]:
    """The table of the history, by number; its head under “#”."""
    lines = cells(out)
    (head,) = [number for number, line in enumerate(lines) if line[0] == "#"]
    rows = [line for line in lines[head:] if re.match(r"#|\d+$", line[0]) and len(line) > 5]
    return {line[0]: line for line in rows if line[0] == "#" or "-" in "".join(line[1:3])}


def test_what_was_done(told: Any) -> None:
    """The complaint goes the whole way, and every step of it is in the history."""
    assert told.keys() == {"steps", "history", "deadline", "clocks", "decision"}
    assert all(each["text"] for each in told["steps"])
    assert [each["action"] for each in told["history"]] == DONE
    assert [each["sequence"] for each in told["history"]] == list(range(1, len(DONE) + 1))
    assert named(told, "same_ticket") == [True]
    assert named(told, "state")[-1] == told["history"][-1]["state"] == "closed"
    assert (named(told, "declines"), named(told, "returns"), named(told, "reopens")) == ([1],) * 3


def test_what_was_refused(told: Any) -> None:
    """Each refusal has every reason, in the order of the story, and left no trace."""
    refused = named(told, "refused")
    assert [(each["code"], [why["name"] for why in each["unmet"]]) for each in refused] == [
        ("rules", ["assignee_eligible"]),
        ("rules", ["resolution_given", "no_open_subtask"]),
        ("rules", ["not_extension_requester", "not_own_work"]),
        ("rules", ["approval_rank_sufficient"]),
        ("not_permitted", []),
        ("rules", ["not_own_work"]),
    ]


def test_four_eyes(told: Any) -> None:
    """Nobody who worked on the complaint approves it, grants more time, or is complained about."""
    by = {action: {x["actor"] for x in told["history"] if x["action"] == action} for action in DONE}
    workers = by["start"] | by["submit"] | by["finish_subtask"]
    assert not workers & (by["approve"] | by["return_for_rework"] | by["approve_extension"])
    assert "chen.hao" not in {each["actor"] for each in told["history"]}


def test_deadlines(told: Any) -> None:
    """Fifteen calendar days from the day of receipt on; fifteen more, once the customer knows. The
    same for the second ticket at risk; the first is due on a Saturday that is worked.
    """
    dues = [datetime.fromisoformat(each) for each in named(told, "due")]
    zone = bank().calendar.timezone  # type: ignore[union-attr]  # the bank's rulebook has one
    assert [f"{each.astimezone(zone):%m-%d %H:%M}" for each in dues] == [
        "12-09 00:00",
        "11-25 18:00",
        "12-09 00:00",
        "12-24 00:00",
        "10-10 18:00",
        "10-25 00:00",
    ]


def test_time_closes_as_of_its_own_instant(told: Any) -> None:
    """The timers are run late; the history says when the quiet period was over."""
    time, _ = named(told, "time")
    assert (time["fired"], time["lapsed"], time["stuck"]) == ({"close": 1}, [], [])
    (closed,) = [each for each in told["history"] if each["role"] == "system"]
    (promised,) = named(told, "close_from")
    assert datetime.fromisoformat(closed["at"]) == datetime.fromisoformat(promised)
    following = told["history"][closed["sequence"]]
    assert (closed["at"][:10], following["at"][:10]) == ("2026-11-30", "2026-12-02")


def test_the_deadline_over_the_holiday(run: Run) -> None:
    """30 September 16:30 and three working days: 8, 9 and 10 October, a Saturday that is worked."""
    deadline = run("demo", "--json").data()["deadline"]
    assert deadline["end"] == "2026-10-10T18:00:00+08:00"
    (step,) = [each for each in run("demo", "--json").data()["steps"] if "without" in each]
    assert step["due"] == "2026-10-10 10:00:00+00:00"
    assert step["without"] == "2026-10-12 10:00:00+00:00"
    counted = [row["day"] for row in deadline["rows"] if row["counted"]]
    assert counted == ["2026-10-08", "2026-10-09", "2026-10-10"]
    said = run("demo").out
    assert "Sat 10 Oct  +1  3  substituted workday" in said
    assert "without the substituted workday it would be Mon 12 Oct 2026 18:00." in said
    said = run("demo", "--lang", "zh-CN").out
    assert "10月10日 周六  +1  3  调休上班" in said
    assert "若无调休上班则为 2026年10月12日 周一 18:00。" in said


def test_a_week_without_timers(told: Any, run: Run) -> None:
    """Marks of the break are noted by one run; of those that are long past nobody is told."""
    _, time = named(told, "time")
    assert (time["fired"], time["lapsed"], time["stuck"]) == ({"reach_mark": 5}, [], [])
    assert named(told, "late") == [2]
    lines = [line.split("  ") for line in run("demo").out.splitlines() if "% " in line]
    rows = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert [(row[0], row[-1]) for row in rows] == [
        ("Wed 30 Sep 2026 17:51", "told nobody"),
        ("Wed 30 Sep 2026 18:51", "told nobody"),
        ("Thu 8 Oct 2026 09:00", "told"),
        ("Thu 8 Oct 2026 09:00", "told"),
        ("Thu 8 Oct 2026 09:00", "told"),
    ]


def test_the_law_and_the_hold(told: Any) -> None:
    """Extended, a clock keeps both due instants; on hold, the bank's own stands still and the law's
    runs on.
    """
    extended, *waiting = told["clocks"]
    assert (extended["metric"], extended["leads"]) == ("cn.nfra.decision", True)
    assert (extended["promised"], extended["due"]) == (
        "2026-10-09T16:00:00.000000Z",
        "2026-10-24T16:00:00.000000Z",
    )
    stand = {each["metric"]: each for each in waiting}
    assert stand["cn.nfra.decision"]["state"] == "running"
    assert (stand["resolution"]["state"], stand["resolution"]["due"]) == ("paused", None)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_it_is_the_same_every_time(language: str, run: Run) -> None:
    """What is said does not differ from run to run, in either language."""
    for more in ([], ["--json"]):
        first = run("demo", "--lang", language, *more).out
        assert run("demo", "--lang", language, *more).out == first


def test_both_languages_tell_the_same(run: Run) -> None:
    """Whatever is no text for people is equal in both."""
    english, chinese = (run("demo", "--json", "--lang", each).data() for each in ("en", "zh-CN"))
    for one, other in zip(english["steps"], chinese["steps"], strict=True):
        facts = one.keys() - {"text", "refused"}
        assert other.keys() - {"text", "refused"} == facts
        assert [one[name] for name in facts] == [other[name] for name in facts]
    for one, other in zip(english["history"], chinese["history"], strict=True):
        assert {**one, "said": None} == {**other, "said": None}
        assert one["said"].keys() == other["said"].keys()


def test_the_story_for_people(run: Run, tables: str) -> None:
    """Sentences, options with reasons, refusals, the whole trail, and where to go on."""
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    sentences = [line for line in ran.out.splitlines() if line.startswith("▸ ")]
    assert len(sentences) == len(run("demo", "--json").data()["steps"])
    assert "✗ four eyes: zhao.min worked on this ticket" in ran.out
    assert "due as before: Tue 8 Dec 2026 24:00." in ran.out
    assert re.search(r"^    ✓ Reclassify, .*, Submit for review, ", ran.out, re.MULTILINE)
    assert "✗ Resolve without review: a ticket of this type is reviewed" in ran.out
    trail = trail_of(ran.out)
    assert len(trail) == 1 + len(DONE)
    assert trail["20"][-5:] == ["12-01 00:00", "system", "System timer", "Close", "Closed"]
    assert trail["15"][-1] == "Card returned, fee refunded"
    assert [trail[number][1] for number in ("1", "2", "3")] == ["Intake", "11-23 09:36", "Dispatch"]
    assert ran.out.splitlines()[-2:] == [
        "    workorder manual bank --lang zh-CN",
        "    workorder diagram bank",
    ]
    assert not CHINESE.search(ran.out)
    assert "    - xu.hao: it is about themselves" in ran.out
    assert "▸ It goes to zhou.yan; " in ran.out
    assert "what waits is hers: zhou.yan has it." in ran.out
    assert len(ran.out.splitlines()) <= 150


def test_the_story_in_chinese(run: Run, tables: str) -> None:
    """Every sentence, label and heading of the story is Chinese."""
    ran = run("demo", "--lang", "zh-CN")
    sentences = [line for line in ran.out.splitlines() if line.startswith("▸ ")]
    assert all(CHINESE.search(line) for line in sentences)
    assert not any(re.search("[,;!?]", line) for line in sentences)
    assert "须双人复核" in folded(ran.out)
    trail = trail_of(ran.out)
    assert trail["20"][-5:] == ["12-01 00:00", "system", "系统定时任务", "结案", "已结案"]
    assert trail["19"][-1] == "处理结果"
    assert trail["#"][1:] == ["阶段", "时间", "人员", "角色", "操作", "状态", "内容"]


def test_the_hints_lead_somewhere(run: Run) -> None:
    """The commands that the story ends with work."""
    for line in run("demo").out.splitlines()[-2:]:
        name, *arguments = line.split()
        assert name == "workorder"
        assert run(*arguments).code == 0


def test_the_branch_sees_only_what_it_was_asked() -> None:
    """What the story says of He Jun: before the branch is asked, he sees no such ticket."""
    from workorder.cli.demo import intake, teamwork

    scene = Scene(Story("en", quiet=True), MemoryStore())
    intake.tell(scene)
    with pytest.raises(CommandRefused) as refused:
        scene.desk.get(scene.ticket.id, actor=HE)
    assert refused.value.refusal.code == "not_found"
    teamwork.tell(scene)
    assert HE.id in {
        each.event.trace.actor for each in scene.desk.history(scene.ticket.id, actor=ZHAO)
    }


def test_a_story_that_no_longer_holds_is_not_told() -> None:
    """Where something is allowed that the story says is refused, it stops instead of lying."""
    story = Story("en", quiet=True)
    with pytest.raises(RuntimeError, match="must not work"):
        story.refused("This must not work.", "此操作应被拒绝。", Submit)
    assert story.steps == []


def test_the_altered_record_is_found(told: Any) -> None:
    """The whole trail is verified, and the one record that is altered then is the one found."""
    assert named(told, "records") == [len(DONE)]
    assert named(told, "sound") == [True]
    (found,) = named(told, "damages")
    assert found == [{"sequence": 17, "code": "record_altered"}]
    assert told["history"][16]["actor"] == "zhao.min"
